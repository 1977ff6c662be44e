"""did:key: the key is the identifier (W3C CCG did:key method)."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import Any

from openbadges.dids.document import DidDocument
from openbadges.dids.methods_of_document import VerificationMethod
from openbadges.dids.urls import split_did
from openbadges.errors import MalformedError
from openbadges.keys import PublicKey
from openbadges.limits import DEFAULT_LIMITS, Limits
from openbadges.ports import Fetcher

__all__ = ["PURPOSES", "did_key", "did_key_document", "resolve_did_key"]

PURPOSES = ("authentication", "assertionMethod", "capabilityDelegation", "capabilityInvocation")
_CONTEXTS = ("https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1")


def did_key(key: PublicKey) -> str:
    """The did:key of a public key."""
    return f"did:key:{key.to_multikey()}"


def did_key_document(key: PublicKey) -> dict[str, Any]:
    """The DID document of a did:key, with one Multikey for every purpose a signature has."""
    return _document(key.to_multikey())


def _document(multikey: str) -> dict[str, Any]:
    did = f"did:key:{multikey}"
    method = f"{did}#{multikey}"
    return {
        "@context": list(_CONTEXTS),
        "id": did,
        "verificationMethod": [
            {"id": method, "type": "Multikey", "controller": did, "publicKeyMultibase": multikey},
        ],
        **{purpose: [method] for purpose in PURPOSES},
    }


def resolve_did_key(did: str, fetcher: Fetcher, limits: Limits = DEFAULT_LIMITS) -> DidDocument:  # noqa: ARG001 - resolvers share one shape
    """The document of a did:key; nothing is fetched (V-KEY-5).

    Raises:
        LimitError: Too long; checked before decoding.
        MalformedError: Not a did:key, not ``z``, or bytes of the wrong number.
        RefusedError: An unsafe or a secret key.
        UnsupportedError: A kind of key that cannot sign here.
    """
    return _resolved(did, limits)


@lru_cache(maxsize=512)
def _resolved(did: str, limits: Limits) -> DidDocument:
    """Kept because an issuer's did:key comes with each of its badges; it is the same whenever it is asked for."""
    method_name, multikey = split_did(did, limits)
    if method_name != "key":
        raise MalformedError("did.syntax", did=did)
    key = PublicKey.from_multikey(multikey, limits)
    method = VerificationMethod(id=f"{did}#{multikey}", controller=did, public_key=key)
    listed = frozenset({method.id})
    return DidDocument(
        id=did,
        methods=(method,),
        relationships=MappingProxyType(dict.fromkeys(PURPOSES, listed)),
        raw=_document(multikey),  # a key has one text
    )
