"""The skills that a verified badge shows, with the level that was reached on the scale of the skill's own framework."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from openbadges.errors import ConfigurationError
from openbadges.frameworks import Catalogue, Framework, HeldSkill, Level
from openbadges.frameworks.alignment import level_id

__all__ = ["held_skills"]

_MOST = 100  # of anything that a badge lists


def held_skills(document: Mapping[str, Any], catalogue: Catalogue, badge_id: str) -> Sequence[HeldSkill]:
    """What the badge shows; the caller has verified it.

    A level counts only where it is one of the skill's framework: "Silver" or "7 of 10" says nothing about its levels.
    Of a badge that names no level, the one that it asks at least was reached.

    Args:
        document: The signed content of an Open Badges 3.0 badge.
        catalogue: The frameworks whose skills are asked for.
        badge_id: What the badge is called in the answer.
    """
    subject = _object(document.get("credentialSubject"))
    achievement = _object(subject.get("achievement"))
    scales = _objects(achievement.get("resultDescription"))
    found = []
    for alignment in _objects(achievement.get("alignment")):
        framework = _home(alignment.get("targetUrl"), catalogue)
        reached = [] if framework is None else [_level(one, alignment, subject, framework, catalogue) for one in scales]
        level = max((one for one in reached if one is not None), default=None)
        found.append(HeldSkill(alignment=alignment, level=level, badge_id=badge_id))
    return found


def _home(url: object, catalogue: Catalogue) -> Framework | None:
    try:
        found = catalogue.item(url) if isinstance(url, str) else None
    except ConfigurationError:  # several frameworks have the item: whose levels are meant is not said
        return None
    return found[0] if found is not None else None


def _level(
    scale: Mapping[str, Any],
    alignment: Mapping[str, Any],
    subject: Mapping[str, Any],
    framework: Framework,
    catalogue: Catalogue,
) -> int | None:
    """The level reached on this scale, if it is the framework's scale and meant for this skill."""
    skills = [one.get("targetUrl") for one in _objects(scale.get("alignment"))]
    if skills and alignment.get("targetUrl") not in skills:
        return None
    criteria = _objects(scale.get("rubricCriterionLevel"))
    levels = catalogue.levels(framework)
    if not _same_scale(criteria, levels, framework, named=bool(skills)):
        return None
    results = [one for one in _objects(subject.get("result")) if one.get("resultDescription") == scale.get("id")]
    wanted = [one.get("achievedLevel") for one in results] or [scale.get("requiredLevel")]
    reached = [_order(one) for one in criteria if isinstance(one.get("id"), str) and one["id"] in wanted]
    return max((one for one in reached if one is not None), default=None)


def _same_scale(
    criteria: Sequence[Mapping[str, Any]], levels: Sequence[Level], framework: Framework, *, named: bool
) -> bool:
    """Whether these are the framework's levels: the same numbers, and the same names unless the scale names the skill.

    A scale that names the skill is taken at its word about the names, which change with language and time.
    """
    if not levels or [_order(one) for one in criteria] != [level.order for level in levels]:
        return False
    return named or all(
        one.get("name") in level.label.values() or _cites(one, level, framework)
        for one, level in zip(criteria, levels, strict=True)
    )


def _cites(criterion: Mapping[str, Any], level: Level, framework: Framework) -> bool:
    address = level_id(level, framework)
    return any(one.get("targetUrl") == address for one in _objects(criterion.get("alignment")))


def _order(criterion: Mapping[str, Any]) -> int | None:
    """The number of a rubric level."""
    text = str(criterion.get("level", ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 3 else None


def _object(value: Any) -> Mapping[str, Any]:
    found = next(iter(value), None) if isinstance(value, (list, tuple)) else value
    return found if isinstance(found, Mapping) else {}


def _objects(value: Any) -> Sequence[Mapping[str, Any]]:
    listed = value[:_MOST] if isinstance(value, (list, tuple)) else (value,)
    return [item for item in listed if isinstance(item, Mapping)]
