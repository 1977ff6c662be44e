"""RSA signatures, PKCS#1 v1.5 and PSS with SHA-256 (RFC 8017, RFC 7518 sections 3.3 and 3.5)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from openbadges.encoding.base import encode_base64url
from openbadges.errors import ConfigurationError, MalformedError, RefusedError
from openbadges.keys.jwk_members import member_number
from openbadges.keys.serialized import load_der_public_key, public_bytes

__all__ = ["DEFAULT_BITS", "RsaKind"]

SMALLEST_BITS = 2048
LARGEST_BITS = 8192
DEFAULT_BITS = 3072  # 128-bit strength (NIST SP 800-57)
_LARGEST_BYTES = LARGEST_BITS // 8

_PADDINGS: Mapping[str, padding.AsymmetricPadding] = MappingProxyType(
    {
        "RS256": padding.PKCS1v15(),
        "PS256": padding.PSS(mgf=padding.MGF1(hashes.SHA256()), salt_length=32),
    }
)

_PRIMES = tuple(n for n in range(3, 168) if all(n % factor for factor in range(2, 13) if factor < n))
_ROCA_RESIDUES = tuple((prime, frozenset(pow(65537, power, prime) for power in range(prime))) for prime in _PRIMES)


def _has_roca_fingerprint(modulus: int) -> bool:
    """Whether a smart card with CVE-2017-15361 made it: its primes, and so n, are powers of 65537 mod small primes."""
    return all(modulus % prime in residues for prime, residues in _ROCA_RESIDUES)


def _check_numbers(modulus: int, exponent: int) -> None:
    if not SMALLEST_BITS <= modulus.bit_length() <= LARGEST_BITS:
        raise RefusedError("key.rsa_size", bits=modulus.bit_length(), least=SMALLEST_BITS, most=LARGEST_BITS)
    if exponent < 3 or exponent % 2 == 0 or exponent >= 2**32:
        raise RefusedError("key.rsa_exponent")
    if modulus % 2 == 0 or _has_roca_fingerprint(modulus):
        raise RefusedError("key.rsa_modulus")


def _unsigned(number: int) -> str:
    return encode_base64url(number.to_bytes((number.bit_length() + 7) // 8, "big"))


class RsaKind:
    """What there is to do with RSA keys; raw form is the PKCS#1 RSAPublicKey in DER."""

    name = "RSA"
    algorithms = ("RS256", "PS256")

    def owns(self, handle: object) -> bool:
        """Whether a public key object is of this kind."""
        return isinstance(handle, rsa.RSAPublicKey)

    def open_public(self, raw: bytes) -> rsa.RSAPublicKey:
        """Check and load a public key: exact DER, 2048 to 8192 bits, sound exponent."""
        try:
            handle = load_der_public_key(raw)
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            raise MalformedError("key.rsa_bytes") from error
        if not isinstance(handle, rsa.RSAPublicKey) or self.raw_public(handle) != raw:
            raise MalformedError("key.rsa_bytes")
        numbers = handle.public_numbers()
        _check_numbers(numbers.n, numbers.e)
        return handle

    def raw_public(self, handle: rsa.RSAPublicKey) -> bytes:
        """PKCS#1 DER."""
        return public_bytes(handle, "DER", "PKCS1")

    def jwk(self, handle: rsa.RSAPublicKey) -> dict[str, str]:
        """Public members (RFC 7518 section 6.3.1)."""
        numbers = handle.public_numbers()
        return {"kty": "RSA", "n": _unsigned(numbers.n), "e": _unsigned(numbers.e)}

    def raw_from_jwk(self, jwk: Mapping[str, Any]) -> bytes:
        """Raw public key from public members."""
        return self.raw_public(self._numbers(jwk).public_key())

    def check_form(self, handle: rsa.RSAPublicKey, signature: bytes) -> None:
        """As long as the modulus, and below it."""
        length = (handle.key_size + 7) // 8
        if len(signature) != length:
            raise RefusedError("signature.length", expected=length, found=len(signature))
        if int.from_bytes(signature, "big") >= handle.public_numbers().n:
            raise RefusedError("signature.form")

    def verify(self, handle: rsa.RSAPublicKey, signature: bytes, data: bytes, algorithm: str) -> bool:
        """Whether the signature fits."""
        try:
            handle.verify(signature, data, _PADDINGS[algorithm], hashes.SHA256())
        except InvalidSignature:
            return False
        return True

    def generate(self, bits: int | None) -> rsa.RSAPrivateKey:
        """A fresh private key of ``bits`` bits."""
        size = DEFAULT_BITS if bits is None else bits
        if not SMALLEST_BITS <= size <= LARGEST_BITS or size % 8:
            raise ConfigurationError("key.rsa_size", bits=size, least=SMALLEST_BITS, most=LARGEST_BITS)
        return rsa.generate_private_key(public_exponent=65537, key_size=size)

    def open_private(self, raw: bytes) -> rsa.RSAPrivateKey:  # noqa: ARG002 - one shape for all kinds
        """There is no Multikey form of a secret RSA key."""
        raise ConfigurationError("signing_key.no_rsa_multikey")

    def raw_private(self, handle: rsa.RSAPrivateKey) -> bytes:  # noqa: ARG002 - one shape for all kinds
        """There is no Multikey form of a secret RSA key."""
        raise ConfigurationError("signing_key.no_rsa_multikey")

    def private_members(self, handle: rsa.RSAPrivateKey) -> dict[str, str]:
        """Secret members of the JWK (RFC 7518 section 6.3.2)."""
        numbers = handle.private_numbers()
        values = {
            "d": numbers.d,
            "p": numbers.p,
            "q": numbers.q,
            "dp": numbers.dmp1,
            "dq": numbers.dmq1,
            "qi": numbers.iqmp,
        }
        return {name: _unsigned(value) for name, value in values.items()}

    def private_from_jwk(self, jwk: Mapping[str, Any]) -> rsa.RSAPrivateKey:
        """Private key from a JWK with all of d, p, q, dp, dq, qi."""
        d, p, q, dp, dq, qi = (member_number(jwk, name, _LARGEST_BYTES) for name in ("d", "p", "q", "dp", "dq", "qi"))
        public = self._numbers(jwk)
        numbers = rsa.RSAPrivateNumbers(p=p, q=q, d=d, dmp1=dp, dmq1=dq, iqmp=qi, public_numbers=public)
        try:
            return numbers.private_key()
        except ValueError as error:
            raise RefusedError("key.rsa_numbers") from error

    def sign(self, handle: rsa.RSAPrivateKey, data: bytes) -> bytes:
        """RS256, deterministic."""
        return handle.sign(data, padding.PKCS1v15(), hashes.SHA256())

    def _numbers(self, jwk: Mapping[str, Any]) -> rsa.RSAPublicNumbers:
        modulus, exponent = member_number(jwk, "n", _LARGEST_BYTES), member_number(jwk, "e", 4)
        _check_numbers(modulus, exponent)
        return rsa.RSAPublicNumbers(exponent, modulus)
