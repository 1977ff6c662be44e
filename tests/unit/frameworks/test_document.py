"""The project's own file format: read, checked with every problem named, written without loss."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest

from openbadges.errors import LimitError, MalformedError
from openbadges.frameworks import (
    FrameworkLimits,
    ImportOptions,
    ImportProblems,
    framework_from_document,
    item_document,
    read_framework,
    restore_framework,
    restore_item,
    to_document,
    write_framework,
)
from openbadges.frameworks.schema_export import framework_schema

BASE = "https://frameworks.example/craft"
EVERYTHING: dict[str, Any] = {
    "format": "openbadges-framework/1",
    "id": BASE,
    "code": "CR",
    "identifier": "9f2e6d3c-6f2c-4a9e-8a55-2d8a4f0c9b11",
    "version": "2",
    "status": "adopted",
    "scope": "affiliate",
    "owner": "https://frameworks.example/",
    "creator": "A group",
    "publisher": "Another group",
    "source": "https://source.example/",
    "modified": "2026-01-02T03:04:05+00:00",
    "scheme": "digcomp",
    "title": {"en": "Craft", "pt-BR": "Ofício"},
    "description": {"en": "Things one makes."},
    "license": {"title": "CC0", "url": "https://creativecommons.org/publicdomain/zero/1.0/", "note": "kept"},
    "languages": ["en", "pt-BR"],
    "extends": ["https://frameworks.example/base"],
    "uses": ["https://frameworks.example/other"],
    "levels": [
        {"order": 1, "key": "low", "label": {"en": "Low"}, "description": {"en": "A little."}, "colour": "grey"},
        {"order": 2, "key": "high", "label": {"en": "High"}, "id": BASE + "/l/high", "identifier": "x"},
    ],
    "groups": [
        {"code": "CR-A", "id": BASE + "/groups/cr-a", "label": {"en": "Wood"}, "narrower": ["CR-A2", "CR-A1", "XX-1"]},
    ],
    "skills": [
        {
            "code": "CR-A1",
            "id": BASE + "/items/cr-a1",
            "identifier": "u",
            "slug": "saw",
            "kind": "knowledge",
            "status": "new",
            "group": "CR-A",
            "label": {"en": "Saw"},
            "description": {"en": "Saws wood."},
            "altLabels": {"en": ["Cut"]},
            "levels": ["low"],
            "broader": [{"target": "CR-A", "order": 2}],
            "related": [{"target": "CR-A2", "why": "both are tools"}],
            "exact": ["https://elsewhere.example/1"],
            "close": ["XX-2"],
            "precedes": ["CR-A2"],
            "replacedBy": ["XX-3"],
            "partOf": ["XX-4"],
            "relations": {"ext:near": ["XX-5"]},
            "evidenceExamples": ["a chair"],
            "methods": ["training"],
            "mappings": {
                "esco": [
                    {"uri": "http://data.europa.eu/esco/skill/1", "label_en": "sawing", "match": "close", "seen": 1}
                ],
                "capx": {"code": 7, "label": "wood"},
            },
            "onlyLocal": True,
            "adoptedFrom": {"framework": BASE + "2", "item": BASE + "2/1", "version": "1", "owner": "B", "x": 1},
            "unknown": {"deep": [1]},
        },
        {
            "code": "CR-A2",
            "id": BASE + "/items/cr-a2",
            "label": {"en": "Plane"},
            "group": "CR-A",
            "broader": [{"target": "CR-A", "order": 1}],
        },
    ],
    "roles": [
        {
            "code": "R1",
            "id": BASE + "/roles/r1",
            "label": {"en": "Joiner"},
            "description": {"en": "Joins."},
            "basedOn": "R0",
            "context": "X1",
            "requires": [{"skill": "CR-A1", "level": 2, "because": "saws"}],
            "more": 1,
        },
    ],
    "contexts": [
        {
            "code": "X1",
            "id": BASE + "/contexts/x1",
            "label": {"en": "School"},
            "description": {"en": "At school."},
            "adjust": {
                "levelDelta": {"CR-A1": -1},
                "require": {"CR-A2": 1},
                "relax": {"CR-A1": 1},
                "evidence": {"publicEvidence": False},
                "assessment": "Ask.",
                "other": 1,
            },
            "more": 2,
        },
    ],
    "stricter": [{"role": "R0", "context": "X1", "n": 1, "requires": [{"skill": "CR-A2", "level": 2}]}],
    "translations": [{"item": "XX-1", "label": {"sw": "Mbao"}, "description": {"sw": "…"}, "n": 1}],
    "localNames": [{"item": "XX-1", "label": {"en": "Timber"}, "n": 1}],
    "resolution": "in words",
    "unknownMember": [1, {"two": None}],
}


def small(**members: Any) -> dict[str, Any]:
    return {"format": "openbadges-framework/1", "id": BASE, "title": {"en": "T"}, **members}


def problems_of(document: Any, **options: Any) -> list[tuple[str, str]]:
    with pytest.raises(ImportProblems) as caught:
        framework_from_document(document, **options)
    return [(problem.place, problem.code.removeprefix("frameworks.")) for problem in caught.value.problems]


def test_reading_and_writing_keeps_every_member_known_or_not() -> None:
    assert to_document(framework_from_document(EVERYTHING)) == EVERYTHING


def test_everything_the_reader_takes_is_valid_by_the_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(framework_schema())
    jsonschema.validate(EVERYTHING, framework_schema())


def test_json_text_is_read_back_equal() -> None:
    framework = framework_from_document(EVERYTHING)
    exported = write_framework(framework, "json")
    assert exported.losses == ()
    assert read_framework(exported.text.encode()) == framework


def test_ids_follow_from_codes_where_they_are_left_out() -> None:
    document = small(
        groups=[{"code": "G 1", "label": {"en": "G"}}],
        skills=[{"code": "À", "label": {"en": "S"}}],
        roles=[{"code": "R", "label": {"en": "R"}}],
        contexts=[{"code": "X", "label": {"en": "X"}}],
    )
    framework = framework_from_document(document)
    assert [item.id for item in framework.items] == [BASE + "/groups/g-1", BASE + "/items/c380"]
    assert (framework.roles[0].id, framework.contexts[0].id) == (BASE + "/roles/r", BASE + "/contexts/x")


def test_the_draft_format_name_is_read_and_not_written() -> None:
    framework = framework_from_document(small(format="openbadges-framework/1 (draft)"))
    assert to_document(framework)["format"] == "openbadges-framework/1"


def test_frozen_values() -> None:
    framework = framework_from_document(EVERYTHING)
    with pytest.raises(TypeError):
        framework.title["en"] = "changed"  # type: ignore[index]


LABEL = {"label": {"en": "L"}}
WRONG_SHAPES = [
    ({"title": None}, ("/title", "not_object")),
    ({"title": {}}, ("/title", "no_text")),
    ({"title": {"en": " "}}, ("/title/en", "not_text")),
    ({"title": {"not a tag": "x"}}, ("/title/not a tag", "bad_language")),
    ({"format": "other/1"}, ("/format", "bad_format")),
    ({"format": 1}, ("/format", "bad_format")),
    ({"id": "javascript:alert(1)"}, ("/id", "bad_uri")),
    ({"code": ""}, ("/code", "not_text")),
    ({"languages": "en"}, ("/languages", "not_list")),
    ({"languages": ["e"]}, ("/languages/0", "bad_language")),
    ({"uses": ["x"]}, ("/uses/0", "bad_uri")),
    ({"license": []}, ("/license", "not_object")),
    ({"license": {}}, ("/license", "missing_member")),
    ({"levels": {}}, ("/levels", "not_list")),
    ({"levels": [{"key": "a", "order": 0, **LABEL}]}, ("/levels/0/order", "bad_level")),
    ({"levels": [{"key": "a", "order": True, **LABEL}]}, ("/levels/0/order", "bad_level")),
    ({"skills": [1]}, ("/skills/0", "not_object")),
    ({"skills": [LABEL]}, ("/skills/0", "no_id_no_code")),
    ({"skills": [{"code": "A"}]}, ("/skills/0", "missing_member")),
    ({"skills": [{"code": "A", **LABEL, "onlyLocal": 1}]}, ("/skills/0/onlyLocal", "not_flag")),
    ({"skills": [{"code": "A", **LABEL, "altLabels": {"en": [1]}}]}, ("/skills/0/altLabels/en/0", "not_text")),
    ({"skills": [{"code": "A", **LABEL, "related": [{"target": 1}]}]}, ("/skills/0/related/0/target", "not_text")),
    ({"skills": [{"code": "A", **LABEL, "related": [""]}]}, ("/skills/0/related/0", "not_text")),
    (
        {"skills": [{"code": "A", **LABEL, "broader": [{"target": BASE, "order": 0}]}]},
        ("/skills/0/broader/0/order", "bad_order"),
    ),
    (
        {"skills": [{"code": "A", **LABEL, "relations": {"near": []}}]},
        ("/skills/0/relations/near", "bad_relation_type"),
    ),
    ({"skills": [{"code": "A", **LABEL, "mappings": {"esco": 1}}]}, ("/skills/0/mappings/esco", "not_list")),
    ({"skills": [{"code": "A", **LABEL, "mappings": {"esco": [1]}}]}, ("/skills/0/mappings/esco/0", "not_object")),
    (
        {"skills": [{"code": "A", **LABEL, "mappings": {"esco": {"match": "same"}}}]},
        ("/skills/0/mappings/esco/match", "not_one_of"),
    ),
    (
        {"skills": [{"code": "A", **LABEL, "mappings": {"x": {"code": True}}}]},
        ("/skills/0/mappings/x/code", "not_text"),
    ),
    (
        {"contexts": [{"code": "X", **LABEL, "adjust": {"levelDelta": {"A": "1"}}}]},
        ("/contexts/0/adjust/levelDelta/A", "bad_delta"),
    ),
    (
        {"contexts": [{"code": "X", **LABEL, "adjust": {"require": {"A": 101}}}]},
        ("/contexts/0/adjust/require/A", "bad_level"),
    ),
    (
        {"contexts": [{"code": "X", **LABEL, "adjust": {"evidence": {"a": 0}}}]},
        ("/contexts/0/adjust/evidence/a", "not_flag"),
    ),
]


@pytest.mark.parametrize(("members", "problem"), WRONG_SHAPES, ids=[place for _, (place, _) in WRONG_SHAPES])
def test_a_wrong_member_is_named_with_its_pointer(members: dict[str, Any], problem: tuple[str, str]) -> None:
    document = small(**members)
    assert problems_of(document) == [problem]
    if problem[1] not in ("bad_uri",):  # the schema's pattern for addresses is a little wider
        assert not jsonschema.Draft202012Validator(framework_schema()).is_valid(document)


LEVELS = [{"key": "a", "order": 1, **LABEL}, {"key": "b", "order": 2, **LABEL}]
CONTRADICTIONS = [
    ({"skills": [{"code": "A", **LABEL}, {"code": "A", "id": BASE + "/2", **LABEL}]}, ("/skills/1", "twice")),
    ({"skills": [{"code": "A", **LABEL}], "roles": [{"code": "A", **LABEL}]}, ("/roles/0", "twice")),
    ({"skills": [{"code": "A", **LABEL}], "contexts": [{"code": "A", **LABEL}]}, ("/contexts/0", "twice")),
    ({"levels": [*LEVELS, {"key": "a", "order": 3, **LABEL}]}, ("/levels", "level_twice")),
    ({"levels": [*LEVELS, {"key": "c", "order": 2, **LABEL}]}, ("/levels", "level_twice")),
    (
        {"levels": LEVELS, "skills": [{"code": "A", **LABEL, "levels": ["a", "z"]}]},
        ("/skills/0/levels/1", "unknown_level"),
    ),
    ({"skills": [{"code": "A", **LABEL, "related": ["B"]}]}, ("/skills/0/related", "unknown_reference")),
    (
        {"roles": [{"code": "R", **LABEL, "requires": [{"skill": "B", "level": 1}]}]},
        ("/roles/0/requires/0/skill", "unknown_reference"),
    ),
    ({"roles": [{"code": "R", **LABEL, "basedOn": "B"}]}, ("/roles/0/basedOn", "unknown_reference")),
    ({"roles": [{"code": "R", **LABEL, "context": "B"}]}, ("/roles/0/context", "unknown_reference")),
    (
        {"contexts": [{"code": "X", **LABEL, "adjust": {"relax": {"B": 1}}}]},
        ("/contexts/0/adjust/relax/B", "unknown_reference"),
    ),
    (
        {
            "levels": LEVELS,
            "skills": [{"code": "A", **LABEL}],
            "roles": [{"code": "R", **LABEL, "requires": [{"skill": "A", "level": 3}]}],
        },
        ("/roles/0/requires/0/level", "bad_level"),
    ),
    (
        {
            "levels": LEVELS,
            "skills": [{"code": "A", **LABEL}],
            "contexts": [{"code": "X", **LABEL, "adjust": {"require": {"A": 3}}}],
        },
        ("/contexts/0/adjust/require/A", "bad_level"),
    ),
    (
        {
            "levels": LEVELS,
            "skills": [{"code": "A", **LABEL}],
            "contexts": [{"code": "X", **LABEL, "adjust": {"relax": {"A": 3}}}],
        },
        ("/contexts/0/adjust/relax/A", "bad_level"),
    ),
    (
        {"skills": [{"code": "A", **LABEL, "broader": ["B"]}, {"code": "B", **LABEL, "broader": ["A"]}]},
        ("/skills/0", "circle"),
    ),
]


@pytest.mark.parametrize(("members", "problem"), CONTRADICTIONS, ids=[code for _, (_, code) in CONTRADICTIONS])
def test_a_contradiction_is_named_with_its_pointer(members: dict[str, Any], problem: tuple[str, str]) -> None:
    assert problems_of(small(**members)) == [problem]


def test_a_skill_is_asked_for_once() -> None:
    twice = {"requires": [{"skill": "A", "level": 1}, {"skill": "B", "level": 1}, {"skill": "A", "level": 2}]}
    skills = [{"code": "A", **LABEL}, {"code": "B", **LABEL}]
    document = small(skills=skills, roles=[{"code": "R", **LABEL, **twice}], stricter=[{"role": "S", **twice}])
    assert problems_of(document) == [
        ("/roles/0/requires/2/skill", "asked_twice"),
        ("/stricter/0/requires/2/skill", "asked_twice"),
    ]


def test_every_problem_is_listed_in_one_error() -> None:
    with pytest.raises(ImportProblems) as caught:
        framework_from_document(small(code="", status="", skills=[1]))
    error = caught.value
    assert [problem.place for problem in error.problems] == ["/code", "/status", "/skills/0"]
    assert error.params["count"] == 3
    assert error.pointer == "/code"
    assert error.params["problems"][0] == {"place": "/code", "code": "frameworks.not_text", "params": {}}
    assert "3" in str(error)
    assert (
        str(error.problems[0])
        == "/code: A text is expected here, and it may not be empty. Write one, or leave the member out."
    )


def test_a_wrong_record_does_not_hide_what_is_wrong_with_the_others() -> None:
    skills = [
        {"code": "A", "label": {"en": 1}, "broader": ["nothing"]},  # wrong itself; whoever refers to it is right
        {"code": "B", "label": {"en": "B"}, "related": ["A", "Z"]},
        "no object",
        {"id": "https://f.example/c", "code": "B", "label": {"en": "C"}},
        {"label": {"en": "Nameless"}},
        {"id": "no address", "code": " ", "label": {"en": "D"}},
    ]
    roles = [{"code": "R", "label": {"en": "R"}, "requires": [{"skill": "A", "level": 0}]}]
    assert problems_of(small(skills=skills, roles=roles)) == [
        ("/skills/0/label/en", "not_text"),
        ("/skills/2", "not_object"),
        ("/skills/5/code", "not_text"),
        ("/skills/5/id", "bad_uri"),
        ("/roles/0/requires/0/level", "bad_level"),
        ("/skills/4", "no_id_no_code"),
        ("/skills/3", "twice"),
        ("/skills/1/related", "unknown_reference"),
    ]


def test_problems_beyond_the_limit_are_counted_only() -> None:
    with pytest.raises(ImportProblems) as caught:
        framework_from_document(small(skills=[1, 2, 3]), limits=FrameworkLimits(problems=2))
    assert (len(caught.value.problems), caught.value.params["count"]) == (2, 3)


def test_references_may_lead_out_of_a_framework_that_extends_or_uses_another() -> None:
    for member in ("extends", "uses"):
        document = small(skills=[{"code": "A", **LABEL, "related": ["B"]}], **{member: ["https://other.example/"]})
        assert framework_from_document(document).items[0].targets("related") == ("B",)


def test_too_many_items() -> None:
    document = small(skills=[{"code": "A", **LABEL}, {"code": "B", **LABEL}])
    assert problems_of(document, limits=FrameworkLimits(items=1)) == [("", "too_many_items")]


def test_too_many_languages_is_said_once() -> None:
    document = small(title={"en": "a", "fr": "b", "es": "c", "ar": "d"})
    assert problems_of(document, limits=FrameworkLimits(languages=2)) == [("/title/es", "too_many_languages")]


def test_too_deep_a_hierarchy() -> None:
    chain = [{"code": f"C{n}", **LABEL, "broader": [f"C{n - 1}"] if n else []} for n in range(18)]
    assert problems_of(small(skills=chain)) == [("/skills/16", "too_deep")]
    assert framework_from_document(small(skills=chain[:16])).items


def test_a_long_circle_below_a_top_item_is_found() -> None:
    skills = [
        {"code": "T", **LABEL},
        {"code": "A", **LABEL, "broader": ["T", "C"]},
        {"code": "B", **LABEL, "broader": ["A"]},
        {"code": "C", **LABEL, "broader": ["B"]},
    ]
    assert problems_of(small(skills=skills)) == [("/skills/1", "circle")]


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"a":1,"a":2}', b"\xff", b'{"format": "openbadges-framework/1"}'])
def test_hostile_bytes_give_our_error(data: bytes) -> None:
    with pytest.raises(MalformedError):
        read_framework(data, file_format="json")


def test_the_file_size_is_limited_before_it_is_read() -> None:
    options = ImportOptions(limits=FrameworkLimits(file_bytes=10))
    for file_format in ("json", "case", "ctdl-asn", "csv", "esco", None):
        with pytest.raises(LimitError):
            read_framework(b"{" + b" " * 20, file_format=file_format, options=options)


def test_what_was_written_is_restored_whole_and_in_parts() -> None:
    framework = framework_from_document(EVERYTHING)
    assert restore_framework(to_document(framework)) == framework
    for item in framework.items:
        assert restore_item(item_document(item), framework_id=BASE, group=item.kind == "group") == item
