"""JSON-LD 1.1 to RDF quads: the reference path, complete and slow, in safe mode.

Expansion is PyLD's (see ``expansion``); the step from expanded JSON-LD to quads is our own, because literals have to be
escaped as RDFC-1.0 says and because whatever a signature would not cover is refused: undefined terms, dropped types,
relative IRIs, nulls, ``@index``, nodes that stand free. Base direction becomes a datatype of the ``i18n`` namespace
(``rdfDirection: "i18n-datatype"``), as other implementations of the cryptosuites have it, so that it is covered too.

Contexts are pinned or inline; nothing is fetched.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import ModuleType
from typing import Any, Final

from openbadges.canon import jcs, nquads
from openbadges.canon.nquads import DEFAULT_GRAPH, Quad
from openbadges.errors import LimitError, MalformedError, OpenBadgesError
from openbadges.jsontext import JsonValue, pointer_to
from openbadges.limits import DEFAULT_LIMITS, Limits
from openbadges.ports import ContextLoader

__all__ = ["compact", "expand", "expanded_to_quads", "to_quads"]

INLINE_CONTEXT_CHARS: Final = 64 * 1024  # names and texts of all inline contexts of a document
CONTEXT_ENTRIES: Final = 200  # URLs and objects named by all ``@context`` members of a document

_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_TYPE, _FIRST, _REST, _NIL = (f"<{_RDF}{name}>" for name in ("type", "first", "rest", "nil"))
_JSON: Final = _RDF + "JSON"
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_DOUBLE, _INTEGER, _BOOLEAN = (_XSD + name for name in ("double", "integer", "boolean"))
_VALUE_MEMBERS: Final = frozenset({"@value", "@type", "@language", "@direction"})


def to_quads(
    document: JsonValue, *, contexts: ContextLoader, limits: Limits = DEFAULT_LIMITS, base: str | None = None
) -> list[Quad]:
    """The RDF dataset of a JSON-LD document, losing nothing (Deserialize JSON-LD to RDF, JSON-LD 1.1 API, section 7.1).

    Args:
        document: Parsed JSON: an object, or an array of objects.
        contexts: Where contexts named by URL come from.
        limits: Nesting and quads.
        base: Relative IRIs are resolved against it; None, as proofs need it, refuses them.

    Raises:
        MalformedError: Not JSON-LD, or part of it would be lost; the code starts with ``canon.``.
        UnsupportedError: ``context.unknown``.
        LimitError: Over a limit.
    """
    return expanded_to_quads(expand(document, contexts=contexts, limits=limits, base=base), limits=limits)


def expand(
    document: JsonValue, *, contexts: ContextLoader, limits: Limits = DEFAULT_LIMITS, base: str | None = None
) -> list[Any]:
    """The expanded form of a document; arguments and errors as for ``to_quads``."""
    _Census(limits).take(document)
    engine = _engine()
    result: list[Any] = _run(engine.SafeProcessor(contexts).expand, document, engine.options_for(base))
    return result


def compact(
    expanded: list[Any], context: JsonValue, *, contexts: ContextLoader, base: str | None = None
) -> dict[str, Any]:
    """An expanded document written with ``context``; errors as for ``to_quads``."""
    engine = _engine()
    options = {**engine.options_for(base), "skipExpansion": True}
    result: dict[str, Any] = _run(engine.SafeProcessor(contexts).compact, expanded, context, options)
    return result


def expanded_to_quads(expanded: list[Any], *, limits: Limits = DEFAULT_LIMITS) -> list[Quad]:
    """The quads of an expanded document, in no particular order; errors as for ``to_quads``."""
    writer = _Writer(limits)
    for item in expanded:
        writer.free_node(item, DEFAULT_GRAPH)
    return writer.quads


def _engine() -> ModuleType:
    from openbadges.canon import expansion  # noqa: PLC0415 - PyLD takes a third of a second to import

    return expansion


def _run(step: Any, *arguments: Any) -> Any:
    try:
        return step(*arguments)
    except OpenBadgesError:
        raise
    except Exception as error:  # PyLD lets through whatever its code runs into
        raise _translated(error) from error


def _translated(error: BaseException) -> OpenBadgesError:
    """Our error for what came out of PyLD; ours may be inside, since PyLD wraps what it catches."""
    link: BaseException | None = error
    code = ""
    while link is not None:
        if isinstance(link, OpenBadgesError):
            return type(link)(link.code, pointer=link.pointer, **link.params)
        if isinstance(link, RecursionError):
            return LimitError("canon.too_deep")
        code = getattr(link, "code", None) or code
        link = link.__cause__
    if code == "invalid context nullification":
        return MalformedError("canon.context_conflict", term="null")
    return MalformedError("canon.json_ld", reason=code or type(error).__name__)


class _Census:
    """Bounds a document before PyLD sees it: plain JSON, not too deep, not too much context."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._entries = self._chars = 0

    def take(self, document: JsonValue) -> None:
        """Raises where a bound is passed."""
        if not isinstance(document, (dict, list)):
            raise MalformedError("json.not_object")
        pending: list[tuple[Any, tuple[str | int, ...], bool]] = [(document, (), False)]
        while pending:
            value, path, in_context = pending.pop()
            if isinstance(value, (dict, list)):
                if len(path) >= self._limits.json_depth:
                    raise LimitError("json.too_deep", limit=self._limits.json_depth)
                for step, item in value.items() if isinstance(value, dict) else enumerate(value):
                    pending.append((item, (*path, step), in_context or step == "@context"))
                if isinstance(value, dict):
                    self._names(value, path, in_context)
            elif isinstance(value, str):
                self._count(len(value) if in_context else 0)
            elif value is not None and not isinstance(value, (int, float)):
                raise MalformedError("json.not_writable", pointer=pointer_to(*path))

    def _names(self, members: dict[Any, Any], path: tuple[str | int, ...], in_context: bool) -> None:
        if not all(isinstance(name, str) for name in members):
            raise MalformedError("json.not_writable", pointer=pointer_to(*path))
        self._count(sum(map(len, members)) if in_context else 0)
        if "@context" in members:
            local = members["@context"]
            self._entries += len(local) if isinstance(local, list) else 1
            if self._entries > CONTEXT_ENTRIES:
                raise LimitError("canon.too_many_contexts", limit=CONTEXT_ENTRIES)

    def _count(self, chars: int) -> None:
        self._chars += chars
        if self._chars > INLINE_CONTEXT_CHARS:
            raise LimitError("canon.context_too_large", limit=INLINE_CONTEXT_CHARS)


class _Writer:
    """Collects the quads of expanded nodes; blank nodes get labels of our own, the same for the same label."""

    def __init__(self, limits: Limits) -> None:
        self.quads: list[Quad] = []
        self._limits = limits
        self._labels: dict[str, str] = {}
        self._issued = 0

    def free_node(self, item: Mapping[str, Any], graph: str) -> None:
        """A node that nothing refers to: if it says nothing either, it would be lost."""
        before = len(self.quads)
        if "@value" not in item and "@list" not in item:
            self._node(item, graph)
        if len(self.quads) == before:
            raise MalformedError("canon.dropped_value")

    def _node(self, item: Mapping[str, Any], graph: str) -> str:
        term = self._name(item["@id"]) if "@id" in item else self._fresh()
        for key, value in item.items():
            if key.startswith("@"):
                self._keyword(term, key, value, graph)
                continue
            predicate = nquads.iri(key)
            for one in value:
                self._add(term, predicate, self._value(one, graph), graph)
        return term

    def _keyword(self, term: str, key: str, value: Any, graph: str) -> None:
        if key == "@type":
            for name in value:
                self._add(term, _TYPE, self._type(name), graph)
        elif key in ("@graph", "@included"):
            for member in value:
                self.free_node(member, term if key == "@graph" else graph)
        elif key == "@reverse":
            for name, subjects in value.items():
                for subject in subjects:
                    self._add(self._node(subject, graph), nquads.iri(name), term, graph)
        elif key != "@id":
            raise MalformedError("canon.unsigned_member", term=key)

    def _value(self, item: Mapping[str, Any], graph: str) -> str:
        if "@value" in item:
            return _literal(item)
        if "@list" in item:
            _only(item, {"@list"})
            return self._list(item["@list"], graph)
        return self._node(item, graph)

    def _list(self, items: list[Any], graph: str) -> str:
        head = _NIL
        for item in reversed(items):
            cell = self._fresh()
            self._add(cell, _FIRST, self._value(item, graph), graph)
            self._add(cell, _REST, head, graph)
            head = cell
        return head

    def _name(self, text: Any) -> str:
        if not isinstance(text, str):
            raise MalformedError("canon.keyword_like", term=str(text))
        if not text.startswith("_:"):
            return nquads.iri(text)
        if text not in self._labels:
            self._labels[text] = self._fresh()
        return self._labels[text]

    def _type(self, text: Any) -> str:
        if not isinstance(text, str) or ":" not in text:
            raise MalformedError("canon.dropped_type", type=str(text))
        return self._name(text)

    def _fresh(self) -> str:
        self._issued += 1
        return f"_:b{self._issued - 1}"

    def _add(self, subject: str, predicate: str, object_: str, graph: str) -> None:
        if len(self.quads) >= self._limits.quads:
            raise LimitError("canon.too_many_quads", limit=self._limits.quads)
        self.quads.append((subject, predicate, object_, graph))


def _only(item: Mapping[str, Any], allowed: frozenset[str] | set[str]) -> None:
    for key in item:
        if key not in allowed:
            raise MalformedError("canon.unsigned_member", term=key)


def _literal(item: Mapping[str, Any]) -> str:
    """Object to RDF Conversion (JSON-LD 1.1 API, section 7.2.2), the part about value objects."""
    _only(item, _VALUE_MEMBERS)
    value, datatype = item["@value"], item.get("@type")
    if datatype == "@json":
        return nquads.literal(jcs.canonicalize(value).decode(), _JSON)
    if isinstance(value, str):
        return nquads.literal(value, datatype, item.get("@language"), item.get("@direction"))
    if "@direction" in item:
        raise MalformedError("canon.unsigned_member", term="@direction")
    if isinstance(value, bool):
        return nquads.literal("true" if value else "false", datatype or _BOOLEAN)
    return _number(value, datatype)


def _number(value: Any, datatype: str | None) -> str:
    if isinstance(value, float) and not math.isfinite(value):
        raise MalformedError("canon.not_a_number")
    if datatype != _DOUBLE and abs(value) < 1e21 and value == int(value):
        return nquads.literal(str(int(value)), datatype or _INTEGER)
    try:
        mantissa, exponent = f"{value:.15E}".split("E")
    except OverflowError as error:
        raise MalformedError("canon.integer_too_large") from error
    digits = mantissa.rstrip("0")
    return nquads.literal(f"{digits}{'0' if digits.endswith('.') else ''}E{int(exponent)}", datatype or _DOUBLE)
