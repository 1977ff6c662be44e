"""Open Badges 2.0: read, check, and build the unsigned 3.0 credential that stands in a badge's place."""

from __future__ import annotations

from datetime import datetime

from openbadges.legacy.findings import LegacyResult
from openbadges.legacy.hosted import check_hosted
from openbadges.legacy.model import Assertion, BadgeClass, Issuer, is_legacy
from openbadges.legacy.reading import LegacyBadge, read_document, read_token, read_url
from openbadges.legacy.recipient import check_recipient
from openbadges.legacy.signed import check_signed
from openbadges.legacy.upgrade import not_carried, upgrade, upgrade_profile
from openbadges.limits import DEFAULT_LIMITS, Limits
from openbadges.ports import Fetcher

__all__ = [
    "Assertion",
    "BadgeClass",
    "Issuer",
    "LegacyBadge",
    "LegacyResult",
    "check",
    "check_hosted",
    "check_recipient",
    "check_signed",
    "is_legacy",
    "not_carried",
    "read_document",
    "read_token",
    "read_url",
    "upgrade",
    "upgrade_profile",
]


def check(badge: LegacyBadge, *, fetcher: Fetcher, now: datetime, limits: Limits = DEFAULT_LIMITS) -> LegacyResult:
    """Check an Open Badges 2.0 badge the way it says it is verified.

    Args:
        badge: From ``read_document``, ``read_token`` or ``read_url``.
        fetcher: Gives what the badge links to; use one that counts. Offline, what is needed and absent is UNKNOWN.
        now: The instant that dates are compared with.
        limits: Sizes.

    Returns:
        The checks and, when they allow it, what the issuer stands for; never raises for a bad badge.
    """
    if badge.format == "ob2-signed" and badge.assertion is not None:
        return check_signed(badge.assertion, badge.token, fetcher=fetcher, now=now, limits=limits)
    return check_hosted(badge.id, fetcher=fetcher, now=now, limits=limits)
