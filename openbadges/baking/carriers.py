"""What a picture can carry: the standards' marks in PNG and SVG, and what was found in one picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from openbadges.errors import MalformedError

__all__ = ["CLR", "OB2", "OB3", "STANDARDS", "Carried", "Container", "Kind", "Standard", "StandardName", "Unbaked"]

Container = Literal["png", "svg"]
Kind = Literal["json", "jws", "url"]
StandardName = Literal["ob3", "ob2", "clr"]

BLANKS = " \t\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """How one standard marks its badge inside a picture."""

    name: StandardName
    title: str
    keyword: bytes  # of the PNG text chunk
    namespace: str  # of the SVG element
    element: str  # local name of the SVG element
    links: bool = False  # whether the picture may hold a link to the badge in place of the badge


OB3 = Standard(
    name="ob3",
    title="Open Badges 3.0",
    keyword=b"openbadgecredential",
    namespace="https://purl.imsglobal.org/ob/v3p0",
    element="credential",
)
OB2 = Standard(
    name="ob2",
    title="Open Badges 2.0",
    keyword=b"openbadges",
    namespace="http://openbadges.org",
    element="assertion",
    links=True,
)
CLR = Standard(
    name="clr",
    title="Comprehensive Learner Record 2.0",
    keyword=b"clrcredential",
    namespace="https://purl.imsglobal.org/clr/v2p0",
    element="credential",
)

STANDARDS: tuple[Standard, ...] = (OB3, OB2, CLR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unbaked:
    """The badge that a picture carries, read and not verified.

    Attributes:
        text: JSON text as it stands in the picture, a compact JWS without blanks around it, or a URL.
        container: The kind of picture.
        standard: Which standard's mark it stood under.
        kind: What ``text`` is: JSON, anything else (a JWS), or (Open Badges 2.0 only) the link of a hosted assertion.
        notes: Codes of ``openbadges.messages`` about what is unusual and did not decide.
    """

    text: str
    container: Container
    standard: StandardName
    kind: Kind
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """One credential text found in a picture, before it is known to be the only one."""

    standard: Standard
    text: str
    notes: tuple[str, ...] = ()


def only_one(marks: Sequence[Standard]) -> None:
    """Refuse a picture with no badge, badges of two standards, or two badges.

    Args:
        marks: The standard of every badge found in the picture, before any of them is read.

    Raises:
        MalformedError: ``image.no_badge``, ``image.two_standards`` or ``image.two_badges``.
    """
    if not marks:
        raise MalformedError("image.no_badge")
    other = next((mark for mark in marks if mark is not marks[0]), None)
    if other is not None:
        raise MalformedError("image.two_standards", first=marks[0].title, second=other.title)
    if len(marks) > 1:
        raise MalformedError("image.two_badges", count=len(marks))


def read_carried(found: Carried, container: Container, notes: tuple[str, ...] = ()) -> Unbaked:
    """Tell JSON, JWS and link apart (OB 3.0 section 5.3: a text that starts with a brace is JSON).

    Raises:
        MalformedError: The text is empty, or it is a link where the standard wants the badge itself.
    """
    bare = found.text.strip(BLANKS)
    if not bare:
        raise MalformedError("image.empty_badge")
    kind: Kind = "jws"
    if bare.startswith("{"):
        kind = "json"
    elif bare[:8].lower().startswith(("https://", "http://")):
        if not found.standard.links:
            raise MalformedError("image.link_only", standard=found.standard.title)
        kind = "url"
    return Unbaked(
        text=found.text if kind == "json" else bare,
        container=container,
        standard=found.standard.name,
        kind=kind,
        notes=notes + found.notes,
    )
