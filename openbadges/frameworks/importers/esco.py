"""Reader of ESCO's skill tables: one CSV file a language, merged by ``conceptUri`` as they are read.

The header has 13 columns (8 in older editions); only ``conceptUri`` and ``preferredLabel`` are needed. ESCO has 14,000
skills in 28 languages: rows are taken one at a time, and each text is held once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from openbadges.frameworks.importers.options import DEFAULT_OPTIONS, ImportOptions
from openbadges.frameworks.importers.tables import Source, delimiter_of, rows_of, text_lines, unguarded
from openbadges.frameworks.kinds import is_language, is_uri
from openbadges.frameworks.model import Framework, Item
from openbadges.frameworks.problems import ProblemList

__all__ = ["ESCO_SKILLS", "read_esco", "read_esco_files"]

ESCO_SKILLS = "http://data.europa.eu/esco/concept-scheme/skills"
_NEEDED = ("conceptUri", "preferredLabel")
_PLAIN = ("reuseLevel", "modifiedDate", "inScheme", "conceptType", "skillType")
_PER_LANGUAGE = ("scopeNote", "definition")


def read_esco(data: bytes | str, options: ImportOptions = DEFAULT_OPTIONS) -> Framework:
    """Read one ESCO skill table; its language is ``options.language``.

    Raises:
        ImportProblems: Rows are wrong; every one is listed with its number.
        MalformedError: Not a table in UTF-8.
        LimitError: Over a limit.
    """
    return read_esco_files({options.language: data}, options)


def read_esco_files(sources: Mapping[str, Source], options: ImportOptions = DEFAULT_OPTIONS) -> Framework:
    """Read ESCO skill tables of several languages into one framework.

    Args:
        sources: Language tag to table; open binary files are read line by line.
        options: ``version`` is ESCO's version, e.g. ``1.2.0``.

    Raises:
        ImportProblems: Rows are wrong; every one is listed with language and number.
        MalformedError: Not a table in UTF-8.
        LimitError: A table is longer than ``FrameworkLimits.file_bytes``.
    """
    problems = ProblemList(options.limits.problems)
    drafts: dict[str, _Draft] = {}
    words: dict[str, str] = {}
    if len(sources) > options.limits.languages:
        problems.add("", "frameworks.too_many_languages", limit=options.limits.languages)
        problems.stop()
    for language, source in sources.items():
        if not is_language(language):
            problems.add("", "frameworks.bad_language", value=language)
            continue
        seen: dict[str, str] = {}
        for place, row in _rows(source, language, options, problems):
            uri = row["conceptUri"]
            if seen.setdefault(uri, place) != place:
                problems.add(place, "frameworks.twice", name=uri, first=seen[uri])
                continue
            if uri not in drafts and len(drafts) == options.limits.items:
                problems.add(place, "frameworks.too_many_items", limit=options.limits.items)
                break
            drafts.setdefault(uri, _Draft()).add(language, row, words)
    problems.stop()
    items = [drafts.pop(uri).item(uri) for uri in tuple(drafts)]
    return Framework(
        id=options.framework_id or ESCO_SKILLS,
        title=MappingProxyType({"en": options.title or "ESCO"}),
        version=options.version,
        scheme=options.scheme or "esco",
        languages=tuple(sources),
        items=(*(item for item in items if item.kind == "group"), *(item for item in items if item.kind != "group")),
    )


def _rows(
    source: Source, language: str, options: ImportOptions, problems: ProblemList
) -> Iterator[tuple[str, dict[str, str]]]:
    """The usable rows by column name."""
    lines = text_lines(source, options.limits)
    first = next(lines, "")
    header = [name.strip() for name in first.strip("\r\n").split(delimiter_of(first))]
    header = [name.strip('"') for name in header]
    missing = [name for name in _NEEDED if name not in header]
    if missing:
        problems.add(f"{language} row 1", "frameworks.missing_columns", names=missing)
        return
    for number, cells in rows_of(lines, delimiter_of(first)):
        place = f"{language} row {number + 1}"
        if len(cells) != len(header):
            problems.add(place, "frameworks.wrong_columns", found=len(cells), wanted=len(header))
            continue
        row = {name: unguarded(cell).strip() for name, cell in zip(header, cells, strict=True)}
        if not is_uri(row["conceptUri"]):
            problems.add(place, "frameworks.bad_uri", value=row["conceptUri"])
        elif not row["preferredLabel"]:
            problems.add(place, "frameworks.missing_member", name="preferredLabel")
        else:
            yield place, row


class _Draft:
    """One concept while its languages come in."""

    __slots__ = ("alt", "description", "label", "more", "status", "texts")

    def __init__(self) -> None:
        self.label: dict[str, str] = {}
        self.description: dict[str, str] = {}
        self.alt: dict[str, tuple[str, ...]] = {}
        self.texts: dict[str, dict[str, Any]] = {}
        self.more: dict[str, str] = {}
        self.status: str | None = None

    def add(self, language: str, row: Mapping[str, str], words: dict[str, str]) -> None:
        """Take over one row; what many rows repeat is held once, in ``words``."""
        self.label[language] = row["preferredLabel"]
        if row.get("description"):
            self.description[language] = row["description"]
        alternatives = _labels(row.get("altLabels", ""))
        if alternatives:
            self.alt[language] = alternatives
        hidden = _labels(row.get("hiddenLabels", ""))
        if hidden:
            self.texts.setdefault("hiddenLabels", {})[language] = list(hidden)
        for name in _PER_LANGUAGE:
            if row.get(name):
                self.texts.setdefault(name, {})[language] = row[name]
        if not self.more:
            self.more = {name: words.setdefault(row[name], row[name]) for name in _PLAIN if row.get(name)}
            status = row.get("status")
            self.status = words.setdefault(status, status) if status else None

    def item(self, uri: str) -> Item:
        """The finished item."""
        more: dict[str, Any] = {**self.more, **self.texts}
        return Item(
            id=uri,
            kind=_kind(self.more),
            status=self.status,
            label=MappingProxyType(self.label),
            description=MappingProxyType(self.description),
            alt_labels=MappingProxyType(self.alt),
            extra=MappingProxyType({"esco": more} if more else {}),
        )


def _kind(row: Mapping[str, str]) -> str:
    if row.get("conceptType") == "SkillGroup":
        return "group"
    return "knowledge" if row.get("skillType") == "knowledge" else "skill"


def _labels(cell: str) -> tuple[str, ...]:
    """Labels stand on lines of their own within the cell."""
    return tuple(dict.fromkeys(label.strip() for label in cell.splitlines() if label.strip()))
