"""The generic profile: any W3C credential, with the rules of VCDM 2.0 section 4 and nothing dropped."""

from __future__ import annotations

from typing import Any

import pytest

from openbadges import Outcome
from openbadges.testing import add_proof, badge, fixed_key, sign_token

VC = "https://www.w3.org/ns/credentials/v2"
DID = fixed_key().did


def credential(**members: Any) -> dict[str, Any]:
    document = {
        "@context": [VC],
        "id": "urn:uuid:1",
        "type": ["VerifiableCredential"],
        "issuer": DID,
        "credentialSubject": {"id": "urn:x:1", "type": "https://example.org/types#Thing"},
        **members,
    }
    return {name: value for name, value in document.items() if value is not None}


GOOD: list[dict[str, Any]] = [
    {},
    {"@context": [VC, {"titel": "https://schema.org/name"}], "titel": "x"},
    {"@context": [VC, f"{VC[:-2]}examples/v2"], "type": ["VerifiableCredential", "ExampleDegreeCredential"]},
    {"issuer": {"id": DID, "name": {"@value": "Gruppe", "@language": "de"}}},
    {"name": [{"@value": "Gruppe", "@language": "de", "@direction": "ltr"}, {"@value": "Group", "@language": "en"}]},
    {"credentialSubject": [{"id": "urn:x:1", "type": "https://example.org/types#T"}, {"id": "urn:x:2", "type": "https://example.org/types#T"}]},
    {"evidence": {"id": "urn:x:5", "type": "https://example.org/types#E"}},
    {"evidence": [{"type": "https://example.org/types#E"}]},
    {"credentialSubject": {"type": "https://example.org/types#Thing"}},
    {"id": None, "validFrom": "2026-01-01T00:00:00Z", "validUntil": "2030-01-01T00:00:00Z"},
    {"credentialSchema": [{"id": "https://x.example/s", "type": "JsonSchema"}]},
]  # fmt: skip


@pytest.mark.parametrize("members", GOOD)
def test_credentials_of_the_data_model_pass(members: dict[str, Any], check: Any) -> None:
    report = check(add_proof(credential(**members), suite="eddsa-jcs-2022"), profile="vc")
    assert report.outcome is Outcome.PASS, [one.detail for one in report.checks]
    assert report.verdict == "This credential is genuine and valid today."


BAD: list[tuple[dict[str, Any], str]] = [
    ({"@context": ["https://example.org/x", VC]}, "generic.context"),
    ({"@context": []}, "generic.context"),
    ({"@context": [VC, 5]}, "generic.context_form"),
    ({"type": ["Thing"]}, "generic.type"),
    ({"type": ["VerifiableCredential", 5]}, "generic.type"),
    ({"id": "not an iri"}, "generic.id"),
    ({"id": 5}, "generic.id"),
    ({"issuer": None}, "generic.issuer"),
    ({"issuer": {"name": "x"}}, "generic.issuer"),
    ({"credentialSubject": None}, "generic.subject"),
    ({"credentialSubject": []}, "generic.subject"),
    ({"credentialSubject": {}}, "generic.subject"),
    ({"credentialSubject": "urn:x:1"}, "generic.subject"),
    ({"credentialSubject": {"id": "x y"}}, "generic.id"),
    ({"validFrom": 5}, "generic.date"),
    ({"validUntil": "2030"}, "generic.date"),
    ({"evidence": "urn:x:1"}, "generic.object"),
    ({"evidence": [{"id": "urn:x:5"}]}, "generic.object_type"),
    ({"credentialStatus": {"id": "x y", "type": "BitstringStatusListEntry"}}, "generic.id"),
    ({"credentialSchema": {"type": "JsonSchema"}}, "generic.object_id"),
    ({"name": {"@value": "x", "@type": "y"}}, "generic.language_text"),
    ({"name": 5}, "generic.language_text"),
    ({"issuer": {"id": DID, "description": [None]}}, "generic.language_text"),
    ({"vp": {}}, "generic.claim"),
    ({"undefined": "x"}, "canon.undefined_term"),
    ({"@context": [VC, {"name": "https://example.org/other"}]}, "canon.context_conflict"),
]


@pytest.mark.parametrize(("members", "code"), BAD)
def test_what_the_data_model_refuses_is_malformed(members: dict[str, Any], code: str, check: Any) -> None:
    proof = add_proof(credential())["proof"]
    report = check({**credential(**members), "proof": proof}, profile="vc")
    assert report.error is not None, [one.detail for one in report.checks]
    assert report.error.code == code


def test_an_unknown_context_is_unknown(check: Any) -> None:
    document = {
        **credential(**{"@context": [VC, "https://example.org/unknown"]}),
        "proof": add_proof(credential())["proof"],
    }
    assert check(document, profile="vc").outcome is Outcome.UNKNOWN


def test_badges_pass_too_and_their_names_are_said(check: Any) -> None:
    report = check(add_proof(badge()), profile="vc")
    assert report.outcome is Outcome.PASS
    assert report.verdict == "This badge is genuine and valid today."


def test_tokens_of_credentials_verify(check: Any) -> None:
    assert check(sign_token(credential(), typ="vc+jwt"), profile="vc").outcome is Outcome.PASS


def test_a_holder_is_an_iri_or_an_object_with_one(check: Any) -> None:
    document = {"@context": [VC], "type": ["VerifiablePresentation"], "holder": {"name": "x"}}
    assert check(document, profile="vc").error.code == "generic.issuer"


def test_the_badge_profile_takes_none_of_this(check: Any) -> None:
    signed = add_proof(credential(**GOOD[1]), suite="eddsa-jcs-2022")
    assert check(signed).error.code == "shape.context_inline"
