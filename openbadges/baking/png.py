"""Badges in PNG pictures: a walk over the chunks, never a look at the pixels (PNG third edition, section 5).

Reading stops at the IEND chunk. What follows it is noted and not read; baking leaves it where it is.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from openbadges.baking.carriers import OB3, STANDARDS, Carried, Standard, Unbaked, only_one, read_carried
from openbadges.errors import LimitError, MalformedError, RefusedError
from openbadges.limits import DEFAULT_LIMITS, Limits

__all__ = ["SIGNATURE", "bake_png", "is_png", "unbake_png"]

SIGNATURE = b"\x89PNG\r\n\x1a\n"

_FRAME = 12  # bytes around the data of a chunk: length, type, CRC
_LONGEST_KEYWORD = 79
_TEXT_TYPES = (b"iTXt", b"tEXt", b"zTXt")
_KEYWORDS = {standard.keyword: standard for standard in STANDARDS}


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Where one chunk lies: ``start`` at its length field, ``end`` after its CRC."""

    type: bytes
    start: int
    end: int


def is_png(image: bytes) -> bool:
    """Whether the bytes start with the PNG signature."""
    return image.startswith(SIGNATURE)


def unbake_png(image: bytes, *, limits: Limits = DEFAULT_LIMITS) -> Unbaked:
    """Read the one badge of a PNG (OB 3.0 section 5.3.2.1; V-IMG-1).

    Raises:
        MalformedError: Not a whole PNG, no badge, more than one, a compressed one, a wrong checksum, or not UTF-8.
        LimitError: Over ``png_bytes``, ``png_chunks`` or ``png_text_bytes``.
    """
    chunks = _walk(image, limits)
    marked = _marked(image, chunks)
    only_one([standard for _, standard in marked])
    chunk, standard = marked[0]
    notes = ("image.trailing_data",) if chunks[-1].end != len(image) else ()
    return read_carried(_read_text(image, chunk, standard, limits), "png", notes)


def bake_png(image: bytes, badge: str, *, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """A copy of the PNG with ``badge`` in a chunk right after IHDR; an older Open Badges 3.0 chunk gives way.

    Every other byte stays as it is, also what follows IEND.

    Raises:
        MalformedError: Not a whole PNG.
        LimitError: The picture, its chunks or the badge are over a limit, also after baking.
        RefusedError: The picture carries a badge of another standard, so that the result would carry two.
    """
    chunks = _walk(image, limits)
    marked = _marked(image, chunks)
    for _, standard in marked:
        if standard is not OB3:
            raise RefusedError("image.other_standard", standard=standard.title)
    data = OB3.keyword + bytes(5) + badge.encode("utf-8")
    if len(data) > limits.png_text_bytes:
        raise LimitError("image.text_too_large", limit=limits.png_text_bytes)
    if len(chunks) - len(marked) + 1 > limits.png_chunks:
        raise LimitError("image.too_many_chunks", limit=limits.png_chunks)
    parts = [image[: chunks[0].end], _chunk_bytes(b"iTXt", data)]
    position = chunks[0].end
    for chunk, _ in marked:
        parts.append(image[position : chunk.start])
        position = chunk.end
    parts.append(image[position:])
    baked = b"".join(parts)
    if len(baked) > limits.png_bytes:
        raise LimitError("image.too_large", limit=limits.png_bytes)
    return baked


def _chunk_bytes(chunk_type: bytes, data: bytes) -> bytes:
    body = chunk_type + data
    return len(data).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")


def _walk(image: bytes, limits: Limits) -> list[_Chunk]:
    """All chunks from IHDR to IEND, bounded and in the right places."""
    if len(image) > limits.png_bytes:
        raise LimitError("image.too_large", limit=limits.png_bytes)
    if not is_png(image):
        raise MalformedError("image.not_png")
    chunks: list[_Chunk] = []
    for chunk in _chunks(image):
        if len(chunks) == limits.png_chunks:
            raise LimitError("image.too_many_chunks", limit=limits.png_chunks)
        if (chunk.type == b"IHDR") is bool(chunks):
            raise MalformedError("image.png_header")
        chunks.append(chunk)
    header, end = chunks[0], chunks[-1]
    if header.end - header.start != _FRAME + 13 or end.end - end.start != _FRAME:
        raise MalformedError("image.png_header")
    _check_crc(image, header)
    return chunks


def _chunks(image: bytes) -> Iterator[_Chunk]:
    """One chunk after another, IEND the last; what follows it is never looked at."""
    position = len(SIGNATURE)
    chunk_type = b""
    while chunk_type != b"IEND":
        if len(image) - position < _FRAME:
            raise MalformedError("image.truncated")
        length = int.from_bytes(image[position : position + 4], "big")
        chunk_type = image[position + 4 : position + 8]
        if not chunk_type.isalpha():  # of bytes: ASCII letters only
            raise MalformedError("image.png_chunk_type")
        if length > len(image) - position - _FRAME:
            raise MalformedError("image.truncated")
        end = position + _FRAME + length
        yield _Chunk(chunk_type, position, end)
        position = end


def _marked(image: bytes, chunks: list[_Chunk]) -> list[tuple[_Chunk, Standard]]:
    """The text chunks whose keyword is exactly one of the standards', whatever else is wrong with them."""
    found = []
    for chunk in chunks:
        if chunk.type in _TEXT_TYPES:
            start = chunk.start + 8
            keyword = image[start : min(start + _LONGEST_KEYWORD + 1, chunk.end - 4)].partition(b"\0")
            standard = _KEYWORDS.get(keyword[0]) if keyword[1] else None
            if standard is not None:
                found.append((chunk, standard))
    return found


def _check_crc(image: bytes, chunk: _Chunk) -> None:
    expected = int.from_bytes(image[chunk.end - 4 : chunk.end], "big")
    if zlib.crc32(memoryview(image)[chunk.start + 4 : chunk.end - 4]) != expected:
        raise MalformedError("image.png_checksum", chunk=chunk.type.decode("ascii"))


def _read_text(image: bytes, chunk: _Chunk, standard: Standard, limits: Limits) -> Carried:
    if chunk.end - chunk.start - _FRAME > limits.png_text_bytes:
        raise LimitError("image.text_too_large", limit=limits.png_text_bytes)
    _check_crc(image, chunk)
    rest = image[chunk.start + 8 + len(standard.keyword) + 1 : chunk.end - 4]
    if chunk.type == b"iTXt":
        return _read_international(rest, standard)
    if chunk.type == b"tEXt" and standard.links:  # how badges were baked before Open Badges 2.0
        try:
            return Carried(standard=standard, text=rest.decode("ascii"), notes=("image.old_text_chunk",))
        except UnicodeDecodeError as error:
            raise MalformedError("image.encoding") from error
    raise MalformedError("image.wrong_chunk", chunk=chunk.type.decode("ascii"), standard=standard.title)


def _read_international(rest: bytes, standard: Standard) -> Carried:
    """The text of an iTXt chunk after its keyword: flag, method, language NUL, translated keyword NUL, text."""
    if len(rest) < 4:
        raise MalformedError("image.png_text_shape")
    if rest[0] != 0:
        raise MalformedError("image.compressed")
    language, _, after = rest[2:].partition(b"\0")
    translated, separator, text = after.partition(b"\0")
    if not separator:
        raise MalformedError("image.png_text_shape")
    notes = ("image.text_attributes",) if rest[1] or language or translated else ()
    try:
        return Carried(standard=standard, text=text.decode("utf-8"), notes=notes)
    except UnicodeDecodeError as error:
        raise MalformedError("image.encoding") from error
