"""The ``proofValue`` of base and derived proofs: a header and a CBOR array (ECDSA Cryptosuites 1.0, section 3.4).

What is read comes from strangers. cbor2 sees only what a scan has found to be made of numbers, byte strings, texts,
arrays and maps, a few levels deep; tags, which cbor2 would turn into all sorts of objects, are refused. What it then
reads has to be written in the one shortest form, so that no member is there twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from openbadges.encoding.base import decode_base64url, decode_multibase, encode_base64url, encode_multibase
from openbadges.errors import MalformedError, RefusedError
from openbadges.keys.public import PublicKey
from openbadges.proofs.selective.limits import SELECTIVE_LIMITS

__all__ = ["BaseValue", "DerivedValue", "key_bytes", "read_base", "read_derived", "write_base", "write_derived"]

_BASE, _DERIVED = b"\xd9\x5d\x00", b"\xd9\x5d\x01"
_P256 = b"\x80\x24"  # multicodec prefix
_PLACE = "/proof/proofValue"
_NUMBER, _BYTES, _TEXT, _ARRAY, _MAP = 0, 2, 3, 4, 5  # major types (RFC 8949, section 3.1)
_DEEPEST: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseValue:
    """What the issuer hands to the holder.

    Attributes:
        signature: The issuer's, over proof, ephemeral key and mandatory statements.
        public_key: The ephemeral key that signed the statements.
        hmac_key: 32 bytes, the secret that the names of blank nodes are made with.
        signatures: One for each statement that is not mandatory, in the order of the statements.
        mandatory_pointers: What every derived document shows.
    """

    signature: bytes
    public_key: PublicKey
    hmac_key: bytes = field(repr=False)
    signatures: tuple[bytes, ...]
    mandatory_pointers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivedValue:
    """What the holder hands to a verifier.

    Attributes:
        signature: The issuer's, as in the base proof.
        public_key: The ephemeral key.
        signatures: One for each statement shown that is not mandatory, in the order of the statements.
        labels: Canonical label of each blank node of what is shown -> the label the issuer signed; without ``_:``.
        mandatory_indexes: Which of the statements shown are the mandatory ones.
    """

    signature: bytes
    public_key: PublicKey
    signatures: tuple[bytes, ...]
    labels: Mapping[str, str]
    mandatory_indexes: tuple[int, ...]


def key_bytes(key: PublicKey) -> bytes:
    """The 35 bytes of a P-256 Multikey before base58."""
    return _P256 + key.raw


def write_base(value: BaseValue) -> str:
    """The ``proofValue`` text of a base proof."""
    return _written(
        _BASE,
        [
            value.signature,
            key_bytes(value.public_key),
            value.hmac_key,
            list(value.signatures),
            list(value.mandatory_pointers),
        ],
    )


def read_base(text: object) -> BaseValue:
    """Read the ``proofValue`` of a base proof.

    Raises:
        LimitError, MalformedError: Not such a value.
        RefusedError: ``selective.derived_proof``, or an ephemeral key that is unsafe.
    """
    signature, key, hmac_key, signatures, pointers = _parts(text, _BASE)
    if not isinstance(pointers, list) or not all(isinstance(pointer, str) for pointer in pointers):
        raise _unreadable()
    return BaseValue(
        signature=_bytes(signature, 64),
        public_key=_key(key),
        hmac_key=_bytes(hmac_key, 32),
        signatures=_signatures(signatures),
        mandatory_pointers=tuple(pointers),
    )


def write_derived(value: DerivedValue) -> str:
    """The ``proofValue`` text of a derived proof; labels are written as numbers and bytes."""
    labels = {int(label.removeprefix("c14n")): decode_base64url(new[1:]) for label, new in value.labels.items()}
    return _written(
        _DERIVED,
        [
            value.signature,
            key_bytes(value.public_key),
            list(value.signatures),
            dict(sorted(labels.items())),
            list(value.mandatory_indexes),
        ],
    )


def read_derived(text: object) -> DerivedValue:
    """Read the ``proofValue`` of a derived proof.

    Raises:
        LimitError, MalformedError: Not such a value; two labels that would become one are not one either.
        RefusedError: ``selective.base_proof``, or an ephemeral key that is unsafe.
    """
    signature, key, signatures, labels, indexes = _parts(text, _DERIVED)
    if not isinstance(labels, dict) or not all(type(number) is int for number in labels):
        raise _unreadable()
    names = {f"c14n{number}": "u" + encode_base64url(_bytes(name, 32)) for number, name in labels.items()}
    if len(set(names.values())) != len(names):
        raise _unreadable()
    if not isinstance(indexes, list) or not all(type(index) is int for index in indexes):
        raise _unreadable()
    if len(set(indexes)) != len(indexes):
        raise _unreadable()
    return DerivedValue(
        signature=_bytes(signature, 64),
        public_key=_key(key),
        signatures=_signatures(signatures),
        labels=names,
        mandatory_indexes=tuple(indexes),
    )


def _written(header: bytes, parts: list[Any]) -> str:
    import cbor2  # noqa: PLC0415 - few badges need it

    return encode_multibase(header + cbor2.dumps(parts), "u")


def _parts(text: object, header: bytes) -> list[Any]:
    import cbor2  # noqa: PLC0415 - few badges need it

    if not isinstance(text, str) or not text.startswith("u"):
        raise MalformedError("selective.value_form", pointer=_PLACE)
    data = decode_multibase(text, max_chars=SELECTIVE_LIMITS.proof_value_chars)
    found, content = data[:3], data[3:]
    if found != header and found in (_BASE, _DERIVED):
        raise RefusedError("selective.base_proof" if found == _BASE else "selective.derived_proof", pointer=_PLACE)
    if found != header:
        raise _unreadable()
    _scan(content)
    try:
        parts = cbor2.loads(content)
    except cbor2.CBORDecodeError as error:
        raise _unreadable() from error
    if not isinstance(parts, list) or len(parts) != 5 or cbor2.dumps(parts) != content:
        raise _unreadable()
    return parts


def _scan(data: bytes) -> None:
    """Refuse all but plain items of definite length; every step takes a byte of the input, so it ends."""
    position, expected = 0, [1]  # items still to come on each level
    while expected:
        if not expected[-1]:
            expected.pop()
            continue
        expected[-1] -= 1
        major, argument, position = _head(data, position)
        if major in (_BYTES, _TEXT):
            position += argument
        elif major in (_ARRAY, _MAP) and len(expected) < _DEEPEST:
            expected.append(argument if major == _ARRAY else 2 * argument)
        elif major != _NUMBER:
            raise _unreadable()
    if position != len(data):
        raise _unreadable()


def _head(data: bytes, position: int) -> tuple[int, int, int]:
    """Major type, argument, and where the content begins (RFC 8949, section 3)."""
    if position >= len(data):
        raise _unreadable()
    major, short = data[position] >> 5, data[position] & 31
    if short < 24:
        return major, short, position + 1
    end = position + 1 + (1 << (short - 24))
    if short > 27 or end > len(data):
        raise _unreadable()
    return major, int.from_bytes(data[position + 1 : end], "big"), end


def _signatures(value: object) -> tuple[bytes, ...]:
    if not isinstance(value, list):
        raise _unreadable()
    return tuple(_bytes(signature, 64) for signature in value)


def _key(value: object) -> PublicKey:
    data = _bytes(value, 35)
    if not data.startswith(_P256):
        raise _unreadable()
    return PublicKey("P-256", data[2:])


def _bytes(value: object, length: int) -> bytes:
    if not isinstance(value, bytes) or len(value) != length:
        raise _unreadable()
    return value


def _unreadable() -> MalformedError:
    return MalformedError("selective.value_content", pointer=_PLACE)
