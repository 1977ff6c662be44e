"""Strict JSON in, plain JSON out.

What the ``json`` module lets pass is refused here: duplicate member names, NaN and Infinity, numbers that overflow,
lone surrogates, byte order marks, anything after the document, and input over the limits. Depth and size are found by a
scan of the text before it is parsed, so that no input reaches the interpreter's recursion limit.
"""

from __future__ import annotations

import json
import math
import re
from functools import lru_cache
from itertools import islice
from typing import Any

from openbadges.errors import LimitError, MalformedError
from openbadges.limits import DEFAULT_LIMITS, Limits

__all__ = [
    "INTEROPERABLE", "JsonObject", "JsonValue", "Path", "copy_plain", "dump", "dump_pretty", "parse", "parse_object",
    "pointer_of", "pointer_to", "steps_of",
]  # fmt: skip

JsonValue = Any  # None | bool | int | float | str | list[JsonValue] | dict[str, JsonValue]
JsonObject = dict[str, Any]
Path = tuple[Any, str | int] | None
"""A place, cheap to carry along a walk: the path of what is around it and the last step; None at the top."""

_COMPACT = json.JSONEncoder(  # a cycle ends at the interpreter's limit of recursion
    ensure_ascii=False, allow_nan=False, check_circular=False, separators=(",", ":")
)
_PRETTY = json.JSONEncoder(ensure_ascii=False, allow_nan=False, indent=2, separators=(",", ": "))
_NOT_WRITABLE = (ValueError, TypeError, RecursionError)  # NaN, a lone surrogate, a foreign type, a cycle
_PIECES_AT_ONCE = 10_000
INTEROPERABLE = 2**53  # RFC 7493, section 2.2: from here on integers are rounded by many readers
_SURROGATE = re.compile("[\ud800-\udfff]")
_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")  # text from UTF-8 holds none; only an escape can bring one


def parse(data: bytes | str, limits: Limits = DEFAULT_LIMITS, *, max_bytes: int | None = None) -> JsonValue:
    """Read one JSON document (RFC 8259) strictly.

    Args:
        data: UTF-8 bytes without byte order mark, or text.
        limits: Depth, size and number limits.
        max_bytes: Replaces ``limits.document_bytes`` for larger kinds of document; string length is then bounded by it
            too.

    Raises:
        MalformedError: Not strict JSON; ``code`` starts with ``json.``.
        LimitError: Over a limit.
    """
    most = limits.document_bytes if max_bytes is None else max_bytes
    text = _decode(data, most)
    _check_nesting(text, limits)
    try:
        value = _decoder(limits.json_object_members, limits.json_integer_digits).decode(text)
    except json.JSONDecodeError as error:
        raise MalformedError("json.syntax", line=error.lineno, column=error.colno) from error
    longest = limits.json_string_bytes if max_bytes is None else most
    escapes = "\\" in text and _SURROGATE_ESCAPE.search(text)
    if escapes or len(text) * 4 > longest:  # no string is longer than the text around it
        _check_strings(value, longest)
    return value


def parse_object(data: bytes | str, limits: Limits = DEFAULT_LIMITS, *, max_bytes: int | None = None) -> JsonObject:
    """Like ``parse``, for a document that has to be a JSON object.

    Raises:
        MalformedError: Also when the document is an array, string, number or literal (``json.not_object``).
    """
    value = parse(data, limits, max_bytes=max_bytes)
    if not isinstance(value, dict):
        raise MalformedError("json.not_object")
    return value


def dump(value: JsonValue) -> bytes:
    """Compact UTF-8 JSON, members in the order they have. Not a canonical form: see ``canon.jcs``."""
    try:
        return _COMPACT.encode(value).encode("utf-8")
    except _NOT_WRITABLE as error:
        raise MalformedError("json.not_writable") from error


def dump_pretty(value: JsonValue) -> bytes:
    """UTF-8 JSON for people: two spaces of indentation and a final newline."""
    try:
        pieces = _PRETTY.iterencode(value)  # so small that all at once would take several times the room of the text
        return b"".join(iter(lambda: "".join(islice(pieces, _PIECES_AT_ONCE)).encode("utf-8"), b"")) + b"\n"
    except _NOT_WRITABLE as error:
        raise MalformedError("json.not_writable") from error


def copy_plain(value: JsonObject, written: bytes, limits: Limits = DEFAULT_LIMITS) -> JsonObject | None:
    """A copy that shares nothing which could change, in less time than ``parse_object(written)`` takes to make it.

    Args:
        value: What was written.
        written: The text that ``dump`` made of it.
        limits: As for ``parse``.

    Returns:
        What ``parse_object`` would, or None for ``parse_object`` to look: where anything but objects, arrays, texts,
        true, false, null and whole numbers that everybody reads alike is met, and where a limit could be near.
    """
    if len(written) > limits.json_values:  # no string is longer, nor are there more values
        return None
    try:
        return _copied_object(value, limits.json_object_members, limits.json_depth)
    except _NotPlainError:
        return None


def pointer_to(*steps: str | int) -> str:
    """The JSON Pointer (RFC 6901) for a path of member names and indexes."""
    text = "/".join(map(str, steps))
    if "~" not in text and text.count("/") == len(steps) - 1:
        return "/" + text
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def steps_of(path: Path) -> tuple[str | int, ...]:
    """The names and indexes from the top to a place."""
    found: list[str | int] = []
    while path is not None:
        path, step = path
        found.append(step)
    return tuple(reversed(found))


def pointer_of(path: Path) -> str:
    """The JSON Pointer of a place."""
    return pointer_to(*steps_of(path))


class _NotPlainError(Exception):
    """Not what ``copy_plain`` copies."""


def _copied_object(value: JsonObject, most: int, depth: int) -> JsonObject:
    if depth == 0 or len(value) > most:
        raise _NotPlainError
    made: JsonObject = {}
    for name, item in value.items():
        if type(name) is not str:
            raise _NotPlainError
        made[name] = item if type(item) is str else _copied(item, most, depth - 1)
    return made


def _copied(item: JsonValue, most: int, depth: int) -> JsonValue:
    """Of exactly these types: what is derived from them may be written as something else than it compares as."""
    kind = type(item)
    if kind is dict:
        return _copied_object(item, most, depth)
    if kind is list:
        if depth == 0:
            raise _NotPlainError
        return [one if type(one) is str else _copied(one, most, depth - 1) for one in item]
    if item is None or kind is bool or (kind is int and -INTEROPERABLE < item < INTEROPERABLE):
        return item
    raise _NotPlainError


def _decode(data: bytes | str, most: int) -> str:
    if len(data) > most:
        raise LimitError("json.too_large", limit=most)
    if isinstance(data, str):
        text = data
        try:
            if not text.isascii():
                text.encode("utf-8")  # the quickest search for lone surrogates
        except UnicodeEncodeError as error:
            raise MalformedError("json.encoding") from error
    else:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise MalformedError("json.encoding") from error
    if text.startswith("\ufeff"):
        raise MalformedError("json.byte_order_mark")
    if not text.strip(" \t\r\n"):
        raise MalformedError("json.empty")
    return text


def _check_nesting(text: str, limits: Limits) -> None:
    """Bound depth and count before anything recursive sees the text; brackets inside strings do not count.

    A short text with few brackets is good wherever they stand, and many badges are that.
    Without its escapes, every second part of the text between quotation marks is outside strings. Where that is not so,
    the text is no JSON from there on, and the parser stops there.
    """
    opened = text.count("[") + text.count("{")
    if opened <= limits.json_depth and len(text) <= limits.json_values:
        return
    if "\\" in text:
        text = text.replace("\\\\", "").replace('\\"', "")
    bare = "".join(text.split('"')[::2])
    if bare.count(",") + bare.count("[") + bare.count("{") > limits.json_values:
        raise LimitError("json.too_many_values", limit=limits.json_values)
    if bare.count("[") + bare.count("{") <= limits.json_depth:
        return
    depth = deepest = 0
    for character in re.findall(r"[\[\]{}]", bare):
        if character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        else:
            depth -= 1
    if deepest > limits.json_depth:
        raise LimitError("json.too_deep", limit=limits.json_depth)


def _check_strings(value: JsonValue, most: int) -> None:
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            _check_string(item, most)
        elif isinstance(item, dict):
            for name in item:
                _check_string(name, most)
            stack.extend(item.values())
        elif isinstance(item, list):
            stack.extend(item)


def _check_string(text: str, most: int) -> None:
    if len(text) * 4 > most and len(text.encode("utf-8", "surrogatepass")) > most:
        raise LimitError("json.string_too_long", limit=most)
    if not text.isascii() and _SURROGATE.search(text):
        raise MalformedError("json.lone_surrogate")


@lru_cache(maxsize=16)
def _decoder(most_members: int, most_digits: int) -> json.JSONDecoder:
    """Kept because making one takes as long as a short document; its hooks refuse while the text is still at hand."""

    def members(pairs: list[tuple[str, JsonValue]]) -> JsonObject:
        if len(pairs) > most_members:
            raise LimitError("json.too_many_members", limit=most_members)
        found = dict(pairs)
        if len(found) != len(pairs):
            names = [name for name, _ in pairs]
            twice = next(name for name in names if names.count(name) > 1)
            raise MalformedError("json.duplicate_key", name=twice)
        return found

    def constant(text: str) -> float:
        raise MalformedError("json.not_a_number", text=text)

    def number(text: str) -> float:
        value = float(text)
        if not math.isfinite(value):
            raise MalformedError("json.number_overflow")
        return value

    def integer(text: str) -> int:
        if len(text.lstrip("-")) > most_digits:
            raise LimitError("json.integer_too_long", limit=most_digits)
        return int(text)

    return json.JSONDecoder(object_pairs_hook=members, parse_constant=constant, parse_float=number, parse_int=integer)
