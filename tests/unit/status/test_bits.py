"""The bits of a status list: V-ST-3 and Bitstring Status List 1.0."""

from __future__ import annotations

import gzip
import io
import random
import time
import tracemalloc
import zlib
from base64 import urlsafe_b64encode
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openbadges.errors import ConfigurationError, MalformedError, OpenBadgesError
from openbadges.limits import Limits
from openbadges.status import LEAST_ENTRIES, StatusBits, decode, encode, value_at

LEAST = 16 * 1024


def text_of(packed: bytes) -> str:
    return "u" + urlsafe_b64encode(packed).rstrip(b"=").decode()


def code_of(encoded: str, limits: Limits | None = None) -> str:
    with pytest.raises(MalformedError) as caught:
        decode(encoded, limits or Limits())
    assert caught.value.detail != caught.value.code, "the code has a sentence"
    return caught.value.code


def test_index_zero_is_the_leftmost_bit() -> None:
    bits = bytes([0b1000_0001]) + bytes(LEAST - 1)
    assert [value_at(bits, index) for index in (0, 1, 6, 7, 8)] == [1, 0, 0, 1, 0]


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.binary(max_size=200), st.integers(LEAST, LEAST + 100))
def test_decode_after_encode_is_the_identity(start: bytes, size: int) -> None:
    bits = start.ljust(size, b"\0")
    assert decode(encode(bits)) == bits


def test_encoding_is_deterministic_gzip_without_time_or_name() -> None:
    text = encode(bytes(LEAST))
    assert text == encode(bytearray(LEAST))
    assert text.startswith("uH4sIAAAAAAAA")
    assert gzip.decompress(zlib_bytes(text)) == bytes(LEAST)


def zlib_bytes(text: str) -> bytes:
    from base64 import urlsafe_b64decode

    return urlsafe_b64decode(text[1:] + "=" * (-len(text[1:]) % 4))


def test_a_named_and_dated_gzip_file_is_read() -> None:
    packed = io.BytesIO()
    with gzip.GzipFile("list.bin", "wb", fileobj=packed, mtime=1) as file:
        file.write(bytes(LEAST))
    assert decode(text_of(packed.getvalue())) == bytes(LEAST)


WHOLE = gzip.compress(bytes(LEAST), mtime=0)


@pytest.mark.parametrize(
    ("encoded", "code"),
    [
        ("", "status.list_prefix"),
        (text_of(WHOLE)[1:], "status.list_prefix"),
        ("z" + text_of(WHOLE)[1:], "status.list_prefix"),
        ("U" + text_of(WHOLE)[1:], "status.list_prefix"),
        (text_of(WHOLE) + "=", "status.list_base64"),
        (text_of(WHOLE) + "\n", "status.list_base64"),
        ("uH4sI AAAA", "status.list_base64"),
        ("uH4sIAAAAAAA+", "status.list_base64"),
        ("uH4sI\u0661", "status.list_base64"),
        ("u", "status.list_gzip"),
        ("uAAAA", "status.list_gzip"),
        (text_of(zlib.compress(bytes(LEAST))), "status.list_gzip"),
        (text_of(WHOLE[:-1]), "status.list_gzip"),
        (text_of(WHOLE + b"\0"), "status.list_gzip"),
        (text_of(WHOLE + WHOLE), "status.list_gzip"),
        (text_of(WHOLE[:-5] + b"\1" + WHOLE[-4:]), "status.list_gzip"),
        (text_of(gzip.compress(bytes(LEAST - 1), mtime=0)), "status.list_length"),
        (text_of(gzip.compress(b"", mtime=0)), "status.list_length"),
    ],
)
def test_refusals(encoded: str, code: str) -> None:
    assert code_of(encoded) == code


def test_every_truncation_ends_in_our_error() -> None:
    for length in range(len(WHOLE)):
        assert code_of(text_of(WHOLE[:length])) == "status.list_gzip"


def test_limits_just_under_and_just_over() -> None:
    size = LEAST + 10
    text = text_of(gzip.compress(bytes(size)))
    assert len(decode(text, Limits(status_list_bytes=size, status_document_bytes=len(text)))) == size
    assert code_of(text, Limits(status_list_bytes=size - 1)) == "status.list_too_large"
    assert code_of(text, Limits(status_document_bytes=len(text) - 1)) == "status.list_text_too_large"


def test_list_bomb_is_stopped_at_the_limit() -> None:
    """V-ST-3: 256 MiB of zeros; inflating stops at 8 MiB and holds little more."""
    deflater = zlib.compressobj(9, zlib.DEFLATED, 31)
    zeros = bytes(1024 * 1024)
    text = text_of(b"".join(deflater.compress(zeros) for _ in range(256)) + deflater.flush())
    before = time.process_time()
    tracemalloc.start()
    try:
        assert code_of(text) == "status.list_too_large"
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 16 * 1024 * 1024
    assert time.process_time() - before < 2


def test_a_large_list_is_held_once() -> None:
    """2**26 entries: reading one of them makes no second copy of the inflated bits."""
    text = encode(bytes(8 * 1024 * 1024))
    tracemalloc.start()
    try:
        assert value_at(decode(text), 2**26 - 1) == 0
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 12 * 1024 * 1024


def test_a_list_that_cannot_be_packed_is_read_in_many_pieces() -> None:
    noise = random.Random(4).randbytes(300_000)
    assert decode(encode(noise)) == noise


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.one_of(st.text(max_size=40), st.binary(max_size=40).map(text_of)))
def test_any_text_ends_in_our_error(text: str) -> None:
    with pytest.raises(OpenBadgesError):
        decode(text)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.integers(1, 16), st.data())
def test_status_bits_hold_what_was_written(size: int, data: st.DataObject) -> None:
    values = data.draw(st.dictionaries(st.integers(0, LEAST_ENTRIES - 1), st.integers(0, (1 << size) - 1), max_size=8))
    bits = StatusBits(size=size)
    for index in values:
        bits[index] = (1 << size) - 1
    for index, value in values.items():
        bits[index] = value
    again = StatusBits.from_encoded(bits.encoded(), size=size)
    inflated = decode(bits.encoded())
    assert len(again) == LEAST_ENTRIES
    for index, value in values.items():
        assert bits[index] == again[index] == value_at(inflated, index, size) == value
    assert list(again) == sorted(index for index, value in values.items() if value)


@pytest.mark.parametrize("size", [1, 2, 16])
def test_many_entries_are_set_at_once_and_no_others(size: int) -> None:
    wanted = [0, 1, 9, LEAST_ENTRIES - 1]
    bits = StatusBits(size=size)
    bits.set_all(wanted)
    assert (list(bits), {bits[index] for index in wanted}) == (wanted, {1})
    several = StatusBits(size=size)
    several.update({7: 1, 8: 1} if size == 1 else {7: 3, 8: 1})
    assert (several[6], several[7], several[8], several[9]) == (0, 1 if size == 1 else 3, 1, 0)


@pytest.mark.parametrize("size", [1, 2])
@pytest.mark.parametrize("index", [-1, LEAST_ENTRIES])
def test_an_index_outside_the_list_is_named_among_many(size: int, index: int) -> None:
    with pytest.raises(ConfigurationError) as caught:
        StatusBits(size=size).set_all([5, index, 6])
    assert (caught.value.code, caught.value.params["index"]) == ("status.build_index", index)


def test_an_error_of_whoever_gives_the_indexes_is_not_taken_for_a_wrong_index() -> None:
    def given() -> Iterator[int]:
        yield 5
        raise IndexError("no more rows")

    with pytest.raises(IndexError, match="no more rows"):
        StatusBits().set_all(given())


def test_a_bit_is_flipped_in_place() -> None:
    bits = StatusBits()
    bits[94567] = 1
    assert (bits[94566], bits[94567], bits[94568], list(bits)) == (0, 1, 0, [94567])
    bits[94567] = 0
    assert list(bits) == []


@pytest.mark.parametrize(
    ("length", "size", "code"),
    [
        (LEAST_ENTRIES - 8, 1, "status.build_length"),
        (LEAST_ENTRIES + 1, 1, "status.build_length"),
        (2**26 + 8, 1, "status.build_length"),
        (2**25 + 8, 2, "status.build_length"),
        (LEAST_ENTRIES, 0, "status.build_size"),
        (LEAST_ENTRIES, 17, "status.build_size"),
    ],
)
def test_lists_that_no_verifier_reads_are_not_made(length: int, size: int, code: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        StatusBits(length, size=size)
    assert caught.value.code == code
    assert caught.value.detail != code


def test_the_largest_list_can_be_made() -> None:
    assert len(StatusBits(2**26)) == 2**26


@pytest.mark.parametrize(
    ("index", "value", "code"),
    [
        (-1, 1, "status.build_index"),
        (LEAST_ENTRIES, 1, "status.build_index"),
        (0, 2, "status.build_value"),
        (0, -1, "status.build_value"),
    ],
)
def test_places_and_values_are_checked(index: int, value: int, code: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        StatusBits()[index] = value
    assert caught.value.code == code
    assert caught.value.detail != code


def test_a_list_too_short_for_its_size_is_malformed() -> None:
    text = encode(bytes(LEAST))
    with pytest.raises(MalformedError) as caught:
        StatusBits.from_encoded(text, size=2)
    assert caught.value.params == {"entries": LEAST_ENTRIES // 2, "least": LEAST_ENTRIES}
    with pytest.raises(ConfigurationError):
        StatusBits.from_encoded(text, size=0)


def test_bits_left_over_are_malformed() -> None:
    with pytest.raises(MalformedError):
        StatusBits.from_encoded(encode(bytes(3 * LEAST + 1)), size=3)
    assert len(StatusBits.from_encoded(encode(bytes(3 * LEAST + 3)), size=3)) == LEAST_ENTRIES + 8
