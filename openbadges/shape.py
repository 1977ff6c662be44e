"""The closed-shape check of the compact JSON: one spelling for each statement, before anything is read.

A Data Integrity signature over RDF covers what a document means, not how it is written; a program reads how it is written.
Whoever renames ``validUntil`` to its full IRI keeps the signature and hides the expiry. So every member has to stand under
the plain name that the active context gives it, every value in its plain form, every array without repetition, and an id
may not lend its members to a second object elsewhere in the document. What no context defines is refused.

Signing runs the same check, so nothing is signed that would be refused here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
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

# One id may stand on several different objects only of these kinds: none of their members decides anything.
# A record's subject is that of the badges inside, each of which has a proof of its own that keeps its members in place.
_SUBJECTS = frozenset({"AchievementSubject", "EndorsementSubject", "ClrSubject"})
_SHARING = frozenset({"Profile", "Related", "Image"})
_ENDORSED = frozenset({"EndorsementSubject"})
_ENDORSED_MEMBERS = frozenset({"id", "type", "endorsementComment"})
_XSD = ("http://www.w3.org/2001/XMLSchema#", "https://www.w3.org/2001/XMLSchema#", "xsd:")  # as contexts spell it
_NUMBERS = frozenset(
    {"integer", "nonNegativeInteger", "positiveInteger", "int", "long", "unsignedInt", "decimal", "float", "double"}
)
_MOST_TELLINGS = 20  # different objects of one id; each is compared with each
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


@dataclass(frozen=True, slots=True)
class _Place:
    """One object that carries an id."""

    path: _Path
    types: frozenset[str]
    members: Mapping[str, Any]
    context: ActiveContext
    root: _Path

    @property
    def is_issuer(self) -> bool:
        """Whether it is the issuer of the credential that it stands in."""
        return self.path == (*self.root, "issuer")

    @property
    def is_subject(self) -> bool:
        """Whether it stands where a subject belongs; elsewhere its members could wander off."""
        return "credentialSubject" in self.path[-2:]

    @property
    def is_endorsed_thing(self) -> bool:
        """Whether an endorsement names here what it is about: its comment is defined at no other place, so it cannot leave."""
        return self.is_subject and self.types == _ENDORSED and self.members.keys() <= _ENDORSED_MEMBERS


class _Walk:
    def __init__(self) -> None:
        self.loose: list[str] = []
        self._places: dict[tuple[_Path, str], list[_Place]] = {}
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
            place = _Place(path, frozenset(types), members, inner, self._root)
            self._places.setdefault((self._graph, identifier), []).append(place)

    def _identity(
        self, members: Mapping[str, Any], context: ActiveContext, path: _Path
    ) -> tuple[str | None, Sequence[str]]:
        types: list[Any] = []
        if "type" in members:
            value = members["type"]
            types = value if isinstance(value, list) else [value]
            _check_types(types, context, (*path, "type"))
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
                _check_context_list(urls)
                inner = inner.extended(urls)
                value = {name: item for name, item in value.items() if name != "@context"}
        self.node(value, inner, path)
        self._graph, self._root = outside

    def _iri(self, value: Any, context: ActiveContext, path: _Path) -> None:
        if not isinstance(value, str) or not is_absolute_iri(value) or context.is_prefixed(value):
            raise MalformedError("shape.not_iri", pointer=pointer_to(*path))

    def check_shared_ids(self) -> None:
        """Objects with the same id are one node to the signature: a member could be moved between them unseen."""
        for (_, identifier), places in self._places.items():
            told: list[_Place] = []
            for place in places:
                different = [one for one in told if one.members != place.members]
                if not all(_may_share(one, place) for one in different) or len(told) > _MOST_TELLINGS:
                    raise MalformedError("shape.shared_id", pointer=pointer_to(*place.path), id=identifier)
                if len(different) == len(told):
                    told.append(place)


def _may_share(one: _Place, other: _Place) -> bool:
    """Whether two different objects may have one id without a member that could wander off to where it misleads.

    Profiles, pictures and related achievements may be told in full in one place and in short in others; in full where
    one of them is the issuer. A subject may be a profile too (a badge for oneself): what a profile can have is told
    there. In a credential inside this one the proof of that credential keeps its members in place.
    """
    if one.types != other.types and one.types & other.types:
        return False  # to the signature the node has the types of both places: none may be lent
    if one.is_endorsed_thing or other.is_endorsed_thing:
        return True
    if not all(place.is_subject if place.types & _SUBJECTS else place.types & _SHARING for place in (one, other)):
        return False
    if one.root != other.root and not _tells_of_the_issuer(one, other):
        return True
    if one.types == other.types:
        in_short = [(one, other), (other, one)]
        told = any(not short.is_issuer and _within(short.members, full) for short, full in in_short)
        return told and not one.types & _SUBJECTS
    subject, profile = (one, other) if one.types & _SUBJECTS else (other, one)
    same = {name: item for name, item in subject.members.items() if _means_the_same(name, subject, profile)}
    return "Profile" in profile.types and _within(same, profile)


def _tells_of_the_issuer(one: _Place, other: _Place) -> bool:
    """Whether one is the issuer and the other stands in an endorsement, which does not decide about the badge."""
    return ("issuer",) in (one.path, other.path) and "verifiableCredential" not in (*one.path, *other.path)


def _means_the_same(name: str, one: _Place, other: _Place) -> bool:
    mine, yours = one.context.terms.get(name), other.context.terms.get(name)
    return name not in ("id", "type") and mine is not None and yours is not None and mine.iri == yours.iri


def _within(members: Mapping[str, Any], place: _Place) -> bool:
    """Whether ``place`` has all these members, in full."""
    return all(name in place.members and _says_no_more(item, place.members[name]) for name, item in members.items())


def _says_no_more(short: Any, full: Any) -> bool:
    if isinstance(short, Mapping) and isinstance(full, Mapping):
        return all(name in full and _says_no_more(item, full[name]) for name, item in short.items())
    if isinstance(short, list) and isinstance(full, list):
        return all(any(_says_no_more(item, other) for other in full) for item in short)
    return bool(short == full)


def _is_credential(value: Mapping[str, Any]) -> bool:
    types = value.get("type")
    listed = types if isinstance(types, list) else [types]
    return "VerifiableCredential" in listed or "EnvelopedVerifiableCredential" in listed


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
    """Whether a text under this term needs no further look: it is not an id or a type, nor should it be something else."""
    if definition.container is not None or definition.coercion in ("@id", "@vocab"):
        return False
    return _stands_for_iri(definition) and (definition.coercion == "@json" or isinstance("", _json_type(definition.coercion)))


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
