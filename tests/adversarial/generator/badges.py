"""The honest documents that everything else is made from."""

from __future__ import annotations

import copy
import hashlib
from typing import Any

from generator.material import HOLDER, ISSUER, OTHER, Key

__all__ = [
    "ACHIEVEMENT",
    "BADGE_ID",
    "CLR_CONTEXT",
    "DI_V1",
    "ED_2020",
    "EXTENSIONS",
    "MAIL",
    "NOT_BEFORE",
    "OB",
    "OB_3_0_0",
    "OB_3_0_1",
    "OB_3_0_2",
    "VC1",
    "VC2",
    "at",
    "badge",
    "badge_v1",
    "claims",
    "clr",
    "endorsement",
    "hashed",
    "without",
]

VC2 = "https://www.w3.org/ns/credentials/v2"
VC1 = "https://www.w3.org/2018/credentials/v1"
_BASE = "https://purl.imsglobal.org/spec/ob/v3p0/"
OB_3_0_0, OB_3_0_1 = _BASE + "context.json", _BASE + "context-3.0.1.json"
OB_3_0_2, OB = _BASE + "context-3.0.2.json", _BASE + "context-3.0.3.json"
EXTENSIONS = _BASE + "extensions.json"
CLR_CONTEXT = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
DI_V1 = "https://w3id.org/security/data-integrity/v1"
ED_2020 = "https://w3id.org/security/suites/ed25519-2020/v1"
BADGE_ID = "urn:uuid:0b8f0c1e-7d0a-4a57-9a1e-2f0f2a6c8a11"
ACHIEVEMENT = "https://badges.example/achievements/7"
MAIL = "river@example.org"
SALT = "b2c1f00dcafe4a57"
NOT_BEFORE = 1768467600  # 2026-01-15T09:00:00Z


def hashed(value: str = MAIL, salt: str | None = SALT, kind: str = "emailAddress", **members: Any) -> dict[str, Any]:
    """An IdentityObject with a hash."""
    digest = hashlib.sha256((value + (salt or "")).encode("utf-8")).hexdigest()
    found = {"type": "IdentityObject", "hashed": True, "identityType": kind, "identityHash": f"sha256${digest}"}
    return found | ({"salt": salt} if salt else {}) | members


def badge(key: Key = ISSUER, **members: Any) -> dict[str, Any]:
    """A badge of VCDM 2.0 with OB 3.0.3; ``members`` replace, None removes."""
    document: dict[str, Any] = {
        "@context": [VC2, OB],
        "id": BADGE_ID,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": key.did, "type": ["Profile"], "name": "Riverside User Group"},
        "validFrom": "2026-01-15T09:00:00Z",
        "name": "Edit-a-thon host",
        "credentialSubject": {
            "id": HOLDER.did,
            "type": ["AchievementSubject"],
            "identifier": [hashed()],
            "achievement": {
                "id": ACHIEVEMENT,
                "type": ["Achievement"],
                "name": "Edit-a-thon host",
                "description": "Plans and hosts an editing event.",
                "criteria": {"narrative": "Host one event and publish its summary."},
            },
        },
    }
    return without(document | members)


def without(document: dict[str, Any]) -> dict[str, Any]:
    """The members that are not None."""
    return {name: value for name, value in document.items() if value is not None}


def badge_v1(key: Key = ISSUER, **members: Any) -> dict[str, Any]:
    """A badge of VCDM 1.1."""
    old = {"validFrom": None, "issuanceDate": "2026-01-15T09:00:00Z", "@context": [VC1, OB_3_0_0]}
    return badge(key, **(old | members))


def claims(document: dict[str, Any]) -> dict[str, Any]:
    """The registered claims of Open Badges 3.0 for a document of ``badge``."""
    issuer = document["issuer"]
    found = {"iss": issuer["id"] if isinstance(issuer, dict) else issuer, "jti": document["id"], "nbf": NOT_BEFORE}
    subject = document["credentialSubject"]
    return found | ({"sub": subject["id"]} if "id" in subject else {})


def endorsement(key: Key = OTHER, about: str = BADGE_ID, **members: Any) -> dict[str, Any]:
    """An endorsement of the badge, by another organisation."""
    document: dict[str, Any] = {
        "@context": [VC2, OB],
        "id": "urn:uuid:11111111-7d0a-4a57-9a1e-2f0f2a6c8a11",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "issuer": {"id": key.did, "type": ["Profile"], "name": "Valley Network"},
        "validFrom": "2026-01-16T09:00:00Z",
        "name": "We recognise this badge",
        "credentialSubject": {"id": about, "type": ["EndorsementSubject"], "endorsementComment": "Good work."},
    }
    return without(document | members)


def clr(inside: list[Any], key: Key = ISSUER, **members: Any) -> dict[str, Any]:
    """A Comprehensive Learner Record around signed badges."""
    document: dict[str, Any] = {
        "@context": [VC2, CLR_CONTEXT, OB],
        "id": "urn:uuid:22222222-7d0a-4a57-9a1e-2f0f2a6c8a11",
        "type": ["VerifiableCredential", "ClrCredential"],
        "issuer": {"id": key.did, "type": ["Profile"], "name": "Riverside User Group"},
        "name": "Everything so far",
        "validFrom": "2026-01-20T09:00:00Z",
        "credentialSubject": {"id": HOLDER.did, "type": ["ClrSubject"], "verifiableCredential": inside},
    }
    return without(document | members)


def at(document: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """A copy with another value at a path such as ``credentialSubject/achievement/name``; ``...`` removes it."""
    changed = copy.deepcopy(document)
    place: Any = changed
    *steps, last = path.split("/")
    for step in steps:
        place = place[int(step) if isinstance(place, list) else step]
    if value is ...:
        del place[last]
    else:
        place[int(last) if isinstance(place, list) else last] = value
    return changed
