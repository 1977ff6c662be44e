"""The built-in badge designer: a shape, a colour, a symbol and a few letters, drawn here. Readable by construction."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from issuer_service.services.errors import InvalidError
from issuer_service.services.forms import clean_text
from issuer_service.services.sentences import N_, Sentence
from issuer_service.services.symbols import SYMBOL_POLYGONS, Polygon, regular, star

if TYPE_CHECKING:
    from PIL import ImageDraw, ImageFont

__all__ = ["COLOURS", "PLAIN", "SHAPES", "SYMBOLS", "Design", "check_design", "draw"]

SHAPES: Mapping[str, str] = MappingProxyType(
    {
        "circle": N_("Circle"),
        "hexagon": N_("Hexagon"),
        "shield": N_("Shield"),
        "rosette": N_("Rosette"),
        "square": N_("Square"),
        "octagon": N_("Octagon"),
    }
)
# name: the colour on which white can be read (contrast at least 4.5), and its name
COLOURS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "blue": ("#2a4b8d", N_("Blue")),
        "teal": ("#0b6b66", N_("Teal")),
        "green": ("#2e6b34", N_("Green")),
        "purple": ("#6a3d9a", N_("Purple")),
        "plum": ("#8a2a5b", N_("Plum")),
        "red": ("#a32a2a", N_("Red")),
        "brown": ("#7a4a1e", N_("Brown")),
        "slate": ("#3d4a5c", N_("Slate")),
        "black": ("#202124", N_("Black")),
    }
)
SYMBOLS: Mapping[str, str] = MappingProxyType(
    {
        "none": N_("No symbol"),
        "star": N_("Star"),
        "check": N_("Tick"),
        "heart": N_("Heart"),
        "person": N_("Person"),
        "people": N_("People"),
        "book": N_("Book"),
        "pencil": N_("Pencil"),
        "globe": N_("Globe"),
        "camera": N_("Camera"),
        "speech": N_("Speech bubble"),
        "flag": N_("Flag"),
        "bulb": N_("Light bulb"),
        "bars": N_("Bars"),
        "spark": N_("Spark"),
        "hand": N_("Hand"),
    }
)
LONGEST_TEXT = 24
_SIZE = 600  # pixels a side
_FINE = 3  # drawn so many times larger and scaled down, for smooth edges
_KEPT = 32  # pictures kept in memory, about 25 kB each: a form asks for the same one again and again
_NO_LETTER = "\U0010ffff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """What was chosen.

    Attributes:
        text: A few letters under the symbol, or nothing.
        alt: What the picture shows, for people who do not see it.
    """

    shape: str = "circle"
    colour: str = "blue"
    symbol: str = "star"
    text: str = ""
    alt: str = ""


PLAIN = Design()


def check_design(design: Design) -> Design:
    """The design with clean text.

    Raises:
        InvalidError: A shape, colour or symbol that there is not, or letters that cannot be drawn.
    """
    problems = [
        (name, Sentence("field.choice", {"allowed": ", ".join(allowed)}))
        for name, allowed in (("shape", SHAPES), ("colour", COLOURS), ("symbol", SYMBOLS))
        if getattr(design, name) not in allowed
    ]
    text = clean_text(design.text)
    if text is None or len(text) > LONGEST_TEXT or "\n" in text or "\t" in text:
        problems.append(("text", Sentence("design.text", {"longest": LONGEST_TEXT})))
    else:
        missing = _missing(text)
        if missing:
            problems.append(("text", Sentence("design.letters", {"letters": missing})))
    if problems:
        raise InvalidError(problems)
    return Design(shape=design.shape, colour=design.colour, symbol=design.symbol, text=text or "", alt=design.alt)


def draw(design: Design) -> bytes:
    """The design as PNG, 600 pixels a side, transparent around the shape.

    Raises:
        InvalidError: As ``check_design``.
    """
    return _drawn(replace(check_design(design), alt=""))


@lru_cache(maxsize=_KEPT)
def _drawn(design: Design) -> bytes:
    from PIL import Image, ImageDraw  # noqa: PLC0415 - only where a picture is made

    side = _SIZE * _FINE
    picture = Image.new("RGBA", (side, side), (255, 255, 255, 0))
    pen = ImageDraw.Draw(picture)
    colour = COLOURS[design.colour][0]
    for polygon, fill in ((_outline(design.shape, 0.98), colour), (_outline(design.shape, 0.9), "#ffffff"),
                          (_outline(design.shape, 0.86), colour)):  # fmt: skip
        pen.polygon(_placed(polygon, 0.5, 0.5, 0.5), fill=fill)
    middle = 0.42 if design.text else 0.5
    size = 0.22 if design.text else 0.27
    for polygon in SYMBOL_POLYGONS[design.symbol]:
        pen.polygon(_placed(polygon, 0.5, middle, size), fill="#ffffff")
    if design.text:
        _letter(pen, design.text, 0.74 if design.symbol != "none" else 0.5)
    out = io.BytesIO()
    # the mean of the small pixels: a finer filter rings around each edge, and the file would be three times as large
    picture.reduce(_FINE).save(out, "PNG")
    return out.getvalue()


def _outline(shape: str, radius: float) -> Polygon:
    if shape == "shield":
        curve = [
            (math.cos(math.radians(angle)) * 0.86, 0.05 + math.sin(math.radians(angle)) * 0.95)
            for angle in range(0, 181, 4)
        ]
        corners: Polygon = [(-0.86, -0.88), (0.0, -1.0), (0.86, -0.88), *curve]
        return [(x * radius, y * radius) for x, y in corners]
    if shape == "rosette":
        return star(18, 0.9 * radius, radius)
    if shape == "square":
        side, round_ = 0.92 * radius, 0.2 * radius
        middles = [(side - round_, side - round_), (round_ - side, side - round_),
                   (round_ - side, round_ - side), (side - round_, round_ - side)]  # fmt: skip
        return [
            (
                x + round_ * math.cos(math.radians(90 * number + step)),
                y + round_ * math.sin(math.radians(90 * number + step)),
            )
            for number, (x, y) in enumerate(middles)
            for step in range(0, 91, 10)
        ]
    corners_of = {"circle": 180, "hexagon": 6, "octagon": 8}
    turn = -90 + (22.5 if shape == "octagon" else 0)
    return regular(corners_of[shape], radius, turn=turn)


def _placed(polygon: Polygon, across: float, down: float, size: float) -> list[tuple[float, float]]:
    side = _SIZE * _FINE
    return [((across + x * size) * side, (down + y * size) * side) for x, y in polygon]


def _font(points: float) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    from PIL import ImageFont  # noqa: PLC0415

    return ImageFont.load_default(points)


def _letter(pen: ImageDraw.ImageDraw, text: str, down: float) -> None:
    """One or two lines, as large as fits."""
    lines = _lines(text)
    side = _SIZE * _FINE
    size = 0.13 * side
    while (
        size > 20 and max(pen.textlength(line, font=_font(size)) for line in lines) > (0.62 - 0.08 * len(lines)) * side
    ):
        size *= 0.92
    for number, line in enumerate(lines):
        place = down + (number - (len(lines) - 1) / 2) * size * 1.05 / side
        pen.text((side / 2, place * side), line, font=_font(size), fill="#ffffff", anchor="mm")


def _lines(text: str) -> list[str]:
    """Broken at the blank nearest to the middle when the text is long."""
    blanks = [place for place, character in enumerate(text) if character == " "]
    if len(text) <= 11 or not blanks:
        return [text]
    best = min(blanks, key=lambda place: abs(place - len(text) / 2))
    return [text[:best].strip(), text[best:].strip()]


def _missing(text: str) -> str:
    """The letters that the built-in font does not have: they are drawn as the same box as a letter that nobody has."""
    font = _font(20)
    box = bytes(font.getmask(_NO_LETTER))
    return "".join(dict.fromkeys(letter for letter in text if letter != " " and bytes(font.getmask(letter)) == box))
