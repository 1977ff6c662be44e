"""did:web: the document lies on a web server (W3C CCG did:web method); and controlled identifier documents by URL."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, unquote_to_bytes, urlsplit

from openbadges import jsontext
from openbadges.dids.document import DidDocument
from openbadges.dids.urls import split_did
from openbadges.errors import ConfigurationError, MalformedError, RefusedError
from openbadges.keys import PublicKey
from openbadges.limits import DEFAULT_LIMITS, Limits
from openbadges.ports import Fetcher

__all__ = ["did_web_document", "did_web_from_url", "did_web_url", "fetch_document", "resolve_did_web"]

_ACCEPT = "application/did+json, application/did+ld+json;q=0.9, application/json;q=0.8"
_MEDIA_TYPES = ("", "application/json", "text/plain")  # and every +json; static hosts do not know did.json better
_CONTEXTS = ("https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1")

_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*")
_NUMERIC_LABEL = re.compile(r"[0-9]+|0[xX][0-9A-Fa-f]*")  # a host that ends so is an IPv4 address (WHATWG URL)
_PORT = re.compile(r"[1-9][0-9]{0,4}")
_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_NOT_IN_A_SEGMENT = re.compile(r"[\x00-\x20\x7f/\\?#%]")


def did_web_url(did: str, limits: Limits = DEFAULT_LIMITS) -> str:
    """The https URL of a did:web's document (V-NET-2).

    Raises:
        LimitError: Longer than ``limits.url_chars``.
        MalformedError: ``did.syntax``, ``did_web.host``, ``did_web.port`` or ``did_web.path``.
        RefusedError: ``did_web.address``: an IP address for a host.
    """
    method_name, rest = split_did(did, limits)
    if method_name != "web":
        raise MalformedError("did.syntax", did=did)
    authority, *segments = rest.split(":")
    host, _, port = authority.replace("%3a", "%3A").partition("%3A")
    _check_host(host, did)
    if host != authority and not (_PORT.fullmatch(port) and int(port) <= 65535):
        raise MalformedError("did_web.port", did=did)
    origin = f"https://{host.lower()}" + (f":{port}" if port else "")
    if not segments:
        return f"{origin}/.well-known/did.json"
    path = "/".join(quote(_segment(segment, did), safe="-._~") for segment in segments)
    return f"{origin}/{path}/did.json"


def did_web_from_url(url: str) -> str:
    """The did:web whose document lies under an https URL, e.g. ``https://a.example/issuers/x``.

    Raises:
        ConfigurationError: ``did_web.url``: not an https URL of a named host, or one with query, fragment or user.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise ConfigurationError("did_web.url", url=url) from error
    if parts.scheme != "https" or "@" in parts.netloc or ":" in parts.path or parts.query or parts.fragment:
        raise ConfigurationError("did_web.url", url=url)
    authority = host if port in (None, 443) else f"{host}%3A{port}"
    did = f"did:web:{authority}" + parts.path.rstrip("/").replace("/", ":")
    try:
        did_web_url(did)
    except (MalformedError, RefusedError) as error:
        raise ConfigurationError("did_web.url", url=url) from error
    return did


def resolve_did_web(did: str, fetcher: Fetcher, limits: Limits = DEFAULT_LIMITS) -> DidDocument:
    """Fetch and read the document of a did:web; its id has to be the DID.

    Raises:
        LimitError, MalformedError, RefusedError: The DID or the document is not allowed.
        UnreachableError: As the fetcher says.
    """
    return fetch_document(did_web_url(did, limits), expected_id=did, fetcher=fetcher, limits=limits)


def fetch_document(url: str, *, expected_id: str, fetcher: Fetcher, limits: Limits = DEFAULT_LIMITS) -> DidDocument:
    """Fetch a DID document or controlled identifier document, without redirects.

    Args:
        url: Where it lies, https, without fragment.
        expected_id: The id it has to have; for a controlled identifier document the URL itself.
        fetcher: The only way to the network.
        limits: ``did_document_bytes`` and ``did_document_methods``.

    Raises:
        LimitError, MalformedError, RefusedError: The document is not allowed.
        UnreachableError: As the fetcher says.
    """
    answer = fetcher.get(url, accept=_ACCEPT, max_bytes=limits.did_document_bytes, redirects=0)
    media_type = answer.media_type.partition(";")[0].strip().lower()
    if media_type not in _MEDIA_TYPES and not media_type.endswith("+json"):
        raise RefusedError("did.media_type", url=url, media_type=media_type)
    document = jsontext.parse_object(answer.body, limits, max_bytes=limits.did_document_bytes)
    return DidDocument.from_json(document, expected_id, limits)


def did_web_document(did: str, keys: Sequence[PublicKey], retired: Sequence[PublicKey] = ()) -> dict[str, Any]:
    """The DID document to publish for a did:web (or an https controller).

    Args:
        did: The document's id.
        keys: Keys in use: they sign badges and authenticate.
        retired: Keys that sign no more but whose badges stay good. A compromised key is in neither list.

    Raises:
        ConfigurationError: ``did.key_twice``.
    """
    every = [key.to_multikey() for key in (*keys, *retired)]
    if len(set(every)) != len(every):
        raise ConfigurationError("did.key_twice", did=did)
    current = [f"{did}#{multikey}" for multikey in every[: len(keys)]]
    return {
        "@context": list(_CONTEXTS),
        "id": did,
        "verificationMethod": [
            {"id": f"{did}#{multikey}", "type": "Multikey", "controller": did, "publicKeyMultibase": multikey}
            for multikey in every
        ],
        "assertionMethod": [f"{did}#{multikey}" for multikey in every],
        "authentication": current,
    }


def _check_host(host: str, did: str) -> None:
    if len(host) > 253 or not _HOST.fullmatch(host):
        raise MalformedError("did_web.host", did=did)
    if _NUMERIC_LABEL.fullmatch(host.rpartition(".")[2]):
        raise RefusedError("did_web.address", did=did)


def _segment(text: str, did: str) -> str:
    """A path segment, percent-decoded once; what could lead elsewhere is refused."""
    if _PERCENT.search(text):
        raise MalformedError("did_web.path", did=did)
    try:
        segment = unquote_to_bytes(text).decode("utf-8")
    except UnicodeDecodeError as error:
        raise MalformedError("did_web.path", did=did) from error
    if segment in ("", ".", "..") or _NOT_IN_A_SEGMENT.search(segment):
        raise MalformedError("did_web.path", did=did)
    return segment
