"""Badges in SVG pictures: read with expat as a stream of events, written by splicing bytes (V-IMG-2).

The picture is never built as a tree and never written out again: baking cuts and inserts at the byte offsets that the
parser reports, so that every other byte stays. Work is done on the UTF-8 form; UTF-16 files are turned there and back.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from xml.parsers import expat

from openbadges.baking.carriers import BLANKS, OB3, STANDARDS, Carried, Standard, Unbaked, only_one, read_carried
from openbadges.errors import LimitError, MalformedError, RefusedError
from openbadges.limits import DEFAULT_LIMITS, Limits

__all__ = ["bake_svg", "is_svg", "unbake_svg"]

_PREFIX = "openbadges"
_SVG_ROOTS = ("http://www.w3.org/2000/svg\x01svg", "svg")
_SEPARATOR = "\x01"  # between namespace and local name: a character that no XML file can hold
_MARKS = {f"{standard.namespace}{_SEPARATOR}{standard.element}": standard for standard in STANDARDS}
_STARTS = tuple("<".encode(codec) for codec in ("utf-8", "utf-16-le", "utf-16-be"))
# first bytes, byte order mark among them, codec: the first line that fits counts
_CODECS: tuple[tuple[bytes, bytes, str], ...] = (
    (codecs.BOM_UTF8, codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\0", b"", "utf-16-le"),
    (b"\0<", b"", "utf-16-be"),
    (b"", b"", "utf-8"),
)
_START_TAG = re.compile(rb"""<(?P<name>[^\s/>]++)(?:[^'">]++|'[^']*+'|"[^"]*+")*+>""")
_FOREIGN_ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#x?[0-9A-Fa-f]+);)")


@dataclass(slots=True)
class _Element:
    """A credential element while it is read; offsets are bytes of the UTF-8 form."""

    standard: Standard
    verify: str | None
    start: int
    end: int = 0
    pieces: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Picture:
    """What is known of an SVG file after one reading."""

    utf8: bytes
    mark: bytes
    codec: str
    root: re.Match[bytes]
    prefixes: dict[str | None, str]
    elements: list[_Element]


def is_svg(image: bytes) -> bool:
    """Whether the bytes look like XML; the parser decides whether it is SVG."""
    start = image[:1024]
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return start[2:].startswith(_STARTS[1:])
    return start.removeprefix(codecs.BOM_UTF8).lstrip(BLANKS.encode()).startswith(_STARTS)


def unbake_svg(image: bytes, *, limits: Limits = DEFAULT_LIMITS) -> Unbaked:
    """Read the one badge of an SVG (OB 3.0 section 5.3.2.2; V-IMG-2).

    Raises:
        MalformedError: Not well-formed SVG, a document type with contents, no badge or more than one.
        LimitError: Over ``svg_bytes``, ``svg_depth`` or ``svg_nodes``.
    """
    picture = _read(image, limits)
    only_one([element.standard for element in picture.elements])
    element = picture.elements[0]
    if _FOREIGN_ENTITY.search(_tag_at(picture.utf8, element.start)[0]):
        raise MalformedError("image.svg_entity")
    body = "".join(element.pieces)
    notes = ("image.svg_body_ignored",) if element.verify is not None and body.strip(BLANKS) else ()
    text = body if element.verify is None else element.verify
    return read_carried(Carried(standard=element.standard, text=text, notes=notes), "svg")


def bake_svg(image: bytes, badge: str, *, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """A copy of the SVG with ``badge`` as first child of the root; an older Open Badges 3.0 element gives way.

    Args:
        image: SVG in UTF-8 or UTF-16.
        badge: JSON text or a compact JWS. The two characters U+FFFE and U+FFFF, which XML cannot hold, are written as
            their JSON escapes.
        limits: Bounds of the picture, before and after.

    Raises:
        MalformedError: Not well-formed SVG, or a document type with contents.
        LimitError: The picture is over a limit, also after baking.
        RefusedError: The picture carries a badge of another standard, so that the result would carry two.
    """
    picture = _read(image, limits)
    for element in picture.elements:
        if element.standard is not OB3:
            raise RefusedError("image.other_standard", standard=element.standard.title)
    baked = _recoded(picture, _spliced(picture, badge))
    unbake_svg(baked, limits=limits)  # within the limits, and readable by the rules of reading
    return baked


def _spliced(picture: _Picture, badge: str) -> bytes:
    root, utf8 = picture.root, picture.utf8
    declared = picture.prefixes.get(_PREFIX)
    declaration = f' xmlns:{_PREFIX}="{OB3.namespace}"'
    # A root that means something else by the prefix keeps its meaning: the element then brings its own declaration.
    element = _element_text(badge, "" if declared in (None, OB3.namespace) else declaration).encode("utf-8")
    empty_root = root[0].endswith(b"/>")
    parts = [
        utf8[: root.end("name")],
        declaration.encode("ascii") if declared is None else b"",
        utf8[root.end("name") : root.end() - (2 if empty_root else 1)],
        b">",
        element,
        b"</" + root["name"] + b">" if empty_root else b"",
    ]
    position = root.end()
    for old in picture.elements:
        parts.append(utf8[position : old.start])
        position = old.end
    parts.append(utf8[position:])
    return b"".join(parts)


def _element_text(badge: str, declaration: str) -> str:
    name = f"{_PREFIX}:{OB3.element}"
    if not badge.lstrip(BLANKS).startswith("{"):
        return f'<{name}{declaration} verify="{badge}"></{name}>'
    for character in "\ufffe\uffff":
        badge = badge.replace(character, f"\\u{ord(character):04x}")
    badge = badge.replace("]]>", "]]]]><![CDATA[>")
    badge = badge.replace("\r", "]]>&#13;<![CDATA[")  # XML would read a bare carriage return as a line feed
    return f"<{name}{declaration}><![CDATA[{badge}]]></{name}>"


def _recoded(picture: _Picture, utf8: bytes) -> bytes:
    return picture.mark + (utf8 if picture.codec == "utf-8" else utf8.decode("utf-8").encode(picture.codec))


def _read(image: bytes, limits: Limits) -> _Picture:
    if len(image) > limits.svg_bytes:
        raise LimitError("image.too_large", limit=limits.svg_bytes)
    mark, codec = next((mark, codec) for start, mark, codec in _CODECS if image.startswith(start))
    try:
        utf8 = image[len(mark) :].decode(codec).encode("utf-8")
    except UnicodeDecodeError as error:
        raise MalformedError("image.encoding") from error
    reader = _Reader(utf8, codec, limits)
    reader.run()
    return _Picture(utf8, mark, codec, _tag_at(utf8, reader.root_start), reader.prefixes, reader.elements)


def _tag_at(utf8: bytes, start: int) -> re.Match[bytes]:
    """The start tag at an offset that the parser reported, with everything up to its closing bracket."""
    tag = _START_TAG.match(utf8, start)
    assert tag is not None, "expat has read a start tag here"
    return tag


class _Reader:
    """The handlers of one expat run; they refuse as soon as something is wrong."""

    def __init__(self, utf8: bytes, codec: str, limits: Limits) -> None:
        self._utf8 = utf8
        self._codec = codec
        self._limits = limits
        self._depth = 0
        self._nodes = 0
        self._open: _Element | None = None
        self.root_start = -1
        self.prefixes: dict[str | None, str] = {}
        self.elements: list[_Element] = []
        parser = expat.ParserCreate("utf-8", _SEPARATOR)
        parser.buffer_text = True
        parser.XmlDeclHandler = self._declaration
        parser.StartDoctypeDeclHandler = self._document_type
        parser.SkippedEntityHandler = self._skipped_entity
        parser.StartNamespaceDeclHandler = self._namespace
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CommentHandler = self._node
        parser.ProcessingInstructionHandler = self._node
        self._parser = parser

    def run(self) -> None:
        try:
            self._parser.Parse(self._utf8, True)
        except expat.ExpatError as error:
            raise MalformedError("image.svg_syntax", line=error.lineno, column=error.offset + 1) from error

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        family = "utf-8" if self._codec == "utf-8" else "utf-16"
        if encoding is not None and not encoding.lower().startswith(family):
            raise MalformedError("image.svg_encoding", encoding=encoding)

    def _document_type(self, _name: str, _system: str | None, _public: str | None, has_subset: int) -> None:
        if has_subset:  # reported before anything in it is read, so that no entity is ever declared
            raise MalformedError("image.svg_document_type")

    def _skipped_entity(self, _name: str, _is_parameter: int) -> None:
        if self._open is not None:
            raise MalformedError("image.svg_entity")

    def _namespace(self, prefix: str | None, uri: str) -> None:
        if self._depth == 0:
            self.prefixes[prefix] = uri

    def _node(self, *_contents: str) -> None:
        self._nodes += 1
        if self._nodes > self._limits.svg_nodes:
            raise LimitError("image.too_many_nodes", limit=self._limits.svg_nodes)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._node()
        if self._depth == self._limits.svg_depth:
            raise LimitError("image.too_deep", limit=self._limits.svg_depth)
        if self._open is not None:
            raise MalformedError("image.svg_child")
        if self._depth == 0:
            if name not in _SVG_ROOTS:
                raise MalformedError("image.not_svg")
            self.root_start = self._parser.CurrentByteIndex
        self._depth += 1
        standard = _MARKS.get(name)
        if standard is not None:
            self._open = _Element(standard, attributes.get("verify"), self._parser.CurrentByteIndex)
            self.elements.append(self._open)
            self._parser.CharacterDataHandler = self._open.pieces.append

    def _end(self, _name: str) -> None:
        self._depth -= 1
        if self._open is None:
            return
        tag = _tag_at(self._utf8, self._open.start)
        if tag[0].endswith(b"/>"):
            self._open.end = tag.end()
        else:
            self._open.end = self._utf8.index(b">", self._parser.CurrentByteIndex) + 1
        self._open = None
        self._parser.CharacterDataHandler = None
