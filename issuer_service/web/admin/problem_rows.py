"""Everything that is wrong with a list of skills, with its place, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext

from issuer_service.services.framework_imports import UnreadableError
from issuer_service.web.report_words import sentence
from issuer_service.web.words import clean

__all__ = ["Refusal", "refusal"]

_MOST = 200


@dataclass(frozen=True, slots=True)
class Refusal:
    """Place and sentence of each problem, the first ones of many."""

    rows: Sequence[tuple[str, str]]
    total: int

    @property
    def rest(self) -> int:
        """How many are not shown."""
        return self.total - len(self.rows)


def refusal(error: UnreadableError) -> Refusal:
    """What a page shows of it."""
    rows = [(_place(one.place), sentence(one.code, one.params)) for one in error.found[:_MOST]]
    return Refusal(rows, error.total)


def _place(place: str) -> str:
    """``row 7`` in the reader's language; a pointer or a code as it is."""
    row = re.fullmatch(r"row (\d+)(.*)", place, re.DOTALL)
    if row is None:
        return clean(place, 200)
    words = gettext("row %(number)s", number=row[1])
    return f"{words}{clean(row[2], 200)}"
