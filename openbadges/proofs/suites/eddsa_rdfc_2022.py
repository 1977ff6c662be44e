"""eddsa-rdfc-2022: Ed25519 over canonical RDF (Data Integrity EdDSA Cryptosuites 1.0, section 3.2). The default."""

from __future__ import annotations

from types import MappingProxyType

from openbadges.proofs.suites.base import Cryptosuite, rdfc_bytes

EDDSA_RDFC_2022 = Cryptosuite(
    name="eddsa-rdfc-2022", canonicalize=rdfc_bytes, keys=MappingProxyType({"Ed25519": ("EdDSA", "sha256")})
)
