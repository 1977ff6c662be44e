"""The reference path: nothing that a signature would not cover gets through (V-LD-1, V-LD-2)."""

from __future__ import annotations

import subprocess
import sys
import threading
from dataclasses import replace

import pytest

from openbadges.canon import expansion, jsonld, nquads, rdfc
from openbadges.contexts import PinnedContexts
from openbadges.errors import LimitError, MalformedError, OpenBadgesError, UnsupportedError
from openbadges.limits import DEFAULT_LIMITS

V2 = "https://www.w3.org/ns/credentials/v2"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
EX = "https://example.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"
PLAIN = {"@vocab": EX, "id": "@id", "type": "@type"}


class Contexts:
    """A loader over a dict, which may hold anything."""

    def __init__(self, **documents):
        self.documents = {f"{EX}{name}": document for name, document in documents.items()}

    def load(self, url):
        if url not in self.documents:
            raise UnsupportedError("context.unknown", url=url)
        return self.documents[url]


def quads(document, contexts=None, **options):
    return jsonld.to_quads(document, contexts=contexts or PinnedContexts(), **options)


def lines(document, contexts=None, **options):
    return rdfc.canonicalize(quads(document, contexts, **options)).splitlines()


def refusal(document, contexts=None, **options):
    with pytest.raises(OpenBadgesError) as caught:
        quads(document, contexts, **options)
    return caught.value


def code_of(document, contexts=None, **options):
    return refusal(document, contexts, **options).code


def literal_of(value, **definition):
    (quad,) = quads({"@context": {"p": {"@id": "urn:p", **definition}}, "@id": "urn:s", "p": value})
    return quad[2]


def badge(**more):
    return {
        "@context": [V2, OB],
        "id": "urn:uuid:5b2e0e5e-0f5c-4b0f-8c7a-1d8a5a3f7c11",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": "did:example:i", "type": ["Profile"], "name": "I"},
        "credentialSubject": {"type": ["AchievementSubject"], "achievement": {"id": "urn:a", "type": ["Achievement"]}},
        **more,
    }


# what RDF says


def test_a_badge_is_the_same_whatever_the_order_of_its_members():
    document = badge(name="N")
    turned = dict(reversed(document.items()))
    assert lines(document) == lines(turned)


def test_the_datatype_that_the_badge_context_names_without_prefix_stays_as_it_is():
    subject = {"type": ["AchievementSubject"], "achievement": {"id": "urn:a", "type": ["Achievement"]}}
    document = badge(awardedDate="2026-01-01T00:00:00Z", credentialSubject=subject)
    assert any('"2026-01-01T00:00:00Z"^^<xsd:dateTime> .' in line for line in lines(document))


@pytest.mark.parametrize(
    ("value", "datatype", "term"),
    [
        (True, None, f'"true"^^<{XSD}boolean>'),
        (False, "urn:t", '"false"^^<urn:t>'),
        (4, None, f'"4"^^<{XSD}integer>'),
        (-0.0, None, f'"0"^^<{XSD}integer>'),
        (42.0, "https://www.w3.org/2001/XMLSchema#float", '"42"^^<https://www.w3.org/2001/XMLSchema#float>'),
        (42.5, "https://www.w3.org/2001/XMLSchema#float", '"4.25E1"^^<https://www.w3.org/2001/XMLSchema#float>'),
        (42.5, None, f'"4.25E1"^^<{XSD}double>'),
        (-0.001, None, f'"-1.0E-3"^^<{XSD}double>'),
        (5, f"{XSD}double", f'"5.0E0"^^<{XSD}double>'),
        (10**21, None, f'"1.0E21"^^<{XSD}double>'),
        (10**21 - 1, None, f'"999999999999999999999"^^<{XSD}integer>'),
        ("5", f"{XSD}double", f'"5"^^<{XSD}double>'),
        ("x", f"{XSD}string", '"x"'),
        ("form\x0cfeed\x7f", None, '"form\\ffeed\\u007F"'),
    ],
)
def test_literals(value, datatype, term):
    assert literal_of(value, **({"@type": datatype} if datatype else {})) == term


def test_json_literals_are_canonical_json():
    assert literal_of({"b": [1.0, None], "a": "é"}, **{"@type": "@json"}) == (
        '"{\\"a\\":\\"é\\",\\"b\\":[1,null]}"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON>'
    )
    assert literal_of(None, **{"@type": "@json"}).startswith('"null"^^')
    assert literal_of({"@type": "@json", "@value": None}).startswith('"null"^^')


def test_language_and_direction_are_covered():
    assert literal_of({"@value": "x", "@language": "EN-gb"}) == '"x"@en-gb'
    assert literal_of({"@value": "x", "@language": "ar", "@direction": "rtl"}) == (
        '"x"^^<https://www.w3.org/ns/i18n#ar_rtl>'
    )
    assert literal_of("x", **{"@direction": "ltr"}) == '"x"^^<https://www.w3.org/ns/i18n#_ltr>'


def test_a_default_direction_survives_the_next_context():
    document = {"@context": [{"@direction": "rtl"}, {"p": "urn:p"}], "@id": "urn:s", "p": "x"}
    assert quads(document)[0][2] == '"x"^^<https://www.w3.org/ns/i18n#_rtl>'


@pytest.mark.parametrize("setting", ["@vocab", "@language", "@direction"])
def test_a_default_that_is_not_on_can_be_switched_off(setting):
    assert lines({"@context": {setting: None, "p": "urn:p"}, "@id": "urn:s", "p": "x"}) == ['<urn:s> <urn:p> "x" .']


def test_lists_graphs_reverse_and_included():
    document = {
        "@context": {**PLAIN, "list": {"@id": "urn:list", "@container": "@list"}, "empty": "urn:empty"},
        "id": "_:s",
        "list": ["a", ["b"]],
        "empty": {"@list": []},
        "@reverse": {"urn:r": {"id": "urn:other"}},
        "@included": [{"id": "urn:inc", "p": {"id": "_:s"}}],
        "@graph": [{"id": "urn:in", "type": "T", "p": [{}]}],
    }
    found = rdfc.canonicalize(quads(document))
    expected = """
        _:s <urn:list> _:l1 .
        _:l1 <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> "a" .
        _:l1 <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> _:l2 .
        _:l2 <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> _:l3 .
        _:l2 <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> <http://www.w3.org/1999/02/22-rdf-syntax-ns#nil> .
        _:l3 <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> "b" .
        _:l3 <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> <http://www.w3.org/1999/02/22-rdf-syntax-ns#nil> .
        _:s <urn:empty> <http://www.w3.org/1999/02/22-rdf-syntax-ns#nil> .
        <urn:other> <urn:r> _:s .
        <urn:inc> <https://example.org/p> _:s .
        <urn:in> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://example.org/T> _:s .
        <urn:in> <https://example.org/p> _:e _:s .
    """
    assert found == rdfc.canonicalize(nquads.parse(expected))


def test_language_maps():
    document = {
        "@context": {"p": {"@id": "urn:p", "@container": "@language"}},
        "@id": "urn:s",
        "p": {"en": ["a", "b"], "@none": "c"},
    }
    assert lines(document) == ['<urn:s> <urn:p> "a"@en .', '<urn:s> <urn:p> "b"@en .', '<urn:s> <urn:p> "c" .']


def test_a_base_resolves_relative_iris_where_it_is_asked_for():
    document = {"@context": {"p": {"@id": "urn:p", "@type": "@id"}}, "@id": "a", "p": "b"}
    assert lines(document, base=EX) == ["<https://example.org/a> <urn:p> <https://example.org/b> ."]


# what would be lost


@pytest.mark.parametrize(
    ("document", "code", "pointer"),
    [
        (badge(extra=1), "canon.undefined_term", "/extra"),
        (badge(evidence=[{"type": ["Evidence"]}, {"a/b": 1}]), "canon.undefined_term", "/evidence/1/a~1b"),
        ({"@context": {"x": None}, "@id": "urn:s", "x": 1}, "canon.undefined_term", "/x"),
        (badge(name=None), "canon.null_value", "/name"),
        (badge(**{"@unknown": 1}), "canon.keyword_like", "/@unknown"),
        ({"@context": {"p": "_:p"}, "@id": "urn:s", "p": 1}, "canon.blank_node_predicate", "/p"),
        (
            {"@context": {"p": {"@id": "urn:p", "@container": "@language"}}, "@id": "urn:s", "p": {"en": ["a", None]}},
            "canon.null_value",
            "/p/en",
        ),
        (
            {"@context": {"p": {"@id": "urn:p", "@container": "@language"}}, "@id": "urn:s", "p": {"en": None}},
            "canon.null_value",
            "/p/en",
        ),
        ([badge(), "free"], "canon.dropped_value", ""),
        ({"@context": PLAIN, "id": "urn:s", "a": {"b": {"@value": None}}, "c": "x"}, "canon.dropped_value", "/a/b"),
        ([badge(), {"@context": {}, "@id": "urn:alone"}], "canon.dropped_value", "/1"),
        (badge(name={"@value": None}), "canon.dropped_value", "/name"),
        (badge(name={"@language": "en"}), "canon.dropped_value", "/name"),
    ],
)
def test_v_ld_2_lost_members_are_refused_with_their_place(document, code, pointer):
    error = refusal(document)
    assert (type(error), error.code, error.pointer) == (MalformedError, code, pointer)
    assert "{" not in error.detail


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (badge(name=["N", None]), "canon.null_value"),
        (badge(name={"@value": "N", "@language": None}), "canon.null_value"),
        (badge(type=["VerifiableCredential", "Unknown"]), "canon.dropped_type"),
        (badge(type=["VerifiableCredential", "@unknown"]), "canon.dropped_type"),
        (badge(id="relative"), "canon.relative_iri"),
        (badge(id="urn:a b"), "canon.iri_characters"),
        (badge(id="urn:a> <urn:p> <urn:o> .\n<urn:b"), "canon.iri_characters"),
        (badge(issuer="relative"), "canon.relative_iri"),
        (badge(id="@nothing"), "canon.keyword_like"),
        (badge(name={"@value": "N", "@language": "not a tag"}), "canon.language_tag"),
        (badge(name={"@value": "N", "@index": "unsigned"}), "canon.unsigned_member"),
        (badge(**{"@index": "unsigned"}), "canon.unsigned_member"),
        (badge(**{"@embed": {"@id": "urn:unsigned"}}), "canon.keyword_like"),
        (badge(evidence={"@list": [], "@index": "unsigned"}), "canon.unsigned_member"),
        (badge(proof=["text"]), "canon.relative_iri"),
        ({"@context": {"g": {"@id": "urn:g", "@container": "@graph"}}, "g": "x"}, "canon.dropped_value"),
        (badge(proof=[{}]), "canon.dropped_value"),
        (badge(credentialSubject={"verifiableCredential": "urn:only-a-name"}), "canon.undefined_term"),
        ({"@context": PLAIN, "id": "urn:s", "p": {"@value": 5, "@direction": "ltr"}}, "canon.unsigned_member"),
        ({"@context": PLAIN, "id": "urn:s", "p": "\ud800"}, "canon.lone_surrogate"),
        ({"@context": PLAIN, "id": "urn:s", "p": float("nan")}, "canon.not_a_number"),
        ({"@context": {"p": {"@id": "urn:p", "@type": "@json"}}, "p": 2**53}, "canon.integer_too_large"),
        ({"@context": PLAIN, "id": "urn:s", "p": {"@graph": [{"id": "urn:only-a-name"}]}}, "canon.dropped_value"),
        ({}, "canon.dropped_value"),
    ],
)  # fmt: skip
def test_v_ld_2_what_would_be_lost_is_refused(document, code):
    error = refusal(document)
    assert (type(error), error.code) == (MalformedError, code)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (float("inf"), "canon.not_a_number"),
        (float("nan"), "canon.not_a_number"),
        pytest.param(10**400, "canon.integer_too_large", id="401 digits"),
    ],
)
def test_numbers_that_cannot_be_written_are_refused_in_expanded_form(number, code):
    with pytest.raises(MalformedError) as caught:
        jsonld.expanded_to_quads([{"@id": "urn:s", "urn:p": [{"@value": number}]}])
    assert caught.value.code == code


def test_a_property_that_pyld_drops_itself_is_refused_too(monkeypatch):
    monkeypatch.setattr(expansion.SafeProcessor, "_check_member", lambda *_: None)
    assert code_of(badge(extra=1)) == "canon.undefined_term"


# contexts


def test_v_ld_1_an_unknown_context_is_unsupported_wherever_it_stands():
    for document in (
        {"@context": "https://evil.example/c"},
        {"@context": [V2, {"p": {"@id": "urn:p", "@context": "https://evil.example/c"}}], "p": {}},
        {"@context": {"@import": "https://evil.example/c"}},
        badge(credentialSubject={"@context": "https://evil.example/c"}),
    ):
        error = refusal(document)
        assert isinstance(error, UnsupportedError)
        assert (error.code, error.params) == ("context.unknown", {"url": "https://evil.example/c"})


@pytest.mark.parametrize(
    ("local", "term"),
    [([V2, {"name": "urn:mine"}], "name"), ([V2, None], "null"), ([V2, {"name": None}], "name")],
)
def test_protected_terms_stay(local, term):
    error = refusal({"@context": local, "id": "urn:s", "name": "N"})
    assert (error.code, error.params) == ("canon.context_conflict", {"term": term})


def test_protected_terms_stay_although_a_scoped_context_may_override_them():
    contexts = Contexts(scoped={"@context": {"guarded": "urn:other"}})
    document = {
        "@context": {
            "guarded": {"@id": "urn:guarded", "@protected": True},
            "a": {"@id": "urn:a", "@context": EX + "scoped"},
            "z": "urn:z",
        },
        "@id": "urn:s",
        "a": [{"guarded": 1}],
    }
    assert len(quads(document, contexts)) == 2
    assert code_of({**document, "z": [{"@context": EX + "scoped", "guarded": 2}]}, contexts) == "canon.context_conflict"


@pytest.mark.parametrize(
    "local",
    [
        {"@like": "urn:x"},
        {"p": "@like"},
        {"p": {"@id": "@like"}},
        {"p": {"@reverse": "@like"}},
    ],
)
def test_what_looks_like_a_keyword_is_refused_in_contexts(local):
    assert code_of({"@context": local, "@id": "urn:s", "urn:p": 1}) == "canon.keyword_like"


def test_import_leaves_the_imported_context_as_it_was():
    contexts = Contexts(base={"@context": {"a": "urn:a"}})
    document = [
        {"@context": {"@import": EX + "base", "b": "urn:b"}, "@id": "urn:1", "a": 1, "b": 2},
        {"@context": EX + "base", "@id": "urn:2", "b": 3},
    ]
    assert refusal(document, contexts).pointer == "/1/b"
    assert len(quads(document[0], contexts)) == 2
    assert contexts.documents == {EX + "base": {"@context": {"a": "urn:a"}}}


@pytest.mark.parametrize(
    "local",
    [
        7,
        {"@import": 7},
        {"@import": EX + "array"},
        {"@import": EX + "importing"},
        EX + "cycle",
        EX + "nothing",
        {"@version": 1.0},
        {"a": {"@id": "b"}, "b": {"@id": "a"}},
        EX + "propagating",
    ],
)
def test_contexts_that_are_none_are_refused(local):
    contexts = Contexts(
        array={"@context": ["x"]},
        importing={"@context": {"@import": EX + "array"}},
        cycle={"@context": [EX + "cycle"]},
        nothing={"@context": 7},
        propagating={"@context": {"@propagate": False, "p": "urn:p"}},
    )
    error = refusal({"@context": local, "@id": "urn:s", "urn:p": 1}, contexts)
    assert error.code == "canon.json_ld"
    assert error.params["reason"]


def test_contexts_may_refer_to_each_other_by_relative_url_where_there_is_a_base():
    contexts = Contexts(one={"@context": ["two", {"b": "urn:b"}]}, two={"@context": {"a": "urn:a"}}, three={})
    document = {"@context": ["one", "three", "one"], "@id": "urn:s", "a": 1, "b": 2}
    assert len(quads(document, contexts, base=EX)) == 2
    assert code_of(document, contexts) == "context.unknown"
    assert len(quads({**document, "@context": [{"@import": "two", "b": "urn:b"}]}, contexts, base=EX)) == 2


def test_nothing_is_kept_between_calls():
    mine = {"@context": {"a": "urn:first"}}
    contexts = Contexts(c=mine)
    document = {"@context": EX + "c", "@id": "urn:s", "a": 1}
    assert quads(document, contexts)[0][1] == "<urn:first>"
    mine["@context"]["a"] = "urn:second"
    assert quads(document, contexts)[0][1] == "<urn:second>"


def test_the_document_is_not_changed():
    document = badge(evidence=[{"type": ["Evidence"], "narrative": "x"}])
    before = repr(document)
    quads(document)
    assert repr(document) == before


def test_threads_do_not_disturb_each_other():
    expected, found = lines(badge(name="N")), []
    threads = [threading.Thread(target=lambda: found.append(lines(badge(name="N")))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 4


# limits


def test_nesting():
    def nested(depth):
        document = {"@id": "urn:deepest", "urn:p": "x"}
        for _ in range(depth - 1):
            document = {"urn:p": document}
        return document

    limits = replace(DEFAULT_LIMITS, json_depth=5)
    assert len(quads(nested(5), limits=limits)) == 5
    assert code_of(nested(6), limits=limits) == "json.too_deep"


def test_a_cycle_is_refused():
    document = {}
    document["urn:p"] = document
    assert code_of(document) == "json.too_deep"


def test_quads_are_counted():
    document = {"@id": "urn:s", "urn:p": ["a", "b", "c"]}
    assert len(quads(document, limits=replace(DEFAULT_LIMITS, quads=3))) == 3
    assert code_of(document, limits=replace(DEFAULT_LIMITS, quads=2)) == "canon.too_many_quads"


def test_inline_contexts_are_counted():
    def with_chars(chars):
        return {"@context": {"p": "urn:p", "q": {"@id": "urn:" + "x" * (chars - 14)}}, "@id": "urn:s", "p": 1}

    assert len(quads(with_chars(jsonld.INLINE_CONTEXT_CHARS))) == 1
    assert code_of(with_chars(jsonld.INLINE_CONTEXT_CHARS + 1)) == "canon.context_too_large"


def test_context_entries_are_counted():
    def with_entries(entries):
        return {"@context": [{}] * (entries - 1), "urn:p": {"@context": {}, "urn:p": 1}}

    assert len(quads(with_entries(jsonld.CONTEXT_ENTRIES))) == 2
    assert code_of(with_entries(jsonld.CONTEXT_ENTRIES + 1)) == "canon.too_many_contexts"


@pytest.mark.parametrize(
    ("bound", "code"), [("CONTEXTS", "canon.too_many_contexts"), ("DEFINITIONS", "canon.too_many_definitions")]
)
def test_work_on_contexts_is_counted(monkeypatch, bound, code):
    monkeypatch.setattr(expansion, bound, 20)
    error = refusal(badge())
    assert (type(error), error.code, error.params["limit"]) == (LimitError, code, 20)


def test_a_large_badge_stays_within_the_budgets():
    evidence = [{"type": ["Evidence"], "narrative": str(number)} for number in range(300)]
    assert len(quads(badge(evidence=evidence))) > 900


def test_many_inputs_forget_what_they_processed():
    document = [{"@context": [{f"t{number}": "urn:t"}, {"p": "urn:p"}], "p": number} for number in range(40)]
    assert len(quads(document)) == 40


# foreign input


@pytest.mark.parametrize("document", ["https://example.org/", None, 7, True])
def test_only_objects_and_arrays(document):
    assert code_of(document) == "json.not_object"


@pytest.mark.parametrize("document", [{"urn:p": object()}, {"urn:p": [b"x"]}, {1: "x"}, {"@context": {1: "urn:p"}}])
def test_what_is_not_json_is_refused(document):
    assert code_of(document) == "json.not_writable"


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ({"@context": PLAIN, "id": ["urn:s"]}, "invalid @id value"),
        ({"@context": PLAIN, "id": "urn:s", "@id": "urn:t"}, "colliding keywords"),
        ({"@context": PLAIN, "type": 7}, "invalid type value"),
        ({"@context": PLAIN, "p": {"@value": "x", "other": 1}}, "invalid value object"),
    ],
)
def test_the_broken_rule_is_named(document, reason):
    assert refusal(document).params == {"reason": reason}


def test_no_document_is_ever_loaded():
    with pytest.raises(MalformedError):
        expansion.options_for(None)["documentLoader"]("https://example.org/", {})


def test_running_out_of_stack_is_a_limit(monkeypatch):
    def deep(*_arguments):
        raise RecursionError

    monkeypatch.setattr(expansion.SafeProcessor, "expand", deep)
    error = refusal(badge())
    assert (type(error), error.code) == (LimitError, "canon.too_deep")


# expanding and compacting


def test_expanding_and_compacting_with_the_same_contexts_gives_the_document_back():
    document = badge(name="N")
    contexts = PinnedContexts()
    expanded = jsonld.expand(document, contexts=contexts)
    again = jsonld.compact(expanded, [V2, OB], contexts=contexts)
    assert again["name"] == "N"
    assert lines(again) == lines(document)


def test_compacting_with_a_context_document():
    context = {"@context": {"p": "urn:p"}}
    compacted = jsonld.compact([{"@id": "urn:s", "urn:p": [{"@value": "x"}]}], context, contexts=PinnedContexts())
    assert compacted == {"@context": {"p": "urn:p"}, "@id": "urn:s", "p": "x"}


def test_compacting_with_an_unknown_context_is_refused():
    with pytest.raises(UnsupportedError):
        jsonld.compact([{"@id": "urn:s"}], "https://evil.example/c", contexts=PinnedContexts())


def test_pyld_is_imported_only_when_it_is_used():
    program = "import sys, openbadges.canon.jsonld; sys.exit('pyld' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
