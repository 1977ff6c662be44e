"""DIDs that people type: is it one, without asking any network."""

from __future__ import annotations

from openbadges.dids import did_web_url, resolve
from openbadges.errors import OpenBadgesError

__all__ = ["is_did"]


def is_did(text: str) -> bool:
    """Whether it is a DID of a method that verifiers here know: did:key and did:jwk with a sound key, or did:web."""
    try:
        if text.startswith("did:web:"):
            did_web_url(text)
        else:
            resolve(text)
    except OpenBadgesError:
        return False
    return True
