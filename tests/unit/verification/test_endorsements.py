"""Endorsements: each with a verdict of its own, and none that decides unless the policy says so (V-END-1)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from openbadges import AnyIssuer, Limits, Outcome
from openbadges.testing import add_proof, badge, endorsement, fixed_key, sign, status_entry

KEY, FOUNDATION = fixed_key(), fixed_key("Ed25519", 1)
ACHIEVEMENT = "https://badges.example.org/achievements/host"
LIST = "https://foundation.example/status/1"
STRICT = AnyIssuer(endorsements_decide=True)


def endorsed(**members: Any) -> dict[str, Any]:
    return json.loads(sign(endorsement(about=ACHIEVEMENT, **members), FOUNDATION).text)


def test_embedded_and_token_endorsements_have_verdicts_of_their_own(check: Any, found: Any) -> None:
    token = sign(endorsement(about=KEY.did, id="urn:uuid:1"), FOUNDATION, form="vc-jwt").text
    document = badge(endorsement=[endorsed()], endorsementJwt=[token])
    report = check(sign(document))
    assert report.outcome is Outcome.PASS
    assert found(report, "endorsements") == [("pass", "endorsements.good")]
    assert [one.outcome for one in report.endorsements] == [Outcome.PASS] * 2
    assert [one.issuer["id"] for one in report.endorsements if one.issuer] == [FOUNDATION.did] * 2
    assert [one.format for one in report.endorsements] == ["data-integrity", "vc-jwt"]
    assert len(report.to_json()["endorsements"]) == 2


def test_endorsements_are_found_anywhere_in_the_badge(check: Any) -> None:
    document = badge()
    document["issuer"]["endorsement"] = [endorsed(id="urn:uuid:1")]
    document["credentialSubject"]["achievement"]["endorsement"] = [endorsed(id="urn:uuid:2")]
    creator = {"id": "https://c.example", "type": ["Profile"], "endorsement": [endorsed(id="urn:uuid:3")]}
    document["credentialSubject"]["achievement"]["creator"] = creator
    report = check(sign(document), policy=STRICT)
    assert report.outcome is Outcome.PASS
    assert len(report.endorsements) == 3


@pytest.mark.parametrize(
    "bad",
    [
        {**endorsed(), "name": "Changed"},
        {name: value for name, value in endorsed().items() if name != "proof"},
        endorsed(validUntil="2026-02-01T00:00:00Z"),
        json.loads(sign(endorsement(about="https://other.example"), FOUNDATION).text),
        json.loads(sign(badge(issuer=FOUNDATION.did, id="urn:uuid:2"), FOUNDATION).text)
        | {"type": ["VerifiableCredential"]},
    ],
)
def test_v_end_1_a_bad_endorsement_is_untrusted_and_decides_only_if_asked(bad: Any, check: Any) -> None:
    signed = sign(badge(issuer=KEY.did))
    document = {**json.loads(signed.text)}
    del document["proof"]
    from openbadges.testing import add_proof

    given = add_proof({**document, "endorsement": [bad]}, suite="eddsa-jcs-2022")
    report = check(given)
    assert report.outcome is not Outcome.UNKNOWN
    if report.error is None and report.endorsements:
        assert report.endorsements[0].outcome is Outcome.FAIL
        strict = check(given, policy=STRICT)
        assert strict.outcome is Outcome.FAIL


def test_v_end_1_the_subject_has_to_be_in_the_badge(check: Any, found: Any) -> None:
    other = json.loads(sign(endorsement(about="https://other.example"), FOUNDATION).text)
    report = check(sign(badge(endorsement=[other])))
    assert report.outcome is Outcome.PASS
    assert found(report, "endorsements") == [("fail", "endorsements.bad")]
    [inner] = report.endorsements
    assert [one.code for one in inner.of("endorsement.subject")] == ["endorsements.other_subject"]
    assert inner.verdict == "Genuine, but it endorses something else."
    assert inner.reason == ("The endorsement is about https://other.example, which is not in the document around it.")
    expired = json.loads(
        sign(endorsement(about="https://other.example", validUntil="2026-02-01T00:00:00Z"), FOUNDATION).text
    )
    [inner] = check(sign(badge(endorsement=[expired]))).endorsements
    assert inner.verdict == "Genuine, but it expired on 1 February 2026."
    strict = check(sign(badge(endorsement=[other])), policy=STRICT)
    assert strict.verdict == "The badge is genuine, but an endorsement in it is not."


def test_a_token_that_cannot_be_read_is_a_bad_endorsement(check: Any) -> None:
    report = check(sign(badge(endorsementJwt=["eyJhbGciOiJub25lIn0.e30.eA"])))
    assert report.outcome is Outcome.PASS
    assert report.endorsements[0].outcome is Outcome.FAIL
    assert report.endorsements[0].error is not None
    assert check(sign(badge(endorsementJwt=["eyJh.eyJh.eyJh"]))).endorsements[0].outcome is Outcome.FAIL


def test_a_token_of_a_badge_is_no_endorsement(check: Any) -> None:
    token = sign(badge(issuer=FOUNDATION.did), FOUNDATION, form="vc-jwt").text
    [inner] = check(sign(badge(endorsementJwt=[token]))).endorsements
    assert inner.outcome is Outcome.FAIL
    assert inner.verdict == "This is an Open Badge, not an endorsement."
    [kind] = inner.of("document.kind")
    assert kind.detail == "It is an Open Badge. Only an endorsement can stand in this place."


def test_what_is_said_of_an_endorsement_does_not_call_it_a_badge(check: Any) -> None:
    def verdict_on(inner: dict[str, Any]) -> str:
        report = check(add_proof(badge(issuer=KEY.did, endorsement=[inner]), suite="eddsa-jcs-2022"))
        [one] = report.endorsements
        assert "badge" not in " ".join(check.detail for check in one.checks)
        return str(one.verdict)

    without_proof = {name: value for name, value in endorsed().items() if name != "proof"}
    assert verdict_on(without_proof) == "This endorsement is not signed, so nobody vouches for it."
    nameless = endorsement(about=ACHIEVEMENT, issuer=FOUNDATION.did, name=None)
    assert verdict_on(add_proof(nameless, FOUNDATION)) == "Signed, but not a valid endorsement."
    token = check(sign(badge(endorsementJwt=["eyJh.eyJh.eyJh"]))).endorsements[0]
    assert token.verdict == "This endorsement could not be read."


def test_what_could_not_be_checked_is_undecided(check: Any, web: Any, found: Any) -> None:
    inner = endorsed(credentialStatus=status_entry(LIST))
    signed = sign(badge(endorsement=[inner]))
    report = check(signed)
    assert found(report, "endorsements") == [("unknown", "endorsements.undecided")]
    assert check(signed, policy=STRICT).outcome is Outcome.UNKNOWN
    web.publish_status_list(LIST, signer=FOUNDATION)
    assert check(signed, policy=STRICT).outcome is Outcome.PASS
    web.revoke(inner)
    assert found(check(signed), "endorsements") == [("fail", "endorsements.bad")]


def test_v_end_1_at_most_twenty(check: Any) -> None:
    tokens = [sign(endorsement(about=KEY.did, id=f"urn:uuid:{n}"), FOUNDATION, form="vc-jwt").text for n in range(21)]
    report = check(sign(badge(endorsementJwt=tokens)))
    assert report.error is not None
    assert report.error.code == "endorsements.too_many"
    assert len(check(sign(badge(endorsementJwt=tokens[:20]))).endorsements) == 20


def test_v_end_1_endorsements_of_endorsements_end_at_a_depth(check: Any, found: Any) -> None:
    third, fourth = fixed_key("Ed25519", 2), fixed_key("Ed25519", 3)
    inmost = sign(endorsement(about=third.did, issuer=fourth.did, id="urn:uuid:3"), fourth, form="vc-jwt").text
    middle = endorsement(about=FOUNDATION.did, issuer=third.did, id="urn:uuid:2")
    middle["issuer"]["endorsementJwt"] = [inmost]
    outer = endorsement(about=KEY.did, id="urn:uuid:1")
    outer["issuer"]["endorsementJwt"] = [sign(middle, third, form="vc-jwt").text]
    signed = sign(badge(endorsementJwt=[sign(outer, FOUNDATION, form="vc-jwt").text]))
    report = check(signed)
    [first] = report.endorsements
    [second] = first.endorsements
    assert found(second, "endorsements") == [("unknown", "endorsements.too_deep")]
    shallow = check(signed, limits=Limits(endorsement_depth=1))
    assert found(shallow.endorsements[0], "endorsements") == [("unknown", "endorsements.too_deep")]
    assert shallow.outcome is Outcome.PASS


def test_an_issuer_that_is_only_an_id_can_be_endorsed(check: Any) -> None:
    inner = json.loads(sign(endorsement(about=KEY.did), FOUNDATION).text)
    document = badge(endorsement=[inner])
    document["issuer"] = KEY.did
    from openbadges.testing import add_proof

    report = check(add_proof(document), policy=STRICT)
    assert [one.outcome for one in report.endorsements] == [Outcome.PASS], report.verdict
