"""How far each skill of an achievement goes: the levels of its framework, the one that is asked, the one reached.

A rubric is kept as it was when the achievement was saved, so that a badge says what its issuer read, whatever the
framework says later: ``{"skill": address of an alignment, "required": order or None, "levels": [{"level", "name",
"description"}, ...]}``, the levels from low to high.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from issuer_service.services.forms import Form, clean_text
from issuer_service.services.records import AchievementVersion
from openbadges import Alignment
from openbadges.models import Result, ResultDescription, RubricCriterionLevel

__all__ = ["level_names", "read_rubrics", "rubric_descriptions", "rubric_results"]

Rubric = Mapping[str, Any]
_MEMBERS, _LEVEL_MEMBERS = frozenset({"skill", "required", "levels"}), frozenset({"level", "name", "description"})
_MOST_LEVELS, _HIGHEST = 20, 100
_LONGEST_NAME, _LONGEST_DESCRIPTION = 200, 2_000


def read_rubrics(form: Form, alignments: Sequence[Mapping[str, Any]]) -> tuple[Rubric, ...]:
    """The rubrics that were filled in, each for another one of the alignments; what is wrong is noted in the form."""
    value = form.raw("rubrics") or ()
    if not isinstance(value, (list, tuple)):
        form.refuse("rubrics", "field.not_list")
        return ()
    open_skills = {str(alignment.get("targetUrl")) for alignment in alignments}
    found: list[Rubric] = []
    for number, given in enumerate(value, start=1):
        rubric = _rubric(given)
        if rubric is None or rubric["skill"] not in open_skills:
            form.refuse("rubrics", "achievement.rubric", number=number)
            continue
        open_skills.discard(rubric["skill"])
        found.append(rubric)
    return tuple(found)


def _rubric(given: Any) -> Rubric | None:
    if not isinstance(given, Mapping) or set(given) - _MEMBERS or not isinstance(given.get("skill"), str):
        return None
    listed = given.get("levels")
    if not isinstance(listed, (list, tuple)) or not 0 < len(listed) <= _MOST_LEVELS:
        return None
    levels = [level for level in map(_level, listed) if level is not None]
    orders, names = [level["level"] for level in levels], {level["name"] for level in levels}
    required = given.get("required")
    if len(levels) < len(listed) or orders != sorted(set(orders)) or len(names) < len(levels):
        return None
    if required is not None and (isinstance(required, bool) or required not in orders):
        return None
    return MappingProxyType({"skill": given["skill"], "required": required, "levels": tuple(levels)})


def _level(given: Any) -> Mapping[str, Any] | None:
    if not isinstance(given, Mapping) or set(given) - _LEVEL_MEMBERS:
        return None
    order = given.get("level")
    name, description = (
        _words(given.get("name"), _LONGEST_NAME),
        _words(given.get("description", ""), _LONGEST_DESCRIPTION),
    )
    if not name or description is None:
        return None
    if not isinstance(order, int) or isinstance(order, bool) or not 1 <= order <= _HIGHEST:
        return None
    return MappingProxyType({"level": order, "name": name, "description": description})


def _words(value: Any, longest: int) -> str | None:
    text = clean_text(value) if isinstance(value, str) else None
    return text if text is not None and len(text) <= longest else None


def level_names(version: AchievementVersion) -> Sequence[str]:
    """The levels that may be named when the achievement is given, from low to high.

    Its own ones if it has any; else those of its skills, from the highest that all of them ask.
    """
    if version.levels:
        return [level["name"] for level in version.levels]
    least = max((rubric["required"] or 0 for rubric in version.rubrics), default=0)
    levels = [level for rubric in version.rubrics for level in rubric["levels"] if level["level"] >= least]
    return list(dict.fromkeys(level["name"] for level in sorted(levels, key=lambda level: level["level"])))


def rubric_descriptions(version: AchievementVersion, achievement_url: str) -> Sequence[ResultDescription]:
    """The rubrics as they stand in a badge (Open Badges 3.0, ResultDescription), each aligned to its skill."""
    alignments = {alignment.get("targetUrl"): alignment for alignment in version.alignments}
    return [
        ResultDescription(
            id=_scale_url(achievement_url, version, number),
            name=str(alignments[rubric["skill"]]["targetName"]),
            result_type="RubricCriterionLevel",
            alignment=[Alignment.from_document(alignments[rubric["skill"]])],
            required_level=_level_url(achievement_url, version, number, rubric["required"])
            if rubric["required"] is not None
            else None,
            rubric_criterion_level=[
                RubricCriterionLevel(
                    id=_level_url(achievement_url, version, number, level["level"]),
                    name=level["name"],
                    description=level["description"] or None,
                    level=str(level["level"]),
                    points=str(level["level"]),
                )
                for level in rubric["levels"]
            ],
        )
        for number, rubric in enumerate(version.rubrics, start=1)
    ]


def rubric_results(version: AchievementVersion, achievement_url: str, reached: str | None) -> Sequence[Result]:
    """What an award says of each skill: the level that was named, where the scale has it; else the one that is asked.

    Whoever gives the badge says that what it asks was done, so its level is reached even when none is named.
    """
    found = []
    for number, rubric in enumerate(version.rubrics, start=1):
        named = [level["level"] for level in rubric["levels"] if reached is not None and level["name"] == reached]
        order = max([*named, rubric["required"] or 0])
        if order:
            found.append(
                Result(
                    result_description=_scale_url(achievement_url, version, number),
                    achieved_level=_level_url(achievement_url, version, number, order),
                )
            )
    return found


def _scale_url(achievement_url: str, version: AchievementVersion, number: int) -> str:
    """The version is part of it, because skills and their levels may change."""
    return f"{achievement_url}#v{version.number}-skill-{number}"


def _level_url(achievement_url: str, version: AchievementVersion, number: int, order: int) -> str:
    return f"{_scale_url(achievement_url, version, number)}-level-{order}"
