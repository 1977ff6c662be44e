"""eddsa-jcs-2022: Ed25519 over canonical JSON (Data Integrity EdDSA Cryptosuites 1.0, section 3.3)."""

from __future__ import annotations

from types import MappingProxyType

from openbadges.proofs.suites.base import Cryptosuite, jcs_bytes

EDDSA_JCS_2022 = Cryptosuite(
    name="eddsa-jcs-2022",
    canonicalize=jcs_bytes,
    keys=MappingProxyType({"Ed25519": ("EdDSA", "sha256")}),
    stores_context=True,
)
