"""W3C ECDSA cryptosuites: canonical forms and hashes of ecdsa-rdfc-2019 and ecdsa-jcs-2019, and their signatures.

ECDSA takes a random number, so a signature made here differs from the published one; both have to verify.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from openbadges.canon import jcs, rdf
from openbadges.contexts import PinnedContexts
from openbadges.encoding.base import decode_multibase, encode_multibase
from openbadges.errors import OpenBadgesError, RefusedError
from openbadges.keys import SigningKey
from openbadges.limits import DEFAULT_LIMITS
from openbadges.proofs.data_integrity import create_proof, read_proofs, suite_of, verify_proof, with_proofs

HERE = Path(__file__).parent
OWN = json.loads((HERE / "ecdsa.json").read_text("utf-8"))
CANON = json.loads((HERE / "data_integrity_canon.json").read_text("utf-8"))
CANONICAL = {case["name"]: case for case in CANON["cases"]}
CASES = [CANONICAL[case["name"]] | case for case in OWN["rdf"]] + OWN["jcs"]
KEYS = {curve: SigningKey.from_multikey(text) for curve, text in OWN["secret_keys"].items()}
CONTEXTS = PinnedContexts(generic=True)

each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])


def key_of(case: dict[str, Any]) -> SigningKey:
    return KEYS["p384" if "p384" in case["name"] else "p256"]


def canonical(case: dict[str, Any], part: str) -> bytes:
    value = case[part]
    if "@context" in case["proof"]:
        return jcs.canonicalize(value)
    full = value | {"@context": case["document"]["@context"]}
    return rdf.canonicalize(full, CONTEXTS, hash_name=case["hash"]).encode("utf-8")


def signed(case: dict[str, Any]) -> dict[str, Any]:
    return with_proofs(case["document"], [case["proof"] | {"proofValue": case["proof_value"]}])


@each_case
def test_canonical_forms_and_their_hashes(case: dict[str, Any]) -> None:
    for part in ("document", "proof"):
        found = canonical(case, part)
        assert found.decode("utf-8") == case[f"{part}_canonical"]
        assert hashlib.new(case["hash"], found).hexdigest() == case[f"{part}_hash"]


@each_case
def test_what_is_signed_is_the_hash_of_the_proof_then_that_of_the_document(case: dict[str, Any]) -> None:
    config = case["proof"] | {"@context": case["document"]["@context"]}
    data = suite_of(case["proof"]).signed_bytes(case["document"], config, case["hash"], CONTEXTS, DEFAULT_LIMITS)
    assert data.hex() == case["combined_hash"] == case["proof_hash"] + case["document_hash"]
    assert len(data) == {"sha256": 64, "sha384": 96}[case["hash"]]
    assert decode_multibase(case["proof_value"], max_chars=200).hex() == case["signature"]


@each_case
def test_the_published_document_verifies(case: dict[str, Any]) -> None:
    (proof,) = read_proofs(signed(case))
    key = key_of(case)
    assert verify_proof(signed(case), proof, key.public_key, contexts=CONTEXTS) == key.algorithm


@each_case
def test_a_proof_made_here_differs_in_the_signature_alone_and_verifies(case: dict[str, Any]) -> None:
    key = key_of(case)
    document = case["document"]
    made = create_proof(
        document, key, suite=case["proof"]["cryptosuite"], created=case["proof"]["created"], contexts=CONTEXTS
    )
    assert made | {"proofValue": case["proof_value"]} == signed(case)["proof"]
    verify_proof(with_proofs(document, [made]), made, key.public_key, contexts=CONTEXTS)


@each_case
@pytest.mark.parametrize("member", ["id", "validFrom", "issuer", "credentialSubject", "name", "type"])
def test_a_changed_document_does_not_verify(case: dict[str, Any], member: str) -> None:
    document = signed(case)
    changes: dict[str, Any] = {
        "validFrom": "2023-01-01T00:00:01Z",
        "credentialSubject": {"id": "did:example:somebody"},
        "type": ["VerifiableCredential"],
    }
    document[member] = changes.get(member, "urn:example:other")
    with pytest.raises(RefusedError):
        verify_proof(document, document["proof"], key_of(case).public_key, contexts=CONTEXTS)


@each_case
def test_a_changed_signature_proof_or_key_does_not_verify(case: dict[str, Any]) -> None:
    document = signed(case)
    right = bytes.fromhex(case["signature"])
    half = len(right) // 2
    swapped = encode_multibase(right[half:] + right[:half])
    flipped = encode_multibase(right[:-1] + bytes([right[-1] ^ 1]))
    for change in ({"proofValue": swapped}, {"proofValue": flipped}, {"created": "2023-02-24T23:36:39Z"}):
        with pytest.raises(OpenBadgesError):
            verify_proof(document, document["proof"] | change, key_of(case).public_key, contexts=CONTEXTS)
    for other in (SigningKey.generate(key_of(case).kind), SigningKey.generate("Ed25519")):
        with pytest.raises(RefusedError):
            verify_proof(document, document["proof"], other.public_key, contexts=CONTEXTS)


def test_with_p384_blank_nodes_are_labelled_by_sha384() -> None:
    """The same document, hashed with SHA-256 for its labels, gives other bytes: such an implementation fails here."""
    document = CANONICAL["ecdsa-rdfc-2019-p384/employ"]["document"]
    assert rdf.canonicalize(document, CONTEXTS) == CANONICAL["ecdsa-rdfc-2019-p256/employ"]["document_canonical"]
    assert rdf.canonicalize(document, CONTEXTS) != CANONICAL["ecdsa-rdfc-2019-p384/employ"]["document_canonical"]


@each_case
def test_the_copy_is_the_original(shared: Path, case: dict[str, Any]) -> None:
    folder = shared / "vectors/vc-di-ecdsa/TestVectors" / case["name"]

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


@pytest.mark.parametrize(("curve", "key"), KEYS.items())
def test_the_keys_are_the_original_ones(shared: Path, curve: str, key: SigningKey) -> None:
    pair = json.loads((shared / f"vectors/vc-di-ecdsa/TestVectors/{curve}KeyPair.json").read_text("utf-8"))
    assert pair == {"publicKeyMultibase": key.public_key.to_multikey(), "secretKeyMultibase": OWN["secret_keys"][curve]}
