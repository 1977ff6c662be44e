"""What hosted and signed badges have in common: dates and being revoked."""

from __future__ import annotations

from datetime import datetime, timedelta

from openbadges.encoding.times import parse_instant
from openbadges.errors import RefusedError
from openbadges.legacy.model import Assertion
from openbadges.limits import Limits

__all__ = ["CLOCK_SKEW", "check_dates", "refuse_revoked"]

CLOCK_SKEW = timedelta(seconds=60)  # of an issuer whose clock runs ahead; for the beginning only


def check_dates(assertion: Assertion, now: datetime, limits: Limits) -> None:
    """Check ``issuedOn`` and ``expires`` against ``now``; a date that cannot be read is never "no date".

    Raises:
        RefusedError: ``legacy.not_yet`` or ``legacy.expired``.
        MalformedError: A date that cannot be read (``date.*``).
    """
    if parse_instant(assertion.issued_on, limits) > now + CLOCK_SKEW:
        raise RefusedError("legacy.not_yet", issued_on=assertion.issued_on)
    if assertion.expires is not None and parse_instant(assertion.expires, limits) <= now:
        raise RefusedError("legacy.expired", expires=assertion.expires)


def refuse_revoked(assertion: Assertion) -> None:
    """Refuse a badge that says itself that it is revoked.

    Raises:
        RefusedError: ``legacy.revoked``.
    """
    if assertion.revoked:
        raise RefusedError("legacy.revoked", reason=assertion.revocation_reason)
