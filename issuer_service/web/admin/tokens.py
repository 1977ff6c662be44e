"""Tokens for programs: the secret is shown once."""

from __future__ import annotations

from typing import Any

from flask import Response, g, render_template, request
from flask_babel import gettext

from issuer_service.services.errors import InvalidError
from issuer_service.services.records import Affiliate, Role
from issuer_service.services.tokens import SCOPES
from issuer_service.web.admin.common import filled, go, kept_nowhere, problems_of
from issuer_service.web.admin.sending import seed
from issuer_service.web.auth import member
from issuer_service.web.security import sends

__all__ = ["revoke", "tokens"]


@member(Role.OWNER)
def tokens(affiliate: Affiliate) -> Any:
    """The list; sending the form makes a token and shows it this once."""
    errors: dict[str, str] = {}
    secret, given = "", filled("name", "days")
    scopes = [one for one in request.form.getlist("scopes") if one in SCOPES]
    if sends():
        try:
            days: Any = given.get("days", "")
            name = given.get("name", "")
            secret, _ = g.services.tokens.create(affiliate.id, name, scopes, days or None, seed=seed())
        except InvalidError as error:
            errors = problems_of(error)
    page = render_template(
        "admin/tokens.html",
        affiliate=affiliate,
        tokens=g.services.tokens.all(affiliate.id),
        secret=secret,
        given={} if secret else given,
        chosen=() if secret else scopes,
        errors=errors,
        scopes=SCOPES,
    )
    return kept_nowhere(page, 422 if errors else 200)


@member(Role.OWNER)
def revoke(affiliate: Affiliate, token_id: str) -> Response:
    """Make a token worthless."""
    g.services.tokens.revoke(affiliate.id, token_id)
    return go("tokens", gettext("The token does not work any more."), slug=affiliate.slug)
