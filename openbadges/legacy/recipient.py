"""Whether an Open Badges 2.0 badge was given to a known person."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from types import MappingProxyType

from openbadges.legacy.model import Assertion, types_of
from openbadges.models.identity import identity_hash
from openbadges.report import Check, Outcome

__all__ = ["IDENTITY_TYPES", "check_recipient", "weakness"]

RECIPIENT = "recipient.match"

IDENTITY_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "email": "emailAddress",
        "url": "ext:url",
        "telephone": "ext:telephone",
    }
)
"""The identity types of Open Badges 2.0 and what 3.0 calls them; others are ``identifier`` there."""


def check_recipient(assertion: Assertion, identity_type: str, value: str) -> Check:
    """Compare the badge's recipient with a person known from elsewhere (Open Badges 2.0, IdentityObject).

    Only a salted SHA-256 or plain text can match: md5 is broken, and an unsalted hash is the same in every badge.

    Args:
        assertion: Its shape checked.
        identity_type: ``"email"``, ``"url"``, ``"telephone"``, or what Open Badges 3.0 calls them.
        value: The identifier in plain text; it is tried as given, then in small letters.

    Returns:
        The check ``recipient.match``: PASS or FAIL.
    """
    recipient = assertion.recipient
    types = types_of(recipient)
    if identity_type not in types and identity_type not in {IDENTITY_TYPES.get(name) for name in types}:
        return _answer("legacy.recipient_type", found=types, asked=identity_type)
    reason = weakness(assertion)
    if reason is not None:
        return _answer("legacy.recipient_weak", reason=reason)
    for tried, code in ((value, "legacy.recipient_match"), (value.lower(), "legacy.recipient_match_folded")):
        if _same(recipient, tried):
            return Check(id=RECIPIENT, outcome=Outcome.PASS, code=code)
    return _answer("legacy.recipient_other")


def weakness(assertion: Assertion) -> str | None:
    """What is wrong with the recipient's hash: ``"md5"``, ``"unsalted"``, ``"unknown"``, or None."""
    recipient = assertion.recipient
    if recipient.get("hashed") is not True:
        return None
    algorithm, _, _ = str(recipient.get("identity")).partition("$")
    if algorithm != "sha256":
        return "md5" if algorithm == "md5" else "unknown"
    return None if recipient.get("salt") else "unsalted"


def _same(recipient: Mapping[str, object], value: str) -> bool:
    identity = str(recipient.get("identity"))
    if recipient.get("hashed") is True:
        value, identity = identity_hash(value, str(recipient.get("salt"))), identity.lower()
    return hmac.compare_digest(value.encode("utf-8", "replace"), identity.encode("utf-8", "replace"))


def _answer(code: str, **params: object) -> Check:
    return Check(id=RECIPIENT, outcome=Outcome.FAIL, code=code, params=params)
