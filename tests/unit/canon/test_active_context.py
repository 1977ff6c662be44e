"""Active contexts as JSON-LD 1.1 makes them, kept once; what is not covered says so and is never guessed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from openbadges.canon import active_context
from openbadges.canon.active_context import ActiveContext, NotCovered, is_absolute_iri, process_contexts
from openbadges.canon.rdf import active_context as cached_context
from openbadges.contexts import PinnedContexts
from openbadges.errors import MalformedError, UnsupportedError

EX = "https://example.org/"
V2 = "https://www.w3.org/ns/credentials/v2"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"


class Contexts:
    def __init__(self, **documents: Any) -> None:
        self.documents = {EX + name: {"@context": context} for name, context in documents.items()}
        self.loads = 0

    def load(self, url: str) -> Mapping[str, Any]:
        self.loads += 1
        if url not in self.documents:
            raise UnsupportedError("context.unknown", url=url)
        return self.documents[url]


def active(*contexts: Any, **documents: Any) -> ActiveContext:
    return process_contexts(contexts, Contexts(**documents))


def term(definition: Any, name: str = "t", **more: Any) -> Any:
    return active({name: definition, **more}).terms[name]


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("urn:x", True), ("https://example.org/é?q#f", True), ("did:key:z6Mk#z6Mk", True), ("a:", True),
        ("relative", False), ("/path", False), ("1a:b", False), ("urn:a b", False), ("urn:<x>", False),
        ("urn:a#b#c", False), ("urn:\x00", False), ("urn:\ud800", False), ("", False), ("urn:\\", False),
    ],
)  # fmt: skip
def test_absolute_iris_are_those_that_n_quads_can_carry(text: str, good: bool) -> None:
    assert is_absolute_iri(text) is good


def test_simple_and_expanded_definitions() -> None:
    assert term("https://example.org/t").iri == EX + "t"
    found = term({"@id": EX + "t", "@type": "@id", "@container": "@set", "@protected": True})
    assert (found.iri, found.coercion, found.container, found.protected) == (EX + "t", "@id", "@set", True)
    assert not found.has_scope
    assert term({"@id": EX + "t", "@context": {}}).has_scope
    assert term(None).iri is None
    assert term("@id").iri == "@id"
    assert term({"@id": "@type", "@protected": True}).iri == "@type"
    for coercion in ("@vocab", "@json", "@none", "https://example.org/type"):
        assert term({"@id": EX + "t", "@type": coercion}).coercion == coercion
    assert term({"@id": EX + "t", "@type": None, "@container": None}).coercion is None


def test_prefixes_and_terms_defined_beside() -> None:
    found = active(
        {"later": "ex:later", "ex": EX, "typed": {"@id": "ex:typed", "@type": "xsd:date"}, "xsd": EX + "xsd#"}
    )
    assert found.terms["later"].iri == EX + "later"
    assert found.terms["typed"].coercion == EX + "xsd#date"
    assert found.terms["ex"].prefix
    assert not active({"ex": EX + "x"}).terms["ex"].prefix
    assert not active({"ex": {"@id": EX}}).terms["ex"].prefix
    assert active({"ex": {"@id": EX, "@prefix": True}}).terms["ex"].prefix
    assert active({"a": "b", "b": EX + "b"}).terms["a"].iri == EX + "b"
    assert active({"ex": EX}, {"t": "ex:t"}).terms["t"].iri == EX + "t"
    assert active({"t": "urn://x/y"}).terms["t"].iri == "urn://x/y"
    assert found.is_prefixed("ex:a")
    assert not found.is_prefixed("ex://a")
    assert not found.is_prefixed("later:a")
    assert not found.is_prefixed("ex")


def test_vocab() -> None:
    found = active({"@vocab": EX, "t": {"@type": "@id"}, "u": "u"})
    assert (found.terms["t"].iri, found.terms["u"].iri, found.expand_vocab("any")) == (EX + "t", EX + "u", EX + "any")
    assert active({"@vocab": EX}, {"@vocab": None}).expand_vocab("any") is None
    assert active({}).expand_vocab("any") is None


def test_expansion_of_names_and_ids() -> None:
    found = active({"ex": EX, "t": EX + "t", "off": None})
    assert found.expand_vocab("t") == EX + "t"
    assert found.expand_vocab("off") is None
    assert found.expand_vocab("ex:a") == EX + "a"
    assert found.expand_vocab("urn:a") == "urn:a"
    assert found.expand_vocab(":a") is None
    assert found.expand_id("ex:a") == EX + "a"
    assert found.expand_id("t") is None
    assert found.expand_id("ex://a") == "ex://a"
    assert found.expand_id("_:b") is None
    assert found.expand_id("urn:a b") is None


NOT_COVERED: list[Any] = [
    {"@import": EX}, {"@base": EX}, {"@language": "en"}, {"@propagate": False}, {"@vocab": "relative"}, {"@vocab": 5},
    {"@vocab": "_:b"}, {"t": {"@reverse": EX}}, {"t": {"@id": EX, "@nest": "n"}}, {"t": {"@id": EX, "@index": "i"}},
    {"t": 5}, {"t": {"@id": 5}}, {"t": {"@id": "@graph"}}, {"t": {"@id": "@json"}}, {"t": "relative"}, {"t": "_:b"},
    {"t": {"@type": "@id"}}, {"ex:t": {"@type": "@id"}}, {"ex:t": EX}, {"a/b": EX}, {"": EX}, {"@other": EX},
    {"t": {"@id": EX, "@type": 5}}, {"t": {"@id": EX, "@type": "@bad"}}, {"t": {"@id": EX, "@type": "relative"}},
    {"t": {"@id": EX, "@container": "@language"}}, {"t": {"@id": EX, "@container": ["@set"]}}, {"a": "b", "b": "a"},
    {"a": "off", "off": None}, {"t": "urn:a b"}, 5, [[{"@base": EX}]], {"ex": EX, "t": {"@id": "ex:a b"}},
]  # fmt: skip


@pytest.mark.parametrize("context", NOT_COVERED)
def test_what_is_not_covered_says_so(context: Any) -> None:
    with pytest.raises(NotCovered):
        active(context)


def test_a_compact_vocab_is_not_covered() -> None:
    with pytest.raises(NotCovered):
        active({"ex": EX}, {"@vocab": "ex:"})


def test_documents_are_loaded_by_url() -> None:
    assert active(EX + "a", a=[{"t": EX + "t"}, {"u": EX + "u"}]).terms.keys() == {"t", "u"}
    with pytest.raises(UnsupportedError):
        active(EX + "missing")


def test_protected_terms_may_only_be_said_again_v_ld_1() -> None:
    protected = {"@protected": True, "t": {"@id": EX + "t", "@context": {"a": EX + "a"}}}
    again = active(protected, {"t": {"@id": EX + "t", "@context": {"a": EX + "a"}}})
    assert again.terms["t"].protected
    for other in ({"t": EX + "other"}, {"t": {"@id": EX + "t", "@type": "@id"}}, {"t": None}):
        with pytest.raises(MalformedError) as caught:
            active(protected, other)
        assert caught.value.code == "canon.context_conflict"
    with pytest.raises(MalformedError) as caught:
        active(protected, None)
    assert caught.value.params == {"term": "null"}
    assert active({"t": EX + "t"}, None).terms == {}
    assert (
        active({"@protected": True, "t": {"@id": EX + "t", "@protected": False}}, {"t": EX + "u"}).terms["t"].iri
        == EX + "u"
    )


def test_property_scopes_may_override_and_are_kept() -> None:
    found = active({"@protected": True, "t": {"@id": EX + "t", "@context": {"t": EX + "inner"}}, "plain": EX + "plain"})
    inner = found.inside("t")
    assert inner.terms["t"].iri == EX + "inner"
    assert found.inside("t") is inner
    assert found.inside("plain") is found
    assert found.inside("unknown") is found
    assert found.around("t") is inner


def test_type_scopes_end_at_the_next_node() -> None:
    found = active({
        "T": {"@id": EX + "T", "@context": {"a": EX + "a", "p": {"@id": EX + "p", "@context": {"b": EX + "b"}}}},
        "U": {"@id": EX + "U", "@context": {"c": EX + "c"}},
        "plain": EX + "plain",
    })  # fmt: skip
    typed = found.typed(["U", "T", "plain", "urn:other"])
    assert {"a", "c"} <= typed.terms.keys()
    assert typed is found.typed(["urn:other", "plain", "T", "U"])
    assert typed.inside("a").terms == found.terms
    assert typed.inside("p").terms.keys() == found.terms.keys() | {"b"}
    assert typed.around("a") is typed
    assert typed.around("unknown") is typed
    around = typed.around("p")
    assert around.terms.keys() == typed.terms.keys() | {"b"}
    assert typed.around("p") is around
    assert found.typed(["plain"]) is found
    nested = typed.typed(["U"])
    assert nested.previous is typed.previous


def test_what_strangers_call_their_types_does_not_spoil_what_is_kept() -> None:
    """The kept contexts of types, urls and values lie apart."""
    found = active({"T": {"@id": EX + "T", "@context": {"p": {"@id": EX + "p", "@context": {"b": EX + "b"}}}}}, a={})
    typed = found.typed(["T"])
    typed.typed(["@around", "p"])
    typed.typed(["@context", EX + "a"])
    assert "b" in typed.around("p").terms
    assert typed.extended([EX + "a"]) is typed.extended([EX + "a"])


def test_embedded_contexts_extend() -> None:
    found = active({"t": EX + "t"}, a={"u": EX + "u"})
    assert found.extended([EX + "a"]).terms.keys() == {"t", "u"}
    assert found.loader is found.extended([EX + "a"]).loader


def test_only_so_many_contexts_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(active_context, "_KEPT_CONTEXTS", 1)
    scope = {"@id": EX + "t", "@context": {"u": EX + "u", "p": {"@id": EX + "p", "@context": {"b": EX + "b"}}}}
    found = active({"t": scope, "T": {"@id": EX + "T", "@context": {"q": scope}}}, a={})
    first = found.typed(["T"])
    assert found.typed(["T"]) is first
    for make in (
        lambda: found.typed(["T", "urn:1"]),
        lambda: found.inside("t"),
        lambda: first.around("q"),
        lambda: found.extended([EX + "a"]),
    ):
        assert make() is not make()
        assert make().terms == make().terms


def test_pinned_contexts_are_worked_out_once() -> None:
    contexts = PinnedContexts()
    assert cached_context([V2, OB], contexts) is cached_context([V2, OB], contexts)
    assert cached_context(V2, contexts) is cached_context([V2], contexts)
    for value in (None, [], [V2, {}], {}, 5):
        with pytest.raises(NotCovered):
            cached_context(value, contexts)


def test_loaders_that_cannot_be_hashed_work_too() -> None:
    class Unhashable(Contexts):
        __hash__ = None  # type: ignore[assignment]  # that is the point

    loader = Unhashable(a={"t": EX + "t"})
    assert cached_context([EX + "a"], loader).terms["t"].iri == EX + "t"
    assert cached_context([EX + "a"], loader).terms["t"].iri == EX + "t"
    assert loader.loads == 2
