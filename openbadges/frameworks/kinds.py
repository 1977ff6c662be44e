"""What members of the file format hold: how each kind is checked, and the JSON schema that says the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from openbadges.frameworks.limits import FrameworkLimits
from openbadges.frameworks.problems import ProblemList
from openbadges.jsontext import pointer_to

__all__ = [
    "CODE",
    "DELTA_MAP",
    "EXT_RELATIONS",
    "FLAG",
    "FLAGS",
    "FORMAT_NAME",
    "LANGUAGES",
    "LANGUAGE_LISTS",
    "LANGUAGE_MAP",
    "LEVEL",
    "LEVEL_MAP",
    "MAPPINGS",
    "MATCH",
    "ORDER",
    "RELATIONS",
    "TEXT",
    "TEXTS",
    "URI",
    "URIS",
    "Checker",
    "Kind",
    "Member",
    "is_language",
    "is_uri",
    "record",
    "records",
]

_URI = re.compile(r"(?:https?://[^\s/?#]+|urn:[A-Za-z0-9-]+:|did:[a-z0-9]+:)[^\s\x00-\x20<>\"{}|\\^`]*", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,7}")
_LONGEST_URI = 2_048
_MOST_LEVELS = 100
_HIGHEST_ORDER = 1_000_000


def is_uri(value: object) -> bool:
    """Whether ``value`` is an absolute http, https, urn or did URI: nothing that a browser would run."""
    return isinstance(value, str) and len(value) <= _LONGEST_URI and _URI.fullmatch(value) is not None


def is_language(value: object) -> bool:
    """Whether ``value`` has the form of a language tag (BCP 47)."""
    return isinstance(value, str) and _LANGUAGE.fullmatch(value) is not None


class Checker:
    """Walks a document by a table of records and notes every problem with its JSON Pointer."""

    def __init__(
        self, tables: Mapping[str, tuple[Member, ...]], problems: ProblemList, limits: FrameworkLimits
    ) -> None:
        self._tables = tables
        self.problems = problems
        self.limits = limits
        self.languages: set[str] = set()

    def record(self, name: str, value: object, place: str) -> None:
        """Check ``value`` against the members of the record ``name``; unknown members pass."""
        if not isinstance(value, dict):
            self.problems.add(place, "frameworks.not_object")
            return
        for member in self._tables[name]:
            if member.name in value:
                member.kind.check(self, value[member.name], place + pointer_to(member.name))
            elif member.required:
                self.problems.add(place, "frameworks.missing_member", name=member.name)

    def each(self, value: object, place: str, check: Callable[[Any, str], None]) -> None:
        """Check every element of a list."""
        if not isinstance(value, list):
            self.problems.add(place, "frameworks.not_list")
            return
        for index, element in enumerate(value):
            check(element, place + pointer_to(index))

    def pairs(self, value: object, place: str, check: Callable[[str, Any, str], None]) -> None:
        """Check every member of an object."""
        if not isinstance(value, dict):
            self.problems.add(place, "frameworks.not_object")
            return
        for name, element in value.items():
            check(name, element, place + pointer_to(name))

    def text(self, value: object, place: str) -> None:
        """A text that is not blank."""
        if not isinstance(value, str) or not value.strip():
            self.problems.add(place, "frameworks.not_text")

    def language(self, value: object, place: str) -> None:
        """A language tag; the number of different ones is limited."""
        if not is_language(value):
            self.problems.add(place, "frameworks.bad_language", value=value)
            return
        self.languages.add(str(value))
        if len(self.languages) == self.limits.languages + 1:
            self.problems.add(place, "frameworks.too_many_languages", limit=self.limits.languages)


@dataclass(frozen=True, slots=True)
class Kind:
    """What a member holds: how it is checked, and the JSON schema that says the same."""

    check: Callable[[Checker, Any, str], None]
    schema: Mapping[str, Any]


def _text(checker: Checker, value: Any, place: str) -> None:
    checker.text(value, place)


def _uri(checker: Checker, value: Any, place: str) -> None:
    if not is_uri(value):
        checker.problems.add(place, "frameworks.bad_uri", value=value)


def _texts(checker: Checker, value: Any, place: str) -> None:
    checker.each(value, place, checker.text)


def _uris(checker: Checker, value: Any, place: str) -> None:
    checker.each(value, place, lambda element, at: _uri(checker, element, at))


def _languages(checker: Checker, value: Any, place: str) -> None:
    checker.each(value, place, checker.language)


def _flag(checker: Checker, value: Any, place: str) -> None:
    if not isinstance(value, bool):
        checker.problems.add(place, "frameworks.not_flag")


def _level(checker: Checker, value: Any, place: str) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= _MOST_LEVELS:
        checker.problems.add(place, "frameworks.bad_level", value=value, highest=_MOST_LEVELS)


def _delta(checker: Checker, value: Any, place: str) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or not -_MOST_LEVELS <= value <= _MOST_LEVELS:
        checker.problems.add(place, "frameworks.bad_delta", value=value)


def _order(checker: Checker, value: Any, place: str) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= _HIGHEST_ORDER:
        checker.problems.add(place, "frameworks.bad_order", value=value)


def _level_map(checker: Checker, value: Any, place: str) -> None:
    checker.pairs(value, place, lambda _name, element, at: _level(checker, element, at))


def _delta_map(checker: Checker, value: Any, place: str) -> None:
    checker.pairs(value, place, lambda _name, element, at: _delta(checker, element, at))


def _flags(checker: Checker, value: Any, place: str) -> None:
    checker.pairs(value, place, lambda _name, element, at: _flag(checker, element, at))


def _language_map(checker: Checker, value: Any, place: str) -> None:
    if value == {}:
        checker.problems.add(place, "frameworks.no_text")

    def one(name: str, element: Any, at: str) -> None:
        checker.language(name, at)
        checker.text(element, at)

    checker.pairs(value, place, one)


def _language_lists(checker: Checker, value: Any, place: str) -> None:
    def one(name: str, element: Any, at: str) -> None:
        checker.language(name, at)
        checker.each(element, at, checker.text)

    checker.pairs(value, place, one)


def _relations(checker: Checker, value: Any, place: str) -> None:
    def one(element: Any, at: str) -> None:
        if isinstance(element, dict):
            checker.record("relation", element, at)
        else:
            checker.text(element, at)

    checker.each(value, place, one)


def _ext_relations(checker: Checker, value: Any, place: str) -> None:
    def one(name: str, element: Any, at: str) -> None:
        if re.fullmatch(r"ext:[A-Za-z0-9._-]+", name) is None:
            checker.problems.add(at, "frameworks.bad_relation_type", value=name)
        _relations(checker, element, at)

    checker.pairs(value, place, one)


def _mappings(checker: Checker, value: Any, place: str) -> None:
    def one(_name: str, element: Any, at: str) -> None:
        if isinstance(element, dict):
            checker.record("mapping", element, at)
        else:
            checker.each(element, at, lambda each, there: checker.record("mapping", each, there))

    checker.pairs(value, place, one)


def _code(checker: Checker, value: Any, place: str) -> None:
    if isinstance(value, bool) or not isinstance(value, int):
        checker.text(value, place)


def _format(checker: Checker, value: Any, place: str) -> None:
    if not isinstance(value, str) or re.fullmatch(r"openbadges-framework/1(?: \(draft\))?", value) is None:
        checker.problems.add(place, "frameworks.bad_format", value=value)


def _one_of(words: tuple[str, ...]) -> Kind:
    def check(checker: Checker, value: Any, place: str) -> None:
        if value not in words:
            checker.problems.add(place, "frameworks.not_one_of", value=value, allowed=list(words))

    return Kind(check, {"enum": list(words)})


def record(name: str) -> Kind:
    """One record of the named kind."""
    return Kind(lambda checker, value, place: checker.record(name, value, place), {"$ref": f"#/$defs/{name}"})


def records(name: str) -> Kind:
    """A list of records of the named kind."""

    def check(checker: Checker, value: Any, place: str) -> None:
        checker.each(value, place, lambda element, at: checker.record(name, element, at))

    return Kind(check, {"type": "array", "items": {"$ref": f"#/$defs/{name}"}})


_NOT_BLANK = {"type": "string", "pattern": r"\S"}
_LANGUAGE_NAMES = {"pattern": f"^{_LANGUAGE.pattern}$"}
_URI_SCHEMA = {
    "type": "string",
    "maxLength": _LONGEST_URI,
    "pattern": r"^([Hh][Tt][Tt][Pp][Ss]?://|[Uu][Rr][Nn]:|[Dd][Ii][Dd]:)\S+$",
}
_LEVEL_SCHEMA = {"type": "integer", "minimum": 1, "maximum": _MOST_LEVELS}
_DELTA_SCHEMA = {"type": "integer", "minimum": -_MOST_LEVELS, "maximum": _MOST_LEVELS}
_RELATION_LIST = {"type": "array", "items": {"anyOf": [_NOT_BLANK, {"$ref": "#/$defs/relation"}]}}

TEXT = Kind(_text, _NOT_BLANK)
URI = Kind(_uri, _URI_SCHEMA)
TEXTS = Kind(_texts, {"type": "array", "items": _NOT_BLANK})
URIS = Kind(_uris, {"type": "array", "items": _URI_SCHEMA})
LANGUAGES = Kind(_languages, {"type": "array", "items": {"type": "string", **_LANGUAGE_NAMES}})
FLAG = Kind(_flag, {"type": "boolean"})
FLAGS = Kind(_flags, {"type": "object", "additionalProperties": {"type": "boolean"}})
LEVEL = Kind(_level, _LEVEL_SCHEMA)
ORDER = Kind(_order, {"type": "integer", "minimum": 1, "maximum": _HIGHEST_ORDER})
LEVEL_MAP = Kind(_level_map, {"type": "object", "additionalProperties": _LEVEL_SCHEMA})
DELTA_MAP = Kind(_delta_map, {"type": "object", "additionalProperties": _DELTA_SCHEMA})
CODE = Kind(_code, {"anyOf": [_NOT_BLANK, {"type": "integer"}]})
LANGUAGE_MAP = Kind(
    _language_map,
    {"type": "object", "minProperties": 1, "propertyNames": _LANGUAGE_NAMES, "additionalProperties": _NOT_BLANK},
)
LANGUAGE_LISTS = Kind(
    _language_lists,
    {
        "type": "object",
        "propertyNames": _LANGUAGE_NAMES,
        "additionalProperties": {"type": "array", "items": _NOT_BLANK},
    },
)
RELATIONS = Kind(_relations, _RELATION_LIST)
EXT_RELATIONS = Kind(
    _ext_relations,
    {
        "type": "object",
        "propertyNames": {"pattern": r"^ext:[A-Za-z0-9._-]+$"},
        "additionalProperties": _RELATION_LIST,
    },
)
MAPPINGS = Kind(
    _mappings,
    {
        "type": "object",
        "additionalProperties": {
            "anyOf": [{"$ref": "#/$defs/mapping"}, {"type": "array", "items": {"$ref": "#/$defs/mapping"}}]
        },
    },
)
FORMAT_NAME = Kind(_format, {"type": "string", "pattern": r"^openbadges-framework/1( \(draft\))?$"})
MATCH = _one_of(("exact", "close", "broad", "narrow", "related"))


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a record of the file format."""

    name: str
    kind: Kind
    about: str
    required: bool = False
