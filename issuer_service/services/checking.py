"""The work of checking: what is asked of a badge, and how it is answered from nothing but the question.

It is written so that it can be done in this process or in one with less memory and time (``jobs.checkers``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from issuer_service.services.photos import decode_qr
from issuer_service.services.ports import Fetcher
from openbadges import AnyIssuer, Recipient, VerificationReport, Verifier
from openbadges.limits import DEFAULT_LIMITS
from openbadges.verification.reading import read_source

__all__ = ["Checked", "InThisProcess", "Question"]

_OPEN_BADGES_3 = ("data-integrity", "vc-jwt")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of a badge or of a presentation.

    Attributes:
        now: The instant to judge by.
        recipient: Who it should have been given to.
        profile: ``"badge"``, or ``"vc"`` for any W3C credential.
        presented: Whether it is a presentation that is checked, with its ``challenge`` and ``domain``.
    """

    now: datetime
    recipient: Recipient | None = None
    profile: Literal["badge", "vc"] = "badge"
    presented: bool = False
    challenge: str | None = None
    domain: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was found.

    Attributes:
        document: The badge's content when its proof and its issuer are good: nothing else is shown as true.
    """

    report: VerificationReport
    document: Mapping[str, Any] | None = None


class InThisProcess:
    """Checks here and now, within the library's budgets."""

    def check(self, data: bytes | str, asked: Question, fetcher: Fetcher) -> Checked:
        """Answer the question. Never raises for a bad badge."""
        verifier = Verifier(fetcher=fetcher, profile=asked.profile)
        if asked.presented:
            report = verifier.check_presentation(
                data, policy=AnyIssuer(), challenge=asked.challenge, domain=asked.domain, at=asked.now
            )
            return Checked(report=report)
        report = verifier.check(data, policy=AnyIssuer(), recipient=asked.recipient, at=asked.now)
        if report.issuer is None or report.format not in _OPEN_BADGES_3:
            return Checked(report=report)  # of older badges the report alone is shown
        document = read_source(data, DEFAULT_LIMITS).document  # what was checked, not what lay around it
        return Checked(report=report, document=document)

    def read_code(self, photo: bytes) -> str:
        """The text of the QR code in a photo.

        Raises:
            InvalidError: Not a picture that can be read, or no code is found in it.
        """
        return decode_qr(photo)
