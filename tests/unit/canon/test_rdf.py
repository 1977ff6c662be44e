"""Canonical RDF by the fast path where it covers a document, by the reference path otherwise: one answer."""

from __future__ import annotations

from typing import Any

import pytest

from openbadges.canon import jsonld, rdf, rdfc
from openbadges.contexts import PinnedContexts
from openbadges.errors import MalformedError, UnsupportedError
from openbadges.testing import badge

V2 = "https://www.w3.org/ns/credentials/v2"
CONTEXTS = PinnedContexts()


def test_both_paths_give_one_form() -> None:
    document = badge()
    reference = rdfc.canonicalize(jsonld.to_quads(document, contexts=CONTEXTS))
    assert rdf.canonicalize(document, CONTEXTS) == reference
    assert rdf.canonicalize(document, CONTEXTS, hash_name="sha384") != ""


@pytest.mark.parametrize(
    "context", [[V2, {"shelf": "https://example.org/shelf"}], {"shelf": "https://example.org/shelf"}]
)
def test_what_the_fast_path_does_not_cover_is_done_by_the_other(context: Any) -> None:
    lines = rdf.canonicalize({"@context": context, "shelf": "x"}, CONTEXTS)
    assert lines == '_:c14n0 <https://example.org/shelf> "x" .\n'


def test_errors_are_the_same_on_both_paths() -> None:
    with pytest.raises(MalformedError, match=r"undefined|not defined"):
        rdf.canonicalize({"@context": V2, "undefined": "x"}, CONTEXTS)
    with pytest.raises(MalformedError, match=r"undefined|not defined"):
        rdf.canonicalize({"@context": [V2, {}], "undefined": "x"}, CONTEXTS)
    with pytest.raises(UnsupportedError):
        rdf.canonicalize({"@context": ["https://example.org/unknown"]}, CONTEXTS)


@pytest.mark.parametrize("context", [V2, [V2, {}]], ids=["fast", "reference"])
def test_v_ld_7_numbers_inside_a_json_literal_are_refused_alike(context: Any) -> None:
    schema = {"id": "https://example.org/s", "type": "JsonSchema", "jsonSchema": {"steps": [0.5, {"a": 0.1 + 0.2}]}}
    document = {"@context": context, "type": "VerifiableCredential", "credentialSchema": schema}
    with pytest.raises(MalformedError) as caught:
        rdf.canonicalize(document, CONTEXTS)
    assert caught.value.code == "canon.number"
    assert caught.value.pointer == "/credentialSchema/jsonSchema/steps/1/a"
    assert rdf.dataset(document, CONTEXTS)


def test_v_ld_7_numbers_that_share_a_canonical_form_are_refused() -> None:
    def canonical(number: float) -> str:
        document = badge()
        document["credentialSubject"]["creditsEarned"] = number
        document["evidence"] = [{"id": "urn:x:1", "type": ["Evidence"], "name": "x"}]
        return rdf.canonicalize(document, CONTEXTS)

    assert canonical(0.3) != canonical(0.5)
    assert canonical(1e20) == canonical(10**20)
    for number in (0.1 + 0.2, 1.0000000000000002):
        with pytest.raises(MalformedError) as caught:
            canonical(number)
        assert caught.value.code == "canon.number"
        assert caught.value.pointer == "/credentialSubject/creditsEarned"
