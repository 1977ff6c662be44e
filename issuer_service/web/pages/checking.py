"""Checking a badge from anywhere: a file, a photo of a QR code, a text, an address. Nothing of it is kept."""

from __future__ import annotations

import json
from dataclasses import dataclass

from flask import Response, g, jsonify, make_response, render_template, request
from flask_babel import gettext

from issuer_service.services.errors import InvalidError
from issuer_service.services.verification import Verdict
from issuer_service.web import limits
from issuer_service.web.badge_view import BadgeView, read_badge, read_report
from issuer_service.web.i18n import said
from issuer_service.web.pages.asking import KINDS, answered, asked_recipients
from issuer_service.web.report_words import check_lines, state_of
from issuer_service.web.security import sends
from issuer_service.web.skill_chips import with_pages
from openbadges import Recipient, SecuredCredential, unbake
from openbadges.errors import OpenBadgesError
from openbadges.verification.kinds import kind_of

__all__ = ["verify", "verify_code"]

_LARGEST_UPLOAD = 12 * 1024 * 1024  # a photo straight from a telephone
_LARGEST_STILL = 1024 * 1024  # a picture of a camera while it films
_LONGEST_CARRIED = 100_000  # characters of a badge that the result page hands back for a second question


@dataclass(frozen=True, slots=True)
class _Given:
    """What was handed over: bytes of a file, or a text (a badge or an address)."""

    data: bytes = b""
    text: str = ""
    address: bool = False

    def in_form(self) -> dict[str, str]:
        """The field in which it stood, so that it stands there again."""
        return {"url" if self.address else "text": self.text}


def verify() -> Response:
    """The form, and the answer to it."""
    if not sends():
        return _form(url=request.args.get("url", "")[:2_048])
    request.max_content_length = _LARGEST_UPLOAD
    request.max_form_memory_size = _LARGEST_UPLOAD
    limits.count("verify")
    given = _given()
    if given is None:
        return _form(gettext("There is nothing to check yet. Choose a file, paste a badge, or type its address."))
    asked, problem = asked_recipients()
    if problem:
        return _form(problem, **given.in_form())
    try:
        verdict = answered(asked, lambda recipient: _checked(given, recipient))
    except InvalidError as error:
        return _form(" ".join(said(one.sentence) for one in error.problems), **given.in_form())
    return _result(given, verdict, asked=bool(asked))


def verify_code() -> Response:
    """The QR code in a picture of a camera that films, for browsers that cannot read codes themselves."""
    request.max_content_length = _LARGEST_STILL
    limits.count("scan")
    upload = request.files.get("photo")
    return jsonify(code=g.services.verification.find_code(upload.read() if upload else b""))


def _given() -> _Given | None:
    """The first thing that was filled in."""
    for name in ("file", "photo"):
        upload = request.files.get(name)
        data = upload.read() if upload else b""
        if data:
            return _Given(data=data)
    text = request.form.get("text", "").strip()
    if text:
        return _Given(text=text)
    url = request.form.get("url", "").strip()
    return _Given(text=url, address=True) if url else None


def _checked(given: _Given, recipient: Recipient | None) -> Verdict:
    verification = g.services.verification
    if given.data:
        verdict: Verdict = verification.verify_file(given.data, recipient=recipient)
    elif given.address:
        verdict = verification.verify_url(given.text, recipient=recipient)
    else:
        verdict = verification.verify_text(given.text, recipient=recipient)
    return verdict


def _form(problem: str = "", *, text: str = "", url: str = "") -> Response:
    page = render_template(
        "public/verify.html",
        problem=problem,
        text=text[:_LONGEST_CARRIED],
        url=url,
        kinds=KINDS,
        kind=request.form.get("kind", ""),
        recipient=request.form.get("recipient", "")[:2_048],
    )
    return make_response(page, 422 if problem else 200)


def _result(given: _Given, verdict: Verdict, *, asked: bool) -> Response:
    report = verdict.report
    state = state_of(report, known=verdict.is_known, reason=verdict.reason)
    view = _view(verdict) if state.shows_badge and report.credential is not None else None
    page = render_template(
        "public/result.html",
        state=state,
        view=view,
        verdict=verdict,
        lines=check_lines(report),
        report=report,
        report_json=json.dumps(report.to_json(), ensure_ascii=False, indent=2),
        kinds=KINDS,
        asked=asked,
        carried=_carried(given),
        accent=verdict.affiliate.accent if verdict.affiliate else None,
    )
    answer = make_response(page)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _view(verdict: Verdict) -> BadgeView:
    document = verdict.document
    if document is None or kind_of(document)[0] != "badge":
        return read_report(verdict.report)
    return with_pages(read_badge(document, g.services.site.base_url))


def _carried(given: _Given) -> str:
    """The badge as a text, so that the page can ask about a person without the badge being sent again."""
    if not given.data:
        return given.text if len(given.text) <= _LONGEST_CARRIED else ""
    try:
        text = unbake(given.data).text
    except OpenBadgesError:
        text = given.data.decode("utf-8", "ignore")
        try:
            _ = SecuredCredential(text.strip()).unverified
        except OpenBadgesError:
            return ""
    return text if len(text) <= _LONGEST_CARRIED else ""
