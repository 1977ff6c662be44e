"""W3C EdDSA cryptosuites: eddsa-rdfc-2022, eddsa-jcs-2022, Ed25519Signature2020, every intermediate byte for byte."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from openbadges.canon import jcs, rdf
from openbadges.contexts import PinnedContexts
from openbadges.encoding.base import decode_multibase
from openbadges.errors import OpenBadgesError, RefusedError
from openbadges.keys import SigningKey
from openbadges.limits import DEFAULT_LIMITS
from openbadges.proofs.data_integrity import create_proof, read_proofs, suite_of, verify_proof, with_proofs

HERE = Path(__file__).parent
OWN = json.loads((HERE / "eddsa.json").read_text("utf-8"))
CANON = json.loads((HERE / "data_integrity_canon.json").read_text("utf-8"))
CANONICAL = {case["name"]: case for case in CANON["cases"]}
CASES = [CANONICAL[case["name"]] | case for case in OWN["rdf"]] + OWN["jcs"]
KEY = SigningKey.from_multikey(OWN["secret_key"])
CONTEXTS = PinnedContexts(generic=True)
FOLDERS = {
    "eddsa-rdfc-2022": "eddsa-rdfc-2022",
    "eddsa-rdfc-2022/employ": "eddsa-rdfc-2022/employ",
    "Ed25519Signature2020": "Ed25519Signature2020",
    "eddsa-jcs-2022": "eddsa-jcs-2022",
}

each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])


def is_jcs(case: dict[str, Any]) -> bool:
    return "@context" in case["proof"]


def canonical(case: dict[str, Any], part: str) -> bytes:
    value = case[part]
    if is_jcs(case):
        return jcs.canonicalize(value)
    return rdf.canonicalize(value | {"@context": case["document"]["@context"]}, CONTEXTS).encode("utf-8")


def signed(case: dict[str, Any]) -> dict[str, Any]:
    return with_proofs(case["document"], [case["proof"] | {"proofValue": case["proof_value"]}])


@each_case
def test_canonical_forms_and_their_hashes(case: dict[str, Any]) -> None:
    for part in ("document", "proof"):
        found = canonical(case, part)
        assert found.decode("utf-8") == case[f"{part}_canonical"]
        assert hashlib.sha256(found).hexdigest() == case[f"{part}_hash"]


@each_case
def test_what_is_signed_is_the_hash_of_the_proof_then_that_of_the_document(case: dict[str, Any]) -> None:
    suite = suite_of(case["proof"])
    config = case["proof"] | {"@context": case["document"]["@context"]}
    data = suite.signed_bytes(case["document"], config, "sha256", CONTEXTS, DEFAULT_LIMITS)
    assert data.hex() == case["combined_hash"] == case["proof_hash"] + case["document_hash"]
    assert KEY.sign(data).hex() == case["signature"]
    assert decode_multibase(case["proof_value"], max_chars=200).hex() == case["signature"]


@each_case
def test_the_proof_made_here_is_the_published_one(case: dict[str, Any]) -> None:
    made = create_proof(
        case["document"],
        KEY,
        suite=case["proof"].get("cryptosuite", case["proof"]["type"]),
        created=case["proof"]["created"],
        contexts=CONTEXTS,
    )
    assert with_proofs(case["document"], [made]) == signed(case)


@each_case
def test_the_published_document_verifies(case: dict[str, Any]) -> None:
    (proof,) = read_proofs(signed(case))
    assert verify_proof(signed(case), proof, KEY.public_key, contexts=CONTEXTS) == "EdDSA"


@each_case
@pytest.mark.parametrize("member", ["id", "validFrom", "issuer", "credentialSubject", "name", "type"])
def test_a_changed_document_does_not(case: dict[str, Any], member: str) -> None:
    document = signed(case)
    changes: dict[str, Any] = {
        "validFrom": "2023-01-01T00:00:01Z",
        "credentialSubject": {"id": "did:example:somebody"},
        "type": ["VerifiableCredential"],
    }
    document[member] = changes.get(member, "urn:example:other")
    with pytest.raises(RefusedError):
        verify_proof(document, document["proof"], KEY.public_key, contexts=CONTEXTS)


@each_case
@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("created", "2023-02-24T23:36:39Z"),
        ("proofPurpose", "authentication"),
        ("verificationMethod", "did:example:somebody#key"),
        ("expires", "2033-02-24T23:36:38Z"),
        ("challenge", "1"),
    ],
)
def test_a_changed_proof_does_not(case: dict[str, Any], member: str, value: str) -> None:
    document = signed(case)
    proof = document["proof"] | {member: value}
    with pytest.raises(RefusedError):
        verify_proof(document | {"proof": proof}, proof, KEY.public_key, contexts=CONTEXTS)


@each_case
def test_every_bit_of_the_signature_counts(case: dict[str, Any]) -> None:
    from openbadges.encoding.base import encode_multibase

    document = signed(case)
    right = bytes.fromhex(case["signature"])
    for bit in (0, 255, 256, 511):
        wrong = bytearray(right)
        wrong[bit // 8] ^= 1 << (bit % 8)
        proof = document["proof"] | {"proofValue": encode_multibase(bytes(wrong))}
        with pytest.raises(OpenBadgesError):
            verify_proof(document, proof, KEY.public_key, contexts=CONTEXTS)


@each_case
def test_the_copy_is_the_original(shared: Path, case: dict[str, Any]) -> None:
    folder = shared / "vectors/vc-di-eddsa/TestVectors" / FOLDERS[case["name"]]

    def text(pattern: str) -> str:
        (path,) = folder.glob(pattern)
        return path.read_bytes().decode("utf-8")

    assert json.loads(text("signed*.json")) == signed(case)
    assert json.loads(text("proofConfig*.json")) == case["proof"] | {"@context": case["document"]["@context"]}
    for pattern, member in (
        ("canonDoc*", "document_canonical"),
        ("docHash*", "document_hash"),
        ("proofCanon*", "proof_canonical"),
        ("proofHash*", "proof_hash"),
        ("combinedHash*", "combined_hash"),
        ("sigHex*", "signature"),
        ("sigBTC58*", "proof_value"),
    ):
        assert text(f"{pattern}.txt") == case[member], pattern
    keys = json.loads((shared / "vectors/vc-di-eddsa/TestVectors/keyPair.json").read_text("utf-8"))
    assert (keys["privateKeyMultibase"], keys["publicKeyMultibase"]) == (
        OWN["secret_key"],
        KEY.public_key.to_multikey(),
    )
