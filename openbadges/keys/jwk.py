"""JSON Web Keys read strictly (RFC 7517): which kind they are, and what their members allow them to do."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from openbadges.errors import MalformedError, RefusedError, UnsupportedError
from openbadges.keys.kinds import KINDS, KeyKind

__all__ = ["PRIVATE_MEMBERS", "check_allowed", "jwk_kind", "refuse_secrets"]

PRIVATE_MEMBERS = ("d", "p", "q", "dp", "dq", "qi", "oth", "k")  # RFC 7518 section 6

_SAME_ALGORITHM = MappingProxyType({("Ed25519", "Ed25519"): "EdDSA"})  # kind and RFC 9864's name for what it does
_KINDS_BY_CURVE = MappingProxyType({("OKP", "Ed25519"): "Ed25519", ("EC", "P-256"): "P-256", ("EC", "P-384"): "P-384"})


def refuse_secrets(jwk: Mapping[str, Any]) -> None:
    """Refuse a symmetric key, and a key that is published together with its private half.

    Raises:
        RefusedError: ``jwk.symmetric`` or ``jwk.private``; the value is not repeated.
    """
    if jwk.get("kty") == "oct":
        raise RefusedError("jwk.symmetric", pointer="/kty")
    for name in PRIVATE_MEMBERS:
        if name in jwk:
            raise RefusedError("jwk.private", pointer=f"/{name}", name=name)


def jwk_kind(jwk: Mapping[str, Any]) -> KeyKind:
    """The kind of key, by ``kty`` and ``crv``.

    Raises:
        MalformedError: A member is absent or not text.
        UnsupportedError: ``jwk.unsupported``.
    """
    key_type = _optional_text(jwk, "kty")
    if key_type is None:
        raise MalformedError("jwk.member_missing", pointer="/kty", name="kty")
    if key_type == "RSA":
        return KINDS["RSA"]
    curve = _optional_text(jwk, "crv")
    name = _KINDS_BY_CURVE.get((key_type, curve or ""))
    if name is None:
        raise UnsupportedError("jwk.unsupported", kty=key_type, crv=curve or "")
    return KINDS[name]


def check_allowed(jwk: Mapping[str, Any], kind: KeyKind, operation: str) -> str | None:
    """Check ``use``, ``key_ops``, ``alg`` and ``kid``; returns the one algorithm the key is bound to, if any.

    Args:
        jwk: The key.
        kind: Its kind.
        operation: ``"verify"`` or ``"sign"``.

    Raises:
        MalformedError: One of them is not of its JSON type.
        RefusedError: The key is for something else.
    """
    _optional_text(jwk, "kid")
    use = _optional_text(jwk, "use")
    if use not in (None, "sig"):
        raise RefusedError("jwk.use", pointer="/use", use=use)
    operations = jwk.get("key_ops")
    if operations is not None:
        if not isinstance(operations, (list, tuple)) or not all(isinstance(each, str) for each in operations):
            raise MalformedError("jwk.key_ops", pointer="/key_ops")
        if operation not in operations:
            raise RefusedError("jwk.operation", pointer="/key_ops", operation=operation)
    algorithm = _optional_text(jwk, "alg")
    algorithm = _SAME_ALGORITHM.get((kind.name, algorithm or ""), algorithm)
    if algorithm is not None and algorithm not in kind.algorithms:
        raise RefusedError("jwk.algorithm", pointer="/alg", algorithm=algorithm, kind=kind.name)
    return algorithm


def _optional_text(jwk: Mapping[str, Any], name: str) -> str | None:
    value = jwk.get(name)
    if value is not None and not isinstance(value, str):
        raise MalformedError("jwk.member_text", pointer=f"/{name}", name=name)
    return value
