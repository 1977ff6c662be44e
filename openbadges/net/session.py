"""A counted view of a fetcher: one verification may not make the network work without end."""

from __future__ import annotations

from openbadges.errors import UnreachableError
from openbadges.limits import DEFAULT_LIMITS
from openbadges.ports import Fetched, Fetcher

__all__ = ["FetchSession"]


class FetchSession:
    """Passes at most ``fetches`` requests on; make one per verification.

    Args:
        fetcher: Who fetches.
        fetches: How many requests may be made, answered or not.
    """

    def __init__(self, fetcher: Fetcher, fetches: int = DEFAULT_LIMITS.fetches) -> None:
        self._fetcher = fetcher
        self._fetches = fetches
        self._made = 0

    @property
    def made(self) -> int:
        """How many requests were passed on so far."""
        return self._made

    def get(self, url: str, *, accept: str, max_bytes: int, redirects: int | None = None) -> Fetched:
        """See ``ports.Fetcher.get``.

        Raises:
            UnreachableError: Also ``network.too_many_fetches`` when the budget is used up.
        """
        if self._made >= self._fetches:
            raise UnreachableError("network.too_many_fetches", limit=self._fetches)
        self._made += 1
        return self._fetcher.get(url, accept=accept, max_bytes=max_bytes, redirects=redirects)
