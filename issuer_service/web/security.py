"""What every answer and every form has to keep to: headers (S-HDR-1), hosts (S-HOST-1), tokens in forms (S-CSRF-1)."""

from __future__ import annotations

import hmac
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, g, request

__all__ = ["check_form", "check_token", "has_form_token", "init_app", "kept", "open_to_all", "safe_next", "sends"]

_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; connect-src 'self'; manifest-src 'self'"
)
_DATA_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"
_UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
# asked by machines under the address of the container; nothing is echoed
_ANY_HOST = frozenset({"/healthz", "/readyz", "/metrics"})


def init_app(app: Flask) -> None:
    """Refuse foreign hosts and foreign forms before anything runs, and set the headers of every answer."""
    app.before_request(_check_host)
    app.before_request(_check_origin)
    app.after_request(_headers)


def sends() -> bool:
    """Whether this request sends a form. Everything else, HEAD too, only looks and changes nothing (S-CSRF-1)."""
    return request.method == "POST"


def check_form() -> None:
    """Refuse a form without this session's token (S-CSRF-1); ``auth.signed_in`` looks at it for every other form."""
    if not has_form_token():
        abort(400, description="form_expired")


def has_form_token() -> bool:
    """Whether the form carries this session's token."""
    return _is_token(g.session.csrf if g.get("session") else "")


def check_token(wanted: str) -> None:
    """Refuse a form whose ``csrf`` is not the wanted one."""
    if not _is_token(wanted):
        abort(400, description="form_expired")


def _is_token(wanted: str) -> bool:
    sent = request.form.get("csrf", "")
    return bool(wanted) and hmac.compare_digest(sent.encode("utf-8", "surrogatepass"), wanted.encode())


def open_to_all(answer: Response) -> Response:
    """Let programs in any browser page read it: for what is public and the same for everybody."""
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


def kept(answer: Response, rule: str) -> Response:
    """With a tag of its content and this ``Cache-Control``; 304 for whoever has it already."""
    answer.add_etag()
    answer.headers["Cache-Control"] = rule
    answer.make_conditional(request)
    return answer


def safe_next(target: str | None, fallback: str) -> str:
    """A path on this site to go on to; anything else gives ``fallback`` (S-RED-1)."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return fallback
    if "\\" in target or any(ord(character) < 0x21 or ord(character) == 0x7F for character in target):
        return fallback
    parts = urlsplit(target)
    return target if not parts.scheme and not parts.netloc else fallback


def _check_host() -> None:
    """The site is called by its configured name only; nothing is ever built from what a request says about hosts."""
    if request.path in _ANY_HOST:
        return
    allowed = current_app.config["ALLOWED_HOSTS"]
    asked = [request.headers.get("Host", ""), *request.headers.getlist("X-Forwarded-Host")]
    if any(host.strip().lower() not in allowed for value in asked for host in value.split(",")):
        abort(400, description="wrong_host")


def _check_origin() -> None:
    """A browser says where an unsafe request comes from; only this site may send one that carries a cookie."""
    if request.method not in _UNSAFE or "Authorization" in request.headers:
        return
    origin = request.headers.get("Origin")
    if origin is not None and origin.lower() not in ("null", current_app.config["SETTINGS"].base_url):
        abort(400, description="foreign_form")
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        abort(400, description="foreign_form")


def _headers(answer: Response) -> Response:
    page = answer.mimetype == "text/html"
    answer.headers.setdefault("Content-Security-Policy", _PAGE_POLICY if page else _DATA_POLICY)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    answer.headers["X-Frame-Options"] = "DENY"
    answer.headers["Permissions-Policy"] = "camera=(self), geolocation=(), microphone=(), payment=()"
    if current_app.config["SECURE"]:
        answer.headers["Strict-Transport-Security"] = "max-age=31536000"
    if page:
        answer.headers.setdefault("Cache-Control", "no-store" if g.get("user") else "no-cache")
        answer.vary.update(("Cookie", "Accept-Language"))
    return answer
