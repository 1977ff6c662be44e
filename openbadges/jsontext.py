"""Strict JSON in, plain JSON out.

What the ``json`` module lets pass is refused here: duplicate member names, NaN and Infinity, numbers that overflow,
lone surrogates, byte order marks, anything after the document, and input over the limits. Depth and size are found by a
scan of the text before it is parsed, so that no input reaches the interpreter's recursion limit.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any

from openbadges.errors import LimitError, MalformedError
from openbadges.limits import DEFAULT_LIMITS, Limits

__all__ = ["JsonObject", "JsonValue", "dump", "dump_pretty", "parse", "parse_object", "pointer_to"]

JsonValue = Any  # None | bool | int | float | str | list[JsonValue] | dict[str, JsonValue]
JsonObject = dict[str, Any]

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
    reader = _Reader(limits)
    try:
        value = json.loads(
            text,
            object_pairs_hook=reader.members,
            parse_constant=reader.constant,
            parse_float=reader.number,
            parse_int=reader.integer,
        )
    except json.JSONDecodeError as error:
        raise MalformedError("json.syntax", line=error.lineno, column=error.colno) from error
    longest = limits.json_string_bytes if max_bytes is None else most
    if len(text) * 4 > longest or _SURROGATE_ESCAPE.search(text):  # no string is longer than the text around it
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
    return _encode(value, indent=None, separators=(",", ":"))


def dump_pretty(value: JsonValue) -> bytes:
    """UTF-8 JSON for people: two spaces of indentation and a final newline."""
    return _encode(value, indent=2, separators=(",", ": ")) + b"\n"


def pointer_to(*steps: str | int) -> str:
    """The JSON Pointer (RFC 6901) for a path of member names and indexes."""
    text = "/".join(map(str, steps))
    if "~" not in text and text.count("/") == len(steps) - 1:
        return "/" + text
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def _encode(value: JsonValue, *, indent: int | None, separators: tuple[str, str]) -> bytes:
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent, separators=separators)
        return text.encode("utf-8")
    except (ValueError, TypeError, RecursionError) as error:  # NaN, a lone surrogate, a foreign type, a cycle
        raise MalformedError("json.not_writable") from error


def _decode(data: bytes | str, most: int) -> str:
    if len(data) > most:
        raise LimitError("json.too_large", limit=most)
    if isinstance(data, str):
        text = data
        if _SURROGATE.search(text):
            raise MalformedError("json.encoding")
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

    Without its escapes, every second part of the text between quotation marks is outside strings. Where that is not so,
    the text is no JSON from there on, and the parser stops there.
    """
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


class _Reader:
    """The hooks of ``json.loads``; they refuse while parsing, where the text is still at hand."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def members(self, pairs: list[tuple[str, JsonValue]]) -> JsonObject:
        if len(pairs) > self._limits.json_object_members:
            raise LimitError("json.too_many_members", limit=self._limits.json_object_members)
        found = dict(pairs)
        if len(found) != len(pairs):
            names = [name for name, _ in pairs]
            twice = next(name for name in names if names.count(name) > 1)
            raise MalformedError("json.duplicate_key", name=twice)
        return found

    def constant(self, text: str) -> float:
        raise MalformedError("json.not_a_number", text=text)

    def number(self, text: str) -> float:
        value = float(text)
        if not math.isfinite(value):
            raise MalformedError("json.number_overflow")
        return value

    def integer(self, text: str) -> int:
        if len(text.lstrip("-")) > self._limits.json_integer_digits:
            raise LimitError("json.integer_too_long", limit=self._limits.json_integer_digits)
        return int(text)
