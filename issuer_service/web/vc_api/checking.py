"""Verifying by the generic profile. What cannot be told is not a success."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, g

from issuer_service.services.records import ApiToken
from issuer_service.web.errors import problem
from issuer_service.web.vc_api.asking import answer, member, options_of, read_body, with_token
from openbadges import Check, Outcome, VerificationReport, jsontext
from openbadges.errors import MalformedError

__all__ = ["verify_credential", "verify_presentation", "verify_proof"]

_PROOF_ONLY = ("document.", "contexts.", "schema.", "proof.")


@with_token
def verify_credential(_token: ApiToken) -> Response:
    """Everything that a credential can be asked: shape, proofs, issuer, dates, status."""
    body = read_body("verifiableCredential")
    credential = member(body, "verifiableCredential")
    options_of(body)
    report = _checked(credential)
    return _said(report, report.outcome is Outcome.PASS)


@with_token
def verify_presentation(_token: ApiToken) -> Response:
    """The holder's proof with challenge and domain, and every credential inside."""
    body = read_body("verifiablePresentation")
    presentation = member(body, "verifiablePresentation")
    options = options_of(body)
    report = _checked(
        presentation, presented=True, challenge=_text(options, "challenge"), domain=_text(options, "domain")
    )
    return _said(report, report.outcome is Outcome.PASS)


@with_token
def verify_proof(_token: ApiToken) -> Response:
    """Proofs and shape only: whether the key is the issuer's does not count. For tests of cryptosuites."""
    body = read_body("verifiableCredential")
    credential = member(body, "verifiableCredential")
    options_of(body)
    report = _checked(credential)
    decisive = [check for check in report.checks if check.id.startswith(_PROOF_ONLY)]
    proofs = [check for check in decisive if check.id == "proof.signature"]
    good = report.error is None and bool(proofs) and all(check.outcome is Outcome.PASS for check in decisive)
    return _said(report, good, tuple(decisive))


def _checked(document: dict[str, Any] | str, **asked: Any) -> VerificationReport:
    text = document if isinstance(document, str) else jsontext.dump(document).decode("utf-8")
    report: VerificationReport = g.services.verification.verify_other(text, **asked)
    return report


def _text(options: Mapping[str, Any], name: str) -> str | None:
    value = options.get(name)
    if value is not None and not isinstance(value, str):
        raise MalformedError("generic.claim", pointer=f"/options/{name}", name=name)
    return value


def _said(report: VerificationReport, good: bool, checks: tuple[Check, ...] | None = None) -> Response:
    shown = [check.to_json() for check in (report.checks if checks is None else checks)]
    if good:
        return answer({"verified": True, "checks": shown})
    wrong = [
        {"code": check["code"], "detail": check["detail"], "check": check["id"]}
        for check in shown
        if check["outcome"] in ("fail", "unknown")
    ]
    if not wrong:  # nothing failed and something that has to be there is not
        wrong = [{"code": report.verdict_code, "detail": report.verdict, "check": "proof.signature"}]
    return problem(400, "The credential is not good", report.verdict, verified=False, errors=wrong, checks=shown)
