"""Every error as a page that says what happened and what to do, or as problem+json for programs (RFC 9457)."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from flask import Flask, Response, current_app, render_template, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import HTTPException

from issuer_service.services.awarding import ErasedError
from issuer_service.services.errors import (
    BusyError,
    ConflictError,
    InvalidError,
    NotAllowedError,
    NotFoundError,
    OvertakenError,
    ServiceError,
    StateError,
)
from issuer_service.services.ports import StoreError
from issuer_service.web.i18n import said

__all__ = ["init_app", "problem", "wants_json"]

_WORDS: Mapping[Any, tuple[Any, Any]] = MappingProxyType(
    {
        "form_expired": (_l("This form is too old"), _l("Go back, load the page again and send it once more.")),
        "foreign_form": (
            _l("This form came from another site"),
            _l("Open the page on this site and send it from there."),
        ),
        "wrong_host": (_l("Wrong address"), _l("This site answers under its own address only.")),
        400: (_l("That could not be read"), _l("Check what you filled in and try again.")),
        401: (_l("Please sign in"), _l("Sign in and try again.")),
        403: (_l("Not allowed"), _l("Your role here does not allow this. Ask an owner of the group.")),
        404: (_l("Nothing here"), _l("Check the address. Badges that their owner hid look like this too.")),
        405: (_l("Not possible here"), _l("This address cannot be used in that way.")),
        410: (_l("This badge was erased"), _l("The person it was given to asked for it.")),
        406: (_l("Not in this form"), _l("This is not available in the form that was asked for.")),
        413: (_l("That is too large"), _l("Make the file smaller and send it again.")),
        429: (_l("Too many tries"), _l("Wait a minute and try again.")),
        503: (_l("Very busy just now"), _l("What you saved before is safe. Try again in a moment.")),
        500: (
            _l("Something went wrong here"),
            _l("It is not your fault. Try again, and tell the operator if it stays."),
        ),
    }
)
# the same for programs that come with a token
_TOKEN_WORDS: Mapping[Any, tuple[Any, Any]] = MappingProxyType(
    {
        400: (_l("That could not be read"), _l("Send what the description of this operation asks for.")),
        401: (
            _l("No token that works"),
            _l("Send “Authorization: Bearer” and a token that is neither revoked nor too old."),
        ),
        403: (_l("Not allowed"), _l("This token may not do that. Use one with the right scope.")),
        404: (_l("Nothing here"), _l("There is no such thing, or it belongs to somebody else.")),
    }
)
_SOON = (("Retry-After", "10"),)
_PROGRAMS = ("/api/", "/vc-api/")
_DATA = re.compile(r"^/(?:b|status|images)/|\.(?:json|jwt)$")
_STATUS = (
    (ErasedError, 410),
    (NotFoundError, 404),
    (NotAllowedError, 403),
    (OvertakenError, 412),
    (ConflictError, 409),
    (InvalidError, 422),
    (BusyError, 503),
    (ServiceError, 400),
)


def init_app(app: Flask) -> None:
    """Answer all errors in one form."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(ServiceError, _service)
    app.register_error_handler(StoreError, _store)
    app.register_error_handler(Exception, _unexpected)


def wants_json() -> bool:
    """Whether the asker is a program: one that does not name ``text/html``, or asks where only programs do."""
    if request.path.startswith((*_PROGRAMS, "/ims/")):
        return True
    return "text/html" not in request.headers.get("Accept", "*/*" if _DATA.search(request.path) else "text/html")


def problem(status: int, title: str, detail: str = "", **more: Any) -> Response:
    """An answer of RFC 9457."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail} | more
    return Response(json.dumps(body, ensure_ascii=False), status, content_type="application/problem+json")


def _answer(status: int, title: str, detail: str, headers: Any = None) -> Response:
    answer = problem(status, title, detail) if wants_json() else _page(status, title, detail)
    answer.vary.add("Accept")
    for name, value in headers or ():
        if name.lower() in ("allow", "retry-after", "www-authenticate"):
            answer.headers[name] = value
    return answer


def _words(key: Any) -> tuple[Any, Any] | None:
    """Title and advice, for who asks."""
    return (_TOKEN_WORDS.get(key) if request.path.startswith(_PROGRAMS) else None) or _WORDS.get(key)


def _too_large() -> str:
    """What fits, where it is the size of the whole request that does not."""
    most = request.max_content_length or 0
    if (request.content_length or 0) <= most:
        return str(_WORDS[413][1])
    text = gettext("What you sent is larger than %(most)s MiB, the most that can be sent here.", most=most >> 20)
    return f"{text} {_WORDS[413][1]}"


def _page(status: int, title: str, detail: str) -> Response:
    rule = request.url_rule
    back = request.path if status == 413 and rule is not None and "GET" in (rule.methods or ()) else ""
    return Response(render_template("error.html", status=status, title=title, detail=detail, back=back), status)


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    title, detail = _words(error.description) or _words(status) or _WORDS[400]
    if error.description == "wrong_host":
        detail = f"{detail} {current_app.config['SETTINGS'].base_url}"
    return _answer(status, str(title), _too_large() if status == 413 else str(detail), error.get_headers())


def _service(error: ServiceError) -> Response:
    status = next(code for kind, code in _STATUS if isinstance(error, kind))
    if status in (404, 410) and error.sentence.code != "link.not_found":  # of a link there is something to say
        title, detail = _words(status) or _WORDS[400]
        return _answer(status, str(title), str(detail))
    if isinstance(error, InvalidError) and wants_json():
        listed = [{"field": one.field, "detail": said(one.sentence)} for one in error.problems]
        return problem(status, gettext("Some of it cannot be used"), said(error.sentence), problems=listed)
    if isinstance(error, StateError) and wants_json():
        return problem(status, gettext("That did not work"), said(error.sentence), state=error.state)
    if isinstance(error, BusyError):
        return _answer(status, str(_WORDS[status][0]), said(error.sentence), _SOON)
    return _answer(status, gettext("That did not work"), said(error.sentence))


def _store(error: StoreError) -> Response:
    """The database is busy or away: whoever runs the site reads why in the log, others that it passes."""
    logging.getLogger("issuer_service").error("the storage does not answer at %s: %s", request.endpoint, error)
    title, detail = _WORDS[503]
    return _answer(503, str(title), str(detail), _SOON)


def _unexpected(error: Exception) -> Response:
    logging.getLogger("issuer_service").error(
        "unexpected %s at %s", type(error).__name__, request.endpoint, exc_info=error
    )
    title, detail = _WORDS[500]
    return _answer(500, str(title), str(detail))
