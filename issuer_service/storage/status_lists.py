"""Status lists: which award holds which bit, and which bits are set. Bits are facts of the awards' rows (S-RACE-1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import Connection, and_, case, literal, or_, select, update

from issuer_service.services.ports import StoreError
from issuer_service.services.records import Award, AwardState, StatusListRecord
from issuer_service.storage import rows, tables
from issuer_service.storage.rows import Keep, Rows

__all__ = ["StatusLists"]

_TRIES = 20
_KEEP: Keep = (
    ("used", lambda old, _: old),
    ("changed_at", lambda old, new: case((new > old, new), else_=old)),
)
_ROWS_AT_ONCE = 500  # databases limit the parameters of one statement


class StatusLists(Rows):
    """Part of the unit of work; the methods are those of ``services.ports.UnitOfWork``."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._used: dict[str, set[int]] = {}  # read once per transaction: nobody else writes meanwhile

    def open_status_list(self, affiliate_id: str, purpose: str) -> StatusListRecord | None:
        """The newest list of this purpose that is less than half full."""
        columns = rows.STATUS_LISTS.table.c
        where = (columns.affiliate_id == affiliate_id, columns.purpose == purpose, columns.used * 2 < columns.length)
        found = self._list(rows.STATUS_LISTS, *where, order=[columns.changed_at.desc(), columns.id])
        return found[0] if found else None

    def get_status_list(self, list_id: str) -> StatusListRecord | None:
        """By id."""
        return self._get(rows.STATUS_LISTS, id=list_id)

    def save_status_list(self, record: StatusListRecord) -> None:
        """Insert or replace; ``used`` is counted by ``take_index`` alone, and ``changed_at`` never goes back.

        So a signature made from an older reading cannot hide that the list has changed since.
        """
        self._save(rows.STATUS_LISTS, record, _KEEP)

    def take_index(self, list_id: str, award_id: str, choose: Callable[[set[int]], int]) -> int:
        """Give the award an index of the list that nobody has or ever had; a second call gives the same one.

        Raises:
            StoreError: No free index was chosen in twenty tries, or it lies outside the list.
        """
        return self.take_indexes(list_id, [award_id], choose)[0]

    def take_indexes(self, list_id: str, award_ids: Sequence[str], choose: Callable[[set[int]], int]) -> Sequence[int]:
        """The same for many awards in few statements, in their order.

        Raises:
            StoreError: As ``take_index``.
        """
        held: dict[str, int] = {}
        for start in range(0, len(award_ids), _ROWS_AT_ONCE):
            held |= self._take_some(list_id, award_ids[start : start + _ROWS_AT_ONCE], choose)
        return [held[award_id] for award_id in award_ids]

    def _take_some(
        self, list_id: str, award_ids: Sequence[str], choose: Callable[[set[int]], int]
    ) -> Mapping[str, int]:
        if list_id not in self._used:
            self._used[list_id] = self._used_indexes(list_id)
        held: dict[str, int] = {}
        for _ in range(_TRIES):
            chosen = {award_id: self._choice(list_id, choose) for award_id in award_ids if award_id not in held}
            held |= self._claim(list_id, chosen)
            if len(held) == len(award_ids):
                return held
            held |= self._held_indexes(list_id, [award_id for award_id in award_ids if award_id not in held])
            self._used[list_id] = self._used_indexes(list_id)
            if len(held) == len(award_ids):
                return held
        raise StoreError("No free place was found in the status list; try again.")

    def _choice(self, list_id: str, choose: Callable[[set[int]], int]) -> int:
        index = choose(self._used[list_id])
        self._used[list_id].add(index)
        return index

    def _claim(self, list_id: str, chosen: Mapping[str, int]) -> Mapping[str, int]:
        """Those that were free: UNIQUE (list_id, index) decides, whatever was read before."""
        lists, indexes = tables.STATUS_LISTS, tables.STATUS_INDEXES
        values = [{"list_id": list_id, "index": index, "award_id": award_id} for award_id, index in chosen.items()]
        insert = self._insert(indexes).values(values).on_conflict_do_nothing()
        done = self._db.execute(insert.returning(indexes.c.award_id, indexes.c.index))
        taken = {row[0]: row[1] for row in done}
        if not taken:
            return taken
        room = (lists.c.id == list_id, lists.c.length > max(taken.values()), literal(min(taken.values())) >= 0)
        counted = self._db.execute(update(lists).where(*room).values(used=lists.c.used + len(taken)))
        if counted.rowcount != 1:
            raise StoreError("The status list does not exist or is shorter than the chosen place.")
        return taken

    def _held_indexes(self, list_id: str, award_ids: Sequence[str]) -> Mapping[str, int]:
        columns = tables.STATUS_INDEXES.c
        mine = select(columns.award_id, columns.index).where(
            columns.list_id == list_id, columns.award_id.in_(award_ids)
        )
        return {row[0]: row[1] for row in self._db.execute(mine)}

    def _used_indexes(self, list_id: str) -> set[int]:
        columns = tables.STATUS_INDEXES.c
        return set(self._db.execute(select(columns.index).where(columns.list_id == list_id)).scalars())

    def award_at(self, list_id: str, index: int) -> Award | None:
        """By its place in a status list."""
        taken = tables.STATUS_INDEXES.c
        statement = select(taken.award_id).where(taken.list_id == list_id, taken.index == index)
        award_id = self._db.execute(statement).scalar_one_or_none()
        return self._get(rows.AWARDS, id=award_id) if award_id is not None else None

    def set_indexes(self, list_id: str) -> Sequence[int]:
        """In rising order: revoked and erased awards of a revocation list, suspended ones of a suspension list."""
        lists, indexes, awards = tables.STATUS_LISTS.c, tables.STATUS_INDEXES.c, tables.AWARDS.c
        is_set = or_(
            and_(lists.purpose == "revocation", awards.state.in_((AwardState.REVOKED, AwardState.ERASED))),
            and_(lists.purpose == "suspension", awards.state == AwardState.SUSPENDED),
        )
        statement = (
            select(indexes.index)
            .join_from(tables.STATUS_INDEXES, tables.STATUS_LISTS, lists.id == indexes.list_id)
            .join(tables.AWARDS, awards.id == indexes.award_id)
            .where(indexes.list_id == list_id, is_set)
            .order_by(indexes.index)
        )
        return list(self._db.execute(statement).scalars())
