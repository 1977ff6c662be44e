"""For WSGI servers: ``gunicorn issuer_service.wsgi:application``. The settings come from the environment.

Nothing happens at import: the application is made when a server first asks for it.
"""

from __future__ import annotations

import atexit
import os
from functools import cache
from typing import Any

from flask import Flask

from issuer_service.app import create_app
from issuer_service.config import Settings
from issuer_service.jobs.timer import Timer
from issuer_service.wiring import build_services

__all__ = ["make"]


@cache
def make() -> Flask:
    """The application of this process, with its timer."""
    settings = Settings.from_environment(os.environ, os.environ.get("ISSUER_SETTINGS"))
    services = build_services(settings)
    app = create_app(settings, services)
    timer = Timer(services.awarding.issue_due)
    timer.start()
    app.extensions["timer"] = timer
    atexit.register(services.close)
    atexit.register(timer.stop)  # last in, first out: the timer stops before its store is closed
    return app


def __getattr__(name: str) -> Any:
    if name == "application":
        return make()
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
