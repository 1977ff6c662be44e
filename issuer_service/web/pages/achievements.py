"""What can be earned, for people and for programs; and the pictures."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import Response, g, make_response, render_template, request

from issuer_service.services.achievements import Held
from issuer_service.services.designer import PLAIN, draw
from issuer_service.services.drafts import ACHIEVEMENT_TYPES, METHODS
from issuer_service.web.badge_view import read_badge
from issuer_service.web.i18n import LANGUAGES
from issuer_service.web.negotiation import DATA_FORMS, choose
from issuer_service.web.security import kept, open_to_all
from issuer_service.web.skill_chips import with_pages
from issuer_service.web.words import locale

__all__ = ["achievement", "image"]

_DAY = 24 * 60 * 60
_YEAR = 365 * _DAY


def achievement(achievement_id: str) -> Response:
    """An achievement: a page for those who ask for HTML, else JSON-LD in the language of ``?lang=``."""
    form = choose(DATA_FORMS)
    if form.name == "html":
        return _page(achievement_id)
    asked = request.args.get("lang", "")[:35]
    document = g.services.achievements.document(achievement_id, language=asked or None)
    answer = Response(json.dumps(document, ensure_ascii=False, indent=1), content_type=form.media_type)
    answer.vary.add("Accept")
    return open_to_all(kept(answer, "public, max-age=300"))


def _page(achievement_id: str) -> Response:
    affiliate, held = g.services.achievements.public(achievement_id)
    asked = request.args.get("lang", "")
    tags = [str(locale())] if asked in LANGUAGES else [asked[:35], str(locale())]
    page = render_template(
        "public/achievement.html",
        affiliate=affiliate,
        accent=affiliate.accent,
        achievement=held.achievement,
        version=held.version,
        words=g.services.achievements.in_language(held.version, [tag for tag in tags if tag]),
        kind=ACHIEVEMENT_TYPES.get(held.version.achievement_type, ""),
        method=METHODS.get(held.version.method, "") if held.version.method else "",
        skills=with_pages(read_badge({"credentialSubject": {"achievement": _model(held)}})),
        languages_of=(held.version.language, *held.version.translations),
    )
    answer = make_response(page)
    answer.vary.add("Accept")
    return answer


def _model(held: Held) -> Mapping[str, Any]:
    found: Mapping[str, Any] = g.services.achievements.to_model(held.version).to_document()
    return found


def image(image_id: str) -> Response:
    """A picture; it never changes, so a copy may be kept as long as one likes.

    ``plain`` is the picture of the badges that have none of their own.
    """
    if image_id == "plain":
        return open_to_all(kept(Response(draw(PLAIN), mimetype="image/png"), f"public, max-age={_DAY}"))
    found = g.services.images.get(image_id)
    answer = Response(found.png, mimetype="image/png")
    answer.set_etag(found.id)
    return open_to_all(kept(answer, f"public, max-age={_YEAR}, immutable"))
