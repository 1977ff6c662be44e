"""What one verification may use: one instant, one budget of fetches, one set of limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Literal

from openbadges.contexts import PinnedContexts
from openbadges.dids.document import DidDocument
from openbadges.dids.resolver import resolve
from openbadges.errors import LimitError, UnreachableError
from openbadges.limits import Limits
from openbadges.ports import ContextLoader, Fetched, Fetcher, Holder, Rememberer

__all__ = ["CONTEXTS", "CountedFetcher", "Inquiry", "Profile"]

Profile = Literal["badge", "vc"]
CONTEXTS: Mapping[Profile, ContextLoader] = MappingProxyType(
    {"badge": PinnedContexts(), "vc": PinnedContexts(generic=True)}
)


class CountedFetcher:
    """A fetcher that stops after ``limits.fetches``, so that a badge cannot send us around the web."""

    def __init__(self, fetcher: Fetcher, limits: Limits) -> None:
        self._fetcher = fetcher
        self._most = limits.fetches
        self._made = 0

    def get(self, url: str, *, accept: str, max_bytes: int, redirects: int | None = None) -> Fetched:
        """As the fetcher inside.

        Raises:
            UnreachableError: ``network.too_many_fetches``; or as the fetcher inside says.
            LimitError: The body is longer than ``max_bytes``.
        """
        if self._made >= self._most:
            raise UnreachableError("network.too_many_fetches", limit=self._most)
        self._made += 1
        answer = self._fetcher.get(url, accept=accept, max_bytes=max_bytes, redirects=redirects)
        if len(answer.body) > max_bytes:  # whoever wrote the fetcher
            raise LimitError("network.body_too_large", url=url, limit=max_bytes)
        return answer

    def holds(self, url: str) -> bool:
        """As the fetcher inside."""
        return isinstance(self._fetcher, Holder) and self._fetcher.holds(url)

    def limit_age(self, url: str, seconds: float) -> None:
        """As the fetcher inside."""
        if isinstance(self._fetcher, Rememberer):
            self._fetcher.limit_age(url, seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """One verification under way.

    Attributes:
        now: The instant that every date is compared with; read once.
        fetcher: Counted; the badge, its status lists and its endorsements share the count.
        contexts: The pinned JSON-LD contexts.
        limits: Bounds of all work.
        profile: ``"badge"`` (closed) or ``"vc"`` (any W3C credential).
        depth: 0 for what was handed in; endorsements and status lists are checked one deeper.
    """

    now: datetime
    fetcher: Fetcher
    contexts: ContextLoader
    limits: Limits
    profile: Profile = "badge"
    depth: int = 0
    _documents: dict[str, DidDocument] = field(default_factory=dict, repr=False)

    def did_document(self, did: str) -> DidDocument:
        """The document of a DID, resolved once per verification; raises as ``dids.resolve`` does."""
        found = self._documents.get(did)
        if found is None:
            found = self._documents.setdefault(did, resolve(did, fetcher=self.fetcher, limits=self.limits))
        return found

    def has_at_hand(self, url: str) -> bool:
        """Whether asking the fetcher for this document tells nobody that it was asked for."""
        return isinstance(self.fetcher, Holder) and self.fetcher.holds(url)

    def limit_age(self, url: str, seconds: float) -> None:
        """Tell the fetcher, if it is one that remembers, how long what it holds of ``url`` may be used."""
        if isinstance(self.fetcher, Rememberer):
            self.fetcher.limit_age(url, seconds)

    def deeper(self) -> Inquiry:
        """The same verification, one level further in."""
        return replace(self, depth=self.depth + 1)


def id_of(value: object) -> str | None:
    """The id of a member that is either an id or an object with one; None when it has none."""
    found = value.get("id") if isinstance(value, Mapping) else value
    return found if isinstance(found, str) and found else None
