"""Every sentence use cases say, in English, by code. ``N_`` marks them for translation; the web translates and fills in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

__all__ = ["SENTENCES", "N_", "Sentence"]

_NOTHING: Mapping[str, Any] = MappingProxyType({})


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "translate this later"
    """Mark a text for the translators; gives it back."""
    return message


SENTENCES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that is not rendered yet.

    Attributes:
        code: A key of ``SENTENCES``.
        params: The facts it is filled with.
    """

    code: str
    params: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)

    @property
    def template(self) -> str:
        """The English text with its places, such as ``{longest}``: what is looked up in a catalogue."""
        return SENTENCES[self.code]

    def __str__(self) -> str:
        """The English sentence."""
        return self.template.format_map(self.params)
