"""The closed-shape check says what the mapper says, or nothing: its statements are what a proof is checked against.

``EQUALITY=full`` compares 20,000 changed badges and as many made ones; the everyday run takes a sample.
"""

from __future__ import annotations

import copy
import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from openbadges.canon import rdf, rdfc
from openbadges.canon.mapper import map_document
from openbadges.canon.rdf import active_context
from openbadges.contexts import PinnedContexts
from openbadges.errors import OpenBadgesError
from openbadges.shape import check_badge_shape, check_contexts
from openbadges.testing import badge, endorsement

REFUSED, NOT_SAID, EQUAL = "refused", "not said", "equal"


def compare(document: dict[str, Any], contexts: Any) -> str:
    """Assert equality, and say how the walk fared."""
    try:
        said = check_badge_shape(document, check_contexts(document, contexts), with_statements=True).statements
    except OpenBadgesError:
        return REFUSED
    if said is None:
        return NOT_SAID
    bare = {name: value for name, value in document.items() if name != "proof"}
    mapped = map_document(bare, active_context(bare["@context"], contexts), exact=True)
    shown = json.dumps(document)[:3000]
    assert rdfc.canonicalize(said.quads) == rdfc.canonicalize(mapped) == rdf.canonicalize(bare, contexts), shown
    return EQUAL


def test_changed_badges(samples, change, how_many, contexts):
    outcomes: Counter[str] = Counter()
    for number in range(how_many):
        chance = random.Random(number)
        document = copy.deepcopy(chance.choice(samples))
        for _ in range(chance.choice([0, 1, 1, 2, 3])):
            change(document, chance)
        outcomes[compare(document, contexts)] += 1
    assert outcomes[EQUAL] > how_many * 0.2
    assert outcomes[REFUSED] > how_many * 0.1


def test_made_documents(made, contexts, how_many):
    outcomes = Counter(compare(made(number), contexts) for number in range(how_many))
    assert outcomes[EQUAL] + outcomes[NOT_SAID] > 0


def test_every_fixture(root: Path, contexts, credentials):
    outcomes: Counter[str] = Counter()
    for path in sorted((root / "tests").rglob("*.json")):
        for document in credentials(json.loads(path.read_text("utf-8"))):
            outcomes[compare(document, contexts)] += 1
    assert outcomes[EQUAL] > 5


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("/name", 'quo"te \\ \x7f \t \ufffe \u2028'),
        ("/credentialSubject/achievement/creditsAvailable", 2.5),
        ("/credentialSubject/achievement/creditsAvailable", 3.0),
        ("/credentialSubject/achievement/tag", ["a", "b"]),
        ("/credentialSubject/achievement/criteria", {"id": "https://example.org/criteria"}),
        ("/credentialSubject/identifier", [{"type": "IdentityObject", "hashed": True, "identityHash": "x"}]),
        ("/issuer", "https://example.org/issuer"),
        ("/endorsement", [endorsement(about=badge()["id"])]),
        ("/evidence", [{"type": "Evidence", "narrative": "a"}, {"type": ["Evidence"], "narrative": "b"}]),
    ],
)
def test_forms_that_it_says(path, value, contexts):
    assert compare(edited(path, value), contexts) == EQUAL


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("/credentialSubject/achievement/creditsAvailable", 0.30000000000000004),
        ("/credentialSchema", [{"id": "https://example.org/s", "type": "JsonSchema", "jsonSchema": {"a": 1}}]),
    ],
)
def test_forms_that_are_left_to_the_mapper_or_refused(path, value, contexts):
    assert compare(edited(path, value), contexts) in (NOT_SAID, REFUSED)


def test_a_reference_is_read_in_the_words_around_it():
    """A node object leaves a type-scoped context, a reference does not: what is no prefix inside may be one around."""
    url = "https://example.org/words"
    far = {"far": {"@id": "https://far.example/", "@prefix": True}}
    words = {"Vouched": {"@id": "urn:Vouched", "@context": far}, "seen": {"@id": "urn:seen"}}
    contexts = PinnedContexts(extra={url: {"@context": words}})
    document = edited("/evidence", [{"type": ["Evidence", "Vouched"], "seen": {"id": "far:a"}}])
    document["@context"].append(url)
    assert compare(document, contexts) == NOT_SAID
    document["evidence"][0]["seen"] = {"id": "near:a"}
    assert compare(document, contexts) == EQUAL


def test_a_document_without_a_statement_is_left_to_the_mapper(contexts):
    document = {"@context": badge()["@context"], "id": "https://example.org/a", "proof": {"type": "DataIntegrityProof"}}
    assert compare(document, contexts) == NOT_SAID
    with pytest.raises(OpenBadgesError):
        rdf.canonicalize({name: value for name, value in document.items() if name != "proof"}, contexts)


def test_other_names_for_ids_and_types_are_left_to_the_mapper():
    url = "https://example.org/words"
    contexts = PinnedContexts(extra={url: {"@context": {"key": "@id"}}})
    document = badge()
    document["@context"].append(url)
    assert compare(document, contexts) == NOT_SAID


def edited(path: str, value: Any) -> dict[str, Any]:
    document = badge()
    *steps, last = path.strip("/").split("/")
    place: Any = document
    for step in steps:
        place = place[step]
    place[last] = value
    return document
