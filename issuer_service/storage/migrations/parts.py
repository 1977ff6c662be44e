"""What migrations are written with. It stays as it is, as they do."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

__all__ = ["at", "belongs", "blob", "check", "flag", "index", "key", "number", "one_of", "text", "unique", "word"]


def text(name: str, *, empty: bool = False) -> sa.Column[Any]:
    """Text of any length."""
    return sa.Column(name, sa.Text, nullable=empty)


def word(name: str, *, empty: bool = False) -> sa.Column[Any]:
    """A short word."""
    return sa.Column(name, sa.String(20), nullable=empty)


def number(name: str, *, empty: bool = False) -> sa.Column[Any]:
    """A whole number."""
    return sa.Column(name, sa.Integer, nullable=empty)


def flag(name: str) -> sa.Column[Any]:
    """Yes or no."""
    return sa.Column(name, sa.Boolean, nullable=False)


def blob(name: str) -> sa.Column[Any]:
    """Bytes."""
    return sa.Column(name, sa.LargeBinary, nullable=False)


def at(name: str, *, empty: bool = False) -> sa.Column[Any]:
    """An instant; see ``storage.types.Instant``."""
    kind = sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql")
    return sa.Column(name, kind, nullable=empty)


def key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    """The primary key."""
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_{table}"))


def unique(table: str, *columns: str) -> sa.UniqueConstraint:
    """No two rows alike in these columns."""
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    """A rule for each row."""
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def one_of(table: str, column: str, *values: str) -> sa.CheckConstraint:
    """Only these values."""
    return check(table, column, f"{column} IN ({', '.join(map(repr, values))})")


def belongs(table: str, columns: str, to: str) -> sa.ForeignKeyConstraint:
    """``to`` is the other table and its columns, in the order of ``columns``."""
    parent, *targets = to.split()
    return sa.ForeignKeyConstraint(
        columns.split(),
        [f"{parent}.{target}" for target in targets],
        name=op.f(f"fk_{table}_{columns.replace(' ', '_')}"),
        deferrable=True,
        initially="DEFERRED",
    )


def index(table: str, *columns: str) -> None:
    """Make an index."""
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, columns)
