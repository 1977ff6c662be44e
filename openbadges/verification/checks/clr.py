"""The credentials inside a Comprehensive Learner Record (CLR 2.0): each has to pass by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from openbadges.errors import LimitError, OpenBadgesError
from openbadges.report import Check, Outcome, VerificationReport
from openbadges.verification.checks.nested import CheckNested, read_nested, sum_up, unreadable_nested
from openbadges.verification.inquiry import Inquiry
from openbadges.verification.kinds import kind_of

__all__ = ["check_nested_credentials"]


def check_nested_credentials(document: Mapping[str, Any], inquiry: Inquiry, check: CheckNested) -> tuple[Check, ...]:
    """``credentials``: every ``verifiableCredential`` of the subject of a record.

    Raises:
        LimitError: More than ``limits.endorsements`` credentials inside, or records inside records.
    """
    if kind_of(document)[0] != "clr":
        return ()
    subject = document.get("credentialSubject")
    value = subject.get("verifiableCredential", []) if isinstance(subject, Mapping) else []
    inside = value if isinstance(value, list) else [value]
    if not inside:
        return (Check(id="credentials", outcome=Outcome.PASS, code="clr.none"),)
    if len(inside) > inquiry.limits.endorsements or inquiry.depth >= inquiry.limits.endorsement_depth:
        raise LimitError("clr.too_many", limit=inquiry.limits.endorsements)
    reports = tuple(_one(item, document, inquiry, check) for item in inside)
    return (sum_up("credentials", "clr", reports),)


def _one(value: Any, outer: Mapping[str, Any], inquiry: Inquiry, check: CheckNested) -> VerificationReport:
    source = read_nested(value, outer, inquiry)
    if isinstance(source, OpenBadgesError):
        return unreadable_nested(source, inquiry)
    return check(source, inquiry.deeper())
