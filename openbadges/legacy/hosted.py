"""Hosted verification (Open Badges 2.0): the badge is what its own address answers, if that address is the issuer's."""

from __future__ import annotations

from datetime import datetime

from openbadges.errors import RefusedError
from openbadges.legacy.common import check_dates, refuse_revoked
from openbadges.legacy.findings import BINDING, PROOF, SHAPE, STATUS, VALIDITY, Findings, LegacyResult
from openbadges.legacy.model import HOSTED, Assertion, BadgeClass, Issuer
from openbadges.legacy.scope import check_scope
from openbadges.legacy.sources import Sources
from openbadges.limits import DEFAULT_LIMITS, Limits
from openbadges.ports import Fetcher
from openbadges.report import Outcome

__all__ = ["check_hosted"]


def check_hosted(url: str, *, fetcher: Fetcher, now: datetime, limits: Limits = DEFAULT_LIMITS) -> LegacyResult:
    """Check the badge at ``url``. Nothing but this address is believed; what a file said besides does not matter.

    Args:
        url: The assertion's id, from the caller.
        fetcher: Gives the assertion, its badge class and the issuer's profile.
        now: The instant that dates are compared with.
        limits: Sizes.

    Returns:
        The checks; never raises for a bad badge.
    """
    findings = Findings("legacy.format_hosted")
    sources = Sources(fetcher, limits)
    body = findings.ask(PROOF, "legacy.hosted", lambda: sources.own(url), facts=lambda _: {"url": url})
    if body is None:
        if findings.code(PROOF) == "network.gone":
            findings.file(STATUS, Outcome.FAIL, "legacy.gone")
        return LegacyResult(format="ob2-hosted", checks=findings.checks())
    assertion = Assertion(body)
    findings.ask(STATUS, "legacy.not_revoked", lambda: refuse_revoked(assertion))
    linked: tuple[BadgeClass, Issuer] | None = None
    if findings.passed(STATUS):  # a revoked badge may have lost the rest of its members
        findings.ask(SHAPE, "legacy.shape_good", lambda: _check_shape(assertion))
    if findings.passed(STATUS, SHAPE):
        findings.ask(VALIDITY, "legacy.valid_now", lambda: check_dates(assertion, now, limits))
        linked = findings.ask(
            BINDING, "legacy.in_scope", lambda: _bound(assertion, sources), facts=lambda pair: {"issuer": pair[1].id}
        )
    if linked is None:
        return LegacyResult(format="ob2-hosted", checks=findings.checks())
    return LegacyResult(
        format="ob2-hosted", checks=findings.checks(), assertion=assertion, badge_class=linked[0], issuer=linked[1]
    )


def _check_shape(assertion: Assertion) -> None:
    assertion.check_shape()
    if assertion.verification_kind != HOSTED:
        raise RefusedError("legacy.no_signature")


def _bound(assertion: Assertion, sources: Sources) -> tuple[BadgeClass, Issuer]:
    """Badge class and issuer, if the issuer's own profile covers both addresses."""
    badge_class = sources.badge_class(assertion)
    issuer = sources.issuer(assertion, badge_class)
    check_scope(assertion.id, issuer)
    if badge_class.id.lower().startswith("http"):  # an embedded one may have an id that is no address
        check_scope(badge_class.id, issuer)
    return badge_class, issuer
