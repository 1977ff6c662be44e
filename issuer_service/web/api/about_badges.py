"""Checking badges from anywhere."""

from __future__ import annotations

import json

from issuer_service.web.api.operations import Asked
from issuer_service.web.api.shown import VerifiedOut
from issuer_service.web.limits import count
from openbadges import Recipient

__all__ = ["verify"]


def verify(asked: Asked) -> VerifiedOut:
    """Check a badge; a bad one is an answer too, not an error."""
    count("verify")
    badge, who = asked.body.badge, asked.body.recipient
    recipient = None if who is None else Recipient(who.type, who.value)
    text = badge if isinstance(badge, str) else json.dumps(badge)
    verdict = asked.services.verification.verify_text(text, recipient=recipient)
    return VerifiedOut(report=verdict.report.to_json(), issuer_known=verdict.is_known)
