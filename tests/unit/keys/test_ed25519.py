"""Ed25519: the library that verifies says what the one that signs says, also where implementations are known to differ.

Points with a part of small order are where they do: some multiply the equation of RFC 8032 section 5.1.7 by the
cofactor, some do not. Only who has the private key can make such a signature, but two verifiers that disagree about a
badge are of no use to a stranger.
"""

from __future__ import annotations

import hashlib
import random

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from openbadges import PublicKey, SigningKey
from openbadges.encoding.multikey import encode_multikey
from openbadges.errors import RefusedError

Point = tuple[int, int]

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
Y_OF_ORDER_8 = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
MESSAGE = b"what the badge says"


def add(one: Point, other: Point) -> Point:
    (x1, y1), (x2, y2) = one, other
    cross = D * x1 * x2 * y1 * y2 % P
    return (x1 * y2 + x2 * y1) * pow(1 + cross, -1, P) % P, (y1 * y2 + x1 * x2) * pow(1 - cross, -1, P) % P


def times(number: int, point: Point) -> Point:
    found = 0, 1
    while number:
        if number & 1:
            found = add(found, point)
        point, number = add(point, point), number >> 1
    return found


def point_at(y: int) -> Point:
    """The point with an even x."""
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    assert (x * x - square) % P == 0
    return (x if x % 2 == 0 else P - x), y


BASE = point_at(4 * pow(5, -1, P) % P)
TWIST = point_at(Y_OF_ORDER_8)


def encoded(point: Point) -> bytes:
    x, y = point
    return (y | (x & 1) << 255).to_bytes(32, "little")


def signed(secret: int, nonce: int, twist_of_key: Point, twist_of_nonce: Point) -> tuple[bytes, bytes, int]:
    """A key and a signature of it, each with something added, and the hash that both are multiplied with."""
    key, commitment = add(times(secret, BASE), twist_of_key), add(times(nonce, BASE), twist_of_nonce)
    digest = hashlib.sha512(encoded(commitment) + encoded(key) + MESSAGE).digest()
    challenge = int.from_bytes(digest, "little") % L
    return encoded(key), encoded(commitment) + ((nonce + challenge * secret) % L).to_bytes(32, "little"), challenge


def fits(key: bytes, signature: bytes, message: bytes = MESSAGE) -> bool:
    try:
        PublicKey("Ed25519", key).verify(signature, message, "EdDSA")
    except RefusedError as error:
        if error.code != "signature.wrong":
            raise
        return False
    return True


def fits_elsewhere(key: bytes, signature: bytes, message: bytes = MESSAGE) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except InvalidSignature:
        return False
    return True


@pytest.mark.parametrize("order", [1, 2, 4, 8])
def test_what_has_a_part_of_small_order_is_judged_without_cofactor(order: int) -> None:
    """With the cofactor all of these would fit; without, those whose small parts cancel each other."""
    twist = times(8 // order, TWIST)
    none = 0, 1
    assert times(order, twist) == none
    answers = set()
    for nonce in range(3, 15):
        for of_key, of_nonce in ((none, none), (twist, none), (none, twist), (twist, twist)):
            key, signature, challenge = signed(7**11, nonce, of_key, of_nonce)
            cancelled = add(of_nonce, times(challenge, of_key)) == none
            assert fits(key, signature) is fits_elsewhere(key, signature) is cancelled
            answers.add(cancelled)
    assert answers == ({True} if order == 1 else {True, False})


def test_both_libraries_say_the_same_of_every_changed_bit() -> None:
    key = SigningKey.from_multikey(encode_multikey("Ed25519", b"\x03" * 32, secret=True))
    raw, signature = key.public_key.raw, key.sign(MESSAGE)
    assert fits(raw, signature)
    for bit in range(8 * 63):  # the last byte is over the order
        changed = bytearray(signature)
        changed[bit // 8] ^= 1 << bit % 8
        assert fits(raw, bytes(changed)) is fits_elsewhere(raw, bytes(changed)) is False
    for bit in range(8 * len(MESSAGE)):
        message = bytearray(MESSAGE)
        message[bit // 8] ^= 1 << bit % 8
        assert not fits(raw, signature, bytes(message))


def test_messages_of_every_length() -> None:
    key = SigningKey.generate("Ed25519")
    chosen = random.Random(11)
    for length in (0, 1, 63, 64, 65, 1_000, 1_000_000):
        message = chosen.randbytes(length)
        assert fits(key.public_key.raw, key.sign(message), message)
        assert not fits(key.public_key.raw, key.sign(message), message + b"\0")
