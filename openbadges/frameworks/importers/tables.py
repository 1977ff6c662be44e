"""Reading tables of text: from bytes, files or lines, bounded, with or without byte order mark."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO

from openbadges.errors import LimitError, MalformedError
from openbadges.frameworks.limits import FrameworkLimits

__all__ = ["Source", "Table", "delimiter_of", "open_table", "rows_of", "text_lines", "unguarded"]

Source = bytes | str | IO[bytes] | Iterable[str]
"""A table: its bytes (UTF-8), its text, an open binary file, or its lines."""

_DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose first line was read.

    Attributes:
        header: The names of its columns.
        rows: The rows that are not empty, with their numbers as a spreadsheet counts them: 2 for the first.
    """

    header: tuple[str, ...]
    rows: Iterator[tuple[int, list[str]]]


def open_table(source: Source, limits: FrameworkLimits) -> Table:
    """Read the first line; the others are read as they are asked for.

    Raises:
        LimitError: The table is longer than ``limits.file_bytes``; also while rows are read.
        MalformedError: It is not a table in UTF-8; also while rows are read.
    """
    lines = text_lines(source, limits)
    first = next(lines, "")
    delimiter = delimiter_of(first)
    header = tuple(name.strip().strip('"') for name in first.strip("\r\n").split(delimiter))
    return Table(header, rows_of(lines, delimiter, first=2))


def text_lines(source: Source, limits: FrameworkLimits) -> Iterator[str]:
    """The lines of a table, one at a time, with their line ends.

    Raises:
        LimitError: The table is longer than ``limits.file_bytes``.
        MalformedError: It is not UTF-8.
    """
    if isinstance(source, (bytes, str)):
        source = io.StringIO(source, newline="") if isinstance(source, str) else io.BytesIO(source)
    size, first = 0, True
    for line in _bounded(source, limits.file_bytes):
        try:
            words = line if isinstance(line, str) else line.decode("utf-8")
            size += len(words.encode("utf-8"))
        except UnicodeError as error:
            raise MalformedError("json.encoding") from error
        if size > limits.file_bytes:
            raise LimitError("json.too_large", limit=limits.file_bytes)
        yield words.removeprefix("\ufeff") if first else words
        first = False


def _bounded(source: IO[bytes] | IO[str] | Iterable[str], most: int) -> Iterable[bytes | str]:
    """The lines of a file, none longer than the whole may be, even where the file is one endless line."""
    if isinstance(source, io.IOBase):
        return iter(lambda: source.readline(most + 1) or None, None)
    return source


def rows_of(lines: Iterator[str], delimiter: str, *, first: int = 1) -> Iterator[tuple[int, list[str]]]:
    """The rows of a table that are not empty, with their numbers as a spreadsheet counts them.

    Args:
        lines: The lines to read.
        delimiter: What stands between cells.
        first: The number of the first row.

    Raises:
        MalformedError: The table cannot be read further, e.g. because a quoted cell is longer than 128 KiB, or never
            ends and would swallow the rows after it.
    """
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    number = first
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield number, row
            number += 1
    except csv.Error as error:
        raise MalformedError("frameworks.bad_table", row=number) from error


def delimiter_of(header: str) -> str:
    """The delimiter that stands most often in the first line."""
    return max(_DELIMITERS, key=header.count)


def unguarded(cell: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@", "\t", "\r") else cell
