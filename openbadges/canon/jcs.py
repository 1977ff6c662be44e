"""JSON Canonicalization Scheme (RFC 8785) on I-JSON (RFC 7493), with typed errors.

The bytes are made by the ``rfc8785`` package; this module says what is wrong, and where, when there are none. For what
nearly all badges are made of (ASCII member names, no fractions) the encoder of the ``json`` module, which is written in
C, gives the same bytes in a tenth of the time; ``tests/equality`` compares them.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any, Final

import rfc8785

from openbadges.errors import LimitError, MalformedError, OpenBadgesError
from openbadges.jsontext import JsonValue, pointer_to

__all__ = ["canonicalize"]

_LARGEST: Final = 2**53 - 1  # beyond it two integers are one number in ECMAScript (RFC 7493, section 2.2)
_SURROGATE = re.compile("[\ud800-\udfff]")
_AS_THEY_ARE: Final = frozenset({str, bool, type(None)})  # both write these in the same way
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


def canonicalize(value: JsonValue) -> bytes:
    """The canonical UTF-8 bytes of a JSON value: members by UTF-16 code units, numbers as ECMAScript writes them.

    Args:
        value: Parsed JSON: dicts, lists, texts, numbers, booleans, None.

    Raises:
        MalformedError: Not I-JSON, with the pointer of the place: ``canon.integer_too_large``, ``canon.not_a_number``,
            ``canon.lone_surrogate``, ``json.not_writable`` (a foreign type or a member name that is no text).
        LimitError: ``canon.too_deep``: nested deeper than the interpreter can follow, or a cycle.
    """
    usual = _usual(value)
    if usual is not None:
        return usual
    try:
        return rfc8785.dumps(value)
    except RecursionError as error:
        raise LimitError("canon.too_deep") from error
    except (ValueError, TypeError) as error:
        raise _fault(value) from error


def _usual(value: JsonValue) -> bytes | None:
    """The canonical bytes of an object or array of the usual kind; None where the reference has to be asked."""
    try:
        text = _ENCODER.encode(value).encode("utf-8")  # first: it ends at a cycle
        return text if _is_usual(value) else None
    except (ValueError, TypeError, RecursionError):
        return None


def _is_usual(value: JsonValue) -> bool:
    """Whether order and numbers are the same to ``json``: by code point, and no fraction or large number."""
    pending = [value]
    for item in pending:  # grows on the way
        if type(item) is dict:
            if not "".join(item).isascii():
                return False
            pending += [member for member in item.values() if type(member) not in _AS_THEY_ARE]
        elif type(item) is list:
            pending += [member for member in item if type(member) not in _AS_THEY_ARE]
        elif type(item) is not int or abs(item) > _LARGEST:
            return False
    return True


def _fault(value: Any) -> OpenBadgesError:
    pending: list[tuple[Any, tuple[str | int, ...]]] = [(value, ())]
    while pending:
        item, path = pending.pop()
        code = _code(item)
        if code is not None:
            return MalformedError(code, pointer=pointer_to(*path))
        if isinstance(item, dict):
            for name, member in item.items():
                code = _code(name) if isinstance(name, str) else "json.not_writable"
                if code is not None:
                    return MalformedError(code, pointer=pointer_to(*path))
                pending.append((member, (*path, name)))
        elif isinstance(item, (list, tuple)):
            pending.extend((member, (*path, step)) for step, member in enumerate(item))
    return MalformedError("json.not_writable")


def _code(item: Any) -> str | None:
    if item is None or isinstance(item, (bool, dict, list, tuple)):
        return None
    if isinstance(item, int):
        return "canon.integer_too_large" if abs(item) > _LARGEST else None
    if isinstance(item, float):
        return None if math.isfinite(item) else "canon.not_a_number"
    if isinstance(item, str):
        return "canon.lone_surrogate" if _SURROGATE.search(item) else None
    return "json.not_writable"
