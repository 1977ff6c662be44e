"""eddsa-2022: an earlier name of eddsa-rdfc-2022 that older badges carry. Read, never made."""

from __future__ import annotations

from types import MappingProxyType

from openbadges.proofs.suites.base import Cryptosuite, rdfc_bytes

EDDSA_2022 = Cryptosuite(
    name="eddsa-2022", canonicalize=rdfc_bytes, keys=MappingProxyType({"Ed25519": ("EdDSA", "sha256")}), creates=False
)
