"""What every kind of status has in common: an entry in the badge, a document outside, and what it says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol, Self

from openbadges.errors import MalformedError
from openbadges.limits import Limits

__all__ = ["StatusEntry", "StatusReading"]

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusReading:
    """What a status document says about one badge.

    Attributes:
        purpose: ``revocation``, ``suspension``, ``message``, ``refresh`` or another word of the issuer's.
        value: The number at the badge's place; 0 means "not set".
        message: The issuer's words for this value, or the reason of a revocation.
        ttl_ms: After how many milliseconds the issuer suggests to fetch again; never extends validity.
        notes: Codes of ``openbadges.messages`` about what is unusual and did not decide.
    """

    purpose: str
    value: int
    message: str | None = None
    ttl_ms: int | None = None
    notes: tuple[str, ...] = ()

    @property
    def is_set(self) -> bool:
        """Whether the status applies: the badge is revoked, suspended, has a message."""
        return self.value != 0


class StatusEntry(Protocol):
    """One member of ``credentialStatus``, understood. The caller fetches ``url`` and hands the document to ``read``."""

    accept: ClassVar[str]
    """Value of the Accept header to fetch with."""

    list_is_signed: ClassVar[bool]
    """Whether the document at ``url`` is a credential whose proof the caller has to verify first."""

    @classmethod
    def from_document(cls, document: object, limits: Limits = ...) -> Self:
        """Read the entry strictly.

        Raises:
            MalformedError: ``status.*``, with the pointer of the member inside the entry.
        """
        ...

    @property
    def url(self) -> str:
        """Where the status document is."""
        ...

    @property
    def purpose(self) -> str:
        """What the status is about."""
        ...

    @property
    def notes(self) -> tuple[str, ...]:
        """Codes about what is unusual in the entry."""
        ...

    def read(
        self, document: Mapping[str, Any], *, badge_issuer: str, credential_id: str | None, limits: Limits = ...
    ) -> StatusReading:
        """What the fetched (and, if ``list_is_signed``, verified) document says about this badge.

        Raises:
            MalformedError: The document cannot be read; nothing is known about the badge.
            RefusedError: The document is not the one this entry speaks of.
        """
        ...


def types_of(document: Mapping[str, Any]) -> tuple[str, ...]:
    """The values of ``type``, one or many; what is not text is left out."""
    value = document.get("type")
    values = value if isinstance(value, list) else [value]
    return tuple(item for item in values if isinstance(item, str))


def as_object(value: object, code: str, pointer: str = "") -> Mapping[str, Any]:
    """``value`` if it is a JSON object, else ``MalformedError(code)``."""
    if not isinstance(value, Mapping):
        raise MalformedError(code, pointer=pointer)
    return value


def as_url(value: object, code: str, pointer: str, limits: Limits) -> str:
    """``value`` if it is an absolute URL of bounded length, else ``MalformedError(code)``."""
    if not isinstance(value, str) or len(value) > limits.url_chars or not _URL.fullmatch(value):
        raise MalformedError(code, pointer=pointer, limit=limits.url_chars)
    return value


def as_count(value: object, *, least: int) -> int | None:
    """``value`` if it is a whole JSON number of at least ``least``, else None; true and false are not numbers."""
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        return None
    return value
