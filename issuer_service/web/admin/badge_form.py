"""The form of a badge: from what was filled in to a draft, and from a version to what the fields show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import g, request
from flask_babel import gettext

from issuer_service.services.designer import COLOURS, LONGEST_TEXT, SHAPES, SYMBOLS, Design, check_design
from issuer_service.services.drafts import Draft, read_draft
from issuer_service.services.errors import InvalidError
from issuer_service.services.forms import LANGUAGE
from issuer_service.services.records import AchievementVersion, Affiliate
from issuer_service.web.admin.common import filled, problems_of
from issuer_service.web.admin.skill_picker import SkillPicker
from issuer_service.web.badge_view import BadgeView
from issuer_service.web.i18n import LANGUAGES
from issuer_service.web.security import sends
from issuer_service.web.words import clean

__all__ = ["BadgeForm", "design_of"]

_PLAIN = (
    "name",
    "description",
    "criteria",
    "language",
    "achievement_type",
    "method",
    "image_id",
    "valid_days",
    "tags",
    "levels",
)
_WORDS = ("name", "description", "criteria")
_MOST_SHOWN = 20


class BadgeForm:
    """What stands in the form, what is wrong with it, and what others would see.

    Args:
        version: What is kept so far; None for a new badge.
        affiliate: Whose badge it is.
        suspendable: As it is kept.
    """

    def __init__(self, version: AchievementVersion | None, affiliate: Affiliate, *, suspendable: bool = False) -> None:
        self.errors: dict[str, str] = {}
        new: dict[str, Any] = {"language": affiliate.language, "picture": "design"}
        self.given = _kept(version, affiliate.language) if version else new
        self.given["suspendable"] = suspendable
        sent = sends()
        if sent:
            kept = self.given.get("image_id", "")
            self._read()
            self._check_picture(affiliate.id, kept)
        language = str(self.given["language"]).strip()
        self.skills = SkillPicker(
            language=language if LANGUAGE.fullmatch(language) else affiliate.language, affiliate_id=affiliate.id
        )
        if sent:
            self.skills.read()
        elif version is not None:
            self.skills.keep(version)

    def _read(self) -> None:
        form = request.form
        self.given |= filled(*_PLAIN, "alt")
        self.given["suspendable"] = "suspendable" in form
        self.given["picture"] = form.get("picture", "keep" if self.given.get("image_id") else "design")
        self.given["translations"] = _translations()
        self.given["design"] = design_of(form)

    def _check_picture(self, affiliate_id: str, kept: str) -> None:
        """What the form names as its picture may be gone, or another group's: it has the one that is kept then."""
        named = self.given.get("image_id", "")
        if not named or named == kept or g.services.images.is_own(affiliate_id, named):
            return
        self.given["image_id"] = kept
        if self.given["picture"] == "keep":
            self.given["picture"] = "keep" if kept else "design"
            self.errors["image_id"] = gettext("The picture is not there any more. Choose one below, then save again.")

    # saving

    def take_upload(self, affiliate_id: str) -> None:
        """Keep a picture that was sent, whether or not the rest can be used: nobody likes to send it twice."""
        file = request.files.get("image")
        if self.given["picture"] != "upload" or file is None or not file.filename:
            return
        try:
            image = g.services.images.add_upload(affiliate_id, file.read(), file.filename, self.given.get("alt", ""))
        except InvalidError as error:
            self.errors |= problems_of(error)
            return
        self.given |= {"image_id": image.id, "picture": "keep"}

    def draft(self, affiliate_id: str) -> Draft | None:
        """The draft, with its picture kept; None when something is wrong, which ``errors`` then says."""
        draft = self._checked()
        if self.given["picture"] == "upload" and "image" not in self.errors and "alt" not in self.errors:
            self.errors["image"] = gettext("Choose a file, or make a picture here.")
        if draft is None or self.errors:
            return None
        if self.given["picture"] == "design":
            image = g.services.images.add_design(affiliate_id, self.given["design"])
            return self._checked(image.id)
        return draft

    def _checked(self, image_id: str | None = None) -> Draft | None:
        given = {name: self.given.get(name, "") for name in _PLAIN}
        if image_id is not None or self.given["picture"] != "keep":
            given["image_id"] = image_id or ""
        given["alignments"], given["rubrics"] = self.skills.alignments, self.skills.rubrics
        given["translations"] = {
            tag: words for tag, words in self.given.get("translations", {}).items() if any(words.values())
        }
        draft = None
        try:
            draft = read_draft(given)
        except InvalidError as error:
            self.errors |= problems_of(error)
        try:
            if self.given["picture"] == "design":
                check_design(self.given["design"])
        except InvalidError as error:
            self.errors |= problems_of(error)
        return draft

    # showing

    @property
    def view(self) -> BadgeView:
        """The badge as others would see it, as far as it is filled in."""
        given = self.given
        tags = [tag.strip() for tag in str(given.get("tags", "")).split(",") if tag.strip()]
        return BadgeView(
            name=clean(given.get("name") or gettext("The name of the badge"), 200),
            description=clean(given.get("description", ""), 2_000),
            criteria=clean(given.get("criteria", ""), 20_000),
            image_alt=clean(given.get("alt", ""), 300),
            tags=[clean(tag, 60) for tag in tags[:_MOST_SHOWN]],
            skills=self.skills.shown(),
        )

    @property
    def design(self) -> Design:
        """What the designer shows."""
        return self.given.get("design") or Design()

    @property
    def translations(self) -> Mapping[str, Mapping[str, str]]:
        """The languages there are fields for: those of the site, those that are there, and one to name."""
        kept: Mapping[str, Mapping[str, str]] = self.given.get("translations", {})
        tags = [tag for tag in LANGUAGES if tag != self.given.get("language")]
        return {tag: kept.get(tag, {}) for tag in dict.fromkeys([*kept, *tags, ""])}


def design_of(given: Mapping[str, str]) -> Design:
    """The design that these fields choose; its alternative text says what is drawn when nobody wrote one."""
    design = Design(
        shape=given.get("shape", "circle"),
        colour=given.get("colour", "blue"),
        symbol=given.get("symbol", "star"),
        text=given.get("letters", "")[: LONGEST_TEXT + 1],
        alt=given.get("alt", "").strip(),
    )
    known = design.shape in SHAPES and design.colour in COLOURS and design.symbol in SYMBOLS
    if design.alt or not known:
        return design
    said = [gettext(SHAPES[design.shape]), gettext(COLOURS[design.colour][1]), gettext(SYMBOLS[design.symbol])]
    words = ", ".join([*said, design.text] if design.text else said)
    return Design(shape=design.shape, colour=design.colour, symbol=design.symbol, text=design.text, alt=words)


def _kept(version: AchievementVersion, language: str) -> dict[str, Any]:
    kept = {name: getattr(version, name) for name in _PLAIN}
    return kept | {
        "language": version.language or language,
        "tags": ", ".join(version.tags),
        "levels": "\n".join(f"{one['name']}: {one['description']}".rstrip(": ") for one in version.levels),
        "valid_days": version.valid_days or "",
        "image_id": version.image_id or "",
        "picture": "keep" if version.image_id else "design",
        "translations": {tag: dict(words) for tag, words in version.translations.items()},
    }


def _translations() -> dict[str, dict[str, str]]:
    form = request.form
    columns = [form.getlist("to_language"), *(form.getlist(f"to_{name}") for name in _WORDS)]
    rows = [[cell.strip() for cell in row] for row in zip(*columns, strict=False)]
    return {row[0]: dict(zip(_WORDS, row[1:], strict=True)) for row in rows if any(row[1:])}
