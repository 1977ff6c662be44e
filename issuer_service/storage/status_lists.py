"""Status lists: which award holds which bit, and which bits are set. Bits are facts of the awards' rows (S-RACE-1)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, and_, case, literal, or_, select, update

from issuer_service.services.ports import StoreError
from issuer_service.services.records import AwardState, StatusListRecord
from issuer_service.storage import rows, tables
from issuer_service.storage.rows import Keep, Rows

__all__ = ["StatusLists"]

_TRIES = 20
_KEEP: Keep = (
    ("used", lambda old, _: old),
    ("changed_at", lambda old, new: case((new > old, new), else_=old)),
)


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
        if list_id not in self._used:
            self._used[list_id] = self._used_indexes(list_id)
        for _ in range(_TRIES):
            index = choose(self._used[list_id])
            if self._claim(list_id, index, award_id):
                self._used[list_id].add(index)
                return index
            held = self._held_index(list_id, award_id)
            if held is not None:
                return held
            self._used[list_id] = self._used_indexes(list_id)
        raise StoreError("No free place was found in the status list; try again.")

    def _claim(self, list_id: str, index: int, award_id: str) -> bool:
        """UNIQUE (list_id, index) decides, whatever was read before."""
        lists, indexes = tables.STATUS_LISTS, tables.STATUS_INDEXES
        row = {"list_id": list_id, "index": index, "award_id": award_id}
        insert = self._insert(indexes).on_conflict_do_nothing().returning(indexes.c.index)
        if self._db.execute(insert, row).first() is None:
            return False
        room = (lists.c.id == list_id, lists.c.length > index, literal(index) >= 0)
        counted = self._db.execute(update(lists).where(*room).values(used=lists.c.used + 1))
        if counted.rowcount != 1:
            raise StoreError("The status list does not exist or is shorter than the chosen place.")
        return True

    def _held_index(self, list_id: str, award_id: str) -> int | None:
        columns = tables.STATUS_INDEXES.c
        mine = select(columns.index).where(columns.list_id == list_id, columns.award_id == award_id)
        return self._db.execute(mine).scalar_one_or_none()

    def _used_indexes(self, list_id: str) -> set[int]:
        columns = tables.STATUS_INDEXES.c
        return set(self._db.execute(select(columns.index).where(columns.list_id == list_id)).scalars())

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
