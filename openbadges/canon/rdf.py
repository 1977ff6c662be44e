"""Canonical RDF of a JSON-LD document: the fast path where it covers the document, the reference path otherwise."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import lru_cache
from typing import Any, cast

from openbadges.canon import rdfc
from openbadges.canon.active_context import ActiveContext, NotCovered, process_contexts
from openbadges.canon.mapper import map_document, number_literal
from openbadges.canon.nquads import Quad
from openbadges.errors import MalformedError
from openbadges.jsontext import pointer_to
from openbadges.limits import DEFAULT_LIMITS, Limits
from openbadges.ports import ContextLoader

__all__ = ["active_context", "canonicalize", "check_numbers", "dataset"]


def canonicalize(
    document: Mapping[str, Any], contexts: ContextLoader, *, hash_name: str = "sha256", limits: Limits = DEFAULT_LIMITS
) -> str:
    """The canonical N-Quads (RDFC-1.0) of a JSON-LD document.

    Raises:
        UnsupportedError: A context is not known to ``contexts``.
        MalformedError: Something would be dropped: an undefined term, a relative IRI, a type without meaning; or a
            number whose canonical form is that of another one.
        LimitError: The graph costs more than ``limits`` allows.
    """
    check_numbers(document)
    return rdfc.canonicalize(dataset(document, contexts, limits=limits), hash_name=hash_name, limits=limits)


def check_numbers(value: Any, path: tuple[str | int, ...] = ()) -> None:
    """Refuse a number that shares its canonical form with others: whoever changed one into another would not be seen.

    Raises:
        MalformedError: ``canon.number``.
    """
    if isinstance(value, Mapping):
        for name, item in value.items():
            check_numbers(item, (*path, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            check_numbers(item, (*path, index))
    elif isinstance(value, float) and not value.is_integer():
        literal = number_literal(value).partition('"^^')[0][1:]
        if float(literal) != value:
            raise MalformedError("canon.number", pointer=pointer_to(*path), number=value)


def dataset(document: Mapping[str, Any], contexts: ContextLoader, *, limits: Limits = DEFAULT_LIMITS) -> list[Quad]:
    """The quads of a JSON-LD document; raises as ``canonicalize`` does."""
    try:
        return map_document(document, active_context(document.get("@context"), contexts), limits=limits)
    except NotCovered:
        from openbadges.canon import jsonld  # noqa: PLC0415 - the reference implementation is heavy and rarely needed

        return jsonld.to_quads(document, contexts=contexts, limits=limits)


def active_context(value: Any, contexts: ContextLoader) -> ActiveContext:
    """The active context for a ``@context`` member that names contexts by URL.

    Raises:
        NotCovered: It holds anything else; the reference implementation has to look.
        UnsupportedError: A context is not known.
    """
    urls = (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else ()
    if not urls or not all(isinstance(url, str) for url in urls):
        raise NotCovered
    if isinstance(contexts, Hashable):
        return _processed(urls, contexts)
    return process_contexts(urls, contexts)


@lru_cache(maxsize=128)
def _processed(urls: tuple[str, ...], contexts: Hashable) -> ActiveContext:
    return process_contexts(urls, cast("ContextLoader", contexts))
