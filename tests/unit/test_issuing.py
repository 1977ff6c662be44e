"""Nothing is signed that a verifier would refuse, and what is handed in stays as it was."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

import pytest

from openbadges import (
    Achievement,
    AnyIssuer,
    Limits,
    OpenBadgeCredential,
    Outcome,
    Profile,
    Verifier,
    issue,
    issuing,
)
from openbadges.canon.nquads import Quad
from openbadges.canon.statements import Statements
from openbadges.errors import ConfigurationError, IssuingError
from openbadges.keys import PublicKey, Signer
from openbadges.shape import Shape, check_badge_shape
from openbadges.testing import FIXED_NOW, FixedClock, add_proof, badge, endorsement, fixed_key, sign, status_list

KEY = fixed_key()
VERIFIER = Verifier.offline(clock=FixedClock())
VC1 = "https://www.w3.org/2018/credentials/v1"
VC, OB = badge()["@context"]


def refused(document: Any, code: str = "issue.refused", **options: Any) -> IssuingError:
    with pytest.raises(IssuingError) as caught:
        issue(document, **{"signer": KEY, "created": FIXED_NOW, **options})
    assert caught.value.code == code, str(caught.value)
    return caught.value


def edited(*path: Any, value: Any) -> dict[str, Any]:
    document = badge()
    place: Any = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return document


def test_a_model_is_issued_in_three_lines() -> None:
    host = Achievement(id="https://x.example/a", name="Host", description="Hosts.", criteria="Host one.")
    award = OpenBadgeCredential.award(
        host, issuer=Profile(id=KEY.did, name="R"), recipient="did:example:1", clock=FixedClock()
    )
    signed = issue(award, signer=KEY, clock=FixedClock())
    assert VERIFIER.check(signed, policy=AnyIssuer()).outcome is Outcome.PASS
    assert signed.unverified["proof"]["created"] == "2026-11-22T12:00:00Z"


@pytest.mark.parametrize("form", ["data-integrity", "vc-jwt"])
def test_the_argument_is_never_changed(form: Any) -> None:
    document = badge()
    before = copy.deepcopy(document)
    signed = issue(document, signer=KEY, form=form, created=FIXED_NOW)
    assert document == before
    shown = dict(signed.unverified)
    shown.pop("proof", None)
    assert shown == before
    assert issue(MappingProxyType(document), signer=KEY, form=form, created=FIXED_NOW) == signed


def test_the_system_clock_dates_the_proof() -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    created = issue(badge(), signer=KEY).unverified["proof"]["created"]
    assert before <= datetime.fromisoformat(created) <= datetime.now(UTC)


@pytest.mark.parametrize(
    ("kind", "suite"), [("Ed25519", "eddsa-rdfc-2022"), ("P-256", "ecdsa-rdfc-2019"), ("P-384", "ecdsa-rdfc-2019")]
)
def test_the_suite_fits_the_key(kind: Any, suite: str) -> None:
    key = fixed_key(kind)
    assert issue(badge(issuer=key.did), signer=key, created=FIXED_NOW).unverified["proof"]["cryptosuite"] == suite


def test_another_proof_is_added_beside_those_that_are_there() -> None:
    both = issue(sign(badge()).unverified, signer=KEY, suite="eddsa-jcs-2022", created=FIXED_NOW)
    assert [proof["cryptosuite"] for proof in both.unverified["proof"]] == ["eddsa-rdfc-2022", "eddsa-jcs-2022"]
    assert VERIFIER.check(both, policy=AnyIssuer()).outcome is Outcome.PASS
    full = {**badge(), "proof": [{**sign(badge()).unverified["proof"], "nonce": str(n)} for n in range(8)]}
    refused(full)


def test_endorsements_and_status_lists_are_issued_too() -> None:
    for document in (endorsement(about="urn:x:1", issuer=KEY.did), status_list("https://x.example/1")):
        assert issue(document, signer=KEY, created=FIXED_NOW).form == "data-integrity"


@pytest.mark.parametrize(
    "document",
    [
        edited("credentialSubject", "achievement", "criteria", value={}),  # schema
        edited("credentialSubject", "achievement", "name", value=5),
        edited("issuer", "name", value=None),  # null
        edited("evidence", value=[]),
        edited("surprise", value="x"),  # undefined term
        edited("id", value="relative"),
        edited("type", value=["VerifiableCredential", "OpenBadgeCredential", "Undefined"]),
        edited("https://schema.org/name", value="x"),
        edited("validFrom", value="yesterday"),
        edited("validUntil", value="2020-01-01T00:00:00Z"),  # before its start
        edited("@context", value=[VC, OB, "https://example.org/unknown"]),
        edited("@context", value=[OB, VC]),
        edited("@context", value=[VC, OB, {"a": "urn:a"}]),
        edited(
            "credentialSubject", "achievement", "image", value={"id": "https://x.example/i", "type": "Image", "x": 1}
        ),
        {**badge(), "credentialStatus": object()},
        {"a": float("nan")},
        {},
    ],
)
def test_what_a_verifier_would_refuse_is_not_signed(document: Any) -> None:
    for form in ("data-integrity", "vc-jwt"):
        assert refused(document, form=form).detail.startswith(
            "The badge was not signed, because a verifier would refuse it"
        )


def test_only_the_newest_versions_are_issued() -> None:
    old = {**badge(), "@context": [VC1, "https://purl.imsglobal.org/spec/ob/v3p0/context.json"]}
    old = {**old, "issuanceDate": old.pop("validFrom")}
    del old["awardedDate"]
    refused(old, "issue.version")
    refused(badge(awardedDate=None, **{"@context": [VC, OB.replace("3.0.3", "3.0.2")]}), "issue.context_edition")
    token = {**status_list("https://x.example/1"), "@context": [VC]}
    assert issue(token, signer=KEY, created=FIXED_NOW)


def test_only_the_issuers_key_signs() -> None:
    error = refused(badge(), "issue.not_issuer", signer=fixed_key("Ed25519", 1))
    assert error.pointer == "/issuer"
    assert KEY.did in error.detail
    web = "did:web:badges.example.org"
    assert issue(badge(issuer=web), signer=KEY.controlled_by(web), created=FIXED_NOW)


@pytest.mark.parametrize(
    ("number", "good"),
    [(42, True), (2.5, True), (-8, True), (2**53 - 1, True), (2**53, False), (0.1 + 0.2, False), (-0.0, False),
     (float(2**60), False), (1e22, True), (True, None)],
)  # fmt: skip
def test_v_ld_7_numbers_that_do_not_read_back_are_not_signed(number: float, good: bool | None) -> None:
    document = edited("credentialSubject", "creditsEarned", value=number)
    if good:
        assert issue(document, signer=KEY, created=FIXED_NOW)
    else:
        error = refused(document, "issue.refused" if good is None else "issue.number")
        assert good is None or error.pointer == "/credentialSubject/creditsEarned"


@pytest.mark.parametrize("text", ["a\uffff", "\ufffe"])
def test_noncharacters_are_not_signed(text: str) -> None:
    assert refused(badge(name=text), "issue.noncharacter").pointer == "/name"


def test_a_noncharacter_in_a_name_is_of_no_harm() -> None:
    document = {"a\ufffe": {"b": ["c", 1.5, True, None]}}
    draft = issuing._draft(document)
    assert not draft.is_plain
    issuing._check_leaves(draft)


def test_truth_values_are_signed() -> None:
    identity = {"type": "IdentityObject", "hashed": False, "identityHash": "Ana", "identityType": "name"}
    assert issue(edited("credentialSubject", "identifier", value=[identity]), signer=KEY, created=FIXED_NOW)


def test_a_badge_may_be_dated_ahead_or_have_ended() -> None:
    assert issue(badge(validFrom="2030-01-01T00:00:00Z"), signer=KEY, created=FIXED_NOW)
    assert issue(badge(validUntil="2026-02-01T00:00:00Z"), signer=KEY, created=FIXED_NOW)


def test_the_generic_profile_signs_any_credential() -> None:
    thing = {
        "@context": [VC, {"titel": "https://schema.org/name"}],
        "type": ["VerifiableCredential"],
        "issuer": KEY.did,
        "credentialSubject": [{"id": "urn:x:1", "titel": "a"}, {"id": "urn:x:2", "titel": "b"}],
    }
    refused(thing)
    generic = Verifier.offline(clock=FixedClock(), profile="vc")
    for form in ("data-integrity", "vc-jwt"):
        signed = issue(thing, signer=KEY, form=form, profile="vc", created=FIXED_NOW)
        assert generic.check(signed, policy=AnyIssuer()).outcome is Outcome.PASS
    refused({**thing, "undefined": 1}, profile="vc")
    refused({**thing, "type": []}, profile="vc")


def test_form_suite_and_credential_are_checked() -> None:
    refused(badge(), "issue.form", form="cose")
    refused(badge(), "issue.suite_not_offered", suite="eddsa-2022")
    refused(badge(), "issue.suite_not_offered", suite="nonsense")
    refused(badge(), "issue.suite_wrong_key", suite="ecdsa-rdfc-2019")
    refused(badge(), "issue.context_needed", suite="Ed25519Signature2020")
    with pytest.raises(ConfigurationError, match="model such as"):
        issue("a badge", signer=KEY)  # type: ignore[arg-type]  # that is the point
    with pytest.raises(ConfigurationError, match="time zone"):
        issue(badge(), signer=KEY, created=datetime(2026, 1, 1))  # noqa: DTZ001 - that is the point


def test_limits_hold_for_what_is_signed() -> None:
    refused(badge(), limits=Limits(document_bytes=500))
    refused(badge(), limits=Limits(document_bytes=500), form="vc-jwt")
    refused(badge(), limits=Limits(quads=5))


def test_a_claim_cannot_be_a_member_of_a_token() -> None:
    refused(badge(type=["VerifiableCredential"], exp=5), "issue.result", form="vc-jwt", profile="vc")
    refused(badge(type=["VerifiableCredential"], iss="urn:other"), "issue.result", form="vc-jwt", profile="vc")


class Broken:
    """A signer whose signatures do not fit its key."""

    algorithm = "EdDSA"
    verification_method = KEY.verification_method
    public_key: PublicKey = KEY.public_key

    def sign(self, data: bytes) -> bytes:
        return KEY.sign(data + b"!")


def test_the_result_is_verified_before_it_is_given_back() -> None:
    signer: Signer = Broken()
    for form in ("data-integrity", "vc-jwt"):
        refused(badge(), "issue.result", signer=signer, form=form)


@pytest.mark.parametrize(
    "change", [lambda quads: quads[1:], lambda quads: [*quads, ("<urn:s>", "<urn:p>", "<urn:o>", "")]]
)
def test_what_was_signed_is_compared_with_what_the_finished_text_says(
    monkeypatch: pytest.MonkeyPatch, change: Callable[[list[Quad]], list[Quad]]
) -> None:
    def wrong(*given: Any, **more: Any) -> Shape:
        shape = check_badge_shape(*given, **more)
        assert shape.statements is not None
        return shape._replace(statements=Statements(change(list(shape.statements.quads))))

    monkeypatch.setattr(issuing, "check_badge_shape", wrong)
    refused(badge(), "issue.result")


def test_dates_of_the_record_are_checked_though_no_schema_does() -> None:
    clr = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
    record = badge(awardedDate=None, credentialSubject={"id": "urn:x:1", "type": ["ClrSubject"]}, validUntil="never")
    record |= {"@context": [VC, clr, OB], "type": ["VerifiableCredential", "ClrCredential"]}
    refused(record)


def test_selective_proofs_always_show_who_when_and_status() -> None:
    key = fixed_key("P-256")
    signed = issue(
        badge(issuer=key.did), signer=key, suite="ecdsa-sd-2023", mandatory_pointers=["/name"], created=FIXED_NOW
    )
    assert json.loads(signed.text)["proof"]["cryptosuite"] == "ecdsa-sd-2023"
    assert add_proof(badge())["proof"]["cryptosuite"] == "eddsa-rdfc-2022"
