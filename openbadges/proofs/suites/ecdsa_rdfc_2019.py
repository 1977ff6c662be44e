"""ecdsa-rdfc-2019: ECDSA with P-256 or P-384 over canonical RDF (Data Integrity ECDSA Cryptosuites, section 3.2)."""

from __future__ import annotations

from types import MappingProxyType

from openbadges.proofs.suites.base import Cryptosuite, rdfc_bytes

ECDSA_RDFC_2019 = Cryptosuite(
    name="ecdsa-rdfc-2019",
    canonicalize=rdfc_bytes,
    keys=MappingProxyType({"P-256": ("ES256", "sha256"), "P-384": ("ES384", "sha384")}),
)
