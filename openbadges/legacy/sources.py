"""Fetching what a badge links to, each from its own address: what a stranger embeds in an issuer's name is no proof."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from openbadges.errors import MalformedError, RefusedError, UnreachableError, UnsupportedError
from openbadges.jsontext import JsonObject, parse_object
from openbadges.legacy.model import Assertion, BadgeClass, Issuer, Link, View, items, shown
from openbadges.legacy.scope import parse_address
from openbadges.limits import Limits
from openbadges.ports import Fetcher

__all__ = ["Sources"]

_ACCEPT = "application/ld+json, application/json;q=0.9"
_MEDIA_TYPES = frozenset({"", "application/json", "application/ld+json"})  # a document handed over as a file has none

V = TypeVar("V", bound=View)


class Sources:
    """Reads linked documents through a fetcher.

    Args:
        fetcher: Who fetches; one that counts, as a badge may link to five documents.
        limits: Sizes.
    """

    def __init__(self, fetcher: Fetcher, limits: Limits) -> None:
        self._fetcher = fetcher
        self._limits = limits

    def document(self, url: str, *, max_bytes: int | None = None) -> JsonObject:
        """The JSON object at ``url``.

        Raises:
            UnreachableError: It cannot be had, or what comes is not JSON by its media type (``legacy.media_type``).
            MalformedError: It is not a JSON object, or too large.
        """
        most = self._limits.document_bytes if max_bytes is None else max_bytes
        fetched = self._fetcher.get(url, accept=_ACCEPT, max_bytes=most)
        if fetched.media_type not in _MEDIA_TYPES and not fetched.media_type.endswith("+json"):
            raise UnreachableError("legacy.media_type", url=url, media_type=fetched.media_type)
        return parse_object(fetched.body, self._limits, max_bytes=max_bytes)

    def own(self, url: str, *, max_bytes: int | None = None) -> JsonObject:
        """The JSON object at ``url``, which has to name that address as its id.

        Raises:
            RefusedError: It names another one (``legacy.not_own_address``); else as ``document``.
        """
        document = self.document(url, max_bytes=max_bytes)
        if document.get("id") != url:
            raise RefusedError("legacy.not_own_address", url=url, found=shown(document.get("id")))
        return document

    def badge_class(self, assertion: Assertion) -> BadgeClass:
        """The badge class: as embedded by whoever published or signed the assertion, else from its address."""
        link = assertion.badge
        embedded = link.embedded if link.embedded is not None else self.own(_id_of(link, assertion, "badge"))
        return _checked(BadgeClass(embedded))

    def issuer(self, assertion: Assertion, badge_class: BadgeClass) -> Issuer:
        """The issuer's profile, always from its own address.

        Raises:
            UnsupportedError: The issuer's id is no https address (``legacy.issuer_address``).
            RefusedError: The assertion names another issuer (``legacy.other_issuer``), or as ``own``.
        """
        identifier = _id_of(badge_class.issuer, badge_class, "issuer")
        for named in assertion.links("issuer"):
            if named.id != identifier:
                raise RefusedError("legacy.other_issuer", issuer=identifier, found=shown(named.id))
        if parse_address(identifier) is None:
            raise UnsupportedError("legacy.issuer_address", issuer=identifier)
        return _checked(Issuer(self.own(identifier)))

    def part(self, url: str) -> Mapping[str, Any]:
        """The object with that id, which may be a part of the document at its address (``...#key-1``).

        Raises:
            RefusedError: No such object there (``legacy.not_own_address``); else as ``document``.
        """
        document = self.document(url.partition("#")[0])
        candidates = [document, *(item for item in items(document.get("publicKey")) if isinstance(item, Mapping))]
        for candidate in candidates:
            if candidate.get("id") == url:
                return candidate
        raise RefusedError("legacy.not_own_address", url=url, found=shown(document.get("id")))


def _checked(view: V) -> V:
    view.check_shape()
    return view


def _id_of(link: Link, view: View, member: str) -> str:
    if link.id is None:
        raise MalformedError("legacy.member_missing", pointer=f"/{member}/id", kind=view.kind, member=f"{member}.id")
    return link.id
