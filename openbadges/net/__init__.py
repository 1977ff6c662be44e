"""The only sockets of the library: a guarded https fetcher, its cache, and documents handed over instead."""

from __future__ import annotations

from openbadges.net.addresses import Resolver, system_resolver
from openbadges.net.cache import CachedAnswer, CachingFetcher
from openbadges.net.documents import DocumentsFetcher
from openbadges.net.fetcher import GuardedFetcher
from openbadges.net.session import FetchSession

__all__ = [
    "CachedAnswer",
    "CachingFetcher",
    "DocumentsFetcher",
    "FetchSession",
    "GuardedFetcher",
    "Resolver",
    "system_resolver",
]
