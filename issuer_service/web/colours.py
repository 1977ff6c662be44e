"""An affiliate's colour, made readable on light and on dark paper (WCAG 2.2, 1.4.3 and 1.4.11)."""

from __future__ import annotations

import re

__all__ = ["accent_sheet", "contrast"]

_LIGHT_PAPER, _DARK_PAPER = (0xF7, 0xF5, 0xF0), (0x20, 0x1F, 0x1D)
_WHITE, _BLACK = (255, 255, 255), (0x10, 0x10, 0x10)
_LEAST = 4.6  # a little over the 4.5 that is asked for, for rounding

_Colour = tuple[int, int, int]


def accent_sheet(colour: str) -> str | None:
    """A style sheet that sets the accent, or None when ``colour`` is not six hexadecimal digits."""
    if not re.fullmatch("[0-9a-f]{6}", colour):
        return None
    given = (int(colour[:2], 16), int(colour[2:4], 16), int(colour[4:], 16))
    light, dark = _readable(given, _LIGHT_PAPER, _BLACK), _readable(given, _DARK_PAPER, _WHITE)
    return (
        f":root{{--accent:{_hex(light)};--on-accent:{_hex(_letters(light))};--band:{_hex(given)}}}\n"
        "@media screen and (prefers-color-scheme:dark)"
        f"{{:root{{--accent:{_hex(dark)};--on-accent:{_hex(_letters(dark))}}}}}\n"
        "@media print{:root{--accent:#000;--on-accent:#fff}}\n"
    )


def contrast(one: _Colour, other: _Colour) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _readable(colour: _Colour, paper: _Colour, towards: _Colour) -> _Colour:
    """The colour, mixed with as little black or white as makes it readable on this paper."""
    mixed = (_mix(colour, towards, step / 20) for step in range(21))
    return next((one for one in mixed if contrast(one, paper) >= _LEAST), towards)


def _mix(colour: _Colour, other: _Colour, part: float) -> _Colour:
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(colour, other, strict=True))
    return red, green, blue


def _letters(back: _Colour) -> _Colour:
    return max((_WHITE, _BLACK), key=lambda letters: contrast(letters, back))


def _luminance(colour: _Colour) -> float:
    parts = [part / 255 for part in colour]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _hex(colour: _Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
