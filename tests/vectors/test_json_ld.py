"""JSON-LD 1.1 toRdf: a selection kept here, and the whole W3C suite where it is at hand.

Safe mode refuses on purpose what the algorithm would drop; ``REFUSED`` says how many of the suite's cases that concerns
and for which reason. Whatever is accepted has to give the expected dataset.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from openbadges.canon import jsonld, nquads, rdfc
from openbadges.contexts import PinnedContexts
from openbadges.errors import OpenBadgesError, UnsupportedError

CASES = json.loads((Path(__file__).parent / "json_ld.json").read_text("utf-8"))["cases"]

REFUSED = {
    "canon.blank_node_predicate": 1,
    "canon.dropped_value": 7,  # values and nodes that stand free
    "canon.iri_characters": 7,
    "canon.keyword_like": 10,
    "canon.language_tag": 1,
    "canon.null_value": 4,
    "canon.relative_iri": 1,
    "canon.undefined_term": 11,
    "canon.unsigned_member": 11,  # @index, which RDF does not carry
    "context.unknown": 1,  # a relative URL inside a scoped context
}
WITH_DIRECTION = {"#tdi01", "#tdi02", "#tdi03", "#tdi04", "#tdi05", "#tdi06"}  # the suite drops it there; we never do


def canonical(quads):
    return rdfc.canonicalize(quads)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_selected_case(case):
    quads = jsonld.to_quads(case["document"], contexts=PinnedContexts(), base=case["base"])
    assert canonical(quads) == canonical(nquads.parse(case["expected"]))


class SuiteContexts:
    def __init__(self, folder, base):
        self.folder, self.base = folder, base

    def load(self, url):
        path = self.folder / url.removeprefix(self.base)
        if not url.startswith(self.base) or not path.is_file():
            raise UnsupportedError("context.unknown", url=url)
        return json.loads(path.read_text("utf-8"))


def applies(entry):
    option = entry.get("option", {})
    return (
        "json-ld-1.0" not in option.values()
        and "expandContext" not in option
        and not option.get("produceGeneralizedRdf")
        and option.get("rdfDirection") != "compound-literal"
    )


def test_whole_suite(shared):
    folder = shared / "vectors/json-ld-api/tests"
    manifest = json.loads((folder / "toRdf-manifest.jsonld").read_text("utf-8"))
    contexts = SuiteContexts(folder, manifest["baseIri"])
    refused, equal, negative, wrong = Counter(), 0, 0, []
    for entry in filter(applies, manifest["sequence"]):
        document = json.loads((folder / entry["input"]).read_text("utf-8"))
        base = entry.get("option", {}).get("base", manifest["baseIri"] + entry["input"])
        kind = entry["@type"][0]
        try:
            quads = jsonld.to_quads(document, contexts=contexts, base=base)
        except OpenBadgesError as error:
            if "Negative" in kind:
                negative += 1
            else:
                refused[error.code] += 1
            continue
        if "Negative" in kind:
            wrong.append(entry["@id"])
        elif "expect" in entry and entry["@id"] not in WITH_DIRECTION:
            expected = nquads.parse((folder / entry["expect"]).read_text("utf-8"))
            wrong.extend([entry["@id"]] if canonical(quads) != canonical(expected) else [])
            equal += 1
    assert wrong == []
    assert dict(refused) == REFUSED
    assert (equal, negative) == (276, 93)
