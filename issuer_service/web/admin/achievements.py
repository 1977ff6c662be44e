"""The badges of a group: the list, and the form with the badge beside it as others will see it."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, g, make_response, render_template, request
from flask_babel import gettext

from issuer_service.services.achievements import Held
from issuer_service.services.designer import COLOURS, SHAPES, SYMBOLS, draw
from issuer_service.services.drafts import ACHIEVEMENT_TYPES, METHODS
from issuer_service.services.errors import ConflictError
from issuer_service.services.records import AchievementState, Affiliate, Role
from issuer_service.web.admin.badge_form import BadgeForm, design_of
from issuer_service.web.admin.common import can, go, told
from issuer_service.web.admin.sending import seed
from issuer_service.web.auth import member
from issuer_service.web.i18n import LANGUAGES, said
from issuer_service.web.security import sends

__all__ = ["badges", "drawing", "edit", "new", "state"]

_LONGEST_NUMBER = 10


@member(Role.VIEWER)
def badges(affiliate: Affiliate) -> str:
    """All badges of the group, or those in one state."""
    chosen = request.args.get("state", "")
    states = [state for state in AchievementState if state.value == chosen]
    held = g.services.achievements.all(affiliate.id, states)
    return render_template(
        "admin/badges.html",
        affiliate=affiliate,
        held=held,
        chosen=chosen,
        filters=[state.value for state in AchievementState],
    )


@member(Role.OWNER)
def new(affiliate: Affiliate) -> Any:
    """A new badge."""
    return _form(affiliate, None)


@member(Role.VIEWER)
def edit(affiliate: Affiliate, achievement_id: str) -> Any:
    """A badge to look at, for owners to change."""
    if sends() and not can(Role.OWNER):
        abort(403)
    return _form(affiliate, g.services.achievements.get(affiliate.id, achievement_id))


@member(Role.OWNER)
def state(affiliate: Affiliate, achievement_id: str) -> Response:
    """Publish or archive."""
    do = request.form.get("do")
    if do == "publish":
        g.services.achievements.publish(affiliate.id, achievement_id)
        return go("badges", gettext("Published. It can be given now."), slug=affiliate.slug)
    if do != "archive":
        abort(400)
    done = told(g.services.achievements.archive, affiliate.id, achievement_id)
    message = gettext("Archived. It cannot be given any more; those that were given stay good.") if done else ""
    return go("badges", message, slug=affiliate.slug)


@member(Role.VIEWER)
def drawing(affiliate: Affiliate) -> Response:
    """A picture of the designer, for the preview; nothing is kept."""
    del affiliate
    answer = Response(draw(design_of(request.args)), mimetype="image/png")
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer


def _form(affiliate: Affiliate, held: Held | None) -> Response:
    suspendable = held.achievement.suspendable if held else False
    form = BadgeForm(held.version if held else None, affiliate, suspendable=suspendable)
    pressed = ("add", "remove", "search")
    do = request.form.get("do", "") or next((name for name in pressed if name in request.form), "") if sends() else ""
    seen, overtaken = request.form.get("seen", "") if sends() else "", ""
    if do:
        form.take_upload(affiliate.id)
    if do in ("save", "publish"):
        try:
            saved = _save(affiliate, held, form, seen)
        except ConflictError as error:
            saved, overtaken, seen = None, said(error.sentence), ""
        if saved is not None:
            return _done(affiliate, saved, publish=do == "publish")
    page = render_template(
        "admin/badge_form.html",
        affiliate=affiliate,
        held=held,
        form=form,
        given=form.given,
        errors=form.errors,
        view=form.view,
        types=ACHIEVEMENT_TYPES,
        methods=METHODS,
        shapes=SHAPES,
        colours=COLOURS,
        symbols=SYMBOLS,
        tongues=LANGUAGES,
        previewed=do == "preview",
        overtaken=overtaken,
        seen=seen or (held.achievement.version if held else ""),
    )
    return make_response(page, 409 if overtaken else 422 if form.errors else 200)


def _save(affiliate: Affiliate, held: Held | None, form: BadgeForm, seen: str) -> Held | None:
    draft = form.draft(affiliate.id)
    if draft is None:
        return None
    suspendable = bool(form.given["suspendable"])
    if held is None:
        made: Held = g.services.achievements.create(affiliate.id, draft, suspendable=suspendable, seed=seed())
        return made
    saved: Held = g.services.achievements.update(
        affiliate.id,
        held.achievement.id,
        draft,
        suspendable=suspendable,
        seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < _LONGEST_NUMBER else None,
    )
    return saved


def _done(affiliate: Affiliate, held: Held, *, publish: bool) -> Response:
    if not publish:
        return go("badge", gettext("Saved."), slug=affiliate.slug, achievement_id=held.achievement.id)
    if held.achievement.state is not AchievementState.PUBLISHED:
        g.services.achievements.publish(affiliate.id, held.achievement.id)
    message = gettext("Published. Now you can give it.")
    return go("give", message, slug=affiliate.slug, achievement_id=held.achievement.id)
