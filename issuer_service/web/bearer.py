"""Which program asks: a bearer token in the Authorization header, nowhere else (S-TOK-1). Cookies say nothing here."""

from __future__ import annotations

from flask import g, request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Forbidden, Unauthorized

from issuer_service.services.records import ApiToken

__all__ = ["bearer_token"]


def bearer_token(scope: str | None) -> ApiToken:
    """The token of this request.

    Args:
        scope: What it has to allow; None where any token will do.

    Raises:
        Unauthorized: No token, or one that is unknown, revoked or too old: one answer for all.
        Forbidden: It does not have the scope.
    """
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    token = g.services.tokens.authenticate(secret.strip()) if kind.lower() == "bearer" else None
    if token is None:
        raise Unauthorized(www_authenticate=WWWAuthenticate("bearer", {"realm": "api"}))
    if scope is not None and scope not in token.scopes:
        raise Forbidden()
    found: ApiToken = token
    return found
