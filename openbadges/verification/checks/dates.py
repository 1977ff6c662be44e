"""Whether the badge is valid at this instant (V-PAR-2): a date that cannot be read is never "no end"."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from openbadges.encoding.times import format_instant, parse_instant
from openbadges.errors import MalformedError
from openbadges.report import Check, Outcome, passed
from openbadges.verification.inquiry import Inquiry

__all__ = ["check_validity", "window_members"]

_SKEW = timedelta(seconds=60)  # two clocks are never the same: a badge issued this minute is valid this minute
_VC_V1 = "https://www.w3.org/2018/credentials/v1"


def window_members(document: Mapping[str, Any]) -> tuple[str, str]:
    """The names of the members for start and end: they changed from VCDM 1.1 to 2.0."""
    context = document.get("@context")
    first = context[0] if isinstance(context, list) and context else context
    return ("issuanceDate", "expirationDate") if first == _VC_V1 else ("validFrom", "validUntil")


def check_validity(document: Mapping[str, Any], inquiry: Inquiry, *, token_end: datetime | None = None) -> Check:
    """``validity.window``: begun, and not over.

    Args:
        document: The credential.
        inquiry: Its instant decides.
        token_end: ``exp`` of a token; the earlier end rules.
    """
    starts, ends = window_members(document)
    try:
        start = _instant(document.get(starts), inquiry)
        end = _instant(document.get(ends), inquiry)
    except MalformedError as error:
        return Check(id="validity.window", outcome=Outcome.FAIL, code=error.code, params=error.params)
    if token_end is not None:
        end = token_end if end is None else min(end, token_end)
    if start is not None and end is not None and end < start:
        return _failed("validity.end_before_start", start=start, end=end)
    if start is not None and inquiry.now + _SKEW < start:
        return _failed("validity.not_yet", start=start)
    if end is not None and inquiry.now > end:
        return _failed("validity.expired", end=end)
    if end is None:
        return passed("validity.window", "validity.no_end")
    return Check(id="validity.window", outcome=Outcome.PASS, code="validity.good", params={"end": format_instant(end)})


def _instant(value: Any, inquiry: Inquiry) -> datetime | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise MalformedError("date.not_text")
    return parse_instant(value, inquiry.limits)


def _failed(code: str, **instants: datetime) -> Check:
    params = {name: format_instant(instant) for name, instant in instants.items()}
    return Check(id="validity.window", outcome=Outcome.FAIL, code=code, params=params)
