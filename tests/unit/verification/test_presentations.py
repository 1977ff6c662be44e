"""Presentations: the holder's proof, made for this request, over badges that each verify by themselves."""

from __future__ import annotations

import json
from typing import Any

import pytest

from openbadges import AnyIssuer, Limits, Outcome, TrustedIssuers, Verifier
from openbadges.testing import FakeWeb, FixedClock, add_proof, badge, fixed_key, sign, sign_token, status_list

HOLDER = fixed_key("Ed25519", 9)
VC = "https://www.w3.org/ns/credentials/v2"


def presentation(*inside: Any, **members: Any) -> dict[str, Any]:
    document = {
        "@context": [VC, badge()["@context"][1]],
        "type": ["VerifiablePresentation"],
        "holder": HOLDER.did,
        "verifiableCredential": list(inside) or [json.loads(sign(badge()).text)],
        **members,
    }
    return {name: value for name, value in document.items() if value is not None}


def signed(*inside: Any, key: Any = HOLDER, purpose: str = "authentication", **members: Any) -> dict[str, Any]:
    options = {name: members.pop(name) for name in ("challenge", "domain") if name in members}
    return add_proof(presentation(*inside, **members), key, purpose=purpose, **options)


def check(document: Any, *, profile: Any = "badge", limits: Any = None, policy: Any = None, **asked: Any) -> Any:
    given = {} if limits is None else {"limits": limits}
    verifier = Verifier(fetcher=FakeWeb(), clock=FixedClock(), profile=profile, **given)
    return verifier.check_presentation(document, policy=policy or AnyIssuer(), **asked)


@pytest.mark.parametrize("profile", ["badge", "vc"])
def test_a_presentation_of_a_badge_passes(profile: Any) -> None:
    report = check(signed(), profile=profile)
    assert report.outcome is Outcome.PASS, [one.detail for one in report.checks]
    assert report.verdict == "This presentation is genuine and valid today."
    assert report.key["id"] == HOLDER.verification_method
    assert report.issuer == {"id": HOLDER.did, "name": None, "trusted": None}
    assert [one.outcome for one in report.inside] == [Outcome.PASS]


def test_the_challenge_and_domain_have_to_be_the_ones_asked_for() -> None:
    good = signed(challenge="c-1", domain="https://shop.example")
    assert check(good, challenge="c-1", domain="https://shop.example").outcome is Outcome.PASS
    assert check(good).outcome is Outcome.PASS
    other = check(good, challenge="c-2")
    assert other.outcome is Outcome.FAIL
    assert other.of("proof.challenge")[0].code == "presentation.challenge"
    assert check(good, domain="https://other.example").of("proof.challenge")[0].code == "presentation.domain"
    assert check(signed(), challenge="c-1").outcome is Outcome.FAIL
    assert check(signed(), domain="https://shop.example").outcome is Outcome.FAIL
    several = signed(domain=["https://shop.example", "https://evil.example"])
    assert check(several, domain="https://shop.example").outcome is Outcome.FAIL


def test_the_proof_has_to_be_the_holders_and_for_authentication() -> None:
    assert check(signed(purpose="assertionMethod")).outcome is Outcome.FAIL
    foreign = check(signed(key=fixed_key("Ed25519", 2)))
    assert foreign.outcome is Outcome.FAIL
    assert foreign.of("issuer.binding")[0].code == "presentation.holder_other"
    assert foreign.verdict == "Not signed by who it says."
    assert foreign.key is None
    assert foreign.issuer is None
    assert check(presentation()).outcome is Outcome.FAIL
    assert check({**signed(), "holder": fixed_key().did}).outcome is Outcome.FAIL


def test_the_holder_may_be_left_out_or_be_an_object() -> None:
    report = check(signed(holder=None))
    assert report.outcome is Outcome.PASS
    assert report.issuer["id"] == HOLDER.did
    named = signed(holder={"id": HOLDER.did, "type": ["Profile"], "name": "Ana"})
    assert check(named).outcome is Outcome.PASS
    assert check(presentation(holder=None)).outcome is Outcome.FAIL


def test_every_badge_inside_is_judged_with_the_policy() -> None:
    changed = {**json.loads(sign(badge()).text), "name": "Professor"}
    report = check(signed(changed))
    assert report.outcome is Outcome.FAIL
    assert report.of("credentials")[0].code == "clr.bad"
    assert check(signed(), policy=TrustedIssuers([])).outcome is Outcome.FAIL
    assert check(signed(), policy=TrustedIssuers([fixed_key().did])).outcome is Outcome.PASS
    no_badge = add_proof(status_list("https://badges.example.org/status/1"))
    assert check(signed(no_badge)).outcome is Outcome.FAIL
    assert check(signed(no_badge), profile="vc").outcome is Outcome.PASS
    away = "did:web:badges.example.org"
    unknown = json.loads(sign(badge(issuer=away), fixed_key().controlled_by(away)).text)
    assert check(signed(unknown)).outcome is Outcome.UNKNOWN


def test_badges_inside_may_be_enveloped_tokens() -> None:
    token = sign(badge(), form="vc-jwt").text
    envelope = {"@context": [VC], "id": f"data:application/vc+jwt,{token}", "type": "EnvelopedVerifiableCredential"}
    assert check(signed(envelope)).outcome is Outcome.PASS
    bad = {**envelope, "id": "data:application/vc+jwt,x.y.z"}
    assert check(signed(bad)).outcome is Outcome.FAIL


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (b"nothing", "document.not_recognised"),
        (badge(), "presentation.kind"),
        ({**presentation(), "holder": "Ana"}, "shape.not_iri"),
        ({**presentation(), "@context": VC}, "shape.context_not_list"),
        ({**presentation(), "surprise": 1}, "shape.undefined_member"),
    ],
)
def test_what_is_no_presentation_is_unreadable(document: Any, code: str) -> None:
    report = check(document)
    assert report.outcome is Outcome.FAIL
    assert report.error.code == code


def test_badges_inside_are_objects_and_not_too_many() -> None:
    texts = add_proof({**presentation(), "verifiableCredential": ["urn:x:1"]} | {}, HOLDER, suite="eddsa-jcs-2022",
                      purpose="authentication")  # fmt: skip
    assert check(texts).error.code == "shape.not_object"
    assert check(texts, profile="vc").error.code == "canon.dropped_value"
    inside = [json.loads(sign(badge(id=f"urn:uuid:{number}")).text) for number in range(3)]
    assert check(signed(*inside), limits=Limits(endorsements=2)).error.code == "presentation.too_many"


def test_a_presentation_renamed_inside_is_refused() -> None:
    document = signed()
    document["https://www.w3.org/2018/credentials#verifiableCredential"] = document.pop("verifiableCredential")
    assert check(document).outcome is Outcome.FAIL


def test_a_forbidden_token_or_an_unknown_context() -> None:
    assert check("eyJhbGciOiJub25lIn0.e30.eA").outcome is Outcome.FAIL
    report = check({**presentation(), "@context": [VC, "https://example.org/unknown"]})
    assert report.outcome is Outcome.UNKNOWN
    token = sign_token(presentation())
    assert check(token).outcome is Outcome.FAIL
