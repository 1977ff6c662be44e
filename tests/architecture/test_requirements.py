"""Every security requirement has tests, clause by clause: ``tests/requirements.json`` says which.

The file is the list of requirements that this project keeps. A test that is renamed or goes away has to be replaced
there; a requirement that the shared list gains has to be added.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from openbadges.limits import Limits

TESTS = Path(__file__).resolve().parent.parent
KEPT = json.loads((TESTS / "requirements.json").read_text("utf-8"))
INDEX: dict[str, dict[str, list[str]]] = KEPT["requirements"]
SERVICE: dict[str, dict[str, list[str]]] = KEPT["service"]
# of the shared list's third section: rotation, logs, audit, mail, erasure from backups, backups, supply chain
OF_OPERATION = {"S-KEY-2", "S-LOG-1", "S-AUD-1", "S-MAIL-1", "S-GDPR-1", "S-BAK-1", "S-SUP-1"}
LIMITS: dict[str, list[str]] = KEPT["limits"]
SHARED = TESTS.parent.parent / "shared" / "knowledge" / "security.md"
_CORPUS = "corpus:"


@pytest.fixture(scope="module")
def functions() -> frozenset[str]:
    """Every test function, as ``file::name``."""
    return frozenset(_functions())


def _functions() -> Iterator[str]:
    for path in TESTS.rglob("test_*.py"):
        place = path.relative_to(TESTS.parent).as_posix()
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                yield f"{place}::{node.name}"


@pytest.fixture(scope="module")
def cases() -> list[tuple[str, str]]:
    """Name and requirements of every case of the adversarial corpus."""
    manifest = json.loads((TESTS / "adversarial/corpus/manifest.json").read_text("ascii"))
    return [(case["name"], case["requirement"]) for case in manifest["cases"]]


def test_the_list_is_whole() -> None:
    assert (len(INDEX), len(SERVICE)) == (36, 17)
    assert all(clauses and all(clauses.values()) for clauses in (*INDEX.values(), *SERVICE.values()))


@pytest.mark.parametrize("requirement", INDEX)
def test_every_clause_has_tests_that_exist(
    requirement: str, functions: frozenset[str], cases: list[tuple[str, str]]
) -> None:
    named = [test for tests in INDEX[requirement].values() for test in tests]
    absent = [test for test in named if not test.startswith(_CORPUS) and test not in functions]
    prefixes = [test.removeprefix(_CORPUS) for test in named if test.startswith(_CORPUS)]
    absent += [prefix for prefix in prefixes if not any(name.startswith(prefix) for name, _ in cases)]
    assert absent == []
    assert any(requirement in needed.split() for _, needed in cases), "no attack names it"


@pytest.mark.parametrize("requirement", SERVICE)
def test_every_clause_of_the_service_has_tests_that_exist(requirement: str, functions: frozenset[str]) -> None:
    named = [test for tests in SERVICE[requirement].values() for test in tests]
    assert [test for test in named if test not in functions] == []


@pytest.mark.parametrize("requirement", [*INDEX, *SERVICE])
def test_a_test_names_the_requirement(requirement: str, functions: frozenset[str]) -> None:
    part = requirement.lower().replace("-", "_")
    assert any(re.search(rf"_{part}(_|$)", name.partition("::")[2]) for name in functions)


def test_every_limit_has_tests_that_exist(functions: frozenset[str]) -> None:
    """Section 4 of the list: each just under and just over."""
    assert set(LIMITS) == {field.name for field in fields(Limits)}
    assert [test for tests in LIMITS.values() for test in tests if test not in functions] == []
    assert all(LIMITS.values())


@pytest.mark.skipif(not SHARED.exists(), reason="the shared list of requirements is not beside this checkout")
def test_it_is_the_shared_list() -> None:
    text = SHARED.read_text("utf-8")
    assert set(INDEX) == set(re.findall(r"^- \*\*(V-[A-Z]+-\d+)", text, re.MULTILINE))
    assert set(SERVICE) | OF_OPERATION == set(re.findall(r"^- \*\*(S-[A-Z]+-\d+)", text, re.MULTILINE))
