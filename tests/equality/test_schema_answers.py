"""The compiled schemas and jsonschema say the same of valid, changed and broken documents, made by the thousand."""

from __future__ import annotations

import copy
import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from openbadges import schema
from openbadges.schema import conformance, schema_for, schema_problems

VALUES = [
    None, True, False, 0, 1, 1.0, -2.5, "", "a", "x\n", "https://example.org/", "not a uri",
    "urn:x:y", "2026-01-01T00:00:00Z",
    "2026-02-30T00:00:00Z", "2026-01-01T00:00:00", "2026-01-01", "2026-12-31T23:59:60Z",
    "2026-01-01T00:00:00.1234567+14:00",
    "2026-01-01T24:00:00Z", "0000-01-01T00:00:00Z", "FR", "fr-CA", "ext:Thing", "ext:", "a.b.c",
    "CFItem", "Achievement", "Badge",
    "sha256$ab", "d" * 41, [], [[]], {}, ["a"], ["a", "a"], [1, True], [1, 1.0], [{}, {}], [{"a": 1}, {"a": 1.0}],
    {"id": "https://example.org/"}, {"type": "Image", "id": "https://example.org/i"}, "VerifiableCredential",
    {"id": "a", "type": ["Profile"]}, ["VerifiableCredential", "OpenBadgeCredential"],
]  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place below the top."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for step, item in steps for found in [(*path, step), *places(item, (*path, step))]]


def around(document: Any, path: tuple[Any, ...]) -> Any:
    for step in path[:-1]:
        document = document[step]
    return document


def change(document: dict[str, Any], chance: random.Random) -> None:
    """One change: another value, a member more or less, a list made or unmade, something from elsewhere."""
    path = chance.choice(places(document))
    box, step = around(document, path), path[-1]
    kind = chance.randrange(7)
    if kind == 0:
        box[step] = copy.deepcopy(chance.choice(VALUES))
    elif kind == 1:
        del box[step]
    elif kind == 2:
        box[step] = [box[step]]
    elif kind == 3 and isinstance(box[step], list) and len(box[step]) == 1:
        box[step] = box[step][0]
    elif kind == 4 and isinstance(box, dict):
        box[chance.choice(["extra", "name", "image", "type", "url", "endorsement", "tag"])] = copy.deepcopy(
            chance.choice(VALUES)
        )
    elif kind == 5 and isinstance(box, list):
        box.append(copy.deepcopy(chance.choice([*VALUES, *box])))
    else:
        other = chance.choice(places(document))
        box[step] = copy.deepcopy(around(document, other)[other[-1]])


@pytest.fixture(scope="module")
def samples(root: Path) -> list[dict[str, Any]]:
    """A badge with everything, the same on VCDM 1.1, its endorsement, its issuer, and a plain one, twice."""
    full = json.loads((root / "tests/vectors/full-badge.json").read_text("utf-8"))["document"]
    old = copy.deepcopy(full)
    old["@context"][0] = "https://www.w3.org/2018/credentials/v1"
    old["issuanceDate"], old["expirationDate"] = old.pop("validFrom"), old.pop("validUntil")
    endorsement = old["issuer"]["endorsement"][0]
    endorsement["@context"] = old["@context"]
    endorsement["issuanceDate"] = endorsement.pop("validFrom")
    plain = json.loads((root / "bench/credential.json").read_text("utf-8"))
    plain["proof"] = {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022"}  # bare, as nearly everywhere
    return [full, old, plain, plain, full["issuer"]["endorsement"][0], full["issuer"]]


def by_jsonschema(document: dict[str, Any]) -> tuple[list[Any], list[Any]]:
    problems = schema_problems(document, schema_for(document))
    return problems, [] if problems else schema_problems(document, schema_for(document, variant="json"))


def test_conformance_is_what_jsonschema_says(samples, how_many, monkeypatch):
    outcomes: Counter[str] = Counter()
    asked: list[str] = []
    monkeypatch.setattr(
        schema, "schema_problems", lambda document, url: asked.append(url) or schema_problems(document, url)
    )
    for number in range(how_many):
        chance = random.Random(number)
        document = copy.deepcopy(chance.choice(samples))
        for _ in range(chance.choice([0, 1, 1, 2, 3])):
            change(document, chance)
        try:
            expected = by_jsonschema(document)
        except schema.UnsupportedError:
            continue
        except Exception as error:
            with pytest.raises(type(error)):
                conformance(document)
            continue
        asked.clear()
        assert conformance(document) == expected, json.dumps(document)
        outcomes[
            "refused" if expected[0] else "noted" if expected[1] else "accepted", "reference" if asked else "compiled"
        ] += 1
    assert outcomes["accepted", "compiled"] > how_many * 0.15
    assert outcomes["noted", "compiled"] > how_many * 0.02
    assert outcomes["refused", "reference"] > how_many * 0.2
    assert ("accepted", "reference") not in outcomes
    assert ("refused", "compiled") not in outcomes


def test_every_schema_accepts_what_jsonschema_accepts(samples, how_many):
    for number in range(how_many // 3):
        chance = random.Random(-number - 1)
        document = copy.deepcopy(chance.choice(samples))
        change(document, chance)
        for url in chance.sample(sorted(schema.SCHEMAS), 3):
            try:
                expected = not schema_problems(document, url)
            except Exception:
                continue
            assert schema._compiled(url).accepts(document) is expected, (url, json.dumps(document))
