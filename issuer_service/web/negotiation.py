"""Which form of a thing to answer with (RFC 9110, section 12.5.1), from a visible table of media types.

``text/html`` is given only to those who name it: ``*/*`` and a missing header are programs, and get the data.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from flask import request
from werkzeug.exceptions import NotAcceptable

__all__ = ["BADGE_FORMS", "DATA_FORMS", "Form", "choose"]


class Form(NamedTuple):
    """One form: its name, and the media type it is answered as."""

    name: str
    media_type: str


# media type -> form. The first one that fits answers a range such as image/* or */*.
BADGE_FORMS: Mapping[str, str] = MappingProxyType(
    {
        "application/vc": "json",
        "application/vc+ld+json": "json",
        "application/ld+json": "json",
        "application/json": "json",
        "application/vc+jwt": "jwt",
        "application/jwt": "jwt",
        "text/plain": "jwt",
        "image/png": "png",
        "image/svg+xml": "svg",
        "text/html": "html",
    }
)
DATA_FORMS: Mapping[str, str] = MappingProxyType(
    {"application/ld+json": "json", "application/json": "json", "text/html": "html"}
)


def choose(forms: Mapping[str, str]) -> Form:
    """The form that the request's Accept header likes best.

    Of two it likes equally, the one that is named more exactly wins, then the one it names first.

    Raises:
        NotAcceptable: It likes none of them (406).
    """
    ranges = [(wanted.partition(";")[0].strip().lower(), quality) for wanted, quality in request.accept_mimetypes]
    if not request.accept_mimetypes:
        ranges = [("*/*", 1.0)]
    best: tuple[float, int, int] | None = None
    found = None
    for media_type, name in forms.items():
        liking = _liking(media_type, ranges)
        if liking is not None and liking[0] > 0 and (best is None or liking > best):
            best, found = liking, Form(name, media_type)
    if found is None:
        raise NotAcceptable
    return found


def _liking(media_type: str, ranges: list[tuple[str, float]]) -> tuple[float, int, int] | None:
    """Quality, exactness and place (earlier is more) of the most exact range that fits; None when none does."""
    whole, main = media_type, media_type.partition("/")[0] + "/*"
    for exactness, text in ((2, whole), (1, main), (0, "*/*")):
        if exactness < 2 and media_type == "text/html":
            return None
        for place, (wanted, quality) in enumerate(ranges):
            if wanted == text:
                return quality, exactness, -place
    return None
