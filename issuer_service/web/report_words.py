"""A verification report in the reader's language: one state for everybody, then every check with what it means.

The library gives codes and facts; the sentences are looked up in the catalogue under the library's English templates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext

from issuer_service.services.sentences import N_
from issuer_service.services.status_changes import REASONS
from issuer_service.web.report_tables import (
    CHECKS,
    FAILED,
    NOT_KNOWN_HERE,
    OTHER,
    STATES,
    STRANGER,
    TRY_AGAIN,
    CheckWords,
)
from issuer_service.web.words import apart, day, locale
from openbadges import Check, Outcome, VerificationReport
from openbadges.messages import MESSAGES, Said, safe_text

__all__ = ["CheckLine", "State", "check_lines", "sentence", "state_of", "verdict"]


_NOTHING_SHOWN = frozenset({"plain", "fail", "unknown"})
# Of these the content is shown besides, because it is what the issuer signed, whatever became of it since.
_STILL_SHOWN = frozenset(
    {
        "verdict.withdrawn",
        "verdict.not_recipient",
        "verdict.unknown_status",
        "verdict.bad_status",
        "verdict.not_trusted",
    }
)


# Of these the library's sentence says what the headline says; only its reason is worth a line of its own.
_SAID_BY_HEADLINE = frozenset(
    {
        "verdict.pass",
        "verdict.changed",
        "verdict.bad_signature",
        "verdict.not_by_issuer",
        "verdict.not_conforming",
        "verdict.bad_dates",
        "verdict.expired",
        "verdict.withdrawn",
        "verdict.suspended",
        "verdict.not_recipient",
        "verdict.other_subject",
    }
)
# Reasons that stay the same however often one tries.
_NOT_KNOWN = frozenset(
    {
        "proof.unknown_suite",
        "multikey.unknown",
        "jws.crit",
        "did.unknown_method",
        "did.method_type",
        "status.type_unknown",
        "status.purpose_unknown",
        "legacy.verification_type",
        "related.algorithm",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What everybody sees first.

    Attributes:
        look: ``pass``, ``warn``, ``fail``, ``unknown`` or ``plain``.
        icon: Name of its picture.
        headline: One of the fixed wordings.
        detail: The library's sentence and its reason, where they say more than the headline.
        advice: What to do next.
        shows_badge: Whether the content may be shown below; of a broken badge it is not.
        may_change: Whether the same badge may get another answer in a moment.
        code: The verdict's code.
    """

    look: str
    icon: str
    headline: str
    detail: str
    advice: str
    shows_badge: bool
    may_change: bool
    code: str


_MARKS = {Outcome.PASS: "check", Outcome.FAIL: "cross", Outcome.UNKNOWN: "question", Outcome.SKIPPED: "dash"}
_SAID = {
    Outcome.PASS: N_("passed"),
    Outcome.FAIL: N_("failed"),
    Outcome.UNKNOWN: N_("could not be checked"),
    Outcome.SKIPPED: N_("not checked"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLine:
    """One check as a line with a fold-out."""

    id: str
    look: str
    icon: str
    said: str
    name: str
    detail: str
    means: str
    does_not: str


def state_of(report: VerificationReport, *, known: bool, reason: str | None = None) -> State:
    """The state of a badge.

    Args:
        report: What the library found.
        known: Whether this site knows the issuer. A good signature of a stranger looks neither good nor bad.
        reason: Why the issuer withdrew or suspended it, where this site knows that.
    """
    code = report.verdict_code
    detail = _why(report) if code in _SAID_BY_HEADLINE else verdict(report)
    if reason is not None and code in ("verdict.withdrawn", "verdict.suspended"):
        detail = gettext("Reason: %(reason)s.", reason=gettext(REASONS.get(reason, reason)))
    found = STATES.get(code, OTHER)
    if found.look == "pass" and not known:
        found = STRANGER
    if found.look == "unknown" and _reason_code(report) in _NOT_KNOWN:
        found = NOT_KNOWN_HERE
    return State(
        look=found.look,
        icon=found.icon,
        headline=_filled(found.headline, report.verdict_params),
        detail=detail,
        advice=gettext(found.advice) if found.advice else "",
        shows_badge=found is STRANGER or found.look not in _NOTHING_SHOWN or code in _STILL_SHOWN,
        may_change=found.advice == TRY_AGAIN,
        code=code,
    )


def verdict(report: VerificationReport) -> str:
    """The library's one sentence, and the one that says why, where there is one."""
    return f"{sentence(report.verdict_code, report.verdict_params)} {_why(report)}".strip()


def _why(report: VerificationReport) -> str:
    """The reason of the verdict; nothing where there is none."""
    return f"{_Fact(report.verdict_params['reason'])}" if report.reason else ""


def _reason_code(report: VerificationReport) -> str:
    reason = report.verdict_params.get("reason")
    return reason.code if isinstance(reason, Said) else ""


def check_lines(report: VerificationReport) -> list[CheckLine]:
    """Every check in the order they were made; whether this site knows the issuer is said elsewhere on the page."""
    return [_line(check) for check in report.checks if check.code != "trust.not_asked"]


def sentence(code: str, params: Mapping[str, Any]) -> str:
    """A sentence of the library in the reader's language, its facts safe to show.

    Args:
        code: A key of ``MESSAGES``; another one is shown as it is.
        params: The facts.
    """
    template = MESSAGES.get(code)
    if template is None:
        return code
    return _filled(template, params)


def _filled(template: str, params: Mapping[str, Any]) -> str:
    return str(gettext(template)).format_map(_Facts({name: _Fact(value) for name, value in params.items()}))


class _Facts(dict[str, "_Fact"]):
    """The facts by name; one that is not there is a gap in the sentence, never an error page."""

    def __missing__(self, name: str) -> _Fact:
        return _Fact("…")


class _Fact:
    """A fact inside a sentence; ``{end:date}`` is a day in the reader's language."""

    def __init__(self, value: object) -> None:
        self._value = value

    def __format__(self, kind: str) -> str:
        if kind == "date":
            return _day(str(self._value))
        if isinstance(self._value, (list, tuple)):
            return ", ".join(_shown(item) for item in self._value)
        if isinstance(self._value, Said):
            return sentence(self._value.code, self._value.params)
        return _shown(self._value)


def _shown(value: object) -> str:
    text = safe_text(value)
    return apart(text) if locale().text_direction == "rtl" else text


def _day(text: str) -> str:
    try:
        return day(date.fromisoformat(text[:10]))
    except ValueError:
        return _shown(text)


def _line(check: Check) -> CheckLine:
    words, failed = CHECKS.get(check.id, CheckWords(check.id, "", "")), check.outcome is Outcome.FAIL
    return CheckLine(
        id=check.id,
        look=check.outcome.value,
        icon=_MARKS[check.outcome],
        said=gettext(FAILED.get(check.code, _SAID[check.outcome]) if failed else _SAID[check.outcome]),
        name=gettext(words.name),
        detail=sentence(check.code, check.params),
        means=gettext(words.means) if words.means else "",
        does_not=gettext(words.does_not) if words.does_not else "",
    )
