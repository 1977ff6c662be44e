"""How many inputs go to a worker in one message."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import TypeVar

__all__ = ["batches_of"]

_Input = TypeVar("_Input")

_MOST_AT_ONCE = 32  # enough that the message costs less than the work
_BATCHES_KNOWN = 4  # for each process, taken from the inputs before they are needed: so the end is seen coming
_BYTES_KNOWN = 16 * 1024 * 1024  # of those; what is as large as pictures goes in smaller messages


def batches_of(inputs: Iterator[_Input], jobs: int) -> Iterator[list[_Input]]:
    """Single inputs first, so that a few are shared out evenly; more and more at once; fewer again towards the end.

    A worker that has a long message when there is no other left makes everybody wait for it.
    """
    known: deque[_Input] = deque()
    number, at_once, weight = 0, 1, 0
    shares, more = _BATCHES_KNOWN * jobs, True
    while True:
        wanted = at_once * shares
        while more and len(known) < wanted and weight < _BYTES_KNOWN:
            try:
                one = next(inputs)
            except StopIteration:
                more = False
            else:
                known.append(one)
                weight += _bytes_of(one)
        if not known:
            return
        batch = [known.popleft() for _ in range(-(-len(known) // shares))]
        weight -= sum(map(_bytes_of, batch))
        yield batch
        number += 1
        if number % jobs == 0:
            at_once = min(2 * at_once, _MOST_AT_ONCE)


def _bytes_of(one: object) -> int:
    """Of a badge with its name; other inputs are small, or nobody knows."""
    badge = one[1] if isinstance(one, tuple) and len(one) == 2 else None
    return len(badge) if isinstance(badge, (bytes, str)) else 0
