"""Ed25519Signature2020: the suite before DataIntegrityProof (Data Integrity EdDSA Cryptosuites 1.0, section 3.4).

Deprecated: read, and made only where it is named explicitly.
"""

from __future__ import annotations

from types import MappingProxyType

from openbadges.proofs.suites.base import Cryptosuite, rdfc_bytes

ED25519_SIGNATURE_2020 = Cryptosuite(
    name="Ed25519Signature2020",
    proof_type="Ed25519Signature2020",
    canonicalize=rdfc_bytes,
    keys=MappingProxyType({"Ed25519": ("EdDSA", "sha256")}),
    needs_context="https://w3id.org/security/suites/ed25519-2020/v1",
)
