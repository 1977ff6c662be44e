"""Results: what can be reached (ResultDescription) and what was reached (Result)."""

from __future__ import annotations

from typing import Annotated

from openbadges.models.base import Model
from openbadges.models.markers import ABSENT, EMPTY, Many, Maybe, Ordered
from openbadges.models.parts import Alignment
from openbadges.models.types import Kind, ResultStatusTerm, ResultTypeTerm, String, Uri

__all__ = ["Result", "ResultDescription", "RubricCriterionLevel"]


class RubricCriterionLevel(Model):
    """One level of a rubric."""

    id: Uri
    type: Annotated[tuple[str, ...], Kind(("RubricCriterionLevel",))] = ("RubricCriterionLevel",)
    name: String
    description: Maybe[String] = ABSENT
    level: Maybe[String] = ABSENT
    points: Maybe[String] = ABSENT
    alignment: Many[Alignment] = EMPTY


class ResultDescription(Model):
    """A result that can be reached with an achievement.

    Attributes:
        allowed_value: The possible values, from low to high.
        required_level: ``id`` of the rubric level that has to be reached.
        rubric_criterion_level: The levels, from low to high.
    """

    id: Uri
    type: Annotated[tuple[str, ...], Kind(("ResultDescription",))] = ("ResultDescription",)
    name: String
    result_type: ResultTypeTerm
    alignment: Many[Alignment] = EMPTY
    allowed_value: Ordered[String] = EMPTY
    required_level: Maybe[Uri] = ABSENT
    required_value: Maybe[String] = ABSENT
    rubric_criterion_level: Ordered[RubricCriterionLevel] = EMPTY
    value_min: Maybe[String] = ABSENT
    value_max: Maybe[String] = ABSENT


class Result(Model):
    """A result that was reached.

    Attributes:
        achieved_level: ``id`` of a rubric level of the linked description.
        result_description: ``id`` of a result description of the awarded achievement.
        status: Needed when the linked description is about a status.
    """

    type: Annotated[tuple[str, ...], Kind(("Result",))] = ("Result",)
    achieved_level: Maybe[Uri] = ABSENT
    alignment: Many[Alignment] = EMPTY
    result_description: Maybe[Uri] = ABSENT
    status: Maybe[ResultStatusTerm] = ABSENT
    value: Maybe[String] = ABSENT
