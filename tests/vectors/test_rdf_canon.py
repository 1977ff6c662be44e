"""RDFC-1.0: every case of the W3C test suite, and our own copy of it against the original."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from openbadges.canon import nquads, rdfc
from openbadges.errors import LimitError

SUITE = json.loads((Path(__file__).parent / "rdf_canon.json").read_text("utf-8"))
CASES = SUITE["cases"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["ids"][0])
def test_canonical_form_and_identifier_map(case):
    quads = nquads.parse(case["input"])
    hash_name = case.get("hash", "sha256")
    if case.get("refused"):
        with pytest.raises(LimitError) as caught:
            rdfc.canonicalize(quads, hash_name=hash_name)
        assert caught.value.code == "canon.too_symmetric"
        return
    text, labels = rdfc.canonicalize_with_map(quads, hash_name=hash_name)
    assert text == (case["input"] if case["expected"] is None else case["expected"])
    if "map" in case:
        assert labels == case["map"]


def test_a_canonical_form_is_its_own_canonical_form():
    for case in CASES:
        if case.get("refused") is None and case["expected"] is not None:
            again = rdfc.canonicalize(nquads.parse(case["expected"]), hash_name=case.get("hash", "sha256"))
            assert again == case["expected"]


def test_the_whole_suite_is_here(shared):
    manifest = json.loads((shared / "vectors/rdf-canon/tests/manifest.jsonld").read_text("utf-8"))
    assert sorted(entry["id"][1:] for entry in manifest["entries"]) == sorted(
        name for case in CASES for name in case["ids"]
    )
    folder = shared / "vectors/rdf-canon/tests"
    ours = {name: case for case in CASES for name in case["ids"]}
    for entry in manifest["entries"]:
        assert ours[entry["id"][1:]]["input"] == (folder / entry["action"]).read_text("utf-8")
