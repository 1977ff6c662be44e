"""The bits of a status list and their text form (Bitstring Status List 1.0, sections 3.2 to 3.4).

The text is ``u``, then base64url without padding, of one GZIP member. Entry 0 is the most significant bit of byte 0.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO

from openbadges.encoding.base import decode_base64url, encode_base64url
from openbadges.encoding.bits import set_indexes, value_at
from openbadges.errors import ConfigurationError, LimitError, MalformedError
from openbadges.limits import DEFAULT_LIMITS, Limits

__all__ = ["LEAST_BYTES", "LEAST_ENTRIES", "MOST_STATUS_SIZE", "StatusBits", "decode", "encode", "value_at"]

LEAST_ENTRIES = 131_072  # fewer would point at single holders
LEAST_BYTES = LEAST_ENTRIES // 8
MOST_STATUS_SIZE = 16  # bits an entry; each value needs a message in the badge, so that more could not be read anyway

_GZIP = 31  # zlib's window bits for "GZIP and nothing else"
_PIECE = 32 * 1024  # bytes taken and inflated at a time
_GZIP_HEADER = b"\x1f\x8b\x08\0\0\0\0\0\0\x03"  # no time, no name: the same bits give the same text


def decode(encoded_list: str, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """The inflated bits of an ``encodedList``; inflating stops as soon as the limit is passed (V-ST-3).

    Raises:
        MalformedError: ``status.list_prefix``, ``status.list_base64``, ``status.list_gzip``, or ``status.list_length``
            when there are fewer than 131,072 bits.
        LimitError: The text is over ``status_document_bytes`` or the bits over ``status_list_bytes``.
    """
    if len(encoded_list) > limits.status_document_bytes:
        raise LimitError("status.list_text_too_large", limit=limits.status_document_bytes)
    if not encoded_list.startswith("u"):
        raise MalformedError("status.list_prefix")
    try:
        packed = decode_base64url(encoded_list[1:])
    except MalformedError as error:
        raise MalformedError("status.list_base64") from error
    bits = _inflated(packed, limits.status_list_bytes)
    if len(bits) < LEAST_BYTES:
        raise MalformedError("status.list_length", entries=8 * len(bits), least=LEAST_ENTRIES)
    return bits


def _inflated(packed: bytes, most: int) -> bytes:
    """The contents of exactly one GZIP member, piece by piece so that the whole is held only once."""
    inflater = zlib.decompressobj(_GZIP)
    bits = BytesIO()
    taken, waiting = 0, b""
    try:
        while not inflater.eof:
            if not waiting:
                waiting = packed[taken : taken + _PIECE]
                taken += len(waiting)
            piece = inflater.decompress(waiting, _PIECE)
            waiting = inflater.unconsumed_tail
            if not piece and not waiting and taken == len(packed):
                break
            bits.write(piece)
            if bits.tell() > most:
                raise LimitError("status.list_too_large", limit=most)
    except zlib.error as error:
        raise MalformedError("status.list_gzip") from error
    if not inflater.eof or inflater.unused_data or taken < len(packed):  # cut off, or more behind it
        raise MalformedError("status.list_gzip")
    return bits.getvalue()


def encode(bits: bytes | bytearray) -> str:
    """The ``encodedList`` text of the bits: the same bits give the same text with the same zlib."""
    deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = deflater.compress(bits) + deflater.flush()
    trailer = zlib.crc32(bits).to_bytes(4, "little") + (len(bits) & 0xFFFF_FFFF).to_bytes(4, "little")
    return "u" + encode_base64url(_GZIP_HEADER + packed + trailer)


class StatusBits:
    """The entries of a list, changeable in place: ``bits[94567] = 1``.

    Args:
        length: Number of entries, at least 131,072; ``length * size`` is a multiple of 8.
        size: Bits an entry (``statusSize``), 1 to 16.
        limits: ``status_list_bytes`` bounds the whole.

    Raises:
        ConfigurationError: A length or size that no verifier would read.
    """

    __slots__ = ("_bits", "length", "size")

    def __init__(self, length: int = LEAST_ENTRIES, *, size: int = 1, limits: Limits = DEFAULT_LIMITS) -> None:
        _check_size(size)
        most = 8 * limits.status_list_bytes // size
        if not is_whole(length, LEAST_ENTRIES, most) or length * size % 8:
            raise ConfigurationError("status.build_length", length=length, least=LEAST_ENTRIES, most=most)
        self._bits = bytearray(length * size // 8)
        self.length = length
        self.size = size

    @classmethod
    def from_encoded(cls, encoded_list: str, *, size: int = 1, limits: Limits = DEFAULT_LIMITS) -> StatusBits:
        """The entries of an ``encodedList``.

        Raises:
            MalformedError: As ``decode``; also fewer than 131,072 entries of this size, or not a whole number of them.
            ConfigurationError: ``size`` is not 1 to 16.
        """
        _check_size(size)
        bits = decode(encoded_list, limits)
        entries, left = divmod(8 * len(bits), size)
        if entries < LEAST_ENTRIES or left:
            raise MalformedError("status.list_length", entries=entries, least=LEAST_ENTRIES)
        made = cls(entries, size=size, limits=limits)
        made._bits[:] = bits
        return made

    def __len__(self) -> int:
        return self.length

    def __getitem__(self, index: int) -> int:
        place, shift = self._place(index)
        return int.from_bytes(self._bits[place], "big") >> shift & ((1 << self.size) - 1)

    def __setitem__(self, index: int, value: int) -> None:
        place, shift = self._place(index)
        if not is_whole(value, 0, (1 << self.size) - 1):
            raise ConfigurationError("status.build_value", value=value, size=self.size)
        others = int.from_bytes(self._bits[place], "big") & ~(((1 << self.size) - 1) << shift)
        self._bits[place] = (others | value << shift).to_bytes(place.stop - place.start, "big")

    def update(self, values: Mapping[int, int]) -> None:
        """Set many entries, each to a value of its own.

        Raises:
            ConfigurationError: An index or a value that the list cannot hold.
        """
        if self.size == 1 and list(values.values()).count(1) == len(values):
            self.set_all(values)
            return
        for index, value in values.items():
            self[index] = value

    def set_all(self, indexes: Iterable[int]) -> None:
        """Set many entries to 1; quick for entries of one bit.

        Raises:
            ConfigurationError: An index outside the list, or what is no index.
        """
        if not isinstance(indexes, Iterable):
            raise ConfigurationError("status.build_indexes", kind=type(indexes).__name__)
        places = indexes if isinstance(indexes, Sequence) else list(indexes)
        if self.size > 1 or not self._set_quickly(places):
            for index in places:  # says which one is wrong, and how
                self[index] = 1

    def _set_quickly(self, places: Sequence[int]) -> bool:
        """Set entries of one bit, as long as there is nothing to be said of any; whether all are set."""
        if places and isinstance(places[0], bool):  # a flag for each entry, which would be taken for places 0 and 1
            return False
        bits = self._bits
        try:
            for index in places:
                if index < 0:
                    return False
                bits[index >> 3] |= 0x80 >> (index & 7)
        except (IndexError, TypeError):
            return False
        return True

    def __iter__(self) -> Iterator[int]:
        """The indexes of all entries that are not 0, ascending; quick for lists that are mostly 0."""
        last = -1
        for bit in set_indexes(bytes(self._bits)):
            if bit // self.size != last:
                last = bit // self.size
                yield last

    def encoded(self) -> str:
        """The ``encodedList`` text."""
        return encode(self._bits)

    def _place(self, index: int) -> tuple[slice, int]:
        """The bytes that hold an entry, and how many of their last bits belong to later entries."""
        if _is_no_index(index):
            raise ConfigurationError("status.build_index_kind", kind=type(index).__name__)
        if not 0 <= index < self.length:
            raise ConfigurationError("status.build_index", index=index, length=self.length)
        start, end = index * self.size, (index + 1) * self.size
        return slice(start // 8, (end + 7) // 8), -end % 8


def is_whole(value: object, least: int, most: int | None = None) -> bool:
    """Whether a developer handed in a whole number that is neither too small nor too large."""
    return isinstance(value, int) and least <= value and (most is None or value <= most)


def _is_no_index(value: object) -> bool:
    return not isinstance(value, int) or isinstance(value, bool)


def _check_size(size: int) -> None:
    if not is_whole(size, 1, MOST_STATUS_SIZE):
        raise ConfigurationError("status.build_size", size=size, most=MOST_STATUS_SIZE)
