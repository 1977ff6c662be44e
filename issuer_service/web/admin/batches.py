"""Badges given together: the time to undo, progress, and the private links to hand over."""

from __future__ import annotations

import base64
import csv
import io
from collections.abc import Sequence
from typing import Any

from flask import Response, g, render_template, request
from flask_babel import gettext, ngettext

from issuer_service.services.awarding import BatchView
from issuer_service.services.records import Affiliate, Award, AwardState, Role
from issuer_service.services.statistics import safe_cell
from issuer_service.web.admin.common import go, kept_nowhere, told
from issuer_service.web.admin.sending import seed
from issuer_service.web.auth import member

__all__ = ["batch", "issue", "links", "undo"]

_MOST_SHOWN = 500


@member(Role.VIEWER)
def batch(affiliate: Affiliate, batch_id: str) -> str:
    """How far it is, and what can still be done."""
    view: BatchView = g.services.awarding.batch(affiliate.id, batch_id, limit=_MOST_SHOWN)
    return render_template(
        "admin/batch.html",
        affiliate=affiliate,
        batch=view.batch,
        version=g.services.achievements.version(view.batch.achievement_id, view.batch.version),
        awards=view.awards,
        total=view.total,
        waiting=view.waiting,
        issued=view.counts.get(AwardState.ISSUED, 0),
        undone=view.counts.get(AwardState.UNDONE, 0),
        open=view.batch.send_at > g.services.clock.now(),
        unsent=view.unsent,
        still=request.args.get("still") == "1",
        is_first=g.services.awarding.find(affiliate.id, limit=1).total == view.total,
    )


@member(Role.AWARDER)
def undo(affiliate: Affiliate, batch_id: str) -> Response:
    """Take everything back that is not signed."""
    number = told(g.services.awarding.undo, affiliate.id, batch_id)
    message = ""
    if number:
        message = ngettext("%(num)s badge was taken back. Nobody was told about it.",
                           "%(num)s badges were taken back. Nobody was told about them.", number)  # fmt: skip
    return go("batch", message, slug=affiliate.slug, batch_id=batch_id)


@member(Role.AWARDER)
def issue(affiliate: Affiliate, batch_id: str) -> Response:
    """End the time to undo."""
    number = told(g.services.awarding.issue_now, affiliate.id, batch_id)
    message = ngettext("%(num)s badge is issued.", "%(num)s badges are issued.", number) if number else ""
    return go("batch", message, slug=affiliate.slug, batch_id=batch_id)


@member(Role.AWARDER)
def links(affiliate: Affiliate, batch_id: str) -> Response:
    """Make the private links that there are none of yet, and show them this once: as a page, or as a table to keep."""
    made = g.services.issuance.new_links(affiliate.id, batch_id, seed=seed())
    rows = [(award, g.services.site.recipient_url(secret)) for award, secret in made]
    if not rows:
        message = gettext("Every badge here has its link. A badge's own page makes a new one.")
        return go("batch", message, slug=affiliate.slug, batch_id=batch_id)
    table = _table(rows)
    if request.form.get("do") == "csv":
        answer = kept_nowhere(table)
        answer.headers["Content-Type"] = "text/csv; charset=utf-8"
        answer.headers.set("Content-Disposition", "attachment", filename="private-links.csv")
        return answer
    data: Any = base64.b64encode(table.encode("utf-8")).decode("ascii")
    return kept_nowhere(
        render_template("admin/links.html", affiliate=affiliate, batch_id=batch_id, rows=rows, table=table, data=data)
    )


def _table(rows: Sequence[tuple[Award, str]]) -> str:
    """For a spreadsheet, which shows the cells and does not run them (S-CSV-1)."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(("recipient", "link"))
    writer.writerows((safe_cell(award.recipient_value or ""), link) for award, link in rows)
    return "\ufeff" + out.getvalue()
