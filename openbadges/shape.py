"""The closed-shape check of the compact JSON: one spelling for each statement, before anything is read.

A Data Integrity signature over RDF covers what a document means, not how it is written; a program reads how it is written.
Whoever renames ``validUntil`` to its full IRI keeps the signature and hides the expiry. So every member has to stand under
the plain name that the active context gives it, every value in its plain form, every array without repetition, and an id
may not lend its members to a second object elsewhere in the document. What no context defines is refused.

Signing runs the same check, so nothing is signed that would be refused here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, TypeVar

from openbadges.canon.active_context import ActiveContext, NotCovered, TermDefinition, is_absolute_iri
from openbadges.canon.rdf import active_context
from openbadges.errors import MalformedError, UnsupportedError
from openbadges.jsontext import pointer_to
from openbadges.ports import ContextLoader

__all__ = ["check_badge_shape", "check_contexts"]

VC_V2 = "https://www.w3.org/ns/credentials/v2"
VC_V1 = "https://www.w3.org/2018/credentials/v1"

_Path = tuple[str | int, ...]
_Result = TypeVar("_Result")

# One id may stand on several objects only where none of their members decides anything.
# A record's subject is that of the badges inside, each of which has a proof of its own that keeps its members in place.
_SUBJECTS = frozenset({"AchievementSubject", "EndorsementSubject", "ClrSubject"})
_SHARING = frozenset({"Profile", "Related", "Image"}) | _SUBJECTS
_XSD = ("http://www.w3.org/2001/XMLSchema#", "https://www.w3.org/2001/XMLSchema#", "xsd:")  # as contexts spell it
_NUMBERS = frozenset(
    {"integer", "nonNegativeInteger", "positiveInteger", "int", "long", "unsignedInt", "decimal", "float", "double"}
)
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


def check_badge_shape(document: Mapping[str, Any], context: ActiveContext) -> frozenset[str]:
    """Refuse every form of a badge in which what is read could differ from what was signed.

    Args:
        document: The badge as strict JSON, with or without its top-level ``proof``, whose own form the proof checks.
        context: What ``check_contexts`` gave.

    Returns:
        Pointers of lists with one item that would mean the same without the list. Where the Open Badges model lists the
        member, its schema says which form is plain; elsewhere such a list is not.

    Raises:
        MalformedError: ``shape.*`` with the pointer of the first offending place.
    """
    walk = _Walk()
    members = {key: value for key, value in document.items() if key not in ("@context", "proof")}
    _known(lambda: walk.node(members, context, ()), document["@context"])
    walk.check_shared_ids()
    return frozenset(walk.loose)


@dataclass(slots=True)
class _Named:
    """The objects of the document that carry one id."""

    places: list[tuple[_Path, frozenset[str], Mapping[str, Any]]] = field(default_factory=list)


class _Walk:
    def __init__(self) -> None:
        self.loose: list[str] = []
        self._named: dict[tuple[_Path, str], _Named] = {}
        self._graph: _Path = ()  # where the enclosing graph container is: ids of one graph do not reach into another

    def node(self, members: Mapping[str, Any], context: ActiveContext, path: _Path) -> None:
        if not members:
            raise MalformedError("shape.empty_object", pointer=pointer_to(*path))
        identifier, types = self._identity(members, context, path)
        inner = context.typed(types) if types else context
        for key, value in members.items():
            if key.startswith("@"):
                raise MalformedError("shape.keyword", pointer=pointer_to(*path, key), name=key)
            if key not in ("id", "type"):
                self._member(key, value, inner, (*path, key))
        if identifier is not None and len(members) > _REFERENCE_MEMBERS:
            self._named.setdefault((self._graph, identifier), _Named()).places.append((path, frozenset(types), members))

    def _identity(
        self, members: Mapping[str, Any], context: ActiveContext, path: _Path
    ) -> tuple[str | None, Sequence[str]]:
        identifier = members.get("id")
        if "id" in members:
            self._iri(identifier, context, (*path, "id"))
        types: list[Any] = []
        if "type" in members:
            value = members["type"]
            types = value if isinstance(value, list) else [value]
            _check_types(types, context, (*path, "type"))
        return identifier, types

    def _member(self, key: str, value: Any, context: ActiveContext, path: _Path) -> None:
        definition = context.terms.get(key)
        if definition is None or definition.iri is None:
            code = "shape.not_plain_name" if ":" in key else "shape.undefined_member"
            raise MalformedError(code, pointer=pointer_to(*path), name=key)
        if definition.iri.startswith("@"):
            raise MalformedError("shape.keyword", pointer=pointer_to(*path), name=key)
        if definition.coercion == "@json":
            return
        if isinstance(value, list):
            self._items(key, value, definition, context, path)
        elif definition.container in ("@set", "@list"):
            raise MalformedError("shape.not_array", pointer=pointer_to(*path), name=key)
        else:
            self._value(key, value, definition, context, path)

    def _items(
        self, key: str, items: Sequence[Any], definition: TermDefinition, context: ActiveContext, path: _Path
    ) -> None:
        if not items:
            raise MalformedError("shape.empty_array", pointer=pointer_to(*path), name=key)
        if definition.container != "@list":
            _check_distinct(items, path, named=definition.coercion == "@id")
        if len(items) == 1 and definition.container not in ("@list", "@set"):
            self.loose.append(pointer_to(*path))
        for index, item in enumerate(items):
            if isinstance(item, list):
                raise MalformedError("shape.nested_array", pointer=pointer_to(*path, index))
            self._value(key, item, definition, context, (*path, index))

    def _value(self, key: str, value: Any, definition: TermDefinition, context: ActiveContext, path: _Path) -> None:
        if value is None:
            raise MalformedError("shape.null", pointer=pointer_to(*path))
        if isinstance(value, dict):
            self._object(key, value, definition, context, path)
        elif definition.container == "@graph":
            raise MalformedError("shape.not_object", pointer=pointer_to(*path), name=key)
        elif definition.coercion == "@id":
            self._iri(value, context.inside(key), path)
        elif definition.coercion == "@vocab":
            _check_types([value], context.inside(key), path)
        elif not isinstance(value, _json_type(definition.coercion)):
            raise MalformedError("shape.wrong_kind", pointer=pointer_to(*path), name=key)

    def _object(
        self, key: str, value: dict[str, Any], definition: TermDefinition, context: ActiveContext, path: _Path
    ) -> None:
        inner, outside = context.inside(key), self._graph
        if definition.container == "@graph":
            self._graph = path
            if "@context" in value:  # an embedded credential names its contexts again
                urls = value["@context"]
                _check_context_list(urls)
                inner = _known(lambda: inner.extended(urls), urls)
                value = {name: item for name, item in value.items() if name != "@context"}
        self.node(value, inner, path)
        self._graph = outside

    def _iri(self, value: Any, context: ActiveContext, path: _Path) -> None:
        if not isinstance(value, str) or not is_absolute_iri(value) or context.is_prefixed(value):
            raise MalformedError("shape.not_iri", pointer=pointer_to(*path))

    def check_shared_ids(self) -> None:
        """Objects with the same id are one node to the signature: a member could be moved between them unseen."""
        for (_, identifier), named in self._named.items():
            if len(named.places) < 2:
                continue
            first = named.places[0][2]
            harmless = all(_may_share(path, types) for path, types, _ in named.places) and _kinds_apart(
                [types for _, types, _ in named.places]
            )
            if not harmless and any(members != first for _, _, members in named.places):
                path = named.places[-1][0]
                raise MalformedError("shape.shared_id", pointer=pointer_to(*path), id=identifier)


def _json_type(datatype: str | None) -> type | tuple[type, ...]:
    """What a value of this datatype is in JSON: to the signature the number 1 and the text "1" are the same."""
    if datatype is None or not datatype.startswith(_XSD):
        return object
    name = datatype.replace("xsd:", "#").rpartition("#")[2]
    if name == "string":
        return object  # Open Badges 3.0.0 and 3.0.1 give it to numbers too; the schema decides
    if name == "boolean":
        return bool
    return (int, float) if name in _NUMBERS else str


def _may_share(path: _Path, types: frozenset[str]) -> bool:
    """A profile may stand in several places; a subject only where the subject belongs, or its members could wander off."""
    if types & _SUBJECTS and "credentialSubject" not in path[-2:]:
        return False
    return bool(types & _SHARING)


def _kinds_apart(kinds: Sequence[frozenset[str]]) -> bool:
    """To the signature the node has all types of all places: none may be lent to a place that names others."""
    return all(one == other or not one & other for one, other in combinations(kinds, 2))


def _check_types(values: Sequence[Any], context: ActiveContext, path: _Path) -> None:
    """Each type is a term of the context, or an absolute IRI that no term stands for (an extension's)."""
    if not values or not all(isinstance(value, str) for value in values):
        raise MalformedError("shape.type_not_text", pointer=pointer_to(*path))
    if len(set(values)) != len(values):
        raise MalformedError("shape.repeated", pointer=pointer_to(*path))
    for value in values:
        definition = context.terms.get(value)
        if definition is not None:
            if definition.iri is None or definition.iri.startswith("@"):
                raise MalformedError("shape.undefined_type", pointer=pointer_to(*path), type=value)
            continue
        if not is_absolute_iri(value):
            raise MalformedError("shape.undefined_type", pointer=pointer_to(*path), type=value)
        if context.is_prefixed(value) or value in _meanings(context):
            raise MalformedError("shape.not_plain_name", pointer=pointer_to(*path), name=value)


def _meanings(context: ActiveContext) -> frozenset[str | None]:
    """The IRIs that terms of this context stand for."""
    return frozenset(definition.iri for definition in context.terms.values())


def _check_distinct(items: Sequence[Any], path: _Path, *, named: bool) -> None:
    """No item stands twice: to the signature once and twice are the same. ``named``: texts are ids."""
    seen: set[str] = set()
    for index, item in enumerate(items):
        mark = _mark({"id": item} if named and isinstance(item, str) else item)
        if mark in seen:
            raise MalformedError("shape.repeated", pointer=pointer_to(*path, index))
        seen.add(mark)


def _mark(item: Any) -> str:
    if isinstance(item, dict) and isinstance(item.get("id"), str):
        return "id " + item["id"]
    if isinstance(item, dict):
        return "object " + repr(_sorted(item))
    if isinstance(item, float) and item.is_integer():
        item = int(item)
    return f"{type(item).__name__} {item!r}"


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return sorted((key, _sorted(item)) for key, item in value.items())
    return [_sorted(item) for item in value] if isinstance(value, Iterable) and not isinstance(value, str) else value
