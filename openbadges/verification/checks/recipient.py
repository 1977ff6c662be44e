"""Whether the badge was given to a certain person (Open Badges 3.0, section 9.3; V-REC-1)."""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from openbadges.errors import ConfigurationError
from openbadges.models.identity import identity_hash
from openbadges.report import Check, Outcome

__all__ = ["Recipient", "check_recipient"]

_SHA256 = re.compile(r"sha256\$[0-9a-fA-F]{64}")


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is asked about.

    Args:
        identity_type: ``"id"`` for the subject's id (a DID or URL), else an identifier type such as ``"emailAddress"``,
            ``"userName"`` or ``"name"``.
        value: The value in plain text, learned from the person and not from the badge.
    """

    identity_type: str
    value: str

    @classmethod
    def parse(cls, text: str) -> Recipient:
        """Read ``TYPE:VALUE``, such as ``emailAddress:a@example.org`` or ``id:did:key:z6Mk...``.

        Raises:
            ConfigurationError: ``recipient.form``.
        """
        identity_type, colon, value = text.partition(":")
        if identity_type == "did":
            return cls("id", text)
        if not colon or not identity_type or not value:
            raise ConfigurationError("recipient.form", text=text)
        return cls(identity_type, value)


def check_recipient(subject: Any, recipient: Recipient) -> Check:
    """``recipient.match``: the subject's id, or one of its identifiers, is this person's.

    E-mail addresses are tried as given and in lower case, because issuers hash either. Only ``sha256`` hashes with a
    salt count: the others can be looked up in tables.
    """
    if not isinstance(subject, Mapping):
        return _check(Outcome.FAIL, "recipient.no_match")
    if recipient.identity_type == "id":
        same = isinstance(subject.get("id"), str) and _same(subject["id"], recipient.value)
        return _check(Outcome.PASS, "recipient.id") if same else _check(Outcome.FAIL, "recipient.no_match")
    identifiers = subject.get("identifier")
    listed = identifiers if isinstance(identifiers, list) else [identifiers]
    weak = False
    for identity in listed:
        if not isinstance(identity, Mapping) or identity.get("identityType") != recipient.identity_type:
            continue
        found, ignored = _matches(identity, recipient)
        weak = weak or ignored
        if found:
            return _check(Outcome.PASS, found)
    return _check(Outcome.FAIL, "recipient.weak_hash" if weak else "recipient.no_match")


def _matches(identity: Mapping[str, Any], recipient: Recipient) -> tuple[str, bool]:
    """The code of the match, or ``""``; and whether a hash was ignored because it protects nothing."""
    written, salt = identity.get("identityHash"), identity.get("salt")
    if not isinstance(written, str):
        return "", False
    candidates = {recipient.value: "recipient.identifier"}
    if recipient.identity_type == "emailAddress":
        candidates.setdefault(recipient.value.lower(), "recipient.identifier_lower")
    if identity.get("hashed") is not True:
        return next((code for value, code in candidates.items() if _same(written, value)), ""), False
    if not _SHA256.fullmatch(written) or not isinstance(salt, str) or not salt:
        return "", True
    hashed = {identity_hash(value, salt): code for value, code in candidates.items()}
    return next((code for value, code in hashed.items() if _same(written.lower(), value.lower())), ""), False


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8"), other.encode("utf-8"))


def _check(outcome: Outcome, code: str) -> Check:
    return Check(id="recipient.match", outcome=outcome, code=code)
