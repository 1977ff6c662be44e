"""Pictures that strangers send: told by their bytes, decoded within bounds, encoded again here (S-UP-1)."""

from __future__ import annotations

import io
import re
from xml.parsers import expat

from issuer_service.services.errors import InvalidError

__all__ = ["MOST_BYTES", "drawn_svg", "is_svg", "reencoded"]

MOST_BYTES = 2 * 1024 * 1024
_MOST_PIXELS = 16_000_000
_SIDE = 800  # pixels of the longer side that is kept
_SVG = "http://www.w3.org/2000/svg "
_DRAWN = frozenset(
    {
        "svg", "g", "defs", "title", "desc", "metadata", "path", "rect", "circle", "ellipse", "line", "polyline",
        "polygon", "linearGradient", "radialGradient", "stop", "use", "symbol", "clipPath", "mask", "style", "image",
        "a", "switch", "view",
    }
)  # fmt: skip
_COSTLY = re.compile(r"(?<![-\w])(?:clip-path|mask|opacity|isolation|mix-blend-mode)(?![-\w])")
_MOST_ELEMENTS = 5_000  # as drawn: what ``use`` repeats counts each time
_MOST_COSTLY = 500  # elements that need a layer of their own
_MOST_WITH_COSTLY = 2_000
_EMBEDDED = re.compile(r"data:image/(?:png|jpeg|jpg);base64,[A-Za-z0-9+/=\s]*", re.IGNORECASE)
_OUTSIDE = re.compile(r"@import|url\(\s*['\"]?(?!\s*['\"]?#)|filter\s*:|\\", re.IGNORECASE)
_LENGTH = re.compile(r"\s*([0-9]{0,6}(?:\.[0-9]{0,6})?)\s*(?:px|pt|mm|cm|in|em)?\s*")


def reencoded(data: bytes) -> bytes:
    """The picture as PNG of at most 800 pixels a side, without anything but its pixels.

    Raises:
        InvalidError: Too large, damaged, of another kind, animated, or an SVG that does more than draw.
    """
    if len(data) > MOST_BYTES:
        raise InvalidError.of("image", "image.too_large", most=MOST_BYTES // (1024 * 1024))
    if data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        return _pixels(data)
    if is_svg(data):
        return _pixels(drawn_svg(data))
    raise InvalidError.of("image", "image.kind")


def is_svg(data: bytes) -> bool:
    """Whether it looks like SVG; reading it decides."""
    return b"<svg" in data[:4_096] or b"<svg" in data[:8_192].replace(b"\x00", b"")


def _pixels(data: bytes) -> bytes:
    from PIL import Image, ImageOps  # noqa: PLC0415 - only where a picture is read

    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise InvalidError.of("image", "image.too_many_pixels", most=_MOST_PIXELS // 1_000_000)
            if getattr(opened, "n_frames", 1) != 1:
                raise InvalidError.of("image", "image.animated")
            picture = ImageOps.exif_transpose(opened).convert("RGBA")
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise InvalidError.of("image", "image.damaged") from error
    picture.thumbnail((_SIDE, _SIDE))
    bare = Image.frombytes("RGBA", picture.size, picture.tobytes())  # nothing but pixels goes along
    out = io.BytesIO()
    bare.save(out, "PNG", optimize=True)
    return out.getvalue()


def drawn_svg(data: bytes) -> bytes:
    """The SVG as PNG of 800 pixels on its longer side, after everything was refused that could load, loop or run.

    Raises:
        InvalidError: Too large, damaged, or it does more than draw.
    """
    import resvg_py  # noqa: PLC0415 - only where an SVG is read

    if len(data) > MOST_BYTES:
        raise InvalidError.of("image", "image.too_large", most=MOST_BYTES // (1024 * 1024))
    found = _Drawing()
    found.read(data)
    text = _text(data)
    wide = _SIDE if found.is_wide else None
    high = None if found.is_wide else _SIDE
    try:
        return bytes(resvg_py.svg_to_bytes(svg_string=text, skip_system_fonts=True, width=wide, height=high, dpi=96))
    except BaseException as error:  # a panic of the rasteriser is no Exception
        if isinstance(error, (KeyboardInterrupt, SystemExit)):
            raise
        raise InvalidError.of("image", "image.damaged") from error


def _text(data: bytes) -> str:
    for mark, codec in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig")):
        if data.startswith(mark):
            return data.decode(codec, "replace")
    return data.decode("utf-8", "replace")


class _Drawing:
    """What an SVG consists of, read as a stream of events and never built as a tree."""

    def __init__(self) -> None:
        self.is_wide = True
        self._open: list[str] = []
        self._path: list[str | None] = []  # ids of the open elements
        self._sizes: dict[str | None, int] = {None: 0}  # elements below each id
        self._uses: list[tuple[tuple[str | None, ...], str]] = []
        self._costly = 0

    def read(self, data: bytes) -> None:
        """Raise ``InvalidError`` for what is not drawn here."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True  # a sheet of styles comes in one piece
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._doctype
        parser.ProcessingInstructionHandler = self._instruction
        try:
            parser.Parse(data, True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise InvalidError.of("image", "image.damaged") from error
        most = _MOST_WITH_COSTLY if self._costly else _MOST_ELEMENTS
        if self._drawn() > most or self._costly > _MOST_COSTLY:
            raise InvalidError.of("image", "image.svg_large")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.removeprefix(_SVG)
        if not self._open and name != f"{_SVG}svg":
            raise InvalidError.of("image", "image.kind")
        self._open.append(local)
        if len(self._open) > 64:
            raise InvalidError.of("image", "image.svg_large")
        if not name.startswith(_SVG):  # notes of drawing programs: not drawn
            self._path.append(None)
            return
        if local not in _DRAWN:
            raise InvalidError.of("image", "image.svg_element", element=local[:40])
        if len(self._open) == 1:
            self._measure(attributes)
        self._path.append(attributes.get("id"))
        for holder in {*self._path, None}:
            self._sizes[holder] = self._sizes.get(holder, 0) + 1
        self._costly += any(_COSTLY.search(f"{key} {value}") for key, value in attributes.items() if key != "d")
        self._attributes(local, attributes)

    def _attributes(self, local: str, attributes: dict[str, str]) -> None:
        for name, value in attributes.items():
            short = name.rpartition(" ")[2]
            if short.startswith("on") or short == "filter" or (short != "href" and _OUTSIDE.search(value)):
                raise InvalidError.of("image", "image.svg_element", element=short[:40])
            if (
                short == "href"
                and local != "a"
                and not value.startswith("#")
                and not _EMBEDDED.fullmatch(value.strip())
            ):
                raise InvalidError.of("image", "image.svg_outside")
            if short == "href" and value.startswith("#"):
                self._uses.append((tuple(self._path), value[1:]))
            elif "url(" in value:
                self._uses += [(tuple(self._path), one) for one in re.findall(r"url\(\s*['\"]?#([^'\")\s]+)", value)]

    def _measure(self, attributes: dict[str, str]) -> None:
        """The sides have to be known and not too unlike, for the picture is drawn to a fixed size."""
        box = re.split(r"[\s,]+", attributes.get("viewBox", "").strip())
        sides = box[2:] if len(box) == 4 else [attributes.get("width", ""), attributes.get("height", "")]
        found = [_LENGTH.fullmatch(side) for side in sides]
        width, height = (float(one[1]) if one and one[1] not in ("", ".") else 0.0 for one in found)
        if not width or not height or not 0.25 <= width / height <= 4:
            raise InvalidError.of("image", "image.svg_size")
        drawn = [_LENGTH.fullmatch(attributes.get(side, "")) for side in ("width", "height")]
        shown = [float(one[1]) if one and one[1] not in ("", ".") else 0.0 for one in drawn]
        if all(shown) and not 0.25 <= shown[0] / shown[1] <= 4:
            raise InvalidError.of("image", "image.svg_size")
        if all(shown):
            width, height = shown
        self.is_wide = width >= height

    def _end(self, _name: str) -> None:
        self._open.pop()
        self._path.pop()

    def _characters(self, text: str) -> None:
        if self._open[-1] != "style":
            return
        if _OUTSIDE.search(text):
            raise InvalidError.of("image", "image.svg_outside")
        self._costly += _COSTLY.search(text) is not None

    def _doctype(self, _name: str, _system: str | None, _public: str | None, has_internal_subset: int) -> None:
        if has_internal_subset:
            raise InvalidError.of("image", "image.svg_outside")

    def _instruction(self, _target: str, _data: str) -> None:
        raise InvalidError.of("image", "image.svg_outside")

    def _drawn(self) -> int:
        """How many elements are drawn when every reference is followed; references in a circle count as too many."""
        inside: dict[str | None, list[str]] = {}
        for path, target in self._uses:
            for holder in {*path, None}:
                inside.setdefault(holder, []).append(target)
        known: dict[str | None, int] = {}

        def size(holder: str | None, depth: int) -> int:
            if depth > 20:
                return _MOST_ELEMENTS + 1
            if holder not in known:
                number = self._sizes.get(holder, 0)
                for target in inside.get(holder, ()):
                    number += size(target, depth + 1)
                    if number > _MOST_ELEMENTS:
                        break
                known[holder] = number
            return known[holder]

        return size(None, 0)
