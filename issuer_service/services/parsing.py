"""The box that takes anything pasted: names one a line, tables from anywhere, a programme's roster."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from issuer_service.services.columns import column_named
from issuer_service.services.errors import InvalidError
from issuer_service.services.forms import EMAIL, clean_text, is_web_address
from issuer_service.services.recipients import recognise
from issuer_service.services.records import RecipientKind
from issuer_service.services.sentences import Sentence

__all__ = ["MOST_ROWS", "ParsedRow", "parse_recipients", "row_of"]

MOST_ROWS = 10_000
LONGEST_PASTE = 2 * 1024 * 1024  # characters
LONGEST_NARRATIVE = 5_000
_SEPARATORS = ("\t", ";", ",", "|")
_WHO = frozenset({"recipient", "person"})  # a table may have several: an account, an address, how somebody is called
_LOOKS_LIKE_DATA = re.compile(r"[+(]?[0-9][0-9 .,:/()TZ+-]*|https?://\S+|did:\S+|true|false|yes|no|", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedRow:
    """One recipient of a paste.

    Attributes:
        line: Where it stands in the paste, from 1.
        text: What stands there.
        kind: How the recipient is named.
        value: The canonical form: the exact text a verifier has to be given.
        narrative: A remark for this recipient alone.
        evidence: Addresses of pages for this recipient alone.
        level: The level this recipient reached.
        problem: Why this row cannot be used, else None.
    """

    line: int
    text: str
    kind: RecipientKind
    value: str
    narrative: str = ""
    evidence: tuple[str, ...] = ()
    level: str | None = None
    problem: Sentence | None = None


def parse_recipients(text: str, *, prefix: str = "") -> tuple[ParsedRow, ...]:
    """Read a paste. Empty lines are passed over; everything else becomes a row, with a problem where there is one.

    Args:
        text: Names, addresses or DIDs, one a line or separated on one line; or a table with commas, semicolons, tabs or
            bars, with or without a line of headings.
        prefix: The affiliate's prefix for user names.

    Raises:
        InvalidError: It is too long, or has more than 10,000 rows (S-CSV-1).
    """
    if len(text) > LONGEST_PASTE:
        raise InvalidError.of("recipients", "paste.too_long", most=LONGEST_PASTE)
    plain = re.sub(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", "\n", text.lstrip("\ufeff")).replace("\x00", "\ufffd")
    rows: list[ParsedRow] = []
    for line, cells in _records(plain):
        if len(rows) >= MOST_ROWS:
            raise InvalidError.of("recipients", "paste.too_many", most=MOST_ROWS)
        rows.append(row_of(line, cells, prefix=prefix))
    return tuple(rows)


def row_of(line: int, cells: Mapping[str, str], *, prefix: str = "", kind: RecipientKind | None = None) -> ParsedRow:
    """A row from its cells by column: ``recipient``, ``narrative``, ``evidence``, ``level``."""
    text = cells.get("recipient", "")
    found = recognise(text, prefix=prefix, kind=kind)
    narrative = clean_text(cells.get("narrative", ""))
    evidence = tuple(cells.get("evidence", "").split())
    problem = found.problem
    if problem is None and not all(is_web_address(address) for address in evidence):
        problem = Sentence("row.evidence", {})
    if problem is None and (narrative is None or len(narrative) > LONGEST_NARRATIVE):
        problem = Sentence("row.narrative", {"longest": LONGEST_NARRATIVE})
    return ParsedRow(
        line=line,
        text=text.strip()[:300],
        kind=found.kind,
        value=found.value,
        narrative=narrative or "",
        evidence=evidence,
        level=cells.get("level", "").strip() or None,
        problem=problem,
    )


def _records(text: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Line number and cells of each row, whatever the form of the paste."""
    lines = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    if not lines:
        return iter(())
    headed = _headed(lines[0][1]) if len(lines) > 1 else None
    if headed is not None:
        return _table(text, *headed)
    separator = _separator_without_heading([line for _, line in lines])
    if separator is not None:
        return _table(text, separator, None)
    return _list(lines)


def _headed(line: str) -> tuple[str, Sequence[str | None]] | None:
    """Separator and columns, when the first line is one of headings that names the recipients."""
    for separator in _SEPARATORS:
        cells = next(csv.reader([line], delimiter=separator, skipinitialspace=True), [])
        columns = _first_of_each([column_named(cell) for cell in cells])
        if _WHO & set(columns) and (len(cells) > 1 or separator == _SEPARATORS[-1]):
            return separator, columns
    return None


def _first_of_each(columns: Sequence[str | None]) -> Sequence[str | None]:
    return [name if name in _WHO or name not in columns[:place] else None for place, name in enumerate(columns)]


def _separator_without_heading(lines: Sequence[str]) -> str | None:
    """The separator of a table without headings: every line has the same number of cells.

    A comma alone is no proof, for names may hold one: there has to be a column of dates, numbers or addresses.
    """
    for separator in _SEPARATORS:
        rows = [next(csv.reader([line], delimiter=separator, skipinitialspace=True), []) for line in lines[:200]]
        widths = {len(row) for row in rows}
        if len(widths) != 1 or widths == {1} or len(rows) < 2:
            continue
        if separator == "\t":
            return separator
        if any(all(_is_data(row[place]) for row in rows) for place in range(widths.pop())):
            return separator
    return None


def _is_data(cell: str) -> bool:
    return _LOOKS_LIKE_DATA.fullmatch(cell.strip()) is not None or EMAIL.fullmatch(cell.strip()) is not None


def _table(text: str, separator: str, columns: Sequence[str | None] | None) -> Iterator[tuple[int, Mapping[str, str]]]:
    reader = csv.reader(text.splitlines(keepends=True), delimiter=separator, skipinitialspace=True)
    start, is_heading = 1, columns is not None
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:  # a field longer than the reader takes
            yield start, {}
            start = reader.line_num + 1
            continue
        if cells is None:
            return
        line, start = start, reader.line_num + 1
        if not any(cell.strip() for cell in cells):
            continue
        if is_heading:
            is_heading = False
            continue
        yield line, _by_column(cells, columns)


def _by_column(cells: Sequence[str], columns: Sequence[str | None] | None) -> Mapping[str, str]:
    if columns is None:
        addresses = [cell for cell in cells if EMAIL.fullmatch(cell.strip()) or cell.strip().startswith("did:")]
        return {"recipient": (addresses or [cells[0]])[0]}
    named = [(name, cell) for name, cell in zip(columns, cells, strict=False) if name is not None]
    who = sorted((one for one in named if one[0] in _WHO and one[1].strip()), key=lambda one: one[0] == "person")
    return {**dict(named), "recipient": who[0][1] if who else ""}


def _list(lines: Sequence[tuple[int, str]]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Names one a line, or several on a line where that is plain: one line alone, or addresses and DIDs only."""
    for number, line in lines:
        for name in _names_on(line, alone=len(lines) == 1):
            yield number, {"recipient": name}


def _names_on(line: str, *, alone: bool) -> Sequence[str]:
    names = [name for name in re.split(r"[;\t,،、]", line) if name.strip()]
    if len(names) < 2:
        return [line.strip().strip(",;")]
    if alone or all(recognise(name).kind in (RecipientKind.EMAIL, RecipientKind.DID) for name in names):
        return names
    return names if ";" in line or "\t" in line else [line]
