"""Who is asking: sessions in a cookie for people, roles in the affiliate that the address names (S-SES-1, S-AZ-1)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Flask, Response, abort, current_app, g, redirect, request, url_for

from issuer_service.services.records import Role
from issuer_service.web import resuming
from issuer_service.web.security import has_form_token, sends

__all__ = ["forget_session", "init_app", "member", "operator", "set_session", "signed_in"]

View = TypeVar("View", bound=Callable[..., Any])
_RANK = {Role.VIEWER: 1, Role.AWARDER: 2, Role.OWNER: 3}
_TWELVE_HOURS = 12 * 60 * 60


def init_app(app: Flask) -> None:
    """Look the session up before each request."""
    app.before_request(_load)


def cookie_name() -> str:
    """With https the browser itself keeps the cookie to this host (``__Host-``)."""
    return "__Host-session" if current_app.config["SECURE"] else "session"


def set_session(answer: Response, secret: str) -> None:
    """Hand the session to the browser."""
    secure = current_app.config["SECURE"]
    answer.set_cookie(
        cookie_name(), secret, max_age=_TWELVE_HOURS, secure=secure, httponly=True, samesite="Lax", path="/"
    )


def forget_session(answer: Response) -> None:
    """Take the cookie back."""
    answer.delete_cookie(cookie_name(), path="/", secure=current_app.config["SECURE"], httponly=True, samesite="Lax")


def signed_in(view: View) -> View:
    """Only for people who are signed in; a form has to carry the session's token.

    Who was signed out meanwhile, or signed in anew, does not lose what the form holds.
    """

    @wraps(view)
    def guarded(*args: Any, **values: Any) -> Any:
        here = request.full_path.rstrip("?")
        if g.user is None and not sends():
            return redirect(url_for("admin.sign_in", next=here))
        if g.user is None:
            if not resuming.can_resume():
                abort(401)
            return resuming.sign_in_page(here, kept=resuming.kept_fields(), status=401)
        if sends() and not has_form_token():
            if not resuming.can_resume():
                abort(400, description="form_expired")
            return resuming.ask_once_more(here, resuming.kept_fields(), status=400)
        return view(*args, **values)

    return cast("View", guarded)


def member(least: Role) -> Callable[[View], View]:
    """Only for members of the affiliate ``slug`` of the address, with at least this role; others get "not found"."""

    def decorate(view: View) -> View:
        @wraps(view)
        @signed_in
        def guarded(slug: str, **values: Any) -> Any:
            affiliate = g.services.affiliates.by_slug(slug)  # NotFoundError is a 404
            role = g.services.accounts.role_in(g.user.id, affiliate.id)
            if role is None:
                abort(404)
            if _RANK[role] < _RANK[least]:
                abort(403)
            g.affiliate, g.role = affiliate, role
            return view(affiliate, **values)

        return cast("View", guarded)

    return decorate


def operator(view: View) -> View:
    """Only for those who run the site."""

    @wraps(view)
    @signed_in
    def guarded(*args: Any, **values: Any) -> Any:
        if not g.user.is_operator:
            abort(404)
        return view(*args, **values)

    return cast("View", guarded)


def _load() -> None:
    g.user, g.session = None, None
    secret = request.cookies.get(cookie_name())
    if secret and "Authorization" not in request.headers:
        found = g.services.accounts.session(secret)
        if found is not None:
            g.user, g.session = found
