"""DIDs and DID URLs as text (DID Core 1.0 section 3), in the narrow form that names a key."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from openbadges.errors import LimitError, MalformedError, RefusedError
from openbadges.limits import DEFAULT_LIMITS, Limits

__all__ = ["DidUrl", "longest_did", "parse_did_url", "split_did"]

_DID = re.compile(r"did:([a-z0-9]+):([A-Za-z0-9._:%-]+)")
_FRAGMENT = re.compile(r"[A-Za-z0-9._~!$&'()*+,;=:@/?%-]+")


@dataclass(frozen=True, slots=True)
class DidUrl:
    """A key's name: the DID whose document publishes it, and the fragment."""

    did: str
    fragment: str

    def __str__(self) -> str:
        return f"{self.did}#{self.fragment}"


def longest_did(did: str, limits: Limits = DEFAULT_LIMITS) -> int:
    """How many characters a DID of this method may have."""
    if did.startswith("did:key:"):
        return len("did:key:") + limits.did_key_rsa_chars
    if did.startswith("did:jwk:"):
        return len("did:jwk:") + limits.did_jwk_chars
    return limits.url_chars


def split_did(did: str, limits: Limits = DEFAULT_LIMITS) -> tuple[str, str]:
    """Method name and method-specific id of a bare DID.

    Raises:
        LimitError: ``did.too_long``.
        MalformedError: ``did.syntax``.
    """
    if not isinstance(did, str):
        raise MalformedError("did.syntax", did=type(did).__name__)
    if len(did) > longest_did(did, limits):
        raise LimitError("did.too_long", limit=longest_did(did, limits))
    found = _DID.fullmatch(did)
    if found is None:
        raise MalformedError("did.syntax", did=did)
    return found[1], found[2]


def parse_did_url(text: str, limits: Limits = DEFAULT_LIMITS) -> DidUrl:
    """Read the DID URL of a verification method: a DID, ``#`` and a fragment, nothing else (V-KEY-1).

    Raises:
        LimitError: ``did_url.too_long``.
        MalformedError: ``did_url.syntax``: not a DID URL, or a second ``#``.
        RefusedError: ``did_url.query``, ``did_url.path`` or ``did_url.no_fragment``: a DID URL that names no key.
    """
    if not isinstance(text, str):
        raise MalformedError("did_url.syntax", text=type(text).__name__)
    return _parsed(text, limits)


@lru_cache(maxsize=512)
def _parsed(text: str, limits: Limits) -> DidUrl:
    """Kept because one verification asks several times, and an issuer's badges all name the same key."""
    longest = longest_did(text, limits) + 1 + limits.did_key_rsa_chars  # a did:key repeats its key as the fragment
    if len(text) > longest:
        raise LimitError("did_url.too_long", limit=longest)
    did, _, fragment = text.partition("#")
    for sign, code in (("?", "did_url.query"), ("/", "did_url.path")):
        bare = did.partition(sign)[0]
        if bare != did and _DID.fullmatch(bare.partition("/")[0]):
            raise RefusedError(code, text=text)
    if not _DID.fullmatch(did):
        raise MalformedError("did_url.syntax", text=text)
    if not fragment:
        raise RefusedError("did_url.no_fragment", text=text)
    if not _FRAGMENT.fullmatch(fragment):
        raise MalformedError("did_url.syntax", text=text)
    return DidUrl(did, fragment)
