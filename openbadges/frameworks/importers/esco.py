"""Reader of ESCO's tables: skills and groups, one CSV file a language, merged by ``conceptUri`` as they are read.

The header of ``skills_xx.csv`` has 13 columns (8 in older editions), that of ``skillGroups_xx.csv`` 11; only
``conceptUri`` and ``preferredLabel`` are needed. The hierarchy and the relations between skills stand in tables of
their own, see ``esco_relations``. ESCO has 14,000 skills in 28 languages: rows are taken one at a time, and each text
is held once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from openbadges.frameworks.checks import check_depth
from openbadges.frameworks.importers.esco_relations import RELATION_TABLES, EscoRelations
from openbadges.frameworks.importers.options import DEFAULT_OPTIONS, ImportOptions
from openbadges.frameworks.importers.tables import Source, Table, open_table, unguarded
from openbadges.frameworks.kinds import is_language, is_uri
from openbadges.frameworks.model import Framework, Item, Relation
from openbadges.frameworks.problems import ProblemList

__all__ = ["ESCO_SKILLS", "read_esco", "read_esco_files", "read_esco_release"]

ESCO_SKILLS = "http://data.europa.eu/esco/concept-scheme/skills"
_NEEDED = ("conceptUri", "preferredLabel")
_PLAIN = ("reuseLevel", "modifiedDate", "inScheme", "conceptType", "skillType", "code")
_PER_LANGUAGE = ("scopeNote", "definition")
_LANGUAGE_OF_FILE = re.compile(r"_([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?)\.csv$", re.IGNORECASE)


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
    release = _Release(options, tuple(sources))
    for language, source in sources.items():
        if is_language(language):
            release.concepts(language, language, open_table(source, options.limits))
        else:
            release.problems.add("", "frameworks.bad_language", value=language)
    return release.framework()


def read_esco_release(files: Mapping[str, Source], options: ImportOptions = DEFAULT_OPTIONS) -> Framework:
    """Read the files of an ESCO download into one framework: skills, groups, hierarchy and relations.

    Args:
        files: Name to table; their order says nothing. The end of a name tells the language (``skills_fr.csv``), the
            first line what the table holds; relations of concepts that are in none of the tables are left out.
        options: ``version`` is ESCO's version; ``language`` that of tables whose name tells none.

    Raises:
        ImportProblems: Rows are wrong, every one is listed with file and number; or the hierarchy runs in circles.
        MalformedError: Not a table in UTF-8.
        LimitError: A table is longer than ``FrameworkLimits.file_bytes``.
    """
    languages = {name: _language(name, options) for name in files}
    relations = EscoRelations()
    tables = {name: open_table(source, options.limits) for name, source in files.items()}
    of_concepts = sorted(name for name, table in tables.items() if RELATION_TABLES.keys().isdisjoint(table.header))
    stated = dict.fromkeys(languages[name] for name in of_concepts)
    release = _Release(options, tuple(sorted(stated, key=lambda language: language != options.language)))
    for name in of_concepts:
        release.concepts(name, languages[name], tables[name])
    for name, table in tables.items():
        if name not in of_concepts:
            relations.read(name, table, release.problems)
    return release.framework(relations)


def _language(name: str, options: ImportOptions) -> str:
    found = _LANGUAGE_OF_FILE.search(name)
    return found[1] if found else options.language


class _Release:
    """Everything that was read so far; what many rows repeat is held once."""

    def __init__(self, options: ImportOptions, languages: tuple[str, ...]) -> None:
        self.problems = ProblemList(options.limits.problems)
        self._options = options
        self._languages = languages
        self._drafts: dict[str, _Draft] = {}
        self._words: dict[str, str] = {}
        if len(languages) > options.limits.languages:
            self.problems.add("", "frameworks.too_many_languages", limit=options.limits.languages)
            self.problems.stop()

    def concepts(self, name: str, language: str, table: Table) -> None:
        """Read one table of skills or groups in one language."""
        seen: dict[str, str] = {}
        for place, row in _rows(name, table, self.problems):
            uri = row["conceptUri"]
            if seen.setdefault(uri, place) != place:
                self.problems.add(place, "frameworks.twice", name=uri, first=seen[uri])
                continue
            if uri not in self._drafts and len(self._drafts) == self._options.limits.items:
                self.problems.add(place, "frameworks.too_many_items", limit=self._options.limits.items)
                break
            self._drafts.setdefault(uri, _Draft()).add(language, row, self._words)

    def framework(self, relations: EscoRelations | None = None) -> Framework:
        """The finished framework.

        Raises:
            ImportProblems: Anything was wrong.
        """
        self.problems.stop()
        drafts, options = self._drafts, self._options
        known = relations.of(drafts) if relations is not None else {}
        items = [drafts.pop(uri).item(uri, known.get(uri, ())) for uri in tuple(drafts)]
        if relations is not None:
            check_depth(items, {id(item): item.id for item in items}, self.problems, options.limits.depth)
            self.problems.stop()
        return Framework(
            id=options.framework_id or ESCO_SKILLS,
            title=MappingProxyType({"en": options.title or "ESCO"}),
            version=options.version,
            scheme=options.scheme or "esco",
            languages=self._languages,
            items=(
                *(item for item in items if item.kind == "group"),
                *(item for item in items if item.kind != "group"),
            ),
        )


def _rows(name: str, table: Table, problems: ProblemList) -> Iterator[tuple[str, dict[str, str]]]:
    """The usable rows by column name."""
    missing = [column for column in _NEEDED if column not in table.header]
    if missing:
        problems.add(f"{name} row 1", "frameworks.missing_columns", names=missing)
        return
    for number, cells in table.rows:
        place = f"{name} row {number}"
        if len(cells) != len(table.header):
            problems.add(place, "frameworks.wrong_columns", found=len(cells), wanted=len(table.header))
            continue
        row = {column: unguarded(cell).strip() for column, cell in zip(table.header, cells, strict=True)}
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

    def item(self, uri: str, relations: Iterable[Relation]) -> Item:
        """The finished item."""
        more: dict[str, Any] = {**self.more, **self.texts}
        return Item(
            id=uri,
            kind=_kind(self.more),
            status=self.status,
            label=MappingProxyType(self.label),
            description=MappingProxyType(self.description),
            alt_labels=MappingProxyType(self.alt),
            relations=tuple(relations),
            extra=MappingProxyType({"esco": more} if more else {}),
        )


def _kind(row: Mapping[str, str]) -> str:
    if row.get("conceptType") == "SkillGroup":
        return "group"
    return "knowledge" if row.get("skillType") == "knowledge" else "skill"


def _labels(cell: str) -> tuple[str, ...]:
    """Labels stand on lines of their own within the cell."""
    return tuple(dict.fromkeys(label.strip() for label in cell.splitlines() if label.strip()))
