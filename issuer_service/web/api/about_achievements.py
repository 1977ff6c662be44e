"""Operations about achievements and their pictures."""

from __future__ import annotations

from flask import request

from issuer_service.services.achievements import Held
from issuer_service.services.designer import Design
from issuer_service.services.drafts import Draft, read_draft
from issuer_service.services.errors import NotFoundError
from issuer_service.web.api.operations import Asked, Part
from issuer_service.web.api.preconditions import check_if_match, etag_of
from issuer_service.web.api.shown import AchievementOut, ImageOut

__all__ = [
    "achievement",
    "achievements",
    "archive",
    "design_image",
    "image",
    "make_achievement",
    "publish",
    "update_achievement",
    "upload_image",
]


def achievements(asked: Asked) -> Part:
    """All of them, by name."""
    states = (asked.query.state,) if asked.query.state is not None else ()
    found = asked.services.achievements.all(asked.affiliate_id, states)
    start = asked.query.offset
    shown = [_shown(asked, held) for held in found[start : start + asked.query.limit]]
    return Part(items=shown, total=len(found), limit=asked.query.limit, offset=start)


def achievement(asked: Asked) -> AchievementOut:
    """One of them."""
    return _shown(asked, asked.services.achievements.get(asked.affiliate_id, asked.path["achievement_id"]))


def make_achievement(asked: Asked) -> AchievementOut:
    """A new one, a draft."""
    made = asked.services.achievements.create(asked.affiliate_id, _draft(asked), suspendable=asked.body.suspendable)
    return _shown(asked, made)


def update_achievement(asked: Asked) -> AchievementOut:
    """A new version."""
    sent = "suspendable" in asked.body.model_fields_set
    return _shown(
        asked,
        asked.services.achievements.update(
            asked.affiliate_id,
            asked.path["achievement_id"],
            _draft(asked),
            suspendable=asked.body.suspendable if sent else None,
            before=lambda held: check_if_match(etag_of(_shown(asked, held))),
        ),
    )


def publish(asked: Asked) -> AchievementOut:
    """Let it be awarded."""
    return _shown(asked, asked.services.achievements.publish(asked.affiliate_id, asked.path["achievement_id"]))


def archive(asked: Asked) -> AchievementOut:
    """Stop awarding it."""
    return _shown(asked, asked.services.achievements.archive(asked.affiliate_id, asked.path["achievement_id"]))


def upload_image(asked: Asked) -> ImageOut:
    """Keep a picture, drawn anew."""
    made = asked.services.images.add_upload(asked.affiliate_id, request.get_data(), "", asked.query.alt)
    return ImageOut.of(made, asked.services.site)


def design_image(asked: Asked) -> ImageOut:
    """Keep a picture of the built-in designer."""
    design = Design(**asked.body.model_dump())
    return ImageOut.of(asked.services.images.add_design(asked.affiliate_id, design), asked.services.site)


def image(asked: Asked) -> ImageOut:
    """What is known of a picture.

    Raises:
        NotFoundError: Not one of this affiliate.
    """
    found = asked.services.images.get(asked.path["image_id"])
    if found.affiliate_id != asked.affiliate_id:
        raise NotFoundError("image.not_found")
    return ImageOut.of(found, asked.services.site)


def _draft(asked: Asked) -> Draft:
    given = asked.body.model_dump(exclude={"suspendable"}, exclude_none=True)
    language = asked.services.affiliates.get(asked.affiliate_id).language
    return read_draft(given, language=language)


def _shown(asked: Asked, held: Held) -> AchievementOut:
    return AchievementOut.of(held, asked.services.site)
