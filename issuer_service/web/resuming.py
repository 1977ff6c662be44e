"""A form that came when its session was over: who sent it signs in and sends the same once more; nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Sequence

from flask import Response, make_response, render_template, request, url_for

from issuer_service.web.security import safe_next

__all__ = ["ask_once_more", "can_resume", "carried", "kept_fields", "sign_in_page"]

_NEVER_KEPT = frozenset({"csrf", "old", "password"})  # a secret is typed anew, not written into a page
_MOST_FIELDS = 500

Fields = Sequence[tuple[str, str]]


def can_resume() -> bool:
    """Whether a page of this site sent the form, by a button: only then may what it holds be offered once more.

    A browser says so itself, and no other site can make it (S-CSRF-1). Scripts of ours send anew what they need.
    """
    asked = request.headers
    return asked.get("Sec-Fetch-Site") == "same-origin" and asked.get("Sec-Fetch-Mode") == "navigate"


def sign_in_page(
    target: str, *, login: str = "", error: str = "", kept: Fields | None = None, status: int = 200
) -> Response:
    """Name and password; ``kept`` is what was filled in elsewhere before, and goes on from page to page."""
    text = None if kept is None else json.dumps(kept, ensure_ascii=False)
    page = render_template("admin/sign_in.html", target=target, login=login, error=error, kept=text, files=_had_files())
    return _secret(page, status) if kept is not None else make_response(page, status)


def ask_once_more(target: str, kept: Fields, *, status: int = 200) -> Response:
    """What was filled in, with the token of the session as it is now, and a button that sends it."""
    return _secret(render_template("admin/resume.html", target=target, kept=kept, files=_had_files()), status)


def kept_fields() -> Fields:
    """The fields of the form that was just sent, without secrets."""
    return [(name, text) for name, text in request.form.items(multi=True) if name not in _NEVER_KEPT]


def carried(target: str) -> Fields | None:
    """The fields that the page for signing in carried; None when there are none, or they lead away from the desk."""
    if not safe_next(target, "").startswith(url_for("admin.home")):
        return None
    try:
        found = json.loads(request.form.get("kept", ""))
    except (ValueError, RecursionError):
        return None
    good = isinstance(found, list) and len(found) <= _MOST_FIELDS and all(_is_field(one) for one in found)
    return [(name, text) for name, text in found if name not in _NEVER_KEPT] if good else None


def _is_field(one: object) -> bool:
    return isinstance(one, list) and len(one) == 2 and all(isinstance(part, str) for part in one)


def _had_files() -> bool:
    return any(file.filename for file in request.files.values()) or request.form.get("files") == "1"


def _secret(page: str, status: int) -> Response:
    answer = make_response(page, status)
    answer.headers["Cache-Control"] = "no-store"
    return answer
