"""From JSON straight to RDF quads, for documents whose contexts are covered by ``active_context``.

One walk does what expansion, node map generation and "deserialize JSON-LD to RDF" do (JSON-LD 1.1 API, sections 5.1,
7.2, 8.1) for the forms that credentials use: plain members, node objects, arrays, lists, graph containers, JSON
literals, value objects with a language or a type. Undefined terms and relative IRIs are errors: nothing is dropped.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from typing import Any

from openbadges.canon import jcs
from openbadges.canon.active_context import ActiveContext, NotCovered, TermDefinition, is_absolute_iri
from openbadges.canon.nquads import ESCAPES, Quad, is_language_tag, literal
from openbadges.errors import LimitError, MalformedError
from openbadges.jsontext import pointer_to
from openbadges.limits import DEFAULT_LIMITS, Limits

__all__ = ["map_document", "number_literal"]

_XSD = "http://www.w3.org/2001/XMLSchema#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_TYPE = f"<{_RDF}type>"
_FIRST, _REST, _NIL = f"<{_RDF}first>", f"<{_RDF}rest>", f"<{_RDF}nil>"
_JSON = f"^^<{_RDF}JSON>"
_BOOLEAN, _INTEGER, _DOUBLE = f"{_XSD}boolean", f"{_XSD}integer", f"{_XSD}double"
_STRING = f"{_XSD}string"
_SURROGATE = re.compile("[\ud800-\udfff]")
_VALUE_KEYWORDS = frozenset({"@value", "@type", "@language", "@direction"})

_Entry = tuple[str, str | None, str | None, str]  # predicate, coercion, container, datatype suffix of a text value
_Path = tuple[Any, str | int] | None  # the path of what is around, and the last step: written out for an error alone


def map_document(document: Mapping[str, Any], context: ActiveContext, *, limits: Limits = DEFAULT_LIMITS) -> list[Quad]:
    """The RDF dataset of ``document`` read with ``context``; a ``@context`` member at the top is not looked at again.

    Args:
        document: A JSON object.
        context: The active context worked out from its ``@context``.
        limits: ``quads`` bounds the result.

    Returns:
        Quads of canonical N-Quads terms; duplicates are possible.

    Raises:
        MalformedError: An undefined term, a relative IRI, a value that would be dropped (codes ``canon.*``).
        LimitError: More than ``limits.quads`` quads.
        NotCovered: The reference implementation has to do it.
    """
    walk = _Walk(limits)
    walk.node({key: value for key, value in document.items() if key != "@context"}, context, "", None)
    if not walk.quads:
        raise MalformedError("canon.dropped_value")
    text = "".join([quad[2] for quad in walk.quads])
    if not text.isascii() and _SURROGATE.search(text):
        raise MalformedError("canon.lone_surrogate")
    return walk.quads


def number_literal(value: float, coercion: str | None = None) -> str:
    """The canonical literal of a JSON number (JSON-LD 1.1 API, section 8.2.2).

    A number without fraction below 10^21 is an integer whatever its spelling, unless the term says ``xsd:double``.
    """
    datatype = coercion if coercion and not coercion.startswith("@") else None
    if datatype != _DOUBLE and abs(value) < 1e21 and value == math.floor(value):
        return _typed(str(int(value)), datatype or _INTEGER)
    mantissa, exponent = f"{float(value):.15E}".split("E")
    digits = mantissa.rstrip("0")
    return _typed(f"{digits}{'0' if digits.endswith('.') else ''}E{int(exponent)}", datatype or _DOUBLE)


def _typed(text: str, datatype: str) -> str:
    return f'"{text}"' if datatype == _STRING else f'"{text}"^^<{datatype}>'


class _Walk:
    __slots__ = ("_blank", "_limit", "quads")

    def __init__(self, limits: Limits) -> None:
        self.quads: list[Quad] = []
        self._limit = limits.quads
        self._blank = 0

    def node(  # noqa: C901 - one pass over the members, in the order of the specification
        self, members: Mapping[str, Any], context: ActiveContext, graph: str, path: _Path
    ) -> str:
        """Add the quads of one node object; gives its subject term."""
        names = context.naming
        types: list[str] = []
        id_key = None
        for key, keyword in names.items():
            if key not in members:
                continue
            if keyword == "@type":
                types += _strings(members[key], (path, key))
            elif id_key is not None:
                raise NotCovered
            else:
                id_key = key
        inner = context.typed(types) if types else context
        if inner.naming != names:
            raise NotCovered  # the types changed what names and types a node
        subject = self._new_blank() if id_key is None else _node_iri(members[id_key], inner, (path, id_key))
        if types:
            self.quads += [(subject, _TYPE, _type_iri(name, context, path), graph) for name in types]
        entries, add = inner.entries, self.quads.append
        for key, value in members.items():
            if key in names:
                continue
            entry = entries.get(key) or _entry(inner, key, path)
            if type(value) is str and entry[1] is None and entry[2] != "@list" and entry[2] != "@graph":
                add((subject, entry[0], f'"{value.translate(ESCAPES)}"{entry[3]}', graph))
            else:
                self._property(subject, key, entry, value, inner, graph, (path, key))
        if len(self.quads) > self._limit:
            raise LimitError("canon.too_many_quads", limit=self._limit)
        return subject

    def _property(  # noqa: PLR0913, PLR0917 - the hottest path of all; a value for each call would double it
        self, subject: str, key: str, entry: _Entry, value: Any, context: ActiveContext, graph: str, path: _Path
    ) -> None:
        predicate, coercion, container, _ = entry
        if coercion == "@json":
            self._add(subject, predicate, _json_literal(value), graph)
        elif container == "@list":
            items = value if isinstance(value, list) else [value]
            self._add(subject, predicate, self._list(key, entry, items, context, graph, path), graph)
        elif isinstance(value, list):
            for index, item in enumerate(value):
                self._add(subject, predicate, self._object(key, entry, item, context, graph, (path, index)), graph)
        else:
            self._add(subject, predicate, self._object(key, entry, value, context, graph, path), graph)

    def _object(self, key: str, entry: _Entry, value: Any, context: ActiveContext, graph: str, path: _Path) -> str:  # noqa: PLR0913, PLR0917 - as above
        if isinstance(value, dict):
            return self._nested(key, entry, value, context, graph, path)
        if entry[2] == "@graph" or value is None or isinstance(value, list):
            raise NotCovered if value is not None else MalformedError("canon.dropped_value", pointer=_pointer(path))
        coercion = entry[1]
        if isinstance(value, str):
            if coercion == "@id":
                return _node_iri(value, context.around(key), path)
            if coercion == "@vocab":
                return _vocab_iri(value, context.around(key), path)
            return f'"{value.translate(ESCAPES)}"{entry[3]}'
        if isinstance(value, bool):
            datatype = coercion if coercion and not coercion.startswith("@") else _BOOLEAN
            return _typed("true" if value else "false", datatype)
        return number_literal(value, coercion)

    def _nested(  # noqa: PLR0913, PLR0917 - the hottest path of all; a value for each call would double it
        self, key: str, entry: _Entry, value: dict[str, Any], context: ActiveContext, graph: str, path: _Path
    ) -> str:
        if not value or "@graph" in value or "@list" in value or "@set" in value:
            raise NotCovered
        if "@value" in value:
            if entry[2] == "@graph":
                raise NotCovered
            return _value_object(value, context.around(key), path)
        inner = context.inside(key)
        if "@context" in value:
            inner, value = _with_own_context(inner, value)
        if context.previous is not None and len(value) == 1 and entry[2] != "@graph":
            [(name, text)] = value.items()
            around = context.around(key)
            if around.expand_vocab(name) == "@id":
                return _node_iri(text, around, (path, name))
        if entry[2] != "@graph":
            return self.node(value, inner, graph, path)
        name = self._new_blank()  # datasets do not nest: this graph stands beside the outer one
        before = len(self.quads)
        self.node(value, inner, name, path)
        if len(self.quads) == before:  # an id alone says nothing in a graph of its own
            raise MalformedError("canon.dropped_value", pointer=_pointer(path))
        return name

    def _list(  # noqa: PLR0913, PLR0917 - the hottest path of all; a value for each call would double it
        self,
        key: str,
        entry: _Entry,
        items: Iterable[Any],
        context: ActiveContext,
        graph: str,
        path: _Path,
    ) -> str:
        terms = [self._object(key, entry, item, context, graph, (path, index)) for index, item in enumerate(items)]
        rest = _NIL
        for term in reversed(terms):
            cell = self._new_blank()
            self._add(cell, _FIRST, term, graph)
            self._add(cell, _REST, rest, graph)
            rest = cell
        return rest

    def _new_blank(self) -> str:
        self._blank += 1
        return f"_:b{self._blank}"

    def _add(self, subject: str, predicate: str, value: str, graph: str) -> None:
        self.quads.append((subject, predicate, value, graph))


def _with_own_context(context: ActiveContext, value: dict[str, Any]) -> tuple[ActiveContext, dict[str, Any]]:
    """The context of an embedded credential that names its own, and its other members."""
    urls = value["@context"]
    if not isinstance(urls, list) or not all(isinstance(url, str) for url in urls):
        raise NotCovered
    return context.extended(urls), {key: item for key, item in value.items() if key != "@context"}


def _pointer(path: _Path) -> str:
    steps: list[str | int] = []
    while path is not None:
        path, step = path
        steps.append(step)
    return pointer_to(*reversed(steps))


def _entry(context: ActiveContext, key: str, path: _Path) -> _Entry:
    found = _make_entry(context, key, path)
    if key in context.terms:  # bounded by the context, not by the document
        context.entries[key] = found
    return found


def _make_entry(context: ActiveContext, key: str, path: _Path) -> _Entry:
    if key.startswith("@"):
        raise NotCovered
    iri = context.expand_vocab(key)
    if iri is None:
        raise MalformedError("canon.undefined_term", pointer=_pointer((path, key)), term=key)
    definition = context.terms.get(key, TermDefinition(iri=iri))
    coercion = definition.coercion
    typed = coercion is not None and not coercion.startswith("@") and coercion != _STRING
    return (f"<{iri}>", coercion, definition.container, f"^^<{coercion}>" if typed else "")


def _node_iri(value: Any, context: ActiveContext, path: _Path) -> str:
    if not isinstance(value, str):
        raise MalformedError("canon.id_not_text", pointer=_pointer(path))
    if value.startswith(("_:", "@")):
        raise NotCovered
    iri = context.expand_id(value)
    if iri is None:
        raise MalformedError("canon.relative_iri", pointer=_pointer(path), iri=value)
    return f"<{iri}>"


def _vocab_iri(value: str, context: ActiveContext, path: _Path) -> str:
    iri = context.expand_vocab(value)
    if iri is None or not is_absolute_iri(iri):
        if value.startswith(("_:", "@")):
            raise NotCovered
        raise MalformedError("canon.relative_iri", pointer=_pointer(path), iri=value)
    return f"<{iri}>"


def _type_iri(name: str, context: ActiveContext, path: _Path) -> str:
    found = context.type_terms.get(name)
    if found is not None:
        return found
    iri = context.expand_vocab(name)
    if iri is None or not is_absolute_iri(iri):
        if name.startswith(("_:", "@")):
            raise NotCovered
        raise MalformedError("canon.undefined_type", pointer=_pointer(path), type=name)
    term = f"<{iri}>"
    if name in context.terms:
        context.type_terms[name] = term
    return term


def _strings(value: Any, path: _Path) -> list[str]:
    found = value if isinstance(value, list) else [value]
    if not all(isinstance(item, str) for item in found):
        raise MalformedError("canon.type_not_text", pointer=_pointer(path))
    return found


def _json_literal(value: Any) -> str:
    return f'"{jcs.canonicalize(value).decode("utf-8").translate(ESCAPES)}"{_JSON}'


def _value_object(value: Mapping[str, Any], context: ActiveContext, path: _Path) -> str:
    if not _VALUE_KEYWORDS.issuperset(value):
        raise NotCovered
    text, datatype = value["@value"], value.get("@type")
    if len(value) == 1 and isinstance(text, (bool, int, float)):
        return _typed("true" if text else "false", _BOOLEAN) if isinstance(text, bool) else number_literal(text)
    if not isinstance(text, str):
        raise NotCovered
    if datatype is None:
        return _language_literal(text, value)
    if len(value) > 2:
        raise NotCovered
    if not isinstance(datatype, str):
        raise MalformedError("canon.type_not_text", pointer=_pointer(path))
    iri = context.expand_vocab(datatype)
    if iri is None or not is_absolute_iri(iri):
        raise NotCovered
    return literal(text, iri)


def _language_literal(text: str, value: Mapping[str, Any]) -> str:
    language, direction = value.get("@language"), value.get("@direction")
    if ("@language" in value and not (isinstance(language, str) and is_language_tag(language))) or (
        "@direction" in value and direction not in ("ltr", "rtl")
    ):
        raise NotCovered  # null has a meaning of its own, and what is wrong is the reference implementation's to say
    return literal(text, None, language and language.lower(), direction)
