"""For those who run the site: is it alive, can it answer, and how much is there."""

from __future__ import annotations

from flask import Response, g

from issuer_service.web.metrics import exposition

__all__ = ["healthz", "metrics", "readyz"]


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


def metrics() -> Response:
    """Counts for a monitoring program; there is no person in them."""
    answer = Response(exposition(g.services.statistics.site()), content_type="text/plain; version=0.0.4; charset=utf-8")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _said(text: str, status: int) -> Response:
    answer = Response(f"{text}\n", status, mimetype="text/plain")
    answer.headers["Cache-Control"] = "no-store"
    return answer
