"""The fast path from JSON to RDF equals the reference where it covers a document (V-LD-2, V-LD-7)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from openbadges.canon import jsonld, rdfc
from openbadges.canon.active_context import NotCovered, process_contexts
from openbadges.canon.mapper import map_document
from openbadges.canon.numbers import number_literal
from openbadges.errors import LimitError, MalformedError
from openbadges.limits import DEFAULT_LIMITS, Limits

EX = "https://example.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"
CONTEXT: dict[str, Any] = {
    "id": "@id",
    "type": "@type",
    "ex": EX,
    "name": EX + "name",
    "text": {"@id": EX + "text", "@type": XSD + "string"},
    "date": {"@id": EX + "date", "@type": XSD + "date"},
    "number": {"@id": EX + "number", "@type": XSD + "float"},
    "double": {"@id": EX + "double", "@type": XSD + "double"},
    "ref": {"@id": EX + "ref", "@type": "@id"},
    "kind": {"@id": EX + "kind", "@type": "@vocab"},
    "none": {"@id": EX + "none", "@type": "@none"},
    "json": {"@id": EX + "json", "@type": "@json"},
    "set": {"@id": EX + "set", "@container": "@set"},
    "list": {"@id": EX + "list", "@container": "@list"},
    "refs": {"@id": EX + "refs", "@container": "@list", "@type": "@id"},
    "graph": {"@id": EX + "graph", "@container": "@graph"},
    "off": None,
    "Thing": {"@id": EX + "Thing", "@context": {"inner": EX + "inner", "part": {"@id": EX + "part", "@type": "@id"}}},
    "Plain": EX + "Plain",
    "scoped": {"@id": EX + "scoped", "@context": {"deep": EX + "deep"}},
    "scopedref": {"@id": EX + "scopedref", "@type": "@vocab", "@context": {"Near": EX + "Near"}},
}


class Contexts:
    def load(self, url: str) -> Mapping[str, Any]:
        return {"@context": {**CONTEXT, "far": EX + "far"}}


def fast(document: Mapping[str, Any], limits: Limits = DEFAULT_LIMITS, context: Any = None) -> list[Any]:
    return map_document(document, process_contexts([context or CONTEXT], Contexts()), limits=limits)


def both(document: dict[str, Any]) -> tuple[str, str]:
    reference = jsonld.to_quads({"@context": CONTEXT, **document}, contexts=Contexts())
    return rdfc.canonicalize(fast(document)), rdfc.canonicalize(reference)


COVERED: list[dict[str, Any]] = [
    {"id": "urn:a", "name": "x"},
    {"@id": "urn:a", "@type": "Thing", "inner": "x"},
    {"name": 'quote " back \\ line \n return \r tab \t bell \u0007 del \u007f é 🎓'},
    {"name": ["a", "b"], "set": ["c"], "text": "t", "date": "2026-01-01"},
    {"name": True, "number": 1, "double": 1, "none": "x"},
    {"name": [1, 1.0, -5, 0, 2.5, 1e21, 1e-7, 123456789012, 4.2e20]},
    {"number": [1, 1.5, True, "1"], "double": [1, 1.5], "text": [5, 2.5, True], "date": 5},
    {"ref": "urn:b", "kind": "Plain", "type": ["Plain", "urn:Other", "ex:Compact"]},
    {"ref": ["urn:b", {"id": "urn:c", "name": "x"}, "ex:compact"], "kind": ["ex:k", "urn:k"]},
    {"json": {"b": [1, None, {"a": "é"}], "a": 1.0}},
    {"json": None},
    {"list": [1, "two", {"id": "urn:l"}, {"name": "x"}], "refs": ["urn:a", "urn:b"]},
    {"list": "single"},
    {"list": [], "name": "x"},
    {"graph": {"id": "urn:g", "name": "x"}},
    {"graph": [{"name": "x"}, {"type": "Plain", "graph": {"name": "nested"}}]},
    {"name": {"name": "blank"}, "set": [{"name": "a"}, {"name": "a"}]},
    {"type": "Thing", "inner": "x", "part": {"id": "urn:p", "name": "outer names again"}},
    {"type": "Thing", "part": {"id": "urn:p"}, "inner": {"@value": "v"}},
    {"type": "Thing", "name": {"id": "ex:reference"}},
    {"scoped": {"deep": "x", "name": "y"}, "name": {"id": "urn:only"}},
    {"scopedref": "Near", "scoped": {"@value": "v", "@type": "ex:t"}},
    {"type": "Thing", "scopedref": "Near"},
    {"name": {"@value": "v"}, "set": [{"@value": True}, {"@value": 5}, {"@value": 2.5}, {"@value": False}]},
    {"name": {"@value": "v", "@type": XSD + "date"}, "set": [{"@value": "v", "@type": XSD + "string"}]},
    {"name": [{"@value": "v", "@language": "pt-BR"}, {"@value": "v", "@language": "en"}]},
    {"ex:compact": "x", "urn:full": "y"},
    {"name": {"@context": [EX + "more"], "far": "x"}},
]


@pytest.mark.parametrize("document", COVERED)
def test_it_says_what_the_reference_says(document: dict[str, Any]) -> None:
    mine, reference = both(document)
    assert mine == reference
    assert mine


NOT_COVERED: list[dict[str, Any]] = [
    {"id": "urn:a", "@id": "urn:b", "name": "x"},
    {"name": {}},
    {"name": {"@graph": []}},
    {"name": {"@list": []}},
    {"name": {"@set": []}},
    {"name": [["nested"]]},
    {"name": {"@context": EX + "more", "far": "x"}},
    {"graph": "text"},
    {"graph": {"@value": "x"}},
    {"@index": "x", "name": "y"},
    {"@other": "x"},
    {"id": "_:b", "name": "x"},
    {"id": "@id", "name": "x"},
    {"kind": "_:b"},
    {"kind": "@type"},
    {"type": "_:b", "name": "x"},
    {"type": "@json", "name": "x"},
    {"name": {"@value": None}},
    {"name": {"@value": ["x"]}},
    {"name": {"@value": "x", "@index": "i"}},
    {"name": {"@value": 5, "@type": XSD + "date"}},
    {"name": {"@value": "x", "@type": XSD + "date", "@language": "en"}},
    {"name": {"@value": "x", "@type": "relative"}},
    {"name": {"@value": "x", "@language": 5}},
    {"name": {"@value": "x", "@language": "not a tag"}},
    {"name": {"@value": "x", "@language": None}},
    {"name": {"@value": "x", "@direction": "up"}},
]


@pytest.mark.parametrize("document", NOT_COVERED)
def test_what_is_not_covered_goes_to_the_reference(document: dict[str, Any]) -> None:
    with pytest.raises(NotCovered):
        fast(document)


def test_a_type_that_renames_id_or_type_goes_to_the_reference() -> None:
    for scope in ({"name": "@id"}, {"id": EX + "id"}):
        context = {**CONTEXT, "T": {"@id": EX + "T", "@context": scope}}
        with pytest.raises(NotCovered):
            fast({"type": "T", "name": "urn:x"}, context=context)


@pytest.mark.parametrize(
    ("document", "code", "pointer"),
    [
        ({"unknown": "x"}, "canon.undefined_term", "/unknown"),
        ({"off": "x"}, "canon.undefined_term", "/off"),
        ({"set": [{"unknown": "x"}]}, "canon.undefined_term", "/set/0/unknown"),
        ({"id": "relative", "name": "x"}, "canon.relative_iri", "/id"),
        ({"ref": "a b"}, "canon.relative_iri", "/ref"),
        ({"ref": ["urn:a", "b"]}, "canon.relative_iri", "/ref/1"),
        ({"kind": "unknown"}, "canon.relative_iri", "/kind"),
        ({"type": "Unknown", "name": "x"}, "canon.undefined_type", ""),
        ({"type": [5], "name": "x"}, "canon.type_not_text", "/type"),
        ({"id": 5, "name": "x"}, "canon.id_not_text", "/id"),
        ({"name": None}, "canon.dropped_value", "/name"),
        ({"set": ["x", None]}, "canon.dropped_value", "/set/1"),
        ({"graph": {"id": "urn:x"}}, "canon.dropped_value", "/graph"),
        ({"id": "urn:x"}, "canon.dropped_value", ""),
        ({}, "canon.dropped_value", ""),
        ({"name": {"@value": "x", "@type": 5}}, "canon.type_not_text", "/name"),
        ({"name": "\ud800"}, "canon.lone_surrogate", ""),
    ],
)
def test_v_ld_2_nothing_is_dropped(document: dict[str, Any], code: str, pointer: str) -> None:
    with pytest.raises(MalformedError) as caught:
        fast(document)
    assert (caught.value.code, caught.value.pointer) == (code, pointer)


def test_v_ld_4_the_number_of_quads_is_bounded() -> None:
    assert len(fast({"name": ["a", "b", "c"]}, Limits(quads=3))) == 3
    with pytest.raises(LimitError):
        fast({"name": ["a", "b", "c", "d"]}, Limits(quads=3))


@pytest.mark.parametrize(
    ("number", "coercion", "literal"),
    [
        (5, None, f'"5"^^<{XSD}integer>'),
        (5.0, None, f'"5"^^<{XSD}integer>'),
        (-0.0, None, f'"0"^^<{XSD}integer>'),
        (2.5, None, f'"2.5E0"^^<{XSD}double>'),
        (1e21, None, f'"1.0E21"^^<{XSD}double>'),
        (1e-7, None, f'"1.0E-7"^^<{XSD}double>'),
        (5, XSD + "double", f'"5.0E0"^^<{XSD}double>'),
        (5, XSD + "float", f'"5"^^<{XSD}float>'),
        (2.5, XSD + "float", f'"2.5E0"^^<{XSD}float>'),
        (5, XSD + "string", '"5"'),
        (5, "@id", f'"5"^^<{XSD}integer>'),
        (0.1 + 0.2, None, f'"3.0E-1"^^<{XSD}double>'),
    ],
)
def test_v_ld_7_numbers_have_one_canonical_literal(number: float, coercion: str | None, literal: str) -> None:
    assert number_literal(number, coercion) == literal
