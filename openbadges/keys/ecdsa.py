"""ECDSA on P-256 and P-384 (FIPS 186-5) with signatures as r||s of fixed length (IEEE P1363, RFC 7518 section 3.4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from openbadges.encoding.base import encode_base64url
from openbadges.errors import MalformedError, RefusedError
from openbadges.keys.jwk_members import member_bytes
from openbadges.keys.serialized import public_bytes

__all__ = ["P256", "P384", "EcdsaKind"]


def _signing_scheme(digest: hashes.HashAlgorithm) -> ec.ECDSA:
    """Deterministic nonces (RFC 6979) where OpenSSL has them: a weak random source then cannot leak the key."""
    try:
        return ec.ECDSA(digest, deterministic_signing=True)
    except UnsupportedAlgorithm:
        return ec.ECDSA(digest)


class EcdsaKind:
    """What there is to do with keys of one curve; raw form is the compressed point."""

    def __init__(
        self, name: str, algorithm: str, curve: ec.EllipticCurve, digest: hashes.HashAlgorithm, order: int
    ) -> None:
        self.name = name
        self.algorithms = (algorithm,)
        self._curve = curve
        self._digest = digest
        self._order = order
        self._size = (curve.key_size + 7) // 8

    def owns(self, handle: object) -> bool:
        """Whether a public key object is of this curve."""
        return isinstance(handle, ec.EllipticCurvePublicKey) and handle.curve.name == self._curve.name

    def open_public(self, raw: bytes) -> ec.EllipticCurvePublicKey:
        """Check and load a public key."""
        if len(raw) != self._size + 1:
            raise MalformedError("key.length", kind=self.name, expected=self._size + 1, found=len(raw))
        if raw[0] not in (2, 3):
            raise MalformedError("key.not_compressed", kind=self.name)
        return self._point(raw)

    def raw_public(self, handle: ec.EllipticCurvePublicKey) -> bytes:
        """The compressed point."""
        return public_bytes(handle, "X962", "CompressedPoint")

    def jwk(self, handle: ec.EllipticCurvePublicKey) -> dict[str, str]:
        """Public members (RFC 7518 section 6.2.1)."""
        point = public_bytes(handle, "X962", "UncompressedPoint")
        x, y = point[1 : 1 + self._size], point[1 + self._size :]
        return {"kty": "EC", "crv": self.name, "x": encode_base64url(x), "y": encode_base64url(y)}

    def raw_from_jwk(self, jwk: Mapping[str, Any]) -> bytes:
        """Raw public key from public members; the point has to be on the curve."""
        x, y = member_bytes(jwk, "x", self._size), member_bytes(jwk, "y", self._size)
        return self.raw_public(self._point(b"\x04" + x + y))

    def check_form(self, handle: ec.EllipticCurvePublicKey, signature: bytes) -> None:  # noqa: ARG002 - one shape for all kinds
        """Two numbers of fixed length, each from 1 to n-1."""
        if len(signature) != 2 * self._size:
            raise RefusedError("signature.length", expected=2 * self._size, found=len(signature))
        if not all(0 < number < self._order for number in self._numbers(signature)):
            raise RefusedError("signature.form")

    def verify(self, handle: ec.EllipticCurvePublicKey, signature: bytes, data: bytes, algorithm: str) -> bool:  # noqa: ARG002 - one algorithm a curve
        """Whether the signature fits."""
        r, s = self._numbers(signature)
        try:
            handle.verify(encode_dss_signature(r, s), data, ec.ECDSA(self._digest))
        except InvalidSignature:
            return False
        return True

    def generate(self, bits: int | None) -> ec.EllipticCurvePrivateKey:  # noqa: ARG002 - one size
        """A fresh private key."""
        return ec.generate_private_key(self._curve)

    def open_private(self, raw: bytes) -> ec.EllipticCurvePrivateKey:
        """A private key from its scalar, which has to be from 1 to n-1."""
        if len(raw) != self._size:
            raise MalformedError("key.length", kind=self.name, expected=self._size, found=len(raw))
        scalar = int.from_bytes(raw, "big")
        if not 0 < scalar < self._order:
            raise RefusedError("key.scalar", kind=self.name)
        return ec.derive_private_key(scalar, self._curve)

    def raw_private(self, handle: ec.EllipticCurvePrivateKey) -> bytes:
        """The scalar, in as many bytes as the curve has."""
        return handle.private_numbers().private_value.to_bytes(self._size, "big")

    def private_members(self, handle: ec.EllipticCurvePrivateKey) -> dict[str, str]:
        """Secret members of the JWK."""
        return {"d": encode_base64url(self.raw_private(handle))}

    def private_from_jwk(self, jwk: Mapping[str, Any]) -> ec.EllipticCurvePrivateKey:
        """Private key from a JWK that holds ``d``."""
        return self.open_private(member_bytes(jwk, "d", self._size))

    def sign(self, handle: ec.EllipticCurvePrivateKey, data: bytes) -> bytes:
        """r||s."""
        r, s = decode_dss_signature(handle.sign(data, _signing_scheme(self._digest)))
        return r.to_bytes(self._size, "big") + s.to_bytes(self._size, "big")

    def _numbers(self, signature: bytes) -> tuple[int, int]:
        return int.from_bytes(signature[: self._size], "big"), int.from_bytes(signature[self._size :], "big")

    def _point(self, encoded: bytes) -> ec.EllipticCurvePublicKey:
        try:
            return ec.EllipticCurvePublicKey.from_encoded_point(self._curve, encoded)
        except ValueError as error:
            raise RefusedError("key.not_on_curve", kind=self.name) from error


P256 = EcdsaKind(
    "P-256",
    "ES256",
    ec.SECP256R1(),
    hashes.SHA256(),
    0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
)
P384 = EcdsaKind(
    "P-384",
    "ES384",
    ec.SECP384R1(),
    hashes.SHA384(),
    0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973,
)
