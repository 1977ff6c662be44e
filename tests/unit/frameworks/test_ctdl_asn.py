"""CTDL-ASN graphs: multilingual by nature, without levels, roles and contexts."""

from __future__ import annotations

import json
from typing import Any

import pytest

from openbadges.frameworks import (
    ExportOptions,
    Framework,
    ImportProblems,
    framework_from_document,
    read_framework,
    write_framework,
)

BASE = "https://credentialengineregistry.org/resources/ce-"
ROOT = BASE + "11111111-1111-4111-8111-111111111111"
ONE = BASE + "22222222-2222-4222-8222-222222222222"
TWO = BASE + "33333333-3333-4333-8333-333333333333"
TERMS = "https://purl.org/ctdlasn/terms/"
GRAPH: list[Any] = [
    {
        "@id": ROOT,
        "@type": ["ceasn:CompetencyFramework"],
        "ceterms:ctid": "ce-11111111-1111-4111-8111-111111111111",
        "ceasn:name": {"en-US": "Craft", "es": "Oficio"},
        "ceasn:description": "In the language of the framework.",
        "ceasn:inLanguage": ["en-US", 5],
        "ceasn:license": "https://cc.example/zero",
        "ceasn:dateModified": "2026-01-01",
        "ceasn:source": [{"@id": "https://source.example/"}],
        "ceasn:hasTopChild": [TWO, ONE],
        "ceasn:publisherName": {"en": "kept"},
    },
    {
        "@id": ONE,
        "@type": "ceasn:Competency",
        "ceterms:ctid": "ce-22222222-2222-4222-8222-222222222222",
        "ceasn:competencyText": {"en-US": ["First line.", "Second line."], "es": ""},
        "ceasn:competencyCategory": {"en-US": "Ability"},
        "ceasn:conceptKeyword": {"en-US": ["kept"]},
        "ceasn:minorAlignment": ["http://data.europa.eu/esco/skill/1", TWO, {"no": "id"}],
        "ceasn:broadAlignment": {"@id": "http://data.europa.eu/esco/skill/2"},
        "ceasn:exactAlignment": "https://elsewhere.example/x",
    },
    {
        "@id": TWO,
        "@type": TERMS + "Competency",
        TERMS + "competencyLabel": [{"@value": "Saw", "@language": "en"}, {"@value": "Sierra", "@language": "es"}, 5],
        TERMS + "competencyText": "Saws wood.",
        TERMS + "codedNotation": "T.2",
        TERMS + "competencyCategory": {"en": "Skill Group"},
        TERMS + "hasChild": [{"@id": BASE + "4"}],
    },
    {
        "@id": BASE + "4",
        "@type": "ceasn:Competency",
        "ceasn:competencyText": "x",
        "ceasn:isChildOf": TWO,
        "ceasn:hasChild": [],
    },
    {"@id": "https://other.example/", "@type": "ceterms:Organization"},
]


def read(graph: Any, **more: Any) -> Framework:
    return read_framework(
        json.dumps({"@context": "https://credreg.net/ctdlasn/schema/context/json", "@graph": graph, **more}).encode()
    )


def problems_of(graph: Any) -> list[tuple[str, str]]:
    with pytest.raises(ImportProblems) as caught:
        read(graph)
    return [(problem.place, problem.code.removeprefix("frameworks.")) for problem in caught.value.problems]


def test_a_graph_is_read() -> None:
    framework = read(GRAPH)
    assert (framework.id, framework.scheme, framework.languages) == (ROOT, "ctdl-asn", ("en-US",))
    assert framework.title == {"en-US": "Craft", "es": "Oficio"}
    assert framework.description == {"en-US": "In the language of the framework."}
    assert framework.license is not None
    assert (framework.license.url, framework.modified, framework.source) == (
        "https://cc.example/zero",
        "2026-01-01",
        "https://source.example/",
    )
    assert framework.extra["ctdl"] == {"ceasn:publisherName": {"en": "kept"}}
    group, first, below = framework.items
    assert (group.kind, group.code, group.label, group.description) == (
        "group", "T.2", {"en": "Saw", "es": "Sierra"}, {"en-US": "Saws wood."},
    )  # fmt: skip
    assert (first.kind, first.label, first.code) == ("Ability", {"en-US": "First line.\nSecond line."}, None)
    assert first.extra["ctdl"] == {"ceasn:conceptKeyword": {"en-US": ["kept"]}}
    assert first.identifier == "ce-22222222-2222-4222-8222-222222222222"
    assert below.targets("broader") == ("T.2",)


def test_alignments_become_relations_or_mappings() -> None:
    first = read(GRAPH).items[1]
    assert (first.targets("related"), first.targets("exact")) == (("T.2",), ("https://elsewhere.example/x",))
    assert [(match.scheme, match.uri, match.match) for match in first.mappings] == [
        ("esco", "http://data.europa.eu/esco/skill/1", "related"),
        ("esco", "http://data.europa.eu/esco/skill/2", "broad"),
    ]


def test_top_children_follow_the_framework() -> None:
    graph = [json.loads(json.dumps(node).replace("Skill Group", "Skill")) for node in GRAPH]
    assert [item.id for item in read(graph).items] == [TWO, ONE, BASE + "4"]


def test_what_was_read_is_written_and_read_again_equal() -> None:
    framework = read(GRAPH)
    exported = write_framework(framework, "ctdl-asn")
    assert exported.losses == ()
    assert read_framework(exported.text.encode()) == framework


def test_a_framework_node_alone_needs_no_graph() -> None:
    node = {"@context": "https://credreg.net/ctdlasn/schema/context/json", **GRAPH[0]}
    assert read_framework(json.dumps(node).encode()).items == ()


def test_what_the_format_cannot_carry_is_listed() -> None:
    framework = framework_from_document(
        {
            "format": "openbadges-framework/1",
            "id": "https://f.example/f",
            "title": {"en": "F"},
            "uses": ["https://g.example/"],
            "license": {"title": "Ours"},
            "roles": [{"code": "R", "label": {"en": "R"}}, {"code": "Q", "label": {"en": "Q"}}],
            "levels": [{"key": "a", "order": 1, "label": {"en": "A"}}],
            "skills": [
                {
                    "code": "A",
                    "label": {"en": "A"},
                    "related": ["G-1", "https://g.example/2"],
                    "precedes": ["G-1"],
                    "broader": ["G-1"],
                    "mappings": {
                        "capx": {"code": 1},
                        "esco": [{"uri": "http://data.europa.eu/esco/skill/1", "match": "close"}],
                        "own": [{"uri": "https://own.example/1"}],
                    },
                }
            ],
        }
    )
    exported = write_framework(framework, "ctdl-asn")
    lost = {(loss.subject, loss.count) for loss in exported.losses}
    assert lost == {
        ("uses", 1), ("levels", 1), ("roles", 2), ("level.key", 1), ("level.order", 1), ("level.label", 1),
        ("license", 1),
        ("item.precedes", 1), ("G-1", 2), ("capx", 1), ("own", 1),
    }  # fmt: skip
    node = json.loads(exported.text)["@graph"][1]
    assert node["ceasn:majorAlignment"] == ["http://data.europa.eu/esco/skill/1"]
    assert node["ceasn:minorAlignment"] == ["https://g.example/2"]


def test_codes_of_known_frameworks_get_their_addresses() -> None:
    def one(name: str, **more: Any) -> Framework:
        return framework_from_document(
            {
                "format": "openbadges-framework/1",
                "id": f"https://{name}.example/",
                "title": {"en": "T"},
                "uses": ["https://x.example/"],
                **more,
            }
        )

    other = one("other", skills=[{"code": "O", "label": {"en": "O"}}])
    framework = one("own", skills=[{"code": "A", "label": {"en": "A"}, "broader": ["O"]}], identifier="ce-5")
    exported = write_framework(framework, "ctdl-asn", options=ExportOptions(known=(framework, other)))
    root, node = json.loads(exported.text)["@graph"]
    assert root["ceterms:ctid"] == "ce-5"
    assert node["ceasn:broadAlignment"] == ["https://other.example/items/o"]
    assert root["ceasn:hasTopChild"] == ["https://own.example/items/a"]


def test_every_problem_of_a_graph_is_listed() -> None:
    graph = [
        *GRAPH,
        5,
        {"@type": "ceasn:Competency"},
        {"@id": "no-address", "@type": "ceasn:Competency", "ceasn:competencyText": "x"},
    ]
    assert problems_of(graph) == [
        ("/@graph/5", "not_object"),
        ("/@graph/6", "missing_member"),
        ("/@graph/6", "missing_member"),
        ("/@graph/7/id", "bad_uri"),
    ]


@pytest.mark.parametrize(
    ("graph", "problem"),
    [
        ({}, ("/@graph", "not_list")),
        ([], ("/@graph", "not_one_framework")),
        ([GRAPH[0], GRAPH[0]], ("/@graph", "not_one_framework")),
        ([{"@type": "ceasn:CompetencyFramework"}], ("/@graph/0", "missing_member")),
    ],
)
def test_a_graph_needs_one_framework(graph: Any, problem: tuple[str, str]) -> None:
    assert problem in problems_of(graph)
