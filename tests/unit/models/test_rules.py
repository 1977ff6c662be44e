"""Rules between members, on plain documents."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from openbadges.messages import MESSAGES
from openbadges.models.rules import Problem, class_of, cross_field_problems, types_of


@pytest.fixture
def full(root: Path) -> dict[str, Any]:
    return json.loads((root / "tests/vectors/full-badge.json").read_text(encoding="utf-8"))["document"]


def _subject(document: dict[str, Any]) -> dict[str, Any]:
    return document["credentialSubject"]


def test_the_full_badge_breaks_no_rule(full: dict[str, Any]) -> None:
    assert cross_field_problems(full) == []


Change = Callable[[dict[str, Any]], object]

BREAKS: list[tuple[str, Change, str, str]] = [
    (
        "end before start",
        lambda d: d.update(validUntil="2026-01-15T08:59:59Z"),
        "/validUntil",
        "rule.validity_reversed",
    ),
    (
        "end before start in VCDM 1.1",
        lambda d: d.update(issuanceDate="2026-01-01T00:00:00Z", expirationDate="2025-12-31T23:59:59Z"),
        "/expirationDate",
        "rule.validity_reversed",
    ),
    (
        "no recipient",
        lambda d: (_subject(d).pop("id"), _subject(d).pop("identifier")),
        "/credentialSubject",
        "rule.recipient_missing",
    ),
    (
        "criteria empty",
        lambda d: _subject(d)["achievement"].update(criteria={"type": "Criteria"}),
        "/credentialSubject/achievement/criteria",
        "rule.criteria_empty",
    ),
    (
        "unknown description",
        lambda d: _subject(d)["result"][0].update(resultDescription="urn:x:1"),
        "/credentialSubject/result/0/resultDescription",
        "rule.result_description_unknown",
    ),
    (
        "level of another description",
        lambda d: _subject(d)["result"][1].update(achievedLevel="urn:uuid:22222222-2222-4222-8222-222222222222"),
        "/credentialSubject/result/1/achievedLevel",
        "rule.achieved_level_unknown",
    ),
    (
        "level of no description",
        lambda d: (
            _subject(d)["result"][0].pop("resultDescription"),
            _subject(d)["result"][0].update(achievedLevel="x:y"),
        ),
        "/credentialSubject/result/0/achievedLevel",
        "rule.achieved_level_unknown",
    ),
    (
        "no achievement descriptions at all",
        lambda d: (_subject(d).update(achievement="x"), _subject(d).update(result=[{"resultDescription": "x:y"}])),
        "/credentialSubject/result/0/resultDescription",
        "rule.result_description_unknown",
    ),
    (
        "status missing",
        lambda d: _subject(d)["result"][2].pop("status"),
        "/credentialSubject/result/2/status",
        "rule.status_missing",
    ),
    (
        "value not allowed",
        lambda d: _subject(d)["result"][1].update(value="76"),
        "/credentialSubject/result/1/value",
        "rule.value_not_allowed",
    ),
    (
        "plain but hashed",
        lambda d: _subject(d)["identifier"][0].update(identityHash="a@example.com"),
        "/credentialSubject/identifier/0/identityHash",
        "rule.identity_hash_form",
    ),
    (
        "hash but plain",
        lambda d: _subject(d)["identifier"][1].update(identityHash="md5$" + "0" * 32),
        "/credentialSubject/identifier/1/identityHash",
        "rule.identity_hash_unexpected",
    ),
    (
        "salt without hash",
        lambda d: _subject(d)["identifier"][1].update(salt="x"),
        "/credentialSubject/identifier/1/salt",
        "rule.salt_without_hash",
    ),
    (
        "bare identifier",
        lambda d: _subject(d).update(identifier={"hashed": True, "identityHash": 5}),
        "/credentialSubject/identifier/identityHash",
        "rule.identity_hash_form",
    ),
    (
        "nested endorsement without name",
        lambda d: d["issuer"]["endorsement"][0].pop("name"),
        "/issuer/endorsement/0/name",
        "rule.endorsement_name_missing",
    ),
    (
        "nested endorsement reversed",
        lambda d: d["issuer"]["endorsement"][0].update(validUntil="2025-01-01T00:00:00Z"),
        "/issuer/endorsement/0/validUntil",
        "rule.validity_reversed",
    ),
]


@pytest.mark.parametrize(("change", "pointer", "code"), [row[1:] for row in BREAKS], ids=[row[0] for row in BREAKS])
def test_each_rule_says_where_and_what(full: dict[str, Any], change: Change, pointer: str, code: str) -> None:
    change(full)
    problems = cross_field_problems(full)
    assert [(problem.pointer, problem.code) for problem in problems] == [(pointer, code)]
    assert code in MESSAGES
    assert "{" not in problems[0].detail
    assert problems[0].as_dict() == {
        "pointer": pointer,
        "code": code,
        "params": dict(problems[0].params),
        "detail": problems[0].detail,
    }


@pytest.mark.parametrize(
    ("value", "low", "high", "wrong"),
    [
        ("50", "0", "100", False),
        ("100", "0", "100", False),
        ("101", "0", "100", True),
        ("-1", "0", None, True),
        ("85%", None, "80", True),
        ("85 %", None, "90%", False),
        ("3.5", "3.6", None, True),
        ("B", "A", "F", False),
        ("B", "1", "6", False),
        ("9" * 5_000_000, "1", "6", False),
    ],
)
def test_a_number_lies_between_the_smallest_and_the_largest(
    value: str, low: str | None, high: str | None, wrong: bool
) -> None:
    description = {"id": "urn:x:1", "resultType": "RawScore", "valueMin": low, "valueMax": high}
    subject = {
        "type": "AchievementSubject",
        "id": "did:x:y",
        "achievement": {"resultDescription": description, "criteria": {"narrative": "x"}},
        "result": {"resultDescription": "urn:x:1", "value": value},
    }
    codes = [(problem.pointer, problem.code) for problem in cross_field_problems(subject)]
    assert codes == ([("/result/value", "rule.value_out_of_range")] if wrong else [])


def test_same_instants_are_not_reversed(full: dict[str, Any]) -> None:
    full["validUntil"] = "2026-01-15T10:00:00+01:00"
    assert cross_field_problems(full) == []


def test_unreadable_dates_are_left_to_the_schema(full: dict[str, Any]) -> None:
    full.update(validUntil="never", validFrom=5)
    assert cross_field_problems(full) == []


def test_extension_members_are_not_judged(full: dict[str, Any]) -> None:
    full["shelf"] = {"criteria": {}, "identifier": {"hashed": True}}
    assert cross_field_problems(full) == []


def test_an_endorsement_subject_needs_no_recipient() -> None:
    assert cross_field_problems({"type": ["VerifiableCredential"], "credentialSubject": {"type": "Person"}}) == []


@pytest.mark.parametrize("junk", [None, 5, "x", [], {}, {"type": 5}, {"type": ["VerifiableCredential"]}])
def test_no_json_makes_the_rules_raise(full: dict[str, Any], junk: Any) -> None:
    cross_field_problems(junk)
    for kind in ("Credential", "Subject", "Achievement", "Profile", "Criteria", "IdentityObject", "Unknown"):
        cross_field_problems(junk, kind)
    stack: list[tuple[dict[str, Any], str]] = [(full, name) for name in full]
    while stack:
        parent, name = stack.pop()
        value = parent[name]
        for replacement in (junk, [junk], {"id": junk, "type": junk, "result": junk, "achievement": junk}):
            parent[name] = replacement
            cross_field_problems(full)
        parent[name] = value
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, dict):
                stack.extend((part, inner) for inner in part)


def test_at_most_twenty_problems_are_named() -> None:
    subject = {"achievement": {}, "id": "x", "result": [{"resultDescription": str(number)} for number in range(1_000)]}
    assert len(cross_field_problems(subject, "Subject")) == 20


def test_a_document_that_holds_itself_ends() -> None:
    profile: dict[str, Any] = {"type": "Profile"}
    profile["parentOrg"] = profile
    assert cross_field_problems(profile) == []


def test_the_document_is_not_changed(full: dict[str, Any]) -> None:
    before = copy.deepcopy(full)
    cross_field_problems(full)
    assert full == before


def test_the_class_is_found_by_type() -> None:
    assert class_of({"type": ["OpenBadgeCredential", "VerifiableCredential"]}) == "Credential"
    assert class_of({"type": "Profile"}) == "Profile"
    assert class_of({}) == class_of([]) == ""
    assert types_of({"type": ["a", 5, "b"]}) == ("a", "b")


def test_a_problem_without_facts_has_none() -> None:
    assert Problem(pointer="", code="rule.criteria_empty").params == {}


def test_rules_identity_and_schema_do_not_bring_pydantic_along() -> None:
    code = (
        "import sys, openbadges.models, openbadges.models.rules, openbadges.models.identity, openbadges.schema\n"
        "sys.exit('pydantic' in sys.modules or 'jsonschema' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
