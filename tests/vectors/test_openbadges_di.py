"""The Data Integrity examples of Open Badges 3.0 and CLR 2.0: hashes, signature and proofValue, byte for byte."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from openbadges.contexts import PinnedContexts
from openbadges.errors import RefusedError
from openbadges.keys import PublicKey, SigningKey
from openbadges.limits import DEFAULT_LIMITS
from openbadges.ports import Fetched
from openbadges.proofs.data_integrity import create_proof, read_proofs, suite_of, verify_proof, with_proofs
from openbadges.report import Outcome
from openbadges.verification import TrustedIssuers, Verifier

HERE = Path(__file__).parent
OWN = json.loads((HERE / "openbadges_di.json").read_text("utf-8"))
CANON = json.loads((HERE / "data_integrity_canon.json").read_text("utf-8"))
CANONICAL = {case["name"]: case for case in CANON["cases"]}
CASES = [CANONICAL[case["name"]] | case for case in OWN["cases"]]
ISSUER = "https://example.edu/issuers/565049"
CONTEXTS = PinnedContexts()
OB_303 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"

each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])


@pytest.fixture(scope="module")
def key() -> SigningKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return SigningKey(Ed25519PrivateKey.from_private_bytes(bytes.fromhex(OWN["seed"]))).controlled_by(ISSUER)


def signed(case: dict[str, Any]) -> dict[str, Any]:
    return with_proofs(case["document"], [case["proof"] | {"proofValue": case["proof_value"]}])


def test_the_key(key: SigningKey) -> None:
    assert key.public_key.raw.hex() == OWN["public"]
    assert key.public_key.to_multikey() == OWN["public_multibase"]


@each_case
def test_what_is_signed(case: dict[str, Any], key: SigningKey) -> None:
    config = case["proof"] | {"@context": case["document"]["@context"]}
    data = suite_of(case["proof"]).signed_bytes(case["document"], config, "sha256", CONTEXTS, DEFAULT_LIMITS)
    assert data.hex() == case["proof_hash"] + case["document_hash"]
    assert key.sign(data).hex() == case["signature"]


@each_case
def test_the_proof_made_here_is_the_published_one(case: dict[str, Any], key: SigningKey) -> None:
    created = case["proof"]["created"]
    made = create_proof(case["document"], key, suite="eddsa-rdfc-2022", created=created, contexts=CONTEXTS)
    assert made["proofValue"] == case["proof_value"]
    assert made == signed(case)["proof"]


@each_case
@pytest.mark.parametrize("edition", ["ob-3.0.3", "ob-3.0.3-errata-2026"])
def test_it_verifies_under_both_editions_of_the_context(case: dict[str, Any], edition: str, key: SigningKey) -> None:
    (proof,) = read_proofs(signed(case))
    verify_proof(signed(case), proof, key.public_key, contexts=PinnedContexts(editions={OB_303: edition}))


def test_the_badge_inside_the_record_has_a_good_proof_of_its_own(key: SigningKey) -> None:
    record = CANONICAL["clr-2"]["document"]
    (inside,) = record["credentialSubject"]["verifiableCredential"]
    whole = inside | {"@context": record["@context"]}
    (proof,) = read_proofs(whole)
    verify_proof(whole, proof, key.public_key, contexts=CONTEXTS)
    with pytest.raises(RefusedError):
        verify_proof(whole | {"name": "Example University Doctorate"}, proof, key.public_key, contexts=CONTEXTS)


class IssuersDocument:
    """The controller document of the example's issuer, which the specification leaves to the reader."""

    def __init__(self, key: PublicKey) -> None:
        multikey = key.to_multikey()
        method = {
            "id": f"{ISSUER}#{multikey}",
            "type": "Multikey",
            "controller": ISSUER,
            "publicKeyMultibase": multikey,
        }
        self.document = {
            "@context": ["https://www.w3.org/ns/cid/v1"],
            "id": ISSUER,
            "verificationMethod": [method],
            "assertionMethod": [method["id"]],
        }

    def get(self, url: str, *, accept: str, max_bytes: int, redirects: int | None = None) -> Fetched:
        assert url == ISSUER
        return Fetched(url=url, body=json.dumps(self.document).encode(), media_type="application/json")


@each_case
def test_the_verifier_passes_the_published_document_and_no_other(case: dict[str, Any], key: SigningKey) -> None:
    verifier = Verifier(fetcher=IssuersDocument(key.public_key))
    at = datetime(2026, 1, 1, tzinfo=UTC)
    report = verifier.check(signed(case), policy=TrustedIssuers([ISSUER]), at=at)
    assert report.outcome is Outcome.PASS, [check for check in report.checks if check.outcome is not Outcome.PASS]
    changed = signed(case) | {"name": "Another name"}
    assert verifier.check(changed, policy=TrustedIssuers([ISSUER]), at=at).outcome is Outcome.FAIL
