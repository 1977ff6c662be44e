"""The words of an active context made ready for a walk over a document: all that is asked at each member, in one value.

Two walks use them: the one that makes quads (``mapper``) and the closed-shape check. A word is worked out when it is
first met and kept with its context, so that a member of a badge costs a look-up. What is kept is bounded by the
contexts and by the room that ``ActiveContext`` has, never by the documents that come along.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from openbadges.canon.active_context import USUAL_NAMING, ActiveContext, is_absolute_iri
from openbadges.canon.numbers import XSD_STRING

__all__ = ["Term", "Typed", "Vocabulary", "vocabulary_of"]

_XSD = ("http://www.w3.org/2001/XMLSchema#", "https://www.w3.org/2001/XMLSchema#", "xsd:")  # as contexts spell it
_NUMBERS = frozenset(
    {"integer", "nonNegativeInteger", "positiveInteger", "int", "long", "unsignedInt", "decimal", "float", "double"}
)
_MOST_TYPES: Final = 3  # of one object, to be kept: more could stand in more orders than there is room for


class Term:
    """A member name in one context.

    Attributes:
        name: The name.
        predicate: Its IRI, as a term of N-Quads.
        coercion: ``@type`` of its definition.
        container: ``@container`` of its definition.
        after: What stands after a text value in N-Quads: the closing quotation mark and the datatype.
        is_literal: Whether a text under it is a literal, whatever is around.
        kind: What a plain value has to be in JSON, where the datatype says so.
        takes_text: Whether a text under it is a literal in its plain form: neither id, type nor JSON, and no array.
        inside: The vocabulary of objects under it, once known; see ``Vocabulary.inside``.
    """

    __slots__ = (
        "after", "coercion", "container", "inside", "is_literal", "kind", "name", "predicate", "takes_text",
    )  # fmt: skip

    def __init__(self, name: str, iri: str, coercion: str | None = None, container: str | None = None) -> None:
        self.name = name
        self.predicate = f"<{iri}>"
        self.coercion = coercion
        self.container = container
        typed = coercion is not None and not coercion.startswith("@") and coercion != XSD_STRING
        self.after = f'"^^<{coercion}>' if typed else '"'
        self.is_literal = coercion not in ("@id", "@vocab", "@json") and container not in ("@list", "@graph")
        self.kind = _json_type(coercion)
        self.takes_text = self.is_literal and container is None and issubclass(str, self.kind)
        self.inside: Vocabulary | None = None


class Typed:
    """What the types of an object come to.

    Attributes:
        types: As they stand.
        kinds: As a set.
        inside: The vocabulary of the object's members.
        same_naming: Whether id and type of the object have the same names inside.
        iris: The types as terms of N-Quads; None when one of them has none.
        plain: Whether all types have one, and objects inside are named and typed as usual.
    """

    __slots__ = ("inside", "iris", "kinds", "plain", "same_naming", "types")

    def __init__(self, types: Sequence[str], outside: ActiveContext, inside: Vocabulary) -> None:
        self.types = types
        self.kinds = frozenset(types)
        self.inside = inside
        self.same_naming = inside.context.naming is outside.naming or inside.context.naming == outside.naming
        iris = [outside.expand_vocab(name) for name in types]
        good = all(iri is not None and is_absolute_iri(iri) for iri in iris)
        self.iris = [f"<{iri}>" for iri in iris] if good else None
        self.plain = good and inside.usual


class Vocabulary:
    """The words in force at one place of a document.

    Attributes:
        context: The active context they come from.
        terms: The terms met so far that stand for an IRI, by name.
        usual: Whether objects are named and typed by ``id`` and ``type`` (and the keywords) alone.
    """

    __slots__ = ("_typed", "context", "terms", "usual")

    def __init__(self, context: ActiveContext) -> None:
        self.context = context
        self.terms: dict[str, Term] = {}
        self.usual = context.naming is USUAL_NAMING
        self._typed: dict[Any, Typed] = {}

    def term(self, name: str) -> Term | None:
        """The term of this name, met or not; None where the context has none, or it stands for no IRI."""
        found = self.terms.get(name)
        definition = self.context.terms.get(name)
        if found is None and definition is not None and definition.iri and not definition.iri.startswith("@"):
            made = Term(name, definition.iri, definition.coercion, definition.container)
            found = self.terms.setdefault(name, made)
        return found

    def inside(self, term: Term) -> Vocabulary:
        """The words in an object under ``term``, before its types are looked at."""
        found = vocabulary_of(self.context.inside(term.name))
        if self.context.keeps_inside(term.name):
            term.inside = found
        return found

    def known_types(self, value: Any) -> Typed | None:
        """What is kept for this value of ``type``, if anything: then it is one term of the context, or a few.

        An object without a type has the value ``()``; an empty list is another thing, and the walks differ about it.
        """
        if type(value) is list:
            value = value[0] if len(value) == 1 else tuple(value) or None
        try:
            return self._typed.get(value)
        except TypeError:  # something in it is no text
            return None

    def read_types(self, types: Sequence[str]) -> Typed:
        """What these types come to; raises as ``ActiveContext.typed``."""
        found = Typed(types, self.context, vocabulary_of(self.context.typed(types)))
        plain = len(types) == len(set(types)) <= _MOST_TYPES and all(map(self.term, types))
        if plain and self.context.keeps_types(types):
            found = self._typed.setdefault(types[0] if len(types) == 1 else tuple(types), found)
        return found


def vocabulary_of(context: ActiveContext) -> Vocabulary:
    """The vocabulary of a context, kept with it."""
    found: Vocabulary | None = context.vocabulary
    if found is None:
        found = context.vocabulary = Vocabulary(context)
    return found


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
