"""Base58btc, base64url and multibase, strictly: one text for one value, and a bound on length before any work.

Base58 follows draft-msporny-base58 (the Bitcoin alphabet), base64url RFC 4648 section 5 without padding, multibase the
two encodings that Multikey and status lists use (Controlled Identifiers 1.0, section 2.4).
"""

from __future__ import annotations

import base64
import binascii
from types import MappingProxyType

from openbadges.errors import ConfigurationError, LimitError, MalformedError, UnsupportedError

__all__ = [
    "consists_of",
    "decode_base58",
    "decode_base64url",
    "decode_multibase",
    "encode_base58",
    "encode_base64url",
    "encode_multibase",
]

_BASE58_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BASE58_PAIRS = tuple(first + second for first in _BASE58_ALPHABET for second in _BASE58_ALPHABET)
_NO_DIGIT = 0xFF
_BASE58_DIGITS = bytes(_BASE58_ALPHABET.encode().find(byte) & _NO_DIGIT for byte in range(256))
_PIECE = 128  # digits of base 58, more than a signature has; a power of two
# Lane by lane, first of one digit, then of two, of four ...: bits of a lane, those bits in every second lane, its base.
_LANES = tuple(
    (width, sum(((1 << width) - 1) << place for place in range(0, 8 * _PIECE, 2 * width)), 58 ** (width // 8))
    for width in (8 * 2**step for step in range(7))
)

_BASE64URL_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_BASE64URL_BYTES = _BASE64URL_ALPHABET.encode("ascii")
_AS_BASE64 = bytes.maketrans(b"-_+/=", b"+/???")  # what only the other alphabet has is no character of any
# Bits of the last character that stand for nothing, by length of the last group: they have to be zero.
_UNUSED_BITS = MappingProxyType({0: 0b000000, 2: 0b001111, 3: 0b000011})

# Other prefixes of the multibase registry, so that the refusal can say what it met.
_OTHER_MULTIBASES = MappingProxyType(
    {
        "0": "base2",
        "7": "base8",
        "9": "base10",
        "f": "base16",
        "F": "base16upper",
        "b": "base32",
        "B": "base32upper",
        "c": "base32pad",
        "C": "base32padupper",
        "v": "base32hex",
        "V": "base32hexupper",
        "t": "base32hexpad",
        "T": "base32hexpadupper",
        "h": "base32z",
        "k": "base36",
        "K": "base36upper",
        "R": "base45",
        "Z": "base58flickr",
        "m": "base64",
        "M": "base64pad",
        "U": "base64urlpad",
        "🚀": "base256emoji",
    }
)


def encode_base58(data: bytes) -> str:
    """Base58btc text of ``data``; each leading zero byte becomes a leading ``1``."""
    zeros = len(data) - len(data.lstrip(b"\0"))
    value = int.from_bytes(data, "big")
    pairs: list[str] = []
    while value:
        value, two_digits = divmod(value, 58**2)
        pairs.append(_BASE58_PAIRS[two_digits])
    return "1" * zeros + "".join(reversed(pairs)).lstrip("1")


def decode_base58(text: str, *, max_chars: int) -> bytes:
    """Bytes of a base58btc text.

    Args:
        text: Characters of the Bitcoin alphabet only; no blanks.
        max_chars: Longest text that is worked on: decoding is quadratic.

    Raises:
        LimitError: ``base58.too_long``.
        MalformedError: ``base58.character``.
    """
    if len(text) > max_chars:
        raise LimitError("base58.too_long", limit=max_chars)
    digits = text.encode("utf-8", "surrogatepass").translate(_BASE58_DIGITS)
    if _NO_DIGIT in digits:
        wrong = next(character for character in text if character not in _BASE58_ALPHABET)
        raise MalformedError("base58.character", character=wrong)
    value = 0
    for start in range(0, len(digits), _PIECE):
        piece = digits[start : start + _PIECE]
        value = value * 58 ** len(piece) + _joined(piece)
    zeros = len(text) - len(text.lstrip("1"))
    return b"\0" * zeros + value.to_bytes((value.bit_length() + 7) // 8, "big")


def _joined(digits: bytes) -> int:
    """The number whose digits in base 58 these are, one a byte, at most ``_PIECE``.

    Every two neighbours are joined into one digit of the square of the base, all of them at once, until one is left.
    Digit by digit the signature of a badge would take as long as all of its JSON.
    """
    value = int.from_bytes(digits, "big")
    for width, even, base in _LANES:
        value = ((value >> width) & even) * base + (value & even)
    return value


def consists_of(text: str, characters: bytes) -> bool:
    """Whether a text has these ASCII characters only; ten times as fast as a pattern, which counts for long texts."""
    return text.isascii() and not text.encode("ascii").translate(None, characters)


def encode_base64url(data: bytes) -> str:
    """Base64url text of ``data`` without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def decode_base64url(text: str, *, max_chars: int | None = None) -> bytes:
    """Bytes of a base64url text without padding.

    Args:
        text: Letters, digits, ``-`` and ``_`` only; unused bits of the last character are zero.
        max_chars: Longest text that is worked on, None where the caller has bounded it already.

    Raises:
        LimitError: ``base64url.too_long``.
        MalformedError: ``base64url.padding``, ``base64url.character``, ``base64url.length`` or
            ``base64url.trailing_bits``.
    """
    if max_chars is not None and len(text) > max_chars:
        raise LimitError("base64url.too_long", limit=max_chars)
    rest = len(text) % 4
    try:
        padded = text.encode("ascii").translate(_AS_BASE64) + b"=" * (-rest % 4)
        data = binascii.a2b_base64(padded, strict_mode=True)
    except ValueError as error:
        if consists_of(text, _BASE64URL_BYTES):
            raise MalformedError("base64url.length") from error
        raise MalformedError("base64url.padding" if text.endswith("=") else "base64url.character") from error
    if text and _BASE64URL_ALPHABET.index(text[-1]) & _UNUSED_BITS[rest]:
        raise MalformedError("base64url.trailing_bits")
    return data


def encode_multibase(data: bytes, prefix: str = "z") -> str:
    """Multibase text of ``data``: ``z`` for base58btc or ``u`` for base64url without padding.

    Raises:
        ConfigurationError: Another prefix.
    """
    if prefix == "z":
        return "z" + encode_base58(data)
    if prefix == "u":
        return "u" + encode_base64url(data)
    raise ConfigurationError("multibase.unsupported", prefix=prefix, name=_OTHER_MULTIBASES.get(prefix, "unknown"))


def decode_multibase(text: str, *, max_chars: int) -> bytes:
    """Bytes of a multibase text that starts with ``z`` or ``u``.

    Args:
        text: The prefix and what it announces.
        max_chars: Longest text that is worked on, the prefix included.

    Raises:
        LimitError: ``multibase.too_long``.
        MalformedError: Empty, an unknown prefix, or characters that are not of the announced encoding.
        UnsupportedError: A registered encoding that is neither ``z`` nor ``u``.
    """
    if len(text) > max_chars:
        raise LimitError("multibase.too_long", limit=max_chars)
    prefix, rest = text[:1], text[1:]
    if prefix == "z":
        return decode_base58(rest, max_chars=max_chars)
    if prefix == "u":
        return decode_base64url(rest)
    if not prefix:
        raise MalformedError("multibase.empty")
    if prefix in _OTHER_MULTIBASES:
        raise UnsupportedError("multibase.unsupported", prefix=prefix, name=_OTHER_MULTIBASES[prefix])
    raise MalformedError("multibase.unknown", prefix=prefix)
