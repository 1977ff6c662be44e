"""Base58btc, base64url and multibase: one text for one value, bounded before work (V-JWT-4, V-KEY-5)."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openbadges.encoding.base import (
    decode_base58,
    decode_base64url,
    decode_multibase,
    encode_base58,
    encode_base64url,
    encode_multibase,
)
from openbadges.errors import ConfigurationError, LimitError, MalformedError, OpenBadgesError, UnsupportedError


def refusal(call: Callable[[], object]) -> OpenBadgesError:
    with pytest.raises(OpenBadgesError) as caught:
        call()
    assert str(caught.value) != caught.value.code, "the code has a sentence"
    return caught.value


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"\0", "1"),
        (b"\0\0\0", "111"),
        (b"Hello World!", "2NEpo7TZRRrLZSi2U"),
        (bytes.fromhex("0000287fb4cd"), "11233QC4"),
        (b"\xff" * 4, "7YXq9G"),
    ],
)
def test_base58_known_answers(data: bytes, text: str) -> None:
    assert encode_base58(data) == text
    assert decode_base58(text, max_chars=20) == data


@pytest.mark.parametrize("character", ["0", "O", "I", "l", " ", "\n", "+", "é", "١", pytest.param("\ud800", id="half")])
def test_base58_refuses_foreign_characters(character: str) -> None:
    error = refusal(lambda: decode_base58("2NE" + character, max_chars=20))
    assert (type(error), error.code) == (MalformedError, "base58.character")


@pytest.mark.parametrize("length", [1, 2, 31, 64, 93, 94, 95, 127, 128, 129, 600])
def test_base58_is_read_as_digit_by_digit(length: int) -> None:
    """Texts of up to 128 characters are joined lane by lane; longer ones in pieces."""
    alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
    chance = random.Random(length)
    for data in (chance.randbytes(length), b"\xff" * length, bytes(length), b"\0" * 3 + chance.randbytes(length)):
        text = encode_base58(data)
        value = 0
        for character in text:
            value = value * 58 + alphabet.index(character)
        found = decode_base58(text, max_chars=2_000)
        assert found == data
        assert int.from_bytes(found, "big") == value


def test_base58_limit_is_exact_and_comes_before_the_characters() -> None:
    assert decode_base58("1" * 256, max_chars=256) == b"\0" * 256
    error = refusal(lambda: decode_base58("0" * 257, max_chars=256))
    assert (type(error), error.code) == (LimitError, "base58.too_long")


@given(st.binary(max_size=80))
@settings(derandomize=True, max_examples=100)
def test_every_value_survives_both_ways(data: bytes) -> None:
    assert decode_base58(encode_base58(data), max_chars=200) == data
    assert decode_base64url(encode_base64url(data)) == data
    assert decode_multibase(encode_multibase(data), max_chars=200) == data
    assert decode_multibase(encode_multibase(data, "u"), max_chars=200) == data


@pytest.mark.parametrize(
    ("text", "data"),
    [("", b""), ("AA", b"\0"), ("-_-_", b"\xfb\xff\xbf"), ("Zg", b"f"), ("Zm8", b"fo"), ("Zm9v", b"foo")],
)
def test_base64url_known_answers(text: str, data: bytes) -> None:
    assert decode_base64url(text) == data
    assert encode_base64url(data) == text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Zg==", "base64url.padding"),
        ("Zm8=", "base64url.padding"),
        ("Zm9v=", "base64url.padding"),
        ("Zm+v", "base64url.character"),
        ("Zm/v", "base64url.character"),
        ("Zm9v\n", "base64url.character"),
        (" Zm9v", "base64url.character"),
        ("Zm=9", "base64url.character"),
        ("Zmé9", "base64url.character"),
        ("Z", "base64url.length"),
        ("Zm9vZ", "base64url.length"),
        ("Zh", "base64url.trailing_bits"),
        ("Zm9vZh", "base64url.trailing_bits"),
        ("Zm9", "base64url.trailing_bits"),
    ],
)
def test_base64url_is_strict(text: str, code: str) -> None:
    """V-JWT-4."""
    error = refusal(lambda: decode_base64url(text))
    assert (type(error), error.code) == (MalformedError, code)


def test_base64url_trailing_bits_are_judged_bit_by_bit() -> None:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    for value, last in enumerate(alphabet):
        for text, unused in (("A" + last, 0b1111), ("AA" + last, 0b11)):
            if value & unused:
                assert refusal(lambda text=text: decode_base64url(text)).code == "base64url.trailing_bits"
            else:
                assert encode_base64url(decode_base64url(text)) == text


def test_base64url_limit() -> None:
    assert decode_base64url("AAAA", max_chars=4) == b"\0\0\0"
    error = refusal(lambda: decode_base64url("????A", max_chars=4))
    assert (type(error), error.code) == (LimitError, "base64url.too_long")


def test_multibase_refusals() -> None:
    cases: list[tuple[str, type[OpenBadgesError], str]] = [
        ("", MalformedError, "multibase.empty"),
        ("x00", MalformedError, "multibase.unknown"),
        ("f00", UnsupportedError, "multibase.unsupported"),
        ("🚀🏃", UnsupportedError, "multibase.unsupported"),
        ("z0", MalformedError, "base58.character"),
        ("uZg==", MalformedError, "base64url.padding"),
        ("z" * 11, LimitError, "multibase.too_long"),
    ]
    for text, kind, code in cases:
        error = refusal(lambda text=text: decode_multibase(text, max_chars=10))
        assert (type(error), error.code) == (kind, code), text


def test_multibase_writes_only_what_it_reads() -> None:
    error = refusal(lambda: encode_multibase(b"", "f"))
    assert (type(error), error.params["name"]) == (ConfigurationError, "base16")
    assert refusal(lambda: encode_multibase(b"", "?")).params["name"] == "unknown"
