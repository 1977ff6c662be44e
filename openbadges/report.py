"""What a verification found: data only. Sentences are rendered from codes and facts, in any language."""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from functools import lru_cache
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from openbadges.messages import render

__all__ = ["Check", "Note", "Outcome", "ReportError", "VerificationReport", "passed"]


class Outcome(enum.StrEnum):
    """What one check, or all of them together, came to. "Could not check" is UNKNOWN, never PASS."""

    PASS = "pass"  # noqa: S105 - an outcome, not a password
    FAIL = "fail"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One question that was asked of the badge.

    Attributes:
        id: Stable name of the check, e.g. ``"proof.signature"`` (docs/reference/checks.md lists them).
        outcome: What it came to.
        code: Stable name of the finding, a key of ``openbadges.messages.MESSAGES``.
        params: The facts of the sentence.
    """

    id: str
    outcome: Outcome
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def detail(self) -> str:
        """The English sentence."""
        return render(self.code, self.params)

    def __reduce__(self) -> tuple[Any, ...]:
        """Reports of thousands of badges travel between processes (``openbadges.bulk``): as their values, quickly."""
        return _restored_check, (self.id, self.outcome, self.code, dict(self.params))

    def to_json(self) -> dict[str, Any]:
        """The check as the ``--json`` output shows it."""
        return {
            "id": self.id,
            "outcome": self.outcome.value,
            "code": self.code,
            "params": dict(self.params),
            "detail": self.detail,
        }


def passed(check_id: str, code: str, **facts: str | int) -> Check:
    """A check that passed, one value for all badges that have these facts: nearly all checks are such.

    Made once, and on its way between processes written once for many reports. The facts are words of this library;
    what a badge says itself is another thing each time, and not kept.
    """
    return _passed(check_id, code, tuple(facts.items()))


@lru_cache(maxsize=256)
def _passed(check_id: str, code: str, facts: tuple[tuple[str, str | int], ...]) -> Check:
    return Check(id=check_id, outcome=Outcome.PASS, code=code, params=MappingProxyType(dict(facts)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something worth knowing that decides nothing, e.g. a member that the Open Badges model does not list."""

    code: str
    pointer: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def detail(self) -> str:
        """The English sentence."""
        return render(self.code, self.params)

    def to_json(self) -> dict[str, Any]:
        """The note as the ``--json`` output shows it."""
        return {"code": self.code, "pointer": self.pointer, "params": dict(self.params), "detail": self.detail}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportError:
    """Why the input could not be read at all."""

    code: str
    pointer: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def detail(self) -> str:
        """The English sentence."""
        return render(self.code, self.params)

    def to_json(self) -> dict[str, Any]:
        """The error as the ``--json`` output shows it."""
        return {"code": self.code, "detail": self.detail, "pointer": self.pointer}


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationReport:
    """Everything one verification found.

    Attributes:
        checks: The checks in the order they were made. A check may stand several times (one a proof, one a status
            entry).
        required: Ids of the checks that decide. Each of them has to be present and passed for the outcome to be PASS.
        at: The instant that all dates were compared with.
        verdict_code: Stable name of the one-sentence summary; ``verdict_params`` are its facts.
        format: ``"data-integrity"``, ``"vc-jwt"``, ``"ob2-signed"``, ``"ob2-hosted"`` or None.
        container: ``"json"``, ``"jwt"``, ``"png"``, ``"svg"`` or None.
        credential, issuer, key: What was signed, by whom, with what; None unless proof and issuer binding passed.
        notes: What is worth knowing and decides nothing.
        error: Why the input could not be read, else None.
        endorsements: A report for each endorsement that the badge carries.
        inside: A report for each credential inside a learner record or a presentation.
    """

    checks: tuple[Check, ...]
    required: frozenset[str]
    at: datetime
    verdict_code: str
    verdict_params: Mapping[str, Any] = field(default_factory=dict)
    format: str | None = None
    container: str | None = None
    credential: Mapping[str, Any] | None = None
    issuer: Mapping[str, Any] | None = None
    key: Mapping[str, Any] | None = None
    notes: tuple[Note, ...] = ()
    error: ReportError | None = None
    endorsements: tuple[VerificationReport, ...] = ()
    inside: tuple[VerificationReport, ...] = ()

    def __reduce__(self) -> tuple[Any, ...]:
        """As for a check."""
        return _restored_report, _values_of_report(self)

    @property
    def outcome(self) -> Outcome:
        """PASS only when every required check is there and passed; a FAIL outweighs an UNKNOWN."""
        return outcome_of(self.checks, self.required, failed=self.error is not None)

    @property
    def verdict(self) -> str:
        """One plain English sentence."""
        return render(self.verdict_code, self.verdict_params)

    @property
    def reason(self) -> str:
        """Why it is so: the English sentence of what decided; empty where the verdict says it all."""
        return str(self.verdict_params.get("reason", ""))

    @property
    def summary(self) -> str:
        """The verdict and, where there is one, the reason."""
        return f"{self.verdict} {self.reason}".strip()

    def of(self, check_id: str) -> tuple[Check, ...]:
        """The checks with this id."""
        return tuple(check for check in self.checks if check.id == check_id)

    def to_json(self) -> dict[str, Any]:
        """The report as the ``--json`` output shows it (docs/reference/report.md), without ``input``."""
        shown: dict[str, Any] = {
            "outcome": self.outcome.value,
            "verdict": self.verdict,
            "format": self.format,
            "container": self.container,
            "credential": None if self.credential is None else dict(self.credential),
            "issuer": None if self.issuer is None else dict(self.issuer),
            "key": None if self.key is None else dict(self.key),
            "checks": [check.to_json() for check in self.checks],
            "notes": [note.to_json() for note in self.notes],
        }
        if self.endorsements:
            shown["endorsements"] = [report.to_json() for report in self.endorsements]
        if self.inside:
            shown["inside"] = [report.to_json() for report in self.inside]
        if self.error is not None:
            shown["error"] = self.error.to_json()
        shown["at"] = self.at.strftime("%Y-%m-%dT%H:%M:%SZ")
        return shown

    def __bool__(self) -> bool:
        """Always raises, so that ``if report:`` cannot be written.

        Raises:
            TypeError: Always. Ask ``report.outcome``.
        """
        message = "a report is not a truth value; ask report.outcome"
        raise TypeError(message)


def _slots(kind: type) -> list[Callable[[object, Any], None]]:
    """What puts a value into each field, past ``__init__``: of what was already made once, and two times as quick."""
    return [getattr(kind, one.name).__set__ for one in fields(kind)]


_CHECK_SLOTS = _slots(Check)
_REPORT_SLOTS = _slots(VerificationReport)
_values_of_report = attrgetter(*[one.name for one in fields(VerificationReport)])


def _restored_check(*values: Any) -> Check:
    made = object.__new__(Check)
    for put, value in zip(_CHECK_SLOTS, values, strict=True):
        put(made, value)
    return made


def _restored_report(*values: Any) -> VerificationReport:
    made = object.__new__(VerificationReport)
    for put, value in zip(_REPORT_SLOTS, values, strict=True):
        put(made, value)
    return made


def outcome_of(checks: Sequence[Check], required: frozenset[str], *, failed: bool = False) -> Outcome:
    """What required checks come to together: the worst of them, and UNKNOWN when one was never made."""
    missing, worst = set(required), Outcome.PASS
    for check in checks:
        if check.id in required:
            missing.discard(check.id)
            if check.outcome is Outcome.FAIL:
                failed = True
            elif check.outcome is not Outcome.PASS:
                worst = Outcome.UNKNOWN
    if failed:
        return Outcome.FAIL
    return Outcome.UNKNOWN if missing or not required else worst
