"""Withdrawing, suspending, renewing and replacing badges that were issued."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from issuer_service.services.achievements import Held, held_of
from issuer_service.services.affiliates import approved_affiliate
from issuer_service.services.awards import (
    Succession,
    award_of,
    change,
    read_evidence,
    read_narrative,
    succeed,
    wrong_state,
)
from issuer_service.services.errors import ConflictError, InvalidError
from issuer_service.services.issuance import Issuance
from issuer_service.services.recipients import recognise
from issuer_service.services.records import Affiliate, Award, AwardState, RecipientKind
from issuer_service.services.rubrics import level_names
from issuer_service.services.sentences import N_
from issuer_service.services.tools import Tools

__all__ = ["REASONS", "STAFF_REASONS", "Correction", "StatusChanges", "renamed"]

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "issued_in_error": N_("issued in error"),
        "replaced": N_("replaced by a newer badge"),
        "expired_early": N_("no longer current"),
        "holder_request": N_("withdrawn at the holder's request"),
        "issuer_decision": N_("decision of the issuer"),
    }
)
STAFF_REASONS = tuple(reason for reason in REASONS if reason != "replaced")  # replacing says so by itself
_MOST_DAYS = 36_500


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What is different in the badge that takes another's place; None leaves it as it was."""

    recipient: str | None = None
    kind: RecipientKind | None = None
    narrative: str | None = None
    evidence: Sequence[Any] | None = None
    level: str | None = None


@dataclass(frozen=True, slots=True)
class StatusChanges:
    """Use cases about the status of issued badges. The status list is built from what they write."""

    tools: Tools

    def revoke(self, affiliate_id: str, award_id: str, reason: str) -> Award:
        """Withdraw a badge for good; whoever checks it sees the reason.

        Args:
            affiliate_id: Whose award it is.
            award_id: Which.
            reason: One of ``STAFF_REASONS``; there is no free text, so that nobody is shamed in public.

        Raises:
            NotFoundError: Not an award of this affiliate.
            InvalidError: Not one of the reasons.
            StateError: It is not issued, or withdrawn already.
        """
        _known(reason)
        return self._set(affiliate_id, award_id, AwardState.REVOKED, (AwardState.ISSUED, AwardState.SUSPENDED), reason)

    def suspend(self, affiliate_id: str, award_id: str, reason: str = "issuer_decision") -> Award:
        """Withdraw a badge for a time.

        Raises:
            NotFoundError: Not an award of this affiliate.
            InvalidError: Not one of the reasons.
            StateError: It is not issued, or suspended already.
            ConflictError: It was issued without the switch for suspension.
        """
        _known(reason)
        return self._set(affiliate_id, award_id, AwardState.SUSPENDED, (AwardState.ISSUED,), reason)

    def reinstate(self, affiliate_id: str, award_id: str) -> Award:
        """End a suspension.

        Raises:
            NotFoundError: Not an award of this affiliate.
            StateError: It is not suspended.
        """
        return self._set(affiliate_id, award_id, AwardState.ISSUED, (AwardState.SUSPENDED,), None)

    def _set(
        self, affiliate_id: str, award_id: str, state: AwardState, allowed: Sequence[AwardState], reason: str | None
    ) -> Award:
        with self.tools.store.write() as work:
            award = award_of(work, affiliate_id, award_id)
            if award.state not in allowed:
                raise wrong_state(award)
            if state is AwardState.SUSPENDED and award.suspension_list_id is None:
                raise ConflictError("award.not_suspendable")
            return change(work, award, state=state, reason=reason, changed_at=self.tools.now())

    def renew(
        self, affiliate_id: str, award_id: str, *, user_id: str, valid_days: int | None = None, seed: str = ""
    ) -> Award:
        """A new badge of the same content with a new validity; the old one is marked as replaced.

        Args:
            affiliate_id: Whose award it is.
            award_id: Which.
            user_id: Who does it.
            valid_days: How long it is valid from now, the achievement's own by default.
            seed: When it was renewed with the same one, the badge is given back that came of it (S-IDEM-1).

        Raises:
            NotFoundError: Not an award of this affiliate.
            StateError: It is not issued, or replaced already.
        """
        if valid_days is not None and not 1 <= valid_days <= _MOST_DAYS:
            raise InvalidError.of("valid_days", "field.number", least=1, most=_MOST_DAYS)
        now = self.tools.now()
        ends = None if valid_days is None else now + timedelta(days=valid_days)
        with self.tools.store.write() as work:
            approved_affiliate(work, affiliate_id)
            award = award_of(work, affiliate_id, award_id)
            held = held_of(work, affiliate_id, award.achievement_id)
            by = Succession(held=held, version=award.version, user_id=user_id, now=now, seed=seed)
            successor = succeed(work, award, by, valid_until=ends)
        return self._signed(successor)

    def replace(
        self, affiliate_id: str, award_id: str, correction: Correction, *, user_id: str, seed: str = ""
    ) -> Award:
        """A corrected badge of the achievement as it is now; the old one is marked as replaced.

        With a ``seed`` as in ``renew``.

        Raises:
            NotFoundError: Not an award of this affiliate.
            InvalidError: The correction cannot be used.
            StateError: It is not issued, or replaced already.
        """
        with self.tools.store.write() as work:
            affiliate = approved_affiliate(work, affiliate_id)
            award = award_of(work, affiliate_id, award_id)
            held = held_of(work, affiliate_id, award.achievement_id)
            changes = _corrected(award, correction, held, affiliate)
            now, number = self.tools.now(), held.version.number
            by = Succession(held=held, version=number, user_id=user_id, now=now, seed=seed)
            successor = succeed(work, award, by, **changes)
        return self._signed(successor)

    def _signed(self, award: Award) -> Award:
        """Sign at once; what cannot be signed now waits for the timer."""
        Issuance(self.tools).sign_all([award])
        with self.tools.store.read() as work:
            return award_of(work, award.affiliate_id, award.id)


def _known(reason: str) -> None:
    if reason not in STAFF_REASONS:
        raise InvalidError.of("reason", "field.choice", allowed=", ".join(STAFF_REASONS))


def _corrected(award: Award, correction: Correction, held: Held, affiliate: Affiliate) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if correction.recipient is not None:
        changes |= renamed(award, correction.recipient, correction.kind, affiliate)
    if correction.narrative is not None:
        changes["narrative"] = read_narrative(correction.narrative)
    if correction.evidence is not None:
        changes["evidence"] = read_evidence(correction.evidence)
    level = award.level if correction.level is None else correction.level or None
    if level is not None and level not in level_names(held.version):
        raise InvalidError.of("level", "row.level", level=level[:100])
    return {**changes, "level": level}


def renamed(award: Award, recipient: str, kind: RecipientKind | None, affiliate: Affiliate) -> dict[str, Any]:
    """The changes that give an award another recipient; a choice to show the old name does not go along.

    Raises:
        InvalidError: The name cannot be used.
    """
    found = recognise(recipient, prefix=affiliate.recipient_prefix, kind=kind)
    if found.problem is not None:
        raise InvalidError([("recipient", found.problem)])
    same = (found.kind, found.value) == (award.recipient_kind, award.recipient_value)
    return {
        "recipient_kind": found.kind,
        "recipient_value": found.value,
        "show_name": award.show_name and same,
    }
