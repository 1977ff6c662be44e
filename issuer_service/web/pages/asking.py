"""The small form "was it given to this person?"; what is typed there is compared and never kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from flask import request
from flask_babel import gettext

from issuer_service.services.issuance import IDENTITY_TYPES
from issuer_service.services.recipients import recognise
from issuer_service.services.records import RecipientKind
from issuer_service.services.sentences import N_
from issuer_service.services.verification import Verdict
from openbadges import Recipient

__all__ = ["KINDS", "answered", "asked_recipients"]

# value of the form -> words
KINDS: Mapping[str, str] = MappingProxyType(
    {
        RecipientKind.USERNAME.value: N_("User name"),
        RecipientKind.EMAIL.value: N_("E-mail address"),
        RecipientKind.NAME.value: N_("Name"),
        RecipientKind.DID.value: N_("Key (DID)"),
    }
)
_LONGEST = 2_048


def asked_recipients(prefix: str = "") -> tuple[Sequence[Recipient], str]:
    """The ways in which what was typed may stand in the badge, and what is wrong with it.

    Neither when nothing was typed. Issuers here write names in one canonical form; others may not, so the text is tried
    as it was typed, too.

    Args:
        prefix: What the issuer puts before user names.
    """
    text = request.form.get("recipient", "").strip()
    if not text:
        return (), ""
    kind = request.form.get("kind", RecipientKind.USERNAME.value)
    if kind not in KINDS or len(text) > _LONGEST:
        return (), gettext("Type the name or address as the person gives it to you.")
    identity_type = IDENTITY_TYPES.get(RecipientKind(kind), "id")
    found = recognise(text, prefix=prefix, kind=RecipientKind(kind))
    if found.problem is not None and kind == RecipientKind.DID.value:
        return (), gettext("This is not a key. A key starts with “did:”.")
    values = [text] if found.problem is not None else [found.value, text]
    return [Recipient(identity_type, value) for value in dict.fromkeys(values)], ""


def answered(asked: Sequence[Recipient], check: Callable[[Recipient | None], Verdict]) -> Verdict:
    """The verdict for the first form of the name that fits; for the first one when none does."""
    first = check(asked[0] if asked else None)
    for recipient in asked[1:]:
        if first.report.verdict_code != "verdict.not_recipient":
            break
        other = check(recipient)
        if other.report.verdict_code != "verdict.not_recipient":
            return other
    return first
