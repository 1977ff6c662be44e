"""Verifying and resolving by the VC-API."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from openbadges import SigningKey
from openbadges.contexts import PinnedContexts
from openbadges.proofs.data_integrity import create_proof, with_proofs
from openbadges.testing import fixed_key

GENERIC = PinnedContexts(generic=True)


def presented(holder: SigningKey, credentials: list[Any], **options: str) -> dict[str, Any]:
    document = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "holder": holder.did,
        "verifiableCredential": credentials,
    }
    proof = create_proof(
        document, holder, suite="eddsa-rdfc-2022", created="2026-01-01T00:00:00Z", contexts=GENERIC,
        purpose="authentication", options=options,
    )  # fmt: skip
    return with_proofs(document, [proof])


def test_a_changed_credential_is_not_good(desk: Any) -> None:
    signed = desk.issued("eddsa-rdfc-2022")
    signed["credentialSubject"]["id"] = "did:example:eve"
    answer = desk.verify(signed)
    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"
    assert answer.json["verified"] is False
    assert "proof.signature" in {error["check"] for error in answer.json["errors"]}


def test_an_unsigned_credential_is_not_good(desk: Any, credential: Any) -> None:
    for path in ("/credentials/verify", "/proof-only/credentials/verify"):
        assert desk.verify(credential, path).status_code == 400


def test_a_token_as_text_is_verified_too(desk: Any) -> None:
    text = desk.issued("vc-jwt")["id"].partition(",")[2]
    assert desk.verify(text).status_code == 200
    assert desk.verify(text[:-4]).status_code == 400


@pytest.mark.parametrize("path", ["/credentials/verify", "/proof-only/credentials/verify"])
@pytest.mark.parametrize("body", [[], {}, {"verifiableCredential": 1}, {"verifiableCredential": {}, "more": 1}])
def test_a_malformed_request_is_refused(desk: Any, path: str, body: Any) -> None:
    assert desk.call("POST", path, body).status_code == 400


def test_proof_only_does_not_ask_whose_key_it_is_and_verify_does(desk: Any, credential: Any) -> None:
    key = fixed_key("Ed25519", 7)
    proof = create_proof(credential, key, suite="eddsa-rdfc-2022", created="2026-01-01T00:00:00Z", contexts=GENERIC)
    foreign = with_proofs(credential, [proof])
    assert desk.verify(foreign).status_code == 400
    assert desk.verify(foreign, "/proof-only/credentials/verify").status_code == 200
    foreign["credentialSubject"]["id"] = "did:example:eve"
    assert desk.verify(foreign, "/proof-only/credentials/verify").status_code == 400


def test_proof_only_wants_a_key_that_can_be_had(desk: Any) -> None:
    signed = desk.issued("eddsa-rdfc-2022")
    signed["proof"]["verificationMethod"] = "did:key:nonsense#nonsense"
    answer = desk.verify(signed, "/proof-only/credentials/verify")
    assert answer.status_code == 400
    assert answer.json["errors"]


def test_presentations(desk: Any) -> None:
    holder = fixed_key("Ed25519", 3)
    shown = presented(holder, [desk.issued("eddsa-rdfc-2022"), desk.issued("vc-jwt")], challenge="c1", domain="d1")
    ask = {"verifiablePresentation": shown}
    assert desk.call("POST", "/presentations/verify", ask).status_code == 200
    good = {**ask, "options": {"challenge": "c1", "domain": "d1"}}
    assert desk.call("POST", "/presentations/verify", good).status_code == 200
    for options in ({"challenge": "other"}, {"domain": "other"}, {"challenge": 5}, []):
        assert desk.call("POST", "/presentations/verify", {**ask, "options": options}).status_code == 400


def test_a_presentation_of_a_changed_credential_is_not_good(desk: Any) -> None:
    signed = desk.issued("eddsa-rdfc-2022")
    signed["credentialSubject"]["id"] = "did:example:eve"
    ask = {"verifiablePresentation": presented(fixed_key("Ed25519", 3), [signed])}
    assert desk.call("POST", "/presentations/verify", ask).status_code == 400


def test_an_identifier_with_a_key(desk: Any) -> None:
    did = desk.instance.dids["P-384"]
    answer = desk.call("GET", f"/identifiers/{quote(did, safe='')}")
    assert answer.status_code == 200
    assert set(answer.json) == {"@context", "didDocument", "didDocumentMetadata", "didResolutionMetadata"}
    assert answer.json["didDocument"]["id"] == did


def test_an_identifier_of_this_site_comes_from_storage(desk: Any) -> None:
    made = desk.services.affiliates.approve(desk.services.affiliates.create({"name": "Riverside"}).id)
    answer = desk.call("GET", f"/identifiers/{made.issuer_id}")
    assert answer.json["didDocument"]["id"] == made.issuer_id == "did:web:badges.example.org:issuers:riverside"


@pytest.mark.parametrize(
    ("did", "status", "name"),
    [
        ("did:key:nonsense", 400, "INVALID_DID"),
        ("nonsense", 400, "INVALID_DID"),
        ("did:btcr2:k1q", 400, "METHOD_NOT_SUPPORTED"),
        ("did:web:nobody.example", 404, "NOT_FOUND"),
        ("did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK%23x", 400, "INVALID_DID"),
    ],
)
def test_an_identifier_that_does_not_resolve(desk: Any, did: str, status: int, name: str) -> None:
    answer = desk.call("GET", f"/identifiers/{did}")
    assert answer.status_code == status
    assert answer.json["didDocument"] is None
    assert answer.json["didResolutionMetadata"]["error"]["type"] == f"https://www.w3.org/ns/did#{name}"
    assert desk.call("GET", f"/identifiers/{did}", token=None).status_code == 401
