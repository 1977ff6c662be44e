"""``create_app``: the only way to a running application. Nothing happens at import."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, g

from issuer_service.config import Settings
from issuer_service.services.all import Services
from issuer_service.web import auth, errors, i18n, security
from issuer_service.web.table import BLUEPRINTS
from issuer_service.wiring import build_services

__all__ = ["create_app"]

_TWO_MIB = 2 * 1024 * 1024


def create_app(settings: Settings, services: Services | None = None) -> Flask:
    """The application for these settings.

    Args:
        settings: Where it runs and with which secrets.
        services: The use cases; built from the settings unless handed in.
    """
    app = Flask("issuer_service", static_url_path="/static")
    base = urlsplit(settings.base_url)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SETTINGS=settings,
        SECURE=base.scheme == "https",
        ALLOWED_HOSTS=frozenset({base.netloc}),
        MAX_CONTENT_LENGTH=_TWO_MIB,
        MAX_FORM_MEMORY_SIZE=_TWO_MIB,
        MAX_FORM_PARTS=200,
        SEND_FILE_MAX_AGE_DEFAULT=3600,
    )
    cases = services or build_services(settings)

    def hand_over_services() -> None:
        g.services = cases

    app.extensions["services"] = cases
    app.before_request(hand_over_services)
    security.init_app(app)
    auth.init_app(app)
    i18n.init_app(app)
    errors.init_app(app)
    app.context_processor(lambda: {"site_name": cases.site.name, "user": g.get("user"), "accent": None})
    for blueprint, prefix in BLUEPRINTS:
        app.register_blueprint(blueprint, url_prefix=prefix)
    return app
