"""Batches and awards."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import exists, func, select, update

from issuer_service.services.ports import Page
from issuer_service.services.records import Award, AwardState, Batch
from issuer_service.storage import rows
from issuer_service.storage.rows import Rows

__all__ = ["Awards"]

_STANDING = (AwardState.WAITING, AwardState.ISSUED, AwardState.SUSPENDED)
_VALUES_AT_ONCE = 500  # databases limit the parameters of one statement; a paste may have 10,000 lines


class Awards(Rows):
    """Part of the unit of work; the methods are those of ``services.ports.UnitOfWork``."""

    def save_batch(self, batch: Batch) -> None:
        """Insert or replace."""
        self._save(rows.BATCHES, batch)

    def get_batch(self, batch_id: str, affiliate_id: str) -> Batch | None:
        """A batch of the affiliate."""
        return self._get(rows.BATCHES, id=batch_id, affiliate_id=affiliate_id)

    def awards_of_batch(self, batch_id: str, *, offset: int = 0, limit: int | None = None) -> Sequence[Award]:
        """Awards of a batch, by recipient; all of them unless a part is asked for."""
        columns = rows.AWARDS.table.c
        order = (columns.recipient_search, columns.id)
        statement = select(rows.AWARDS.table).where(columns.batch_id == batch_id).order_by(*order).offset(offset)
        found = self._db.execute(statement if limit is None else statement.limit(limit)).mappings()
        return [rows.AWARDS.load(row) for row in found]

    def some_waiting(self, batch_id: str, limit: int) -> Sequence[Award]:
        """In no order: one that cannot be signed holds up no other, and two processes seldom take the same."""
        columns = rows.AWARDS.table.c
        where = (columns.batch_id == batch_id, columns.state == AwardState.WAITING)
        statement = select(rows.AWARDS.table).where(*where).order_by(func.random()).limit(limit)
        return [rows.AWARDS.load(row) for row in self._db.execute(statement).mappings()]

    def count_batch(self, batch_id: str) -> Mapping[AwardState, int]:
        """How many of a batch are in each state."""
        columns = rows.AWARDS.table.c
        statement = select(columns.state, func.count()).where(columns.batch_id == batch_id).group_by(columns.state)
        return {row[0]: row[1] for row in self._db.execute(statement)}

    def count_unsent(self, batch_id: str) -> int:
        """How many of a batch are signed and have no link for their recipient yet."""
        columns = rows.AWARDS.table.c
        where = (
            columns.batch_id == batch_id,
            columns.state.in_((AwardState.ISSUED, AwardState.SUSPENDED)),
            columns.secret_hash.is_(None),
            columns.replaced_by.is_(None),
        )
        return self._db.execute(select(func.count()).select_from(rows.AWARDS.table).where(*where)).scalar_one()

    def due_batches(self, now: datetime) -> Sequence[Batch]:
        """Oldest first; those whose window is over and that still have waiting awards."""
        batches, awards = rows.BATCHES.table.c, rows.AWARDS.table.c
        waiting = exists().where(awards.batch_id == batches.id, awards.state == AwardState.WAITING)
        return self._list(rows.BATCHES, batches.send_at <= now, waiting, order=[batches.send_at, batches.id])

    def get_award(self, award_id: str, affiliate_id: str | None = None) -> Award | None:
        """By id, only among those of the affiliate when one is named."""
        owner = {} if affiliate_id is None else {"affiliate_id": affiliate_id}
        return self._get(rows.AWARDS, id=award_id, **owner)

    def award_by_secret(self, secret_hash: str) -> Award | None:
        """By the hash of the recipient's secret."""
        return self._get(rows.AWARDS, secret_hash=secret_hash)

    def add_award(self, award: Award) -> None:
        """A new award; an id that is taken is a conflict."""
        self._db.execute(rows.AWARDS.table.insert(), _award_values(award))

    def add_awards(self, awards: Sequence[Award]) -> None:
        """Many new awards."""
        if awards:
            self._db.execute(rows.AWARDS.table.insert(), [_award_values(award) for award in awards])

    def update_award(self, award: Award, *, was: AwardState) -> bool:
        """True when its state still was ``was``: of two who change it at once one wins (S-RACE-1)."""
        columns = rows.AWARDS.table.c
        same = (columns.id == award.id, columns.affiliate_id == award.affiliate_id, columns.state == was)
        done = self._db.execute(update(rows.AWARDS.table).where(*same).values(_award_values(award)))
        return done.rowcount == 1

    def find_awards(  # noqa: PLR0913 - the filters of one list, each by its name
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
        """Newest first; ``text`` is looked for in the recipient value without regard to case and accents."""
        columns = rows.AWARDS.table.c
        where = [columns.affiliate_id == affiliate_id]
        if achievement_id is not None:
            where.append(columns.achievement_id == achievement_id)
        if batch_id is not None:
            where.append(columns.batch_id == batch_id)
        if states:
            where.append(columns.state.in_(states))
        if text.strip():
            where.append(columns.recipient_search.contains(_searchable(text.strip()), autoescape=True))
        total = self._db.execute(select(func.count()).select_from(rows.AWARDS.table).where(*where)).scalar_one()
        order = (columns.awarded_at.desc(), columns.recipient_search, columns.id)
        statement = select(rows.AWARDS.table).where(*where).order_by(*order).offset(offset).limit(limit)
        found = self._db.execute(statement).mappings()
        return Page(items=[rows.AWARDS.load(row) for row in found], total=total)

    def awards_to(self, affiliate_id: str, achievement_id: str, values: Sequence[str]) -> Sequence[Award]:
        """The duplicates: awards of this achievement to these values that are waiting, issued or suspended."""
        columns = rows.AWARDS.table.c
        where = (
            columns.affiliate_id == affiliate_id,
            columns.achievement_id == achievement_id,
            columns.state.in_(_STANDING),
        )
        wanted, found = list(dict.fromkeys(values)), []
        for start in range(0, len(wanted), _VALUES_AT_ONCE):
            some = columns.recipient_value.in_(wanted[start : start + _VALUES_AT_ONCE])
            found += self._list(rows.AWARDS, *where, some, order=[columns.awarded_at, columns.id])
        return found

    def count_awards(self, affiliate_id: str) -> Mapping[tuple[str, AwardState], int]:
        """How many in each state, by achievement."""
        columns = rows.AWARDS.table.c
        kind = (columns.achievement_id, columns.state)
        statement = select(*kind, func.count()).where(columns.affiliate_id == affiliate_id).group_by(*kind)
        return {(achievement_id, state): number for achievement_id, state, number in self._db.execute(statement)}

    def count_all_awards(self) -> Mapping[AwardState, int]:
        """How many in each state, of all affiliates together."""
        state = rows.AWARDS.table.c.state
        return {row[0]: row[1] for row in self._db.execute(select(state, func.count()).group_by(state))}

    def count_due(self, now: datetime) -> int:
        """How many are waiting although their window is over."""
        batches, awards = rows.BATCHES.table, rows.AWARDS.table
        joined = awards.join(batches, batches.c.id == awards.c.batch_id)
        where = (batches.c.send_at <= now, awards.c.state == AwardState.WAITING)
        return self._db.execute(select(func.count()).select_from(joined).where(*where)).scalar_one()


def _award_values(award: Award) -> dict[str, Any]:
    value = award.recipient_value
    return {**rows.AWARDS.values(award), "recipient_search": None if value is None else _searchable(value)}


def _searchable(text: str) -> str:
    """Without case and accents, so that "ecole" finds "École" in every database alike."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(character for character in apart if not unicodedata.combining(character)).casefold()
