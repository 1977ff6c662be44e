"""Numbers for the group and its funders, and everything that was given as a table to take along."""

from __future__ import annotations

from flask import Response, g, render_template

from issuer_service.services.records import Affiliate, AwardState, Role
from issuer_service.web.auth import member

__all__ = ["awards_csv", "numbers"]

_MONTHS = 24


@member(Role.VIEWER)
def numbers(affiliate: Affiliate) -> str:
    """Tables first, bars beside them."""
    summary = g.services.statistics.summary(affiliate.id)
    months = summary.by_month[-_MONTHS:]
    return render_template(
        "admin/numbers.html",
        affiliate=affiliate,
        summary=summary,
        shown=[state for state in AwardState if state is not AwardState.UNDONE],
        months=months,
        most_month=max([month.issued for month in months] or [1]) or 1,
        most_badge=max([one.issued for one in summary.by_achievement] or [1]) or 1,
    )


@member(Role.VIEWER)
def awards_csv(affiliate: Affiliate) -> Response:
    """Every badge of the group; cells that a spreadsheet would run are shown instead (S-CSV-1)."""
    answer = Response(g.services.statistics.export_csv(affiliate.id), content_type="text/csv; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename=f"badges-{affiliate.slug}.csv")
    answer.headers["Cache-Control"] = "no-store"
    return answer
