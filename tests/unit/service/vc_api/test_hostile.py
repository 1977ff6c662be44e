"""Whatever is sent to the VC-API, the answer is a problem and never a breakdown."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.sweep

VALUES: tuple[Any, ...] = (
    None, "", "x", "\x00", 0, -1, 1e308, 10**30, True, [], [[]], [None], {}, {"id": 5}, {"@id": "x"}, {"@value": "x"},
    "did:key:z6Mk", "https://x.example/\ud7ff", ["https://www.w3.org/ns/credentials/v2", {"@vocab": "urn:x#"}],
    {"@context": {"a": "b"}}, "a" * 10_000,
)  # fmt: skip
MEMBERS = ("@context", "id", "type", "issuer", "credentialSubject", "credentialStatus", "validFrom", "proof",
           "credentialSchema", "evidence", "holder", "verifiableCredential", "nbf")  # fmt: skip
PROOF_MEMBERS = ("type", "cryptosuite", "verificationMethod", "proofValue", "proofPurpose", "created", "@context")


@pytest.mark.parametrize("suite", ["eddsa-jcs-2022", "vc-jwt:status"])
@pytest.mark.parametrize("name", MEMBERS)
def test_no_credential_breaks_issuing(desk: Any, credential: Any, suite: str, name: str) -> None:
    for value in VALUES:
        answer = desk.issue(suite, {**credential, name: value})
        assert answer.status_code in (201, 400, 422), (value, answer.text)


@pytest.mark.parametrize("name", MEMBERS)
def test_no_document_breaks_checking(desk: Any, name: str) -> None:
    signed = desk.issued("eddsa-jcs-2022")
    for value in VALUES:
        for path in ("/credentials/verify", "/proof-only/credentials/verify"):
            answer = desk.verify({**signed, name: value}, path)
            appended = name == "@context" and isinstance(value, list) and len(value) == 2
            # the data model lets holders append contexts to what a JCS suite signed; nothing it covers changes meaning
            assert answer.status_code in ((200, 400) if appended else (400,)), (value, answer.text)
        body = {"verifiablePresentation": {**signed, "type": ["VerifiablePresentation"], name: value}}
        assert desk.call("POST", "/presentations/verify", body).status_code == 400


@pytest.mark.parametrize("name", PROOF_MEMBERS)
def test_no_proof_breaks_checking_or_deriving(desk: Any, name: str) -> None:
    for suite in ("eddsa-jcs-2022", "ecdsa-sd-2023"):
        signed = desk.issued(suite)
        for value in VALUES:
            changed = {**signed, "proof": {**signed["proof"], name: value}}
            body = {"verifiableCredential": changed, "options": {"selectivePointers": ["/issuer"]}}
            assert desk.verify(changed).status_code == 400
            assert desk.call("POST", "/credentials/derive", body).status_code in (201, 400)


@pytest.mark.parametrize(
    "did", ["%00", "did:web:%252e%252e", "did:key:" + "z" * 5000, "did:jwk:e30", "did:web:a:%ff", "x/y"]
)
def test_no_identifier_breaks_resolving(desk: Any, did: str) -> None:
    assert 400 <= desk.call("GET", f"/identifiers/{did}").status_code < 500


@pytest.mark.parametrize("slug", ["%00", "lab.ed25519", "vc-api.lab", "a" * 3000, "%F0%9F%92%A9"])
def test_no_other_name_finds_the_instance(desk: Any, slug: str, credential: Any) -> None:
    path = f"/issuers/{slug}/vc-jwt/credentials/issue"
    assert desk.call("POST", path, {"credential": credential}).status_code in (400, 404)
