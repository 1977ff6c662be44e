"""The cryptosuites: one visible table, each with the keys and hashes of its specification."""

from __future__ import annotations

import hashlib

from openbadges.canon import jcs, rdf
from openbadges.contexts import PinnedContexts
from openbadges.limits import DEFAULT_LIMITS
from openbadges.proofs.suites import SUITES
from openbadges.proofs.suites.base import jcs_bytes, rdfc_bytes
from openbadges.testing import badge

CONTEXTS = PinnedContexts()
ED, ECDSA = {"Ed25519": ("EdDSA", "sha256")}, {"P-256": ("ES256", "sha256"), "P-384": ("ES384", "sha384")}


def test_the_table() -> None:
    assert {name: (dict(suite.keys), suite.creates) for name, suite in SUITES.items()} == {
        "eddsa-rdfc-2022": (ED, True),
        "eddsa-jcs-2022": (ED, True),
        "ecdsa-rdfc-2019": (ECDSA, True),
        "ecdsa-jcs-2019": (ECDSA, True),
        "ecdsa-sd-2023": ({"P-256": ("ES256", "sha256")}, True),
        "eddsa-2022": (ED, False),
        "Ed25519Signature2020": (ED, True),
    }
    assert {name for name, suite in SUITES.items() if suite.stores_context} == {"eddsa-jcs-2022", "ecdsa-jcs-2019"}
    assert {name for name, suite in SUITES.items() if suite.selective} == {"ecdsa-sd-2023"}
    assert {name for name, suite in SUITES.items() if suite.proof_type != "DataIntegrityProof"} == {
        "Ed25519Signature2020"
    }


def test_the_proof_is_hashed_before_the_document() -> None:
    config = {"@context": badge()["@context"], "type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022"}
    for name, canonical in (("eddsa-rdfc-2022", lambda value: rdf.canonicalize(value, CONTEXTS).encode()),
                            ("eddsa-jcs-2022", jcs.canonicalize)):  # fmt: skip
        expected = hashlib.sha256(canonical(config)).digest() + hashlib.sha256(canonical(badge())).digest()
        assert SUITES[name].signed_bytes(badge(), config, "sha256", CONTEXTS, DEFAULT_LIMITS) == expected


def test_p_384_uses_its_own_hash_for_labels_and_digests() -> None:
    document = badge(evidence=[{"type": ["Evidence"], "name": name} for name in "abcdefgh"])
    assert rdfc_bytes(document, CONTEXTS, "sha384", DEFAULT_LIMITS) != rdfc_bytes(
        document, CONTEXTS, "sha256", DEFAULT_LIMITS
    )
    assert len(SUITES["ecdsa-rdfc-2019"].signed_bytes(document, document, "sha384", CONTEXTS, DEFAULT_LIMITS)) == 96
    assert jcs_bytes(document, CONTEXTS, "sha384", DEFAULT_LIMITS) == jcs_bytes(
        document, CONTEXTS, "sha256", DEFAULT_LIMITS
    )
