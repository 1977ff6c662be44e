"""Fetching a newer copy of a badge: after a good proof, only if asked, once; a failure keeps the original (V-NET-3)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from openbadges.encoding.times import parse_instant
from openbadges.errors import OpenBadgesError
from openbadges.report import Check, Outcome, VerificationReport
from openbadges.verification.checks.dates import window_members
from openbadges.verification.checks.proofs import finding
from openbadges.verification.inquiry import Inquiry, id_of
from openbadges.verification.kinds import types_of
from openbadges.verification.policy import Policy
from openbadges.verification.reading import Source, read_source

__all__ = ["refreshed"]

_TYPE = "1EdTechCredentialRefresh"
_ACCEPT = (
    "application/vc, application/vc+jwt, application/vc+ld+json, application/ld+json, application/json, text/plain"
)


def refreshed(
    report: VerificationReport,
    source: Source,
    inquiry: Inquiry,
    policy: Policy,
    check: Callable[[Source], VerificationReport],
) -> tuple[VerificationReport, Source]:
    """Report and source of the current copy, or the original ones with a ``refresh`` check that says why not.

    Args:
        report: On the original, whose proof is good.
        source: The original.
        inquiry: The verification under way; the fetch counts.
        policy: Says whether refreshing is wanted.
        check: Checks the fresh copy; its own refresh service is not looked at.
    """
    service = source.document.get("refreshService")
    if not isinstance(service, Mapping) or _TYPE not in types_of(service):
        types = list(types_of(service)) if isinstance(service, Mapping) else []
        return _with(report, Outcome.SKIPPED, "refresh.unknown_type", type=types), source
    if not policy.refresh:
        return _with(report, Outcome.SKIPPED, "refresh.not_asked"), source
    try:
        answer = inquiry.fetcher.get(str(id_of(service)), accept=_ACCEPT, max_bytes=inquiry.limits.png_bytes)
        fresh = read_source(answer.body, inquiry.limits)
    except OpenBadgesError as error:
        return replace(report, checks=(*report.checks, finding("refresh", error))), source
    return _newer(report, source, fresh, check)


def _newer(
    report: VerificationReport, source: Source, fresh: Source, check: Callable[[Source], VerificationReport]
) -> tuple[VerificationReport, Source]:
    if _identity(fresh.document) != _identity(source.document):
        return _with(report, Outcome.FAIL, "refresh.other_badge"), source
    current = check(fresh)
    if current.key is None or any(one.outcome is not Outcome.PASS for one in current.of("schema.conformance")):
        return _with(report, Outcome.FAIL, "refresh.not_good", reason=current.summary), source
    if _start(fresh.document) <= _start(source.document):
        return _with(report, Outcome.PASS, "refresh.current"), source
    return _with(current, Outcome.PASS, "refresh.done"), fresh


def _identity(document: Mapping[str, Any]) -> tuple[str, str]:
    """What makes two credentials the same (Open Badges 3.0, section 9.4): issuer and id, decoded and trimmed."""
    return unquote(id_of(document.get("issuer")) or "").strip(), unquote(str(document.get("id"))).strip()


def _start(document: Mapping[str, Any]) -> float:
    """The version clock of a credential: when it says its validity starts, in seconds."""
    value = document.get(window_members(document)[0])
    try:
        return parse_instant(value).timestamp() if isinstance(value, str) else 0.0
    except OpenBadgesError:
        return 0.0


def _with(report: VerificationReport, outcome: Outcome, code: str, **params: Any) -> VerificationReport:
    return replace(report, checks=(*report.checks, Check(id="refresh", outcome=outcome, code=code, params=params)))
