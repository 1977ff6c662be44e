"""From JSON straight to RDF quads, for documents whose contexts are covered by ``active_context``.

One walk does what expansion, node map generation and "deserialize JSON-LD to RDF" do (JSON-LD 1.1 API, sections 5.1,
7.2, 8.1) for the forms that credentials use: plain members, node objects, arrays, lists, graph containers, JSON
literals, value objects with a language or a type. Undefined terms and relative IRIs are errors: nothing is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NoReturn

from openbadges.canon import jcs
from openbadges.canon.active_context import ActiveContext, NotCovered, is_absolute_iri
from openbadges.canon.nquads import RDF_TYPE, Quad, escaped, is_language_tag, literal
from openbadges.canon.numbers import check_numbers, is_exact, scalar_literal
from openbadges.canon.vocabulary import Term, Typed, Vocabulary, vocabulary_of
from openbadges.errors import LimitError, MalformedError
from openbadges.jsontext import Path, pointer_of, steps_of
from openbadges.limits import DEFAULT_LIMITS, Limits

__all__ = ["map_document"]

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_FIRST, _REST, _NIL = f"<{_RDF}first>", f"<{_RDF}rest>", f"<{_RDF}nil>"
_JSON = f"^^<{_RDF}JSON>"
_SURROGATE = re.compile("[\ud800-\udfff]")
_VALUE_KEYWORDS = frozenset({"@value", "@type", "@language", "@direction"})
_NO_PLAIN_NODE = frozenset({"@value", "@context", "@graph", "@list", "@set"})


def map_document(
    document: Mapping[str, Any], context: ActiveContext, *, limits: Limits = DEFAULT_LIMITS, exact: bool = False
) -> list[Quad]:
    """The RDF dataset of ``document`` read with ``context``; a ``@context`` member at the top is not looked at again.

    Args:
        document: A JSON object.
        context: The active context worked out from its ``@context``.
        limits: ``quads`` bounds the result.
        exact: Refuse numbers that share their literal with others (see ``numbers.is_exact``).

    Returns:
        Quads of canonical N-Quads terms; duplicates are possible.

    Raises:
        MalformedError: An undefined term, a relative IRI, a value that would be dropped (codes ``canon.*``).
        LimitError: More than ``limits.quads`` quads.
        NotCovered: The reference implementation has to do it.
    """
    walk = _Walk(limits, exact=exact)
    walk.node({key: value for key, value in document.items() if key != "@context"}, vocabulary_of(context), "", None)
    if not walk.quads:
        raise MalformedError("canon.dropped_value")
    text = "".join([quad[2] for quad in walk.quads])
    if not text.isascii() and _SURROGATE.search(text):
        raise MalformedError("canon.lone_surrogate")
    return walk.quads


class _Walk:
    __slots__ = ("_blank", "_exact", "_limit", "quads")

    def __init__(self, limits: Limits, *, exact: bool) -> None:
        self.quads: list[Quad] = []
        self._limit = limits.quads
        self._exact = exact
        self._blank = 0

    def node(self, members: Mapping[str, Any], words: Vocabulary, graph: str, path: Path) -> str:
        """Add the quads of one node object; gives its subject term."""
        if words.usual and "@id" not in members and "@type" not in members:
            id_key = "id" if "id" in members else None
            typed = words.known_types(members.get("type", ()))
            if typed is None:
                typed = words.read_types(_strings(members["type"], (path, "type")) if "type" in members else ())
        else:
            id_key, typed = _naming(members, words, path)
        if not typed.same_naming:
            raise NotCovered
        inner = typed.inside
        subject = self._new_blank() if id_key is None else _node_iri(members[id_key], inner.context, (path, id_key))
        for iri in _refuse_type(typed, words.context, path) if typed.iris is None else typed.iris:
            self.quads.append((subject, RDF_TYPE, iri, graph))
        self._members(subject, members, inner, graph, path)
        if len(self.quads) > self._limit:
            raise LimitError("canon.too_many_quads", limit=self._limit)
        return subject

    def _members(self, subject: str, members: Mapping[str, Any], words: Vocabulary, graph: str, path: Path) -> None:
        known, add = words.terms, self.quads.append
        for key, value in members.items():
            term = known.get(key)
            if term is None:
                if key in words.context.naming:
                    continue
                term = words.term(key) or _other_term(words.context, key, path)
            if type(value) is str and term.is_literal:
                add((subject, term.predicate, f'"{escaped(value)}{term.after}', graph))
            elif term.container == "@list" or term.coercion == "@json":
                add((subject, term.predicate, self._whole(term, value, words, graph, (path, key)), graph))
            elif isinstance(value, list):
                where, predicate = (path, key), term.predicate
                said = [self._object(term, item, words, graph, (where, index)) for index, item in enumerate(value)]
                self.quads += [(subject, predicate, found, graph) for found in said]
            else:
                add((subject, term.predicate, self._object(term, value, words, graph, (path, key)), graph))

    def _object(self, term: Term, value: Any, words: Vocabulary, graph: str, path: Path) -> str:
        if isinstance(value, dict):
            return self._nested(term, value, words, graph, path)
        if isinstance(value, str) and term.container != "@graph":
            if term.coercion == "@id":
                return _node_iri(value, words.context.around(term.name), path)
            if term.coercion == "@vocab":
                return _vocab_iri(value, words.context.around(term.name), path)
            return f'"{escaped(value)}{term.after}'
        if term.container == "@graph" or value is None or isinstance(value, list):
            raise NotCovered if value is not None else MalformedError("canon.dropped_value", pointer=pointer_of(path))
        return self._number(value, term.coercion, path)

    def _number(self, value: float, coercion: str | None, path: Path) -> str:
        if self._exact and not is_exact(value):
            raise MalformedError("canon.number", pointer=pointer_of(path), number=value)
        return scalar_literal(value, coercion)

    def _nested(self, term: Term, value: dict[str, Any], words: Vocabulary, graph: str, path: Path) -> str:
        inner = term.inside or words.inside(term)
        if not value.keys().isdisjoint(_NO_PLAIN_NODE):
            if "@value" in value and term.container != "@graph":
                return self._value_object(value, words.context.around(term.name), path)
            if "@context" not in value or len(_NO_PLAIN_NODE & value.keys()) > 1:
                raise NotCovered
            inner, value = _with_own_context(inner, value)
        elif not value:
            raise NotCovered
        if len(value) == 1 and words.context.previous is not None and term.container != "@graph":
            [(name, text)] = value.items()
            around = words.context.around(term.name)
            if around.expand_vocab(name) == "@id":
                return _node_iri(text, around, (path, name))
        if term.container != "@graph":
            return self.node(value, inner, graph, path)
        name = self._new_blank()  # datasets do not nest: this graph stands beside the outer one
        before = len(self.quads)
        self.node(value, inner, name, path)
        if len(self.quads) == before:  # an id alone says nothing in a graph of its own
            raise MalformedError("canon.dropped_value", pointer=pointer_of(path))
        return name

    def _whole(self, term: Term, value: Any, words: Vocabulary, graph: str, path: Path) -> str:
        """The one object for a term that takes all of its value: a JSON literal, or an ordered list."""
        if term.coercion == "@json":
            if self._exact:
                check_numbers(value, steps_of(path))
            return f'"{escaped(jcs.canonicalize(value).decode("utf-8"))}"{_JSON}'
        items = value if isinstance(value, list) else [value]
        members = [self._object(term, item, words, graph, (path, index)) for index, item in enumerate(items)]
        rest = _NIL
        for member in reversed(members):
            cell = self._new_blank()
            self.quads += [(cell, _FIRST, member, graph), (cell, _REST, rest, graph)]
            rest = cell
        return rest

    def _value_object(self, value: Mapping[str, Any], context: ActiveContext, path: Path) -> str:
        if not _VALUE_KEYWORDS.issuperset(value):
            raise NotCovered
        text, datatype = value["@value"], value.get("@type")
        if len(value) == 1 and isinstance(text, (bool, int, float)):
            return self._number(text, None, (path, "@value"))
        if not isinstance(text, str):
            raise NotCovered
        if datatype is None:
            return _language_literal(text, value)
        if len(value) > 2:
            raise NotCovered
        if not isinstance(datatype, str):
            raise MalformedError("canon.type_not_text", pointer=pointer_of(path))
        iri = context.expand_vocab(datatype)
        if iri is None or not is_absolute_iri(iri):
            raise NotCovered
        return literal(text, iri)

    def _new_blank(self) -> str:
        self._blank += 1
        return f"_:b{self._blank}"


def _naming(members: Mapping[str, Any], words: Vocabulary, path: Path) -> tuple[str | None, Typed]:
    """The member that names a node object, and what its types come to, by whatever names the context has for them."""
    id_key = None
    types: list[str] = []
    for key, keyword in words.context.naming.items():
        if key not in members:
            continue
        if keyword == "@type":
            types += _strings(members[key], (path, key))
        elif id_key is not None:
            raise NotCovered
        else:
            id_key = key
    return id_key, words.read_types(types)


def _with_own_context(words: Vocabulary, value: dict[str, Any]) -> tuple[Vocabulary, dict[str, Any]]:
    """The words of an embedded credential that names contexts of its own, and its other members."""
    urls = value["@context"]
    if not isinstance(urls, list) or not all(isinstance(url, str) for url in urls):
        raise NotCovered
    inner = vocabulary_of(words.context.extended(urls))
    return inner, {key: item for key, item in value.items() if key != "@context"}


def _other_term(context: ActiveContext, key: str, path: Path) -> Term:
    """A member whose name is no term of the context: a compact or an absolute IRI, or a word of ``@vocab``."""
    if key.startswith("@"):
        raise NotCovered
    iri = context.expand_vocab(key)
    if iri is None:
        raise MalformedError("canon.undefined_term", pointer=pointer_of((path, key)), term=key)
    return Term(key, iri)


def _node_iri(value: Any, context: ActiveContext, path: Path) -> str:
    if not isinstance(value, str):
        raise MalformedError("canon.id_not_text", pointer=pointer_of(path))
    prefix, _, rest = value.partition(":")
    if (prefix not in context.terms or rest.startswith("//")) and is_absolute_iri(value):
        return f"<{value}>"  # nearly all
    if value.startswith(("_:", "@")):
        raise NotCovered
    iri = context.expand_id(value)
    if iri is None:
        raise MalformedError("canon.relative_iri", pointer=pointer_of(path), iri=value)
    return f"<{iri}>"


def _vocab_iri(value: str, context: ActiveContext, path: Path) -> str:
    iri = context.expand_vocab(value)
    if iri is None or not is_absolute_iri(iri):
        if value.startswith(("_:", "@")):
            raise NotCovered
        raise MalformedError("canon.relative_iri", pointer=pointer_of(path), iri=value)
    return f"<{iri}>"


def _refuse_type(typed: Typed, context: ActiveContext, path: Path) -> NoReturn:
    """Say which of the types has no meaning, or leave it to the reference."""
    name = next(name for name in typed.types if not is_absolute_iri(context.expand_vocab(name) or ""))
    if name.startswith(("_:", "@")):
        raise NotCovered
    raise MalformedError("canon.undefined_type", pointer=pointer_of(path), type=name)


def _strings(value: Any, path: Path) -> list[str]:
    found = value if isinstance(value, list) else [value]
    if not all(isinstance(item, str) for item in found):
        raise MalformedError("canon.type_not_text", pointer=pointer_of(path))
    return found


def _language_literal(text: str, value: Mapping[str, Any]) -> str:
    language, direction = value.get("@language"), value.get("@direction")
    if ("@language" in value and not (isinstance(language, str) and is_language_tag(language))) or (
        "@direction" in value and direction not in ("ltr", "rtl")
    ):
        raise NotCovered  # null has a meaning of its own, and what is wrong is the reference implementation's to say
    return literal(text, None, language and language.lower(), direction)
