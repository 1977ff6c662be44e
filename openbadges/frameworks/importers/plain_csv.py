"""Reader of plain tables: one row a skill, with the column names that people and other projects use.

Columns (any order, any case; ``COLUMNS`` lists other names for them): ``code``, ``id``, ``label``, ``description``,
``parent``, ``kind``, ``related``, ``exact``, ``close``, ``altLabels``. Texts may have a language: ``label_fr``. A row
of the kind ``framework`` describes the framework itself (also what it ``uses`` or ``extends``), ``level`` a level (its
key is the ``code``), ``group`` a group. Several values in one cell stand on lines of their own or between bars (``|``).
Other columns are kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from openbadges.frameworks.document import framework_from_document
from openbadges.frameworks.importers.options import DEFAULT_OPTIONS, ImportOptions
from openbadges.frameworks.importers.tables import delimiter_of, rows_of, text_lines, unguarded
from openbadges.frameworks.kinds import is_uri
from openbadges.frameworks.model import FORMAT, Framework
from openbadges.frameworks.problems import ProblemList

__all__ = ["COLUMNS", "read_csv"]

COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "code": "code",
        "elementid": "code",
        "notation": "code",
        "humancodingscheme": "code",
        "id": "id",
        "uri": "id",
        "url": "id",
        "concepturi": "id",
        "uuid": "identifier",
        "identifier": "identifier",
        "label": "label",
        "name": "label",
        "title": "label",
        "skillname": "label",
        "elementname": "label",
        "preferredlabel": "label",
        "description": "description",
        "statement": "description",
        "skillstatement": "description",
        "definition": "description",
        "altlabels": "altLabels",
        "parent": "broader",
        "broader": "broader",
        "group": "broader",
        "kind": "kind",
        "type": "kind",
        "related": "related",
        "exact": "exact",
        "close": "close",
        "precedes": "precedes",
        "replacedby": "replacedBy",
        "partof": "partOf",
        "slug": "slug",
        "status": "status",
        "version": "version",
        "order": "order",
        "extends": "extends",
        "uses": "uses",
        "scheme": "scheme",
    }
)
"""Column name in small letters, without spaces, to member of the file format."""

_TEXTS = ("label", "description")
_LISTS = ("broader", "related", "exact", "close", "precedes", "replacedBy", "partOf", "extends", "uses")
_LANGUAGE_SUFFIX = re.compile(r"(.+?)[_@]([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)")


def read_csv(data: bytes | str, options: ImportOptions = DEFAULT_OPTIONS) -> Framework:
    """Read a table of skills.

    Args:
        data: UTF-8 text with commas, semicolons or tabs.
        options: ``framework_id`` and ``title``, unless a row of the kind ``framework`` says them; ``language`` of
            columns without one.

    Raises:
        ImportProblems: Rows are wrong; every one is listed with its number.
        MalformedError: Not a table in UTF-8.
        LimitError: Over a limit.
    """
    limits = options.limits
    problems = ProblemList(limits.problems)
    lines = text_lines(data, limits)
    first = next(lines, "")
    header = next(rows_of(iter([first]), delimiter_of(first)), (1, []))[1]
    columns = [_column(name, options.language) for name in header]
    named = [name.strip().casefold() for name in header if name.strip()]
    for name in sorted({name for name in named if named.count(name) > 1}):
        problems.add("row 1", "frameworks.column_twice", name=name)
    if not any(member == "label" for member, _ in columns):
        problems.add("row 1", "frameworks.missing_columns", names=["label"])
    problems.stop()
    table = _Table(options)
    for number, cells in rows_of(lines, delimiter_of(first), first=2):
        place = f"row {number}"
        if len(cells) > len(columns):
            problems.add(place, "frameworks.wrong_columns", found=len(cells), wanted=len(columns))
        table.add(place, _record(columns, cells))
    if "id" not in table.header:
        problems.add("", "frameworks.no_framework_id")
        table.header["id"] = "urn:missing:id"  # so that what else is wrong is said, too
    return framework_from_document(table.document(), limits=limits, places=table.place, problems=problems)


def _column(name: str, language: str) -> tuple[str, str]:
    """The member that a column fills, and its language where it holds texts."""
    plain = name.strip()
    suffix = _LANGUAGE_SUFFIX.fullmatch(plain)
    if suffix is not None:
        member = COLUMNS.get(_folded(suffix[1]))
        if member in (*_TEXTS, "altLabels"):
            return member, suffix[2]
    return COLUMNS.get(_folded(plain), plain or "column"), language


def _folded(name: str) -> str:
    return re.sub(r"[\s_-]+", "", name).casefold()


def _record(columns: list[tuple[str, str]], cells: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for (member, language), cell in zip(columns, cells, strict=False):
        words = unguarded(cell).strip()
        if not words:
            continue
        if member in _TEXTS:
            found.setdefault(member, {})[language] = words
        elif member == "altLabels":
            found.setdefault(member, {})[language] = _values(words)
        elif member in _LISTS:
            found.setdefault(member, []).extend(_values(words))
        else:
            found.setdefault(member, words)
    if "id" in found and not is_uri(found["id"]) and "code" not in found:
        found["code"] = found.pop("id")
    return found


def _values(cell: str) -> list[str]:
    return [unguarded(value).strip() for value in re.split(r"[\n|]", cell) if value.strip()]


class _Table:
    """Rows sorted by what they describe."""

    def __init__(self, options: ImportOptions) -> None:
        scheme = options.scheme
        stated = {"id": options.framework_id, "version": options.version, "scheme": scheme}
        self.header: dict[str, Any] = {name: value for name, value in stated.items() if value is not None}
        self._title = options.title
        self._language = options.language
        self._rows: dict[str, list[dict[str, Any]]] = {"levels": [], "groups": [], "skills": []}
        self._places: dict[str, str] = {}

    def add(self, place: str, record: dict[str, Any]) -> None:
        kind = str(record.get("kind", "skill")).casefold()
        if kind == "framework":
            self.header = {**_header(record), **self.header}
            return
        collection = {"level": "levels", "group": "groups"}.get(kind, "skills")
        if kind in ("level", "group", "skill"):
            record.pop("kind", None)
        if collection == "levels":
            record["key"] = record.pop("code", None)
            order = str(record.get("order", ""))
            record["order"] = int(order) if re.fullmatch(r"\d{1,3}", order) else len(self._rows["levels"]) + 1
        self._places[f"/{collection}/{len(self._rows[collection])}"] = place
        self._rows[collection].append(record)

    def document(self) -> dict[str, Any]:
        title = {"title": {self._language: self._title or self.header["id"]}}
        return {"format": FORMAT, **title, **self.header, **{name: rows for name, rows in self._rows.items() if rows}}

    def place(self, pointer: str) -> str:
        prefix = "/".join(pointer.split("/")[:3])
        rest = pointer[len(prefix) :].strip("/")
        found = self._places.get(prefix)
        if found is None:
            return pointer
        return f"{found}, {rest}" if rest else found


def _header(record: Mapping[str, Any]) -> dict[str, Any]:
    names = ("id", "code", "version", "status", "scheme", "description", "extends", "uses")
    found = {name: record[name] for name in names if name in record}
    return {**found, **({"title": record["label"]} if "label" in record else {})}
