"""CASE 1.0 and 1.1: read leniently, written strictly, nothing lost on the way that CASE can carry."""

from __future__ import annotations

import copy
import dataclasses
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from openbadges.frameworks import (
    Catalogue,
    ExportOptions,
    Framework,
    ImportProblems,
    framework_from_document,
    read_framework,
    starter_frameworks,
    to_document,
    write_framework,
)

BASE = "https://case.example/ims/case/v1p0"
DOC = "5f0f2c1e-0d5c-4b7a-9a44-6f3f7e0f0001"
ONE = "5f0f2c1e-0d5c-4b7a-9a44-6f3f7e0f0011"
TWO = "5f0f2c1e-0d5c-4b7a-9a44-6f3f7e0f0012"
ZERO = "00000000-0000-0000-0000-000000000000"


def association(number: int, kind: str, origin: Any, destination: Any, **more: Any) -> dict[str, Any]:
    return {
        "identifier": f"5f0f2c1e-0d5c-4b7a-9a44-6f3f7e0f1{number:03}",
        "uri": f"{BASE}/CFAssociations/{number}",
        "associationType": kind,
        "originNodeURI": origin,
        "destinationNodeURI": destination,
        "lastChangeDateTime": "2018-03-01T21:01:43",
        **more,
    }


def node(identifier: str, **more: Any) -> dict[str, Any]:
    return {"title": "n", "identifier": identifier, "uri": f"{BASE}/CFItems/{identifier}", **more}


ROOT = {"title": "Old framework", "identifier": DOC, "uri": f"{BASE}/CFDocuments/{DOC}"}
OLD: dict[str, Any] = {  # CASE 1.0 with the quirks of real servers
    "CFDocument": {
        "identifier": DOC,
        "uri": f"{BASE}/CFDocuments/{DOC}",
        "creator": "Somebody",
        "title": "Old framework",
        "lastChangeDateTime": "2018-03-01T21:01:43",
        "CFPackageURI": {"title": "p", "identifier": DOC, "uri": f"{BASE}/CFPackages/{DOC}"},
        "adoptionStatus": "Draft",
        "officialSourceURL": "https://source.example/",
        "subject": ["Craft"],
        "description": "",
        "language": "en",
    },
    "CFItems": [
        {
            "identifier": ONE,
            "uri": f"{BASE}/CFItems/{ONE}",
            "CFDocumentURI": f"{BASE}/CFDocuments/{DOC}",
            "fullStatement": "Solve 𝒙 + 1 = 2",
            "humanCodingScheme": "1",
            "CFItemType": "Standard",
            "educationalLevel": ["05"],
            "conceptKeywords": ["algebra"],
            "alternativeLabel": "Solving",
            "statusStartDate": "2018-01-01",
            "lastChangeDateTime": "2017-10-31T18:50:05",
            "vendorMember": 1,
        },
        {
            "identifier": TWO,
            "uri": f"{BASE}/CFItems/{TWO}",
            "fullStatement": "A long statement.",
            "abbreviatedStatement": "Long",
            "humanCodingScheme": "D",
            "language": "fr",
            "lastChangeDateTime": "2018-03-01T21:01:43",
        },
        {
            "identifier": ZERO,
            "fullStatement": "No address",
            "humanCodingScheme": "D",
            "lastChangeDateTime": "2018-03-01T21:01:43",
        },
        {
            "uri": f"{BASE}/CFItems/4",
            "abbreviatedStatement": "Short alone",
            "CFItemType": "Role",
            "lastChangeDateTime": "bad",
        },
        {"uri": f"{BASE}/CFItems/5", "fullStatement": "A situation", "CFItemType": "Context"},
    ],
    "CFAssociations": [
        association(1, "isChildOf", node(TWO), ROOT, sequenceNumber=1),
        association(2, "isChildOf", node(ONE), ROOT, sequenceNumber=2, notes="n"),
        association(3, "isChildOf", {"identifier": ZERO, "title": "z"}, node(ONE), sequenceNumber=2),
        association(4, "isChildOf", f"{BASE}/CFItems/4", node(ONE), sequenceNumber=1),
        association(5, "isPeerOf", node(ONE), node(TWO)),
        association(
            6, "exactMatchOf", node(ONE), {"title": "there", "identifier": "x", "uri": "https://elsewhere.example/1"}
        ),
        association(
            7, "isChildOf", {"title": "out", "identifier": "y", "uri": "https://elsewhere.example/2"}, node(ONE)
        ),
        association(
            8,
            "isRelatedTo",
            {"title": "a", "identifier": "a", "uri": "https://elsewhere.example/3"},
            {"title": "b", "identifier": "b", "uri": "https://elsewhere.example/4"},
        ),
        association(
            9,
            "isRelatedTo",
            node(ONE),
            {
                "title": "solve",
                "identifier": "e",
                "uri": "http://data.europa.eu/esco/skill/9",
                "targetType": "ext:ESCOAlignment",
            },
        ),
        association(
            10,
            "isRelatedTo",
            node(ONE),
            {"title": "https://other.example/t", "identifier": "e", "uri": "https://other.example/t"},
            notes="SKOS broadMatch",
        ),
        association(
            11, "isRelatedTo", node(TWO), {"identifier": "5f0f2c1e-0d5c-4b7a-9a44-6f3f7e0f0999"}, notes="see there"
        ),
        association(12, "isTranslationOf", node(TWO), node(ONE)),
        association(13, "isChildOf", f"{BASE}/CFItems/5", {"identifier": DOC, "title": "by identifier"}),
    ],
    "CFDefinitions": {
        "CFSubjects": [
            {
                "identifier": ZERO,
                "uri": f"{BASE}/CFSubjects/1",
                "title": "Craft",
                "hierarchyCode": "1",
                "lastChangeDateTime": "2018-03-01T21:01:43",
            }
        ],
        "CFConcepts": "not a list",
    },
    "CFRubrics": [
        {
            "identifier": DOC,
            "uri": f"{BASE}/CFRubrics/0",
            "lastChangeDateTime": "2018-03-01T21:01:43Z",
            "CFRubricCriteria": [
                {"identifier": DOC, "uri": f"{BASE}/c/0", "lastChangeDateTime": "2018-03-01T21:01:43Z"}
            ],
        },
        {
            "identifier": ONE,
            "uri": f"{BASE}/CFRubrics/1",
            "title": "How well",
            "lastChangeDateTime": "2018-03-01T21:01:43Z",
            "CFRubricCriteria": [
                {
                    "identifier": TWO,
                    "uri": f"{BASE}/criteria/1",
                    "lastChangeDateTime": "2018-03-01T21:01:43Z",
                    "weight": 0.5,
                    "position": 1,
                    "CFRubricCriterionLevels": [
                        {
                            "identifier": TWO,
                            "uri": f"{BASE}/levels/2",
                            "quality": "Very good",
                            "description": "All of it.",
                            "score": 2,
                            "lastChangeDateTime": "2018-03-01T21:01:43Z",
                        },
                        {
                            "identifier": ONE,
                            "uri": f"{BASE}/levels/1",
                            "description": "Some of it.",
                            "score": 1.0,
                            "lastChangeDateTime": "2018-03-01T21:01:43Z",
                        },
                        {"uri": f"{BASE}/levels/0", "lastChangeDateTime": "2018-03-01T21:01:43Z"},
                    ],
                }
            ],
        },
    ],
    "extensions": {"kept": True},
}


@pytest.fixture
def strict(root: Path) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads((root / "tests/vectors/case-1.1.schema.json").read_text()))


def read(package: Any) -> Framework:
    return read_framework(json.dumps(package).encode(), file_format="case")


def problems_of(package: Any) -> list[tuple[str, str]]:
    with pytest.raises(ImportProblems) as caught:
        read(package)
    return [(problem.place, problem.code.removeprefix("frameworks.")) for problem in caught.value.problems]


def changed(*path: Any, value: Any) -> dict[str, Any]:
    package = copy.deepcopy(OLD)
    place: Any = package
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return package


def test_case_1_0_with_its_quirks_is_read() -> None:
    framework = read(OLD)
    items = {item.id.rsplit("/", 1)[-1]: item for item in framework.items}
    first, second = items[ONE], items[TWO]
    assert (framework.scheme, framework.id, framework.identifier) == ("case", f"{BASE}/CFDocuments/{DOC}", DOC)
    assert (framework.status, framework.creator, framework.source) == ("Draft", "Somebody", "https://source.example/")
    assert (first.code, first.kind, first.label) == ("1", "Standard", {"en": "Solve 𝒙 + 1 = 2"})
    assert first.alt_labels == {"en": ("Solving",)}
    assert first.extra["case"]["educationLevel"] == ["05"]
    assert (second.label, second.description) == ({"fr": "Long"}, {"fr": "A long statement."})
    assert second.code is None  # two items share the code D, so it names neither
    assert second.extra["case"]["humanCodingScheme"] == "D"
    assert [item.id for item in framework.items if item.kind == "item"] == [f"{BASE}/CFItems/{TWO}", f"urn:uuid:{ZERO}"]
    assert items["4"].label == {"en": "Short alone"}
    assert (items["4"].kind, items["5"].kind) == ("Role", "Context")  # the word alone makes no role


def test_an_identifier_of_two_items_names_neither() -> None:
    package = json.loads(json.dumps(OLD))
    alike = [item for item in package["CFItems"] if "uri" in item][:2]
    alike[1]["identifier"] = alike[0]["identifier"]
    framework = read(package)
    pair = [item for item in framework.items if item.id in {one["uri"] for one in alike}]
    assert [(item.identifier, item.extra["case"]["identifier"]) for item in pair] == [
        (None, alike[0]["identifier"])
    ] * 2
    written = json.loads(write_framework(framework, "case").text)
    identifiers = [item["identifier"] for item in written["CFItems"]]
    assert len(set(identifiers)) == len(identifiers)
    assert [item.id for item in read(written).items] == [item.id for item in framework.items]


def test_null_for_a_list_is_an_empty_list() -> None:
    empty = dict.fromkeys(("CFAssociations", "CFRubrics", "CFDefinitions"))
    without = {name: value for name, value in OLD.items() if name not in empty}
    assert read({**OLD, **empty}) == read(without)
    assert read({**OLD, **empty, "CFItems": None}).items == ()


def test_case_hierarchy_follows_sequence_numbers() -> None:
    framework = read(OLD)
    children = Catalogue((framework,)).children(framework)
    assert [item.id for item in children[f"{BASE}/CFItems/{ONE}"]] == [f"{BASE}/CFItems/4", f"urn:uuid:{ZERO}"]
    top = [item.id for item in framework.items if not item.targets("broader")]
    assert top == [f"{BASE}/CFItems/{TWO}", f"{BASE}/CFItems/{ONE}", f"{BASE}/CFItems/5"]


def test_case_associations_become_relations_and_mappings() -> None:
    framework = read(OLD)
    first = next(item for item in framework.items if item.code == "1")
    assert first.targets("ext:isPeerOf") == (f"{BASE}/CFItems/{TWO}",)
    assert first.targets("exact") == ("https://elsewhere.example/1",)
    assert first.targets("narrower") == ("https://elsewhere.example/2",)
    assert [(match.scheme, match.uri, match.match, match.label) for match in first.mappings] == [
        ("esco", "http://data.europa.eu/esco/skill/9", "related", {"en": "solve"}),
        ("other", "https://other.example/t", "broad", {}),
    ]
    second = next(item for item in framework.items if "fr" in item.label)
    assert second.targets("related") == ("urn:uuid:5f0f2c1e-0d5c-4b7a-9a44-6f3f7e0f0999",)


def test_case_rubrics_become_levels_lowest_first() -> None:
    levels = read(OLD).levels
    assert [(level.order, level.key, dict(level.label)) for level in levels] == [
        (1, "1", {"en": "1"}),
        (2, "2", {"en": "Some of it."}),
        (3, "3-very-good", {"en": "Very good"}),
    ]
    assert (levels[2].id, levels[2].identifier) == (f"{BASE}/levels/2", TWO)


def test_a_written_package_is_strict_case_1_1_and_read_back_equal_but_for_what_is_listed(
    strict: jsonschema.Draft202012Validator,
) -> None:
    framework = read(OLD)
    exported = write_framework(framework, "case")
    package = json.loads(exported.text)
    assert [error.message for error in strict.iter_errors(package)] == []
    losses = {(loss.code.removeprefix("frameworks.loss."), loss.subject) for loss in exported.losses}
    assert ("case_member", "CFItem.vendorMember") in losses
    assert ("case_identifier", "") in losses
    assert ("case_time_zone", "") in losses
    assert ("case_time", "bad") in losses
    assert all(str(loss) for loss in exported.losses)
    again = read_framework(exported.text.encode())
    assert [item.id for item in again.items] == [item.id for item in framework.items]
    assert [item.label for item in again.items] == [item.label for item in framework.items]
    assert [len(item.relations) for item in again.items] == [len(item.relations) for item in framework.items]
    assert package["extensions"] == {"kept": True}
    assert len(package["CFRubrics"]) == 2
    assert package["CFDefinitions"]["CFSubjects"][0]["title"] == "Craft"


def test_what_is_written_strictly_once_stays_the_same() -> None:
    once = write_framework(read(OLD), "case").text
    twice = write_framework(read_framework(once.encode()), "case")
    assert json.loads(twice.text) == json.loads(once)
    assert twice.losses == ()


def test_a_case_framework_survives_the_own_format() -> None:
    framework = read(OLD)
    assert framework_from_document(to_document(framework)) == framework


def test_every_member_of_the_own_format_survives_case(strict: jsonschema.Draft202012Validator) -> None:
    base = "https://own.example/f"
    label = {"label": {"en": "L", "fr": "M"}}
    document = {
        "format": "openbadges-framework/1",
        "id": base,
        "title": {"fr": "Titre"},
        "description": {"fr": "D", "en": "E"},
        "status": "draft for us",
        "languages": ["fr", "en"],
        "license": {"title": "CC0"},
        "scheme": "lightcast",
        "modified": "2026-01-02T03:04:05+00:00",
        "extends": ["https://base.example/f"],
        "levels": [{"key": "a", "order": 1, "id": "https://elsewhere.example/a", "code": "LEVEL", **label}],
        "groups": [{"code": "G", "id": f"{base}/groups/g", **label, "narrower": ["S2", "S"]}],
        "skills": [
            {
                "code": "S",
                "id": f"{base}/items/s",
                "label": {"ar": "ل"},
                "description": {"en": "not in the language of the label"},
                "kind": "ability",
                "broader": [{"target": "G", "order": 2}, "XX-1"],
                "close": ["S2", {"target": "XX-2", "why": 1}],
                "related": [{"target": "S2", "case": {"notes": "seen"}}],
                "relations": {"ext:near": ["https://elsewhere.example/near"]},
                "altLabels": {"ar": ["م"], "en": ["N"]},
                "mappings": {
                    "esco": [
                        {"uri": "http://data.europa.eu/esco/skill/1", "label_en": "one", "match": "exact"},
                        {"uri": "http://data.europa.eu/esco/skill/2"},
                    ],
                    "own": [{"uri": "https://elsewhere.example/m", "match": "narrow"}],
                },
            },
            {
                "code": "S2",
                "id": f"{base}/items/s2",
                **label,
                "altLabels": {"fr": ["seul"]},
                "broader": [{"target": "G", "order": 1}],
            },
            {"id": f"{base}/items/none", **label, "kind": "item"},
        ],
        "roles": [{"code": "R", "id": f"{base}/roles/r", **label, "requires": [], "basedOn": "XX-R", "context": "C"}],
        "contexts": [{"code": "C", "id": f"{base}/contexts/c", **label}],
        "stricter": [{"role": "XX-R", "requires": [{"skill": "S", "level": 1}]}],
        "free": {"kept": [1]},
    }
    framework = framework_from_document(document)
    exported = write_framework(framework, "case")
    assert [error.message for error in strict.iter_errors(json.loads(exported.text))] == []
    assert read_framework(exported.text.encode()) == framework
    assert {loss.subject for loss in exported.losses} == {"XX-1", "XX-2"}


def test_known_frameworks_give_the_addresses_of_codes() -> None:
    other = framework_from_document(
        {
            "format": "openbadges-framework/1",
            "id": "https://o.example/",
            "title": {"en": "O"},
            "skills": [{"code": "O-1", "label": {"en": "o"}}],
        }
    )
    framework = framework_from_document(
        {
            "format": "openbadges-framework/1",
            "id": "https://f.example/",
            "title": {"en": "F"},
            "uses": ["https://o.example/"],
            "skills": [{"code": "F-1", "label": {"en": "f"}, "related": ["O-1"]}],
        }
    )
    package = json.loads(write_framework(framework, "case", options=ExportOptions(known=(other, framework))).text)
    targets = [each["destinationNodeURI"]["uri"] for each in package["CFAssociations"]]
    assert "https://o.example/items/o-1" in targets
    assert read(package) == framework


def test_requirements_by_association_alone_make_a_role() -> None:
    package = copy.deepcopy(OLD)
    role = f"{BASE}/CFItems/4"
    package["CFItems"][3]["humanCodingScheme"] = "ROLE"
    package["CFAssociations"] += [
        association(20, "ext:requiresSkill", role, node(ONE), notes="level 2"),
        association(
            21, "ext:requiresSkill", role, {"title": "x", "identifier": "x", "uri": "https://elsewhere.example/s"}
        ),
    ]
    framework = read(package)
    assert [(entry.skill, entry.level) for entry in framework.roles[0].requires] == [
        ("1", 2),
        ("https://elsewhere.example/s", 1),
    ]


def test_every_problem_of_a_package_is_listed_with_its_pointer() -> None:
    package = copy.deepcopy(OLD)
    package["CFItems"] += [7, {"fullStatement": "no address at all"}, {"uri": f"{BASE}/CFItems/6"}]
    package["CFAssociations"] += [
        association(30, "isCousinOf", node(ONE), node(TWO)),
        association(31, "isRelatedTo", node(ONE), {"title": "nothing"}),
        association(32, "isRelatedTo", 5, node(ONE)),
    ]
    assert problems_of(package) == [
        ("/CFItems/5", "not_object"),
        ("/CFAssociations/13/associationType", "bad_association_type"),
        ("/CFAssociations/14/destinationNodeURI", "missing_member"),
        ("/CFAssociations/15/originNodeURI", "missing_member"),
        ("/CFItems/6", "missing_member"),
        ("/CFItems/7", "missing_member"),
    ]


@pytest.mark.parametrize(
    ("package", "problem"),
    [
        ({}, ("/CFDocument", "missing_member")),
        ({"CFDocument": []}, ("/CFDocument", "missing_member")),
        (changed("CFItems", value={}), ("/CFItems", "not_list")),
        (changed("CFDocument", "title", value=None), ("/CFDocument", "missing_member")),
        (changed("CFItems", 1, "uri", value="javascript:x"), ("/CFItems/1/id", "bad_uri")),
        (changed("CFItems", 1, "extensions", value={"labels": 5}), ("/CFItems/1/label", "not_object")),
        (changed("CFItems", 1, "extensions", value={"levels": "all"}), ("/CFItems/1/levels", "not_list")),
        (changed("CFItems", 1, "uri", value=f"{BASE}/CFItems/{ONE}"), ("/CFItems/1", "twice")),
        (changed("CFDocument", "extensions", value={"scheme": 5}), ("/CFDocument/scheme", "not_text")),
    ],
)
def test_one_problem_of_a_package_is_named_where_it_stands(package: Any, problem: tuple[str, str]) -> None:
    assert problem in problems_of(package)


def test_a_document_without_address_and_identifier_is_refused() -> None:
    package = changed("CFDocument", value={"title": "T", "creator": "C"})
    assert ("/CFDocument/id", "bad_uri") in problems_of(package)


@pytest.mark.parametrize(
    ("member", "value", "written"),
    [
        ("subjectURI", f"{BASE}/s", [{"title": "s", "uri": f"{BASE}/s"}]),
        ("subjectURI", [5], []),
        ("CFItemTypeURI", {"uri": 5}, None),
        ("conceptKeywords", "one", ["one"]),
        ("conceptKeywords", 5, None),
        ("statusEndDate", "2018-01-01T00:00:00", "2018-01-01"),
        ("statusEndDate", "soon", None),
        ("notes", 5, None),
    ],
)
def test_members_of_another_kind_are_mended_or_dropped(member: str, value: Any, written: Any) -> None:
    package = json.loads(write_framework(read(changed("CFItems", 0, member, value=value)), "case").text)
    item = next(item for item in package["CFItems"] if item.get("humanCodingScheme") == "1")
    found = item.get(member)
    if isinstance(found, list) and found and isinstance(found[0], dict):
        found = [{"title": link["title"], "uri": link["uri"]} for link in found]
    assert found == written


def test_definitions_rubrics_and_associations_of_another_kind_are_dropped() -> None:
    framework = read(OLD)
    left = dict(framework.extra["case"])
    left["CFDefinitions"] = {
        "CFConcepts": [5, {"uri": 5}, {"uri": "https://c.example/1", "title": "no code"}],
        "CFSubjects": 5,
    }
    left["CFRubrics"] = [{"uri": "https://c.example/r", "CFRubricCriteria": 5}]
    left["CFDocument"] = {"caseVersion": 5, "frameworkType": "x"}
    left["CFAssociations"] = [
        {**association(40, "isCousinOf", node(ONE), node(TWO))},
        {**association(41, "isPeerOf", node(ONE), node(TWO, targetType="CASE"), sequenceNumber=2**40)},
        {**association(42, "isPeerOf", f"{BASE}/x", node(TWO, targetType="odd"))},
    ]
    document = to_document(framework) | {"case": left}
    exported = write_framework(framework_from_document(document), "case")
    package = json.loads(exported.text)
    assert "CFDefinitions" not in package
    assert package["CFRubrics"] == [
        {
            "identifier": package["CFRubrics"][0]["identifier"],
            "lastChangeDateTime": "2018-03-01T21:01:43+00:00",
            "uri": "https://c.example/r",
        }
    ]
    assert package["CFDocument"]["frameworkType"] == "x"
    last = package["CFAssociations"][-2:]
    assert last[0]["destinationNodeURI"]["targetType"] == "CASE"
    assert "targetType" not in last[1]["destinationNodeURI"]


def test_a_licence_is_read_from_its_link_and_its_definition() -> None:
    link = {"title": "CC0", "identifier": ONE, "uri": f"{BASE}/licence"}
    package = changed("CFDocument", "licenseURI", value=link)
    licence = read(package).license
    assert licence is not None
    assert (licence.title, licence.url, dict(licence.extra)) == ("CC0", f"{BASE}/licence", {})
    package["CFDefinitions"] = {"CFLicenses": [{"uri": f"{BASE}/licence", "licenseText": "https://cc.example/zero"}]}
    licence = read(package).license
    assert licence is not None
    assert (licence.url, licence.extra["uri"]) == ("https://cc.example/zero", f"{BASE}/licence")
    again = read_framework(write_framework(read(package), "case").text.encode())
    assert again.license == licence


def test_levels_of_another_code_keep_it() -> None:
    package = changed("CFRubrics", value=[])
    package["CFDocument"]["extensions"] = {"code": "OLD"}
    package["CFItems"] += [
        {
            "uri": f"{BASE}/levels/low",
            "abbreviatedStatement": "Low",
            "fullStatement": "A little",
            "CFItemType": "Proficiency Level",
            "humanCodingScheme": "OLD-L1",
        },
        {
            "uri": f"{BASE}/levels/high",
            "fullStatement": "High",
            "CFItemType": "Proficiency Level",
            "humanCodingScheme": "TOP",
        },
    ]
    framework = read(package)
    assert [(level.key, level.order, level.extra.get("code")) for level in framework.levels] == [
        ("low", 1, None),
        ("high", 2, "TOP"),
    ]
    again = read_framework(write_framework(framework, "case").text.encode())
    assert again.levels == framework.levels


def test_date_times_in_other_iso_forms_are_written_in_the_strict_one() -> None:
    package = changed("CFItems", 0, "lastChangeDateTime", value="2018-03-01 21:01:43+01:00")
    items = json.loads(write_framework(read(package), "case").text)["CFItems"]
    assert [item["lastChangeDateTime"] for item in items if item["uri"].endswith(ONE)] == ["2018-03-01T21:01:43+01:00"]


def test_mappings_of_another_kind_than_an_object_are_reported() -> None:
    package = changed("CFItems", 0, "extensions", value={"mappings": [1]})
    assert ("/CFItems/0/mappings", "not_object") in problems_of(package)


def test_an_association_keeps_its_own_identifier_beside_a_derived_address() -> None:
    once = json.loads(write_framework(read(OLD), "case").text)
    peer = next(each for each in once["CFAssociations"] if each["associationType"] == "isPeerOf")
    uri = f"{once['CFDocument']['uri']}/associations/isPeerOf/"
    framework = read_framework(json.dumps(once).encode())
    stripped = to_document(framework)
    for skill in stripped["skills"]:
        if "relations" in skill:
            skill["relations"] = {
                kind: [f"{BASE}/CFItems/{TWO}"] for kind in skill["relations"] if kind == "ext:isPeerOf"
            }
    derived = json.loads(write_framework(framework_from_document(stripped), "case").text)
    fresh = next(each for each in derived["CFAssociations"] if each["associationType"] == "isPeerOf")
    assert fresh["uri"].startswith(uri)
    assert fresh["identifier"] != peer["identifier"]
    fresh["identifier"] = peer["identifier"]
    again = json.loads(write_framework(read_framework(json.dumps(derived).encode()), "case").text)
    kept = next(each for each in again["CFAssociations"] if each["associationType"] == "isPeerOf")
    assert (kept["uri"], kept["identifier"]) == (fresh["uri"], peer["identifier"])


def test_extensions_do_not_speak_for_members_of_case() -> None:
    package = copy.deepcopy(OLD)
    package["CFDocument"]["extensions"] = {"id": "https://thief.example/", "skills": [], "status": "draft for us"}
    package["CFItems"][0]["extensions"] = {
        "id": "https://thief.example/1",
        "code": "X",
        "label": {"en": "X"},
        "kind": "X",
    }
    framework = read(package)
    assert (framework.id, framework.status) == (f"{BASE}/CFDocuments/{DOC}", "draft for us")
    first = next(item for item in framework.items if item.id == f"{BASE}/CFItems/{ONE}")
    assert (first.code, first.label, first.kind) == ("1", {"en": "Solve 𝒙 + 1 = 2"}, "Standard")


def test_a_code_that_two_known_frameworks_use_leads_nowhere_and_is_noted() -> None:
    head = {"format": "openbadges-framework/1", "title": {"en": "X"}}

    def other(number: int) -> Framework:
        item = {"code": "X1", "label": {"en": f"X {number}"}}
        return framework_from_document({**head, "id": f"https://x.example/{number}", "skills": [item]})

    uses = {"uses": ["https://x.example/1"], "skills": [{"code": "A1", "label": {"en": "A"}, "related": ["X1"]}]}
    framework = framework_from_document({**head, "id": "https://x.example/0", **uses})
    exported = write_framework(framework, "case", options=ExportOptions(known=(other(1), other(2))))
    assert "frameworks.loss.case_unresolved" in {loss.code for loss in exported.losses}
    assert read_framework(exported.text.encode()) == framework


def test_a_time_of_change_that_only_the_writer_knows_is_written_and_not_read_back() -> None:
    framework, _ = starter_frameworks()
    changed = "2026-11-22T12:00:00+00:00"
    exported = write_framework(framework, "case", options=ExportOptions(changed=changed))
    package = json.loads(exported.text)
    times = {one["lastChangeDateTime"] for name in ("CFItems", "CFAssociations") for one in package[name]}
    assert times == {package["CFDocument"]["lastChangeDateTime"]} == {changed}
    assert exported.losses == ()
    assert read_framework(exported.text.encode()) == framework
    stated = dataclasses.replace(framework, modified="2026-01-02T03:04:05+00:00")
    package = json.loads(write_framework(stated, "case", options=ExportOptions(changed=changed)).text)
    assert package["CFDocument"]["lastChangeDateTime"] == "2026-01-02T03:04:05+00:00"
