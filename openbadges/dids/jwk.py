"""did:jwk: a public JSON Web Key as the identifier (did:jwk method specification)."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from openbadges import jsontext
from openbadges.dids.document import DidDocument
from openbadges.dids.methods_of_document import VerificationMethod
from openbadges.dids.urls import split_did
from openbadges.encoding.base import decode_base64url, encode_base64url
from openbadges.errors import MalformedError
from openbadges.keys import PublicKey
from openbadges.limits import DEFAULT_LIMITS, Limits
from openbadges.ports import Fetcher

__all__ = ["did_jwk", "resolve_did_jwk"]

_CONTEXTS = ("https://www.w3.org/ns/did/v1", "https://w3id.org/security/suites/jws-2020/v1")
_PURPOSES = ("assertionMethod", "authentication", "capabilityInvocation", "capabilityDelegation")


def did_jwk(key: PublicKey) -> str:
    """The did:jwk of a public key, its members in the order of their names."""
    return "did:jwk:" + encode_base64url(jsontext.dump(dict(sorted(key.to_jwk().items()))))


def resolve_did_jwk(did: str, fetcher: Fetcher, limits: Limits = DEFAULT_LIMITS) -> DidDocument:  # noqa: ARG001 - resolvers share one shape
    """The document of a did:jwk; nothing is fetched, and ``#0`` is the only key (V-KEY-5).

    Raises:
        LimitError: Longer than ``limits.did_jwk_chars``; checked before decoding.
        MalformedError: Not a did:jwk, not strict base64url, not strict JSON, or not a well-formed key.
        RefusedError: A private, symmetric, encryption or unsafe key.
        UnsupportedError: A kind of key that cannot sign here.
    """
    method_name, encoded = split_did(did, limits)
    if method_name != "jwk":
        raise MalformedError("did.syntax", did=did)
    jwk = jsontext.parse_object(decode_base64url(encoded), limits)
    key = PublicKey.from_jwk(jwk)
    method = VerificationMethod(id=f"{did}#0", controller=did, public_key=key)
    # The specification adds keyAgreement to every key that does not say it is for signatures only.
    purposes = _PURPOSES if jwk.get("use") == "sig" else (*_PURPOSES, "keyAgreement")
    listed = frozenset({method.id})
    return DidDocument(
        id=did,
        methods=(method,),
        relationships=MappingProxyType(dict.fromkeys(purposes, listed)),
        raw=_document(did, jwk, purposes),
    )


def _document(did: str, jwk: jsontext.JsonObject, purposes: tuple[str, ...]) -> dict[str, Any]:
    return {
        "@context": list(_CONTEXTS),
        "id": did,
        "verificationMethod": [
            {"id": f"{did}#0", "type": "JsonWebKey2020", "controller": did, "publicKeyJwk": jwk},
        ],
        **{purpose: [f"{did}#0"] for purpose in purposes},
    }
