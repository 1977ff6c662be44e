"""The direct way from JSON to quads: what it gives, what it leaves to the reference, what it refuses.

tests/equality compares it with the reference on documents by the thousand; here stand the cases that were once wrong.
"""

from __future__ import annotations

from typing import Any

import pytest

from openbadges.canon import jsonld, rdfc
from openbadges.canon.active_context import ActiveContext, NotCovered, process_contexts
from openbadges.canon.mapper import map_document
from openbadges.canon.numbers import number_literal
from openbadges.errors import LimitError, MalformedError
from openbadges.limits import Limits

XSD = "http://www.w3.org/2001/XMLSchema#"
CONTEXT = {
    "@version": 1.1,
    "id": "@id",
    "type": "@type",
    "ex": "https://e.example/",
    "xsd": {"@id": "https://not-xsd.example/", "@prefix": False},
    "name": "ex:name",
    "day": {"@id": "ex:day", "@type": XSD + "date"},
    "text": {"@id": "ex:text", "@type": XSD + "string"},
    "link": {"@id": "ex:link", "@type": "@id"},
    "kind": {"@id": "ex:kind", "@type": "@vocab"},
    "said": {"@id": "ex:said", "@container": "@graph"},
    "Prefixed": {"@id": "ex:Prefixed", "@context": {"xsd": {"@id": XSD, "@prefix": True}}},
    "Renamed": {"@id": "ex:Renamed", "@context": {"key": "@id"}},
    "scoped": {
        "@id": "ex:scoped",
        "@type": "@id",
        "@context": {"far": {"@id": "https://far.example/", "@prefix": True}},
    },
}


class Nothing:
    def load(self, url: str) -> Any:
        raise AssertionError(url)


@pytest.fixture
def context() -> ActiveContext:
    return process_contexts([CONTEXT], Nothing())


def objects(context: ActiveContext, **members: Any) -> list[str]:
    return [quad[2] for quad in map_document(members, context)]


def test_an_id_is_read_in_the_context_of_its_types(context):
    (quad,) = map_document({"id": "xsd:day", "type": "Prefixed"}, context)
    assert quad[0] == f"<{XSD}day>"


def test_a_reference_is_read_in_the_context_of_the_types_around_it(context):
    document = {"type": "Prefixed", "link": ["xsd:day", {"id": "xsd:time"}], "scoped": ["far:a", "xsd:b"]}
    found = objects(context, **document)
    assert found[1:] == [f"<{XSD}day>", f"<{XSD}time>", "<https://far.example/a>", f"<{XSD}b>"]
    assert objects(context, **document) == found, "and again, from what was kept"
    expected = jsonld.to_quads({"@context": CONTEXT, **document}, contexts=Nothing())
    assert rdfc.canonicalize(map_document(document, context)) == rdfc.canonicalize(expected)


@pytest.mark.parametrize(("value", "term"), [(True, '"true"'), (7, '"7"'), (1.5, '"1.5E0"'), ("x", '"x"')])
def test_a_string_datatype_is_never_written(context, value, term):
    assert objects(context, text=value) == [term]


def test_numbers():
    assert number_literal(1e21) == f'"1.0E21"^^<{XSD}double>'
    assert number_literal(5.0) == f'"5"^^<{XSD}integer>'
    assert number_literal(5, XSD + "double") == f'"5.0E0"^^<{XSD}double>'


@pytest.mark.parametrize(
    ("value", "term"),
    [
        ({"@value": "a"}, '"a"'),
        ({"@value": True}, f'"true"^^<{XSD}boolean>'),
        ({"@value": 2}, f'"2"^^<{XSD}integer>'),
        ({"@value": "a", "@language": "de-CH"}, '"a"@de-ch'),
        ({"@value": "a", "@language": "ar", "@direction": "rtl"}, '"a"^^<https://www.w3.org/ns/i18n#ar_rtl>'),
        ({"@value": "a", "@direction": "ltr"}, '"a"^^<https://www.w3.org/ns/i18n#_ltr>'),
        ({"@value": "a", "@type": "ex:t"}, '"a"^^<https://e.example/t>'),
        ({"@value": "a", "@type": XSD + "string"}, '"a"'),
    ],
)
def test_value_objects(context, value, term):
    assert objects(context, name=value) == [term]


@pytest.mark.parametrize(
    "document",
    [
        {"id": "urn:a", "@id": "urn:b", "name": "x"},
        {"type": "Renamed", "id": "urn:a", "name": "x"},
        {"said": {"@value": "a"}},
        {"said": "a"},
        {"name": [["a"]]},
        {"name": {}},
        {"name": {"@list": ["a"]}},
        {"name": {"@value": None}},
        {"name": {"@value": "a", "@index": "i"}},
        {"name": {"@value": "a", "@language": "no tag"}},
        {"name": {"@value": "a", "@language": None}},
        {"name": {"@value": "a", "@direction": "up"}},
        {"name": {"@value": "a", "@type": "ex:t", "@language": "en"}},
        {"name": {"@value": "a", "@type": "nowhere"}},
        {"link": "_:b"},
        {"kind": "_:b"},
        {"type": "_:b", "name": "x"},
        {"@index": "i", "name": "x"},
        {"name": {"@context": {}, "name": "x"}},
    ],
)
def test_what_only_the_reference_covers_is_left_to_it(context, document):
    with pytest.raises(NotCovered):
        map_document(document, context)


@pytest.mark.parametrize(
    ("document", "code", "pointer"),
    [
        ({"nowhere": "x"}, "canon.undefined_term", "/nowhere"),
        ({"name": {"nowhere": "x"}}, "canon.undefined_term", "/name/nowhere"),
        ({"name": [{"name": "x"}, {"name": None}]}, "canon.dropped_value", "/name/1/name"),
        ({"id": 7, "name": "x"}, "canon.id_not_text", "/id"),
        ({"link": "a"}, "canon.relative_iri", "/link"),
        ({"link": "https://e.example/\x7f"}, "canon.relative_iri", "/link"),
        ({"kind": "nowhere"}, "canon.relative_iri", "/kind"),
        ({"type": 7}, "canon.type_not_text", "/type"),
        ({"type": "Nowhere"}, "canon.undefined_type", ""),
        ({"name": {"@value": "a", "@type": 7}}, "canon.type_not_text", "/name"),
        ({"name": "a\ud800"}, "canon.lone_surrogate", ""),
        ({"id": "urn:a"}, "canon.dropped_value", ""),
        ({"said": [{"name": "x"}, {"id": "urn:a"}]}, "canon.dropped_value", "/said/1"),
    ],
)
def test_what_would_be_lost_is_refused_with_its_place(context, document, code, pointer):
    with pytest.raises(MalformedError) as caught:
        map_document(document, context)
    assert (caught.value.code, caught.value.pointer) == (code, pointer)


def test_quads_are_counted(context):
    with pytest.raises(LimitError):
        map_document({"name": ["a", "b", "c"]}, context, limits=Limits(quads=2))
