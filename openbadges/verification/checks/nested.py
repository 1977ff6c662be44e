"""Credentials inside a credential, endorsements and the badges of a record: each is judged alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from openbadges.errors import OpenBadgesError
from openbadges.report import Check, Outcome, ReportError, VerificationReport
from openbadges.verification.inquiry import Inquiry
from openbadges.verification.reading import Source, source_of_document, source_of_token
from openbadges.verification.verdicts import in_words_for

__all__ = ["CheckNested", "read_nested", "sum_up", "unreadable_nested"]

CheckNested = Callable[[Source, Inquiry], VerificationReport]


def read_nested(value: Any, outer: Mapping[str, Any], inquiry: Inquiry) -> Source | OpenBadgesError:
    """One embedded credential, or why it cannot be read; without ``@context`` it has that of the outer one."""
    try:
        if isinstance(value, str):
            return source_of_token(value, inquiry.limits)
        document = dict(value) if "@context" in value else {"@context": outer.get("@context")} | dict(value)
        return source_of_document(document, inquiry.limits)
    except OpenBadgesError as error:
        return error


def sum_up(check_id: str, prefix: str, reports: tuple[VerificationReport, ...]) -> Check:
    """One check for many reports: ``<prefix>.good``, ``.bad`` or ``.undecided``."""
    bad = sum(report.outcome is Outcome.FAIL for report in reports)
    undecided = sum(report.outcome is Outcome.UNKNOWN for report in reports)
    count = {"count": len(reports)}
    if bad:
        return Check(id=check_id, outcome=Outcome.FAIL, code=f"{prefix}.bad", params=count | {"bad": bad})
    if undecided:
        params = count | {"undecided": undecided}
        return Check(id=check_id, outcome=Outcome.UNKNOWN, code=f"{prefix}.undecided", params=params)
    return Check(id=check_id, outcome=Outcome.PASS, code=f"{prefix}.good", params=count)


def unreadable_nested(error: OpenBadgesError, inquiry: Inquiry, wanted: str) -> VerificationReport:
    """The report on an embedded credential that cannot be read.

    Args:
        error: Why.
        inquiry: The verification under way.
        wanted: The kind that has its place there; what cannot be read does not say.
    """
    code, params = in_words_for(wanted, "verdict.unreadable", {"reason": error.detail})
    return VerificationReport(
        checks=(Check(id="document.format", outcome=Outcome.FAIL, code=error.code, params=error.params),),
        required=frozenset({"document.format"}),
        at=inquiry.now,
        verdict_code=code,
        verdict_params=params,
        error=ReportError(code=error.code, pointer=error.pointer, params=error.params),
    )
