"""The picture that the demo bakes a badge into: a medal, drawn with nothing but the standard library."""

from __future__ import annotations

import math
import struct
import zlib

__all__ = ["medal"]

_Colour = tuple[int, int, int, int]

_NOTHING: _Colour = (0, 0, 0, 0)
_RIBBON: _Colour = (176, 58, 46, 255)
_RIM: _Colour = (31, 78, 121, 255)
_RING: _Colour = (240, 196, 64, 255)
_FIELD: _Colour = (46, 110, 166, 255)
_STAR: _Colour = (255, 244, 214, 255)
_TIP, _NOTCH, _POINT = 0.36, 0.15, math.pi / 5  # of the star: outer and inner radius, half the angle of a point


def medal(size: int = 240) -> bytes:
    """A PNG of a medal with a ribbon.

    Args:
        size: Width and height in pixels.
    """
    rows = (b"\0" + b"".join(_pixel(x, y, size) for x in range(size)) for y in range(size))
    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)  # 8 bits a channel, RGBA
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"".join(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _pixel(column: int, row: int, size: int) -> bytes:
    """The mean of four places in the pixel, so that edges are smooth."""
    places = [
        _colour(2 * (column + across) / size - 1, 2 * (row + down) / size - 0.8)
        for across in (0.25, 0.75)
        for down in (0.25, 0.75)
    ]
    cover = sum(colour[3] for colour in places)
    mixed = [round(sum(colour[each] * colour[3] for colour in places) / cover) if cover else 0 for each in range(3)]
    return bytes((*mixed, round(cover / 4)))


def _colour(x: float, y: float) -> _Colour:
    """What is drawn at a place; the middle of the medal is (0, 0), and y grows downwards."""
    radius, angle = math.hypot(x, y), math.atan2(x, -y)
    if radius < _star_edge(angle):
        return _STAR
    if radius < 0.52:
        return _FIELD
    if radius < 0.58:
        return _RING
    if radius < 0.70 + 0.03 * math.cos(24 * angle):
        return _RIM
    along, across = y * 0.94 - abs(x) * 0.34, abs(x) * 0.94 + y * 0.34
    if 0.2 < along < 1.0 - 0.12 * (1 - abs(across - 0.5) / 0.16) and abs(across - 0.5) < 0.16:
        return _RIBBON
    return _NOTHING


def _star_edge(angle: float) -> float:
    """How far the star reaches in a direction: each half of a point is one straight edge."""
    turn = abs((angle + _POINT) % (2 * _POINT) - _POINT)
    edge_x, edge_y = _NOTCH * math.cos(_POINT) - _TIP, _NOTCH * math.sin(_POINT)
    return _TIP * edge_y / (math.cos(turn) * edge_y - math.sin(turn) * edge_x)
