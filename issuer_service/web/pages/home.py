"""The start page, and the pages about this site."""

from __future__ import annotations

from flask import Response, abort, g, render_template

from issuer_service.services.records import AffiliateState
from issuer_service.web.colours import accent_sheet

__all__ = ["about", "accent_css", "home", "privacy"]

_YEAR = 365 * 24 * 60 * 60


def home() -> str:
    """What this is, the way to check a badge, and who issues here."""
    found = g.services.affiliates.all(AffiliateState.APPROVED)
    return render_template("public/home.html", issuers=sorted(found, key=lambda one: one.name.casefold()))


def about() -> str:
    """What a badge is and how checking works."""
    return render_template("public/about.html")


def privacy() -> str:
    """What is kept, for how long, and who sees it."""
    return render_template("public/privacy.html")


def accent_css(colour: str) -> Response:
    """An affiliate's colour as a sheet of its own, because pages allow no styles inside."""
    sheet = accent_sheet(colour)
    if sheet is None:
        abort(404)
    answer = Response(sheet, mimetype="text/css")
    answer.cache_control.public = True
    answer.cache_control.max_age = _YEAR
    answer.cache_control.immutable = True
    return answer
