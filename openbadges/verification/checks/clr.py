"""The credentials inside a Comprehensive Learner Record (CLR 2.0): each has to pass by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from openbadges.errors import LimitError, OpenBadgesError
from openbadges.jsontext import pointer_to
from openbadges.models.rules import Problem
from openbadges.report import Check, Outcome, VerificationReport
from openbadges.schema import schema_problems
from openbadges.verification.checks.nested import CheckNested, read_nested, sum_up, unreadable_nested
from openbadges.verification.inquiry import Inquiry

__all__ = ["check_nested_credentials", "record_problems"]

_PROFILE = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json-ld/ob_v3p0_profile_schema.json"
_ONE_VALUE = (
    "name", "description", "image", "issuer", "awardedDate", "validFrom", "validUntil", "issuanceDate",
    "expirationDate", "credentialSubject", "partial",
)  # fmt: skip


def record_problems(document: Mapping[str, Any]) -> list[Problem]:
    """What is wrong with the form of a record: its schema is not carried here, and lists could hide single values."""
    problems = [
        Problem(pointer=pointer_to(name), code="shape.one_item_list", params={"name": name})
        for name in _ONE_VALUE
        if isinstance(document.get(name), list)
    ]
    issuer = document.get("issuer")
    if not isinstance(issuer, Mapping):
        return [*problems, Problem(pointer="/issuer", code="schema.wrong_type", params={"expected": "an object"})]
    return problems + [
        Problem(pointer="/issuer" + one.pointer, code=one.code, params=one.params)
        for one in schema_problems(issuer, _PROFILE)
    ]


def check_nested_credentials(
    document: Mapping[str, Any], inquiry: Inquiry, check: CheckNested
) -> tuple[tuple[Check, ...], tuple[VerificationReport, ...]]:
    """``credentials``: every ``verifiableCredential`` of the subject of this record.

    Raises:
        LimitError: More than ``limits.endorsements`` credentials inside, or records inside records.
    """
    subject = document.get("credentialSubject")
    value = subject.get("verifiableCredential", []) if isinstance(subject, Mapping) else []
    inside = value if isinstance(value, list) else [value]
    if not inside:
        return (Check(id="credentials", outcome=Outcome.PASS, code="clr.none"),), ()
    if len(inside) > inquiry.limits.endorsements or inquiry.depth >= inquiry.limits.endorsement_depth:
        raise LimitError("clr.too_many", limit=inquiry.limits.endorsements)
    reports = tuple(_one(item, document, inquiry, check) for item in inside)
    return (sum_up("credentials", "clr", reports),), reports


def _one(value: Any, outer: Mapping[str, Any], inquiry: Inquiry, check: CheckNested) -> VerificationReport:
    source = read_nested(value, outer, inquiry)
    if isinstance(source, OpenBadgesError):
        return unreadable_nested(source, inquiry, "badge")
    return check(source, inquiry.deeper())
