"""Typing errors: which known words somebody may have meant.

Words are compared by the groups of three letters they share (trigrams), which finds the near ones among many, and the
near ones letter by letter, which decides. Both are done here and not by a database, so that every database finds the
same.
"""

from __future__ import annotations

import struct
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

__all__ = ["allowed_errors", "near_numbers", "pack", "steps_between", "trigram_index", "trigrams", "unpack"]

_MOST_COMPARED = 40
_SHORT, _LONG = 4, 8  # letters: shorter words may not differ at all, from here on they may differ in two places


def trigrams(word: str) -> list[str]:
    """The groups of three letters, with the beginning and the end marked, each once."""
    marked = f"^{word}$"
    return list(dict.fromkeys(marked[place : place + 3] for place in range(max(1, len(marked) - 2))))


def trigram_index(terms: Iterable[str]) -> Mapping[str, bytes]:
    """For each trigram the numbers of the terms that have it, packed (see ``pack``)."""
    found: dict[str, array[int]] = {}
    for number, term in enumerate(terms):
        for gram in trigrams(term):
            found.setdefault(gram, array("I")).append(number)
    return {gram: pack(numbers) for gram, numbers in found.items()}


def pack(numbers: Sequence[int]) -> bytes:
    """Numbers as four bytes each, the lowest byte first, whatever the machine."""
    return struct.pack(f"<{len(numbers)}I", *numbers)


def unpack(data: bytes) -> tuple[int, ...]:
    """What was packed."""
    return struct.unpack(f"<{len(data) // 4}I", data)


def near_numbers(packed: Iterable[bytes], word: str) -> list[int]:
    """The numbers that share most trigrams with ``word``, those with most first.

    Args:
        packed: What ``trigram_index`` holds for the trigrams of the word.
        word: The word as it was typed.
    """
    shared: Counter[int] = Counter()
    for data in packed:
        shared.update(unpack(data))
    least = max(1, len(trigrams(word)) - 4 * allowed_errors(word))  # one error touches four trigrams at most
    return [number for number, count in shared.most_common(_MOST_COMPARED) if count >= least]


def allowed_errors(word: str) -> int:
    """In how many places a word may differ and still be meant."""
    return 0 if len(word) < _SHORT else 1 if len(word) < _LONG else 2


def steps_between(one: str, other: str, most: int) -> int:
    """How many letters have to be put in, taken out, changed or swapped with their neighbour; ``most + 1`` for more.

    The restricted Damerau-Levenshtein distance.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    older: list[int] = []
    old = list(range(len(other) + 1))
    for place, letter in enumerate(one, start=1):
        row = [place]
        for column, opposite in enumerate(other, start=1):
            steps = min(old[column] + 1, row[-1] + 1, old[column - 1] + (letter != opposite))
            if place > 1 and column > 1 and letter == other[column - 2] and one[place - 2] == opposite:
                steps = min(steps, older[column - 2] + 1)
            row.append(steps)
        older, old = old, row
    return min(old[-1], most + 1)
