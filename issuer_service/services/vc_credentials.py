"""What the VC-API does to a credential before and while it is signed (W3C CCG VC-API; generic profile)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openbadges import Signer, issue, jsontext
from openbadges.canon.active_context import is_absolute_iri
from openbadges.errors import IssuingError, MalformedError, UnsupportedError
from openbadges.messages import render
from openbadges.ports import Clock
from openbadges.proofs import jws
from openbadges.proofs.suites import SUITES
from openbadges.proofs.vc_jwt import read_vc_jwt
from openbadges.shape import VC_V1, VC_V2

__all__ = ["Suite", "read_suite", "secured", "with_issuer", "with_status"]

_JWT = "vc-jwt"
_JWT_KINDS = ("Ed25519", "P-256", "P-384")
_STATUS = "status"
_DATA_INTEGRITY = "https://w3id.org/security/data-integrity/v2"  # the terms of a proof, which VCDM 1.1 does not have
_STATUS_TERMS = "https://www.w3.org/ns/credentials/status/v1"  # the same for an entry of a status list


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """How to secure: ``{suite}`` of the address, read.

    Attributes:
        name: A cryptosuite, or ``vc-jwt``.
        kind: Type of the key.
        status: Whether an entry of a status list is added.
    """

    name: str
    kind: str
    status: bool = False


def read_suite(text: str) -> Suite:
    """Read ``name``, ``name:P-384``, ``name:status`` or ``name:P-384:status``.

    Raises:
        UnsupportedError: Not a suite that is offered, or not with that type of key.
    """
    name, *more = text.split(":")
    known = SUITES.get(name)
    kinds: Sequence[str] = _JWT_KINDS if name == _JWT else tuple(known.keys) if known and known.creates else ()
    status = _STATUS in more
    chosen = [part for part in more if part != _STATUS]
    kind = chosen[0] if chosen else kinds[0] if kinds else ""
    if kind not in kinds or len(chosen) > 1 or more.count(_STATUS) > 1:
        raise UnsupportedError("proof.unknown_suite", suite=text[:100])
    return Suite(name=name, kind=kind, status=status)


def with_issuer(credential: Mapping[str, Any], did: str) -> dict[str, Any]:
    """The credential in the name of ``did``; other members of an issuer object stay.

    Raises:
        MalformedError: Its issuer is none by the data model (VCDM 2.0, section 4.7), so neither is what stands there.
    """
    issuer = credential.get("issuer")
    named = issuer.get("id") if isinstance(issuer, Mapping) else issuer
    if not isinstance(named, str) or not is_absolute_iri(named):
        raise MalformedError("generic.issuer", pointer="/issuer")
    return {**credential, "issuer": {**issuer, "id": did} if isinstance(issuer, Mapping) else did}


def with_status(document: Mapping[str, Any], entry: Mapping[str, Any]) -> dict[str, Any]:
    """The credential with one more ``credentialStatus``."""
    held = document.get("credentialStatus")
    entries = [] if held is None else held if isinstance(held, list) else [held]
    more = {**document, "credentialStatus": [*entries, entry] if entries else dict(entry)}
    return _with_context(more, _STATUS_TERMS) if _is_old(more) else more


def secured(
    document: Mapping[str, Any], suite: Suite, signer: Signer, clock: Clock, options: Mapping[str, Any]
) -> dict[str, Any]:
    """Check and sign; the result has been verified.

    Raises:
        OpenBadgesError: It is malformed or the library refuses to sign it.
    """
    if suite.name == _JWT:
        return _enveloped(document, signer, clock)
    needed = SUITES[suite.name].needs_context or (_DATA_INTEGRITY if _is_old(document) else None)
    if needed is not None:
        document = _with_context(document, needed)
    signed = issue(
        document,
        signer=signer,
        suite=suite.name,
        clock=clock,
        profile="vc",
        mandatory_pointers=_pointers(options),
    )
    return jsontext.parse_object(signed.text)


def _enveloped(document: Mapping[str, Any], signer: Signer, clock: Clock) -> dict[str, Any]:
    """A token of typ ``vc+jwt`` whose claims are the credential and nothing else (VC-JOSE-COSE, section 3.1.1)."""
    if _is_old(document) or "proof" in document:
        raise MalformedError("generic.context", pointer="/@context", expected=VC_V2)
    issue(document, signer=signer, clock=clock, profile="vc")  # refuses all that is malformed; its proof is not used
    header = {"typ": "vc+jwt", "cty": "vc", "kid": signer.verification_method}
    token = jws.sign(header, jsontext.dump(dict(document)), signer)
    found = read_vc_jwt(token)
    jws.verify(found.signed, signer.public_key)
    if found.credential != document:
        raise IssuingError("issue.result", reason=render("issue.registered_claim", {}))
    return {"@context": VC_V2, "id": f"data:application/vc+jwt,{token}", "type": "EnvelopedVerifiableCredential"}


def _pointers(options: Mapping[str, Any]) -> tuple[str, ...]:
    given = options.get("mandatoryPointers", ())
    if not isinstance(given, (list, tuple)) or not all(isinstance(pointer, str) for pointer in given):
        raise MalformedError("selective.pointer_form", pointer="/options/mandatoryPointers")
    return tuple(given)


def _is_old(document: Mapping[str, Any]) -> bool:
    contexts = document.get("@context")
    return (contexts[:1] if isinstance(contexts, list) else [contexts]) == [VC_V1]


def _with_context(document: Mapping[str, Any], url: str) -> dict[str, Any]:
    contexts = document.get("@context")
    listed = contexts if isinstance(contexts, list) else [contexts]
    return {**document, "@context": listed if url in listed else [*listed, url]}
