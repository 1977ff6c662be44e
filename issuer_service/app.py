"""``create_app``: the only way to a running application. Nothing happens at import."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Flask, current_app, g
from werkzeug.middleware.proxy_fix import ProxyFix

from issuer_service.config import Settings
from issuer_service.web import auth, change_words, due, errors, i18n, limits, metrics, security, spoken, words

if TYPE_CHECKING:
    from issuer_service.services.all import Services, Site

__all__ = ["create_app"]

_TWO_MIB = 2 * 1024 * 1024


def create_app(
    settings: Settings,
    services: Services | None = None,
    blueprints: Sequence[tuple[Blueprint, str | None]] | None = None,
) -> Flask:
    """The application for these settings.

    Args:
        settings: Where it runs and with which secrets.
        services: The use cases; built from the settings unless handed in.
        blueprints: What is served and under which prefix; ``web.table.BLUEPRINTS`` unless handed in.
    """
    app = Flask("issuer_service", static_url_path="/static")
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SETTINGS=settings,
        SECURE=settings.https,
        SESSION_COOKIE_NAME="__Host-note"
        if settings.https
        else "note",  # flashed messages; who signed in is in web.auth
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_SAMESITE="Lax",
        ALLOWED_HOSTS=frozenset({settings.host}),
        MAX_CONTENT_LENGTH=_TWO_MIB,
        MAX_FORM_MEMORY_SIZE=_TWO_MIB,
        MAX_FORM_PARTS=200,
        SEND_FILE_MAX_AGE_DEFAULT=3600,
    )
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    if settings.trusted_proxies:  # only who asks is believed from them, never which host was asked (S-HOST-1)
        proxied = ProxyFix(app.wsgi_app, x_for=settings.trusted_proxies, x_proto=0)
        app.wsgi_app = proxied  # type: ignore[method-assign]  # the way Flask documents
    app.extensions["services"] = services or _built(settings)
    app.before_request(_hand_over_services)
    for part in (metrics, security, limits, due, auth, i18n, words, spoken, change_words, errors):
        part.init_app(app)
    app.context_processor(_site_words)
    for blueprint, prefix in _table() if blueprints is None else blueprints:
        app.register_blueprint(blueprint, url_prefix=prefix)
    return app


def _hand_over_services() -> None:
    g.services = current_app.extensions["services"]


def _site_words() -> dict[str, Any]:
    site: Site = current_app.extensions["services"].site
    return {"site_name": site.name, "user": g.get("user"), "accent": None}


def _built(settings: Settings) -> Services:
    from issuer_service.wiring import build_services  # noqa: PLC0415 - tests hand their own in and need no database

    return build_services(settings)


def _table() -> Sequence[tuple[Blueprint, str | None]]:
    from issuer_service.web.table import BLUEPRINTS  # noqa: PLC0415 - whoever hands in a table loads no other pages

    return BLUEPRINTS
