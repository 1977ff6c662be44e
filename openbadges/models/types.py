"""The primitive and derived types of Open Badges 3.0 as annotated Python types.

Each carries one marker that both checks a value and says how the type looks in a JSON Schema, so that the two cannot
drift apart. Texts are kept exactly as received: a date is a string here, never re-written (that would break a proof).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Any

from pydantic_core import PydanticCustomError, core_schema

from openbadges.encoding.times import format_instant, parse_date, parse_date_time, parse_instant
from openbadges.errors import MalformedError
from openbadges.limits import DEFAULT_LIMITS
from openbadges.messages import safe_text
from openbadges.models import enums, lexical
from openbadges.models.frozen import frozen

__all__ = [
    "AchievementTypeTerm",
    "AlignmentTargetTypeTerm",
    "Anything",
    "Boolean",
    "CompactJws",
    "ContextItem",
    "CountryCode",
    "Date",
    "DateTime",
    "DateTimeZ",
    "Exactly",
    "Flag",
    "IdentifierTypeTerm",
    "Json",
    "Kind",
    "LanguageCode",
    "Leading",
    "Lexical",
    "Missing",
    "NormalizedString",
    "Number",
    "ResultStatusTerm",
    "ResultTypeTerm",
    "String",
    "Uri",
    "problem",
    "term",
]

JsonSchema = Mapping[str, Any]


class Missing:
    """Stands, while reading, where a document leaves out a member that Python would fill in: ``type``, ``@context``."""


def problem(code: str, **params: Any) -> PydanticCustomError:
    """One of our codes in Pydantic's clothes; ``base`` takes them off again."""
    facts = {name: safe_text(value, longest=100) if isinstance(value, str) else value for name, value in params.items()}
    return PydanticCustomError(code, "see the code", facts or None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexical:
    """A text with a form of its own.

    Attributes:
        check: Raises for a text that has not this form: a ``MalformedError``, or returns the code of the problem.
        schema: The type in JSON Schema.
        write: Turns another Python value (a ``datetime``, an enumeration's term) into the text.
    """

    check: Callable[[str], str | None]
    schema: JsonSchema
    write: Callable[[Any], Any] = lambda value: value

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        """Validate with this marker alone."""
        return core_schema.no_info_plain_validator_function(self.read)

    def read(self, value: Any) -> str:
        """The text, unchanged, when it has the right form."""
        try:
            value = self.write(value)
            if not isinstance(value, str):
                raise problem("model.not_text")
            code = self.check(value)
        except MalformedError as error:
            raise problem(error.code, **error.params) from error
        if code is not None:
            raise problem(code, value=value)
        return str(value)


def _any_text(_text: str) -> str | None:
    return None


def _normalized(text: str) -> str | None:
    return None if lexical.is_normalized(text) else "model.not_one_line"


def _uri(text: str) -> str | None:
    return None if lexical.is_uri(text) else "model.not_uri"


def _pattern(pattern: str, code: str) -> Lexical:
    return Lexical(
        check=lambda text: None if lexical.matches(pattern, text) else code,
        schema=MappingProxyType({"type": "string", "pattern": pattern}),
    )


def _quietly(parse: Callable[[str], object]) -> Callable[[str], str | None]:
    def check(text: str) -> str | None:
        parse(text)
        return None

    return check


def _write_instant(value: Any) -> Any:
    return format_instant(value) if isinstance(value, datetime) else value


def _write_date(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) and not isinstance(value, datetime) else value


def term(vocabulary: type[StrEnum]) -> Lexical:
    """A term of a vocabulary, or an ``ext:`` term where the vocabulary is extensible."""
    terms = [str(item) for item in vocabulary]
    listed = frozenset(terms)
    if vocabulary not in enums.EXTENSIBLE:
        return Lexical(
            check=lambda text: None if text in listed else "model.not_in_vocabulary",
            schema=MappingProxyType({"type": "string", "enum": terms}),
        )
    return Lexical(
        check=lambda text: (
            None if text in listed or lexical.matches(lexical.EXTENSION_TERM, text) else "model.not_in_open_vocabulary"
        ),
        schema=MappingProxyType({"anyOf": [{"enum": terms}, {"type": "string", "pattern": lexical.EXTENSION_TERM}]}),
    )


ZONE_PATTERN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$"
_TEXT = MappingProxyType({"type": "string"})

String = Annotated[str, Lexical(check=_any_text, schema=_TEXT)]
NormalizedString = Annotated[str, Lexical(check=_normalized, schema=_TEXT)]
Uri = Annotated[str, Lexical(check=_uri, schema=MappingProxyType({"type": "string", "format": "uri"}))]
CompactJws = Annotated[str, _pattern(lexical.COMPACT_JWS, "model.not_compact_jws")]
LanguageCode = Annotated[str, _pattern(lexical.LANGUAGE_CODE, "model.not_language_code")]
CountryCode = Annotated[str, _pattern(lexical.COUNTRY_CODE, "model.not_country_code")]
DateTimeZ = Annotated[
    str,
    Lexical(
        check=_quietly(parse_instant),
        schema=MappingProxyType({"type": "string", "format": "date-time", "pattern": ZONE_PATTERN}),
        write=_write_instant,
    ),
]
DateTime = Annotated[
    str,
    Lexical(
        check=_quietly(parse_date_time),
        schema=MappingProxyType({"type": "string", "format": "date-time"}),
        write=_write_instant,
    ),
]
Date = Annotated[
    str,
    Lexical(
        check=_quietly(parse_date), schema=MappingProxyType({"type": "string", "format": "date"}), write=_write_date
    ),
]
AchievementTypeTerm = Annotated[str, term(enums.AchievementType)]
AlignmentTargetTypeTerm = Annotated[str, term(enums.AlignmentTargetType)]
IdentifierTypeTerm = Annotated[str, term(enums.IdentifierType)]
ResultTypeTerm = Annotated[str, term(enums.ResultType)]
ResultStatusTerm = Annotated[str, term(enums.ResultStatusType)]


@dataclass(frozen=True, slots=True)
class Flag:
    """A JSON number or Boolean, strictly: no text, and a Boolean is not a number."""

    name: str

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        """Validate with this marker alone."""
        return core_schema.no_info_plain_validator_function(self.read)

    @property
    def schema(self) -> JsonSchema:
        """The type in JSON Schema."""
        return {"type": self.name}

    def read(self, value: Any) -> Any:
        """The value, unchanged: 42 stays 42 and 42.0 stays 42.0."""
        if self.name == "boolean":
            if isinstance(value, bool):
                return value
            raise problem("model.not_boolean")
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not -_HUGE < value < _HUGE:
            raise problem("model.not_number")
        return value


_HUGE = 1e300  # keeps infinity and NaN out: neither is JSON

Boolean = Annotated[bool, Flag("boolean")]
Number = Annotated[float, Flag("number")]


@dataclass(frozen=True, slots=True)
class Kind:
    """The ``type`` of a class that may have several types: an array of terms or IRIs.

    Attributes:
        all_of: Types that must be there.
        one_of: Types of which one must be there.
        bare: Whether JSON-LD compaction may leave one type without its array.
    """

    all_of: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    bare: bool = True

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        """Validate with this marker alone."""
        return core_schema.no_info_plain_validator_function(self.read)

    def read(self, value: Any) -> tuple[str, ...]:
        """The types as a tuple."""
        _refuse_missing(value, "type")
        types = (value,) if isinstance(value, str) else tuple(value) if isinstance(value, (list, tuple)) else ()
        if not types or not all(isinstance(item, str) and item for item in types):
            raise problem("model.type_form")
        for wanted in self.all_of:
            if wanted not in types:
                raise problem("model.type_missing", type=wanted)
        if self.one_of and not set(self.one_of) & set(types):
            raise problem("model.type_missing", type=self.one_of[-1])
        return tuple(str(item) for item in types)


@dataclass(frozen=True, slots=True)
class Exactly:
    """The ``type`` of a class that has exactly one: a plain string."""

    value: str

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        """Validate with this marker alone."""
        return core_schema.no_info_plain_validator_function(self.read)

    def read(self, value: Any) -> str:
        """The type."""
        _refuse_missing(value, "type")
        if value != self.value:
            raise problem("model.type_exactly", type=self.value)
        return self.value


@dataclass(frozen=True, slots=True)
class Leading:
    """The ``@context`` of a credential: an array whose first items are fixed.

    Attributes:
        first: The base context of the W3C data model, the first item.
        second: A pattern the second item matches; ``""`` when any may follow.
    """

    first: str
    second: str = ""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        """Validate with this marker alone."""
        return core_schema.no_info_plain_validator_function(self.read)

    def read(self, value: Any) -> tuple[Any, ...]:
        """The contexts in their order, inline ones unchangeable."""
        _refuse_missing(value, "@context")
        items = tuple(value) if isinstance(value, (list, tuple)) else ()
        if not items or items[0] != self.first:
            raise problem("model.context_first", url=self.first)
        if self.second and not (
            len(items) > 1 and isinstance(items[1], str) and lexical.matches(self.second, items[1])
        ):
            raise problem("model.context_second")
        return (str(items[0]), *(_context_item(item) for item in items[1:]))


def _context_item(item: Any) -> Any:
    if isinstance(item, (str, Mapping)):
        return _frozen(item)
    raise problem("model.context_item")


def _refuse_missing(value: Any, member: str) -> None:
    if isinstance(value, Missing):
        raise problem("model.member_missing", member=member)


def _frozen(value: Any) -> Any:
    try:
        return frozen(value, DEFAULT_LIMITS.json_depth)
    except ValueError as error:
        raise problem("json.too_deep", limit=DEFAULT_LIMITS.json_depth) from error
    except TypeError as error:
        raise problem("json.not_writable") from error


@dataclass(frozen=True, slots=True)
class Anything:
    """Any JSON value, made unchangeable."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        """Validate with this marker alone."""
        return core_schema.no_info_plain_validator_function(_frozen)


ContextItem = str | Mapping[str, Any]
Json = Annotated[Any, Anything()]
