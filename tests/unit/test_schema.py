"""Checking documents against the schemas."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from openbadges import schema as room
from openbadges.errors import LimitError, MalformedError, UnsupportedError
from openbadges.messages import MESSAGES
from openbadges.models import OpenBadgeCredential
from openbadges.schema import SCHEMAS, conformance, load_schema, schema_for, schema_problems

BASE = "https://purl.imsglobal.org/spec/ob/v3p0/schema/"
CANONICAL = BASE + "json/ob_v3p0_achievementcredential_schema.json"
LOOSE = BASE + "json-ld/ob_v3p0_achievementcredential_schema.json"
V1 = "https://www.w3.org/2018/credentials/v1"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"


@pytest.fixture
def full(root: Path) -> dict[str, Any]:
    return json.loads((root / "tests/vectors/full-badge.json").read_text(encoding="utf-8"))["document"]


@pytest.fixture
def old(full: dict[str, Any]) -> dict[str, Any]:
    """The same badge on VCDM 1.1."""
    full["@context"][0] = V1
    full["issuanceDate"] = full.pop("validFrom")
    full["expirationDate"] = full.pop("validUntil")
    endorsement = full["issuer"]["endorsement"][0]
    endorsement["@context"] = [V1, OB]
    endorsement["issuanceDate"] = endorsement.pop("validFrom")
    return full


def subject(document: dict[str, Any]) -> dict[str, Any]:
    return document["credentialSubject"]


def achievement(document: dict[str, Any]) -> dict[str, Any]:
    return document["credentialSubject"]["achievement"]


def test_the_full_badge_conforms_without_a_note(full: dict[str, Any]) -> None:
    assert conformance(full) == ([], [])


def test_a_vcdm_1_badge_conforms_to_the_any_schema_and_only_to_that(old: dict[str, Any]) -> None:
    assert schema_for(old) == BASE + "json-ld/ob_v3p0_anyachievementcredential_schema.json"
    assert conformance(old) == ([], [])
    assert schema_problems(old, CANONICAL)


def test_the_any_schema_takes_vcdm_2_too(full: dict[str, Any]) -> None:
    assert schema_problems(full, BASE + "json/ob_v3p0_anyachievementcredential_schema.json") == []


def test_a_vcdm_1_badge_needs_name_issuance_date_and_an_issuer_object(old: dict[str, Any]) -> None:
    del old["name"], old["issuanceDate"]
    old["issuer"] = "did:x:y"
    problems, notes = conformance(old)
    assert [(item.pointer, item.code) for item in problems] == [
        ("/issuanceDate", "schema.member_missing"),
        ("/issuer", "schema.wrong_type"),
        ("/name", "schema.member_missing"),
    ]
    assert notes == []


def test_endorsements_and_profiles_have_schemas_too(full: dict[str, Any], old: dict[str, Any]) -> None:
    profile = full["issuer"]
    endorsement = profile.pop("endorsement")[0]
    assert conformance(profile) == ([], [])
    assert schema_for(profile).endswith("json-ld/ob_v3p0_profile_schema.json")
    assert schema_for(endorsement, variant="json") == BASE + "json/ob_v3p0_anyendorsementcredential_schema.json"
    assert conformance(endorsement) == ([], [])
    del endorsement["name"]
    assert [item.pointer for item in conformance(endorsement)[0]] == ["/name"]


def test_compacted_members_are_notes_and_not_problems(full: dict[str, Any]) -> None:
    full["proof"] = full["proof"][0]
    achievement(full)["type"] = "Achievement"
    full["credentialStatus"] = [full["credentialStatus"], dict(full["credentialStatus"], id="https://e.org/2")]
    problems, notes = conformance(full)
    assert problems == []
    assert [(note.pointer, note.code) for note in notes] == [
        ("/credentialStatus", "schema.wrong_type"),
        ("/credentialSubject/achievement/type", "schema.array_needed"),
        ("/proof", "schema.array_needed"),
    ]


Change = Callable[[dict[str, Any]], object]

BREAKS: list[tuple[Change, str, str]] = [
    (lambda d: achievement(d).update(tag="one"), "/credentialSubject/achievement/tag", "schema.array_needed"),
    (
        lambda d: achievement(d).update(alignment=achievement(d)["alignment"][0]),
        "/credentialSubject/achievement/alignment",
        "schema.array_needed",
    ),
    (lambda d: subject(d).update(identifier={}), "/credentialSubject/identifier", "schema.array_needed"),
    (lambda d: d.update(evidence=[]), "/evidence", "schema.empty"),
    (lambda d: achievement(d).update(tag=["a", "b", "a"]), "/credentialSubject/achievement/tag", "schema.repeated"),
    (
        lambda d: d.update(
            evidence=[{"type": ["Evidence"], "x": {"y": [1]}}, {"x": {"y": [1.0]}, "type": ["Evidence"]}]
        ),
        "/evidence",
        "schema.repeated",
    ),
    (lambda d: d.update(validFrom="2026-01-15T09:00:00"), "/validFrom", "schema.wrong_form"),
    (lambda d: d.update(validFrom="2026-02-30T09:00:00Z"), "/validFrom", "schema.wrong_format"),
    (lambda d: subject(d).update(activityEndDate="2026"), "/credentialSubject/activityEndDate", "schema.wrong_format"),
    (lambda d: d["issuer"].update(dateOfBirth="1990-02-30"), "/issuer/dateOfBirth", "schema.wrong_format"),
    (lambda d: d.update(id="badge-1"), "/id", "schema.wrong_format"),
    (lambda d: d.update(name=5), "/name", "schema.wrong_type"),
    (lambda d: d.update(name=None), "/name", "schema.wrong_type"),
    (lambda d: d.update(issuer="Riverside"), "/issuer", "schema.wrong_format"),
    (lambda d: d.update(issuer=5), "/issuer", "schema.not_listed"),
    (lambda d: d["issuer"].update(endorsementJwt=["a.b.c\n"]), "/issuer/endorsementJwt/0", "schema.wrong_form"),
    (lambda d: d["image"].update(extra=1), "/image", "schema.member_not_allowed"),
    (lambda d: d["image"].update(type=["Image"]), "/image/type", "schema.not_listed"),
    (lambda d: d.update(image="https://e.org/i.png"), "/image", "schema.wrong_type"),
    (
        lambda d: d.update(type=["VerifiableCredential", "OpenBadgeCredential", "OpenBadgeCredential"]),
        "/type",
        "schema.repeated",
    ),
    (lambda d: d.update(type=["OpenBadgeCredential"]), "/type", "schema.type_missing"),
    (lambda d: d["issuer"].update(type=["Person"]), "/issuer/type", "schema.type_missing"),
    (lambda d: d["issuer"].update(type="Person"), "/issuer/type", "schema.not_listed"),
    (lambda d: d["@context"].__setitem__(0, OB), "/@context/0", "schema.context"),
    (lambda d: d.update({"@context": [d["@context"][0]]}), "/@context", "schema.context"),
    (lambda d: d["@context"].append(5), "/@context/4", "schema.not_listed"),
    (
        lambda d: achievement(d).update(achievementType="Medal"),
        "/credentialSubject/achievement/achievementType",
        "schema.not_listed",
    ),
    (
        lambda d: subject(d)["result"][2].update(status="ext:Paused"),
        "/credentialSubject/result/2/status",
        "schema.not_listed",
    ),
    (
        lambda d: subject(d)["identifier"][0].update(hashed="true"),
        "/credentialSubject/identifier/0/hashed",
        "schema.wrong_type",
    ),
    (lambda d: subject(d).update(creditsEarned="42"), "/credentialSubject/creditsEarned", "schema.wrong_type"),
    (lambda d: subject(d).update(creditsEarned=True), "/credentialSubject/creditsEarned", "schema.wrong_type"),
]


@pytest.mark.parametrize(("change", "pointer", "code"), BREAKS)
def test_what_the_json_ld_schema_refuses_is_a_problem(
    full: dict[str, Any], change: Change, pointer: str, code: str
) -> None:
    change(full)
    problems, notes = conformance(full)
    assert [(item.pointer, item.code) for item in problems] == [(pointer, code)]
    assert notes == []
    assert code in MESSAGES
    assert "{" not in problems[0].detail


def required_members(definitions: dict[str, Any]) -> list[tuple[str, str]]:
    return [(name, member) for name, schema in definitions.items() for member in schema.get("required", ())]


def parts(value: Any, found: dict[str, Any], definitions: dict[str, Any], schema: dict[str, Any]) -> None:
    """An instance of each class in the document, by the class's name in the schema."""
    for option in schema.get("anyOf", [schema]):
        if "$ref" in option and isinstance(value, dict):
            name = option["$ref"].rpartition("/")[2]
            found.setdefault(name, value)
            for member, inner in definitions[name].get("properties", {}).items():
                if member in value:
                    parts(value[member], found, definitions, inner)
        elif option.get("type") == "array" and isinstance(value, list) and isinstance(option["items"], dict):
            for item in value:
                parts(item, found, definitions, option["items"])


def test_no_class_does_without_a_required_member(full: dict[str, Any]) -> None:
    schema = load_schema(LOOSE)
    definitions = schema["$defs"]
    found: dict[str, Any] = {}
    parts(full, found, definitions, {"$ref": schema["$ref"]})
    assert set(definitions) - set(found) == {"Context"}
    for name, member in required_members(definitions):
        value = found[name].pop(member)
        problems = conformance(full)[0] if name != "AchievementCredential" else schema_problems(full, LOOSE)
        assert [item.pointer.rpartition("/")[2] for item in problems] == [member], (name, member)
        assert problems[0].code == "schema.member_missing"
        found[name][member] = value
    assert conformance(full) == ([], [])


def test_what_models_write_conforms(full: dict[str, Any]) -> None:
    assert conformance(OpenBadgeCredential.from_document(full).to_document()) == ([], [])


def test_the_starter_achievements_conform(full: dict[str, Any], shared: Path) -> None:
    samples = json.loads((shared / "domain/achievements.sample.json").read_text(encoding="utf-8"))
    assert samples
    subject(full).pop("result")
    for sample in samples:
        subject(full)["achievement"] = sample
        assert conformance(full) == ([], [])


def test_problems_are_sorted_by_pointer_and_at_most_twenty(full: dict[str, Any]) -> None:
    achievement(full)["tag"] = [5, 6, *("x" * n for n in range(3, 400))]
    full["evidence"] = [5] * 1_000
    full["description"] = 5
    problems, _ = conformance(full)
    assert len(problems) <= 20
    assert [item.pointer for item in problems] == sorted(item.pointer for item in problems)


def test_foreign_members_are_named_shortly(full: dict[str, Any]) -> None:
    full["image"] |= {"x" * 5_000 + str(number): 1 for number in range(50)}
    (problem,) = conformance(full)[0]
    assert len(problem.params["member"]) == 5
    assert all(len(name) == 100 for name in problem.params["member"])


def test_no_value_of_the_document_is_repeated(full: dict[str, Any]) -> None:
    full["name"] = ["secret-value"]
    full["id"] = "secret value"
    assert "secret" not in repr(conformance(full))


def test_a_large_array_of_different_objects_is_read_in_linear_time(full: dict[str, Any]) -> None:
    full["evidence"] = [{"type": ["Evidence"], "name": str(number)} for number in range(10_000)]
    start = perf_counter()
    assert schema_problems(full["evidence"], LOOSE)
    unique = room._unique_items(True, full["evidence"])
    assert list(unique) == []
    assert perf_counter() - start < 2


def test_too_deep_a_document_is_a_limit_error() -> None:
    profile: dict[str, Any] = {"id": "did:x:y", "type": ["Profile"]}
    for _ in range(2_000):
        profile = {"id": "did:x:y", "type": ["Profile"], "parentOrg": profile}
    with pytest.raises(LimitError) as caught:
        conformance(profile)
    assert caught.value.code == "json.too_deep"


@pytest.mark.sweep
def test_what_is_not_json_is_no_foreign_error(full: dict[str, Any]) -> None:
    for junk in (b"x", {5: 1, "a": 2}, object(), {1, 2}, 10**400, float("nan"), "\ud800"):
        for member in full:
            assert isinstance(schema_problems(full | {member: junk}, LOOSE), list)
            assert isinstance(schema_problems(full | {member: [junk, junk]}, LOOSE), list)


@pytest.mark.parametrize("junk", [None, 5, "x", []])
def test_what_is_no_object_is_refused(junk: Any) -> None:
    with pytest.raises(MalformedError) as caught:
        conformance(junk)
    assert caught.value.code == "model.not_document"
    (problem,) = schema_problems(junk, CANONICAL)
    assert problem.pointer == ""


def test_a_type_without_schema_is_not_valid_but_unsupported() -> None:
    for document, code in (
        ({}, "schema.none_without_type"),
        ({"type": ["VerifiableCredential", "ClrCredential"]}, "schema.none_for_type"),
        ({"type": 5}, "schema.none_without_type"),
    ):
        with pytest.raises(UnsupportedError) as caught:
            conformance(document)
        assert caught.value.code == code


def test_an_unknown_address_is_never_fetched() -> None:
    for url in ("https://e.org/schema.json", "", CANONICAL + "#"):
        with pytest.raises(UnsupportedError) as caught:
            load_schema(url)
        assert caught.value.code == "schema.unknown"


def test_each_address_gives_its_schema_as_a_new_object() -> None:
    for url in SCHEMAS:
        assert load_schema(url)["$id"] == url
    load_schema(CANONICAL)["$defs"].clear()
    assert load_schema(CANONICAL)["$defs"]


def test_the_installed_package_brings_its_own_schemas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "openbadges" / "schemas" / SCHEMAS[CANONICAL]
    target.parent.mkdir(parents=True)
    target.write_text('{"$id": "installed"}')
    beside = tmp_path / "schemas" / SCHEMAS[LOOSE]
    beside.parent.mkdir(parents=True)
    beside.write_text('{"$id": "checkout"}')
    monkeypatch.setattr(room, "__file__", str(tmp_path / "openbadges" / "schema.py"))
    assert load_schema(CANONICAL) == {"$id": "installed"}
    assert load_schema(LOOSE) == {"$id": "checkout"}


def test_no_network_is_needed(monkeypatch: pytest.MonkeyPatch, full: dict[str, Any]) -> None:
    import socket

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    room._validator.cache_clear()
    assert conformance(full) == ([], [])
