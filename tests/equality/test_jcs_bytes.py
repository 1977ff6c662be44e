"""The quick way to canonical JSON gives the bytes of the reference, or none."""

from __future__ import annotations

import random
from typing import Any

import rfc8785

from openbadges.canon.jcs import _usual

ODD = [0, -1, 2**53 - 1, 2**53, -(2**53), 10**30, 1.0, -0.0, 1e21, 5e-324, 0.1, True, False, None, [], {}, [[]], ()]
NAMES = ["", "a", "A", "_", "a b", "\x7f", "\x00", "\u00e9", "\ue000", "\ufb33", "\U0001f600", '"', "\\"]


def by_the_reference(value: Any) -> bytes | None:
    try:
        return rfc8785.dumps(value)
    except ValueError:
        return None


def test_made_documents(made, how_many):
    quick = 0
    for number in range(how_many):
        document = made(number)
        found = _usual(document)
        if found is not None:
            quick += 1
            assert found == rfc8785.dumps(document)
    assert quick > how_many / 5


def test_odd_members_and_values(how_many):
    chance = random.Random(8785)
    quick = 0
    for _ in range(how_many):
        names = chance.sample(NAMES, chance.randrange(1, 4))
        value = {name: chance.choice([*ODD, *NAMES, {chance.choice(NAMES): [chance.choice(ODD)]}]) for name in names}
        found = _usual(value)
        if found is not None:
            quick += 1
            assert found == by_the_reference(value), value
    assert how_many / 20 < quick < how_many


def test_every_character():
    for start in range(0, 0x110000, 0x400):
        text = "".join(map(chr, range(start, start + 0x400)))
        assert _usual([text, text[::-1]]) == by_the_reference([text, text[::-1]])
    assert _usual(["\ud800"]) is None
