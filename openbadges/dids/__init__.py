"""Identifiers that carry or publish keys: did:key, did:jwk, did:web, and controlled identifier documents."""

from openbadges.dids.document import ControllerDocument, DidDocument, VerificationMethod
from openbadges.dids.jwk import did_jwk
from openbadges.dids.key import did_key, did_key_document
from openbadges.dids.resolver import METHODS, resolve
from openbadges.dids.urls import DidUrl, parse_did_url
from openbadges.dids.web import did_web_document, did_web_from_url, did_web_url, fetch_document
from openbadges.keys import jwks

__all__ = [
    "METHODS",
    "ControllerDocument",
    "DidDocument",
    "DidUrl",
    "VerificationMethod",
    "did_jwk",
    "did_key",
    "did_key_document",
    "did_web_document",
    "did_web_from_url",
    "did_web_url",
    "fetch_document",
    "jwks",
    "parse_did_url",
    "resolve",
]
