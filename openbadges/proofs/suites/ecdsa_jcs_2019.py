"""ecdsa-jcs-2019: ECDSA with P-256 or P-384 over canonical JSON (Data Integrity ECDSA Cryptosuites, section 3.3)."""

from __future__ import annotations

from types import MappingProxyType

from openbadges.proofs.suites.base import Cryptosuite, jcs_bytes

ECDSA_JCS_2019 = Cryptosuite(
    name="ecdsa-jcs-2019",
    canonicalize=jcs_bytes,
    keys=MappingProxyType({"P-256": ("ES256", "sha256"), "P-384": ("ES384", "sha384")}),
    stores_context=True,
)
