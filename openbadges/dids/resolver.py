"""The one table of DID methods, and the door to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from openbadges.dids.document import DidDocument
from openbadges.dids.jwk import resolve_did_jwk
from openbadges.dids.key import resolve_did_key
from openbadges.dids.urls import split_did
from openbadges.dids.web import resolve_did_web
from openbadges.errors import UnsupportedError
from openbadges.limits import DEFAULT_LIMITS, Limits
from openbadges.ports import Fetcher, NoNetwork

__all__ = ["METHODS", "resolve"]

METHODS: Mapping[str, Callable[[str, Fetcher, Limits], DidDocument]] = MappingProxyType(
    {"key": resolve_did_key, "jwk": resolve_did_jwk, "web": resolve_did_web}
)


def resolve(did: str, *, fetcher: Fetcher | None = None, limits: Limits = DEFAULT_LIMITS) -> DidDocument:
    """The document of a DID.

    Args:
        did: A bare DID, without fragment, path or query.
        fetcher: For did:web; without one there is no network.
        limits: Length, size and number limits.

    Raises:
        UnsupportedError: ``did.unknown_method``, or a kind of key that is not known.
        LimitError, MalformedError, RefusedError: The DID or its document is not allowed.
        UnreachableError: The document could not be had.
    """
    name, _ = split_did(did, limits)
    method = METHODS.get(name)
    if method is None:
        raise UnsupportedError("did.unknown_method", method=name, known=tuple(METHODS))
    return method(did, NoNetwork() if fetcher is None else fetcher, limits)
