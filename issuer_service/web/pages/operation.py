"""For those who run the site: is it alive, can it answer."""

from __future__ import annotations

from flask import Response, g

__all__ = ["healthz", "readyz"]


def healthz() -> Response:
    """The process answers."""
    return _said("ok", 200)


def readyz() -> Response:
    """The storage answers too."""
    try:
        with g.services.store.read() as work:
            work.get_user("")
    except Exception:  # whatever is wrong with it, the site is not ready
        return _said("the storage does not answer", 503)
    return _said("ok", 200)


def _said(text: str, status: int) -> Response:
    answer = Response(f"{text}\n", status, mimetype="text/plain")
    answer.headers["Cache-Control"] = "no-store"
    return answer
