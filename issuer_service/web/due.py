"""What is due is signed at the first request after its time, whether or not a timer runs beside the site."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from flask import Flask, g, request

from issuer_service.services.errors import ServiceError
from issuer_service.services.ports import StoreError

__all__ = ["init_app"]

_EVERY = 5.0  # seconds
_MOST = 10  # badges that one request may be held up by
_QUIET = frozenset({"static", "pages.healthz", "pages.readyz", "pages.accent_css", "pages.image"})


def init_app(app: Flask, now: Callable[[], float] = time.monotonic) -> None:
    """Look every few seconds, in one request of this process at a time."""
    lock, last = threading.Lock(), [float("-inf")]

    def sign_what_is_due() -> None:
        if request.endpoint in _QUIET or now() - last[0] < _EVERY or not lock.acquire(blocking=False):
            return
        try:
            last[0] = now()
            g.services.awarding.issue_due(most=_MOST)
        except (ServiceError, StoreError) as error:  # the page that was asked for does not depend on it
            logging.getLogger("issuer_service").warning("Nothing was signed: %s", type(error).__name__)
        finally:
            lock.release()

    app.before_request(sign_what_is_due)
