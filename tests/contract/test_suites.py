"""What every cryptosuite owes: what it signs verifies, what was changed does not, another key does not fit."""

from __future__ import annotations

import json
from typing import Any

import pytest

from openbadges import AnyIssuer, Outcome, Verifier
from openbadges.contexts import PinnedContexts
from openbadges.encoding.base import encode_multibase
from openbadges.errors import IssuingError, OpenBadgesError
from openbadges.limits import DEFAULT_LIMITS
from openbadges.proofs.data_integrity import create_proof, read_proofs, verify_proof
from openbadges.proofs.selective import derive
from openbadges.proofs.suites import SUITES
from openbadges.testing import FixedClock, badge, fixed_key

CONTEXTS = PinnedContexts()
CASES = [(name, kind) for name, suite in SUITES.items() for kind in suite.keys]


def document_for(name: str, issuer: str) -> dict[str, Any]:
    document = badge(issuer=issuer)
    needed = SUITES[name].needs_context
    return {**document, "@context": [*document["@context"], *([needed] if needed else [])]}


def signed(name: str, kind: Any, number: int = 0) -> dict[str, Any]:
    suite, key = SUITES[name], fixed_key(kind, number)
    document = document_for(name, key.did)
    if suite.creates:
        proof = create_proof(document, key, suite=name, created="2026-11-22T12:00:00Z", contexts=CONTEXTS)
    else:
        proof = {"type": suite.proof_type, "cryptosuite": name, "verificationMethod": key.verification_method,
                 "proofPurpose": "assertionMethod"}  # fmt: skip
        config = {**proof, "@context": document["@context"]}
        data = suite.signed_bytes(document, config, suite.keys[kind][1], CONTEXTS, DEFAULT_LIMITS)
        proof["proofValue"] = encode_multibase(key.sign(data))
    whole = {**document, "proof": proof}
    return derive(whole, [""], contexts=CONTEXTS) if suite.selective else whole


@pytest.fixture(params=CASES, ids=" ".join)
def case(request: pytest.FixtureRequest) -> tuple[str, Any]:
    return request.param


def test_what_it_signs_verifies_here_and_in_the_verifier(case: tuple[str, Any]) -> None:
    name, kind = case
    document = json.loads(json.dumps(signed(name, kind)))
    [proof] = read_proofs(document)
    algorithm = verify_proof(document, proof, fixed_key(kind).public_key, contexts=CONTEXTS)
    assert algorithm == SUITES[name].keys[kind][0]
    report = Verifier.offline(clock=FixedClock()).check(document, policy=AnyIssuer())
    assert report.outcome is Outcome.PASS, report.verdict


def test_any_other_value_member_or_key_is_refused(case: tuple[str, Any]) -> None:
    name, kind = case
    document = signed(name, kind)
    value = document["proof"]["proofValue"]
    flipped = value[:-2] + ("AA" if value[-2:] != "AA" else "BB")
    changes: list[dict[str, Any]] = [
        {**document, "name": "Professor"},
        {**document, "proof": {**document["proof"], "created": "2026-11-22T12:00:01Z"}},
        {**document, "proof": {**document["proof"], "nonce": "n"}},
        {**document, "proof": {**document["proof"], "proofValue": flipped}},
        {**document, "proof": {**document["proof"], "proofValue": "z"}},
        {**document, "proof": {**document["proof"], "proofValue": ""}},
    ]
    for changed in changes:
        with pytest.raises(OpenBadgesError):
            verify_proof(changed, changed["proof"], fixed_key(kind).public_key, contexts=CONTEXTS)
    for key in (fixed_key(kind, 1), fixed_key("RSA")):
        with pytest.raises(OpenBadgesError):
            verify_proof(document, document["proof"], key.public_key, contexts=CONTEXTS)


def test_v_ld_5_no_proof_fits_another_suite(case: tuple[str, Any]) -> None:
    name, kind = case
    document = signed(name, kind)
    for other, suite in SUITES.items():
        if other in (
            name,
            "eddsa-2022" if name == "eddsa-rdfc-2022" else "",
            "eddsa-rdfc-2022" if name == "eddsa-2022" else "",
        ):
            continue
        proof = {**document["proof"], "type": suite.proof_type, "cryptosuite": other}
        if suite.proof_type != "DataIntegrityProof":
            del proof["cryptosuite"]
        with pytest.raises(OpenBadgesError):
            verify_proof({**document, "proof": proof}, proof, fixed_key(kind).public_key, contexts=CONTEXTS)


def test_it_refuses_keys_that_are_not_its_own(case: tuple[str, Any]) -> None:
    name, _ = case
    foreign = fixed_key("RSA")
    with pytest.raises(IssuingError):
        create_proof(document_for(name, foreign.did), foreign, suite=name, created=None, contexts=CONTEXTS)
