"""What a document says it is: a badge, an endorsement, a record of several, or something else that is signed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from openbadges.messages import render

__all__ = ["BADGE_KINDS", "kind_of", "types_of"]

# type -> kind; the first that fits
_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "OpenBadgeCredential": "badge",
        "AchievementCredential": "badge",
        "EndorsementCredential": "endorsement",
        "ClrCredential": "clr",
        "BitstringStatusListCredential": "status_list",
        "StatusList2021Credential": "status_list",
        "VerifiablePresentation": "presentation",
        "EnvelopedVerifiablePresentation": "presentation",
        "VerifiableCredential": "other",
    }
)
BADGE_KINDS = frozenset({"badge", "endorsement", "clr"})


def types_of(document: Mapping[str, Any]) -> tuple[str, ...]:
    """The ``type`` of a document as a tuple of texts; what is no text is left out."""
    value = document.get("type")
    found = value if isinstance(value, list) else [value]
    return tuple([item for item in found if isinstance(item, str)])


def kind_of(document: Mapping[str, Any]) -> tuple[str, str]:
    """The kind of a document and the words for it."""
    types = types_of(document)
    for name, kind in _KINDS.items():
        if name in types:
            return _with_words(kind)
    return _with_words("unknown")


@cache
def _with_words(kind: str) -> tuple[str, str]:
    """Kept: every report asks several times, for one of a handful of kinds."""
    return kind, render(f"noun.{kind}", {})
