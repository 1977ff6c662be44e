"""The one table of the kinds of key this library signs and verifies with."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal, Protocol

from openbadges.errors import UnsupportedError
from openbadges.keys.ecdsa import P256, P384
from openbadges.keys.ed25519 import Ed25519Kind
from openbadges.keys.rsa import RsaKind

__all__ = ["KINDS", "KeyKind", "KindName", "kind_named", "kind_owning"]

KindName = Literal["Ed25519", "P-256", "P-384", "RSA"]


class KeyKind(Protocol):
    """What a kind of key can do. ``raw`` is the form a Multikey has; handles are key objects of ``cryptography``.

    ``open_*`` and ``*_from_jwk`` check before they load and raise ``MalformedError`` or ``RefusedError``;
    ``check_form`` raises ``RefusedError`` for signatures that cannot be right whatever was signed.
    """

    @property
    def name(self) -> str:
        """One of ``KindName``."""
        ...

    @property
    def algorithms(self) -> tuple[str, ...]:
        """JOSE algorithm names, the one that ``sign`` makes first."""
        ...

    def owns(self, handle: object) -> bool:
        """Whether a public key object is of this kind."""
        ...

    def open_public(self, raw: bytes) -> Any:
        """Check and load a public key."""
        ...

    def raw_public(self, handle: Any) -> bytes:
        """The raw form of a public key."""
        ...

    def jwk(self, handle: Any) -> dict[str, str]:
        """Public members, those of the RFC 7638 thumbprint and no other."""
        ...

    def raw_from_jwk(self, jwk: Mapping[str, Any]) -> bytes:
        """Raw public key from public members."""
        ...

    def check_form(self, handle: Any, signature: bytes) -> None:
        """Refuse a signature of impossible form."""
        ...

    def verify(self, handle: Any, signature: bytes, data: bytes, algorithm: str) -> bool:
        """Whether the signature fits."""
        ...

    def generate(self, bits: int | None) -> Any:
        """A fresh private key; ``bits`` is for RSA."""
        ...

    def open_private(self, raw: bytes) -> Any:
        """Check and load a private key."""
        ...

    def raw_private(self, handle: Any) -> bytes:
        """The raw form of a private key."""
        ...

    def private_members(self, handle: Any) -> dict[str, str]:
        """Secret members of the JWK."""
        ...

    def private_from_jwk(self, jwk: Mapping[str, Any]) -> Any:
        """Private key from secret members."""
        ...

    def sign(self, handle: Any, data: bytes) -> bytes:
        """Sign with the first algorithm; ECDSA as r||s."""
        ...


KINDS: Mapping[str, KeyKind] = MappingProxyType({kind.name: kind for kind in (Ed25519Kind(), P256, P384, RsaKind())})


def kind_named(name: str) -> KeyKind:
    """The kind of that name.

    Raises:
        UnsupportedError: ``key.kind``.
    """
    kind = KINDS.get(name)
    if kind is None:
        raise UnsupportedError("key.kind", kind=name, known=tuple(KINDS))
    return kind


def kind_owning(handle: object) -> KeyKind:
    """The kind a public key object of ``cryptography`` is of.

    Raises:
        UnsupportedError: ``key.kind``.
    """
    for kind in KINDS.values():
        if kind.owns(handle):
            return kind
    found = getattr(getattr(handle, "curve", None), "name", None) or type(handle).__name__
    raise UnsupportedError("key.kind", kind=found, known=tuple(KINDS))
