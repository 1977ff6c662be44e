"""Active contexts of JSON-LD 1.1, worked out once and kept.

Badges use few contexts, and the same scoped contexts at every node. Processing them again for each node of each badge
is where other implementations spend nine tenths of their time. Here an active context is a value that remembers the
contexts reached from it: through a property, through types, and back out of a type (JSON-LD 1.1 API, section 4.1, 4.2).

What the pinned contexts do not use (``@import``, ``@base``, ``@reverse``, ``@nest``, language and index maps ...) is
not covered: ``NotCovered`` sends such a document to the reference implementation, never to a wrong answer.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from openbadges.canon.terms import MISSING, NotCovered, TermDefinition, is_absolute_iri
from openbadges.errors import MalformedError
from openbadges.ports import ContextLoader

__all__ = ["USUAL_NAMING", "ActiveContext", "NotCovered", "TermDefinition", "is_absolute_iri", "process_contexts"]

USUAL_NAMING = MappingProxyType({"@id": "@id", "@type": "@type", "id": "@id", "type": "@type"})
_KEYWORD_LIKE = re.compile(r"@[A-Za-z]+")
_GEN_DELIMITERS = frozenset(":/?#[]@")
_CONTAINERS = frozenset({"@set", "@list", "@graph"})
_CONTEXT_KEYWORDS = frozenset({"@version", "@protected", "@vocab"})
_TERM_KEYWORDS = frozenset({"@id", "@type", "@container", "@context", "@protected", "@prefix"})
_KEPT_CONTEXTS = 2_000  # reached from one document context; badges reach some thirty


class _Kept:
    """How many contexts one document context may still keep: strangers choose types and nesting, memory is ours."""

    __slots__ = ("_left",)

    def __init__(self) -> None:
        self._left = _KEPT_CONTEXTS

    def has_room(self) -> bool:
        self._left -= 1
        return self._left >= 0


class ActiveContext:
    """Terms in force at one place of a document, and the contexts reached from there. Immutable to its users."""

    __slots__ = (
        "_around",
        "_by_property",
        "_by_types",
        "_by_urls",
        "_kept",
        "_loader",
        "_lock",
        "naming",
        "previous",
        "terms",
        "vocab",
        "vocabulary",
    )

    def __init__(
        self,
        terms: Mapping[str, TermDefinition],
        *,
        loader: ContextLoader,
        vocab: str | None = None,
        previous: ActiveContext | None = None,
        kept: _Kept | None = None,
    ) -> None:
        self.terms = terms
        self.vocab = vocab
        self.previous = previous
        self._loader = loader
        self._by_property: dict[str, ActiveContext] = {}
        self._by_types: dict[tuple[str, ...], ActiveContext] = {}
        self._by_urls: dict[tuple[str, ...], ActiveContext] = {}  # apart: strangers choose the types
        self._around: dict[str, ActiveContext] = {}
        self._lock = threading.Lock()
        self._kept = kept or _Kept()
        self.vocabulary: Any = None  # what ``canon.vocabulary`` makes of the terms, kept beside them
        naming = {term: definition.iri for term, definition in terms.items() if definition.iri in ("@id", "@type")}
        naming = {"@id": "@id", "@type": "@type", **naming}  # the members that name and type a node
        self.naming: Mapping[str, str | None] = USUAL_NAMING if naming == USUAL_NAMING else naming

    def inside(self, term: str) -> ActiveContext:
        """The context of a node object that is a value of ``term`` here, before its types are looked at."""
        found = self._by_property.get(term)
        if found is None:
            definition = self.terms.get(term)
            found = self.previous or self
            if definition is not None and definition.has_scope:
                found = _process(found, definition.scope, override_protected=True)
            if definition is not None and self._kept.has_room():
                with self._lock:
                    found = self._by_property.setdefault(term, found)
        return found

    def around(self, term: str) -> ActiveContext:
        """The context for a value of ``term`` that is no node of its own: a text, a value object, a reference.

        Such a value does not leave a type-scoped context (JSON-LD 1.1 API, section 5.1.2, steps 4.2, 7 and 8).
        """
        if self.previous is None:
            return self.inside(term)
        definition = self.terms.get(term)
        if definition is None or not definition.has_scope:
            return self
        found = self._around.get(term)
        if found is None:
            found = _process(self, definition.scope, override_protected=True)
            if self._kept.has_room():
                with self._lock:
                    found = self._around.setdefault(term, found)
        return found

    def typed(self, types: Iterable[str]) -> ActiveContext:
        """The context of the members of a node object with these ``type`` values; the types are read here."""
        key = tuple(sorted(types))
        found = self._by_types.get(key)
        if found is None:
            found = self
            for name in key:
                definition = self.terms.get(name)
                if definition is not None and definition.has_scope:
                    found = _process(found, definition.scope, propagate=False)
            if self._kept.has_room():
                with self._lock:
                    found = self._by_types.setdefault(key, found)
        return found

    def extended(self, urls: Sequence[str]) -> ActiveContext:
        """The context of an object that names further contexts of its own, by URL (an embedded credential)."""
        key = tuple(urls)
        found = self._by_urls.get(key)
        if found is None:
            found = _process(self, list(urls))
            if self._kept.has_room():
                with self._lock:
                    found = self._by_urls.setdefault(key, found)
        return found

    def keeps_inside(self, term: str) -> bool:
        """Whether ``inside(term)`` is kept."""
        return term in self._by_property

    def keeps_types(self, types: Iterable[str]) -> bool:
        """Whether ``typed(types)`` is kept."""
        return tuple(sorted(types)) in self._by_types

    def expand_vocab(self, text: str) -> str | None:
        """The IRI or keyword for a property name or a type, or None when nothing defines it (section 5.2)."""
        definition = self.terms.get(text)
        if definition is not None:
            return definition.iri
        if ":" in text[1:]:
            return self._expand_compact(text)
        return None if self.vocab is None else self.vocab + text

    def expand_id(self, text: str) -> str | None:
        """The IRI for a value that names a node, or None when it is relative or no IRI at all."""
        return self._expand_compact(text) if ":" in text[1:] else None

    def _expand_compact(self, text: str) -> str | None:
        prefix, _, suffix = text.partition(":")
        if prefix != "_" and not suffix.startswith("//"):
            definition = self.terms.get(prefix)
            if definition is not None and definition.prefix and definition.iri is not None:
                text = definition.iri + suffix
        return text if is_absolute_iri(text) else None

    def is_prefixed(self, text: str) -> bool:
        """Whether ``text`` is a compact IRI here: another spelling of a longer IRI."""
        prefix, colon, suffix = text.partition(":")
        definition = self.terms.get(prefix) if colon and not suffix.startswith("//") else None
        return definition is not None and definition.prefix

    def with_terms(
        self, terms: Mapping[str, TermDefinition], vocab: str | None, previous: ActiveContext | None
    ) -> ActiveContext:
        """Another active context with the same loader and the same memory."""
        return ActiveContext(terms, loader=self._loader, vocab=vocab, previous=previous, kept=self._kept)

    @property
    def loader(self) -> ContextLoader:
        """Where referenced contexts come from."""
        return self._loader


def process_contexts(contexts: Iterable[Any], loader: ContextLoader) -> ActiveContext:
    """The active context of a document whose ``@context`` is this list.

    Args:
        contexts: URLs and context objects, in order.
        loader: Gives the contexts named by URL.

    Raises:
        UnsupportedError: A URL is not known to ``loader``.
        MalformedError: A protected term is redefined (``canon.context_conflict``), or a definition is not well-formed.
        NotCovered: Only the reference implementation can process this.
    """
    return _process(ActiveContext({}, loader=loader), list(contexts))


def _process(
    active: ActiveContext, local: Any, *, override_protected: bool = False, propagate: bool = True
) -> ActiveContext:
    """JSON-LD 1.1 API, section 4.1.2, for the context forms that are covered."""
    result = active
    for context in local if isinstance(local, (list, tuple)) else [local]:
        if context is None:
            if not override_protected and any(term.protected for term in result.terms.values()):
                raise MalformedError("canon.context_conflict", term="null")
            result = result.with_terms({}, None, None)
        elif isinstance(context, str):
            document = active.loader.load(context)
            result = _process(result, document["@context"], override_protected=override_protected)
        elif isinstance(context, Mapping):
            result = _apply(result, context, override_protected=override_protected)
        else:
            raise NotCovered
    if not propagate and result.previous is None:
        result = result.with_terms(result.terms, result.vocab, active)
    return result


def _apply(active: ActiveContext, context: Mapping[str, Any], *, override_protected: bool) -> ActiveContext:
    if any(key.startswith("@") and key not in _CONTEXT_KEYWORDS for key in context):
        raise NotCovered
    vocab = active.vocab
    if "@vocab" in context:
        vocab = context["@vocab"]
        if vocab is not None and not (isinstance(vocab, str) and is_absolute_iri(vocab)):
            raise NotCovered
        if vocab is not None and active.expand_vocab(vocab) != vocab:  # a compact IRI
            raise NotCovered
    definer = _Definer(active, context, vocab, override_protected=override_protected)
    for term in context:
        if not term.startswith("@"):
            definer.define(term)
    return active.with_terms(definer.terms, vocab, active.previous)


class _Definer:
    """Creates the term definitions of one context object (section 4.2.2)."""

    def __init__(
        self, active: ActiveContext, context: Mapping[str, Any], vocab: str | None, *, override_protected: bool
    ) -> None:
        self._active = active
        self._context = context
        self._vocab = vocab
        self._override = override_protected
        self._protected = context.get("@protected") is True
        self._state: dict[str, bool] = {}
        self.terms: dict[str, TermDefinition] = dict(active.terms)

    def define(self, term: str) -> None:
        state = self._state.get(term)
        if state is True:
            return
        if state is False or not term or _KEYWORD_LIKE.fullmatch(term):
            raise NotCovered
        self._state[term] = False
        before = self.terms.pop(term, None)
        after = self._definition(term, self._context[term])
        if before is not None and before.protected and not self._override:
            if not before.says_the_same(after):
                raise MalformedError("canon.context_conflict", term=term)
            after = before
        self.terms[term] = after
        self._state[term] = True

    def _definition(self, term: str, value: Any) -> TermDefinition:
        if value is None:
            return TermDefinition(iri=None, protected=self._protected)
        simple = isinstance(value, str)
        entry: Any = {"@id": value} if simple else value
        if not isinstance(entry, Mapping) or not _TERM_KEYWORDS.issuperset(entry):
            raise NotCovered
        iri = self._iri_of(term, entry.get("@id", MISSING))
        prefix = entry.get("@prefix", simple and ":" not in term and "/" not in term and iri[-1:] in _GEN_DELIMITERS)
        return TermDefinition(
            iri=iri,
            coercion=self._coercion_of(entry.get("@type")),
            container=_container_of(entry.get("@container")),
            prefix=prefix is True,
            protected=entry.get("@protected", self._protected) is True,
            scope=entry.get("@context", MISSING),
        )

    def _iri_of(self, term: str, identifier: Any) -> str:
        if identifier in ("@id", "@type"):
            return str(identifier)
        if identifier is MISSING or identifier == term:
            if ":" in term[1:] or self._vocab is None:
                raise NotCovered
            return self._vocab + term
        if not isinstance(identifier, str) or identifier.startswith("@") or ":" in term or "/" in term:
            raise NotCovered
        return self._expand(identifier)

    def _coercion_of(self, value: Any) -> str | None:
        if value is None or value in ("@id", "@vocab", "@json", "@none"):
            return None if value is None else str(value)
        if not isinstance(value, str) or value.startswith("@"):
            raise NotCovered
        return self._expand(value)

    def _expand(self, text: str) -> str:
        """An IRI inside the context, where terms defined beside it count (section 5.2.2 with a local context)."""
        if text in self._context and text not in self._state:
            self.define(text)
        definition = self.terms.get(text)
        if definition is not None:
            if definition.iri is None:
                raise NotCovered
            return definition.iri
        prefix, colon, suffix = text.partition(":")
        if not colon or prefix == "_":
            raise NotCovered
        if not suffix.startswith("//"):
            if prefix in self._context and prefix not in self._state:
                self.define(prefix)
            definition = self.terms.get(prefix)
            if definition is not None and definition.prefix and definition.iri is not None:
                text = definition.iri + suffix
        if not is_absolute_iri(text):
            raise NotCovered
        return text


def _container_of(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, str) and value in _CONTAINERS:
        return value
    raise NotCovered
