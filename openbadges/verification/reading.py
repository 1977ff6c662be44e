"""From whatever was handed in to a document: the format is found by content, never by a name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from openbadges import jsontext
from openbadges.errors import ConfigurationError, LimitError, MalformedError
from openbadges.limits import Limits
from openbadges.proofs.vc_jwt import VcJwt, read_vc_jwt
from openbadges.report import Note
from openbadges.secured import SecuredCredential
from openbadges.shape import VC_V2

__all__ = ["BadgeInput", "Source", "read_source", "source_of_document", "source_of_token"]

BadgeInput = bytes | str | SecuredCredential | Mapping[str, Any]

_BLANKS = " \t\r\n"
_TEXT_STARTS = (b"{", b"ey")
_LONGEST_START = 200
_WEB_PAGE = re.compile(r"\s{0,100}<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_ENVELOPED = "EnvelopedVerifiableCredential"
_OB2_CONTEXT = "https://w3id.org/openbadges/v2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What was handed in, read but not checked.

    Attributes:
        container: ``"json"``, ``"jwt"``, ``"png"`` or ``"svg"``.
        text: The signed text inside.
        document: The credential as strict JSON; the assertion, for Open Badges 2.0.
        token: The token, when it is one.
        standard: ``"ob3"`` or ``"ob2"``.
        notes: What reading the picture found worth saying.
    """

    container: str
    text: str
    document: Mapping[str, Any]
    token: VcJwt | None = None
    standard: str = "ob3"
    notes: tuple[Note, ...] = ()

    @property
    def form(self) -> str:
        """``"vc-jwt"`` or ``"data-integrity"``."""
        return "data-integrity" if self.token is None else "vc-jwt"


def read_source(badge: BadgeInput, limits: Limits) -> Source:
    """Read a badge as bytes or text of JSON, a token, a PNG or an SVG, or as a JSON object.

    Raises:
        MalformedError, LimitError: It cannot be read.
        RefusedError: A token that is forbidden as such (alg none, an unsafe header).
        ConfigurationError: It is none of these things, such as a path or a list.
    """
    if isinstance(badge, Mapping):
        return _from_text(jsontext.dump(dict(badge)).decode("utf-8"), "json", limits)
    if isinstance(badge, SecuredCredential):
        return _from_text(badge.text, None, limits)
    if isinstance(badge, str):
        return _from_text(badge, None, limits)
    if not isinstance(badge, (bytes, bytearray)):
        raise ConfigurationError("verify.input", kind=type(badge).__name__)
    if not badge:
        raise MalformedError("document.too_short")
    return _from_bytes(bytes(badge), limits)


def _from_bytes(badge: bytes, limits: Limits) -> Source:
    if not badge.startswith(_TEXT_STARTS):
        from openbadges import baking  # noqa: PLC0415 - what starts like JSON or a token is no picture

        start = badge[:_LONGEST_START].decode("latin-1")
        if _WEB_PAGE.match(start):  # what people save when they mean to save the badge that is on it
            raise MalformedError("document.web_page")
        container = baking.container_of(badge)
        if container is not None:
            found = baking.unbake(badge, limits=limits)
            notes = tuple(Note(code=code) for code in found.notes)
            return _from_text(found.text, container, limits, standard=found.standard, notes=notes)
    if len(badge) > limits.document_bytes:
        raise LimitError("json.too_large", limit=limits.document_bytes)
    try:
        text = badge.decode("utf-8")
    except UnicodeDecodeError as error:
        is_text = badge.lstrip().startswith((b"{", *_UTF16_MARKS))
        raise MalformedError("json.encoding" if is_text else "document.not_recognised") from error
    if "\0" in text[:2]:  # UTF-16 without its mark: a NUL beside each letter
        raise MalformedError("json.encoding")
    return _from_text(text, None, limits)


def source_of_document(document: Mapping[str, Any], limits: Limits) -> Source:
    """A credential found inside another document; an enveloped one is opened (VC-JOSE-COSE, section 4)."""
    if _ENVELOPED in _types(document):
        return source_of_token(_enveloped_token(document), limits)
    return Source(container="json", text="", document=document)


def source_of_token(token: str, limits: Limits, container: str = "jwt") -> Source:
    """A token, read strictly."""
    found = read_vc_jwt(token, limits)
    return Source(container=container, text=token, document=found.credential, token=found)


def _from_text(
    text: str, container: str | None, limits: Limits, *, standard: str = "ob3", notes: tuple[Note, ...] = ()
) -> Source:
    bare = text.strip(_BLANKS)
    if not bare:
        raise MalformedError("document.too_short")
    if standard == "ob2":
        return Source(container=container or "json", text=bare, document={}, standard="ob2", notes=notes)
    if bare.startswith(("{", "[", '"', "\ufeff")):
        document = jsontext.parse_object(text, limits)
        if _is_legacy(document):
            return Source(container=container or "json", text=bare, document=document, standard="ob2", notes=notes)
        if _ENVELOPED in _types(document):
            return replace(source_of_token(_enveloped_token(document), limits, container or "json"), notes=notes)
        return Source(container=container or "json", text=bare, document=document, notes=notes)
    if bare.startswith("-----BEGIN "):
        raise MalformedError("document.key_file")
    is_token = bare.count(".") in {2, 4} or "~" in bare
    if not is_token or ("eyJ" not in bare and len(bare.split(maxsplit=1)) > 1):  # the latter is prose
        raise MalformedError("document.web_page" if _WEB_PAGE.match(bare) else "document.not_recognised")
    found = source_of_token(bare, limits, container or "jwt")
    if _is_legacy(found.document):
        return Source(container=container or "jwt", text=bare, document={}, standard="ob2", notes=notes)
    return Source(container=found.container, text=bare, document=found.document, token=found.token, notes=notes)


def _enveloped_token(document: Mapping[str, Any]) -> str:
    identifier, context = document.get("id"), document.get("@context")
    if not isinstance(identifier, str) or not identifier.startswith("data:application/vc+jwt,"):
        raise MalformedError("document.envelope", pointer="/id")
    contexts = context if isinstance(context, list) else [context]
    plain = contexts[:1] == [VC_V2] and all(isinstance(url, str) for url in contexts)
    if document.keys() != {"@context", "id", "type"} or _types(document) != [_ENVELOPED] or not plain:
        raise MalformedError("document.envelope_members")  # nothing signed them, and somebody might read them
    return identifier.partition(",")[2]


def _is_legacy(document: Mapping[str, Any]) -> bool:
    """Whether this is Open Badges 2.0, whose room is not loaded for anything else."""
    context = document.get("@context")
    if _OB2_CONTEXT not in (context if isinstance(context, list) else [context]):
        return False
    from openbadges.legacy import is_legacy  # noqa: PLC0415 - see above

    return is_legacy(document)


def _types(document: Mapping[str, Any]) -> list[Any]:
    value = document.get("type")
    return value if isinstance(value, list) else [value]
