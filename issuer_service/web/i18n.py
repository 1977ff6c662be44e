"""Languages of the pages: chosen by ``?lang=``, a cookie, the person's setting, or the browser, in that order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from babel import Locale
from flask import Flask, Response, current_app, g, request
from flask_babel import Babel, get_locale, gettext

from issuer_service.services.sentences import Sentence
from issuer_service.web.report_words import sentence as library_sentence
from issuer_service.web.words import moment
from openbadges.messages import Said

__all__ = ["LANGUAGES", "init_app", "said"]

LANGUAGES: Mapping[str, str] = {"en": "English", "es": "Español", "fr": "Français", "ar": "العربية"}
_COOKIE = "lang"
_YEAR = 365 * 24 * 60 * 60


def init_app(app: Flask) -> None:
    """Choose the language of each request and give templates what they need of it."""
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", "translations")
    app.config.setdefault("BABEL_DEFAULT_LOCALE", "en")
    Babel(app, locale_selector=_select)
    app.context_processor(_template_words)
    app.after_request(_remember)
    app.jinja_env.filters["said"] = said


def said(sentence: Sentence) -> str:
    """A sentence of a use case in the reader's language, and those that stand among its facts too."""
    return str(gettext(sentence.template)).format_map({name: _fact(fact) for name, fact in sentence.params.items()})


def _fact(value: Any) -> Any:
    if isinstance(value, Sentence):
        return said(value)
    if isinstance(value, Said):
        return library_sentence(value.code, value.params)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, tuple):
        return " ".join(str(_fact(one)) for one in value)
    return value


def _select() -> str:
    asked = request.args.get("lang", "")
    if asked in LANGUAGES:
        return asked
    kept = request.cookies.get(_COOKIE, "")
    if kept in LANGUAGES:
        return kept
    user = g.get("user")
    if user is not None and user.language in LANGUAGES:
        return str(user.language)
    accepted = (tag.lower().partition("-")[0] for tag, quality in request.accept_languages if quality > 0)
    return next((tag for tag in accepted if tag in LANGUAGES), "en")


def _template_words() -> dict[str, Any]:
    locale = get_locale() or Locale("en")
    languages = [(tag, name, Locale(tag).text_direction) for tag, name in LANGUAGES.items()]
    return {"locale_tag": str(locale), "text_direction": locale.text_direction, "languages": languages}


def _remember(answer: Response) -> Response:
    asked = request.args.get("lang", "")
    if asked in LANGUAGES and request.method == "GET":
        answer.set_cookie(
            _COOKIE, asked, max_age=_YEAR, secure=current_app.config["SECURE"], httponly=True, samesite="Lax"
        )
    return answer
