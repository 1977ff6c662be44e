"""What the editors of a local layer read: texts in several languages, where a skill belongs, and what a role asks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from flask import request
from flask_babel import gettext

from issuer_service.services.forms import clean_text
from issuer_service.web.i18n import LANGUAGES
from openbadges.frameworks import Catalogue, Framework, Item, Level, Relation, Requirement, Texts
from openbadges.frameworks.kinds import is_language

__all__ = ["LayerForm", "TextRow", "language_rows", "levels_for_choice", "merged_rows", "shelf_of", "spare"]

_LONGEST_LABEL, _LONGEST_TEXT, _LONGEST_REFERENCE = 300, 5_000, 2_048
_MOST_IN_A_LIST = 400  # items of a framework that can be chosen from a list; of larger ones the code is typed
_SPARE = 3


@dataclass(frozen=True, slots=True)
class TextRow:
    """Name and description in one language."""

    language: str
    label: str = ""
    description: str = ""


@dataclass
class LayerForm:
    """Reads the fields that the editors share, and remembers what cannot be used.

    Attributes:
        language: The main language of the texts.
        errors: What is wrong, by field.
    """

    language: str
    errors: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        given = self.line("language", longest=35)
        if given and not is_language(given):
            self.errors["language"] = gettext("Write a language code such as “es” or “pt-BR”.")
        else:
            self.language = given or self.language

    def line(self, name: str, *, longest: int = _LONGEST_LABEL, required: bool = False) -> str:
        """One line of text."""
        return self._text(name, request.form.get(name, ""), longest, required=required).replace("\n", " ")

    def lines(self, name: str) -> tuple[str, ...]:
        """Several, one a line."""
        found = self._text(name, request.form.get(name, ""), _LONGEST_TEXT)
        return tuple(line.strip() for line in found.splitlines() if line.strip())

    def _text(self, name: str, given: str, longest: int, *, required: bool = False) -> str:
        found = clean_text(given)
        if found is None:
            self.errors[name] = gettext("This holds characters that cannot be shown. Type it again.")
        elif len(found) > longest:
            self.errors[name] = gettext("This is too long: %(longest)s characters fit.", longest=longest)
        elif required and not found:
            self.errors[name] = gettext("Please fill this in.")
        return found or ""

    def texts(self) -> tuple[Texts, Texts]:
        """Names and descriptions: in the main language, and in those of the rows."""
        rows = [TextRow(self.language, self.line("label", required=True), self._about()), *self.rows()]
        for row in rows[1:]:
            if not is_language(row.language):
                self.errors["rows"] = gettext("Each translation needs a language code such as “es”, and a name.")
        return (
            MappingProxyType({row.language: row.label for row in rows if row.label}),
            MappingProxyType({row.language: row.description for row in rows if row.description}),
        )

    def _about(self) -> str:
        return self._text("description", request.form.get("description", ""), _LONGEST_TEXT)

    def rows(self) -> Sequence[TextRow]:
        """The translations that were filled in."""
        columns = [request.form.getlist(name) for name in ("to_language", "to_label", "to_description")]
        found = []
        for language, label, description in zip(*columns, strict=False):
            row = TextRow(
                clean_text(language) or "",
                self._text("rows", label, _LONGEST_LABEL),
                self._text("rows", description, _LONGEST_TEXT),
            )
            if row.label or row.description:
                found.append(row)
        return found

    def relations(self, item: Item | None) -> tuple[Relation, ...]:
        """Where it belongs; relations of other kinds stay as they are."""
        other = self.line("broader_other", longest=_LONGEST_REFERENCE)
        broader = [name for name in (self.line("broader", longest=_LONGEST_REFERENCE), other) if name]
        related = [name for name in re.split(r"[\s,،;]+", self.line("related", longest=_LONGEST_TEXT)) if name]
        kept = [one for one in (item.relations if item else ()) if one.type not in ("broader", "related")]
        orders = {(one.type, one.target): one for one in (item.relations if item else ())}
        stated = [("broader", name) for name in dict.fromkeys(broader)]
        stated += [("related", name) for name in dict.fromkeys(related)]
        return (*(orders.get(pair) or Relation(type=pair[0], target=pair[1]) for pair in stated), *kept)

    def requires(self, before: Sequence[Requirement] = ()) -> tuple[Requirement, ...]:
        """Skills and levels, row by row; emptied rows fall away."""
        known = {one.skill: one for one in before}
        found: dict[str, Requirement] = {}
        for skill, level in zip(request.form.getlist("skill"), request.form.getlist("level"), strict=False):
            name = (clean_text(skill) or "")[:_LONGEST_REFERENCE]
            if not name:
                continue
            if not (level.isascii() and level.isdigit() and 0 < int(level[:3]) <= 100):
                self.errors["requires"] = gettext("Choose a level for each skill.")
                continue
            found[name] = replace(known.get(name) or Requirement(skill=name, level=1), level=int(level))
        return tuple(found.values())

    def asked(self) -> Sequence[tuple[str, str]]:
        """The rows of skills and levels as they were sent."""
        return [
            (skill.strip()[:_LONGEST_REFERENCE], level[:3])
            for skill, level in zip(request.form.getlist("skill"), request.form.getlist("level"), strict=False)
            if skill.strip()
        ]


def shelf_of(catalogue: Catalogue, *, without: str = "") -> Sequence[tuple[Framework, Sequence[Item]]]:
    """The frameworks that are small enough to choose from a list, with their items."""
    return [
        (framework, [item for item in framework.items if item.id != without])
        for framework in catalogue.frameworks
        if 0 < len(framework.items) <= _MOST_IN_A_LIST
    ]


def levels_for_choice(catalogue: Catalogue) -> Sequence[Level]:
    """The levels to choose from: those of the framework that has most."""
    return max((catalogue.levels(framework) for framework in catalogue.frameworks), key=len, default=())


def spare(rows: Sequence[Any], blank: Any) -> Sequence[Any]:
    """The rows with room for more."""
    return [*rows, *([blank] * _SPARE)]


def language_rows(label: Texts, description: Texts, main: str) -> Sequence[TextRow]:
    """A row for each other language that is there, each language of the site, and one to name."""
    tags = [tag for tag in dict.fromkeys((*label, *description, *LANGUAGES)) if tag != main]
    return [*(TextRow(tag, label.get(tag, ""), description.get(tag, "")) for tag in tags), TextRow("")]


def merged_rows(kept: Sequence[TextRow], sent: Sequence[TextRow]) -> Sequence[TextRow]:
    """The rows of the page with what was sent in them."""
    found: Mapping[str, TextRow] = {row.language: row for row in sent}
    known = {row.language for row in kept}
    rows = [found.get(row.language, row) for row in kept if row.language]
    return [*rows, *(row for row in sent if row.language not in known), TextRow("")]
