"""The known answers of ecdsa-sd-2023 (W3C Data Integrity ECDSA Cryptosuites 1.0): every step, byte for byte."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from openbadges.canon import rdf
from openbadges.contexts import PinnedContexts
from openbadges.keys import SigningKey
from openbadges.limits import DEFAULT_LIMITS
from openbadges.proofs import selective
from openbadges.proofs.selective.proof_value import key_bytes, read_base, read_derived
from openbadges.proofs.selective.statements import Statements, labelled_lines

OWN = json.loads((Path(__file__).parent / "ecdsa_sd.json").read_text("utf-8"))
ISSUER = SigningKey.from_multikey(OWN["issuer"])
EPHEMERAL = SigningKey.from_multikey(OWN["ephemeral"])
HMAC_KEY = bytes.fromhex(OWN["hmac_key"])
CONTEXTS = PinnedContexts(generic=True)

each_case = pytest.mark.parametrize("case", OWN["cases"], ids=lambda case: case["name"])


def unsigned(case: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in case["signed"].items() if name != "proof"}


def sha256(lines: Iterable[str]) -> str:
    return hashlib.sha256("".join(lines).encode("utf-8")).hexdigest()


def config_hash(document: dict[str, Any]) -> str:
    config = {name: value for name, value in document["proof"].items() if name != "proofValue"}
    return sha256([rdf.canonicalize(config | {"@context": document["@context"]}, CONTEXTS)])


@each_case
def test_statements_secret_labels_and_groups(case: dict[str, Any]) -> None:
    document = unsigned(case)
    assert sha256([rdf.canonicalize(document, CONTEXTS)]) == case["canonical_sha256"]
    statements = Statements(document, HMAC_KEY, CONTEXTS, DEFAULT_LIMITS)
    assert sha256(statements.lines) == case["labelled_sha256"]
    assert sorted(statements.indexes(case["mandatory"])) == case["mandatory_indexes"]
    combined, labels = statements.disclosed(case["mandatory"] + case["selective"])
    assert sorted(combined) == case["combined_indexes"]
    assert labels == case["labels"]
    assert sha256(statements.lines[index] for index in case["mandatory_indexes"]) == case["mandatory_hash"]
    assert config_hash(case["signed"]) == case["proof_hash"]


@each_case
def test_the_base_proof_that_was_published_is_one_of_these_statements(case: dict[str, Any]) -> None:
    base = read_base(case["signed"]["proof"]["proofValue"])
    assert (base.hmac_key, base.public_key) == (HMAC_KEY, EPHEMERAL.public_key)
    assert list(base.mandatory_pointers) == case["mandatory"]
    head = bytes.fromhex(case["proof_hash"]) + key_bytes(base.public_key) + bytes.fromhex(case["mandatory_hash"])
    ISSUER.public_key.verify(base.signature, head, "ES256")
    lines = Statements(unsigned(case), HMAC_KEY, CONTEXTS, DEFAULT_LIMITS).lines
    others = [line for index, line in enumerate(lines) if index not in case["mandatory_indexes"]]
    for line, signature in zip(others, base.signatures, strict=True):
        base.public_key.verify(signature, line.encode("utf-8"), "ES256")


@each_case
def test_the_base_proof_made_anew_differs_in_signatures_at_most(case: dict[str, Any]) -> None:
    proof = selective.create_base_proof(
        unsigned(case),
        ISSUER,
        created=OWN["created"],
        contexts=CONTEXTS,
        mandatory_pointers=case["mandatory"],
        hmac_key=HMAC_KEY,
        ephemeral=EPHEMERAL,
    )
    published = dict(case["signed"]["proof"])
    made, read = read_base(proof.pop("proofValue")), read_base(published.pop("proofValue"))
    assert proof == published
    assert (made.public_key, made.hmac_key, made.mandatory_pointers) == (
        read.public_key,
        read.hmac_key,
        read.mandatory_pointers,
    )
    assert len(made.signatures) == len(read.signatures)


@each_case
def test_deriving_from_the_published_base_proof_gives_the_published_document(case: dict[str, Any]) -> None:
    assert selective.derive(case["signed"], case["selective"], contexts=CONTEXTS) == case["revealed"]


@each_case
def test_the_published_derived_proof_verifies(case: dict[str, Any]) -> None:
    revealed = case["revealed"]
    key = ISSUER.public_key
    assert selective.verify_derived(revealed, revealed["proof"], key, contexts=CONTEXTS) == "ES256"
    value = read_derived(revealed["proof"]["proofValue"])
    assert dict(value.labels) == case["labels"]
    assert list(value.mandatory_indexes) == case["shown_mandatory_indexes"]


@pytest.mark.parametrize(("folder", "name"), [("employ", "employ"), ("prc", "prCred")])
def test_every_published_intermediate(shared: Path, folder: str, name: str) -> None:
    vectors = shared / "vectors/vc-di-ecdsa/TestVectors"

    def read(file: str) -> Any:
        return json.loads((vectors / "ecdsa-sd-2023" / folder / file).read_text("utf-8"))

    signed = read("addSignedSDBase.json")
    document = {member: value for member, value in signed.items() if member != "proof"}
    assert rdf.canonicalize(document, CONTEXTS) == "".join(read("addBaseDocCanon.json"))
    statements = Statements(document, HMAC_KEY, CONTEXTS, DEFAULT_LIMITS)
    assert statements.lines == read("addBaseDocHMACCanon.json")

    mandatory = json.loads((vectors / f"{name}Mandatory.json").read_text("utf-8"))
    chosen = json.loads((vectors / f"{name}Selective.json").read_text("utf-8"))
    transform = read("addBaseTransform.json")
    positions = statements.indexes(mandatory)
    assert [[index, statements.lines[index]] for index in sorted(positions)] == transform["mandatory"]["value"]
    groups = read("derivedGroupIndexes.json")
    assert sorted(statements.indexes(chosen)) == groups["selectiveIndexes"]
    assert sorted(statements.indexes(mandatory + chosen)) == groups["combinedIndexes"]
    assert config_hash(signed) == read("addHashData.json")["proofHash"]

    base, published = read_base(signed["proof"]["proofValue"]), read("derivedRecoveredBaseData.json")
    assert base.signature.hex() == published["baseSignature"]
    assert base.public_key.to_multikey() == published["proofPublicKey"]
    assert base.hmac_key.hex() == published["hmacKey"]
    assert [signature.hex() for signature in base.signatures] == published["signatures"]
    assert list(base.mandatory_pointers) == published["mandatoryPointers"]

    revealed = selective.derive(signed, chosen, contexts=CONTEXTS)
    assert revealed == read("derivedRevealDocument.json")
    derived, data = read_derived(revealed["proof"]["proofValue"]), read("derivedDisclosureData.json")
    assert [signature.hex() for signature in derived.signatures] == data["signatures"]
    assert dict(derived.labels) == dict(data["labelMap"]["value"])
    assert list(derived.mandatory_indexes) == read("derivedAdjMandatoryIndexes.json")["adjMandatoryIndexes"]
    shown = {member: value for member, value in revealed.items() if member != "proof"}
    assert shown == read("derivedUnsignedReveal.json")

    _, names = statements.disclosed(mandatory + chosen)
    text = rdf.canonicalize(shown, CONTEXTS)
    from openbadges.canon import nquads

    assert labelled_lines(nquads.parse(text), names) == read("verifyNQuads.json")
    assert read("verifyCreateVerifyData.json")["proofHash"] == config_hash(revealed)
    selective.verify_derived(revealed, revealed["proof"], ISSUER.public_key, contexts=CONTEXTS)
