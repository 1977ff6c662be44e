"""A bounded memory of fetched documents, so that a hundred badges of one issuer ask for its status list once."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from openbadges.errors import ConfigurationError, LimitError, UnreachableError
from openbadges.limits import DEFAULT_LIMITS
from openbadges.net.session import FetchSession
from openbadges.ports import Clock, Fetched, Fetcher

__all__ = ["LONGEST_LIFETIME", "CachedAnswer", "CachingFetcher"]

LONGEST_LIFETIME = timedelta(hours=24)
_DEFAULT_TTL = timedelta(minutes=5)
_GONE = "network.gone"

_Question = tuple[str, str, int | None]  # URL, Accept, redirects: each of them can change the answer


@dataclass(frozen=True, slots=True, kw_only=True)
class CachedAnswer(Fetched):
    """A fetched document with its age, and the digest that tells its versions apart.

    What is derived from a document (a verified status list) is kept by ``(url, sha256)``.
    """

    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    fetched: Fetched
    sha256: str
    at: datetime
    lifetime: timedelta


class CachingFetcher:
    """Remembers the answers of another fetcher; refusals and failures are never remembered. Safe to share by threads.

    Args:
        fetcher: Who fetches.
        clock: Tells how old an answer is.
        ttl: How long an answer is used without asking again; at most 24 hours.
        keep_stale: Give an older answer, up to 24 hours, when it cannot be had again. "Gone" (410) always counts.
        max_entries: Most answers kept; the longest unused goes first.
        max_bytes: Most bytes of bodies kept; a larger body is passed on and not kept.

    Raises:
        ConfigurationError: A number that is not positive (``network.lifetime``).
    """

    def __init__(  # noqa: PLR0913 - settings, by keyword
        self,
        fetcher: Fetcher,
        *,
        clock: Clock,
        ttl: timedelta = _DEFAULT_TTL,
        keep_stale: bool = False,
        max_entries: int = 256,
        max_bytes: int = 64 * 1024 * 1024,
    ) -> None:
        if ttl <= timedelta(0) or max_entries < 1 or max_bytes < 1:
            raise ConfigurationError("network.lifetime")
        self._fetcher = fetcher
        self._clock = clock
        self._ttl = min(ttl, LONGEST_LIFETIME)
        self._keep_stale = keep_stale
        self._max_entries = max_entries
        self._max_bytes = max_bytes
        self._lock = threading.Lock()
        self._entries: OrderedDict[_Question, _Entry] = OrderedDict()
        self._bytes = 0

    def session(self, fetches: int = DEFAULT_LIMITS.fetches) -> FetchSession:
        """A view of this cache for one verification; answers from memory count too, so the cache never decides."""
        return FetchSession(self, fetches)

    def get(self, url: str, *, accept: str, max_bytes: int, redirects: int | None = None) -> CachedAnswer:
        """See ``ports.Fetcher.get``."""
        question = (url, accept, redirects)
        now = self._clock.now()
        entry = self._recall(question, now)
        if entry is None or now - entry.at >= entry.lifetime:
            entry = self._renewed(question, entry, max_bytes, now)
        if len(entry.fetched.body) > max_bytes:
            raise LimitError("network.body_too_large", url=url, limit=max_bytes)
        return _answer(entry, now)

    def forget(self, url: str) -> None:
        """Drop what is known of ``url``, as when its document turns out to be past its own validity."""
        with self._lock:
            for question in [question for question in self._entries if question[0] == url]:
                self._drop(question)

    def limit_age(self, url: str, seconds: float) -> None:
        """See ``ports.Rememberer.limit_age``: a status list says itself how long it may be used (V-ST-4)."""
        most = timedelta(seconds=min(max(seconds, 0.0), LONGEST_LIFETIME.total_seconds()))
        with self._lock:
            for question, entry in self._entries.items():
                if question[0] == url and entry.lifetime > most:
                    self._entries[question] = replace(entry, lifetime=most)

    def _renewed(self, question: _Question, old: _Entry | None, max_bytes: int, now: datetime) -> _Entry:
        url, accept, redirects = question
        try:
            fetched = self._fetcher.get(url, accept=accept, max_bytes=max_bytes, redirects=redirects)
        except UnreachableError as error:
            if error.code == _GONE:
                self.forget(url)
            elif old is not None and self._keep_stale:
                return old
            raise
        digest = hashlib.sha256(fetched.body).hexdigest()
        entry = _Entry(fetched=fetched, sha256=digest, at=now, lifetime=self._ttl)
        self._keep(question, entry)
        return entry

    def _recall(self, question: _Question, now: datetime) -> _Entry | None:
        """The entry, unless it is over a day old or from the future (a clock that was set back proves nothing)."""
        with self._lock:
            entry = self._entries.get(question)
            if entry is None:
                return None
            if not timedelta(0) <= now - entry.at < LONGEST_LIFETIME:
                self._drop(question)
                return None
            self._entries.move_to_end(question)
            return entry

    def _keep(self, question: _Question, entry: _Entry) -> None:
        with self._lock:
            if question in self._entries:
                self._drop(question)
            if len(entry.fetched.body) > self._max_bytes:
                return
            self._entries[question] = entry
            self._bytes += len(entry.fetched.body)
            while len(self._entries) > self._max_entries or self._bytes > self._max_bytes:
                self._drop(next(iter(self._entries)))

    def _drop(self, question: _Question) -> None:
        self._bytes -= len(self._entries.pop(question).fetched.body)


def _answer(entry: _Entry, now: datetime) -> CachedAnswer:
    fetched, age = entry.fetched, now - entry.at
    return CachedAnswer(
        url=fetched.url,
        body=fetched.body,
        media_type=fetched.media_type,
        status=fetched.status,
        sha256=entry.sha256,
        age_seconds=int(age.total_seconds()),
        stale=age >= entry.lifetime,
    )
