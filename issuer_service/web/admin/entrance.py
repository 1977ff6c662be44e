"""Signing in and out, and the one-time links for people who join or forgot their password (S-SES-1)."""

from __future__ import annotations

import unicodedata
from typing import Any

from flask import Response, g, make_response, redirect, render_template, request, url_for
from flask_babel import gettext

from issuer_service.services.accounts import SHORTEST_PASSWORD
from issuer_service.services.errors import InvalidError, NotFoundError, SignInError
from issuer_service.services.records import User
from issuer_service.web import limits, resuming
from issuer_service.web.admin.common import check_entrance_form, filled, go, kept_nowhere, problems_of
from issuer_service.web.auth import cookie_name, forget_session, set_session
from issuer_service.web.i18n import said
from issuer_service.web.security import check_form, safe_next, sends
from issuer_service.web.words import locale

__all__ = ["join", "reset", "sign_in", "sign_out"]


def sign_in() -> Any:
    """Name and password; wrong ones get one answer, whichever of the two is wrong."""
    target = safe_next(request.values.get("next"), url_for("admin.home"))
    if not sends():
        return redirect(target) if g.user else resuming.sign_in_page(target)
    check_entrance_form()
    login, password = request.form.get("login", ""), request.form.get("password", "")
    limits.count("sign_in", _counted(login))
    kept = resuming.carried(target)
    try:
        secret, _ = g.services.accounts.sign_in(login, password)
    except SignInError as error:
        return resuming.sign_in_page(target, login=login[:80], error=said(error.sentence), kept=kept, status=422)
    return _enter(secret, target, kept)


def sign_out() -> Response:
    """End the session here and on the server; it may be over already."""
    if g.user is None:
        return go("sign_in", gettext("You are signed out."))
    check_form()
    g.services.accounts.sign_out(request.cookies[cookie_name()])
    answer = go("sign_in", gettext("You are signed out."))
    forget_session(answer)
    return answer


def join(secret: str) -> Any:
    """Accept an invitation: with a new account, or with the one that is signed in."""
    if sends():
        check_entrance_form()
    try:
        link = g.services.accounts.invitation(secret)  # NotFoundError is a 404
    except NotFoundError:
        entered = _joined_before() if sends() else None
        if entered is None:
            raise
        return entered
    affiliate = g.services.affiliates.get(link.affiliate_id)
    errors: dict[str, str] = {}
    given = filled("login", "password")
    if sends():
        try:
            return _joined(secret, given, affiliate.slug)
        except InvalidError as error:
            errors = problems_of(error)
    page = render_template(
        "admin/join.html",
        affiliate=affiliate,
        link=link,
        secret=secret,
        given=given,
        errors=errors,
        shortest=SHORTEST_PASSWORD,
    )
    return kept_nowhere(page, 422 if errors else 200)


def reset(secret: str) -> Any:
    """Set a new password with a one-time link."""
    errors: dict[str, str] = {}
    if not sends():
        g.services.accounts.check_reset(secret)  # NotFoundError is a 404 that says so
    else:
        check_entrance_form()
        try:
            user = g.services.accounts.reset(secret, request.form.get("password", ""), language=str(locale()))
            return _enter(g.services.accounts.open_session(user.id)[0], url_for("admin.home"))
        except InvalidError as error:
            errors = problems_of(error)
    page = render_template("admin/reset.html", secret=secret, errors=errors, shortest=SHORTEST_PASSWORD)
    return kept_nowhere(page, 422 if errors else 200)


def _joined(secret: str, given: dict[str, str], slug: str) -> Response:
    accounts, user = g.services.accounts, g.user
    if user is not None:
        accounts.join(secret, user.id)
    else:
        login, password = given.get("login", ""), given.get("password", "")
        made: User = accounts.accept_invitation(secret, login, password, language=str(locale()))
        user = made
    return _enter(accounts.open_session(user.id)[0], url_for("admin.group", slug=slug))


def _joined_before() -> Response | None:
    """In with the name and password that were just chosen: the form was sent twice, and the first used the link."""
    login, password = request.form.get("login", ""), request.form.get("password", "")
    if not login or not password:
        return None
    limits.count("sign_in", _counted(login))
    try:
        return _enter(g.services.accounts.sign_in(login, password)[0], url_for("admin.home"))
    except SignInError:
        return None


def _counted(login: str) -> str:
    return unicodedata.normalize("NFKC", login[:200]).strip().casefold()


def _enter(secret: str, target: str, kept: resuming.Fields | None = None) -> Response:
    """A new session each time, so that one planted before is worth nothing; the one before it ends."""
    before = request.cookies.get(cookie_name())
    if before:
        g.services.accounts.sign_out(before)
    if kept is None:
        answer = make_response(redirect(target, 303))
    else:
        g.user, g.session = g.services.accounts.session(secret)
        answer = resuming.ask_once_more(target, kept)
    set_session(answer, secret)
    return answer
