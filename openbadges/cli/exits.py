"""Exit statuses: what a program that calls ``openbadges`` can rely on (docs/reference/report.md)."""

from __future__ import annotations

from collections.abc import Iterable

from openbadges.errors import (
    ConfigurationError,
    IssuingError,
    KeyMaterialError,
    MalformedError,
    OpenBadgesError,
    UnreachableError,
    UnsupportedError,
)
from openbadges.report import Outcome, VerificationReport

__all__ = [
    "FAILED",
    "INTERNAL",
    "INTERRUPTED",
    "NOT_WRITTEN",
    "PASSED",
    "PIPE_CLOSED",
    "UNKNOWN",
    "UNREADABLE",
    "USAGE",
    "status_of_error",
    "status_of_report",
    "worst",
]

PASSED = 0
FAILED = 1  # wrong or forbidden
USAGE = 2  # the command was used wrongly
UNKNOWN = 3  # not known here, or could not be reached
UNREADABLE = 4  # malformed, over a limit, missing, unreadable, empty; also an unusable key file
INTERNAL = 70  # a fault of this program (EX_SOFTWARE)
NOT_WRITTEN = 74  # the output could not be written (EX_IOERR)
INTERRUPTED = 130  # 128 + SIGINT
PIPE_CLOSED = 141  # 128 + SIGPIPE

_GRAVEST_FIRST = (UNREADABLE, FAILED, UNKNOWN)
_OF_OUTCOME = ((Outcome.PASS, PASSED), (Outcome.FAIL, FAILED))
_OF_ERROR: tuple[tuple[type[OpenBadgesError], int], ...] = (
    (ConfigurationError, USAGE),
    (MalformedError, UNREADABLE),
    (KeyMaterialError, UNREADABLE),
    (UnsupportedError, UNKNOWN),
    (UnreachableError, UNKNOWN),
)


def status_of_error(error: OpenBadgesError) -> int:
    """The exit status for an error that ended the command; a refusal to issue counts as what caused it."""
    cause = error.__cause__
    if isinstance(error, IssuingError) and isinstance(cause, OpenBadgesError):
        return status_of_error(cause)
    return next((status for kind, status in _OF_ERROR if isinstance(error, kind)), FAILED)


def status_of_report(report: VerificationReport) -> int:
    """The exit status for one verification."""
    if report.error is not None:
        return UNREADABLE
    return next((status for outcome, status in _OF_OUTCOME if report.outcome is outcome), UNKNOWN)


def worst(statuses: Iterable[int]) -> int:
    """The exit status for several: the first that applies of 4, 1, 3 and 0."""
    found = set(statuses)
    return next((status for status in _GRAVEST_FIRST if status in found), PASSED)
