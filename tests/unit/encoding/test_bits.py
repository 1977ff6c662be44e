"""Bitstrings: index 0 is the most significant bit (V-ST-3)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openbadges.encoding.bits import bit_at, set_indexes, value_at, with_bits
from openbadges.errors import ConfigurationError, RefusedError


@pytest.mark.parametrize(("index", "data"), [(0, "8000"), (1, "4000"), (7, "0100"), (8, "0080"), (15, "0001")])
def test_leftmost_bit_is_index_0(index: int, data: str) -> None:
    assert with_bits(16, [index]).hex() == data
    assert [bit_at(bytes.fromhex(data), each) for each in range(16)].index(True) == index


@given(st.sets(st.integers(0, 255)))
@settings(derandomize=True, max_examples=100)
def test_what_is_set_is_found_and_nothing_else(indexes: set[int]) -> None:
    data = with_bits(256, indexes)
    assert len(data) == 32
    assert list(set_indexes(data)) == sorted(indexes)
    assert {index for index in range(256) if bit_at(data, index)} == indexes


@pytest.mark.parametrize("index", [-1, 16, 10**30])
def test_an_index_outside_is_refused(index: int) -> None:
    for call in (lambda: bit_at(b"\0\0", index), lambda: value_at(b"\0\0", index)):
        with pytest.raises(RefusedError, match="outside the list, which has 16 entries"):
            call()
    with pytest.raises(ConfigurationError, match="outside the list, which has 16 entries"):
        with_bits(16, [index])


def test_entries_of_several_bits_cross_bytes() -> None:
    data = bytes([0b10110100, 0b01110001])
    assert [value_at(data, index, 2) for index in range(8)] == [0b10, 0b11, 0b01, 0b00, 0b01, 0b11, 0b00, 0b01]
    assert [value_at(data, index, 3) for index in range(5)] == [0b101, 0b101, 0b000, 0b111, 0b000]
    assert value_at(data, 0, 16) == 0b1011010001110001
    assert [value_at(data, index) for index in range(8)] == [1, 0, 1, 1, 0, 1, 0, 0]
    with pytest.raises(RefusedError, match="which has 5 entries"):
        value_at(data, 5, 3)


@pytest.mark.parametrize("size", [0, -1])
def test_an_entry_has_at_least_one_bit(size: int) -> None:
    with pytest.raises(ConfigurationError, match="at least one"):
        value_at(b"\0", 0, size)


@pytest.mark.parametrize("length", [0, -8, 7, 12])
def test_a_length_is_a_positive_multiple_of_8(length: int) -> None:
    with pytest.raises(ConfigurationError, match="multiple of 8"):
        with_bits(length, [])
