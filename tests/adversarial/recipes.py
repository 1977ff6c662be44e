"""Inputs that are too large to keep: put together from a few lines of the manifest when a test needs them."""

from __future__ import annotations

import zlib
from typing import Any

__all__ = ["make"]


def make(recipe: dict[str, Any]) -> bytes:
    """The bytes of a recipe: ``parts`` ([text, count], or [text with {n}, count, "number"]), ``png`` or both.

    A recipe with ``png`` puts the text into a PNG: as a badge (``keyword``), or as many chunks (``chunks``).
    """
    text = "".join(_part(*part) for part in recipe.get("parts", [])).encode("utf-8")
    if "png" not in recipe:
        return text
    how = recipe["png"]
    middle = [_chunk(b"iTXt", how["keyword"].encode() + bytes(5) + text)] if "keyword" in how else []
    middle += [_chunk(b"tEXt", b"Comment\0x")] * how.get("chunks", 0)
    header = _chunk(b"IHDR", bytes([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]))
    pixels = _chunk(b"IDAT", zlib.compress(bytes(4)))
    tail = bytes(how.get("tail", 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(middle) + pixels + _chunk(b"IEND", b"") + tail


def _part(text: str, count: int, how: str = "") -> str:
    return "".join(text.replace("{n}", str(number)) for number in range(count)) if how else text * count


def _chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")
