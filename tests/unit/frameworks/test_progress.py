"""What verified badges show of what a role asks; never a score."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from openbadges.frameworks import (
    HeldSkill,
    Progress,
    SkillProgress,
    effective_profile,
    framework_from_document,
    progress,
    to_alignment,
)

UUID = "5f0f2c1e-0d5c-4b7a-9a44-6f3f7e0f0011"
FRAMEWORK = framework_from_document(
    {
        "format": "openbadges-framework/1",
        "id": "https://f.example/f",
        "title": {"en": "T"},
        "uses": ["https://g.example/"],
        "skills": [
            {"code": "A", "label": {"en": "A"}, "identifier": UUID},
            {
                "code": "B",
                "label": {"en": "B"},
                "exact": ["https://elsewhere.example/b"],
                "mappings": {
                    "esco": [
                        {"uri": "http://data.europa.eu/esco/skill/b", "match": "exact"},
                        {"uri": "http://data.europa.eu/esco/skill/near", "match": "close"},
                    ],
                    "x": {"code": 1, "match": "exact"},
                },
            },
        ],
        "roles": [
            {
                "code": "R",
                "label": {"en": "R"},
                "requires": [{"skill": skill, "level": 2} for skill in ("A", "B", "https://g.example/c")],
            }
        ],
    }
)
PROFILE = effective_profile("R", frameworks=FRAMEWORK)


def held(url: Any = None, level: int | None = 2, badge: str = "urn:uuid:1", code: Any = None) -> HeldSkill:
    return HeldSkill(alignment={"targetUrl": url, "targetCode": code}, level=level, badge_id=badge)


def states(*skills: HeldSkill) -> dict[str, tuple[str, int | None, tuple[str, ...]]]:
    return {entry.skill: (entry.state, entry.held, entry.badges) for entry in progress(skills, PROFILE).skills}


A = "https://f.example/f/items/a"


def test_nothing_held_is_everything_missing() -> None:
    found = progress([], PROFILE)
    assert [entry.state for entry in found.skills] == ["missing"] * 3
    assert (found.met, len(found.open)) == ((), 3)


def test_a_badge_at_the_level_or_above_meets_it() -> None:
    assert states(held(A, 2))["A"] == ("met", 2, ("urn:uuid:1",))
    assert states(held(A, 4))["A"][0] == "met"
    assert [entry.skill for entry in progress([held(A)], PROFILE).met] == ["A"]


def test_a_lower_or_unstated_level_does_not_meet_it_and_is_shown() -> None:
    assert states(held(A, 1))["A"] == ("below", 1, ("urn:uuid:1",))
    assert states(held(A, None))["A"] == ("level_unknown", None, ("urn:uuid:1",))


def test_the_badge_with_the_highest_level_comes_first_and_each_once() -> None:
    skills = [held(A, 1, "urn:b"), held(A, None, "urn:a"), held(A, 3, "urn:c"), held(A, 2, "urn:c")]
    assert states(*skills)["A"] == ("met", 3, ("urn:c", "urn:b", "urn:a"))


def test_the_alignment_of_the_item_itself_is_recognised() -> None:
    alignment = to_alignment(FRAMEWORK.items[0], "en", framework=FRAMEWORK)
    assert states(HeldSkill(alignment=alignment, level=2, badge_id="urn:x"))["A"][0] == "met"


def test_exact_matches_elsewhere_count_and_near_ones_do_not() -> None:
    assert states(held("http://data.europa.eu/esco/skill/b"))["B"][0] == "met"
    assert states(held("https://elsewhere.example/b"))["B"][0] == "met"
    assert states(held("http://data.europa.eu/esco/skill/near"))["B"][0] == "missing"


def test_a_uuid_counts_and_a_mere_code_does_not() -> None:
    assert states(held(code=UUID))["A"][0] == "met"
    assert states(held(code="A"))["A"][0] == "missing"
    assert states(held(url=5, code=6))["A"][0] == "missing"


def test_a_skill_of_another_framework_is_recognised_by_its_address() -> None:
    assert states(held("https://g.example/c"))["https://g.example/c"][0] == "met"
    assert states(held(code="https://g.example/c"))["https://g.example/c"][0] == "missing"


def test_progress_has_no_score() -> None:
    names = {field.name for kind in (Progress, SkillProgress) for field in fields(kind)}
    assert names == {"skills", "skill", "required", "state", "held", "badges"}
