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
from typing import Any, TypeVar

from openbadges.canon.active_context import ActiveContext, NotCovered, TermDefinition, is_absolute_iri
from openbadges.canon.rdf import active_context
from openbadges.errors import MalformedError, OpenBadgesError, UnsupportedError
from openbadges.jsontext import pointer_to
from openbadges.ports import ContextLoader
from openbadges.shape.shared_ids import Place, check_shared_ids, in_order

__all__ = ["VC_V1", "VC_V2", "check_badge_shape", "check_contexts"]

VC_V2 = "https://www.w3.org/ns/credentials/v2"
VC_V1 = "https://www.w3.org/2018/credentials/v1"


_Path = tuple[str | int, ...]
_Result = TypeVar("_Result")

_XSD = ("http://www.w3.org/2001/XMLSchema#", "https://www.w3.org/2001/XMLSchema#", "xsd:")  # as contexts spell it
_NUMBERS = frozenset(
    {"integer", "nonNegativeInteger", "positiveInteger", "int", "long", "unsignedInt", "decimal", "float", "double"}
)
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
        UnsupportedError: A status or schema of a type that no context defines; the outcome is unknown then.
    """
    walk = _Walk()
    members = {key: value for key, value in document.items() if key not in ("@context", "proof")}
    _known(lambda: walk.node(members, context, ()), document["@context"])
    check_shared_ids(walk.places.items())
    return frozenset(walk.loose)


class _Walk:
    def __init__(self) -> None:
        self.loose: list[str] = []
        self.places: dict[tuple[_Path, str], list[Place]] = {}
        self._root: _Path = ()  # where the enclosing credential is
        self._graph: _Path = ()  # where the enclosing graph container is: ids of one graph do not reach into another

    def node(self, members: Mapping[str, Any], context: ActiveContext, path: _Path) -> None:
        if not members:
            raise MalformedError("shape.empty_object", pointer=pointer_to(*path))
        identifier, types = self._identity(members, context, path)
        inner = context.typed(types) if types else context
        texts = _derived(inner, "texts", _takes_any_text)
        for key, value in members.items():
            if type(value) is str and key in texts:
                continue
            if key.startswith("@"):
                raise MalformedError("shape.keyword", pointer=pointer_to(*path, key), name=key)
            if key not in ("id", "type"):
                self._member(key, value, inner, (*path, key))
        if identifier is not None and len(members) > _REFERENCE_MEMBERS:
            place = Place(path, frozenset(types), members, inner, self._root)
            self.places.setdefault((self._graph, identifier), []).append(place)

    def _identity(
        self, members: Mapping[str, Any], context: ActiveContext, path: _Path
    ) -> tuple[str | None, Sequence[str]]:
        types: list[Any] = []
        if "type" in members:
            value = members["type"]
            types = value if isinstance(value, list) else [value]
            try:
                _check_types(types, context, (*path, "type"))
            except MalformedError as error:
                raise _of_a_method(error, path) from error
        identifier = members.get("id")
        if "id" in members:  # read as the types have it (JSON-LD 1.1 API, section 5.1.2, steps 11 and 13)
            self._iri(identifier, context.typed(types) if types else context, (*path, "id"))
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
        if definition.container != "@list" and len(items) > 1:
            _check_distinct(items, path, named=definition.coercion == "@id")
        if len(items) == 1 and definition.container not in ("@list", "@set") and not isinstance(items[0], dict):
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
            self._iri(value, context.around(key), path)
        elif definition.coercion == "@vocab":
            _check_types([value], context.around(key), path)
        elif not isinstance(value, _json_type(definition.coercion)):
            raise MalformedError("shape.wrong_kind", pointer=pointer_to(*path), name=key)

    def _object(
        self, key: str, value: dict[str, Any], definition: TermDefinition, context: ActiveContext, path: _Path
    ) -> None:
        inner, outside = context.inside(key), (self._graph, self._root)
        if definition.container == "@graph":
            self._graph = path
        if definition.container == "@graph" or _is_credential(value):
            self._root = path
            if "@context" in value:  # an embedded credential names its contexts again
                urls = value["@context"]
                if isinstance(urls, str) and _ENVELOPED in _types_of(value):  # W3C writes envelopes so
                    urls = [urls]
                _check_context_list(urls)
                inner = inner.extended(urls)
                value = {name: item for name, item in value.items() if name != "@context"}
        self.node(value, inner, path)
        self._graph, self._root = outside

    def _iri(self, value: Any, context: ActiveContext, path: _Path) -> None:
        if not isinstance(value, str) or not is_absolute_iri(value) or context.is_prefixed(value):
            raise MalformedError("shape.not_iri", pointer=pointer_to(*path))


def _is_credential(value: Mapping[str, Any]) -> bool:
    types = _types_of(value)
    return "VerifiableCredential" in types or _ENVELOPED in types


def _types_of(value: Mapping[str, Any]) -> Sequence[Any]:
    types = value.get("type")
    return types if isinstance(types, list) else [types]


def _of_a_method(error: MalformedError, path: _Path) -> OpenBadgesError:
    """An undefined type of a status or schema names a method that is not known here; elsewhere it is malformed."""
    member = next((step for step in reversed(path) if isinstance(step, str)), "")
    code = _METHODS.get(member)
    if error.code != "shape.undefined_type" or code is None:
        return error
    return UnsupportedError(code, pointer=error.pointer, found=[error.params["type"]])


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


def _check_types(values: Sequence[Any], context: ActiveContext, path: _Path) -> None:
    """Each type is a term of the context, or an absolute IRI that no term stands for (an extension's)."""
    if len(values) == 1 and isinstance(values[0], str) and values[0] in _derived(context, "types", _stands_for_iri):
        return
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
        if context.is_prefixed(value) or any(definition.iri == value for definition in context.terms.values()):
            raise MalformedError("shape.not_plain_name", pointer=pointer_to(*path), name=value)


def _derived(context: ActiveContext, name: str, fits: Callable[[TermDefinition], bool]) -> frozenset[str]:
    """The terms of a context that fit, found once and kept with it."""
    found = context.derived.get(name)
    if found is None:
        terms = frozenset(term for term, definition in context.terms.items() if fits(definition))
        found = context.derived.setdefault(name, terms)
    return found


def _stands_for_iri(definition: TermDefinition) -> bool:
    return definition.iri is not None and not definition.iri.startswith("@")


def _takes_any_text(definition: TermDefinition) -> bool:
    """Whether a text under this term needs no further look: it is neither id nor type, and may be a text."""
    if definition.container is not None or definition.coercion in ("@id", "@vocab"):
        return False
    return _stands_for_iri(definition) and (
        definition.coercion == "@json" or isinstance("", _json_type(definition.coercion))
    )


def _check_distinct(items: Sequence[Any], path: _Path, *, named: bool) -> None:
    """No item stands twice: to the signature once and twice are the same. ``named``: texts are ids."""
    few_objects = len(items) <= _FEW and all(isinstance(item, dict) and "id" not in item for item in items)
    if few_objects and all(one != other for one, other in combinations(items, 2)):
        return  # to Python more is equal (1 and True) than to a signature
    seen: set[str] = set()
    for index, item in enumerate(items):
        mark = _mark({"id": item} if named and isinstance(item, str) else item)
        if mark in seen:
            raise MalformedError("shape.repeated", pointer=pointer_to(*path, index))
        seen.add(mark)


def _mark(item: Any) -> str:
    if isinstance(item, dict) and isinstance(item.get("id"), str):
        return f"id {item['id']}"
    if isinstance(item, dict):
        return "object " + repr(in_order(item))
    if isinstance(item, float) and item.is_integer():
        item = int(item)
    return f"{type(item).__name__} {item!r}"
