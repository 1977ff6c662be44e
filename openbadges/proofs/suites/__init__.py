"""The cryptosuites, one file each, in one table. To add one: a file, a line here, and its vectors."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from openbadges.proofs.suites.base import Cryptosuite
from openbadges.proofs.suites.ecdsa_jcs_2019 import ECDSA_JCS_2019
from openbadges.proofs.suites.ecdsa_rdfc_2019 import ECDSA_RDFC_2019
from openbadges.proofs.suites.ecdsa_sd_2023 import ECDSA_SD_2023
from openbadges.proofs.suites.ed25519_signature_2020 import ED25519_SIGNATURE_2020
from openbadges.proofs.suites.eddsa_2022 import EDDSA_2022
from openbadges.proofs.suites.eddsa_jcs_2022 import EDDSA_JCS_2022
from openbadges.proofs.suites.eddsa_rdfc_2022 import EDDSA_RDFC_2022

__all__ = ["OFFERED", "SUITES", "Cryptosuite"]

SUITES: Mapping[str, Cryptosuite] = MappingProxyType(
    {
        suite.name: suite
        for suite in (
            EDDSA_RDFC_2022,
            EDDSA_JCS_2022,
            ECDSA_RDFC_2019,
            ECDSA_JCS_2019,
            ECDSA_SD_2023,
            EDDSA_2022,
            ED25519_SIGNATURE_2020,
        )
    }
)
OFFERED = tuple(suite.name for suite in SUITES.values() if suite.creates)  # to sign with
