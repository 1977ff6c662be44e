"""Setting up a group in one short form, and changing it later."""

from __future__ import annotations

from typing import Any

from flask import Response, g, make_response, render_template, request
from flask_babel import gettext

from issuer_service.services.affiliates import FIELDS
from issuer_service.services.errors import InvalidError
from issuer_service.services.records import Affiliate, Role
from issuer_service.web.admin.common import filled, go, problems_of
from issuer_service.web.admin.sending import seed
from issuer_service.web.auth import member, signed_in
from issuer_service.web.security import sends

__all__ = ["new_issuer", "settings"]


@signed_in
def new_issuer() -> Any:
    """A new group; who makes it owns it. An operator approves it before it can give badges."""
    errors: dict[str, str] = {}
    given = filled(*FIELDS)
    if sends():
        try:
            made = g.services.affiliates.create(given, owner_id=g.user.id, seed=seed())
        except InvalidError as error:
            errors = problems_of(error)
        else:
            return go("group", gettext("Your group is set up."), slug=made.slug)
    page = render_template("admin/new_issuer.html", given={"language": g.user.language, **given}, errors=errors)
    return make_response(page, 422 if errors else 200)


@member(Role.OWNER)
def settings(affiliate: Affiliate) -> Any:
    """Everything others see of the group, and how it gives badges."""
    errors: dict[str, str] = {}
    given = filled(*FIELDS)
    if affiliate.issuer_id is not None:
        given.pop("slug", None)
    if sends():
        affiliate, errors = _with_logo(affiliate)
        keep = g.services.affiliates.check if errors else g.services.affiliates.update
        try:
            keep(affiliate.id, _changed(given))
        except InvalidError as error:
            errors |= problems_of(error)
        if not errors:
            return _saved(affiliate.id)
    now = {name: getattr(affiliate, name) for name in FIELDS}
    before = {name: request.form.get(f"was-{name}", "") for name in FIELDS} if sends() else now
    page = render_template(
        "admin/settings.html", affiliate=affiliate, given={**now, **given}, before=before, errors=errors
    )
    return make_response(page, 422 if errors else 200)


def _changed(given: dict[str, str]) -> dict[str, str]:
    """What differs from the page as it was opened: the rest may have been changed by somebody else meanwhile."""
    was = {name: request.form.get(f"was-{name}") for name in given}
    return {name: text for name, text in given.items() if _lines(text) != _lines(was[name])}


def _lines(text: str | None) -> str | None:
    """A browser sends line ends in a way of its own."""
    return None if text is None else text.replace("\r\n", "\n")


def _with_logo(affiliate: Affiliate) -> tuple[Affiliate, dict[str, str]]:
    """Keep a logo that was sent, whether or not the rest can be used: nobody likes to send it twice."""
    file = request.files.get("image")
    if file is None or not file.filename:
        return affiliate, {}
    alt = gettext("Logo of %(name)s", name=affiliate.name)
    try:
        image = g.services.images.add_upload(affiliate.id, file.read(), file.filename, alt[:300])
    except InvalidError as error:
        return affiliate, problems_of(error)
    return g.services.affiliates.set_logo(affiliate.id, image.id), {}


def _saved(affiliate_id: str) -> Response:
    affiliate, message = g.services.affiliates.get(affiliate_id), gettext("Saved.")
    file = request.files.get("image")
    if affiliate.logo_id and "no_logo" in request.form and not (file and file.filename):
        g.services.affiliates.set_logo(affiliate_id, None)
        message = gettext("Saved. The logo is gone; badges that were given keep it.")
    return go("settings", message, slug=affiliate.slug)
