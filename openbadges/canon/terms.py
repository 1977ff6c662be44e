"""What a term of a JSON-LD context means, and what an absolute IRI is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

__all__ = ["MISSING", "NotCovered", "TermDefinition", "is_absolute_iri"]

_IRI_CHARACTERS = r"[^\x00-\x20<>\"{}|\\^`\x7f#\ud800-\udfff]*"
_ABSOLUTE_IRI = re.compile(rf"[A-Za-z][A-Za-z0-9+.\-]*:{_IRI_CHARACTERS}(?:#{_IRI_CHARACTERS})?")
_LONGEST_KEPT: Final = 256  # characters: what strangers write is not kept without a bound
MISSING: Final = object()


class NotCovered(Exception):  # noqa: N818 - a signal between the two paths, never shown to anybody
    """The document uses JSON-LD that only the reference implementation covers."""


def is_absolute_iri(text: str) -> bool:
    """Whether ``text`` is an absolute IRI without characters that N-Quads cannot carry."""
    return _is_absolute(text) if len(text) <= _LONGEST_KEPT else _ABSOLUTE_IRI.fullmatch(text) is not None


@lru_cache(maxsize=2_048)
def _is_absolute(text: str) -> bool:
    """Kept because each IRI of a badge is looked at by the shape and by the mapper, and most stand in many badges."""
    return _ABSOLUTE_IRI.fullmatch(text) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class TermDefinition:
    """What a term means in an active context (JSON-LD 1.1 API, section 4.2).

    Attributes:
        iri: The IRI or keyword it stands for; None when the term is switched off.
        coercion: ``@type`` of the definition: ``"@id"``, ``"@vocab"``, ``"@json"``, ``"@none"``, a datatype IRI, or
            None.
        container: ``"@set"``, ``"@list"``, ``"@graph"`` or None.
        prefix: Whether it may stand before a colon in a compact IRI.
        protected: Whether a later context may not redefine it.
        scope: The context inside the definition, or ``MISSING``.
    """

    iri: str | None
    coercion: str | None = None
    container: str | None = None
    prefix: bool = False
    protected: bool = False
    scope: Any = MISSING

    @property
    def has_scope(self) -> bool:
        """Whether the term brings a context of its own."""
        return self.scope is not MISSING

    def says_the_same(self, other: TermDefinition) -> bool:
        """Equality but for ``protected``: such a definition may stand again."""
        return (self.iri, self.coercion, self.container, self.prefix) == (
            other.iri,
            other.coercion,
            other.container,
            other.prefix,
        ) and (self.scope is other.scope or self.scope == other.scope)
