"""Writer of plain tables that open in a spreadsheet and are read back by ``importers.plain_csv``."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

from openbadges.frameworks.document_writer import to_document
from openbadges.frameworks.exporters.exported import Exported
from openbadges.frameworks.exporters.losses import note_uncarried
from openbadges.frameworks.exporters.options import DEFAULT_EXPORT, ExportOptions
from openbadges.frameworks.exporters.strict_case import Losses
from openbadges.frameworks.model import Framework

__all__ = ["write_csv"]

_LISTS = ("broader", "related", "exact", "close", "precedes", "replacedBy", "partOf", "extends", "uses")
_PLAIN = ("code", "id", "kind", "order", "identifier", "slug", "status", "version", "scheme")
_TEXTS = ("label", "description", "altLabels")
_FRAMEWORK = frozenset(
    [
        "format",
        "id",
        "code",
        "version",
        "status",
        "title",
        "description",
        "languages",
        "extends",
        "uses",
        "scheme",
        "levels",
        "groups",
        "skills",
    ]
)
_LEVEL = frozenset(["key", "order", "label", "description"])
_ITEM = frozenset((*_PLAIN, *_TEXTS, *_LISTS, "group", "narrower")) - {"order", "version", "scheme"}


def write_csv(framework: Framework, options: ExportOptions = DEFAULT_EXPORT) -> Exported:  # noqa: ARG001 - as all exporters
    """The framework, its levels, groups and skills as a table with one column a language.

    Cells that a spreadsheet would take for a formula begin with an apostrophe. Roles, contexts, mappings and what else
    a table has no column for are listed as losses.
    """
    document = to_document(framework)
    losses = Losses()
    note_uncarried(document, losses, framework=_FRAMEWORK, level=_LEVEL, item=_ITEM)
    rows = [{**document, "label": document["title"], "kind": "framework"}]
    rows += [{**level, "code": level["key"], "kind": "level"} for level in document.get("levels", ())]
    rows += [{**group, "kind": "group"} for group in document.get("groups", ())]
    rows += [{"kind": "skill", **skill} for skill in document.get("skills", ())]
    languages = _languages(rows)
    columns = [(name, "") for name in _PLAIN if any(row.get(name) for row in rows)]
    columns += [
        (name, tag) for name in _TEXTS for tag in languages if any(tag in _mapping(row.get(name)) for row in rows)
    ]
    columns += [(name, "") for name in _LISTS if any(row.get(name) for row in rows)]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([f"{name}_{tag}" if tag else name for name, tag in columns])
    for row in rows:
        writer.writerow([_cell(row, name, tag) for name, tag in columns])
    return Exported(text=out.getvalue(), losses=losses.all())


def _languages(rows: list[dict[str, Any]]) -> list[str]:
    return list(dict.fromkeys(tag for row in rows for name in _TEXTS for tag in _mapping(row.get(name))))


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _cell(row: Mapping[str, Any], name: str, tag: str) -> str:
    value = _mapping(row.get(name)).get(tag) if tag else row.get(name)
    if isinstance(value, list):
        targets = [str(each["target"]) if isinstance(each, Mapping) else str(each) for each in value]
        return _guarded("\n".join(targets))
    return _guarded("" if value is None else str(value))


def _guarded(cell: str) -> str:
    """A spreadsheet runs what begins with one of these; an apostrophe makes it text."""
    return "'" + cell if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
