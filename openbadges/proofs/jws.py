"""Compact JSON Web Signatures, read strictly (RFC 7515, RFC 8725): what is not expected is refused, not ignored.

The signature arithmetic is the ``cryptography`` package's, the same as for embedded proofs. In verifying, PyJWT does
nothing that is not done here before it (padding, ``typ``, sizes, weak keys), and loading it takes as long as many
verifications; in issuing it is the second pair of eyes on every token made here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from openbadges import jsontext
from openbadges.encoding.base import consists_of, decode_base64url, encode_base64url
from openbadges.errors import (
    ConfigurationError,
    IssuingError,
    LimitError,
    MalformedError,
    OpenBadgesError,
    RefusedError,
)
from openbadges.keys import PublicKey, Signer
from openbadges.limits import DEFAULT_LIMITS, Limits

__all__ = ["ALGORITHMS", "BADGE_TYPES", "Jws", "parse", "sign", "verify", "verify_independently"]

ALGORITHMS = ("EdDSA", "ES256", "RS256", "ES384", "PS256")
BADGE_TYPES = ("JWT", "vc+jwt")

# Header members that change what is signed or where the key comes from (RFC 7515 section 4.1, RFC 7797, RFC 7516).
_FORBIDDEN_MEMBERS: Mapping[str, str] = MappingProxyType(
    {
        "crit": "jws.crit",
        "b64": "jws.b64",
        "jku": "jws.remote_key",
        "x5u": "jws.remote_key",
        "x5c": "jws.certificate",
        "zip": "jws.encryption_member",
        "enc": "jws.encryption_member",
    }
)
_TEXT_MEMBERS = ("alg", "typ", "cty", "kid")
_SYMMETRIC = re.compile(r"hs[0-9]+", re.IGNORECASE)
_CHARACTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_="


@dataclass(frozen=True, slots=True, kw_only=True)
class Jws:
    """A parsed token, not verified yet.

    Args:
        header: The protected header.
        payload: The signed bytes.
        signature: The signature's bytes.
        signing_input: What the signature is over: the first two parts as they stand.
        hint: The key in the header (``jwk``), if any. Only a hint: it says which key, never that it is the issuer's.
    """

    header: Mapping[str, Any]
    payload: bytes
    signature: bytes
    signing_input: bytes
    hint: PublicKey | None = None

    @property
    def algorithm(self) -> str:
        """``alg``, one of ``ALGORITHMS``."""
        return str(self.header["alg"])

    @property
    def key_id(self) -> str | None:
        """``kid``, if any."""
        kid: str | None = self.header.get("kid")
        return kid


def parse(token: str | bytes, limits: Limits = DEFAULT_LIMITS, *, types: Collection[str] | None = BADGE_TYPES) -> Jws:
    """Take a compact JWS apart (V-JWT-1 to V-JWT-4); nothing is verified.

    Args:
        token: Three base64url parts with dots between, no blanks around.
        limits: ``document_bytes`` for the whole, ``jose_header_bytes``, ``jose_signature_bytes``; before decoding.
        types: Which ``typ`` may stand in the header, compared exactly; none at all is allowed too. None: any.

    Raises:
        LimitError: Too long.
        MalformedError: Not three parts, not strict base64url, no payload, or the header is not strict JSON.
        RefusedError: Another serialization, a forbidden header member, algorithm or ``typ``, an unsafe ``jwk``.
    """
    text = _text(token, limits)
    header_part, payload_part, signature_part = _parts(text)
    _check_length("header", header_part, limits.jose_header_bytes)
    _check_length("signature", signature_part, limits.jose_signature_bytes)
    header = jsontext.parse_object(_decoded("header", header_part), limits, max_bytes=limits.jose_header_bytes)
    _check_header(header, types)
    if not payload_part:
        raise MalformedError("jws.detached")
    return Jws(
        header=MappingProxyType(header),
        payload=_decoded("payload", payload_part),
        signature=_decoded("signature", signature_part),
        signing_input=f"{header_part}.{payload_part}".encode("ascii"),
        hint=_hint(header),
    )


def verify(jws: Jws, key: PublicKey) -> None:
    """Check the signature; returning means that ``key`` made it over exactly these bytes.

    Args:
        jws: From ``parse``.
        key: A key that the caller has bound to the issuer; never one out of the token.

    Raises:
        RefusedError: ``algorithm.wrong_key``, ``signature.length``, ``signature.form`` or ``signature.wrong``.
    """
    key.verify(jws.signature, jws.signing_input, jws.algorithm)


def verify_independently(token: str, key: PublicKey, algorithm: str) -> None:
    """Let PyJWT, another implementation, check a token that was made here, before it is given out.

    Args:
        token: The compact JWS.
        key: The public half of the key that signed it.
        algorithm: The one it was signed with.

    Raises:
        RefusedError: ``signature.wrong``: PyJWT does not accept it.
    """
    import jwt  # noqa: PLC0415 - loads http and ssl; a verifier never needs it

    try:
        jwt.PyJWS().decode_complete(token, key.cryptography_key, algorithms=[algorithm])
    except jwt.PyJWTError as error:
        raise RefusedError("signature.wrong") from error


def sign(header: Mapping[str, Any], payload: bytes, signer: Signer) -> str:
    """A compact JWS over ``payload``.

    Args:
        header: Members besides ``alg``, which is the signer's; ``typ`` and ``kid`` usually.
        payload: The bytes to sign, at least one.
        signer: Whose signature.

    Raises:
        ConfigurationError: ``jws.header``: the header holds something a reader refuses, or another ``alg``; or
            ``algorithm.wrong_key``: the signer's algorithm does not fit its key.
        IssuingError: ``jws.signer``: the signer's answer cannot be a signature, e.g. DER instead of r||s.
    """
    algorithm, key = signer.algorithm, signer.public_key
    if algorithm not in key.algorithms:
        raise ConfigurationError("algorithm.wrong_key", algorithm=algorithm, kind=key.kind, allowed=key.algorithms)
    full = {"alg": algorithm, **header}
    try:
        _check_header(full, None)
        encoded = jsontext.dump(full)
    except OpenBadgesError as error:
        raise ConfigurationError("jws.header", reason=error.detail) from error
    if full["alg"] != algorithm:
        raise ConfigurationError("jws.header_algorithm", found=full["alg"], expected=algorithm)
    if not payload:
        raise ConfigurationError("jws.detached")
    signing_input = f"{encode_base64url(encoded)}.{encode_base64url(payload)}"
    signature = signer.sign(signing_input.encode("ascii"))
    try:
        key.check_signature_form(signature, algorithm)
    except RefusedError as error:
        raise IssuingError("jws.signer", reason=error.detail) from error
    return f"{signing_input}.{encode_base64url(signature)}"


def _text(token: str | bytes, limits: Limits) -> str:
    if not isinstance(token, (str, bytes)):
        raise MalformedError("jws.character")
    if len(token) > limits.document_bytes:
        raise LimitError("jws.too_long", limit=limits.document_bytes)
    try:
        text = token.decode("ascii") if isinstance(token, bytes) else token
    except UnicodeDecodeError as error:
        raise MalformedError("jws.character") from error
    if text.lstrip().startswith("{"):
        raise RefusedError("jws.json_serialization")
    if "~" in text:
        raise RefusedError("jws.selective_disclosure")
    return text


def _parts(text: str) -> list[str]:
    dots = text.count(".")
    if dots == 4:
        raise RefusedError("jws.encrypted")
    if dots != 2:
        raise MalformedError("jws.parts", found=dots + 1)
    parts = text.split(".")
    if not all(consists_of(part, _CHARACTERS) for part in parts):
        raise MalformedError("jws.character")
    return parts


def _check_length(name: str, part: str, limit: int) -> None:
    if len(part) * 3 // 4 > limit:
        raise LimitError("jws.part_too_long", part=name, limit=limit)


def _decoded(name: str, part: str) -> bytes:
    try:
        return decode_base64url(part)
    except MalformedError as error:
        raise MalformedError("jws.base64url", part=name, reason=error.detail) from error


def _check_header(header: Mapping[str, Any], types: Collection[str] | None) -> None:
    for name, code in _FORBIDDEN_MEMBERS.items():
        if name in header:
            raise RefusedError(code, name=name)
    for name in _TEXT_MEMBERS:
        if name in header and not isinstance(header[name], str):
            raise MalformedError("jws.member_text", name=name)
    algorithm = header.get("alg")
    if algorithm is None:
        raise MalformedError("jws.no_algorithm")
    if algorithm not in ALGORITHMS:
        raise RefusedError(_algorithm_code(algorithm), algorithm=algorithm, allowed=ALGORITHMS)
    kind = header.get("typ")
    if types is not None and kind is not None and kind not in types:
        raise RefusedError("jws.type", typ=kind, allowed=tuple(types))


def _algorithm_code(algorithm: str) -> str:
    if algorithm.lower() == "none":
        return "jws.unsigned"
    return "jws.symmetric" if _SYMMETRIC.fullmatch(algorithm) else "jws.algorithm"


def _hint(header: Mapping[str, Any]) -> PublicKey | None:
    """The header's key. One that is private, weak or unreadable is refused even where another key decides."""
    return PublicKey.from_jwk(header["jwk"]) if "jwk" in header else None
