"""The skills of a badge's form: found in the lists, each with the level that is asked, or typed by hand.

The form keeps what was picked as two columns, ``picked`` (the item's address) and ``picked_level``; ``also`` are ticks
for the same skill in other lists; what is typed by hand has the four columns of ``TYPED``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from flask import g, request

from issuer_service.services.framework_search import Hit
from issuer_service.services.framework_views import ItemView
from issuer_service.services.records import AchievementVersion
from issuer_service.web.badge_view import Level, Skill
from issuer_service.web.item_levels import levels_of
from issuer_service.web.pages.skills import MATCHES
from issuer_service.web.spoken import Spoken, reading_language, spoken
from issuer_service.web.words import clean, web_link
from openbadges.frameworks import mapping_alignments, text, to_alignment

__all__ = ["Picked", "SkillPicker"]

TYPED: Mapping[str, str] = MappingProxyType(
    {
        "targetName": "skill_name",
        "targetUrl": "skill_url",
        "targetFramework": "skill_framework",
        "targetCode": "skill_code",
    }
)
ANY_LEVEL = "0"  # the levels are part of the badge, and none of them is asked
_SAME = ("exact", "close")
_HITS, _SPARE = 8, 1
_LONGEST_QUESTION = 200
_MOST_PICKED = 20


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The same skill in another list, to be added with a tick."""

    alignment: Mapping[str, Any]
    word: str
    ticked: bool

    @property
    def url(self) -> str:
        """Its address, by which the tick names it."""
        return str(self.alignment["targetUrl"])


@dataclass(frozen=True, slots=True)
class Picked:
    """A skill that was picked, and the level that is asked: an order, ``0`` for any, nothing for none."""

    item: ItemView
    level: str = ""
    elsewhere: Sequence[Elsewhere] = ()

    @property
    def levels(self) -> Sequence[tuple[str, Spoken]]:
        """What can be chosen."""
        return [(str(level.order), spoken(level.label, level.key)) for level in levels_of(self.item)]


@dataclass(kw_only=True)
class SkillPicker:
    """What the form holds of skills.

    Attributes:
        language: Of the badge, whose words cite the skills.
        affiliate_id: Whose lists are looked through beside the shared ones.
    """

    language: str
    affiliate_id: str
    picked: Sequence[Picked] = ()
    typed: Sequence[Mapping[str, str]] = ()
    question: str = ""
    hits: Sequence[Hit] = field(default=())

    def keep(self, version: AchievementVersion) -> None:
        """Take over what is kept: skills of the lists here, the same ones elsewhere, and the rest as typed."""
        levels = {one["skill"]: str(one["required"] or ANY_LEVEL) for one in version.rubrics}
        urls = [str(one.get("targetUrl", "")) for one in version.alignments]
        found = g.services.frameworks.find_all(urls)
        picked = [Picked(found[url], levels.get(url, "")) for url in urls if url in found]
        self.picked = self._with_elsewhere(picked, set(urls) - set(found))
        shown = set(found) | {each.url for one in self.picked for each in one.elsewhere}
        self.typed = [
            {name: str(one.get(name, "")) for name in TYPED}
            for url, one in zip(urls, version.alignments, strict=True)
            if url not in shown
        ]

    def read(self) -> None:
        """Take over what was sent, and do what its buttons say: find, add, remove."""
        form = request.form
        levels = dict(zip(form.getlist("picked"), form.getlist("picked_level"), strict=False))
        levels.pop(form.get("remove", ""), None)
        added = form.get("add", "")
        wanted = dict(list({**levels, **({added: levels.get(added, "")} if added else {})}.items())[:_MOST_PICKED])
        columns = [form.getlist(name) for name in TYPED.values()]
        rows = [dict(zip(TYPED, (cell.strip() for cell in row), strict=True)) for row in zip(*columns, strict=False)]
        found = g.services.frameworks.find_all([*wanted, *(row["targetUrl"] for row in rows if row["targetUrl"])])
        wanted |= {row["targetUrl"]: "" for row in rows if row["targetUrl"] in found and row["targetUrl"] not in wanted}
        self.typed = [row for row in rows if any(row.values()) and row["targetUrl"] not in found]
        picked = [Picked(found[url], level) for url, level in wanted.items() if url in found]
        self.picked = self._with_elsewhere(picked, set(form.getlist("also")))
        self._find(form.get("find", ""))

    def _find(self, question: str) -> None:
        self.question = question.strip()[:_LONGEST_QUESTION]
        if self.question:
            found = g.services.framework_search.find(
                self.question, language=reading_language(), affiliate_id=self.affiliate_id, limit=_HITS
            )
            held = {one.item.item.id for one in self.picked}
            self.hits = [hit for hit in found.items if hit.item.item.id not in held]

    def _with_elsewhere(self, picked: Sequence[Picked], ticked: set[str]) -> Sequence[Picked]:
        held = {one.item.item.id for one in picked}
        return [
            Picked(
                one.item,
                one.level,
                [
                    Elsewhere(alignment, word, str(alignment["targetUrl"]) in ticked)
                    for alignment, word in self._suggested(one.item)
                    if alignment["targetUrl"] not in held
                ],
            )
            for one in picked
        ]

    def _suggested(self, view: ItemView) -> Sequence[tuple[Mapping[str, Any], str]]:
        """The same and nearly the same skill elsewhere: as the list maps it, or as it relates to other lists here."""
        found: dict[str, tuple[Mapping[str, Any], str]] = {}
        for kind in _SAME:
            for alignment in mapping_alignments(view.item, self.language, matches=(kind,)):
                found.setdefault(str(alignment["targetUrl"]), (alignment, MATCHES[kind]))
            targets = g.services.frameworks.find_all(view.item.targets(kind))
            for url, other in targets.items():
                alignment = to_alignment(other.item, self.language, framework=other.framework.head)
                found.setdefault(url, (alignment, MATCHES[kind]))
        return list(found.values())

    # what becomes of it

    @property
    def alignments(self) -> Sequence[Mapping[str, Any]]:
        """Everything as a badge cites it."""
        found: list[Mapping[str, Any]] = []
        for one in self.picked:
            found.append(to_alignment(one.item.item, self.language, framework=one.item.framework.head))
            found += [each.alignment for each in one.elsewhere if each.ticked]
        return [*found, *self.typed]

    @property
    def rubrics(self) -> Sequence[Mapping[str, Any]]:
        """The levels of the skills for which one is asked, in the language of the badge."""
        return [
            {
                "skill": one.item.item.id,
                "required": int(one.level) or None,
                "levels": [
                    {
                        "level": level.order,
                        "name": text(level.label, self.language) or level.key,
                        "description": text(level.description, self.language) or "",
                    }
                    for level in levels_of(one.item)
                ],
            }
            for one in self.picked
            if one.level in {ANY_LEVEL, *(order for order, _ in one.levels)} and one.levels
        ]

    def shown(self) -> Sequence[Skill]:
        """The skills as others would see them."""
        rubrics = {one["skill"]: one for one in self.rubrics}
        return [_shown(one, rubrics.get(one.get("targetUrl"))) for one in self.alignments if one.get("targetName")]

    @property
    def rows(self) -> Sequence[Mapping[str, str]]:
        """The rows to type in, with room for one more."""
        return [*self.typed, *({} for _ in range(_SPARE))]


def _shown(alignment: Mapping[str, Any], rubric: Mapping[str, Any] | None) -> Skill:
    level = None
    if rubric is not None and rubric["required"]:
        names = [one["name"] for one in rubric["levels"]]
        place = [one["level"] for one in rubric["levels"]].index(rubric["required"])
        level = Level(name=names[place], description="", place=place + 1, scale=names)
    return Skill(
        name=clean(alignment["targetName"], 300),
        framework=clean(alignment.get("targetFramework", ""), 300),
        code=clean(alignment.get("targetCode", ""), 100),
        url=web_link(alignment.get("targetUrl", "")),
        level=level,
    )
