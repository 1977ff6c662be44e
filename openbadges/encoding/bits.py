"""Bitstrings as status lists have them: index 0 is the most significant bit of the first byte.

Bitstring Status List 1.0, section 3.2 (bitstring encoding).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from openbadges.errors import ConfigurationError, RefusedError

__all__ = ["bit_at", "set_indexes", "value_at", "with_bits"]


def bit_at(data: bytes, index: int) -> bool:
    """Whether bit ``index`` is set.

    Raises:
        RefusedError: ``bits.out_of_range``: the index is negative or not below ``8 * len(data)``.
    """
    if not 0 <= index < 8 * len(data):
        raise RefusedError("bits.out_of_range", index=index, length=8 * len(data))
    return bool(data[index // 8] & (0x80 >> index % 8))


def value_at(data: bytes, index: int, size: int = 1) -> int:
    """The unsigned number in entry ``index`` of a list whose entries are ``size`` bits wide (``statusSize``).

    Raises:
        RefusedError: ``bits.out_of_range``: the entry is not wholly inside the list.
        ConfigurationError: ``bits.size``: ``size`` is not positive.
    """
    if size < 1:
        raise ConfigurationError("bits.size", size=size)
    start = index * size
    end = start + size
    if index < 0 or end > 8 * len(data):
        raise RefusedError("bits.out_of_range", index=index, length=8 * len(data) // size)
    window = data[start // 8 : (end + 7) // 8]
    return int.from_bytes(window, "big") >> (-end % 8) & ((1 << size) - 1)


def with_bits(length: int, indexes: Iterable[int]) -> bytes:
    """A bitstring of ``length`` bits in which exactly the bits ``indexes`` are set.

    Args:
        length: Number of bits, a positive multiple of 8.
        indexes: Which bits are set, in any order; repetition does no harm.

    Raises:
        ConfigurationError: ``bits.length`` or ``bits.out_of_range``.
    """
    if length < 8 or length % 8:
        raise ConfigurationError("bits.length", length=length)
    data = bytearray(length // 8)
    for index in indexes:
        if not 0 <= index < length:
            raise ConfigurationError("bits.out_of_range", index=index, length=length)
        data[index // 8] |= 0x80 >> index % 8
    return bytes(data)


def set_indexes(data: bytes) -> Iterator[int]:
    """The indexes of all set bits, ascending."""
    for position, byte in enumerate(data):
        if byte:
            yield from (8 * position + bit for bit in range(8) if byte & (0x80 >> bit))
