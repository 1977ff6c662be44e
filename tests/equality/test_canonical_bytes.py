"""The fast path gives the bytes of the reference path, or none: on documents made by the thousand and on all vectors.

``EQUALITY=full python -m pytest tests/equality`` runs the whole proof; the everyday run takes a sample.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest

from openbadges.canon import jsonld, nquads, rdfc
from openbadges.canon.active_context import NotCovered, process_contexts
from openbadges.canon.mapper import map_document
from openbadges.canon.rdf import active_context
from openbadges.errors import LimitError, OpenBadgesError

REFUSED, NOT_COVERED, TOO_SYMMETRIC = "refused", "not covered", "too symmetric"


def by_the_mapper(document: dict[str, Any], contexts: Any, *, inline: bool = False) -> list[nquads.Quad] | str:
    try:
        local = document.get("@context", [])
        if inline:
            context = process_contexts(local if isinstance(local, list) else [local], contexts)
        else:
            context = active_context(local, contexts)
        return map_document(document, context)
    except NotCovered:
        return NOT_COVERED
    except OpenBadgesError:
        return REFUSED


def by_the_reference(document: dict[str, Any], contexts: Any) -> list[nquads.Quad] | str:
    try:
        return jsonld.to_quads(document, contexts=contexts)
    except OpenBadgesError:
        return REFUSED


def canonical(quads: list[nquads.Quad] | str) -> str:
    if isinstance(quads, str):
        return quads
    try:
        return rdfc.canonicalize(quads)
    except LimitError:
        return TOO_SYMMETRIC


def by_the_oracle(quads: list[nquads.Quad]) -> str:
    dataset = pyoxigraph.Dataset(
        pyoxigraph.parse(nquads.serialize(quads).encode(), format=pyoxigraph.RdfFormat.N_QUADS, lenient=True)
    )
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    lines = pyoxigraph.serialize(dataset, format=pyoxigraph.RdfFormat.N_QUADS).decode().splitlines(keepends=True)
    return "".join(sorted(nquads.serialize(nquads.parse(line)) for line in split(lines)))


def split(lines: list[str]) -> list[str]:
    """``splitlines`` also cuts at characters that end no line of N-Quads."""
    return [line + "\n" for line in "".join(lines).split("\n") if line]


def compare(document: dict[str, Any], contexts: Any, *, inline: bool = False) -> str:
    """Assert equality, and say how the fast path fared."""
    mapped = by_the_mapper(document, contexts, inline=inline)
    if mapped == NOT_COVERED:
        return NOT_COVERED
    expected = by_the_reference(document, contexts)
    shown = json.dumps(document, ensure_ascii=True)[:3000]
    if mapped == REFUSED or expected == REFUSED:
        assert mapped == expected == REFUSED, shown
        return REFUSED
    text = canonical(mapped)
    assert text == canonical(expected), shown
    if text == TOO_SYMMETRIC:
        return text
    assert text == by_the_oracle(expected), shown
    return "equal"


def test_made_documents(made, contexts, how_many):
    outcomes = Counter(compare(made(number), contexts) for number in range(how_many))
    assert outcomes["equal"] > how_many * 0.6
    assert outcomes[REFUSED] > how_many * 0.01


def test_inline_contexts_of_the_json_ld_suite(shared):
    folder = shared / "vectors/json-ld-api/tests"
    outcomes: Counter[str] = Counter()
    for path in sorted(folder.glob("toRdf/*-in.jsonld")):
        document = json.loads(path.read_text("utf-8"))
        positive = path.with_name(path.name.replace("-in.jsonld", "-out.nq")).is_file()
        if isinstance(document, dict) and positive:  # the negative ones break contexts, and only pinned ones come here
            outcomes[compare(document, NoContexts(), inline=True)] += 1
    assert outcomes["equal"] > 20


class NoContexts:
    def load(self, url: str) -> dict[str, Any]:
        raise NotCovered


def test_every_fixture(root: Path, contexts, credentials):
    outcomes: Counter[str] = Counter()
    for path in sorted((root / "tests").rglob("*.json")):
        for document in credentials(json.loads(path.read_text("utf-8"))):
            outcomes[compare(document, contexts)] += 1
    assert outcomes["equal"] > 5


@pytest.mark.parametrize("name", ["rdf_canon.json"])
def test_the_canonicalization_suite_against_the_oracle(root: Path, name):
    cases = json.loads((root / "tests/vectors" / name).read_text("utf-8"))["cases"]
    compared = 0
    for case in cases:
        if case.get("hash", "sha256") == "sha256" and not case.get("refused"):
            quads = nquads.parse(case["input"])
            assert rdfc.canonicalize(quads) == by_the_oracle(quads)
            compared += 1
    assert compared > 50
