"""The closed-shape check of the compact JSON: one spelling for each statement, before anything is read.

A Data Integrity signature over RDF covers what a document means, not how it is written; a program reads how it is
written. Whoever renames ``validUntil`` to its full IRI keeps the signature and hides the expiry. So every member has to
stand under the plain name that the active context gives it, every value in its plain form, every array without
repetition, and an id may not lend its members to a second object elsewhere in the document. What no context defines is
refused.

Signing runs the same check, so nothing is signed that would be refused here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from types import MappingProxyType
from typing import Any, NamedTuple, NoReturn, TypeVar

from openbadges.canon.active_context import ActiveContext, NotCovered, is_absolute_iri
from openbadges.canon.nquads import DEFAULT_GRAPH, RDF_TYPE, Quad, escaped
from openbadges.canon.numbers import is_exact, scalar_literal
from openbadges.canon.rdf import active_context
from openbadges.canon.statements import Statements
from openbadges.canon.vocabulary import Term, Typed, Vocabulary, vocabulary_of
from openbadges.contexts import context_defining
from openbadges.errors import MalformedError, OpenBadgesError, UnsupportedError
from openbadges.jsontext import Path, pointer_of, pointer_to, steps_of
from openbadges.ports import ContextLoader
from openbadges.shape.shared_ids import Place, check_shared_id, in_order

__all__ = ["VC_V1", "VC_V2", "Shape", "check_badge_shape", "check_contexts"]

VC_V2 = "https://www.w3.org/ns/credentials/v2"
VC_V1 = "https://www.w3.org/2018/credentials/v1"

_Result = TypeVar("_Result")
_Place = tuple[Path, frozenset[str], Mapping[str, Any], ActiveContext, Path]  # what ``Place`` is made of

_METHODS = MappingProxyType({"credentialStatus": "status.type_unknown", "credentialSchema": "schema.type_unknown"})
_ENVELOPED = "EnvelopedVerifiableCredential"
_FEW = 8  # items, each of which may be compared with each
_REFERENCE_MEMBERS = 1  # an object with its id alone says nothing about it


def check_contexts(document: Mapping[str, Any], contexts: ContextLoader) -> ActiveContext:
    """The active context of a badge: URLs only, the W3C one first, each of them pinned.

    Raises:
        MalformedError: ``shape.context_*``: missing, inline, repeated or in the wrong order.
        UnsupportedError: ``context.unknown``: a context that is not pinned; the outcome is unknown then.
    """
    _check_context_list(document.get("@context"))
    return _known(lambda: active_context(document["@context"], contexts), document["@context"])


def _known(process: Callable[[], _Result], urls: Sequence[str]) -> _Result:
    """What ``process`` gives; contexts of the caller's own may be of a kind that only the generic profile covers."""
    try:
        return process()
    except NotCovered as error:
        raise UnsupportedError("context.unknown", url=", ".join(urls)) from error


def _check_context_list(value: Any) -> None:
    if not isinstance(value, list):
        raise MalformedError(
            "shape.context_missing" if value is None else "shape.context_not_list", pointer="/@context"
        )
    for index, item in enumerate(value):
        if not isinstance(item, str):
            raise MalformedError("shape.context_inline", pointer=pointer_to("@context", index))
    if not value or value[0] not in (VC_V2, VC_V1):
        raise MalformedError("shape.context_order", pointer="/@context/0", expected=VC_V2)
    if len(set(value)) != len(value):
        raise MalformedError("shape.context_repeated", pointer="/@context")
    if any(item in (VC_V2, VC_V1) for item in value[1:]):
        raise MalformedError("shape.context_order", pointer="/@context", expected=VC_V2)


class Shape(NamedTuple):
    """What was met in a badge whose shape is good.

    Attributes:
        loose: Pointers of lists with one item that would mean the same without the list. Where the Open Badges model
            lists the member, its schema says which form is plain; elsewhere such a list is not.
        names: The names of all members that hold more than a plain text; ``"@json"`` when one of them is a JSON
            literal, into which nobody has looked.
        statements: What the badge says without its proofs, if that was asked for and the walk met no rarer form: the
            same as ``canon.mapper`` gives.
    """

    loose: frozenset[str]
    names: frozenset[str]
    statements: Statements | None = None


def check_badge_shape(document: Mapping[str, Any], context: ActiveContext, *, with_statements: bool = False) -> Shape:
    """Refuse every form of a badge in which what is read could differ from what was signed.

    Args:
        document: The badge as strict JSON, with or without its top-level ``proof``, whose own form the proof checks.
        context: What ``check_contexts`` gave.
        with_statements: Whether a proof over canonical RDF will be checked or made: this walk knows all that it needs.

    Raises:
        MalformedError: ``shape.*`` with the pointer of the first offending place.
        UnsupportedError: A status or schema of a type that no context defines; the outcome is unknown then.
    """
    walk = _Walk(with_quads=with_statements)
    members = {key: value for key, value in document.items() if key not in ("@context", "proof")}
    _known(lambda: walk.node(members, vocabulary_of(context), None), document["@context"])
    for (_, identifier), places in walk.places.items():
        if len(places) > 1:
            check_shared_id(identifier, [Place(*place) for place in places])
    # What says nothing at all is for the mapper to refuse.
    statements = Statements(walk.quads) if walk.quads else None
    return Shape(frozenset(walk.loose), frozenset(walk.names), statements)


class _Walk:
    """One pass over a badge: checks each place, and adds what is said there to ``quads`` as long as these are wanted.

    Forms that few badges have (graphs, ordered lists, JSON literals, odd numbers) end that: ``quads`` is None then, and
    whoever needs the statements asks the mapper.
    """

    def __init__(self, *, with_quads: bool) -> None:
        self.loose: list[str] = []
        self.names: set[str] = set()
        self.quads: list[Quad] | None = [] if with_quads else None
        self._blank = 0
        self.places: dict[tuple[Path, str], list[_Place]] = {}
        self._root: Path = None  # where the enclosing credential is
        self._graph: Path = None  # where the enclosing graph container is: ids of one graph do not reach into another

    def node(self, members: Mapping[str, Any], words: Vocabulary, path: Path) -> str:
        """Check one object; gives its term."""
        if not members:
            raise MalformedError("shape.empty_object", pointer=pointer_of(path))
        typed = None
        inside = words
        if "type" in members:
            typed = words.known_types(members["type"]) or _read_types(members["type"], words, path)
            inside = typed.inside
        named = "id" in members
        if named:  # read as the types have it (JSON-LD 1.1 API, section 5.1.2, steps 11 and 13)
            _check_iri(members["id"], inside.context, (path, "id"))
            term = f"<{members['id']}>"
        else:
            self._blank += 1
            term = f"_:b{self._blank}"
        if not words.usual or (typed and not typed.plain):
            self.quads = None
        elif typed and self.quads is not None:
            for iri in typed.iris or ():
                self.quads.append((term, RDF_TYPE, iri, DEFAULT_GRAPH))
        self._members(term, members, inside, path)
        if named and len(members) > _REFERENCE_MEMBERS:
            place = (path, typed.kinds if typed else frozenset(), members, inside.context, self._root)
            self.places.setdefault((self._graph, members["id"]), []).append(place)
        return term

    def _members(  # noqa: C901 - the hottest loop: what most members are comes first
        self, subject: str, members: Mapping[str, Any], words: Vocabulary, path: Path
    ) -> None:
        known, quads = words.terms, self.quads
        for key, value in members.items():
            term = known.get(key)
            if term is None:
                if key in ("id", "type"):
                    continue
                term = words.term(key) or _refuse(key, words.context, path)
            if type(value) is str and term.takes_text:
                if quads is not None:
                    quads.append((subject, term.predicate, f'"{escaped(value)}{term.after}', DEFAULT_GRAPH))
                continue
            self.names.add(key)
            if term.coercion == "@json":
                self.names.add("@json")
                self.quads = None
                continue
            if isinstance(value, list):
                said = self._items(term, value, words, (path, key))
                if quads is not None:
                    quads += [(subject, term.predicate, found, DEFAULT_GRAPH) for found in said]
                continue
            if term.container in ("@set", "@list"):
                raise MalformedError("shape.not_array", pointer=pointer_of((path, key)), name=key)
            of_kind = self._object if isinstance(value, dict) else self._value
            found = of_kind(term, value, words, (path, key))
            if quads is not None:
                quads.append((subject, term.predicate, found, DEFAULT_GRAPH))

    def _items(self, term: Term, items: Sequence[Any], words: Vocabulary, path: Path) -> list[str]:
        if not items:
            raise MalformedError("shape.empty_array", pointer=pointer_of(path), name=term.name)
        if term.container == "@list":
            self.quads = None
        elif len(items) > 1:
            _check_distinct(items, path, named=term.coercion == "@id")
        elif term.container != "@set" and not isinstance(items[0], dict):
            self.loose.append(pointer_of(path))
        return [
            (self._object if isinstance(item, dict) else self._value)(term, item, words, (path, index))
            for index, item in enumerate(items)
        ]

    def _value(self, term: Term, value: Any, words: Vocabulary, path: Path) -> str:
        """Check a value that is no object and give it as a term of N-Quads."""
        if value is None:
            raise MalformedError("shape.null", pointer=pointer_of(path))
        if isinstance(value, list):
            raise MalformedError("shape.nested_array", pointer=pointer_of(path))
        if term.container == "@graph":
            raise MalformedError("shape.not_object", pointer=pointer_of(path), name=term.name)
        if term.coercion == "@id":
            _check_iri(value, words.context.around(term.name), path)
            return f"<{value}>"
        if term.coercion == "@vocab":
            _check_types([value], words.context.around(term.name), path)
            self.quads = None
            return ""
        if not isinstance(value, term.kind):
            raise MalformedError("shape.wrong_kind", pointer=pointer_of(path), name=term.name)
        return "" if self.quads is None else self._literal(term, value)

    def _literal(self, term: Term, value: Any) -> str:
        if isinstance(value, str):
            return f'"{escaped(value)}{term.after}'
        if not is_exact(value):
            self.quads = None
        return scalar_literal(value, term.coercion)

    def _object(self, term: Term, value: dict[str, Any], words: Vocabulary, path: Path) -> str:
        inner = term.inside or words.inside(term)
        if term.container != "@graph" and not _is_credential(value):
            if len(value) == 1:  # a reference is read in other words than an object
                self._look_around(term, value, words)
            return self.node(value, inner, path)
        outside = self._graph, self._root
        self._root = path
        if term.container == "@graph":
            self._graph = path
            self.quads = None
        if "@context" in value:  # an embedded credential names its contexts again
            urls = value["@context"]
            if isinstance(urls, str) and _ENVELOPED in _types_of(value):  # W3C writes envelopes so
                urls = [urls]
            _check_context_list(urls)
            inner = vocabulary_of(inner.context.extended(urls))
            value = {name: item for name, item in value.items() if name != "@context"}
        found = self.node(value, inner, path)
        self._graph, self._root = outside
        return found

    def _look_around(self, term: Term, value: Mapping[str, Any], words: Vocabulary) -> None:
        identifier = value.get("id")
        if isinstance(identifier, str) and words.context.around(term.name).is_prefixed(identifier):
            self.quads = None


def _refuse(key: str, context: ActiveContext, path: Path) -> NoReturn:
    """Say what is wrong with the name of a member that is no term of the context."""
    definition = context.terms.get(key)
    if key.startswith("@") or (definition is not None and definition.iri is not None):
        code = "shape.keyword"
    else:
        code = "shape.not_plain_name" if ":" in key else "shape.undefined_member"
    raise MalformedError(code, pointer=pointer_of((path, key)), name=key)


def _read_types(value: Any, words: Vocabulary, path: Path) -> Typed:
    types = value if isinstance(value, list) else [value]
    try:
        _check_types(types, words.context, (path, "type"))
    except MalformedError as error:
        raise _of_a_method(error, path) from error
    return words.read_types(types)


def _check_iri(value: Any, context: ActiveContext, path: Path) -> None:
    if isinstance(value, str) and is_absolute_iri(value):
        prefix, _, rest = value.partition(":")
        if rest.startswith("//") or prefix not in context.terms or not context.is_prefixed(value):
            return
    raise MalformedError("shape.not_iri", pointer=pointer_of(path))


def _is_credential(value: Mapping[str, Any]) -> bool:
    types = value.get("type")
    if isinstance(types, list):
        return "VerifiableCredential" in types or _ENVELOPED in types
    return types in ("VerifiableCredential", _ENVELOPED)


def _types_of(value: Mapping[str, Any]) -> Sequence[Any]:
    types = value.get("type")
    return types if isinstance(types, list) else [types]


def _of_a_method(error: MalformedError, path: Path) -> OpenBadgesError:
    """An undefined type of a status or schema names a method that is not known here; elsewhere it is malformed."""
    member = next((step for step in reversed(steps_of(path)) if isinstance(step, str)), "")
    code = _METHODS.get(member)
    if error.code != "shape.undefined_type" or code is None:
        return error
    if (url := context_defining(error.params["type"])) is not None:  # a known one, only not by this document
        return UnsupportedError("context.missing_for_type", pointer=error.pointer, **error.params, url=url)
    return UnsupportedError(code, pointer=error.pointer, found=[error.params["type"]])


def _check_types(values: Sequence[Any], context: ActiveContext, path: Path) -> None:
    """Each type is a term of the context, or an absolute IRI that no term stands for (an extension's)."""
    if not values or not all(isinstance(value, str) for value in values):
        raise MalformedError("shape.type_not_text", pointer=pointer_of(path))
    if len(set(values)) != len(values):
        raise MalformedError("shape.repeated", pointer=pointer_of(path))
    for value in values:
        definition = context.terms.get(value)
        if definition is not None:
            if definition.iri is None or definition.iri.startswith("@"):
                raise MalformedError("shape.undefined_type", pointer=pointer_of(path), type=value)
            continue
        if not is_absolute_iri(value):
            raise MalformedError("shape.undefined_type", pointer=pointer_of(path), type=value)
        if context.is_prefixed(value) or any(definition.iri == value for definition in context.terms.values()):
            raise MalformedError("shape.not_plain_name", pointer=pointer_of(path), name=value)


def _check_distinct(items: Sequence[Any], path: Path, *, named: bool) -> None:
    """No item stands twice: to the signature once and twice are the same. ``named``: texts are ids."""
    few_objects = len(items) <= _FEW and all(isinstance(item, dict) and "id" not in item for item in items)
    if few_objects and all(one != other for one, other in combinations(items, 2)):
        return  # to Python more is equal (1 and True) than to a signature
    seen: set[str] = set()
    for index, item in enumerate(items):
        mark = _mark({"id": item} if named and isinstance(item, str) else item)
        if mark in seen:
            raise MalformedError("shape.repeated", pointer=pointer_of((path, index)))
        seen.add(mark)


def _mark(item: Any) -> str:
    if isinstance(item, dict) and isinstance(item.get("id"), str):
        return f"id {item['id']}"
    if isinstance(item, dict):
        return "object " + repr(in_order(item))
    if isinstance(item, float) and item.is_integer():
        item = int(item)
    return f"{type(item).__name__} {item!r}"
