"""JSON-LD expansion by PyLD in which nothing gets lost: what PyLD would drop silently is an error here.

Imported only when the reference path is used, because importing PyLD takes a third of a second. PyLD is kept on a short
lead: contexts come from our loader alone, everything it caches lives for one call, work is counted, and four of its
methods are completed (each says why).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from pyld import iri_resolver
from pyld.jsonld import JsonLdError, JsonLdProcessor

from openbadges.errors import LimitError, MalformedError
from openbadges.jsontext import pointer_to
from openbadges.ports import ContextLoader

__all__ = ["JsonLdError", "SafeProcessor", "options_for"]

CONTEXTS: Final = 5_000  # context objects applied in one document; a badge with 60 alignments needs 100
DEFINITIONS: Final = 50_000  # terms defined in one document, where the time goes; that badge needs 1,000
_ACTIVE_CONTEXTS: Final = 16  # processed contexts remembered for each context object

_KEYWORDS: Final = frozenset(
    {
        *("@base", "@container", "@context", "@direction", "@graph", "@id", "@import", "@included", "@index", "@json"),
        *("@language", "@list", "@nest", "@none", "@propagate", "@protected", "@reverse", "@set", "@type", "@value"),
        *("@version", "@vocab"),
    }
)
_KEYWORD_LIKE = re.compile(r"@[A-Za-z]+")


def options_for(base: str | None) -> dict[str, Any]:
    """PyLD's options; ``base`` None leaves relative IRIs relative, where ``""`` would invent one."""
    return {"base": base, "documentLoader": _no_documents, "contextResolver": None, "processingMode": "json-ld-1.1"}


def _no_documents(_url: str, _options: object = None) -> object:
    raise MalformedError("canon.json_ld", reason="remote document")


class SafeProcessor(JsonLdProcessor):  # type: ignore[misc]  # PyLD has no types
    """A PyLD processor for one call."""

    def __init__(self, loader: ContextLoader) -> None:
        super().__init__(on_property_dropped=_refuse_property)
        # PyLD's cache does not know whether protected terms could be overridden when it stored a context: keep two.
        self._resolvers = {override: _Resolver(loader) for override in (False, True)}
        self._contexts = self._definitions = 0
        self._root: Any = None

    def expand(self, input_: Any, options: dict[str, Any]) -> Any:
        """PyLD's ``expand``; every refusal is a ``MalformedError``, here or in the cause chain of what is raised."""
        self._root = None
        return super().expand(input_, options)

    def _expand(self, active_ctx: Any, active_property: Any, element: Any, options: Any, **rest: Any) -> Any:
        """PyLD answers None for what it drops: null, and values and nodes that stand free (API, section 5.1.2)."""
        if self._root is None:
            self._root = element
        if element is None:
            raise MalformedError("canon.null_value", term=str(active_property or ""))
        expanded = super()._expand(active_ctx, active_property, element, options, **rest)
        if expanded is None:
            raise MalformedError("canon.dropped_value", pointer=self._pointer(element))
        return expanded

    def _expand_object(self, active_ctx: Any, *rest: Any, **named: Any) -> Any:
        """Looks at each member before PyLD does, because it reports dropped members without their name."""
        element = rest[2]
        for key, value in element.items():
            if key != "@context":
                self._check_member(active_ctx, element, key, value)
        return super()._expand_object(active_ctx, *rest, **named)

    def _check_member(self, active_ctx: Any, element: Any, key: str, value: Any) -> None:
        expanded = self._expand_iri(active_ctx, key, vocab=True)
        if expanded is None or (expanded not in _KEYWORDS and ":" not in expanded):
            code = "canon.keyword_like" if _KEYWORD_LIKE.fullmatch(key) else "canon.undefined_term"
            raise MalformedError(code, pointer=self._pointer(element, key), term=key)
        if expanded.startswith("_:"):
            raise MalformedError("canon.blank_node_predicate", pointer=self._pointer(element, key), term=key)
        if value is None and expanded != "@value" and not self._takes_json(active_ctx, key):
            raise MalformedError("canon.null_value", pointer=self._pointer(element, key), term=key)

    def _takes_json(self, active_ctx: Any, term: str) -> bool:
        return bool(self.get_context_value(active_ctx, term, "@type") == "@json")

    def _expand_language_map(self, active_ctx: Any, language_map: Mapping[str, Any], direction: Any) -> Any:
        """PyLD leaves null out of language maps."""
        for language, value in language_map.items():
            if value is None or (isinstance(value, list) and None in value):
                raise MalformedError("canon.null_value", pointer=self._pointer(language_map, language), term=language)
        return super()._expand_language_map(active_ctx, language_map, direction)

    def _process_context(
        self, active_ctx: Any, local_ctx: Any, options: Any, override_protected: bool = False, **rest: Any
    ) -> Any:
        self._contexts += 1
        if self._contexts > CONTEXTS:
            raise LimitError("canon.too_many_contexts", limit=CONTEXTS)
        options = {**options, "contextResolver": self._resolvers[override_protected]}
        return super()._process_context(active_ctx, local_ctx, options, override_protected=override_protected, **rest)

    def _create_term_definition(
        self, active_ctx: Any, local_ctx: Any, term: str, defined: Any, options: Any, **rest: Any
    ) -> None:
        """PyLD ignores, with a warning, what only looks like a keyword; here it is refused."""
        self._definitions += 1
        if self._definitions > DEFINITIONS:
            raise LimitError("canon.too_many_definitions", limit=DEFINITIONS)
        value = local_ctx.get(term)
        targets = [value.get("@id"), value.get("@reverse")] if isinstance(value, Mapping) else [value]
        for text in (term, *targets):
            if isinstance(text, str) and text not in _KEYWORDS and _KEYWORD_LIKE.fullmatch(text):
                raise MalformedError("canon.keyword_like", term=text)
        try:
            super()._create_term_definition(active_ctx, local_ctx, term, defined, options, **rest)
        except JsonLdError as error:
            if error.code == "protected term redefinition":
                raise MalformedError("canon.context_conflict", term=term) from error
            raise

    def _clone_active_context(self, active_ctx: Any) -> Any:
        """PyLD's clone forgets the default direction, and fails where a default is switched off that is not on."""
        clone = _Settings(super()._clone_active_context(active_ctx))
        if "@direction" in active_ctx:
            clone["@direction"] = active_ctx["@direction"]
        return clone

    def _pointer(self, element: Any, *steps: str) -> str:
        """Where this object or array, not its equal, stands in the document; ``""`` for single values."""
        pending: list[tuple[Any, tuple[str | int, ...]]] = []
        if isinstance(element, (dict, list)):
            pending.append((self._root, ()))
        while pending:
            value, path = pending.pop()
            if value is element:
                return pointer_to(*path, *steps)
            pending.extend((item, (*path, step)) for step, item in _children(value))
        return ""


def _children(value: Any) -> Iterator[tuple[str | int, Any]]:
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        yield from enumerate(value)


def _refuse_property(expanded: object) -> None:
    raise MalformedError("canon.undefined_term", term=str(expanded))


class _Settings(dict[str, Any]):
    """An active context from which a setting can be removed that is not there."""

    def __delitem__(self, name: str) -> None:
        self.pop(name, None)


class _Resolved:
    """A context object, with the active contexts that came of it, by the active context it was applied to."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self._processed: dict[str, Any] = {}

    def get_processed(self, active_ctx: Mapping[str, Any]) -> Any:
        return self._processed.get(active_ctx["_uuid"])

    def set_processed(self, active_ctx: Mapping[str, Any], processed_ctx: Any) -> None:
        if len(self._processed) >= _ACTIVE_CONTEXTS:
            self._processed.clear()
        self._processed[active_ctx["_uuid"]] = processed_ctx


class _Resolver:
    """Finds contexts for one call, in place of PyLD's resolver, whose cache is shared and changed by ``@import``."""

    def __init__(self, loader: ContextLoader) -> None:
        self._loader = loader
        self._by_url: dict[str, list[_Resolved]] = {}
        self._by_object: dict[int, tuple[object, _Resolved]] = {}  # the object is kept, so that its id stays its own
        self._open: set[str] = set()

    def resolve(self, _active_ctx: Any, context: Any, base: str | None, _cycles: Any = None) -> list[_Resolved]:
        """The context objects that ``context`` stands for, in order."""
        if isinstance(context, Mapping) and "@context" in context:
            context = context["@context"]
        found: list[_Resolved] = []
        for item in context if isinstance(context, list) else [context]:
            if isinstance(item, str):
                found.extend(self._remote(iri_resolver.resolve(item, base) if base else item))
            elif item is None or item is False:
                found.append(_Resolved(False))
            elif isinstance(item, Mapping):
                found.append(self._object(item, base))
            else:
                raise MalformedError("canon.json_ld", reason="invalid local context")
        return found

    def _remote(self, url: str) -> list[_Resolved]:
        found = self._by_url.get(url)
        if found is None:
            if url in self._open:
                raise MalformedError("canon.json_ld", reason="recursive context inclusion")
            self._open.add(url)
            found = self._by_url[url] = self.resolve(None, self._document(url), url)
            self._open.discard(url)
        return found

    def _document(self, url: str) -> Any:
        return _thawed(self._loader.load(url)).get("@context", {})

    def _object(self, context: Mapping[str, Any], base: str | None) -> _Resolved:
        known = self._by_object.get(id(context))
        if known is None:
            resolved = _Resolved(self._imported(context, base) if "@import" in context else context)
            known = self._by_object[id(context)] = (context, resolved)
        return known[1]

    def _imported(self, context: Mapping[str, Any], base: str | None) -> dict[str, Any]:
        """``@import`` (JSON-LD 1.1 API, section 4.1.2, step 5.6), before PyLD sees it."""
        url = context["@import"]
        if not isinstance(url, str):
            raise MalformedError("canon.json_ld", reason="invalid @import value")
        imported = self._document(iri_resolver.resolve(url, base) if base else url)
        if not isinstance(imported, dict) or "@import" in imported:
            raise MalformedError("canon.json_ld", reason="invalid context entry")
        return {**imported, **{name: value for name, value in context.items() if name != "@import"}}


def _thawed(value: Any) -> Any:
    """A copy of plain dicts and lists, which PyLD may change."""
    if isinstance(value, Mapping):
        return {name: _thawed(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_thawed(item) for item in value]
    return value
