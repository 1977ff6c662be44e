"""How far a skill of a badge goes: what is asked, what was reached, and what counts for a role."""

from __future__ import annotations

import copy
import dataclasses
import json
from typing import Any

import pytest

from issuer_service.services.drafts import read_draft
from issuer_service.services.errors import InvalidError
from issuer_service.services.held_skills import held_skills
from issuer_service.services.rubrics import level_names
from openbadges.frameworks import Catalogue, starter_frameworks, to_alignment
from openbadges.frameworks.alignment import level_id

SKILLS, LEADERSHIP = starter_frameworks()
CATALOGUE = Catalogue((SKILLS, LEADERSHIP))
EVENT = next(item for item in SKILLS.items if item.code == "MS-O1")
TRUST = next(item for item in LEADERSHIP.items if item.code == "LD-R2")
ALIGNMENTS = [to_alignment(EVENT, "en", framework=SKILLS), to_alignment(TRUST, "en", framework=LEADERSHIP)]
LEVELS = [
    {"level": level.order, "name": level.label["en"], "description": level.description["en"]} for level in SKILLS.levels
]


def rubric(skill: str = EVENT.id, required: int | None = 3, levels: Any = LEVELS) -> dict[str, Any]:
    return {"skill": skill, "required": required, "levels": levels}


def signed(kit: Any, level: str | None = None, **fields: Any) -> dict[str, Any]:
    riverside = kit.affiliate()
    achievement_id = kit.achievement(riverside, alignments=ALIGNMENTS, **fields)
    award = kit.award(riverside, achievement_id, level=level)
    assert kit.services.verification.verify_award(award).report.outcome == "pass"
    document: dict[str, Any] = json.loads(award.signed_json)
    return document


def levels_held(document: dict[str, Any]) -> list[int | None]:
    return [one.level for one in held_skills(document, CATALOGUE, "b")]


@pytest.mark.parametrize(
    ("named", "reached"),
    [(None, [3, 2]), ("Independent", [3, 3]), ("Guiding others", [4, 4])],
)
def test_a_badge_says_for_each_skill_what_is_asked_and_what_was_reached(kit: Any, named: Any, reached: Any) -> None:
    document = signed(kit, named, rubrics=[rubric(), rubric(TRUST.id, 2)])
    achievement = document["credentialSubject"]["achievement"]
    for number, scale in enumerate(achievement["resultDescription"], start=1):
        assert scale["alignment"] == [ALIGNMENTS[number - 1]]
        assert scale["id"] == f"{achievement['id']}#v1-skill-{number}"
        assert scale["requiredLevel"] == f"{scale['id']}-level-{[3, 2][number - 1]}"
        assert [level["name"] for level in scale["rubricCriterionLevel"]] == [level["name"] for level in LEVELS]
    results = document["credentialSubject"]["result"]
    assert [int(one["achievedLevel"].rpartition("-")[2]) for one in results] == reached
    assert levels_held(document) == reached


def test_levels_that_can_be_named_begin_where_all_skills_are_asked(kit: Any) -> None:
    riverside = kit.affiliate()
    achievement_id = kit.achievement(riverside, alignments=ALIGNMENTS, rubrics=[rubric(), rubric(TRUST.id, 2)])
    held = kit.services.achievements.get(riverside.id, achievement_id)
    assert level_names(held.version) == ["Independent", "Guiding others"]
    rows = "recipient,level\nAda,with support\nBen,independent"
    preview = kit.services.awarding.preview(riverside.id, achievement_id, rows)
    assert [(row.ok, row.level) for row in preview.rows] == [(False, None), (True, "Independent")]
    own = read_draft({**kit.draft, "alignments": ALIGNMENTS, "rubrics": [rubric()], "levels": "Bronze\nSilver"})
    held = kit.services.achievements.update(riverside.id, achievement_id, own)
    assert level_names(held.version) == ["Bronze", "Silver"]
    award = kit.award(riverside, achievement_id, level="Silver")
    document = json.loads(award.signed_json)
    assert [one.get("value") for one in document["credentialSubject"]["result"]] == ["Silver", None]
    assert levels_held(document) == [3, None]


@pytest.mark.parametrize(
    "wrong",
    [
        rubric("https://elsewhere.example/skill"),
        rubric(required=5),
        rubric(required=True),
        rubric(levels=[]),
        rubric(levels="x"),
        rubric(levels=[*LEVELS[::-1]]),
        rubric(levels=[*LEVELS, {"level": 5, "name": LEVELS[0]["name"]}]),
        rubric(levels=[{"level": 0, "name": "x"}]),
        rubric(levels=[{"level": 1, "name": " "}]),
        rubric(levels=[{"level": 1, "name": "x", "more": 1}]),
        rubric(levels=[{"level": "1", "name": "x"}]),
        {**rubric(), "id": "x"},
        {"skill": EVENT.id},
        "x",
    ],
)
def test_what_is_no_rubric_is_refused(kit: Any, wrong: Any) -> None:
    with pytest.raises(InvalidError, match="skill number 1"):
        read_draft({**kit.draft, "alignments": ALIGNMENTS, "rubrics": [wrong]})
    with pytest.raises(InvalidError, match="list"):
        read_draft({**kit.draft, "rubrics": "x"})
    with pytest.raises(InvalidError, match="skill number 2"):
        read_draft({**kit.draft, "alignments": ALIGNMENTS, "rubrics": [rubric(), rubric()]})


# what counts


@pytest.fixture(scope="module")
def plain() -> dict[str, Any]:
    """A badge with one scale for all its skills, as other programs write it: no alignment on the scale."""
    scale = {
        "id": "https://x.example/a#level",
        "type": ["ResultDescription"],
        "rubricCriterionLevel": [
            {"id": f"https://x.example/a#level-{one['level']}", "name": one["name"], "level": str(one["level"])}
            for one in LEVELS
        ],
    }
    result = {"resultDescription": scale["id"], "achievedLevel": "https://x.example/a#level-2"}
    esco = {"targetName": "plan events", "targetUrl": "http://data.europa.eu/esco/skill/1"}
    achievement = {"alignment": [ALIGNMENTS[0], esco], "resultDescription": [scale]}
    return {"credentialSubject": {"achievement": achievement, "result": [result]}}


def test_a_scale_for_all_skills_counts_where_it_is_the_frameworks_scale(plain: dict[str, Any]) -> None:
    assert levels_held(plain) == [2, None]
    french = copy.deepcopy(plain)
    scale = french["credentialSubject"]["achievement"]["resultDescription"][0]
    for one, level in zip(scale["rubricCriterionLevel"], SKILLS.levels, strict=True):
        one["name"] = level.label["fr"]
    assert levels_held(french) == [2, None]
    for one, level in zip(scale["rubricCriterionLevel"], SKILLS.levels, strict=True):
        one |= {"name": "?", "alignment": [{"targetUrl": level_id(level, SKILLS)}]}
    assert levels_held(french) == [2, None]


def _other_names(scale: Any, _subject: Any) -> None:
    scale["rubricCriterionLevel"][0]["name"] = "Bronze"


def _fewer(scale: Any, _subject: Any) -> None:
    del scale["rubricCriterionLevel"][0]


def _of_another_skill(scale: Any, _subject: Any) -> None:
    scale["alignment"] = [ALIGNMENTS[1]]


def _level_elsewhere(_scale: Any, subject: Any) -> None:
    subject["result"][0]["achievedLevel"] = "https://x.example/other"


def _no_numbers(scale: Any, _subject: Any) -> None:
    for one in scale["rubricCriterionLevel"]:
        one["level"] = "٣"


def _nothing(scale: Any, subject: Any) -> None:
    subject["result"], scale["rubricCriterionLevel"] = None, {"id": ["x"]}


@pytest.mark.parametrize(
    "change",
    [_other_names, _fewer, _of_another_skill, _level_elsewhere, _no_numbers, _nothing],
    ids=lambda one: one.__name__,
)
def test_a_level_on_another_scale_is_no_level_of_the_skill(plain: dict[str, Any], change: Any) -> None:
    badge = copy.deepcopy(plain)
    subject = badge["credentialSubject"]
    change(subject["achievement"]["resultDescription"][0], subject)
    assert levels_held(badge) == [None, None]


def test_without_a_result_the_level_that_the_badge_asks_was_reached(plain: dict[str, Any]) -> None:
    badge = copy.deepcopy(plain)
    del badge["credentialSubject"]["result"]
    assert levels_held(badge) == [None, None]
    scale = badge["credentialSubject"]["achievement"]["resultDescription"][0]
    scale["requiredLevel"] = "https://x.example/a#level-4"
    assert levels_held(badge) == [4, None]


@pytest.mark.parametrize(
    "document",
    [{}, {"credentialSubject": []}, {"credentialSubject": {"achievement": {"alignment": [1, {"targetUrl": 5}]}}}],
)
def test_any_shape_gives_an_answer(document: Any) -> None:
    assert all(one is None for one in levels_held(document))


def test_a_skill_of_two_frameworks_has_no_level() -> None:
    twin = Catalogue((SKILLS, dataclasses.replace(SKILLS, id="https://x.example/twin")))
    badge = {"credentialSubject": {"achievement": {"alignment": [ALIGNMENTS[0]]}}}
    assert [one.level for one in held_skills(badge, twin, "b")] == [None]
