r"""N-Quads (RDF 1.1) in the canonical form of RDFC-1.0: terms, reading, writing.

A quad is a tuple of four canonical term strings, subject, predicate, object, graph: IRIs as ``<...>``, blank nodes as
``_:x``, literals with canonical escapes, and ``""`` for the default graph. Terms stay strings from end to end, because
every step that follows (hashing, sorting, signing) works on exactly these characters.

U+FFFE and U+FFFF are not characters of XML 1.1 and are therefore written ``\uFFFE`` and ``\uFFFF`` (RDFC-1.0, section
5); not every implementation does so, and whoever signs should refuse them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Literal

from openbadges.errors import LimitError, MalformedError
from openbadges.limits import DEFAULT_LIMITS, Limits

__all__ = [
    "DEFAULT_GRAPH",
    "RDF_TYPE",
    "Quad",
    "blank",
    "escaped",
    "iri",
    "is_language_tag",
    "literal",
    "parse",
    "serialize",
]

Quad = tuple[str, str, str, str]

DEFAULT_GRAPH = ""
RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"

_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
_I18N = "https://www.w3.org/ns/i18n#"

_NAMED_ESCAPES = {
    '"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r",
}  # fmt: skip
_ESCAPES = str.maketrans(
    {chr(point): chr(point) for point in range(0x20, 0x7F)}  # str.translate is slow where the table has a gap
    | {chr(point): f"\\u{point:04X}" for point in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF)}
    | _NAMED_ESCAPES
)
_ECHARS = {escape[1]: character for character, escape in _NAMED_ESCAPES.items()} | {"'": "'"}

_SURROGATE = re.compile("[\ud800-\udfff]")
_IRI_CHARS = r'[^\x00-\x20\x7f<>"{}|^`\\#' + "\ud800-\udfff]*"
_IRI = re.compile(rf"[A-Za-z][A-Za-z0-9+.\-]*:{_IRI_CHARS}(?:#{_IRI_CHARS})?")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")  # the shape of BCP 47, which is what N-Quads can carry

# PN_CHARS_BASE of the N-Quads grammar
_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_FIRST = _BASE + "_:0-9"
_REST = _FIRST + "\\-\u00b7\u0300-\u036f\u203f-\u2040"
_BLANK_TEXT = rf"_:[{_FIRST}](?:[{_REST}.]*[{_REST}])?"
_UCHAR_TEXT = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_IRIREF_TEXT = rf'<(?:[^\x00-\x20<>"{{}}|^`\\]|{_UCHAR_TEXT})*>'
_STRING_TEXT = rf'"(?:[^"\\\n\r]|\\[tbnrf"\'\\]|{_UCHAR_TEXT})*"'
_NOTHING = re.compile(r"[ \t]*(?:#.*)?")
_ESCAPED = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")


@cache
def _blank() -> re.Pattern[str]:
    return re.compile(_BLANK_TEXT)


@cache
def _line() -> re.Pattern[str]:
    """One line of a document; compiled when one is read, because that takes a tenth of the whole start-up."""
    return re.compile(
        rf"[ \t]*({_IRIREF_TEXT}|{_BLANK_TEXT})"
        rf"[ \t]*({_IRIREF_TEXT})"
        rf"[ \t]*(?:({_IRIREF_TEXT}|{_BLANK_TEXT})"
        rf"|({_STRING_TEXT})(?:\^\^({_IRIREF_TEXT})|@([A-Za-z]+(?:-[A-Za-z0-9]++)*+))?)"
        rf"[ \t]*({_IRIREF_TEXT}|{_BLANK_TEXT})?"
        r"[ \t]*\.[ \t]*(?:#.*)?"
    )


def iri(text: str) -> str:
    """The term of an absolute IRI.

    Raises:
        MalformedError: ``canon.relative_iri`` without a scheme, ``canon.iri_characters`` with a character that an IRI
            cannot hold (space, quotes, angle brackets, backslash, a second ``#`` ...): some would end the term early.
    """
    if not _IRI.fullmatch(text):
        if _SCHEME.match(text):
            raise MalformedError("canon.iri_characters", iri=text)
        raise MalformedError("canon.relative_iri", iri=text)
    return f"<{text}>"


def blank(label: str) -> str:
    """The term of a blank node with this label, which comes without ``_:``.

    Raises:
        MalformedError: ``canon.blank_node_label``: the grammar of N-Quads has no such label.
    """
    term = "_:" + label
    if not _blank().fullmatch(term):
        raise MalformedError("canon.blank_node_label", label=label)
    return term


def is_language_tag(text: str) -> bool:
    """Whether ``text`` has the shape of a language tag (BCP 47, section 2.1)."""
    return _LANGUAGE.fullmatch(text) is not None


def escaped(text: str) -> str:
    """A text as it stands between the quotation marks of a literal."""
    if text.isprintable() and '"' not in text and "\\" not in text:  # what has to be escaped cannot be printed
        return text
    return text.translate(_ESCAPES)


def literal(
    value: str,
    datatype: str | None = None,
    language: str | None = None,
    direction: Literal["ltr", "rtl"] | None = None,
) -> str:
    """The term of a literal, escaped as RDFC-1.0 has it.

    Args:
        value: The lexical form.
        datatype: IRI text; None and ``xsd:string`` are written without.
        language: Language tag; together with it ``datatype`` is not used.
        direction: Base direction; the datatype is then of the i18n namespace (JSON-LD 1.1, section 4.2.4.1).

    Raises:
        MalformedError: A lone surrogate, a language tag of impossible shape, or a datatype that is not an absolute IRI.
    """
    if not value.isascii() and _SURROGATE.search(value):
        raise MalformedError("canon.lone_surrogate")
    quoted = f'"{escaped(value)}"'
    if language is not None and not _LANGUAGE.fullmatch(language):
        raise MalformedError("canon.language_tag", language=language)
    if direction is not None:
        return f"{quoted}^^<{_I18N}{language or ''}_{direction}>"
    if language is not None:
        return f"{quoted}@{language}"
    if datatype is None or datatype == _XSD_STRING:
        return quoted
    return f"{quoted}^^{iri(datatype)}"


def serialize(quads: Iterable[Quad]) -> str:
    """Canonical N-Quads: a line for each quad, in code point order, ended by a line feed. Repeated quads stay."""
    return "".join(sorted([f"{s} {p} {o} {g} .\n" if g else f"{s} {p} {o} .\n" for s, p, o, g in quads]))


def parse(text: str, limits: Limits = DEFAULT_LIMITS) -> list[Quad]:
    """Read an N-Quads document strictly; terms come back in canonical form, quads in the order of the lines.

    Raises:
        MalformedError: ``canon.nquads_syntax`` with the line, or what ``iri`` and ``literal`` raise.
        LimitError: More text than ``limits.document_bytes`` characters, or more quads than ``limits.quads``.
    """
    if len(text) > limits.document_bytes:
        raise LimitError("canon.nquads_too_large", limit=limits.document_bytes)
    quads: list[Quad] = []
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), start=1):
        found = _line().fullmatch(line)
        if found is not None:
            quads.append(_quad(found))
            if len(quads) > limits.quads:
                raise LimitError("canon.too_many_quads", limit=limits.quads)
        elif not _NOTHING.fullmatch(line):
            raise MalformedError("canon.nquads_syntax", line=number)
    return quads


def _quad(found: re.Match[str]) -> Quad:
    subject, predicate, resource, string, datatype, language, graph = found.groups()
    if resource is not None:
        object_ = _resource(resource)
    else:
        object_ = literal(_unescaped(string[1:-1]), datatype and _unescaped(datatype[1:-1]), language)
    return (_resource(subject), _resource(predicate), object_, _resource(graph) if graph else DEFAULT_GRAPH)


def _resource(term: str) -> str:
    return iri(_unescaped(term[1:-1])) if term.startswith("<") else term


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(_character, text) if "\\" in text else text


def _character(found: re.Match[str]) -> str:
    short, long, named = found.groups()
    if named is not None:
        return _ECHARS[named]
    point = int(short or long, 16)
    if point > 0x10FFFF:
        raise MalformedError("canon.nquads_character", point=f"{point:X}")
    return chr(point)
