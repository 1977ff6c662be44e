"""A copy of plain JSON is what the parser would have made of its text, or is not made at all."""

from __future__ import annotations

import enum
import random
from collections import OrderedDict
from typing import Any

import pytest

from openbadges.errors import OpenBadgesError
from openbadges.jsontext import copy_plain, dump, parse_object
from openbadges.limits import Limits


class Text(str):
    __slots__ = ()


class Number(enum.IntEnum):
    ONE = 1


PLAIN: list[Any] = ["", "a", "é\ufffe", '"\\\n', 0, 1, -1, 2**53 - 1, 1 - 2**53, True, False, None]
OTHER: list[Any] = [
    1.0,
    1.5,
    -0.0,
    2**53,
    -(2**53),
    10**25,
    Number.ONE,
    Text("a"),
    (1, 2),
    OrderedDict(a=1),
    {1: 2},
    {Text("a"): 1},
]


def value(chance: random.Random, depth: int, leaves: list[Any]) -> Any:
    kind = chance.random() if depth else 1
    if kind < 0.35:
        return {f"n{number}": value(chance, depth - 1, leaves) for number in range(chance.randint(0, 4))}
    if kind < 0.6:
        return [value(chance, depth - 1, leaves) for _ in range(chance.randint(0, 4))]
    return chance.choice(leaves)


def copied(document: Any, **limits: int) -> Any:
    return copy_plain(document, dump(document), Limits(**limits))


def types(item: Any) -> Any:
    """The value with the type of each part: to Python 1, 1.0 and True are equal."""
    if isinstance(item, dict):
        return [(type(name), name, types(one)) for name, one in item.items()]
    return [types(one) for one in item] if isinstance(item, list) else (type(item), item)


@pytest.mark.parametrize("number", range(200))
def test_a_copy_is_what_the_parser_makes(number: int) -> None:
    chance = random.Random(number)
    leaves = PLAIN * 5 + OTHER if number % 2 else PLAIN
    document = {"a": value(chance, 4, leaves), "b": value(chance, 4, leaves)}
    found = copied(document)
    if number % 2 == 0:
        assert found is not None
    if found is not None:
        assert types(found) == types(parse_object(dump(document)))


@pytest.mark.parametrize("other", OTHER, ids=repr)
@pytest.mark.parametrize(
    "around", [lambda item: {"a": item}, lambda item: {"a": [item]}, lambda item: {"a": [{"b": item}]}]
)
def test_what_is_not_plain_is_left_to_the_parser(other: Any, around: Any) -> None:
    assert copied(around(other)) is None


def test_a_copy_shares_nothing_that_can_change() -> None:
    inner: list[Any] = [{"c": 1}]
    document = {"a": {"b": inner}}
    found = copied(document)
    inner[0]["c"] = 2
    inner.append(3)
    document["a"]["d"] = []
    assert found == {"a": {"b": [{"c": 1}]}}


@pytest.mark.parametrize(
    ("document", "limits"),
    [
        ({"a": {"b": {}}}, {"json_depth": 3}),
        ({"a": [[]]}, {"json_depth": 3}),
        ({"a": [{}]}, {"json_depth": 3}),
        ({"a": 1, "b": {"c": 1, "d": 2}}, {"json_object_members": 2}),
    ],
)
def test_limits_are_those_of_the_parser(document: Any, limits: dict[str, int]) -> None:
    text = dump(document)
    assert copied(document, **limits) == parse_object(text, Limits(**limits))
    tighter = {name: most - 1 for name, most in limits.items()}
    assert copied(document, **tighter) is None
    with pytest.raises(OpenBadgesError):
        parse_object(text, Limits(**tighter))


def test_a_long_text_is_left_to_the_parser() -> None:
    document = {"a": "x" * 20}
    length = len(dump(document))
    assert copied(document, json_values=length) == document
    assert copied(document, json_values=length - 1) is None
