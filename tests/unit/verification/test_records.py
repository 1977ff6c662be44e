"""Comprehensive Learner Records: the record's proof and status, and every badge inside by itself."""

from __future__ import annotations

import json
from typing import Any

import pytest

from openbadges import Limits, Outcome
from openbadges.testing import add_proof, badge, fixed_key, sign, status_entry

CLR = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
OTHER = fixed_key("Ed25519", 1)
LIST = "https://badges.example.org/status/1"


def record(*inside: Any, **members: Any) -> dict[str, Any]:
    document = badge(awardedDate=None)
    document["@context"].insert(1, CLR)
    subject = {"id": document["credentialSubject"]["id"], "type": ["ClrSubject"], "verifiableCredential": list(inside)}
    if not inside:
        del subject["verifiableCredential"]
    return {**document, "type": ["VerifiableCredential", "ClrCredential"], "credentialSubject": subject, **members}


def inner(**members: Any) -> dict[str, Any]:
    return json.loads(sign(badge(issuer=OTHER.did, id="urn:uuid:2", **members), OTHER).text)


def test_a_record_with_badges_passes(check: Any, found: Any) -> None:
    own = json.loads(sign(badge(id="urn:uuid:3")).text)
    report = check(sign(record(inner(), own)))
    assert report.outcome is Outcome.PASS
    assert report.verdict == "This Comprehensive Learner Record is genuine and valid today."
    assert found(report, "credentials") == [("pass", "clr.good")]
    assert [one.issuer["id"] for one in report.inside if one.issuer] == [OTHER.did, fixed_key().did]
    assert [one["outcome"] for one in report.to_json()["inside"]] == ["pass", "pass"]
    assert found(check(sign(record())), "credentials") == [("pass", "clr.none")]
    assert check(sign(record(inner(), own), form="vc-jwt")).outcome is Outcome.PASS


def test_a_badge_inside_may_stand_under_the_contexts_of_the_record(check: Any) -> None:
    plain = inner()
    del plain["@context"]
    assert check(add_proof(record(plain))).outcome is Outcome.PASS


@pytest.mark.parametrize(
    ("inside", "outcome"),
    [
        ({**inner(), "name": "Changed"}, "fail"),
        (inner(validUntil="2026-02-01T00:00:00Z"), "fail"),
        (inner(credentialStatus=status_entry(LIST)), "unknown"),
        ({name: value for name, value in inner().items() if name != "proof"}, "fail"),
        (json.loads(sign(record(issuer={"id": fixed_key().did, "type": ["Profile"]}, id="urn:uuid:4")).text), "pass"),
    ],
)
def test_a_badge_inside_decides_about_the_record(inside: Any, outcome: str, check: Any) -> None:
    report = check(add_proof(record(inside), suite="eddsa-jcs-2022"))
    assert report.outcome.value == outcome
    assert [one.outcome.value for one in report.inside] == [outcome]
    if outcome == "fail":
        assert report.verdict == "Genuine, but a badge inside it is not good."


def test_an_envelope_inside_is_opened(check: Any, found: Any) -> None:
    token = sign(badge(issuer=OTHER.did, id="urn:uuid:2"), OTHER, form="vc-jwt").text
    envelope = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": "data:application/vc+jwt," + token,
        "type": "EnvelopedVerifiableCredential",
    }
    for context in (envelope["@context"], envelope["@context"][0]):
        for suite in ("eddsa-jcs-2022", "eddsa-rdfc-2022"):
            report = check(add_proof(record({**envelope, "@context": context}), suite=suite))
            assert report.outcome is Outcome.PASS, [one.detail for one in report.checks]
    bare = inner() | {"@context": envelope["@context"][0]}
    assert check(add_proof(record(bare), suite="eddsa-jcs-2022")).error.code == "shape.context_not_list"
    bad = {**envelope, "id": "data:application/vc+jwt,e30.e30.e30"}
    assert check(add_proof(record(bad), suite="eddsa-jcs-2022")).outcome is Outcome.FAIL


def test_how_many_and_how_deep(check: Any) -> None:
    many = [inner(name=str(number)) | {"id": f"urn:uuid:{number}"} for number in range(3)]
    report = check(add_proof(record(*many), suite="eddsa-jcs-2022"), limits=Limits(endorsements=2))
    assert report.error is not None
    assert report.error.code == "clr.too_many"
    deep = inner()
    for level in range(3):
        deep = add_proof(record(deep, id=f"urn:uuid:1{level}"), suite="eddsa-jcs-2022")
    assert check(deep).outcome is Outcome.FAIL


@pytest.mark.parametrize(
    "members",
    [
        {"name": ["Record"]},
        {"issuer": fixed_key().did},
        {"issuer": {"id": fixed_key().did}},
        {"issuer": {"id": fixed_key().did, "type": ["Profile"], "name": ["A", "B"]}},
        {"credentialSubject": [record(inner())["credentialSubject"]]},
    ],
)
def test_a_record_has_one_form(members: dict[str, Any], check: Any, found: Any) -> None:
    report = check(add_proof(record(inner(), **members)))
    assert report.outcome is Outcome.FAIL
    assert found(report, "schema.conformance") == [("fail", "schema.first_problem")]


def test_the_same_subject_and_issuer_in_record_and_badge_are_told_apart_by_their_proofs(check: Any) -> None:
    own = json.loads(sign(badge(id="urn:uuid:3")).text)
    signed = add_proof(record(own))
    assert check(signed).outcome is Outcome.PASS
    moved = json.loads(json.dumps(signed))
    moved["credentialSubject"]["name"] = moved["credentialSubject"]["verifiableCredential"][0]["issuer"].pop("name")
    assert check(moved).outcome is Outcome.FAIL
