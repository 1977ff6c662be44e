"""Reading single members of a JSON Web Key (RFC 7517, RFC 7518 section 6) to the byte."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from openbadges.encoding.base import decode_base64url
from openbadges.errors import LimitError, MalformedError
from openbadges.keys.problems import located

__all__ = ["member_bytes", "member_number"]


def _text(jwk: Mapping[str, Any], name: str) -> str:
    value = jwk.get(name)
    if value is None:
        raise MalformedError("jwk.member_missing", pointer=f"/{name}", name=name)
    if not isinstance(value, str):
        raise MalformedError("jwk.member_text", pointer=f"/{name}", name=name)
    return value


def _decoded(jwk: Mapping[str, Any], name: str, max_bytes: int) -> bytes:
    text = _text(jwk, name)
    if len(text) * 3 // 4 > max_bytes:
        raise LimitError("jwk.member_too_long", pointer=f"/{name}", name=name, limit=max_bytes)
    try:
        return decode_base64url(text)
    except MalformedError as error:
        raise located(error, f"/{name}") from error


def member_bytes(jwk: Mapping[str, Any], name: str, length: int) -> bytes:
    """A member of exactly ``length`` bytes: a curve coordinate or scalar, leading zeros kept.

    Raises:
        MalformedError: Absent, not strict base64url, or another length (``LimitError`` when longer).
    """
    data = _decoded(jwk, name, length)
    if len(data) != length:
        raise MalformedError("jwk.member_length", pointer=f"/{name}", name=name, expected=length, found=len(data))
    return data


def member_number(jwk: Mapping[str, Any], name: str, max_bytes: int) -> int:
    """A positive number in as few bytes as it needs, at most ``max_bytes`` (Base64urlUInt).

    Raises:
        MalformedError: Absent, not strict base64url, empty, or with leading zero bytes; ``LimitError`` when longer.
    """
    data = _decoded(jwk, name, max_bytes)
    if not data or data[0] == 0:
        raise MalformedError("jwk.member_number", pointer=f"/{name}", name=name)
    return int.from_bytes(data, "big")
