"""What the schemas ask of single values: the formats, and that no item of an array stands twice."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from itertools import combinations
from types import MappingProxyType
from typing import Any

from openbadges.encoding.times import is_date_time, parse_date
from openbadges.errors import MalformedError
from openbadges.models.lexical import is_uri

__all__ = ["FORMATS", "is_unique"]

_FEW = 8  # items, each of which may be compared with each


def _is_date(text: str) -> bool:
    try:
        parse_date(text)
    except MalformedError:
        return False
    return True


FORMATS: Mapping[str, Callable[[str], bool]] = MappingProxyType(
    {"date-time": is_date_time, "date": _is_date, "uri": is_uri}
)


def is_unique(items: list[Any]) -> bool:
    """Whether no two items of an array are equal, as JSON Schema counts equality; in linear time."""
    if all(type(item) is str for item in items):
        return len(set(items)) == len(items)
    if len(items) <= _FEW and all(one != other for one, other in combinations(items, 2)):
        return True  # to Python more is equal (1 and True) than to JSON
    return len({json.dumps(_comparable(item), sort_keys=True, default=repr) for item in items}) == len(items)


def _comparable(value: Any) -> Any:
    """The value with 1.0 written as 1: JSON Schema takes them for equal."""
    if isinstance(value, list):
        return [_comparable(item) for item in value]
    if isinstance(value, dict):
        return {str(name): _comparable(item) for name, item in value.items()}
    return int(value) if isinstance(value, float) and value.is_integer() else value
