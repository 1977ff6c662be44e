"""Facts as words in the reader's language, and what strangers wrote as text that cannot do anything (S-XSS-1)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import format_decimal
from flask import Flask
from flask_babel import get_locale, gettext
from markupsafe import Markup

from issuer_service.services import markdown

__all__ = ["clean", "day", "init_app", "language_name", "locale", "moment", "month", "number", "web_link"]

# Controls, and signs that turn the direction of what follows; joiners stay, for names in many scripts need them.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_FIRST_STRONG, _END = "\u2068", "\u2069"


def init_app(app: Flask) -> None:
    """Give the templates their filters."""
    app.jinja_env.filters.update(FILTERS)


def locale() -> Locale:
    """The reader's language."""
    return get_locale() or Locale("en")


def clean(text: Any, longest: int = 5_000) -> str:
    """A stranger's text without control characters, cut to a length; the page escapes it besides."""
    found = _UNSEEN.sub("", str(text))
    return found if len(found) <= longest else found[: longest - 1] + "…"


def day(instant: date) -> str:
    """``3 May 2026``; of an instant the day in UTC, which is what was signed."""
    return format_date(_utc(instant) if isinstance(instant, datetime) else instant, "long", locale=_dates())


def moment(instant: datetime) -> str:
    """``3 May 2026, 14:05 UTC``."""
    time = format_time(_utc(instant), "HH:mm", locale=_dates())
    return str(gettext("%(day)s, %(time)s UTC", day=day(instant), time=time))


def month(text: str) -> str:
    """``2026-05`` as May 2026."""
    return format_skeleton("yMMMM", date.fromisoformat(f"{text}-01"), locale=_dates())


def apart(text: str) -> str:
    """Set apart from the direction of the sentence around it."""
    return f"{_FIRST_STRONG}{text}{_END}"


def language_name(tag: str) -> str:
    """The name of a language in the reader's; the tag itself when it is not known."""
    try:
        return Locale.parse(tag, sep="-").get_display_name(locale()) or tag
    except (ValueError, UnknownLocaleError):
        return tag


def web_link(url: Any) -> str:
    """The address if it is one that a page may link to, else nothing."""
    text = str(url or "")
    return text if re.match(r"https?://[^\s/?#\\]+", text) and len(text) <= 2_048 else ""


def _markdown(text: Any) -> Markup:
    return Markup(markdown.render(clean(text, 50_000)))  # noqa: S704 - filtered there; the only place of its kind


def _dates() -> Locale:
    """English dates are written day first, as the library writes them."""
    found = locale()
    return Locale("en", "GB") if found.language == "en" else found


def _utc(instant: datetime) -> datetime:
    return instant.astimezone(UTC) if instant.tzinfo else instant.replace(tzinfo=UTC)


def number(value: float) -> str:
    """``13,939`` as it is written in the reader's language."""
    return format_decimal(value, locale=locale())


FILTERS: Mapping[str, Any] = MappingProxyType(
    {
        "apart": apart,
        "clean": clean,
        "day": day,
        "language_name": language_name,
        "markdown": _markdown,
        "moment": moment,
        "month": month,
        "number": number,
        "web_link": web_link,
    }
)
