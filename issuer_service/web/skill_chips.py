"""The skills of a badge beside what this site knows of them: where they are explained, and their names in other words.

What was signed stays what is shown; a name from here stands with it, never instead of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from flask import g, url_for

from issuer_service.services.framework_views import ItemView
from issuer_service.web.badge_view import BadgeView, Level, Skill
from issuer_service.web.item_levels import levels_of
from issuer_service.web.spoken import spoken

__all__ = ["with_pages"]


def with_pages(view: BadgeView) -> BadgeView:
    """The view with the pages of those skills that are kept here."""
    found: Mapping[str, ItemView] = g.services.frameworks.find_all([one.url for one in view.skills if one.url])
    if not found:
        return view
    return replace(view, skills=[_placed(one, found.get(one.url)) for one in view.skills])


def _placed(skill: Skill, item: ItemView | None) -> Skill:
    if item is None:
        return skill
    label = spoken(item.item.label, skill.name)
    return replace(
        skill,
        page=url_for("pages.framework_item", slug=item.framework.slug, key=item.key),
        label=label if label.text != skill.name else None,
        home=spoken(item.framework.head.title, skill.framework),
        level=_translated(skill.level, item) if skill.level is not None else None,
    )


def _translated(level: Level, item: ItemView) -> Level:
    """The level with the words of the framework in the reader's language, where the signed words are its words."""
    levels = levels_of(item)
    known = len(levels) == len(level.scale) and all(
        name in one.label.values() for name, one in zip(level.scale, levels, strict=True)
    )
    if not known:
        return level
    reached: Sequence[str] = [str(spoken(one.label)) for one in levels]
    return replace(
        level,
        name=reached[level.place - 1],
        description=str(spoken(levels[level.place - 1].description)),
        scale=reached,
    )
