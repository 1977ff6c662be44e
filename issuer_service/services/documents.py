"""This site's own documents, answered from storage: it never asks itself over the network."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from issuer_service.services.achievements import Achievements
from issuer_service.services.affiliates import Affiliates
from issuer_service.services.awarding import Awarding, ErasedError
from issuer_service.services.errors import ServiceError
from issuer_service.services.ports import Fetcher
from issuer_service.services.status_lists import StatusLists
from issuer_service.services.tools import Tools
from openbadges.errors import LimitError, UnreachableError
from openbadges.ports import Fetched, Rememberer

__all__ = ["LocalDocuments"]

_Answer = tuple[str, str]  # body, media type


@dataclass(frozen=True, slots=True)
class LocalDocuments:
    """A fetcher for verifying here. What is not under this site's own address goes to ``elsewhere``."""

    tools: Tools
    elsewhere: Fetcher

    def limit_age(self, url: str, seconds: float) -> None:
        """See ``openbadges.ports.Rememberer``; what is this site's own is always as new as can be."""
        if isinstance(self.elsewhere, Rememberer) and self.tools.site.path_of(url) is None:
            self.elsewhere.limit_age(url, seconds)

    def get(self, url: str, *, accept: str, max_bytes: int, redirects: int | None = None) -> Fetched:
        """The document at ``url``; see ``openbadges.ports.Fetcher``.

        Raises:
            UnreachableError: There is no such document here, or as the other fetcher says.
            LimitError: It is longer than ``max_bytes``.
        """
        path = self.tools.site.path_of(url)
        if path is None:
            return self.elsewhere.get(url, accept=accept, max_bytes=max_bytes, redirects=redirects)
        try:
            found = self._answer(path)
        except ErasedError as error:
            raise UnreachableError("network.gone", url=url) from error
        except ServiceError as error:
            raise UnreachableError("network.status", url=url, status=404) from error
        if found is None:
            raise UnreachableError("network.status", url=url, status=404)
        body = found[0].encode("utf-8")
        if len(body) > max_bytes:
            raise LimitError("network.body_too_large", url=url, limit=max_bytes)
        return Fetched(url=url, body=body, media_type=found[1])

    def _answer(self, path: str) -> _Answer | None:
        room, *names = path.strip("/").split("/")
        answer = _ANSWERS.get((room, names[1] if len(names) > 1 else ""))
        if answer is None or not names or len(names) > 2:
            return None
        return answer(self.tools, names[0])


def _did_document(tools: Tools, slug: str) -> _Answer:
    affiliates = Affiliates(tools)
    return json.dumps(affiliates.did_document(affiliates.by_slug(slug))), "application/did+json"


def _key_set(tools: Tools, slug: str) -> _Answer:
    affiliates = Affiliates(tools)
    return json.dumps(affiliates.jwks(affiliates.by_slug(slug))), "application/jwk-set+json"


def _status_list(tools: Tools, list_id: str) -> _Answer:
    found = StatusLists(tools).current(list_id)
    return found.text, found.media_type


def _achievement(tools: Tools, achievement_id: str) -> _Answer:
    return json.dumps(Achievements(tools).document(achievement_id)), "application/ld+json"


def _badge(tools: Tools, name: str) -> _Answer | None:
    award_id, _, suffix = name.partition(".")
    award = Awarding(tools).public(award_id).award
    text = award.signed_jwt if suffix == "jwt" else award.signed_json
    return (text, "application/vc+jwt" if suffix == "jwt" else "application/vc") if text else None


_ANSWERS: Mapping[tuple[str, str], Callable[[Tools, str], _Answer | None]] = MappingProxyType(
    {
        ("issuers", "did.json"): _did_document,
        ("issuers", "jwks.json"): _key_set,
        ("status", ""): _status_list,
        ("achievements", ""): _achievement,
        ("b", ""): _badge,
    }
)
