"""Canonical RDF of a JSON-LD document: the fast path where it covers the document, the reference path otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from openbadges.canon import rdfc
from openbadges.canon.active_context import ActiveContext, NotCovered, process_contexts
from openbadges.canon.mapper import map_document
from openbadges.canon.nquads import Quad
from openbadges.canon.numbers import check_numbers
from openbadges.limits import DEFAULT_LIMITS, Limits
from openbadges.ports import ContextLoader

__all__ = ["active_context", "canonicalize", "dataset"]


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
    return rdfc.canonicalize(_dataset(document, contexts, limits, exact=True), hash_name=hash_name, limits=limits)


def dataset(document: Mapping[str, Any], contexts: ContextLoader, *, limits: Limits = DEFAULT_LIMITS) -> list[Quad]:
    """The quads of a JSON-LD document; raises as ``canonicalize`` does, but takes any number."""
    return _dataset(document, contexts, limits, exact=False)


def _dataset(document: Mapping[str, Any], contexts: ContextLoader, limits: Limits, *, exact: bool) -> list[Quad]:
    try:
        return map_document(document, active_context(document.get("@context"), contexts), limits=limits, exact=exact)
    except NotCovered:
        from openbadges.canon import jsonld  # noqa: PLC0415 - the reference implementation is heavy and rarely needed

        if exact:
            check_numbers(document)
        return jsonld.to_quads(document, contexts=contexts, limits=limits)


def active_context(value: Any, contexts: ContextLoader) -> ActiveContext:
    """The active context for a ``@context`` member that names contexts by URL.

    Raises:
        NotCovered: It holds anything else; the reference implementation has to look.
        UnsupportedError: A context is not known.
    """
    urls = (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else ()
    try:
        return _processed(urls, contexts)  # type: ignore[arg-type]  # a loader that cannot be a key is caught
    except TypeError:  # such a loader, or something in the list is no text
        return _processed.__wrapped__(urls, contexts)


@lru_cache(maxsize=128)
def _processed(urls: tuple[Any, ...], contexts: ContextLoader) -> ActiveContext:
    if not urls or not all(isinstance(url, str) for url in urls):
        raise NotCovered
    return process_contexts(urls, contexts)
