"""The JSON-LD contexts this library knows, as data of its own: nothing is fetched to process JSON-LD.

Each copy is equal as JSON to the published document and written in one normal form (sorted keys). ``index.json`` beside
them keeps where each was published, the digests of the published bytes (for ``relatedResource``), the digest of the
JSON (SHA-256 over sorted keys without white space) and the licence. ``python -m openbadges.contexts.pin`` writes all.

The ``badge`` profile holds what badges, endorsements, status lists and DID documents use. The ``generic`` profile adds
contexts of examples and tests, and the one that maps every undefined term; it is asked for by name.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from openbadges.errors import ConfigurationError, UnsupportedError

__all__ = ["EDITIONS", "PINNED", "PinnedContext", "PinnedContexts", "context_defining"]

_DATA = Path(__file__).with_name("data")


@dataclass(frozen=True, slots=True, kw_only=True)
class PinnedContext:
    """One edition of one context, as the index describes it.

    Attributes:
        url: Where it is published, and how ``@context`` names it.
        edition: Name of the edition; most contexts have one.
        file: Name of our copy.
        sha256: Hexadecimal digests of the published bytes; several where the same JSON was published in several forms.
        sha384: The same, SHA-384.
        json_sha256: Hexadecimal SHA-256 of the JSON with sorted keys and no white space, in UTF-8.
        licence: SPDX expression.
        profile: ``"badge"`` or ``"generic"``.
        aliases: Further URLs that name the same context.
        default: Whether this edition is the one in use unless the caller says otherwise.
    """

    url: str
    edition: str
    file: str
    sha256: tuple[str, ...]
    sha384: tuple[str, ...]
    json_sha256: str
    licence: str
    profile: str
    aliases: tuple[str, ...]
    default: bool

    def document(self) -> Mapping[str, Any]:
        """The context document, ``{"@context": ...}``, read once and immutable."""
        return _document(self.file)


class PinnedContexts:
    """Gives the pinned contexts by URL; implements ``openbadges.ports.ContextLoader``.

    Args:
        editions: URL -> edition, for contexts that were published in several; the others keep their default.
        generic: Also know the contexts of the ``generic`` profile.
        extra: Further contexts by URL, each ``{"@context": ...}``, which the caller vouches for.

    Raises:
        ConfigurationError: ``context.no_such_edition``, ``context.already_pinned`` or ``context.not_a_context``.
    """

    def __init__(
        self,
        *,
        editions: Mapping[str, str] | None = None,
        generic: bool = False,
        extra: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:
        chosen = {url: pin for url, pin in PINNED.items() if generic or pin.profile == "badge"}
        for url, edition in (editions or {}).items():
            pin = EDITIONS.get((url, edition))
            if pin is None:
                raise ConfigurationError("context.no_such_edition", url=url, edition=edition)
            chosen[url] = pin
        self._pins: Mapping[str, PinnedContext] = chosen
        self._extra = {url: _extra_document(url, document) for url, document in (extra or {}).items()}
        # Loaders that give the same share what is worked out of it; with contexts of the caller's own, only
        # with themselves.
        self._same = (generic, frozenset((editions or {}).items()), id(self) if extra else None)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PinnedContexts) and self._same == other._same

    def __hash__(self) -> int:
        return hash(self._same)

    def known(self, url: str) -> bool:
        """Whether ``load`` has this context."""
        return url in self._pins or url in self._extra

    def load(self, url: str) -> Mapping[str, Any]:
        """The context document, ``{"@context": ...}``; immutable (mapping proxies and tuples).

        Raises:
            UnsupportedError: ``context.unknown``; nothing is fetched.
        """
        pin = self._pins.get(url)
        if pin is not None:
            return pin.document()
        document = self._extra.get(url)
        if document is None:
            raise UnsupportedError("context.unknown", url=url)
        return document


def _extra_document(url: str, document: Any) -> Mapping[str, Any]:
    if url in PINNED:
        raise ConfigurationError("context.already_pinned", url=url)
    if not isinstance(document, Mapping) or "@context" not in document:
        raise ConfigurationError("context.not_a_context", url=url)
    return MappingProxyType({name: _frozen(value) for name, value in document.items()})


@cache
def _document(file: str) -> Mapping[str, Any]:
    document: Mapping[str, Any] = _frozen(json.loads((_DATA / file).read_bytes()))
    return document


def _frozen(value: Any) -> Any:
    if isinstance(value, Mapping):
        return MappingProxyType({name: _frozen(item) for name, item in value.items()})
    if isinstance(value, (list, tuple)):
        return tuple(_frozen(item) for item in value)
    return value


def _index() -> Iterable[PinnedContext]:
    for entry in json.loads((_DATA / "index.json").read_bytes()):
        yield PinnedContext(**_fields(entry))


def _fields(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}


EDITIONS: Mapping[tuple[str, str], PinnedContext] = MappingProxyType({(pin.url, pin.edition): pin for pin in _index()})
"""Every edition of every pinned context, by URL and edition."""

PINNED: Mapping[str, PinnedContext] = MappingProxyType(
    {url: pin for pin in EDITIONS.values() if pin.default for url in (pin.url, *pin.aliases)}
)
"""The edition in use of every pinned context, by URL and alias, both profiles."""

_STARTS = frozenset({"https://www.w3.org/ns/credentials/v2", "https://www.w3.org/2018/credentials/v1"})


def context_defining(term: str) -> str | None:
    """The URL of a context carried here that a badge could add to have this term defined; None where there is none.

    Not the two that a credential starts with: which of them it has is settled.
    """
    return next(
        (
            url
            for url, pin in PINNED.items()
            if pin.profile == "badge" and url not in _STARTS and _defines(pin.document()["@context"], term)
        ),
        None,
    )


def _defines(context: Any, term: str) -> bool:
    parts = context if isinstance(context, tuple) else (context,)
    return not term.startswith("@") and any(isinstance(part, Mapping) and term in part for part in parts)
