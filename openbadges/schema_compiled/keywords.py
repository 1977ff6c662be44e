"""One function for each keyword of a JSON Schema: does this value pass?"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

Test = Callable[[Any], bool]  # of any JSON value; one that is of another kind than the keyword speaks of passes

KINDS: Mapping[str, type | tuple[type, ...]] = MappingProxyType(
    {"object": dict, "array": list, "string": str, "boolean": bool, "number": (int, float)}
)
_MOST_KEPT = 100
_MOST_ITEMS = 3
_LONGEST_KEPT = 100


def never(_value: Any) -> bool:
    """For what is not covered: the reference decides."""
    return False


def always(_value: Any) -> bool:
    """For a schema without rules."""
    return True


def of_type(name: Any, _node: object) -> Test:
    """``type``; one name, not a list of them."""
    kind = KINDS.get(name) if isinstance(name, str) else None
    if kind is None:
        return never
    if name == "number":  # to Python true and false are numbers, to JSON they are not
        return lambda value: isinstance(value, kind) and not isinstance(value, bool)
    return lambda value: isinstance(value, kind)


def one_of(values: Sequence[Any]) -> Test:
    """Texts only: for numbers and true, Python's equality is not that of JSON Schema."""
    if not all(isinstance(value, str) for value in values):
        return never
    texts = frozenset(values)
    return lambda value: isinstance(value, str) and value in texts


def matching(pattern: str) -> Test:
    """``pattern``."""
    of_text = text_matching(pattern)
    return lambda value: not isinstance(value, str) or of_text(value)


def text_matching(pattern: str) -> Callable[[str], bool]:
    """``pattern``, of what is known to be a text."""
    search = re.compile(pattern, re.ASCII).search  # as models.lexical.matches
    return lambda text: search(text) is not None and not text.endswith("\n")


def with_members(names: Sequence[str]) -> Test:
    """``required``."""
    return lambda value: not isinstance(value, dict) or all(name in value for name in names)


def without_others(inner: Any, node: Mapping[str, Any]) -> Test:
    """``additionalProperties``, true or false."""
    if inner is True:
        return always
    known = frozenset(node.get("properties", ()))
    return never if inner is not False else lambda value: not isinstance(value, dict) or value.keys() <= known


def each(inner: Test) -> Test:
    """``items``, one schema for all."""

    def test(value: Any) -> bool:
        if isinstance(value, list):
            for item in value:
                if not inner(item):
                    return False
        return True

    return test


def containing(inner: Test) -> Test:
    """``contains``."""
    any_of_them = some(inner)
    return lambda value: not isinstance(value, list) or any_of_them(value)


def some(inner: Test) -> Test:
    """Whether one of the items of an array passes."""

    def test(value: Any) -> bool:
        for item in value:  # noqa: SIM110 - a generator would cost a quarter more
            if inner(item):
                return True
        return False

    return test


def at_least(least: int) -> Test:
    """``minItems``."""
    return lambda value: not isinstance(value, list) or len(value) >= least


def any_of(tests: Sequence[Test]) -> Test:
    """``anyOf``."""

    def test(value: Any) -> bool:
        for one in tests:  # noqa: SIM110 - a generator would cost a quarter more
            if one(value):
                return True
        return False

    return test


def all_of(tests: Sequence[Test]) -> Test:
    """``allOf``."""
    if not tests:
        return always
    if len(tests) == 1:
        return tests[0]

    def test(value: Any) -> bool:
        for one in tests:  # noqa: SIM110 - a generator would cost a quarter more
            if not one(value):
                return False
        return True

    return test


def remembering(inner: Test) -> Test:
    """The same test, which keeps its answers for arrays of a few short texts: what ``type`` is nearly everywhere."""
    known: dict[tuple[str, ...], bool] = {}

    def test(value: Any) -> bool:
        if type(value) is not list or len(value) > _MOST_ITEMS:
            return inner(value)
        try:
            found = known.get(key := tuple(value))  # no other value is equal to a text
        except TypeError:  # an object in it
            return inner(value)
        if found is None:
            found = inner(value)
            short = all(type(item) is str and len(item) <= _LONGEST_KEPT for item in key)
            if short and len(known) < _MOST_KEPT:
                known[key] = found
        return found

    return test
