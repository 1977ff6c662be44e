"""Giving badges: preview, give, undo, and the moment when the window is over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from issuer_service.services.achievements import Held, held_of, version_of, words_in
from issuer_service.services.affiliates import MOST_UNDO_MINUTES, affiliate_of, approved_affiliate
from issuer_service.services.award_views import BatchView, ErasedError, Given, PublicBadge
from issuer_service.services.awards import Evidence, add_awards, award_of, read_evidence, read_narrative, take_back
from issuer_service.services.errors import ConflictError, InvalidError, NotFoundError
from issuer_service.services.hashing import new_id
from issuer_service.services.idempotency import Once, first_time
from issuer_service.services.issuance import SHOWN, Issuance
from issuer_service.services.ports import Page, UnitOfWork
from issuer_service.services.previewing import Preview, PreviewRow, Rows, judged, parsed
from issuer_service.services.records import (
    AchievementState,
    Affiliate,
    Award,
    AwardState,
    Batch,
    Visibility,
)
from issuer_service.services.tools import Tools
from openbadges.models.identity import new_salt

__all__ = ["AT_ONCE", "Awarding", "BatchView", "ErasedError", "Given", "Preview", "PreviewRow", "PublicBadge", "Rows"]

AT_ONCE = 50  # signatures in one go: about a second of work, which a request or the end of the site can wait for


@dataclass(frozen=True, slots=True)
class Awarding:
    """Use cases about giving badges."""

    tools: Tools

    def preview(self, affiliate_id: str, achievement_id: str, rows: Rows, *, allow_duplicates: bool = False) -> Preview:
        """Say for each row what would happen; nothing is kept.

        Args:
            affiliate_id: Who would give.
            achievement_id: What would be given.
            rows: What was pasted, or rows with ``recipient`` and optionally ``kind``, ``narrative``,
                ``evidence``, ``level``.
            allow_duplicates: Whether people who have the badge may get it again.

        Raises:
            NotFoundError: Not an achievement of this affiliate.
            InvalidError: The paste is too long.
        """
        with self.tools.store.read() as work:
            affiliate = affiliate_of(work, affiliate_id)
            held = held_of(work, affiliate_id, achievement_id)
            return Preview(rows=judged(work, held, parsed(rows, affiliate), allow_duplicates=allow_duplicates))

    def give(  # noqa: PLR0913 - one keyword for each thing the page lets one say
        self,
        affiliate_id: str,
        achievement_id: str,
        rows: Rows,
        *,
        user_id: str,
        narrative: str = "",
        evidence: Sequence[Any] = (),
        level: str | None = None,
        awarded_at: datetime | None = None,
        undo_minutes: int | None = None,
        language: str | None = None,
        visibility: Visibility = Visibility.UNLISTED,
        allow_duplicates: bool = False,
        idempotency: Once | None = None,
    ) -> Given:
        """Give a badge to everybody whose row is good. It is signed when the undo window is over.

        Args:
            affiliate_id: Who gives.
            achievement_id: What is given.
            rows: As in ``preview``.
            user_id: Who gives; kept with the batch.
            narrative: For all whose row has none of its own.
            evidence: For all, besides the row's own.
            level: For all whose row names none.
            awarded_at: When it was earned; now by default.
            undo_minutes: Length of the undo window, the affiliate's by default; 0 signs at the next occasion.
            language: Of the badge's words; the achievement's by default.
            visibility: Who can open the pages at first.
            allow_duplicates: Whether people who have the badge may get it again.
            idempotency: With it a second equal request gets the first one's batch (S-IDEM-1).

        Raises:
            ConflictError: The affiliate is not approved, the achievement not published, or the key was used before.
            InvalidError: A text cannot be used, or no row can.
        """
        now = self.tools.now()
        shared = _Shared(
            narrative=read_narrative(narrative),
            evidence=read_evidence(evidence),
            level=level or None,
            awarded_at=_awarded(awarded_at, now),
            language=language,
            visibility=visibility,
        )
        with self.tools.store.write() as work:
            affiliate = approved_affiliate(work, affiliate_id)
            held = _published(held_of(work, affiliate_id, achievement_id))
            batch = _batch(affiliate, held, user_id, now, undo_minutes)
            if idempotency is not None:
                kept = first_time(work, self.tools, affiliate_id, idempotency, batch.id.encode("ascii"))
                if kept is not None:
                    return _replayed(work, affiliate_id, kept.body.decode("ascii"))
            all_rows = judged(
                work, held, parsed(rows, affiliate), level=shared.level, allow_duplicates=allow_duplicates
            )
            good = [row for row in all_rows if row.ok]
            if not good:
                raise InvalidError.of("recipients", "paste.nobody")
            work.save_batch(batch)
            made = [_award(row, batch, held, shared) for row in good]
            awards = add_awards(work, affiliate_id, made, suspendable=held.achievement.suspendable, now=now)
        return Given(batch=batch, awards=awards, left_out=tuple(row for row in all_rows if not row.ok))

    # the undo window

    def undo(self, affiliate_id: str, batch_id: str) -> int:
        """Take back everything of a batch that is not signed yet; how many that were.

        Raises:
            NotFoundError: Not a batch of this affiliate.
            ConflictError: Everything is undone already, or what is not is signed.
        """
        now, number = self.tools.now(), 0
        with self.tools.store.write() as work:
            awards = work.awards_of_batch(_batch_of(work, affiliate_id, batch_id).id)
            for award in awards:
                if award.state is AwardState.WAITING:
                    undone = replace(award, state=AwardState.UNDONE, changed_at=now)
                    number += work.update_award(undone, was=AwardState.WAITING)
        if not number:
            signed = any(award.state is not AwardState.UNDONE for award in awards)
            raise ConflictError("batch.too_late" if signed else "batch.is_undone")
        return number

    def undo_one(self, affiliate_id: str, award_id: str) -> Award:
        """Take back one award that is not signed yet.

        Raises:
            NotFoundError: Not an award of this affiliate.
            StateError: It is undone, withdrawn or erased already.
            ConflictError: It is signed.
        """
        with self.tools.store.write() as work:
            return take_back(work, award_of(work, affiliate_id, award_id), self.tools.now())

    def issue_now(self, affiliate_id: str, batch_id: str) -> int:
        """End the undo window of a batch and sign the first of it; how many were signed.

        However many were given, this takes no longer than ``AT_ONCE`` signatures: the rest is due, and the timer goes
        on with it.

        Raises:
            NotFoundError: Not a batch of this affiliate.
        """
        now = self.tools.now()
        with self.tools.store.write() as work:
            batch = _batch_of(work, affiliate_id, batch_id)
            if batch.send_at > now:
                work.save_batch(replace(batch, send_at=now))
            waiting = work.some_waiting(batch_id, AT_ONCE)
        return Issuance(self.tools).sign_all(waiting)

    def issue_due(self, *, most: int = AT_ONCE) -> int:
        """Sign some of what waits in the batches whose window is over; how many were signed.

        Called again until it gives 0 it signs everything that can be. Every batch gets its share of each call, so that
        a few badges never wait for thousands. Safe to call from several processes at once and as often as one likes:
        each award is signed by one of them.

        Args:
            most: How many at most.
        """
        issuance, number = Issuance(self.tools), 0
        with self.tools.store.read() as work:
            batches = work.due_batches(self.tools.now())[:most]
        for left in range(len(batches), 0, -1):
            with self.tools.store.read() as work:
                waiting = work.some_waiting(batches[-left].id, -(-(most - number) // left))
            number += issuance.sign_all(waiting)
        return number

    # looking

    def batch(self, affiliate_id: str, batch_id: str, *, offset: int = 0, limit: int | None = None) -> BatchView:
        """A batch, how far it is, and its awards or a part of them.

        Raises:
            NotFoundError: Not a batch of this affiliate.
        """
        with self.tools.store.read() as work:
            return BatchView(
                batch=_batch_of(work, affiliate_id, batch_id),
                awards=work.awards_of_batch(batch_id, offset=offset, limit=limit),
                counts=work.count_batch(batch_id),
                unsent=work.count_unsent(batch_id),
            )

    def get(self, affiliate_id: str, award_id: str) -> Award:
        """An award.

        Raises:
            NotFoundError: Not one of this affiliate.
        """
        with self.tools.store.read() as work:
            return award_of(work, affiliate_id, award_id)

    def find(  # noqa: PLR0913 - the filters of one list, each by its name
        self,
        affiliate_id: str,
        *,
        achievement_id: str | None = None,
        batch_id: str | None = None,
        states: Sequence[AwardState] = (),
        text: str = "",
        offset: int = 0,
        limit: int = 50,
    ) -> Page[Award]:
        """The affiliate's awards, newest first."""
        with self.tools.store.read() as work:
            return work.find_awards(
                affiliate_id,
                achievement_id=achievement_id,
                batch_id=batch_id,
                states=states,
                text=text,
                offset=offset,
                limit=limit,
            )

    def public(self, award_id: str) -> PublicBadge:
        """What is behind a public address.

        Raises:
            ErasedError: Its recipient had it erased.
            NotFoundError: There is no such badge, or it is hidden, not issued or undone: one answer (S-PRIV-1).
        """
        with self.tools.store.read() as work:
            award = award_of(work, None, award_id)
            if award.state is AwardState.ERASED:
                raise ErasedError("award.erased")
            if award.state not in SHOWN or award.visibility is Visibility.HIDDEN:
                raise NotFoundError("award.not_found")
            return PublicBadge(
                award=award,
                affiliate=affiliate_of(work, award.affiliate_id),
                version=version_of(work, award.achievement_id, award.version),
                replaced_by=_successor(work, award),
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shared:
    """What is the same for every badge of a batch."""

    narrative: str = ""
    evidence: Evidence = ()
    level: str | None = None
    awarded_at: datetime
    language: str | None = None
    visibility: Visibility = Visibility.UNLISTED


def _awarded(awarded_at: datetime | None, now: datetime) -> datetime:
    if awarded_at is None:
        return now
    if awarded_at.utcoffset() is None or awarded_at > now + timedelta(days=1):
        raise InvalidError.of("awarded_at", "award.date")
    return awarded_at.replace(microsecond=0)


def _published(held: Held) -> Held:
    if held.achievement.state is not AchievementState.PUBLISHED:
        raise ConflictError("achievement.not_published")
    return held


def _batch(affiliate: Affiliate, held: Held, user_id: str, now: datetime, undo_minutes: int | None) -> Batch:
    minutes = affiliate.undo_minutes if undo_minutes is None else undo_minutes
    if not 0 <= minutes <= MOST_UNDO_MINUTES:
        raise InvalidError.of("undo_minutes", "field.number", least=0, most=MOST_UNDO_MINUTES)
    return Batch(
        id=new_id(),
        affiliate_id=affiliate.id,
        achievement_id=held.achievement.id,
        version=held.version.number,
        created_by=user_id,
        created_at=now,
        send_at=now + timedelta(minutes=minutes),
    )


def _award(row: PreviewRow, batch: Batch, held: Held, shared: _Shared) -> Award:
    named = {one["url"] for one in shared.evidence if "url" in one}
    own = tuple({"url": url} for url in dict.fromkeys(row.evidence) if url not in named)
    return Award(
        id=new_id(),
        batch_id=batch.id,
        affiliate_id=batch.affiliate_id,
        achievement_id=batch.achievement_id,
        version=batch.version,
        recipient_kind=row.kind,
        recipient_value=row.value,
        salt=new_salt(),
        level=row.level or shared.level,
        narrative=row.narrative or shared.narrative,
        evidence=(*own, *shared.evidence),
        language=words_in(held.version, [shared.language or held.version.language]).language,
        visibility=shared.visibility,
        awarded_at=shared.awarded_at,
    )


def _batch_of(work: UnitOfWork, affiliate_id: str, batch_id: str) -> Batch:
    batch = work.get_batch(batch_id, affiliate_id)
    if batch is None:
        raise NotFoundError("batch.not_found")
    return batch


def _replayed(work: UnitOfWork, affiliate_id: str, batch_id: str) -> Given:
    batch = _batch_of(work, affiliate_id, batch_id)
    return Given(batch=batch, awards=tuple(work.awards_of_batch(batch_id)), replayed=True)


def _successor(work: UnitOfWork, award: Award) -> str | None:
    """A successor under another name is not told: it would say whose pseudonym it is (S-PRIV-1)."""
    successor = work.get_award(award.replaced_by, award.affiliate_id) if award.replaced_by else None
    if successor is None or successor.state not in SHOWN or successor.visibility is Visibility.HIDDEN:
        return None
    same = (successor.recipient_kind, successor.recipient_value) == (award.recipient_kind, award.recipient_value)
    return successor.id if same else None
