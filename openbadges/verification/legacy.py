"""Open Badges 2.0 in the same report: its own rules (``openbadges.legacy``), this verifier's verdict and policy."""

from __future__ import annotations

from typing import Any

from openbadges import jsontext, legacy
from openbadges.errors import MalformedError
from openbadges.legacy import Assertion, LegacyBadge, LegacyResult
from openbadges.report import Check, Outcome, VerificationReport
from openbadges.verification.checks.recipient import Recipient
from openbadges.verification.inquiry import Inquiry
from openbadges.verification.policy import Policy
from openbadges.verification.reading import Source
from openbadges.verification.verdicts import verdict_of

__all__ = ["check_legacy", "legacy_badge"]

_KIND = ("badge", "an Open Badge")


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


def check_legacy(
    source: Source, inquiry: Inquiry, policy: Policy, recipient: Recipient | None = None
) -> VerificationReport:
    """Check an Open Badges 2.0 badge.

    Raises:
        MalformedError: It cannot be read.
    """
    badge = legacy_badge(source, inquiry)
    result = legacy.check(badge, fetcher=inquiry.fetcher, now=inquiry.now, limits=inquiry.limits)
    checks = list(result.checks)
    required = set(result.required)
    issuer = None if result.issuer is None else result.issuer.id
    if result.assertion is not None and recipient is not None:
        checks.append(legacy.check_recipient(result.assertion, recipient.identity_type, recipient.value))
        required.add("recipient.match")
    if issuer is not None:
        checks.append(_trust(issuer, policy, required))
    code, params = verdict_of(checks, frozenset(required), _KIND)
    return VerificationReport(
        checks=tuple(checks),
        required=frozenset(required),
        at=inquiry.now,
        verdict_code=code,
        verdict_params=params,
        format=result.format,
        container=source.container,
        credential=_credential_facts(result),
        issuer=_issuer_facts(result, policy),
        key=None if result.key_id is None else {"id": result.key_id, "algorithm": result.algorithm},
        notes=source.notes,
    )


def _trust(issuer: str, policy: Policy, required: set[str]) -> Check:
    trusted = policy.trusts(issuer)
    params = {"issuer": issuer}
    if trusted is None:
        return Check(id="issuer.trust", outcome=Outcome.SKIPPED, code="trust.not_asked", params=params)
    required.add("issuer.trust")
    if trusted:
        return Check(id="issuer.trust", outcome=Outcome.PASS, code="trust.trusted", params=params)
    return Check(id="issuer.trust", outcome=Outcome.FAIL, code="trust.not_trusted", params=params)


def _credential_facts(result: LegacyResult) -> dict[str, Any] | None:
    assertion: Assertion | None = result.assertion
    if assertion is None:
        return None
    name = None if result.badge_class is None else result.badge_class.name
    return {
        "id": assertion.id,
        "type": ["Assertion"],
        "name": name,
        "valid_from": assertion.issued_on,
        "valid_until": assertion.expires,
    }


def _issuer_facts(result: LegacyResult, policy: Policy) -> dict[str, Any] | None:
    if result.issuer is None or result.assertion is None:
        return None
    return {"id": result.issuer.id, "name": result.issuer.name, "trusted": policy.trusts(str(result.issuer.id))}
