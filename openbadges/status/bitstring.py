"""Reading Bitstring Status List 1.0: the entry in a badge and the list credential it points to.

Nothing is fetched or verified here: the caller fetches the list, verifies it as a credential of the badge's issuer, and
then asks what it says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, ClassVar

from openbadges.errors import LimitError, MalformedError, RefusedError
from openbadges.limits import DEFAULT_LIMITS, Limits
from openbadges.status.bits import LEAST_ENTRIES, MOST_STATUS_SIZE, decode, value_at
from openbadges.status.reading import StatusReading, as_count, as_object, as_url, types_of

__all__ = ["BitstringStatusListEntry", "StatusList", "read_list"]

ENTRY_TYPE = "BitstringStatusListEntry"
LIST_TYPE = "BitstringStatusListCredential"
SUBJECT_TYPE = "BitstringStatusList"

_INDEX = re.compile(r"0|[1-9][0-9]{0,9}", re.ASCII)
_STATUS = re.compile(r"0x[0-9A-Fa-f]{1,8}")


@dataclass(frozen=True, slots=True, kw_only=True)
class BitstringStatusListEntry:
    """A ``credentialStatus`` of this type (section 2.1), read strictly; names are the specification's."""

    accept: ClassVar[str] = (
        "application/vc, application/vc+jwt, application/ld+json, application/json, text/plain;q=0.5"
    )
    list_is_signed: ClassVar[bool] = True

    status_purpose: str
    status_list_index: int
    status_list_credential: str
    status_size: int = 1
    status_message: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    status_reference: tuple[str, ...] = ()
    id: str | None = None
    notes: tuple[str, ...] = ()

    @classmethod
    def from_document(cls, document: object, limits: Limits = DEFAULT_LIMITS) -> BitstringStatusListEntry:
        """Read one entry (V-ST-3).

        ``statusListIndex`` as a JSON number is against the specification but found in the field: it is read and noted.

        Raises:
            MalformedError: A member is missing or malformed; ``pointer`` is relative to the entry.
            LimitError: ``statusSize`` is over 16.
        """
        entry = as_object(document, "status.entry_object")
        if ENTRY_TYPE not in types_of(entry):
            raise MalformedError("status.entry_type", pointer="/type", wanted=ENTRY_TYPE)
        index, notes = _index(entry.get("statusListIndex"))
        url = as_url(entry.get("statusListCredential"), "status.entry_url", "/statusListCredential", limits)
        size = _size(entry)
        return cls(
            status_purpose=_purpose(entry.get("statusPurpose")),
            status_list_index=index,
            status_list_credential=url,
            status_size=size,
            status_message=_messages(entry, size),
            status_reference=_references(entry, limits),
            id=_entry_id(entry, url, limits),
            notes=notes,
        )

    def to_document(self) -> dict[str, Any]:
        """The entry as it stands in a badge, with the index as text and an id made from list and index."""
        document: dict[str, Any] = {
            "id": self.id or f"{self.status_list_credential}#{self.status_list_index}",
            "type": ENTRY_TYPE,
            "statusPurpose": self.status_purpose,
            "statusListIndex": str(self.status_list_index),
            "statusListCredential": self.status_list_credential,
        }
        if self.status_size != 1:
            document["statusSize"] = self.status_size
        if self.status_message:
            document["statusMessage"] = [
                {"status": hex(value), "message": message} for value, message in self.status_message.items()
            ]
        if self.status_reference:
            document["statusReference"] = list(self.status_reference)
        return document

    @property
    def url(self) -> str:
        """Where the list credential is."""
        return self.status_list_credential

    @property
    def purpose(self) -> str:
        """``statusPurpose``."""
        return self.status_purpose

    def read(
        self,
        document: Mapping[str, Any],
        *,
        badge_issuer: str,  # noqa: ARG002 - part of StatusEntry; the list's proof binds it to an issuer
        credential_id: str | None,  # noqa: ARG002 - part of StatusEntry; the index names the badge
        limits: Limits = DEFAULT_LIMITS,
    ) -> StatusReading:
        """What the verified list credential says: see ``read_list``."""
        return read_list(document, self, limits)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusList:
    """A list credential, inflated once and read as often as wanted.

    Attributes:
        id: The credential's id.
        purposes: What its bits may be asked for.
        bits: The inflated bits, the only copy.
        ttl_ms: The issuer's hint, milliseconds.
        notes: Codes about what is unusual.
    """

    id: str
    purposes: tuple[str, ...]
    bits: bytes = field(repr=False)
    ttl_ms: int | None = None
    notes: tuple[str, ...] = ()

    @classmethod
    def from_document(cls, document: object, limits: Limits = DEFAULT_LIMITS) -> StatusList:
        """Read a BitstringStatusListCredential (section 2.2) that was verified before.

        Raises:
            RefusedError: ``status.list_type``: it is something else.
            MalformedError: A member is missing or malformed, or the bits cannot be read (see ``decode``).
            LimitError: See ``decode``.
        """
        credential = as_object(document, "status.list_object")
        subject = credential.get("credentialSubject")
        if isinstance(subject, list) and len(subject) == 1:
            subject = subject[0]
        subject = as_object(subject, "status.list_subject", "/credentialSubject")
        if LIST_TYPE not in types_of(credential) or SUBJECT_TYPE not in types_of(subject):
            raise RefusedError("status.list_type", found=[*types_of(credential), *types_of(subject)])
        purposes = subject.get("statusPurpose")
        encoded = subject.get("encodedList")
        if not isinstance(encoded, str):
            raise MalformedError("status.list_missing", pointer="/credentialSubject/encodedList")
        ttl = as_count(subject.get("ttl"), least=0)
        return cls(
            id=as_url(credential.get("id"), "status.list_without_id", "/id", limits),
            purposes=tuple(
                _purpose(item, "/credentialSubject/statusPurpose")
                for item in (purposes if isinstance(purposes, list) else [purposes])
            ),
            bits=decode(encoded, limits),
            ttl_ms=ttl,
            notes=("status.ttl_ignored",) if ttl is None and "ttl" in subject else (),
        )

    def read(self, entry: BitstringStatusListEntry) -> StatusReading:
        """The value at the entry's place (section 3.2, validate algorithm).

        Raises:
            RefusedError: ``status.list_id``, ``status.list_purpose`` or ``status.index_range``.
            MalformedError: ``status.list_length``: fewer than 131,072 entries of this size.
        """
        if self.id != entry.status_list_credential:
            raise RefusedError("status.list_id", id=self.id, wanted=entry.status_list_credential)
        if entry.status_purpose not in self.purposes:
            raise RefusedError("status.list_purpose", wanted=entry.status_purpose, found=self.purposes)
        entries = 8 * len(self.bits) // entry.status_size
        if entries < LEAST_ENTRIES:
            raise MalformedError("status.list_length", entries=entries, least=LEAST_ENTRIES)
        if entry.status_list_index >= entries:
            raise RefusedError("status.index_range", index=entry.status_list_index, entries=entries)
        value = value_at(self.bits, entry.status_list_index, entry.status_size)
        return StatusReading(
            purpose=entry.status_purpose,
            value=value,
            message=entry.status_message.get(value),
            ttl_ms=self.ttl_ms,
            notes=entry.notes + self.notes,
        )


def read_list(
    list_credential: Mapping[str, Any], entry: BitstringStatusListEntry, limits: Limits = DEFAULT_LIMITS
) -> StatusReading:
    """What a verified list credential says at the place of ``entry``; to ask one list often, keep a ``StatusList``.

    Raises:
        RefusedError: The list is of another type, id or purpose, or the index lies outside.
        MalformedError: The list cannot be read or is too short.
        LimitError: The list is over a limit.
    """
    return StatusList.from_document(list_credential, limits).read(entry)


def _purpose(value: object, pointer: str = "/statusPurpose") -> str:
    if not isinstance(value, str) or not value:
        raise MalformedError("status.purpose", pointer=pointer)
    return value


def _index(value: object) -> tuple[int, tuple[str, ...]]:
    notes: tuple[str, ...] = ()
    if isinstance(value, int) and not isinstance(value, bool):
        notes = ("status.index_number",)
        value = str(value) if 0 <= value < 10**10 else ""
    if not isinstance(value, str) or not _INDEX.fullmatch(value):
        raise MalformedError("status.index", pointer="/statusListIndex")
    return int(value), notes


def _size(entry: Mapping[str, Any]) -> int:
    size = as_count(entry.get("statusSize", 1), least=1)
    if size is None:
        raise MalformedError("status.size", pointer="/statusSize")
    if size > MOST_STATUS_SIZE:
        raise LimitError("status.size_limit", pointer="/statusSize", limit=MOST_STATUS_SIZE)
    return size


def _messages(entry: Mapping[str, Any], size: int) -> Mapping[int, str]:
    """One message for each possible value, obligatory when entries are wider than one bit."""
    if "statusMessage" not in entry and size == 1:
        return MappingProxyType({})
    items = entry.get("statusMessage")
    if not isinstance(items, list) or len(items) != 1 << size:
        raise MalformedError("status.messages", pointer="/statusMessage", count=1 << size)
    found: dict[int, str] = {}
    for position, item in enumerate(items):
        pointer = f"/statusMessage/{position}"
        member = as_object(item, "status.message", pointer)
        status, message = member.get("status"), member.get("message")
        if not isinstance(status, str) or not _STATUS.fullmatch(status) or not isinstance(message, str):
            raise MalformedError("status.message", pointer=pointer)
        found[int(status, 16)] = message
    if len(found) != len(items) or max(found) >= 1 << size:
        raise MalformedError("status.messages", pointer="/statusMessage", count=1 << size)
    return MappingProxyType(found)


def _references(entry: Mapping[str, Any], limits: Limits) -> tuple[str, ...]:
    value = entry.get("statusReference", [])
    return tuple(
        as_url(item, "status.reference", "/statusReference", limits)
        for item in (value if isinstance(value, list) else [value])
    )


def _entry_id(entry: Mapping[str, Any], url: str, limits: Limits) -> str | None:
    if "id" not in entry:
        return None
    entry_id = as_url(entry["id"], "status.entry_id", "/id", limits)
    if entry_id == url:
        raise MalformedError("status.entry_id", pointer="/id", limit=limits.url_chars)
    return entry_id
