"""Levels in a badge (OB 3.0): RubricCriterionLevels on the achievement, a Result on the award."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from openbadges.errors import ConfigurationError
from openbadges.frameworks.alignment import to_alignment
from openbadges.frameworks.kinds import is_uri
from openbadges.frameworks.model import Framework, Item, Level, text

__all__ = ["related_translation", "result", "result_description"]


def result_description(  # noqa: PLR0913 - the names say it; each is a choice of its own
    item: Item,
    language: str,
    *,
    framework: Framework,
    achievement_id: str,
    levels: Sequence[Level] | None = None,
    required: int | None = None,
    anchor: str = "level",
    name: str = "Level",
    aligned: bool = False,
) -> dict[str, Any]:
    """The levels of ``item`` as an OB 3.0 ResultDescription of an achievement.

    Args:
        item: The skill whose level an award will state.
        language: BCP 47 tag of the achievement.
        framework: The framework of the item.
        achievement_id: The achievement's id without fragment; the ids here are fragments of it.
        levels: The levels, where the framework has none of its own (a local layer: ``Catalogue.levels``).
        required: Order of the lowest level that earns the badge.
        anchor: The fragment's first word; different for each skill where an achievement has several.
        name: Name of the result, in ``language``.
        aligned: Whether the description carries the item's alignment, so that it is clear which skill the level is of.

    Raises:
        ConfigurationError: No levels, an unknown ``required`` level, or an ``achievement_id`` that is not a URI without
            fragment.
    """
    if not is_uri(achievement_id) or "#" in achievement_id:
        raise ConfigurationError("frameworks.bad_achievement_id", value=achievement_id)
    base = f"{achievement_id}#{anchor}"
    used = [level for level in levels or framework.levels if not item.levels or level.key in item.levels]
    if not used:
        raise ConfigurationError("frameworks.no_levels", name=item.ref)
    document: dict[str, Any] = {
        "id": base,
        "type": ["ResultDescription"],
        "name": name,
        "resultType": "RubricCriterionLevel",
    }
    if aligned:
        document["alignment"] = [to_alignment(item, language, framework=framework)]
    if required is not None:
        _require(required, [level.order for level in used])
        document["requiredLevel"] = f"{base}-{required}"
    document["rubricCriterionLevel"] = [_criterion_level(level, base, language) for level in used]
    return document


def result(description: Mapping[str, Any], level: int) -> dict[str, Any]:
    """The OB 3.0 Result of an award that reached ``level``.

    Args:
        description: What ``result_description`` made for the achievement.
        level: Order of the level that was reached.

    Raises:
        ConfigurationError: The description has no such level.
    """
    reached = {entry.get("level"): entry.get("id") for entry in description.get("rubricCriterionLevel", ())}
    _require(level, [int(order) for order in reached])
    return {"type": ["Result"], "resultDescription": description["id"], "achievedLevel": reached[str(level)]}


def related_translation(achievement_id: str, language: str, *, version: str | None = None) -> dict[str, Any]:
    """The OB 3.0 Related that leads to the same achievement in another language.

    Args:
        achievement_id: Id of the achievement in that language.
        language: Its BCP 47 tag.
        version: Its version, if it has one.
    """
    document = {"type": ["Related"], "id": achievement_id, "inLanguage": language}
    return document if version is None else {**document, "version": version}


def _require(level: int, known: Sequence[int]) -> None:
    if level not in known:
        raise ConfigurationError("frameworks.unknown_order", value=level, known=list(known))


def _criterion_level(level: Level, base: str, language: str) -> dict[str, Any]:
    document = {
        "id": f"{base}-{level.order}",
        "type": ["RubricCriterionLevel"],
        "name": text(level.label, language) or level.key,
        "level": str(level.order),
        "points": str(level.order),
    }
    description = text(level.description, language)
    return document if description is None else {**document, "description": description}
