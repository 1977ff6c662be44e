"""Badges inside pictures: ``bake`` puts one in, ``unbake`` takes it out. Nothing is verified, drawn or fetched here.

The kind of picture is found by its first bytes, never by a file name. To add a kind: a file beside this one, a line in
``FORMATS``, and its tests.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from openbadges import jsontext
from openbadges.baking.carriers import BLANKS, STANDARDS, Container, Kind, Standard, StandardName, Unbaked
from openbadges.baking.png import bake_png, is_png, unbake_png
from openbadges.baking.svg import bake_svg, is_svg, unbake_svg
from openbadges.errors import ConfigurationError, LimitError, MalformedError
from openbadges.limits import DEFAULT_LIMITS, Limits

__all__ = [
    "FORMATS",
    "STANDARDS",
    "Container",
    "Format",
    "Kind",
    "Standard",
    "StandardName",
    "Unbaked",
    "bake",
    "container_of",
    "unbake",
]


class Baker(Protocol):
    """Puts a badge into one kind of picture."""

    def __call__(self, image: bytes, badge: str, *, limits: Limits) -> bytes:
        """New bytes of the same picture, carrying ``badge``."""
        ...


class Unbaker(Protocol):
    """Takes the badge out of one kind of picture."""

    def __call__(self, image: bytes, *, limits: Limits) -> Unbaked:
        """The one badge found in ``image``."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One kind of picture that can carry a badge."""

    container: Container
    recognises: Callable[[bytes], bool]
    bake: Baker
    unbake: Unbaker


FORMATS: tuple[Format, ...] = (
    Format(container="png", recognises=is_png, bake=bake_png, unbake=unbake_png),
    Format(container="svg", recognises=is_svg, bake=bake_svg, unbake=unbake_svg),
)

_COMPACT_JWS = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*")


def container_of(data: bytes) -> Container | None:
    """Which kind of picture the first bytes promise (anything that starts like XML counts as SVG), or None."""
    found = _format_of(data)
    return found.container if found else None


def bake(image: bytes, badge: str | bytes, *, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """Put a signed badge into a PNG or SVG picture (OB 3.0 section 5.3.2).

    A badge of Open Badges 3.0 that is already there is replaced; nothing else of the picture changes.

    Args:
        image: The picture's bytes.
        badge: The signed badge as it was issued: JSON text or a compact JWS; bytes are UTF-8.
        limits: Bounds of picture and badge, before and after.

    Returns:
        New bytes of the same kind of picture; ``unbake`` gives ``badge`` back, blanks around a JWS left out.

    Raises:
        MalformedError: The picture is neither PNG nor SVG or is damaged, or the badge is neither JSON nor a JWS.
        LimitError: The picture or the badge is over a limit.
        RefusedError: The picture carries a badge of another standard.
    """
    text = _badge_text(badge, limits)
    return _known_format_of(image).bake(image, text, limits=limits)


def unbake(image: bytes, *, limits: Limits = DEFAULT_LIMITS) -> Unbaked:
    """Take the badge out of a PNG or SVG picture, of Open Badges 3.0, 2.0 or CLR 2.0. It is read, not verified.

    Raises:
        MalformedError: Neither PNG nor SVG, damaged, without badge, or with more than one.
        LimitError: The picture is over a limit.
    """
    return _known_format_of(image).unbake(image, limits=limits)


def _format_of(image: bytes) -> Format | None:
    if not isinstance(image, (bytes, bytearray)):
        raise ConfigurationError("image.kind", kind=type(image).__name__)
    return next((candidate for candidate in FORMATS if candidate.recognises(image)), None)


def _known_format_of(image: bytes) -> Format:
    found = _format_of(image)
    if found is None:
        raise MalformedError("image.unknown_format" if image else "image.empty")
    return found


def _badge_text(badge: str | bytes, limits: Limits) -> str:
    if not isinstance(badge, (str, bytes)):
        raise ConfigurationError("image.badge_kind", kind=type(badge).__name__)
    if len(badge) > limits.document_bytes:
        raise LimitError("image.badge_too_large", limit=limits.document_bytes)
    try:
        text = badge.decode("utf-8") if isinstance(badge, bytes) else badge
    except UnicodeDecodeError as error:
        raise MalformedError("image.badge_text") from error
    bare = text.strip(BLANKS)
    if bare.startswith("{"):
        jsontext.parse_object(text, limits)
        return text
    if not _COMPACT_JWS.fullmatch(bare):
        raise MalformedError("image.badge_text")
    return bare
