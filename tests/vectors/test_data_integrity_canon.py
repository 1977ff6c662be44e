"""Canonical documents and proof configurations of the W3C cryptosuites, Open Badges 3.0 and CLR 2.0, byte for byte."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from openbadges.canon import jsonld, rdfc
from openbadges.contexts import PinnedContexts

CASES = json.loads((Path(__file__).parent / "data_integrity_canon.json").read_text("utf-8"))["cases"]
OB_303 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"


def canonical(document, hash_name, contexts):
    return rdfc.canonicalize(jsonld.to_quads(document, contexts=contexts), hash_name=hash_name)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_document_and_proof_configuration(case):
    contexts = PinnedContexts(generic=True)
    document = canonical(case["document"], case["hash"], contexts)
    proof = canonical({**case["proof"], "@context": case["document"]["@context"]}, case["hash"], contexts)
    assert document == case["document_canonical"]
    assert proof == case["proof_canonical"]
    assert hashlib.new(case["hash"], document.encode()).hexdigest() == case["document_hash"]
    assert hashlib.new(case["hash"], proof.encode()).hexdigest() == case["proof_hash"]


@pytest.mark.parametrize("edition", ["ob-3.0.3", "ob-3.0.3-errata-2026"])
@pytest.mark.parametrize("name", ["open-badges-3", "clr-2"])
def test_both_editions_of_the_badge_context_give_the_same_bytes(name, edition):
    case = next(case for case in CASES if case["name"] == name)
    contexts = PinnedContexts(editions={OB_303: edition})
    assert canonical(case["document"], "sha256", contexts) == case["document_canonical"]


@pytest.mark.parametrize(
    "folder",
    [
        "vc-di-eddsa/TestVectors/eddsa-rdfc-2022",
        "vc-di-eddsa/TestVectors/eddsa-rdfc-2022/employ",
        "vc-di-eddsa/TestVectors/Ed25519Signature2020",
        "vc-di-ecdsa/TestVectors/ecdsa-rdfc-2019-p256",
        "vc-di-ecdsa/TestVectors/ecdsa-rdfc-2019-p256/employ",
        "vc-di-ecdsa/TestVectors/ecdsa-rdfc-2019-p384",
        "vc-di-ecdsa/TestVectors/ecdsa-rdfc-2019-p384/employ",
    ],
)
def test_the_copy_is_the_original(shared, folder):
    case = next(case for case in CASES if case["name"] == folder.partition("/TestVectors/")[2])
    path = shared / "vectors" / folder
    signed = json.loads(next(path.glob("signed*.json")).read_text("utf-8"))
    assert {**case["document"], "proof": {**case["proof"], "proofValue": signed["proof"]["proofValue"]}} == signed
    assert next(path.glob("canonDoc*.txt")).read_text("utf-8") == case["document_canonical"]
    assert next(path.glob("proofCanon*.txt")).read_text("utf-8") == case["proof_canonical"]


@pytest.mark.parametrize(("name", "folder"), [("open-badges-3", "obv3p0"), ("clr-2", "clrv2p0")])
def test_the_canonical_forms_are_those_of_the_specification(shared, name, folder):
    case = next(case for case in CASES if case["name"] == name)
    path = shared / "vectors/openbadges/ob_v3p0/impl/test-vectors" / folder
    assert (path / "document-canon.txt").read_text("utf-8") == case["document_canonical"]
    assert (path / "proof-canon.txt").read_text("utf-8") == case["proof_canonical"]
