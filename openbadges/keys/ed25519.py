"""Ed25519 (RFC 8032) with the checks that libraries leave out: canonical points, no small order, S below L."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from openbadges.encoding.base import encode_base64url
from openbadges.errors import MalformedError, RefusedError
from openbadges.keys.jwk_members import member_bytes

__all__ = ["Ed25519Kind"]

_P = 2**255 - 19
_L = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P
_Y_MASK = 2**255 - 1

# y-coordinates of the eight points whose order divides 8: for such a "key" one signature fits every message.
_Y_OF_ORDER_8 = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
_SMALL_ORDER_Y = frozenset({0, 1, _P - 1, _Y_OF_ORDER_8, _P - _Y_OF_ORDER_8})


def _check_point(data: bytes, *, not_canonical: str, small_order: str) -> int:
    """The y-coordinate of an encoded point, which has to be canonical and of large order."""
    y = int.from_bytes(data, "little") & _Y_MASK
    if y >= _P:
        raise RefusedError(not_canonical)
    if y in _SMALL_ORDER_Y:
        raise RefusedError(small_order)
    return y


def _is_on_curve(y: int) -> bool:
    """Whether x exists: x^2 = (y^2 - 1) / (d y^2 + 1), so the product of both is a square (Euler's criterion)."""
    square = y * y
    return pow((square - 1) * (_D * square + 1), (_P - 1) // 2, _P) == 1


@cache
def _libsodium() -> tuple[Callable[[bytes, bytes], bytes], type[Exception]]:
    """What verifies, and what it raises: loaded by the first signature, not by ``import openbadges``."""
    from nacl.bindings import crypto_sign_open  # noqa: PLC0415 - as said
    from nacl.exceptions import BadSignatureError  # noqa: PLC0415

    return crypto_sign_open, BadSignatureError


class Ed25519Kind:
    """What there is to do with Ed25519 keys; raw form is the 32 bytes of RFC 8032."""

    name = "Ed25519"
    algorithms = ("EdDSA",)

    def owns(self, handle: object) -> bool:
        """Whether a public key object is of this kind."""
        return isinstance(handle, Ed25519PublicKey)

    def open_public(self, raw: bytes) -> Ed25519PublicKey:
        """Check and load a public key."""
        if len(raw) != 32:
            raise MalformedError("key.length", kind=self.name, expected=32, found=len(raw))
        y = _check_point(raw, not_canonical="key.not_canonical", small_order="key.small_order")
        if not _is_on_curve(y):
            raise RefusedError("key.not_on_curve", kind=self.name)
        return Ed25519PublicKey.from_public_bytes(raw)

    def raw_public(self, handle: Ed25519PublicKey) -> bytes:
        """The 32 bytes of a public key."""
        return handle.public_bytes_raw()

    def jwk(self, handle: Ed25519PublicKey) -> dict[str, str]:
        """Public members (RFC 8037)."""
        return {"kty": "OKP", "crv": "Ed25519", "x": encode_base64url(handle.public_bytes_raw())}

    def raw_from_jwk(self, jwk: Mapping[str, Any]) -> bytes:
        """Raw public key from public members."""
        return member_bytes(jwk, "x", 32)

    def check_form(self, handle: Ed25519PublicKey, signature: bytes) -> None:  # noqa: ARG002 - one shape for all kinds
        """64 bytes, R canonical and of large order, S below L (RFC 8032 section 5.1.7)."""
        if len(signature) != 64:
            raise RefusedError("signature.length", expected=64, found=len(signature))
        if int.from_bytes(signature[32:], "little") >= _L:
            raise RefusedError("signature.form")
        _check_point(signature[:32], not_canonical="signature.form", small_order="signature.form")

    def verify(self, handle: Ed25519PublicKey, signature: bytes, data: bytes, algorithm: str) -> bool:  # noqa: ARG002 - one algorithm
        """Whether the signature fits, without cofactor (RFC 8032 section 5.1.7); see decision 0034."""
        crypto_sign_open, bad_signature = _libsodium()
        try:
            crypto_sign_open(signature + data, handle.public_bytes_raw())
        except bad_signature:
            return False
        return True

    def generate(self, bits: int | None) -> Ed25519PrivateKey:  # noqa: ARG002 - one size
        """A fresh private key."""
        return Ed25519PrivateKey.generate()

    def open_private(self, raw: bytes) -> Ed25519PrivateKey:
        """A private key from its 32-byte seed."""
        if len(raw) != 32:
            raise MalformedError("key.length", kind=self.name, expected=32, found=len(raw))
        return Ed25519PrivateKey.from_private_bytes(raw)

    def raw_private(self, handle: Ed25519PrivateKey) -> bytes:
        """The 32-byte seed."""
        return handle.private_bytes_raw()

    def private_members(self, handle: Ed25519PrivateKey) -> dict[str, str]:
        """Secret members of the JWK."""
        return {"d": encode_base64url(handle.private_bytes_raw())}

    def private_from_jwk(self, jwk: Mapping[str, Any]) -> Ed25519PrivateKey:
        """Private key from a JWK that holds ``d``."""
        return self.open_private(member_bytes(jwk, "d", 32))

    def sign(self, handle: Ed25519PrivateKey, data: bytes) -> bytes:
        """64 bytes, deterministic."""
        return handle.sign(data)
