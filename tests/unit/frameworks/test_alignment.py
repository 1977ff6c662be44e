"""Items and levels in a badge: OB 3.0 Alignment, ResultDescription, Result, Related."""

from __future__ import annotations

from typing import Any

import pytest

from openbadges.errors import ConfigurationError
from openbadges.frameworks import (
    SCHEMES,
    Framework,
    framework_from_document,
    level_alignment,
    mapping_alignments,
    related_translation,
    result,
    result_description,
    starter_frameworks,
    to_alignment,
)

UUID = "5f0f2c1e-0d5c-4b7a-9a44-6f3f7e0f0011"


def framework(scheme: str, item: dict[str, Any], **more: Any) -> Framework:
    document = {
        "format": "openbadges-framework/1",
        "id": "https://f.example/f",
        "title": {"en": "Title", "fr": "Titre"},
        "scheme": scheme,
    }
    return framework_from_document({**document, "skills": [{"label": {"en": "Name", "fr": "Nom"}, **item}], **more})


CITATIONS = [
    ("openbadges", {"code": "MS-T2", "id": "https://f.example/i"}, None, "CFItem", "MS-T2", "Title"),
    ("case", {"code": "1", "id": "https://f.example/i", "identifier": UUID}, "2", "CFItem", UUID, "Title (2)"),
    ("case", {"code": "1", "id": "https://f.example/i"}, None, "CFItem", "b9a4c47a-4a5c-5d5e-8f6e", "Title"),
    ("esco", {"id": f"http://data.europa.eu/esco/skill/{UUID}"}, "v1.2.0", "ext:ESCOAlignment", UUID, "ESCO v1.2.0"),
    ("ctdl-asn", {"id": "https://f.example/i", "identifier": "ce-5"}, "1", "ceasn:Competency", "ce-5", "Title"),
    ("ctdl-asn", {"id": "https://f.example/i", "identifier": UUID}, None, "ceasn:Competency", f"ce-{UUID}", "Title"),
    ("onet", {"code": "2.A.1.b", "id": "https://f.example/i"}, "29.0", "ext:ONETElement", "2.A.1.b", "O*NET-SOC 29.0"),
    ("digcomp", {"code": "2.4", "id": "https://f.example/i"}, "2.2", "ext:DigCompCompetence", "2.4", "DigComp 2.2"),
    (
        "lightcast",
        {"id": "https://lightcast.io/open-skills/skills/KS1"},
        "9",
        "ext:LightcastSkill",
        "KS1",
        "Lightcast Open Skills",
    ),
    ("wikidata", {"id": "https://www.wikidata.org/entity/Q42"}, None, "ext:WikidataItem", "Q42", "Wikidata"),
    ("something-new", {"code": "N", "id": "https://f.example/i"}, None, "CFItem", "N", "Title"),
]


@pytest.mark.parametrize(("scheme", "item", "version", "target_type", "code", "name"), CITATIONS)
def test_each_kind_of_framework_is_cited_in_its_own_words(
    scheme: str, item: dict[str, Any], version: str | None, target_type: str, code: str, name: str
) -> None:
    more = {} if version is None else {"version": version}
    found = framework(scheme, item, **more)
    alignment = to_alignment(found.items[0], "en", framework=found)
    assert alignment["type"] == ["Alignment"]
    assert (alignment["targetType"], alignment["targetFramework"], alignment["targetUrl"]) == (
        target_type,
        name,
        item["id"],
    )
    assert alignment["targetName"] == "Name"
    if len(code) != 23:
        assert alignment["targetCode"] == code
    else:  # follows from the address
        assert len(alignment["targetCode"]) == 36


def test_every_target_type_is_one_that_open_badges_allows() -> None:
    allowed = {
        "ceasn:Competency",
        "ceterms:Credential",
        "CFItem",
        "CFRubric",
        "CFRubricCriterion",
        "CFRubricCriterionLevel",
        "CTDL",
    }
    assert all(scheme.target_type in allowed or scheme.target_type.startswith("ext:") for scheme in SCHEMES.values())


def test_texts_are_in_the_language_of_the_badge_or_the_next_best() -> None:
    found = framework("openbadges", {"code": "A", "description": {"fr": "Description"}})
    french = to_alignment(found.items[0], "fr", framework=found)
    assert (french["targetName"], french["targetDescription"], french["targetFramework"]) == (
        "Nom",
        "Description",
        "Titre",
    )
    arabic = to_alignment(found.items[0], "ar", framework=found)
    assert (arabic["targetName"], arabic["targetDescription"]) == ("Name", "Description")


def test_mappings_become_alignments_where_they_are_near_enough() -> None:
    mappings = {
        "esco": [
            {"uri": f"http://data.europa.eu/esco/skill/{UUID}", "label_en": "plan events", "match": "close"},
            {"uri": "http://data.europa.eu/esco/skill/2", "label_en": "far", "match": "related"},
            {"uri": "http://data.europa.eu/esco/skill/3", "match": "exact"},
        ],
        "capx": {"code": 5, "label_en": "no address", "match": "exact"},
        "other": [
            {"uri": "https://www.wikidata.org/entity/Q1", "code": 7, "label_en": "thing", "match": "exact"},
            {"uri": "https://elsewhere.example/x", "label_en": "where", "match": "exact"},
        ],
    }
    item = framework("openbadges", {"code": "A", "mappings": mappings}).items[0]
    assert mapping_alignments(item, "en") == [
        {
            "type": ["Alignment"],
            "targetType": "ext:ESCOAlignment",
            "targetCode": UUID,
            "targetName": "plan events",
            "targetFramework": "ESCO",
            "targetUrl": f"http://data.europa.eu/esco/skill/{UUID}",
        },
        {
            "type": ["Alignment"],
            "targetType": "ext:WikidataItem",
            "targetCode": "7",
            "targetName": "thing",
            "targetFramework": "Wikidata",
            "targetUrl": "https://www.wikidata.org/entity/Q1",
        },
        {
            "type": ["Alignment"],
            "targetCode": "x",
            "targetName": "where",
            "targetFramework": "other",
            "targetUrl": "https://elsewhere.example/x",
        },
    ]
    assert [each["targetName"] for each in mapping_alignments(item, "en", matches=("related",))] == ["far"]


def test_a_level_is_cited_as_a_rubric_criterion_level() -> None:
    skills, _ = starter_frameworks()
    alignment = level_alignment(skills.levels[2], "es", framework=skills)
    assert alignment["targetType"] == "CFRubricCriterionLevel"
    assert alignment["targetName"] == "De forma autónoma"
    assert alignment["targetUrl"] == "https://badges.example.org/frameworks/movement-skills/levels/independent"


ACHIEVEMENT = "https://badges.example.org/achievements/host"


def test_levels_are_a_rubric_of_the_achievement() -> None:
    skills, _ = starter_frameworks()
    item = next(item for item in skills.items if item.code == "MS-O1")
    description = result_description(item, "en", framework=skills, achievement_id=ACHIEVEMENT, required=3)
    assert description["id"] == ACHIEVEMENT + "#level"
    assert (description["type"], description["resultType"]) == (["ResultDescription"], "RubricCriterionLevel")
    assert description["requiredLevel"] == ACHIEVEMENT + "#level-3"
    assert [level["level"] for level in description["rubricCriterionLevel"]] == ["1", "2", "3", "4"]
    assert description["rubricCriterionLevel"][2] == {
        "id": ACHIEVEMENT + "#level-3",
        "type": ["RubricCriterionLevel"],
        "name": "Independent",
        "level": "3",
        "points": "3",
        "description": "Does it alone in ordinary conditions and recovers from the usual problems.",
    }
    assert result(description, 3) == {
        "type": ["Result"],
        "resultDescription": ACHIEVEMENT + "#level",
        "achievedLevel": ACHIEVEMENT + "#level-3",
    }


def test_several_skills_have_descriptions_of_their_own_that_say_which() -> None:
    level = {"key": "a", "order": 1, "label": {"en": "A"}}
    found = framework("openbadges", {"code": "A", "levels": ["a"]}, levels=[level, {**level, "key": "b", "order": 2}])
    description = result_description(
        found.items[0], "en", framework=found, achievement_id=ACHIEVEMENT, anchor="a", name="Level of A", aligned=True
    )
    assert description["id"] == ACHIEVEMENT + "#a"
    assert description["name"] == "Level of A"
    assert description["alignment"] == [to_alignment(found.items[0], "en", framework=found)]
    assert [entry["id"] for entry in description["rubricCriterionLevel"]] == [ACHIEVEMENT + "#a-1"]
    assert "description" not in description["rubricCriterionLevel"][0]


def test_levels_of_the_framework_below_are_handed_in_for_a_local_item() -> None:
    skills, _ = starter_frameworks()
    local = framework("openbadges", {"code": "A"})
    made = result_description(local.items[0], "en", framework=local, achievement_id=ACHIEVEMENT, levels=skills.levels)
    assert len(made["rubricCriterionLevel"]) == 4


def test_what_cannot_be_a_rubric_is_the_callers_mistake() -> None:
    local = framework("openbadges", {"code": "A"})
    skills, _ = starter_frameworks()
    with pytest.raises(ConfigurationError, match="levels"):
        result_description(local.items[0], "en", framework=local, achievement_id=ACHIEVEMENT)
    for wrong in ("not an address", ACHIEVEMENT + "#x"):
        with pytest.raises(ConfigurationError, match="achievement"):
            result_description(skills.items[8], "en", framework=skills, achievement_id=wrong)
    with pytest.raises(ConfigurationError, match="no level 5"):
        result_description(skills.items[8], "en", framework=skills, achievement_id=ACHIEVEMENT, required=5)
    description = result_description(skills.items[8], "en", framework=skills, achievement_id=ACHIEVEMENT)
    with pytest.raises(ConfigurationError, match="no level 9"):
        result(description, 9)


def test_a_translation_is_a_related_achievement() -> None:
    assert related_translation(ACHIEVEMENT + "/fr", "fr") == {
        "type": ["Related"],
        "id": ACHIEVEMENT + "/fr",
        "inLanguage": "fr",
    }
    assert related_translation(ACHIEVEMENT + "/fr", "fr", version="2")["version"] == "2"
