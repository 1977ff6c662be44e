"""Numbers of JSON as literals of RDF, and which of them are safe to sign."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from openbadges.errors import MalformedError
from openbadges.jsontext import pointer_to

__all__ = ["XSD_STRING", "check_numbers", "is_exact", "number_literal", "scalar_literal"]

_XSD = "http://www.w3.org/2001/XMLSchema#"
XSD_STRING = f"{_XSD}string"
_BOOLEAN, _INTEGER, _DOUBLE = f"{_XSD}boolean", f"{_XSD}integer", f"{_XSD}double"


def scalar_literal(value: float | bool, coercion: str | None = None) -> str:
    """The canonical literal of a JSON number or truth value, with the ``@type`` of its term."""
    if isinstance(value, bool):
        return _typed("true" if value else "false", _datatype(coercion) or _BOOLEAN)
    return number_literal(value, coercion)


def number_literal(value: float, coercion: str | None = None) -> str:
    """The canonical literal of a JSON number (JSON-LD 1.1 API, section 8.2.2).

    A number without fraction below 10^21 is an integer whatever its spelling, unless the term says ``xsd:double``.
    """
    datatype = _datatype(coercion)
    if datatype != _DOUBLE and abs(value) < 1e21 and value == math.floor(value):
        return _typed(str(int(value)), datatype or _INTEGER)
    mantissa, exponent = f"{float(value):.15E}".split("E")
    digits = mantissa.rstrip("0")
    return _typed(f"{digits}{'0' if digits.endswith('.') else ''}E{int(exponent)}", datatype or _DOUBLE)


def _datatype(coercion: str | None) -> str | None:
    return coercion if coercion and not coercion.startswith("@") else None


def _typed(text: str, datatype: str) -> str:
    """The literal of a text without characters to escape; ``xsd:string`` is not written."""
    return f'"{text}"' if datatype == XSD_STRING else f'"{text}"^^<{datatype}>'


def is_exact(value: float) -> bool:
    """Whether a number has a literal of its own: whoever changed another one into it would be seen."""
    if isinstance(value, int) or value.is_integer():
        return True
    return float(number_literal(value).partition('"^^')[0][1:]) == value


def check_numbers(value: Any, path: tuple[str | int, ...] = ()) -> None:
    """Refuse a document with a number that is not exact.

    Raises:
        MalformedError: ``canon.number``.
    """
    if isinstance(value, Mapping):
        for name, item in value.items():
            check_numbers(item, (*path, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            check_numbers(item, (*path, index))
    elif isinstance(value, float) and not is_exact(value):
        raise MalformedError("canon.number", pointer=pointer_to(*path), number=value)
