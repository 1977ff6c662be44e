"""Multikey: a multicodec prefix and key bytes as base58btc (Controlled Identifiers 1.0, section 2.2.2).

Bytes and names only; whether the bytes are a sound key is decided in ``openbadges.keys``.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from openbadges.encoding.base import decode_base58, encode_base58
from openbadges.errors import ConfigurationError, LimitError, MalformedError, UnsupportedError
from openbadges.limits import DEFAULT_LIMITS, Limits

__all__ = ["KEY_CODES", "KeyCode", "Multikey", "decode_multikey", "encode_multikey"]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyCode:
    """One row of the multicodec table: kind of key, prefix bytes (a varint), and exact length of the key in bytes."""

    kind: str
    prefix: bytes
    length: int | None  # None: the length varies
    secret: bool = False
    supported: bool = True


KEY_CODES: tuple[KeyCode, ...] = (
    KeyCode(kind="Ed25519", prefix=b"\xed\x01", length=32),
    KeyCode(kind="P-256", prefix=b"\x80\x24", length=33),
    KeyCode(kind="P-384", prefix=b"\x81\x24", length=49),
    KeyCode(kind="RSA", prefix=b"\x85\x24", length=None),
    KeyCode(kind="Ed25519", prefix=b"\x80\x26", length=32, secret=True),
    KeyCode(kind="P-256", prefix=b"\x86\x26", length=32, secret=True),
    KeyCode(kind="P-384", prefix=b"\x87\x26", length=48, secret=True),
    # recognised, so that the answer can name them
    KeyCode(kind="X25519", prefix=b"\xec\x01", length=32, supported=False),
    KeyCode(kind="secp256k1", prefix=b"\xe7\x01", length=33, supported=False),
    KeyCode(kind="P-521", prefix=b"\x82\x24", length=67, supported=False),
    KeyCode(kind="BLS12-381 G1", prefix=b"\xea\x01", length=48, supported=False),
    KeyCode(kind="BLS12-381 G2", prefix=b"\xeb\x01", length=96, supported=False),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Multikey:
    """Decoded Multikey: which kind of key, its bytes, and whether they are a secret."""

    kind: str
    key: bytes = field(repr=False)
    secret: bool = False


def decode_multikey(text: str, limits: Limits = DEFAULT_LIMITS) -> Multikey:
    """Read a Multikey text such as ``z6Mk...``.

    Args:
        text: ``z`` and base58btc; other multibase prefixes are not allowed here.
        limits: ``did_key_chars`` bounds every kind but RSA, ``did_key_rsa_chars`` RSA and the decoding itself.

    Raises:
        LimitError: Longer than the kind may be.
        MalformedError: Not ``z``, not base58btc, or not the exact length of the kind.
        UnsupportedError: A kind of key that this library does not use, named where it is known.
    """
    if not isinstance(text, str):
        raise MalformedError("multikey.prefix")
    if len(text) > limits.did_key_rsa_chars:
        raise LimitError("multikey.too_long", limit=limits.did_key_rsa_chars)
    if not text.startswith("z"):
        raise MalformedError("multikey.prefix")
    data = decode_base58(text[1:], max_chars=limits.did_key_rsa_chars)
    code = next((code for code in KEY_CODES if data.startswith(code.prefix)), None)
    if len(text) > limits.did_key_chars and (code is None or code.length is not None):
        raise LimitError("multikey.too_long", limit=limits.did_key_chars)
    if code is None:
        raise UnsupportedError("multikey.unknown", prefix=data[:2].hex())
    key = data[len(code.prefix) :]
    if code.length is not None and len(key) != code.length:
        raise MalformedError("multikey.length", kind=code.kind, expected=code.length, found=len(key))
    if not code.supported:
        raise UnsupportedError("multikey.unsupported", kind=code.kind)
    return Multikey(kind=code.kind, key=key, secret=code.secret)


def encode_multikey(kind: str, key: bytes, *, secret: bool = False) -> str:
    """Multikey text of key bytes.

    Args:
        kind: ``"Ed25519"``, ``"P-256"``, ``"P-384"`` or ``"RSA"`` (RSA has no secret form).
        key: Ed25519: 32 bytes; EC public: the compressed point; EC secret: the scalar; RSA: PKCS#1 DER.
        secret: Whether ``key`` is the secret half.

    Raises:
        ConfigurationError: No such form, or the wrong number of bytes.
    """
    for code in KEY_CODES:
        if code.kind == kind and code.secret == secret and code.length in (None, len(key)):
            return "z" + encode_base58(code.prefix + key)
    raise ConfigurationError("multikey.no_form", kind=kind, found=len(key))
