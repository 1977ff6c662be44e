"""What is signed verifies; what cannot be written the same way by everybody is not signed."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from openbadges import AnyIssuer, Outcome, SecuredCredential, Verifier, issue
from openbadges.canon import jcs
from openbadges.canon.numbers import number_literal
from openbadges.errors import IssuingError
from openbadges.testing import FIXED_NOW, FixedClock, badge, fixed_key, sign

VERIFIER = Verifier.offline(clock=FixedClock())
POLICY = AnyIssuer(endorsements_decide=True)
SLOW = (HealthCheck.too_slow,)


@settings(max_examples=150, suppress_health_check=SLOW)
@given(data=st.data())
def test_what_was_signed_verifies_in_every_form(data: Any, generated_badges: Any) -> None:
    document = data.draw(generated_badges)
    before = copy.deepcopy(document)
    for form, suite in (("data-integrity", "eddsa-rdfc-2022"), ("data-integrity", "eddsa-jcs-2022"), ("vc-jwt", None)):
        signed = sign(document, form=form, suite=suite)
        report = VERIFIER.check(signed, policy=POLICY)
        assert report.outcome is Outcome.PASS, report.verdict
        shown = dict(signed.unverified)
        shown.pop("proof", None)
        assert shown == before
        assert document == before
        assert report.credential is not None
        assert report.credential["name"] == before["name"]


@settings(max_examples=20, suppress_health_check=SLOW)
@given(data=st.data(), kind=st.sampled_from(["P-256", "P-384"]))
def test_ecdsa_and_rsa_keys_sign_generated_badges(data: Any, kind: Any, generated_badges: Any) -> None:
    document = data.draw(generated_badges)
    document["issuer"]["id"] = fixed_key(kind).did
    document.pop("endorsement", None)
    document.pop("endorsementJwt", None)
    assert VERIFIER.check(sign(document, fixed_key(kind)), policy=POLICY).outcome is Outcome.PASS
    document["issuer"]["id"] = fixed_key("RSA").did
    assert VERIFIER.check(sign(document, fixed_key("RSA"), form="vc-jwt"), policy=POLICY).outcome is Outcome.PASS


@settings(max_examples=200)
@given(number=st.one_of(st.integers(-(10**19), 10**19), st.floats(allow_nan=False, allow_infinity=False)))
@example(number=2**53)
@example(number=0.1)
@example(number=1 / 3)
@example(number=-0.0)
@example(number=1e21)
@example(number=5e-324)
def test_a_signed_number_reads_back_as_itself(number: float) -> None:
    """Signing refuses a number whose canonical form is that of another one (V-LD-7)."""
    document = badge()
    document["credentialSubject"]["creditsEarned"] = number
    signed, code = _tried(document)
    assert code in ("", "issue.number")
    if signed is None:
        return
    literal = number_literal(number).partition('"^^')[0][1:]
    assert float(literal) == number
    assert float(json.loads(jcs.canonicalize({"n": number}))["n"]) == number
    assert VERIFIER.check(signed, policy=POLICY).outcome is Outcome.PASS


@settings(max_examples=200)
@given(text=st.text(min_size=1))
@example(text="\ud800")
@example(text="\uffff")
@example(text="\ufffe tail")
@example(text="\u0000\u001f\u007f\u0085\u2028\u2029\ufeff")
def test_any_text_is_signed_or_refused_with_our_error(text: str) -> None:
    document = badge(name=text)
    signed, _ = _tried(document)
    unsafe = "\ufffe" in text or "\uffff" in text or any(0xD800 <= ord(char) < 0xE000 for char in text)
    assert (signed is None) is unsafe
    if signed is None:
        return
    report = VERIFIER.check(bytes(signed), policy=POLICY)
    assert report.outcome is Outcome.PASS
    assert report.credential is not None
    assert report.credential["name"] == text


def _tried(document: dict[str, Any]) -> tuple[SecuredCredential | None, str]:
    try:
        return sign(document), ""
    except IssuingError as error:
        return None, error.code


@pytest.mark.parametrize("form", ["data-integrity", "vc-jwt"])
def test_signing_is_the_same_twice(form: Any) -> None:
    document = badge()
    assert issue(document, signer=fixed_key(), form=form, created=FIXED_NOW) == sign(document, form=form)
