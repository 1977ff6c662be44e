"""Open Badges 2.0 in the same report: its own rules (``openbadges.legacy``), this verifier's verdict and policy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from openbadges import jsontext, legacy
from openbadges.errors import MalformedError
from openbadges.legacy import Assertion, BadgeClass, Issuer, LegacyBadge, LegacyResult
from openbadges.report import Check, Outcome, VerificationReport
from openbadges.verification.checks.recipient import Recipient
from openbadges.verification.inquiry import Inquiry
from openbadges.verification.policy import Policy
from openbadges.verification.reading import Source
from openbadges.verification.verdicts import verdict_of

__all__ = ["LegacyVerdict", "check_legacy", "legacy_badge"]


def legacy_badge(source: Source, inquiry: Inquiry) -> LegacyBadge:
    """The Open Badges 2.0 badge in what was read: a document, a token, or only an address in a picture.

    Raises:
        MalformedError: It is none of these.
    """
    if source.document and source.token is None:
        return legacy.read_document(source.document)
    if source.text.startswith(("https://", "http://")):
        return legacy.read_url(source.text)
    if source.text.startswith("{"):
        return legacy.read_document(jsontext.parse_object(source.text, inquiry.limits))
    found = legacy.read_token(source.text, inquiry.limits)
    if found is None:
        raise MalformedError("document.not_recognised")
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class LegacyVerdict:
    """A report, and the assertion it is about: what the issuer signed or serves, never what a file said besides."""

    report: VerificationReport
    document: Mapping[str, Any] | None


def check_legacy(source: Source, inquiry: Inquiry, policy: Policy, recipient: Recipient | None = None) -> LegacyVerdict:
    """Check an Open Badges 2.0 badge.

    Raises:
        OpenBadgesError: It cannot be read, or says it is verified in a way that is forbidden or not known.
    """
    badge = legacy_badge(source, inquiry)
    result = legacy.check(badge, fetcher=inquiry.fetcher, now=inquiry.now, limits=inquiry.limits)
    checks = list(result.checks)
    required = set(result.required)
    if recipient is not None:
        required.add("recipient.match")
        if result.assertion is not None:
            checks.append(legacy.check_recipient(result.assertion, recipient.identity_type, recipient.value))
    if result.issuer is not None:
        checks.append(_trust(result.issuer.id, policy, required))
    code, params = verdict_of(checks, frozenset(required), "badge")
    assertion = result.assertion
    report = VerificationReport(
        checks=tuple(checks),
        required=frozenset(required),
        at=inquiry.now,
        verdict_code=code,
        verdict_params=params,
        format=result.format,
        container=source.container,
        credential=None if assertion is None else _credential_facts(assertion, result),
        issuer=None if assertion is None or result.issuer is None else _issuer_facts(result.issuer, policy),
        key=None if result.key_id is None else {"id": result.key_id, "algorithm": result.algorithm},
        notes=source.notes,
    )
    return LegacyVerdict(report=report, document=None if assertion is None else assertion.document)


def _trust(issuer: str, policy: Policy, required: set[str]) -> Check:
    trusted = policy.trusts(issuer)
    params = {"issuer": issuer}
    if trusted is None:
        return Check(id="issuer.trust", outcome=Outcome.SKIPPED, code="trust.not_asked", params=params)
    required.add("issuer.trust")
    if trusted:
        return Check(id="issuer.trust", outcome=Outcome.PASS, code="trust.trusted", params=params)
    return Check(id="issuer.trust", outcome=Outcome.FAIL, code="trust.not_trusted", params=params)


def _credential_facts(assertion: Assertion, result: LegacyResult) -> dict[str, Any]:
    return {
        "id": assertion.id,
        "type": ["Assertion"],
        "name": _name(result.badge_class),
        "valid_from": assertion.issued_on,
        "valid_until": assertion.expires,
    }


def _issuer_facts(issuer: Issuer, policy: Policy) -> dict[str, Any]:
    return {"id": issuer.id, "name": _name(issuer), "trusted": policy.trusts(issuer.id)}


def _name(view: BadgeClass | Issuer | None) -> str | None:
    """The name, if it is a text: its form was no condition of the checks."""
    name = None if view is None else view.document.get("name")
    return name if isinstance(name, str) else None
