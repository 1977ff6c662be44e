"""What would happen if a paste was given a badge: each row judged, with a reason where it is left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from issuer_service.services.achievements import Held
from issuer_service.services.errors import InvalidError
from issuer_service.services.parsing import MOST_ROWS, ParsedRow, parse_recipients, row_of
from issuer_service.services.ports import UnitOfWork
from issuer_service.services.records import Affiliate, RecipientKind
from issuer_service.services.rubrics import level_names
from issuer_service.services.sentences import Sentence

__all__ = ["Preview", "PreviewRow", "Rows", "judged", "parsed"]

Rows = str | Sequence[Mapping[str, Any]]
_ROW_MEMBERS = frozenset({"recipient", "kind", "narrative", "evidence", "level"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRow(ParsedRow):
    """A row of the preview.

    Attributes:
        ok: Whether a badge would be given.
        reason: Why not.
        duplicate: Whether it would be good but for being there twice, in the paste or among earlier awards.
    """

    ok: bool = True
    reason: Sentence | None = None
    duplicate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What would happen."""

    rows: tuple[PreviewRow, ...]

    @property
    def good(self) -> int:
        """How many badges would be given."""
        return sum(row.ok for row in self.rows)

    @property
    def duplicates(self) -> int:
        """How many rows are left out because they are there already."""
        return sum(row.duplicate for row in self.rows)

    @property
    def bad(self) -> int:
        """How many rows cannot be used."""
        return len(self.rows) - self.good - self.duplicates


def parsed(rows: Rows, affiliate: Affiliate) -> tuple[ParsedRow, ...]:
    """The rows of a paste or of a request.

    Raises:
        InvalidError: It is too long, has too many rows, or a row of a request is no such object.
    """
    prefix = affiliate.recipient_prefix
    if isinstance(rows, str):
        return parse_recipients(rows, prefix=prefix)
    if len(rows) > MOST_ROWS:
        raise InvalidError.of("recipients", "paste.too_many", most=MOST_ROWS)
    return tuple(_given_row(number, row, prefix) for number, row in enumerate(rows, start=1))


def _given_row(number: int, row: Mapping[str, Any], prefix: str) -> ParsedRow:
    """A row of a request; the members are a closed list (S-AZ-2)."""
    given: Any = row  # from a request: its type is only hoped for
    known = isinstance(given, Mapping) and not set(given) - _ROW_MEMBERS
    cells: dict[str, Any] = dict(given) if known else {}
    evidence = cells.get("evidence")
    if isinstance(evidence, (list, tuple)) and all(isinstance(one, str) for one in evidence):
        cells["evidence"] = " ".join(evidence)
    kinds = {kind.value: kind for kind in RecipientKind}
    kind = cells.pop("kind", None)
    cells = {name: "" if value is None else value for name, value in cells.items()}
    if not cells or not all(isinstance(cell, str) for cell in cells.values()) or kind not in {None, *kinds}:
        raise InvalidError.of("recipients", "row.form", number=number)
    return row_of(number, cells, prefix=prefix, kind=None if kind is None else kinds[kind])


def judged(
    work: UnitOfWork,
    held: Held,
    rows: Sequence[ParsedRow],
    *,
    level: str | None = None,
    allow_duplicates: bool,
) -> tuple[PreviewRow, ...]:
    """Each row with whether it gets a badge, and why not.

    Raises:
        InvalidError: ``level``, meant for all rows without one, is not among the achievement's levels.
    """
    levels = level_names(held.version)
    if level is not None and level not in levels:
        raise InvalidError.of("level", "row.level", level=level[:100])
    achievement = held.achievement
    values = [row.value for row in rows if row.problem is None]
    have: set[str] = set()
    if not allow_duplicates:
        found = work.awards_to(achievement.affiliate_id, achievement.id, values)
        have = {award.recipient_value for award in found if award.recipient_value is not None}
    seen: dict[str, int] = {}
    return tuple(_judged_row(row, levels, have, seen) for row in rows)


def _judged_row(row: ParsedRow, levels: Sequence[str], have: set[str], seen: dict[str, int]) -> PreviewRow:
    values = {name: getattr(row, name) for name in ("line", "text", "kind", "value", "narrative", "evidence")}
    level = next((name for name in levels if row.level and name.casefold() == row.level.casefold()), None)
    reason, duplicate = row.problem, False
    if reason is None and row.level is not None and level is None and levels:
        reason = Sentence("row.level", {"level": row.level[:100]})
    elif reason is None and row.value in seen:
        reason, duplicate = Sentence("row.twice", {"line": seen[row.value]}), True
    elif reason is None and row.value in have:
        reason, duplicate = Sentence("row.has_it"), True
    if reason is None or duplicate:
        seen.setdefault(row.value, row.line)
    return PreviewRow(**values, level=level, problem=row.problem, ok=reason is None, reason=reason, duplicate=duplicate)
