"""Texts that are there in several languages, in the reader's: which one is shown, and which language it is in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from flask import Flask, request

from issuer_service.services.forms import LANGUAGE
from issuer_service.web.i18n import LANGUAGES
from issuer_service.web.report_words import sentence
from issuer_service.web.words import locale
from openbadges.frameworks import Texts, text

__all__ = ["Spoken", "init_app", "reading_language", "spoken", "synonyms"]


class Spoken(NamedTuple):
    """A text, and the tag of its language."""

    text: str
    language: str

    def __str__(self) -> str:
        return self.text


def init_app(app: Flask) -> None:
    """Give the templates their filters."""
    app.jinja_env.filters.update(sentence=sentence, spoken=spoken, synonyms=synonyms)


def reading_language() -> str:
    """The language that texts of frameworks are read in: that of ``?lang=``, also one that the pages do not have."""
    asked = request.args.get("lang", "")
    known = len(asked) <= 35 and asked not in LANGUAGES and LANGUAGE.fullmatch(asked) is not None
    return asked if known else str(locale())


def spoken(texts: Texts, otherwise: str = "") -> Spoken:
    """The text in the reader's language, or the nearest there is.

    Args:
        texts: Language tag to text.
        otherwise: What is shown when there is no text at all.
    """
    language = reading_language()
    found = text(texts, language)
    if found is None:
        return Spoken(otherwise, "")
    return Spoken(found, next(tag for tag in (language, *texts) if texts.get(tag) == found))


def synonyms(names: Mapping[str, Sequence[str]]) -> Sequence[Spoken]:
    """Other names in the reader's language."""
    language = reading_language().casefold()
    wanted = (language, language.partition("-")[0])
    return [Spoken(name, tag) for tag, row in names.items() if tag.casefold() in wanted for name in row]
