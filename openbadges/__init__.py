"""Open Badges 3.0 for communities: issue, bake and verify.

Importing this package opens no socket and loads nothing that is not used: each name is loaded when first asked for.
"""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openbadges.bulk import issue_many, verify_many
    from openbadges.errors import OpenBadgesError
    from openbadges.issuing import issue
    from openbadges.keys import PublicKey, Signer, SigningKey, load_key, save_key
    from openbadges.limits import Limits
    from openbadges.models import (
        Achievement,
        Alignment,
        Criteria,
        EndorsementCredential,
        Evidence,
        IdentityObject,
        Image,
        OpenBadgeCredential,
        Profile,
    )
    from openbadges.net import online_verifier
    from openbadges.presenting import present
    from openbadges.report import Check, Outcome, VerificationReport
    from openbadges.secured import SecuredCredential, bake, unbake
    from openbadges.verification import (
        AnyIssuer,
        NotVerifiedError,
        Recipient,
        TrustedIssuers,
        VerifiedCredential,
        Verifier,
    )

_ROOM_OF = MappingProxyType(
    {
        **dict.fromkeys(
            ("Achievement", "Alignment", "Criteria", "EndorsementCredential", "Evidence", "IdentityObject", "Image",
             "OpenBadgeCredential", "Profile"),
            "openbadges.models",
        ),
        **dict.fromkeys(("PublicKey", "Signer", "SigningKey", "load_key", "save_key"), "openbadges.keys"),
        **dict.fromkeys(
            ("AnyIssuer", "NotVerifiedError", "Recipient", "TrustedIssuers", "VerifiedCredential", "Verifier"),
            "openbadges.verification",
        ),
        **dict.fromkeys(("Check", "Outcome", "VerificationReport"), "openbadges.report"),
        **dict.fromkeys(("SecuredCredential", "bake", "unbake"), "openbadges.secured"),
        "Limits": "openbadges.limits",
        "OpenBadgesError": "openbadges.errors",
        **dict.fromkeys(("issue_many", "verify_many"), "openbadges.bulk"),
        "issue": "openbadges.issuing",
        "online_verifier": "openbadges.net",
        "present": "openbadges.presenting",
    }
)  # fmt: skip

__all__ = [
    "Achievement",
    "Alignment",
    "AnyIssuer",
    "Check",
    "Criteria",
    "EndorsementCredential",
    "Evidence",
    "IdentityObject",
    "Image",
    "Limits",
    "NotVerifiedError",
    "OpenBadgeCredential",
    "OpenBadgesError",
    "Outcome",
    "Profile",
    "PublicKey",
    "Recipient",
    "SecuredCredential",
    "Signer",
    "SigningKey",
    "TrustedIssuers",
    "VerificationReport",
    "VerifiedCredential",
    "Verifier",
    "bake",
    "issue",
    "issue_many",
    "load_key",
    "online_verifier",
    "present",
    "save_key",
    "unbake",
    "verify_many",
]


def __getattr__(name: str) -> Any:
    room = _ROOM_OF.get(name)
    if room is None:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(room), name)


def __dir__() -> list[str]:
    return sorted(__all__)
