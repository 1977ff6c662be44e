"""Giving badges: one box for whatever is pasted, then a row for each person with a tick or a reason."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask import Response, abort, g, make_response, render_template, request
from flask_babel import gettext, ngettext

from issuer_service.services.achievements import Held
from issuer_service.services.awarding import Given, Preview, PreviewRow
from issuer_service.services.errors import ConflictError, InvalidError
from issuer_service.services.idempotency import Once
from issuer_service.services.records import AchievementState, Affiliate, RecipientKind, Role
from issuer_service.services.rubrics import level_names
from issuer_service.web.admin.common import go, problems_of
from issuer_service.web.auth import member
from issuer_service.web.i18n import said
from issuer_service.web.security import sends

__all__ = ["choose", "give"]

_MOST_EDITABLE = 100  # rows that get a field of their own when all are good; those with a reason always do
_MOST_SHOWN = 300
_FOR_ALL = frozenset({"narrative", "evidence", "level"})
_MORE = ("level", "evidence", "narrative")  # what a row may say besides its recipient
_LONGEST_KEPT = 300  # characters of a row's text that the preview keeps


@member(Role.AWARDER)
def choose(affiliate: Affiliate) -> str:
    """Which badge? Those that are published."""
    held = g.services.achievements.all(affiliate.id, [AchievementState.PUBLISHED])
    return render_template("admin/give_choose.html", affiliate=affiliate, held=held)


@member(Role.AWARDER)
def give(affiliate: Affiliate, achievement_id: str) -> Any:
    """The box; after it the preview, to mend and to look through; then it is done, with time to undo."""
    held = g.services.achievements.get(affiliate.id, achievement_id)
    if not sends():
        return _page(affiliate, held)
    do, rows = request.form.get("do", "preview"), _rows()
    before = json.dumps(rows, sort_keys=True) if isinstance(rows, list) else ""
    if isinstance(rows, list):
        rows = _mended(rows)
    unchanged = isinstance(rows, list) and json.dumps(rows, sort_keys=True) == before
    try:
        if do == "give" and unchanged:
            return _given(affiliate, held, rows)
        preview = g.services.awarding.preview(affiliate.id, held.achievement.id, rows, allow_duplicates=_again())
    except InvalidError as error:
        return _refused(affiliate, held, rows, problems_of(error))
    except ConflictError as error:
        return _page(affiliate, held, errors={"recipients": said(error.sentence)})
    if do == "back" or not preview.rows:
        return _page(affiliate, held, text=_as_text([_kept(row) for row in preview.rows]))
    return _page(affiliate, held, preview=preview, changed=do == "give")


def _refused(affiliate: Affiliate, held: Held, rows: Any, errors: Mapping[str, str]) -> Response:
    """What is wrong for all of them stands below the rows, which stay; what is wrong with the rows, at the box."""
    if not isinstance(rows, list) or not errors.keys() <= _FOR_ALL:
        return _page(affiliate, held, errors=errors)
    preview = g.services.awarding.preview(affiliate.id, held.achievement.id, rows, allow_duplicates=_again())
    return _page(affiliate, held, preview=preview, errors=errors)


def _given(affiliate: Affiliate, held: Held, rows: Any) -> Response:
    form = request.form
    evidence = [line.strip() for line in form.get("evidence", "").splitlines() if line.strip()]
    named: list[Any] = [{"url": one} for one in evidence]
    asked = json.dumps([rows, named, form.get("narrative"), form.get("level"), _again()], sort_keys=True)
    digest = hashlib.sha256(asked.encode("utf-8", "surrogatepass")).hexdigest()
    done: Given = g.services.awarding.give(
        affiliate.id,
        held.achievement.id,
        rows,
        user_id=g.user.id,
        narrative=form.get("narrative", ""),
        evidence=named,
        level=form.get("level") or None,
        allow_duplicates=_again(),
        idempotency=Once(key=f"desk-{form.get('once', '')[:64]}", request_hash=digest),
    )
    number = len(done.awards)
    message = ngettext("%(num)s badge will be issued.", "%(num)s badges will be issued.", number)
    return go("batch", message, slug=affiliate.slug, batch_id=done.batch.id)


def _page(  # noqa: PLR0913 - what one page may have to show, each by its name
    affiliate: Affiliate,
    held: Held,
    *,
    preview: Preview | None = None,
    errors: Mapping[str, str] | None = None,
    text: str | None = None,
    changed: bool = False,
) -> Response:
    form = request.form
    rows = _numbered(preview.rows) if preview else ()
    shown = [(number, row) for number, row in enumerate(rows) if not row.ok or len(rows) <= _MOST_EDITABLE][
        :_MOST_SHOWN
    ]
    typed = form.get("recipients", "") or _as_text(_kept_rows(strict=False))
    page = render_template(
        "admin/give.html",
        affiliate=affiliate,
        held=held,
        levels=level_names(held.version),
        no_level=gettext("No level") if held.version.levels else gettext("As the badge asks"),
        preview=preview,
        shown=shown,
        kept=json.dumps([_kept(row) for row in rows], ensure_ascii=False),
        given={name: form.get(name, "") for name in ("narrative", "evidence", "level")},
        again=_again(),
        text=typed if text is None else text,
        once=form.get("once") or secrets.token_urlsafe(16),
        changed=changed,
        errors=errors or {},
    )
    return make_response(page, 422 if errors else 200)


def _numbered(rows: Sequence[PreviewRow]) -> Sequence[PreviewRow]:
    """Who stands there twice is told by the number that the page shows, not by the line of the paste."""
    first: dict[str, int] = {}
    for number, row in enumerate(rows, start=1):
        first.setdefault(row.value, number)
    return [
        replace(row, reason=replace(row.reason, params={"line": first[row.value]}))
        if row.reason is not None and row.reason.code == "row.twice"
        else row
        for row in rows
    ]


def _again() -> bool:
    return request.form.get("again") == "1"


def _rows() -> Any:
    """What was pasted, or the rows of the preview that it became."""
    return _kept_rows() if "rows" in request.form else request.form.get("recipients", "")


def _kept_rows(*, strict: bool = True) -> list[dict[str, Any]]:
    text = request.form.get("rows", "[]")
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError):
        rows = None
    if isinstance(rows, list) and all(isinstance(row, dict) and "recipient" in row for row in rows):
        return rows
    return abort(400) if strict else []


def _as_text(rows: Sequence[Mapping[str, Any]]) -> str:
    """The rows as somebody might have pasted them: names one a line, or a table when there is more than names."""
    columns = ["recipient", *(name for name in _MORE if any(row.get(name) for row in rows))]
    if len(columns) == 1:
        return "\n".join(str(row["recipient"]) for row in rows)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        cells = [row.get(name) or "" for name in columns]
        writer.writerow([" ".join(map(str, cell)) if isinstance(cell, list) else str(cell) for cell in cells])
    return text.getvalue()


def _mended(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows with what was typed over them; those that were emptied are left out."""
    found = []
    for number, given in enumerate(rows):
        text, level = request.form.get(f"row-{number}"), request.form.get(f"level-{number}")
        row = dict(given) if level is None else {**given, "level": level}
        if text is None or text.strip() == row["recipient"]:
            found.append(row)
        elif text.strip():
            found.append({**{name: value for name, value in row.items() if name != "kind"}, "recipient": text.strip()})
    return found


def _kept(row: PreviewRow) -> dict[str, Any]:
    """A row as it goes through the page. The text as it was, because what is made of it is not made of itself again."""
    is_long = row.kind is RecipientKind.DID and len(row.value) >= _LONGEST_KEPT
    kept: dict[str, Any] = {"recipient": row.value if is_long else row.text}
    unknown = str(row.reason.params["level"]) if row.reason and row.reason.code == "row.level" else ""
    more = {"narrative": row.narrative, "evidence": list(row.evidence), "level": row.level or unknown}
    return kept | {name: value for name, value in more.items() if value}
