"""What is due is signed at the first request after its time, whether or not a timer runs beside the site."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import cast

from flask import Flask, current_app, g, request

from issuer_service.services.errors import ServiceError
from issuer_service.services.ports import StoreError

__all__ = ["Rounds", "init_app"]

_EVERY = 5.0  # seconds
_MOST = 10  # badges that one request may be held up by
_QUIET = frozenset({"static", "pages.healthz", "pages.readyz", "pages.metrics", "pages.accent_css", "pages.image"})


class Rounds:
    """Look every few seconds, in one request of this process at a time.

    Args:
        now: A clock in seconds that never goes back.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._last = float("-inf")
        self._lock = threading.Lock()

    def sign_what_is_due(self) -> None:
        """Unless somebody looked just now, or is looking."""
        if self._now() - self._last < _EVERY or not self._lock.acquire(blocking=False):
            return
        try:
            self._last = self._now()
            g.services.awarding.issue_due(most=_MOST)
        except (ServiceError, StoreError) as error:  # the page that was asked for does not depend on it
            logging.getLogger("issuer_service").warning("Nothing was signed: %s", type(error).__name__)
        finally:
            self._lock.release()


def init_app(app: Flask, now: Callable[[], float] = time.monotonic) -> None:
    """Look before each request that is not for a picture or a style."""
    app.extensions["due"] = Rounds(now)
    app.before_request(_look)


def _look() -> None:
    if request.endpoint not in _QUIET:
        cast("Rounds", current_app.extensions["due"]).sign_what_is_due()
