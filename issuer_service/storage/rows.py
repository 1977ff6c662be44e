"""From record to row and back, for every table alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, Table, and_, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from issuer_service.services import framework_records, records
from issuer_service.services.ports import StoreConflictError
from issuer_service.storage import tables

__all__ = ["Keep", "Kept", "Rows"]

T = TypeVar("T")
# Columns that are not simply replaced: name and function of (old column, new column).
Keep = tuple[tuple[str, Callable[[Any, Any], Any]], ...]


@dataclass(frozen=True, slots=True)
class Kept(Generic[T]):
    """A kind of record and the table that keeps it."""

    record: type[T]
    table: Table

    def values(self, record: T) -> dict[str, Any]:
        """The columns of a record."""
        return {field.name: getattr(record, field.name) for field in fields(record)}  # type: ignore[arg-type]  # records are dataclasses

    def load(self, row: RowMapping) -> T:
        """The record of a row; columns that are no fields are for searching only."""
        return self.record(**{field.name: row[field.name] for field in fields(self.record)})  # type: ignore[arg-type]  # see above


USERS = Kept(records.User, tables.USERS)
AFFILIATES = Kept(records.Affiliate, tables.AFFILIATES)
MEMBERSHIPS = Kept(records.Membership, tables.MEMBERSHIPS)
LINKS = Kept(records.OneTimeLink, tables.LINKS)
SESSIONS = Kept(records.Session, tables.SESSIONS)
TOKENS = Kept(records.ApiToken, tables.TOKENS)
KEYS = Kept(records.SigningKeyRecord, tables.KEYS)
IMAGES = Kept(records.Image, tables.IMAGES)
ACHIEVEMENTS = Kept(records.Achievement, tables.ACHIEVEMENTS)
VERSIONS = Kept(records.AchievementVersion, tables.VERSIONS)
BATCHES = Kept(records.Batch, tables.BATCHES)
AWARDS = Kept(records.Award, tables.AWARDS)
STATUS_LISTS = Kept(records.StatusListRecord, tables.STATUS_LISTS)
KNOWN_ISSUERS = Kept(records.KnownIssuer, tables.KNOWN_ISSUERS)
REMEMBERED = Kept(records.RememberedAnswer, tables.REMEMBERED)
FRAMEWORKS = Kept(framework_records.FrameworkRecord, tables.FRAMEWORKS)
FRAMEWORK_VERSIONS = Kept(framework_records.FrameworkVersion, tables.FRAMEWORK_VERSIONS)
FRAMEWORK_ITEMS = Kept(framework_records.FrameworkItem, tables.FRAMEWORK_ITEMS)
FRAMEWORK_LINKS = Kept(framework_records.FrameworkLink, tables.FRAMEWORK_LINKS)
STAGED_FRAMEWORKS = Kept(framework_records.StagedFramework, tables.STAGED_FRAMEWORKS)
FRAMEWORK_TEXTS = Kept(framework_records.FrameworkText, tables.FRAMEWORK_TEXTS)


class Rows:
    """What the parts of a unit of work have in common: one connection, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def _get(self, kept: Kept[T], **equal: Any) -> T | None:
        row = self._db.execute(_select(kept.table, tuple(equal)), equal).mappings().one_or_none()
        return None if row is None else kept.load(row)

    def _list(self, kept: Kept[T], *where: ColumnElement[bool], order: Sequence[Any]) -> list[T]:
        rows = self._db.execute(select(kept.table).where(*where).order_by(*order)).mappings()
        return [kept.load(row) for row in rows]

    def _insert(self, table: Table) -> Any:
        """An INSERT that can say what happens on conflict; both dialects say it in the same words."""
        return _insert(self._db.dialect.name, table)

    def _save(self, kept: Kept[T], record: T, keep: Keep = ()) -> None:
        """Insert or replace by primary key; never moves a row from one affiliate to another (S-AZ-1)."""
        statement = _upsert(self._db.dialect.name, kept.table, keep)
        if self._db.execute(statement, kept.values(record)).first() is None:
            raise StoreConflictError(f"This {kept.table.name} row belongs to another issuer and was not changed.")

    def _remove(self, kept: Kept[Any], **equal: Any) -> None:
        table = kept.table
        self._db.execute(delete(table).where(and_(*(table.columns[name] == value for name, value in equal.items()))))


# What is asked again and again is put together once: that takes SQLAlchemy longer than the database needs to answer.


@cache
def _select(table: Table, names: tuple[str, ...]) -> Select[Any]:
    """The row in which each of these columns equals the value handed over under its name."""
    return select(table).where(and_(*(table.columns[name] == bindparam(name) for name in names)))


def _insert(dialect: str, table: Table) -> Any:
    return (postgresql if dialect == "postgresql" else sqlite).insert(table)


@cache
def _upsert(dialect: str, table: Table, keep: Keep) -> Any:
    """Insert or replace; returns nothing when the row that is there belongs to another affiliate."""
    insert, special = _insert(dialect, table), dict(keep)
    identity = [column.name for column in table.primary_key]
    changed = {
        column.name: special[column.name](column, insert.excluded[column.name])
        if column.name in special
        else insert.excluded[column.name]
        for column in table.columns
        if column.name not in identity
    }
    owner = table.columns.get("affiliate_id")
    same_owner = (
        None if owner is None or table is LINKS.table else owner.is_not_distinct_from(insert.excluded["affiliate_id"])
    )
    upsert = insert.on_conflict_do_update(index_elements=identity, set_=changed, where=same_owner)
    return upsert.returning(table.columns[identity[0]])
