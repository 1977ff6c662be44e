"""Working through many inputs, with a bar on a terminal that says how far it is."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

__all__ = ["in_order"]

_Input = TypeVar("_Input")
_Answer = TypeVar("_Answer")
_MANY = 10  # fewer are done before a bar could be read


def in_order(answer: Callable[[_Input], _Answer], inputs: Sequence[_Input]) -> Iterator[_Answer]:
    """The answers in the order of the inputs, each as soon as it is there.

    With many inputs a bar on the standard error shows how far it is, if that is a terminal. When the answers go to a
    terminal as well they are held back until all are there, so that the two do not overwrite each other.
    """
    if len(inputs) < _MANY or not sys.stderr.isatty():
        return map(answer, inputs)
    from tqdm import tqdm  # noqa: PLC0415 - not needed where no bar is shown

    answers = map(answer, tqdm(inputs, file=sys.stderr, unit="badge", leave=False, dynamic_ncols=True))
    return iter(list(answers)) if sys.stdout.isatty() else answers
