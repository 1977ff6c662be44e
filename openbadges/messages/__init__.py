"""Every sentence the library says, keyed by the stable code it is said for.

One file a room. ``{name}`` marks a fact from ``params``; it is shown escaped (see ``safe_text``), because facts come
from files that strangers wrote. Other languages translate these templates; code and params stay the same.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from openbadges.messages import (
    badges,
    bulk,
    canonical,
    commands,
    documents,
    frameworks,
    images,
    keys,
    legacy,
    network,
    proofs,
    selective,
    status,
    verdicts,
)

__all__ = ["MESSAGES", "Said", "render", "safe_text"]

_ROOMS = (
    badges, bulk, canonical, commands, documents, frameworks, images, keys, legacy, network, proofs, selective, status,
    verdicts,
)  # fmt: skip

MESSAGES: Mapping[str, str] = MappingProxyType({code: text for room in _ROOMS for code, text in room.MESSAGES.items()})

_LONGEST_FACT = 200
_MOST_FACTS = 10  # of a list
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_UNSAFE_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def safe_text(value: object, *, longest: int = _LONGEST_FACT) -> str:
    r"""Text that can be printed to a terminal or a log without side effects.

    Control, format (bidirectional overrides among them) and unassigned characters are written as ``\uXXXX``, and what
    is longer than ``longest`` characters is cut with an ellipsis.
    """
    text = str(value)
    if len(text) > longest:
        text = text[: longest - 1] + "…"
    return "".join(_escaped(character) for character in text)


def _escaped(character: str) -> str:
    if unicodedata.category(character) not in _UNSAFE_CATEGORIES:
        return character
    point = ord(character)
    return f"\\u{point:04x}" if point <= 0xFFFF else f"\\U{point:08x}"


class Said(str):
    """A sentence that knows what it was made of: as a fact of another one it can be said in any language, too.

    Attributes:
        code: A key of ``MESSAGES``.
        params: The facts.
    """

    code: str
    params: Mapping[str, Any]

    def __new__(cls, text: str, code: str = "", params: Mapping[str, Any] | None = None) -> Said:
        """The sentence as a text like any other."""
        said = super().__new__(cls, text)
        said.code, said.params = code, params or {}
        return said


def render(code: str, params: Mapping[str, Any], templates: Mapping[str, str] = MESSAGES) -> Said:
    """The sentence for ``code`` with its facts filled in, safe to print.

    Args:
        code: A key of ``templates``; an unknown code is rendered as itself, never an error.
        params: Facts by name.
        templates: Another language's templates, ``MESSAGES`` by default.
    """
    template = templates.get(code)
    text = code
    if template is not None:
        text = template.format_map(_Facts({name: _Fact(value) for name, value in params.items()}))
    return Said(text, code, params)


class _Facts(dict[str, "_Fact"]):
    """The facts by name; a sentence is never lost for one that nobody gave."""

    def __missing__(self, name: str) -> _Fact:
        return _Fact("?")


class _Fact:
    """A fact inside a sentence; ``{end:date}`` shows an instant as a day, ``3 May 2026``."""

    def __init__(self, value: object) -> None:
        self._value = value

    def __format__(self, kind: str) -> str:
        if kind == "date":
            return _day(str(self._value))
        if isinstance(self._value, (list, tuple)):
            more = ["…"] if len(self._value) > _MOST_FACTS else []
            return ", ".join([*map(safe_text, self._value[:_MOST_FACTS]), *more])
        return safe_text(self._value)


def _day(text: str) -> str:
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return safe_text(text)
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
