"""A bar on a terminal that says how far the work on many inputs is."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TypeVar

__all__ = ["with_bar"]

_Answer = TypeVar("_Answer")
_MANY = 10  # fewer are done before a bar could be read


def with_bar(answers: Iterator[_Answer], total: int) -> Iterator[_Answer]:
    """The same answers; with many, a bar on the standard error shows how far they are, if that is a terminal.

    When the answers go to a terminal as well they are held back until all are there, so that the two do not overwrite
    each other.
    """
    if total < _MANY or not sys.stderr.isatty():
        return answers
    from tqdm import tqdm  # noqa: PLC0415 - not needed where no bar is shown

    shown = tqdm(answers, total=total, file=sys.stderr, unit="badge", leave=False, dynamic_ncols=True)
    return iter(list(shown)) if sys.stdout.isatty() else iter(shown)
