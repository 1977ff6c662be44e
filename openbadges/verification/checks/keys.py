"""Which key signed, and whether it is the issuer's: it comes from the issuer, never from the message (V-KEY-1 to 4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from openbadges import jsontext
from openbadges.dids.document import DidDocument
from openbadges.dids.urls import parse_did_url
from openbadges.dids.web import fetch_document
from openbadges.errors import RefusedError
from openbadges.keys import KeySet, PublicKey
from openbadges.proofs.vc_jwt import VcJwt
from openbadges.verification.inquiry import Inquiry

__all__ = ["FoundKey", "controller_of", "key_of_method", "key_of_token"]

_ACCEPT_KEYS = "application/jwk-set+json, application/jwk+json, application/json;q=0.9"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundKey:
    """A public key, the id it is published under, and who controls it."""

    key_id: str
    controller: str
    public_key: PublicKey


def controller_of(method: str, inquiry: Inquiry) -> str:
    """Who a verification method belongs to: the part before ``#``.

    Raises:
        MalformedError, LimitError: Not a DID URL with a fragment, nor an https URL with one.
        RefusedError: ``binding.no_way``: any other kind of id.
    """
    if method.startswith("did:"):
        return parse_did_url(method, inquiry.limits).did
    controller, _, fragment = method.partition("#")
    if not fragment or not _is_https(controller) or len(method) > inquiry.limits.url_chars:
        raise RefusedError("binding.no_way", issuer=method)
    return controller


def key_of_method(method: str, inquiry: Inquiry, *, purpose: str = "assertionMethod") -> FoundKey:
    """The key of an embedded proof's ``verificationMethod``, from its controller's document.

    Raises:
        RefusedError: The document does not list it, or not for this purpose, or no longer.
        UnreachableError, UnsupportedError: The document could not be had, or is of a kind that is not known.
        MalformedError, LimitError: The document or the id cannot be read.
    """
    controller = controller_of(method, inquiry)
    if controller.startswith("did:"):
        document = inquiry.did_document(controller)
    else:
        document = fetch_document(controller, expected_id=controller, fetcher=inquiry.fetcher, limits=inquiry.limits)
    key = document.key_for(method, purpose, inquiry.now)
    return FoundKey(key_id=method, controller=controller, public_key=key)


def key_of_token(token: VcJwt, issuer: str, inquiry: Inquiry) -> FoundKey:
    """The key of a token, by ``kid`` or by a ``jwk`` that is one of the issuer's own (V-KEY-2, V-KEY-3).

    Raises:
        As ``key_of_method``; also RefusedError ``binding.foreign``, ``binding.other_origin``, ``binding.kid_missing``,
        ``binding.jwk_not_bound``.
    """
    kid, hint = token.signed.key_id, token.signed.hint
    if kid is None:
        if hint is None:
            raise RefusedError("binding.kid_missing")
        return FoundKey(
            key_id=f"{issuer}#{hint.to_multikey()}", controller=issuer, public_key=_bound(hint, issuer, inquiry)
        )
    found = _by_kid(kid, issuer, inquiry)
    if hint is not None and hint != found.public_key:
        raise RefusedError("binding.jwk_not_bound")
    return found


def _by_kid(kid: str, issuer: str, inquiry: Inquiry) -> FoundKey:
    if kid.startswith("did:"):
        controller = controller_of(kid, inquiry)
        if controller != issuer:
            raise RefusedError("binding.foreign", issuer=issuer, controller=controller)
        return key_of_method(kid, inquiry)
    if issuer.startswith("did:") and not kid.startswith("https:"):
        raise RefusedError("binding.kid_short", key=kid)
    if not _is_https(issuer):
        raise RefusedError("binding.foreign", issuer=issuer, controller=kid)
    if not kid.startswith("https:"):
        key = _key_set(_well_known(issuer), inquiry).key_for(kid, issuer=issuer)
        return FoundKey(key_id=kid, controller=issuer, public_key=key)
    if not _is_https(kid) or _origin(kid) != _origin(issuer):
        raise RefusedError("binding.other_origin", key=kid, issuer=issuer)
    return FoundKey(key_id=kid, controller=issuer, public_key=_published_at(kid, issuer, inquiry))


def _published_at(kid: str, issuer: str, inquiry: Inquiry) -> PublicKey:
    """What an https ``kid`` leads to: a JWK Set, whose fragment may name the key, one JWK, or a controller document."""
    url, _, fragment = kid.partition("#")
    document = _json_at(url, inquiry)
    if "keys" in document:
        keys = KeySet.from_json(document, inquiry.limits)
        short = fragment != "" and not keys.names(kid)
        return keys.key_for(fragment if short else kid, issuer=issuer)
    if "kty" in document:
        if document.get("iss", issuer) != issuer:
            raise RefusedError("key_set.other_issuer", kid=kid, issuer=document["iss"])
        if document.get("kid", kid) not in (kid, fragment or kid):
            raise RefusedError("key_set.not_found", kid=kid)
        return PublicKey.from_jwk(document)
    controller = DidDocument.from_json(document, url, inquiry.limits)
    if url != issuer:
        raise RefusedError("binding.foreign", issuer=issuer, controller=url)
    return controller.key_for(kid, "assertionMethod", inquiry.now)


def _bound(hint: PublicKey, issuer: str, inquiry: Inquiry) -> PublicKey:
    """The key in the header, if the issuer publishes this very key for making claims."""
    if _is_https(issuer):
        if _key_set(_well_known(issuer), inquiry).holds(hint, issuer=issuer):
            return hint
        raise RefusedError("binding.jwk_not_bound")
    document = inquiry.did_document(issuer)
    for method in document.methods:
        if method.public_key == hint:
            return document.key_for(method.id, "assertionMethod", inquiry.now)
    raise RefusedError("binding.jwk_not_bound")


def _key_set(url: str, inquiry: Inquiry) -> KeySet:
    return KeySet.from_json(_json_at(url, inquiry), inquiry.limits)


def _json_at(url: str, inquiry: Inquiry) -> Mapping[str, Any]:
    most = inquiry.limits.did_document_bytes
    answer = inquiry.fetcher.get(url, accept=_ACCEPT_KEYS, max_bytes=most, redirects=0)
    return jsontext.parse_object(answer.body, inquiry.limits, max_bytes=most)


def _is_https(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme == "https" and bool(parts.hostname) and parts.username is None and parts.port != 0
    except ValueError:
        return False


def _origin(url: str) -> tuple[str | None, int]:
    parts = urlsplit(url)
    return parts.hostname, parts.port or 443


def _well_known(issuer: str) -> str:
    return f"https://{urlsplit(issuer).netloc}/.well-known/jwks.json"
