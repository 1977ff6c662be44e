"""Resolving DIDs (W3C DID Resolution): did:key, did:jwk, did:web."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from flask import Response, g

from issuer_service.services.records import ApiToken
from issuer_service.web.vc_api.asking import answer, with_token
from openbadges import dids
from openbadges.errors import OpenBadgesError, UnreachableError, UnsupportedError

__all__ = ["resolve"]

_CONTEXT = "https://w3id.org/did-resolution/v1"
# kind of error -> status and the name DID Resolution gives it
_ERRORS: Mapping[type[OpenBadgesError], tuple[int, str]] = MappingProxyType(
    {UnreachableError: (404, "NOT_FOUND"), UnsupportedError: (400, "METHOD_NOT_SUPPORTED")}
)


@with_token
def resolve(_token: ApiToken, did: str) -> Response:
    """The document of a DID; this site's own come from storage."""
    try:
        found = dids.resolve(did, fetcher=g.services.documents)
    except OpenBadgesError as error:
        return _failed(error)
    return _answered(200, dict(found.raw), {"contentType": "application/did"})


def _failed(error: OpenBadgesError) -> Response:
    status, name = _ERRORS.get(type(error), (400, "INVALID_DID"))
    told = {"type": f"https://www.w3.org/ns/did#{name}", "title": name, "detail": error.detail}
    return _answered(status, None, {"error": told})


def _answered(status: int, document: dict[str, Any] | None, metadata: dict[str, Any]) -> Response:
    body = {
        "@context": _CONTEXT,
        "didDocument": document,
        "didDocumentMetadata": {},
        "didResolutionMetadata": metadata,
    }
    return answer(body, status)
