"""W3C proof sets and chains: made again byte for byte; all verify, and no changed one does."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from openbadges.contexts import PinnedContexts
from openbadges.errors import MalformedError, RefusedError
from openbadges.keys import PublicKey, SigningKey
from openbadges.proofs.data_integrity import create_proof, read_proofs, verify_proof, with_proofs

OWN = json.loads((Path(__file__).parent / "proof_chains.json").read_text("utf-8"))
KEYS = [SigningKey.from_multikey(text) for text in OWN["secret_keys"]]
CONTEXTS = PinnedContexts(generic=True)
PROOFS: list[dict[str, Any]] = OWN["proofs"]

each_file = pytest.mark.parametrize(("name", "count"), OWN["files"].items())


def signed(count: int) -> dict[str, Any]:
    return copy.deepcopy(with_proofs(OWN["document"], PROOFS[:count]))


def verify_all(document: dict[str, Any]) -> None:
    for proof in read_proofs(document):
        multikey = proof["verificationMethod"].partition("#")[2]
        verify_proof(document, proof, PublicKey.from_multikey(multikey), contexts=CONTEXTS)


@each_file
def test_every_proof_of_the_published_document_verifies(name: str, count: int) -> None:
    verify_all(signed(count))


@pytest.mark.parametrize("index", range(4))
def test_the_proof_made_here_is_the_published_one(index: int) -> None:
    published = PROOFS[index]
    options = {member: published[member] for member in ("id", "previousProof") if member in published}
    before = with_proofs(OWN["document"], PROOFS[:index]) if index else OWN["document"]
    created = published["created"]
    made = create_proof(
        before, KEYS[index], suite="eddsa-rdfc-2022", created=created, contexts=CONTEXTS, options=options
    )
    assert made == published


@each_file
def test_a_changed_credential_fails_every_proof(name: str, count: int) -> None:
    document = signed(count)
    document["credentialSubject"]["alumniOf"] = "Another School"
    for proof in read_proofs(document):
        multikey = proof["verificationMethod"].partition("#")[2]
        with pytest.raises(RefusedError):
            verify_proof(document, proof, PublicKey.from_multikey(multikey), contexts=CONTEXTS)


def failing(document: dict[str, Any]) -> list[int]:
    found = []
    for index, proof in enumerate(read_proofs(document)):
        multikey = proof["verificationMethod"].partition("#")[2]
        try:
            verify_proof(document, proof, PublicKey.from_multikey(multikey), contexts=CONTEXTS)
        except RefusedError:
            found.append(index)
    return found


def test_a_later_proof_secures_the_earlier_one() -> None:
    """A change in an earlier proof is noticed by those that come after it, directly or further on."""
    document = signed(4)
    document["proof"][1]["created"] = "2023-02-24T23:36:39Z"
    assert failing(document) == [1, 2]
    document = signed(4)
    document["proof"][2]["proofValue"] = document["proof"][1]["proofValue"]
    assert failing(document) == [2, 3]


def test_an_earlier_proof_may_not_be_taken_away() -> None:
    document = signed(4)
    del document["proof"][0]
    with pytest.raises(MalformedError) as caught:
        read_proofs(document)
    assert caught.value.code == "proof.previous_missing"


def test_a_link_may_not_be_cut_or_turned() -> None:
    document = signed(3)
    document["proof"][2]["previousProof"] = [document["proof"][0]["id"]]
    assert failing(document) == [2]
    document = signed(3)
    del document["proof"][2]["previousProof"]
    assert failing(document) == [2]
    document = signed(4)
    document["proof"][0]["previousProof"] = document["proof"][2]["id"]
    with pytest.raises(MalformedError) as caught:
        read_proofs(document)
    assert caught.value.code == "proof.previous_circle"


def test_proofs_of_a_set_may_stand_in_any_order_and_each_stands_alone() -> None:
    document = signed(4)
    document["proof"].reverse()
    verify_all(document)
    for index in (0, 1):
        verify_all(with_proofs(OWN["document"], [PROOFS[index]]))


@each_file
def test_the_copy_is_the_original(shared: Path, name: str, count: int) -> None:
    folder = shared / "vectors/vc-di-eddsa/TestVectors/proof-set-chain"
    assert json.loads((folder / f"{name}.json").read_text("utf-8")) == signed(count)
    pairs = json.loads((folder / "multiKeyPairs.json").read_text("utf-8"))
    for index, key in enumerate(KEYS):
        pair = pairs[f"keyPair{index + 1}"]
        assert (pair["privateKeyMultibase"], pair["publicKeyMultibase"]) == (
            OWN["secret_keys"][index],
            key.public_key.to_multikey(),
        )
