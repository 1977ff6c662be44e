"""For those who run the site: approving issuers, accounts, and issuers from elsewhere that this site knows."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, flash, g, make_response, render_template, request
from flask_babel import gettext

from issuer_service.services.errors import InvalidError
from issuer_service.services.records import AffiliateState
from issuer_service.web.admin.common import filled, go, kept_nowhere, problems_of, told
from issuer_service.web.admin.sending import seed
from issuer_service.web.auth import operator
from issuer_service.web.security import sends

__all__ = ["issuer", "known", "known_remove", "site", "user_change", "users"]


@operator
def site() -> str:
    """All groups; those that wait for approval first."""
    order = (AffiliateState.PENDING, AffiliateState.APPROVED, AffiliateState.CLOSED)
    found = sorted(g.services.affiliates.all(), key=lambda one: (order.index(one.state), one.name.casefold()))
    return render_template("admin/site.html", affiliates=found)


@operator
def issuer(issuer: str) -> Response:
    """Approve a group, or close it."""
    affiliate, do = g.services.affiliates.by_slug(issuer), request.form.get("do")
    if do == "approve":
        done = told(g.services.affiliates.approve, affiliate.id)
        message = gettext("“%(name)s” can give badges now.", name=affiliate.name) if done else ""
    elif do == "close":
        g.services.affiliates.close(affiliate.id)
        message = gettext("“%(name)s” is closed. Its badges stay good.", name=affiliate.name)
    else:
        abort(400)
    return go("site", message)


@operator
def users() -> Any:
    """All accounts; sending the form makes one, with a link to set its password."""
    errors: dict[str, str] = {}
    given, link = filled("login"), ""
    if sends():
        try:
            made = g.services.accounts.create_user(given.get("login", ""), seed=seed())
            link = _reset_link(made.id, seed())
        except InvalidError as error:
            errors = problems_of(error)
    return _users_page(link, given.get("login", ""), errors)


@operator
def user_change(user_id: str) -> Any:
    """A link for a new password, or lock and open an account."""
    user, do = g.services.accounts.get(user_id), request.form.get("do")
    if do == "reset":
        return _users_page(_reset_link(user.id), user.login)
    if do not in ("disable", "enable"):
        abort(400)
    if do == "disable" and user.id == g.user.id:
        flash(gettext("You cannot lock your own account. Ask another operator."), "fail")
        return go("site_users")
    g.services.accounts.set_disabled(user.id, do == "disable")
    message = gettext("The account is locked and signed out.") if do == "disable" else gettext("The account is open.")
    return go("site_users", message)


@operator
def known() -> Any:
    """Issuers from elsewhere: whoever checks their badges here reads that this site knows them."""
    errors: dict[str, str] = {}
    given = filled("issuer_id", "name", "note")
    if sends():
        try:
            texts = {name: given.get(name, "") for name in ("issuer_id", "name", "note")}
            g.services.known_issuers.add(**texts, user_id=g.user.id)
            return go("site_known", gettext("Saved."))
        except InvalidError as error:
            errors = problems_of(error)
    listed = g.services.known_issuers.all()
    page = render_template("admin/known.html", known=listed, given=given, errors=errors)
    return make_response(page, 422 if errors else 200)


@operator
def known_remove() -> Response:
    """Take one off the list."""
    g.services.known_issuers.remove(request.form.get("issuer_id", ""))
    return go("site_known", gettext("It is off the list. Its badges are checked as before, without that word."))


def _reset_link(user_id: str, seed: str = "") -> str:
    return str(g.services.site.reset_url(g.services.accounts.reset_link(user_id, seed=seed)))


def _users_page(link: str, login: str, errors: dict[str, str] | None = None) -> Response:
    found = sorted(g.services.accounts.all_users(), key=lambda user: user.login)
    page = render_template("admin/users.html", people=found, link=link, login=login, errors=errors or {})
    return kept_nowhere(page, 422 if errors else 200)
