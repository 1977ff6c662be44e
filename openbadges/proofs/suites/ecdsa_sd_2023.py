"""ecdsa-sd-2023: the holder shows parts (Data Integrity ECDSA Cryptosuites 1.0, section 3.4)."""

from __future__ import annotations

from types import MappingProxyType

from openbadges.proofs.suites.base import Cryptosuite, rdfc_bytes

ECDSA_SD_2023 = Cryptosuite(
    name="ecdsa-sd-2023",
    canonicalize=rdfc_bytes,
    keys=MappingProxyType({"P-256": ("ES256", "sha256")}),
    selective=True,
)
