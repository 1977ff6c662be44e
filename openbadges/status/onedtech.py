"""1EdTech revocation lists (VCRL 1.0): old, unsigned, still found in badges.

Published examples disagree on the name of the list, ``revokedCredential`` or ``revokedCredentials``: both are read, and
both are written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import unquote

from openbadges.errors import ConfigurationError, MalformedError, RefusedError
from openbadges.limits import DEFAULT_LIMITS, Limits
from openbadges.status.reading import StatusReading, as_object, as_url, types_of

__all__ = ["RevocationListEntry", "Revoked", "build_revocation_list", "read_revocation_list"]

ENTRY_TYPE = "1EdTechRevocationList"

_SPELLINGS = ("revokedCredential", "revokedCredentials")


@dataclass(frozen=True, slots=True, kw_only=True)
class Revoked:
    """The badge is on the list; ``reason`` is the issuer's text, if there is one."""

    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RevocationListEntry:
    """A ``credentialStatus`` of this type: only the URL of the list."""

    accept: ClassVar[str] = "application/json"
    list_is_signed: ClassVar[bool] = False

    id: str
    notes: tuple[str, ...] = ("status.list_unsigned",)

    @classmethod
    def from_document(cls, document: object, limits: Limits = DEFAULT_LIMITS) -> RevocationListEntry:
        """Read one entry.

        Raises:
            MalformedError: Not an object of this type with a URL as ``id``.
        """
        entry = as_object(document, "status.entry_object")
        if ENTRY_TYPE not in types_of(entry):
            raise MalformedError("status.entry_type", pointer="/type", wanted=ENTRY_TYPE)
        return cls(id=as_url(entry.get("id"), "status.entry_url", "/id", limits))

    @property
    def url(self) -> str:
        """Where the list is."""
        return self.id

    @property
    def purpose(self) -> str:
        """Always ``revocation``."""
        return "revocation"

    def read(
        self,
        document: Mapping[str, Any],
        *,
        badge_issuer: str,
        credential_id: str | None,
        limits: Limits = DEFAULT_LIMITS,  # noqa: ARG002 - part of StatusEntry; the document was bounded when it was parsed
    ) -> StatusReading:
        """What the list says about the badge.

        Raises:
            MalformedError: The list is malformed, or the badge has no id to look for (``status.badge_without_id``).
            RefusedError: The list is another issuer's or another list.
        """
        if credential_id is None:
            raise MalformedError("status.badge_without_id")
        found = read_revocation_list(document, badge_issuer, credential_id, list_id=self.id)
        value, reason = (1, found.reason) if found else (0, None)
        return StatusReading(purpose=self.purpose, value=value, message=reason, notes=self.notes)


def read_revocation_list(
    document: Mapping[str, Any], badge_issuer: str, credential_id: str, *, list_id: str | None = None
) -> Revoked | None:
    """Whether the list names the badge: an item with its id whose ``revoked`` is true or absent.

    Args:
        document: The fetched list.
        badge_issuer: The badge's issuer id; a list that names an issuer must name this one.
        credential_id: The badge's id; percent-encoding and blanks around do not matter.
        list_id: URL of the list; a list that has an ``id`` must have this one. None leaves it unchecked.

    Returns:
        ``Revoked``, or None when the list does not name the badge.

    Raises:
        MalformedError: ``status.revocation_list`` or ``status.revocation_item``: nothing is known about the badge.
        RefusedError: ``status.revocation_issuer`` or ``status.list_id``.
    """
    document = as_object(document, "status.revocation_list")
    if "id" not in document and not any(name in document for name in _SPELLINGS):
        raise MalformedError("status.revocation_list")  # any JSON object at all would otherwise say "not revoked"
    if list_id is not None and document.get("id", list_id) != list_id:
        raise RefusedError("status.list_id", id=document["id"], wanted=list_id)
    issuer = document.get("issuer", badge_issuer)
    if isinstance(issuer, Mapping):
        issuer = issuer.get("id")
    if issuer != badge_issuer:
        raise RefusedError("status.revocation_issuer", found=issuer, wanted=badge_issuer)
    hits = [item for name in _SPELLINGS for item in _items(document, name, credential_id)]
    if not hits:
        return None
    return Revoked(reason=next((reason for reason in hits if reason), None))


def build_revocation_list(*, list_id: str, issuer: str, revoked: Mapping[str, str | None]) -> dict[str, Any]:
    """A revocation list with both spellings; without a revoked badge neither stands there, as empty lists may not.

    Args:
        list_id: URL under which it will be served.
        issuer: Id of the badges' issuer.
        revoked: Reason (or None) by badge id, in the order in which they shall stand.

    Raises:
        ConfigurationError: An empty badge id.
    """
    if "" in revoked:
        raise ConfigurationError("status.build_badge_id")
    document: dict[str, Any] = {"id": list_id, "issuer": issuer}
    for spelling in _SPELLINGS if revoked else ():
        document[spelling] = [
            {"id": badge_id, "revoked": True} | ({"revocationReason": reason} if reason else {})
            for badge_id, reason in revoked.items()
        ]
    return document


def _items(document: Mapping[str, Any], name: str, credential_id: str) -> list[str | None]:
    """The reasons of all items that revoke the badge; every item is checked, so that no malformed one hides."""
    items = document.get(name, [])
    reasons: list[str | None] = []
    for position, item in enumerate(items if isinstance(items, list) else [items]):
        pointer = f"/{name}/{position}"
        member = as_object(item, "status.revocation_item", pointer)
        item_id, revoked, reason = member.get("id"), member.get("revoked", True), member.get("revocationReason")
        if not isinstance(item_id, str) or not isinstance(revoked, bool) or not isinstance(reason, str | None):
            raise MalformedError("status.revocation_item", pointer=pointer)
        if revoked and _comparable(item_id) == _comparable(credential_id):
            reasons.append(reason)
    return reasons


def _comparable(text: str) -> str:
    """Ids are equal when they are after percent-decoding and trimming (OB 3.0 section 8.5, string comparison)."""
    return unquote(text).strip()
