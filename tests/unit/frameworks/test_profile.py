"""What a role asks: the rule, its order, its limits and its words."""

from __future__ import annotations

import json
from typing import Any

import pytest

from openbadges.errors import ConfigurationError
from openbadges.frameworks import (
    Catalogue,
    Framework,
    effective_profile,
    explanation_json,
    framework_from_document,
    profile_json,
)

BASE = "https://p.example/f"


def framework(
    *, levels: int = 4, adjust: dict[str, Any] | None = None, asked: dict[str, int] | None = None, **more: Any
) -> Framework:
    label = {"label": {"en": "L"}}
    return framework_from_document(
        {
            "format": "openbadges-framework/1",
            "id": BASE,
            "title": {"en": "T"},
            "levels": [{"key": str(n), "order": n, **label} for n in range(1, levels + 1)],
            "skills": [{"code": code, **label} for code in ("A", "B", "C")],
            "roles": [
                {
                    "code": "R",
                    **label,
                    "requires": [{"skill": skill, "level": level} for skill, level in (asked or {"A": 2}).items()],
                }
            ],
            "contexts": [{"code": "X", **label, "adjust": adjust or {}}],
            **more,
        }
    )


@pytest.mark.parametrize(
    ("adjust", "asked", "levels"),
    [
        ({}, {"A": 2}, {"A": 2}),
        ({"levelDelta": {"A": 1}}, {"A": 2}, {"A": 3}),
        ({"levelDelta": {"A": 3}}, {"A": 2}, {"A": 4}),  # never above the highest level
        ({"levelDelta": {"A": -3}}, {"A": 2}, {"A": 1}),  # never below the lowest
        ({"levelDelta": {"B": 1}}, {"A": 2}, {"A": 2}),  # does not add
        ({"relax": {"B": 1}}, {"A": 2}, {"A": 2}),  # does not add
        ({"relax": {"A": 1}}, {"A": 3}, {"A": 1}),
        ({"relax": {"A": 3}}, {"A": 2}, {"A": 2}),  # does not raise
        ({"require": {"A": 1, "B": 3}}, {"A": 2}, {"A": 2, "B": 3}),
        ({"levelDelta": {"A": 1}, "require": {"A": 4}, "relax": {"A": 2}}, {"A": 2}, {"A": 2}),  # in this order
        ({"require": {"B": 3}, "relax": {"B": 1}}, {"A": 2}, {"A": 2, "B": 3}),  # relax touches what the role asks for
        ({"levelDelta": {"B": 1}, "require": {"B": 2}}, {"A": 2}, {"A": 2, "B": 2}),  # so does levelDelta
    ],
)
def test_the_rule(adjust: dict[str, Any], asked: dict[str, int], levels: dict[str, int]) -> None:
    assert dict(effective_profile("R", "X", frameworks=framework(adjust=adjust, asked=asked)).levels) == levels


def test_a_skill_asked_twice_is_asked_at_the_higher_level() -> None:
    role = {
        "code": "R",
        "label": {"en": "L"},
        "requires": [{"skill": "A", "level": 3}, {"skill": BASE + "/items/a", "level": 1}],
    }
    assert dict(effective_profile("R", frameworks=[framework(roles=[role])]).levels) == {"A": 3}


def test_without_levels_there_is_no_highest_one() -> None:
    plain = framework(levels=0, adjust={"levelDelta": {"A": 5}})
    assert dict(effective_profile("R", "X", frameworks=plain).levels) == {"A": 7}


def test_a_skill_of_a_framework_that_is_not_there_is_asked_by_its_name() -> None:
    alone = framework(asked={"ELSEWHERE": 3}, adjust={"levelDelta": {"ELSEWHERE": 9}}, uses=["https://u.example/"])
    profile = effective_profile("R", "X", frameworks=alone)
    assert [(entry.skill, entry.level, entry.item, entry.framework) for entry in profile.entries] == [
        ("ELSEWHERE", 4, None, None)
    ]


def test_roles_and_contexts_are_found_by_id_too() -> None:
    profile = effective_profile(BASE + "/roles/r", BASE + "/contexts/x", frameworks=framework())
    assert (profile.role, profile.context) == ("R", "X")


def test_unknown_roles_and_contexts_are_the_callers_mistake_and_the_known_ones_are_named() -> None:
    with pytest.raises(ConfigurationError) as role:
        effective_profile("Q", frameworks=framework())
    assert (role.value.code, role.value.params["known"]) == ("frameworks.unknown_role", ["R"])
    with pytest.raises(ConfigurationError) as context:
        effective_profile("R", "Y", frameworks=framework())
    assert (context.value.code, context.value.params["known"]) == ("frameworks.unknown_context", ["X"])


def test_a_role_may_be_based_on_another_without_a_local_layer() -> None:
    label = {"label": {"en": "L"}}
    roles = [
        {"code": "R", **label, "requires": [{"skill": "A", "level": 2}], "context": "X"},
        {"code": "S", **label, "basedOn": "R", "requires": [{"skill": "B", "level": 1}]},
    ]
    profile = effective_profile("S", frameworks=framework(roles=roles, adjust={"levelDelta": {"A": 1}}))
    assert dict(profile.levels) == {"A": 3, "B": 1}
    assert profile.context == "X"  # the role below brings its own context
    assert {why.source for entry in profile.entries for why in entry.reasons} == {"role", "context"}


def test_the_levels_are_one_json_object_with_sorted_codes() -> None:
    profile = effective_profile("R", "X", frameworks=framework(asked={"C": 1, "A": 2, "B": 3}))
    assert profile_json(profile) == b'{"levels":{"A":2,"B":3,"C":1}}'


def test_the_explanation_says_every_step_in_words() -> None:
    adjust = {
        "levelDelta": {"A": 1},
        "require": {"A": 4},
        "relax": {"A": 2},
        "evidence": {"b": True, "a": False},
        "assessment": "Ask twice.",
    }
    document = json.loads(
        explanation_json(effective_profile("R", "X", frameworks=Catalogue((framework(adjust=adjust),))))
    )
    assert list(document) == ["role", "context", "levels", "reasons", "evidence", "assessment"]
    assert [step["detail"] for step in document["reasons"]["A"]] == [
        "R requires level 2: 2",
        "X changes the level by 1: 3",
        "X asks at least level 4: 4",
        "X asks at most level 2: 2",
    ]
    assert (list(document["evidence"]), document["assessment"]) == (["a", "b"], "Ask twice.")
