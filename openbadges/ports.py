"""What the library needs from outside, as Protocols that are handed in. It has no clock and no network of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol, runtime_checkable

from openbadges.errors import UnreachableError

__all__ = ["Clock", "ContextLoader", "Fetched", "Fetcher", "Holder", "NoNetwork", "Rememberer", "SystemClock"]


class Clock(Protocol):
    """Tells the time, read once per verification."""

    def now(self) -> datetime:
        """The present instant, with a time zone."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present instant in UTC."""
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a fetcher brought.

    Attributes:
        url: The final address after redirects.
        body: The document.
        media_type: Without parameters; empty where nobody said it.
        status: Of the answer.
        age_seconds: How long ago it was fetched, for a fetcher that remembers.
        stale: It is older than it may be, and could not be had again.
    """

    url: str
    body: bytes
    media_type: str = ""
    status: int = 200
    age_seconds: int = 0
    stale: bool = False


class Fetcher(Protocol):
    """Fetches https URLs. The only implementation with sockets lives in ``openbadges.net``."""

    def get(self, url: str, *, accept: str, max_bytes: int, redirects: int | None = None) -> Fetched:
        """Fetch ``url``.

        Args:
            url: Absolute https URL without fragment.
            accept: Value of the Accept header.
            max_bytes: The body may not be longer, in bytes.
            redirects: How many redirects may be followed; None leaves it to the fetcher's limits.

        Raises:
            UnreachableError: No answer, a refused address, or an answer that is not 2xx. An answer "gone" (410) has the
                code ``network.gone``.
            LimitError: The body is longer than ``max_bytes``.
        """
        ...


@runtime_checkable
class Holder(Protocol):
    """What a fetcher may be besides: one that has documents at hand, so that asking for them tells nobody anything."""

    def holds(self, url: str) -> bool:
        """Whether the document was handed over."""
        ...


@runtime_checkable
class Rememberer(Protocol):
    """What a fetcher may be besides: one that gives answers again which it fetched before."""

    def limit_age(self, url: str, seconds: float) -> None:
        """Do not give what is remembered of ``url`` once it is older than this."""
        ...


class NoNetwork:
    """The fetcher of an offline verifier: has nothing and says so."""

    def get(self, url: str, *, accept: str, max_bytes: int, redirects: int | None = None) -> Fetched:  # noqa: ARG002 - the port's shape
        """Always raises ``UnreachableError`` with code ``network.offline``."""
        raise UnreachableError("network.offline", url=url)


class ContextLoader(Protocol):
    """Gives JSON-LD contexts by URL, from memory."""

    def load(self, url: str) -> Mapping[str, Any]:
        """The context document, ``{"@context": ...}``.

        Raises:
            UnsupportedError: The URL is not a known context; nothing is fetched.
        """
        ...
