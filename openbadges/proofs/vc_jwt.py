"""Credentials as JSON Web Tokens: the flat form of Open Badges 3.0 and VC-JOSE-COSE, and the ``vc`` form of VCDM 1.1.

Open Badges 3.0, section 8.2; W3C Securing Verifiable Credentials using JOSE and COSE, section 3; VCDM 1.1, section
6.3.1.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from openbadges import jsontext
from openbadges.encoding.times import format_instant, parse_instant
from openbadges.errors import IssuingError, MalformedError, RefusedError
from openbadges.keys.signer import Signer
from openbadges.limits import DEFAULT_LIMITS, Limits
from openbadges.models.rules import Problem
from openbadges.proofs import jws

__all__ = ["CLAIMS", "VcJwt", "claim_problems", "create_vc_jwt", "expiry", "read_vc_jwt"]

CLAIMS = ("iss", "sub", "jti", "nbf", "exp", "iat", "aud", "cnf")
_VC_V1 = "https://www.w3.org/2018/credentials/v1"
_LATEST = datetime(9999, 12, 31, tzinfo=UTC).timestamp()
_ALGORITHMS = ("EdDSA", "ES256", "RS256")  # what new tokens are signed with; more are read


@dataclass(frozen=True, slots=True, kw_only=True)
class VcJwt:
    """A token taken apart; nothing is verified yet.

    Attributes:
        token: The compact JWS as it stands.
        signed: Its parts.
        credential: The credential inside, without the registered claims of a flat token.
        claims: The registered claims that were there.
        wrapped: Whether the credential stood in a ``vc`` member (VCDM 1.1).
    """

    token: str
    signed: jws.Jws
    credential: Mapping[str, Any]
    claims: Mapping[str, Any]
    wrapped: bool


def read_vc_jwt(token: str, limits: Limits = DEFAULT_LIMITS) -> VcJwt:
    """Read a compact JWS that holds a credential.

    Raises:
        MalformedError: Not a strict compact JWS, or the payload is not a JSON object.
        RefusedError: Something forbidden: alg none, ``crit``, a version 2.0 credential inside ``vc``.
    """
    signed = jws.parse(token, limits)
    payload = jsontext.parse(signed.payload, limits)
    if not isinstance(payload, dict):
        raise MalformedError("claims.payload_not_object")
    claims = {name: payload[name] for name in CLAIMS if name in payload}
    if "vc" in payload:
        credential = _unwrapped(payload["vc"], claims)
    else:
        credential = {name: value for name, value in payload.items() if name not in CLAIMS}
        if _first_context(credential) == _VC_V1:
            raise RefusedError("claims.vc_missing")
    return VcJwt(token=token, signed=signed, credential=credential, claims=claims, wrapped="vc" in payload)


def claim_problems(found: VcJwt) -> tuple[list[Problem], list[Problem]]:
    """Claims that disagree with the credential, and claims that are absent (V-JWT-6).

    Returns:
        Two lists: what is wrong (fatal), and what is missing (worth a note; the members mirrored are signed anyway).
    """
    credential = found.credential
    starts, ends = ("issuanceDate", "expirationDate") if found.wrapped else ("validFrom", "validUntil")
    subject = credential.get("credentialSubject")
    expected: dict[str, Any] = {"iss": _id_of(credential.get("issuer")), "jti": credential.get("id")}
    expected["sub"] = _id_of(subject) if isinstance(subject, Mapping) else None
    wrong = [
        Problem(pointer=f"/{name}", code="claims.mismatch", params=_differs(name, found.claims[name], value))
        for name, value in expected.items()
        if name in found.claims and found.claims[name] != value
    ]
    for name, member in (("nbf", starts), ("exp", ends)):
        wrong += _date_problems(name, found.claims.get(name), credential.get(member))
    absent = [name for name in ("iss", "jti", "nbf") if name not in found.claims]
    if expected["sub"] is not None and "sub" not in found.claims:
        absent.append("sub")
    return wrong, [Problem(pointer=f"/{name}", code="claims.absent", params={"claim": name}) for name in absent]


def expiry(found: VcJwt) -> datetime | None:
    """When the token itself ends (``exp``), or None; call ``claim_problems`` first."""
    value = found.claims.get("exp")
    return None if value is None else datetime.fromtimestamp(value, UTC)


def create_vc_jwt(credential: Mapping[str, Any], signer: Signer) -> str:
    """Sign a VCDM 2.0 credential in the flat form: typ ``JWT``, ``kid`` the verification method, claims by V-JWT-6.

    Args:
        credential: With ``issuer``, and for a badge with ``id`` and ``validFrom``.
        signer: Whose key; its verification method becomes ``kid``.

    Raises:
        IssuingError: ``issue.algorithm``: the key's algorithm is not one that badges are signed with.
        MalformedError: A date is not one.
    """
    if signer.algorithm not in _ALGORITHMS:
        raise IssuingError("issue.algorithm", algorithm=signer.algorithm)
    subject = credential.get("credentialSubject")
    claims: dict[str, Any] = {"iss": _id_of(credential.get("issuer")), "jti": credential.get("id")}
    claims["sub"] = _id_of(subject) if isinstance(subject, Mapping) else None
    for claim, member in (("nbf", "validFrom"), ("exp", "validUntil")):
        if member in credential:
            claims[claim] = math.floor(parse_instant(credential[member]).timestamp())
    claims = {name: value for name, value in claims.items() if value is not None}
    payload = jsontext.dump(dict(credential) | claims)
    return jws.sign({"typ": "JWT", "kid": signer.verification_method}, payload, signer)


def _unwrapped(value: Any, claims: Mapping[str, Any]) -> dict[str, Any]:
    """The ``vc`` member, completed from the registered claims as VCDM 1.1 section 6.3.1 says."""
    if not isinstance(value, dict):
        raise MalformedError("claims.vc_not_object", pointer="/vc")
    if _first_context(value) != _VC_V1:
        raise RefusedError("claims.vc_member", pointer="/vc")
    credential = dict(value)
    if isinstance(claims.get("iss"), str):
        credential.setdefault("issuer", claims["iss"])
    if isinstance(claims.get("jti"), str):
        credential.setdefault("id", claims["jti"])
    for name, member in (("nbf", "issuanceDate"), ("exp", "expirationDate")):
        if name in claims and member not in credential and _is_numeric_date(claims[name]):
            credential[member] = format_instant(datetime.fromtimestamp(math.floor(claims[name]), UTC))
    subject = credential.get("credentialSubject")
    if isinstance(subject, dict) and isinstance(claims.get("sub"), str):
        credential["credentialSubject"] = {"id": claims["sub"]} | subject
    return credential


def _first_context(credential: Mapping[str, Any]) -> Any:
    value = credential.get("@context")
    return value[0] if isinstance(value, list) and value else value


def _id_of(value: Any) -> Any:
    return value.get("id") if isinstance(value, Mapping) else value


def _differs(name: str, found: Any, expected: Any) -> dict[str, Any]:
    return {"claim": name, "found": str(found), "expected": "nothing" if expected is None else str(expected)}


def _is_numeric_date(value: Any) -> bool:
    """RFC 7519 NumericDate: a finite number, neither text nor truth value, within the calendar."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= _LATEST


def _date_problems(name: str, claim: Any, member: Any) -> list[Problem]:
    if claim is None:
        return []
    if not _is_numeric_date(claim):
        return [Problem(pointer=f"/{name}", code="claims.malformed", params={"claim": name})]
    if member is None:
        return [] if name == "exp" else [_date_differs(name, claim, "nothing")]
    try:
        instant = parse_instant(member).timestamp()
    except (MalformedError, TypeError, AttributeError):
        return []  # validity.window says so
    return [] if math.floor(instant) == math.floor(claim) else [_date_differs(name, claim, member)]


def _date_differs(name: str, claim: float, member: str) -> Problem:
    found = format_instant(datetime.fromtimestamp(math.floor(claim), UTC))
    return Problem(
        pointer=f"/{name}", code="claims.mismatch", params={"claim": name, "found": found, "expected": member}
    )
