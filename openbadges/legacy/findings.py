"""Collecting the checks of one Open Badges 2.0 badge: each question is asked once, and an error becomes its answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from openbadges.errors import ConfigurationError, OpenBadgesError, UnreachableError, UnsupportedError
from openbadges.legacy.model import Assertion, BadgeClass, Issuer
from openbadges.report import Check, Outcome

__all__ = ["BINDING", "CHECK_IDS", "FORMAT", "PROOF", "SHAPE", "STATUS", "VALIDITY", "Findings", "LegacyResult"]

FORMAT = "document.format"
SHAPE = "document.shape"
PROOF = "proof.signature"
BINDING = "issuer.binding"
VALIDITY = "validity.window"
STATUS = "status.revocation"
CHECK_IDS = (FORMAT, SHAPE, PROOF, BINDING, VALIDITY, STATUS)

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class LegacyResult:
    """What was found out about one Open Badges 2.0 badge.

    Attributes:
        format: ``"ob2-hosted"`` or ``"ob2-signed"``.
        checks: One check for each of ``CHECK_IDS``, in that order.
        assertion: What the issuer published or signed; None unless ``proof.signature`` and ``issuer.binding`` passed.
        badge_class, issuer: The same for what it links to.
        key_id, algorithm: The issuer's key and the JOSE algorithm of a signed badge, under the same condition.
    """

    format: Literal["ob2-hosted", "ob2-signed"]
    checks: tuple[Check, ...]
    assertion: Assertion | None = None
    badge_class: BadgeClass | None = None
    issuer: Issuer | None = None
    key_id: str | None = None
    algorithm: str | None = None

    @property
    def required(self) -> frozenset[str]:
        """The checks that decide: all, except the status of a badge whose issuer publishes no list."""
        without = {check.id for check in self.checks if check.code == "legacy.no_revocation_list"}
        return frozenset(CHECK_IDS) - without


class Findings:
    """The checks so far. What is never asked ends as SKIPPED."""

    def __init__(self, format_code: str) -> None:
        self._checks: dict[str, Check] = {}
        self.file(FORMAT, Outcome.PASS, format_code)

    def file(self, check_id: str, outcome: Outcome, code: str, **params: Any) -> None:
        """Write an answer down; a later one replaces it."""
        self._checks[check_id] = Check(id=check_id, outcome=outcome, code=code, params=params)

    def ask(
        self,
        check_id: str,
        code: str,
        step: Callable[[], T],
        *,
        facts: Callable[[T], Mapping[str, Any]] = lambda _: {},
        doubtful: bool = False,
    ) -> T | None:
        """Make a step and write down how it went.

        Args:
            check_id: The question.
            code: The answer when ``step`` returns.
            step: Raises one of our errors when the answer is another: what is not known or cannot be had is UNKNOWN.
            facts: The facts of ``code``, from what ``step`` returned.
            doubtful: Every error means UNKNOWN, as for a status list that cannot be used.

        Returns:
            What ``step`` returned, or None.
        """
        try:
            value = step()
        except ConfigurationError:
            raise
        except OpenBadgesError as error:
            unknown = doubtful or isinstance(error, (UnreachableError, UnsupportedError))
            self.file(check_id, Outcome.UNKNOWN if unknown else Outcome.FAIL, error.code, **error.params)
            return None
        self.file(check_id, Outcome.PASS, code, **facts(value))
        return value

    def passed(self, *check_ids: str) -> bool:
        """Whether all of these checks were made and passed."""
        return all(
            check_id in self._checks and self._checks[check_id].outcome is Outcome.PASS for check_id in check_ids
        )

    def code(self, check_id: str) -> str:
        """The code of a check that was made."""
        return self._checks[check_id].code

    def checks(self) -> tuple[Check, ...]:
        """Every check in its order."""
        skipped = (Check(id=check_id, outcome=Outcome.SKIPPED, code="legacy.not_made") for check_id in CHECK_IDS)
        return tuple(self._checks.get(check.id, check) for check in skipped)
