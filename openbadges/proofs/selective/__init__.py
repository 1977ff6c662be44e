"""Proofs that let a holder show parts of a badge: ecdsa-sd-2023 (Data Integrity ECDSA Cryptosuites 1.0, section 3.4).

The issuer signs every statement of a document on its own and gives the holder a *base* proof. From it the holder
derives documents that show chosen members only; their *derived* proof is what a verifier gets. What the issuer made
mandatory is in every derived document. A base proof is for the holder alone: whoever has it can derive at will.

To check a base proof, derive the whole document from it (pointer ``""``) and verify that.
"""

from openbadges.proofs.selective.limits import SELECTIVE_LIMITS, SelectiveLimits
from openbadges.proofs.selective.suite import NAME, create_base_proof, derive, verify_derived

__all__ = ["NAME", "SELECTIVE_LIMITS", "SelectiveLimits", "create_base_proof", "derive", "verify_derived"]
