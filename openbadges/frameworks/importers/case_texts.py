"""Small readers of CASE members that may be missing, empty or of another kind than the specification says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from openbadges.frameworks.identifiers import uuid_of

__all__ = ["filled", "language_map", "leftover", "mapping", "record_list", "rubric_levels", "words"]


def words(value: Any) -> str | None:
    """A text that is not blank, else None."""
    return value if isinstance(value, str) and value.strip() else None


def mapping(value: Any) -> Mapping[str, Any]:
    """An object, else an empty one."""
    return value if isinstance(value, dict) else {}


def record_list(value: Any) -> list[Any]:
    """The objects of a list, else none."""
    return [element for element in value if isinstance(element, dict)] if isinstance(value, list) else []


def filled(record: Mapping[str, Any]) -> dict[str, Any]:
    """The members that hold something."""
    return {name: value for name, value in record.items() if value is not None and value not in ({}, [])}


def leftover(record: Mapping[str, Any], read: str) -> dict[str, Any]:
    """The members that are not among the ``read`` ones and not empty."""
    names = set(read.split())
    return {name: value for name, value in record.items() if name not in names and value not in (None, "", [], {})}


def language_map(stated: Any, language: str, main: str | None) -> Any:
    """All languages from the extension, with CASE's own member for its language: that is what CASE tools edit.

    What is stated in another form than an object is handed on, so that it is reported.
    """
    if stated is not None and not isinstance(stated, dict):
        return stated
    return {**(stated or {}), **({language: main} if main is not None else {})}


def rubric_levels(rubrics: Sequence[Mapping[str, Any]], language: str) -> list[dict[str, Any]]:
    """The levels of the first rubric criterion that has some, lowest first, as records of the file format."""
    for rubric in rubrics:
        for criterion in record_list(rubric.get("CFRubricCriteria")):
            levels = record_list(criterion.get("CFRubricCriterionLevels"))
            if levels:
                ordered = sorted(levels, key=_rank)
                return [_rubric_level(level, place, language, rubric) for place, level in enumerate(ordered, 1)]
    return []


def _rank(level: Mapping[str, Any]) -> float:
    values = (level.get("position"), level.get("score"))
    return next((float(value) for value in values if isinstance(value, (int, float))), 0.0)


def _rubric_level(level: Mapping[str, Any], place: int, language: str, rubric: Mapping[str, Any]) -> dict[str, Any]:
    quality, description = words(level.get("quality")), words(level.get("description"))
    uri, identifier = words(level.get("uri")), words(level.get("identifier"))
    word = re.sub(r"[^a-z0-9]+", "-", (quality or "").casefold()).strip("-")
    return filled(
        {
            "key": f"{place}-{word}" if word else str(place),
            "order": place,
            "label": {language: quality or description or str(place)},
            "description": {language: description} if description is not None and quality is not None else None,
            "id": uri,
            "identifier": None if uri is not None and identifier == uuid_of(uri) else identifier,
            "rubric": words(rubric.get("title")) or "rubric",
        }
    )
