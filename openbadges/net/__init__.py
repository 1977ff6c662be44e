"""The only sockets of the library: a guarded https fetcher, its cache, and documents handed over instead."""

from __future__ import annotations

from pathlib import Path

from openbadges.limits import DEFAULT_LIMITS, Limits
from openbadges.net.addresses import Resolver, system_resolver
from openbadges.net.cache import CachedAnswer, CachingFetcher
from openbadges.net.documents import DocumentsFetcher
from openbadges.net.fetcher import GuardedFetcher
from openbadges.net.session import FetchSession
from openbadges.ports import Clock, Fetcher, SystemClock
from openbadges.verification import Verifier
from openbadges.verification.inquiry import Profile

__all__ = [
    "CachedAnswer",
    "CachingFetcher",
    "DocumentsFetcher",
    "FetchSession",
    "GuardedFetcher",
    "Resolver",
    "online_verifier",
    "system_resolver",
]


def online_verifier(
    *,
    documents: str | Path | None = None,
    clock: Clock | None = None,
    profile: Profile = "badge",
    limits: Limits = DEFAULT_LIMITS,
) -> Verifier:
    """A verifier that may fetch DID documents, key sets, status lists and hosted badges over https.

    Its fetcher asks only the public internet and remembers answers for five minutes, so that many badges of one issuer
    ask once: make one verifier and keep it. Making it connects to nothing.

    Args:
        documents: A map of files to be used instead of the network, see ``DocumentsFetcher.from_file``.
        clock: Read once in each verification, and for the age of what is remembered.
        profile: ``"badge"``, the closed profile, or ``"vc"`` for any W3C credential.
        limits: Bounds of all work.

    Raises:
        ConfigurationError: The map of documents cannot be used.
    """
    time = clock or SystemClock()
    fetcher: Fetcher = CachingFetcher(GuardedFetcher(limits=limits), clock=time)
    if documents is not None:
        fetcher = DocumentsFetcher.from_file(documents, fallback=fetcher, limits=limits)
    return Verifier(fetcher=fetcher, clock=time, profile=profile, limits=limits)
