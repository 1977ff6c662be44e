"""The compiled schemas and jsonschema say the same of valid, changed and broken documents, made by the thousand."""

from __future__ import annotations

import copy
import json
import random
from collections import Counter
from typing import Any

import pytest

from openbadges import schema
from openbadges.schema import conformance, ordinary_notes, schema_for, schema_problems
from openbadges.verification.checks.content import unlisted_members


def by_jsonschema(document: dict[str, Any]) -> tuple[list[Any], list[Any]]:
    problems = schema_problems(document, schema_for(document))
    return problems, [] if problems else schema_problems(document, schema_for(document, variant="json"))


def test_conformance_is_what_jsonschema_says(samples, change, how_many, monkeypatch):
    outcomes: Counter[Any] = Counter()
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
        ordinary = ordinary_notes(document)
        if ordinary is not None:  # then it also says that nothing is unlisted
            assert ([], ordinary) == expected, json.dumps(document)
            alone = "_profile_" in schema_for(document)  # which is no credential
            assert alone or unlisted_members(document, frozenset()) == (), json.dumps(document)
            outcomes["ordinary"] += 1
        outcomes[
            "refused" if expected[0] else "noted" if expected[1] else "accepted", "reference" if asked else "compiled"
        ] += 1
    assert outcomes["accepted", "compiled"] > how_many * 0.15
    assert outcomes["ordinary"] > how_many * 0.15
    assert outcomes["noted", "compiled"] > how_many * 0.02
    assert outcomes["refused", "reference"] > how_many * 0.2
    assert ("accepted", "reference") not in outcomes
    assert ("refused", "compiled") not in outcomes


def test_every_schema_accepts_what_jsonschema_accepts(samples, change, how_many):
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
