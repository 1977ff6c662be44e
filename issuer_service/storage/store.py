"""The store: transactions, migrations, and whether it is ready."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from sqlalchemy import Connection
from sqlalchemy.exc import (
    IntegrityError,
    InterfaceError,
    InternalError,
    OperationalError,
    ProgrammingError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from issuer_service.services.ports import StoreConflictError, StoreError
from issuer_service.storage import engine, migrating
from issuer_service.storage.achievements import Achievements
from issuer_service.storage.affiliates import Affiliates, Operator
from issuer_service.storage.awards import Awards
from issuer_service.storage.engine import WRITING, database_url, in_memory, make_engine
from issuer_service.storage.frameworks import Frameworks
from issuer_service.storage.people import People
from issuer_service.storage.staged_frameworks import StagedFrameworks
from issuer_service.storage.status_lists import StatusLists
from issuer_service.storage.turns import Turns

__all__ = ["SqlStore", "SqlUnitOfWork"]


class SqlUnitOfWork(People, Affiliates, Achievements, Awards, StatusLists, Frameworks, StagedFrameworks, Operator):
    """One transaction; implements ``services.ports.UnitOfWork``."""


class SqlStore:
    """The service's records in SQLite or PostgreSQL; implements ``services.ports.Store``.

    May be used by many threads and processes at once. Transactions do not nest: inside a block, another ``read()`` of
    the same thread joins it, and another ``write()`` is refused at once (it would wait for itself).

    Args:
        url: ``sqlite:///var/issuer.db``, ``sqlite://`` (in memory, for tests), ``postgresql://user:password@host/name``.

    Raises:
        StoreError: Another kind of URL, or a file that cannot be made.
    """

    def __init__(self, url: str) -> None:
        self._url = database_url(url)
        self._engine = make_engine(self._url)
        self._mine = threading.local()
        self._turns = Turns()

    def __repr__(self) -> str:
        return f"<SqlStore {self._url.render_as_string(hide_password=True)}>"

    def write(self) -> AbstractContextManager[SqlUnitOfWork]:
        """A transaction that may write; writers take turns.

        Raises:
            StoreConflictError: What was written clashes with what is kept (some clashes show only when it commits).
            StoreError: The database is busy, cannot be reached or is not set up; or this thread is already in a block.
        """
        return self._block(writing=True)

    def read(self) -> AbstractContextManager[SqlUnitOfWork]:
        """A transaction that only reads, and sees one moment.

        Raises:
            StoreError: The database cannot be reached or is not set up.
        """
        return self._block(writing=False)

    def migrate(self, to: str = "head") -> None:
        """Bring the tables to a revision: the newest by default, ``"base"`` for none (all data is lost).

        Raises:
            StoreError: The database cannot be reached, or was made by a newer version.
        """
        with self._transaction(writing=True) as connection:
            migrating.migrate(connection, to)

    def check(self) -> None:
        """Whether the database answers and has this version's tables.

        Raises:
            StoreError: It does not, with the sentence for the operator.
        """
        with self._transaction(writing=False) as connection:
            migrating.check(connection)

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    @contextmanager
    def _block(self, *, writing: bool) -> Iterator[SqlUnitOfWork]:
        outer: SqlUnitOfWork | None = getattr(self._mine, "open", None)
        if outer is not None:
            if writing:
                raise StoreError("This thread already has a transaction open; a writing one cannot begin inside it.")
            yield outer
            return
        with self._transaction(writing=writing) as connection:
            self._mine.open = SqlUnitOfWork(connection)
            try:
                yield self._mine.open
            finally:
                self._mine.open = None

    def _turn(self, *, writing: bool) -> AbstractContextManager[None]:
        """SQLite's writers take turns, and everybody where all share the one connection of a database in memory."""
        queued = in_memory(self._url) or (writing and self._url.drivername == "sqlite")
        return self._turns.taken(engine.PATIENCE_SECONDS) if queued else nullcontext()

    @contextmanager
    def _transaction(self, *, writing: bool) -> Iterator[Connection]:
        try:
            with self._turn(writing=writing), self._engine.connect() as connection:
                connection.execution_options(**{WRITING: writing})
                with connection.begin():
                    yield connection
        except IntegrityError as error:
            # not chained: PostgreSQL puts the values of the row into its message, and messages go to logs (S-KEY-1)
            raise StoreConflictError(f"What was to be saved clashes with what is kept already{_rule(error)}.") from None
        except (OperationalError, InterfaceError, InternalError, PoolTimeoutError, ProgrammingError) as error:
            raise StoreError(_sentence(error)) from error


def _rule(error: IntegrityError) -> str:
    """The name of the broken rule, where the driver tells it; SQLite's own messages hold names only."""
    diagnosis = getattr(error.orig, "diag", None)
    name = str(error.orig) if diagnosis is None else diagnosis.constraint_name
    return f" ({name})" if name else ""


def _sentence(error: SQLAlchemyError) -> str:
    """What the operator can do; SQLite has no better sign of a missing table than the words of its message."""
    cause = str(error.__cause__)
    if isinstance(error, ProgrammingError) or "no such table" in cause or "no such column" in cause:
        return "The database is not set up for this version: run `issuer-service init`."
    if "locked" in cause or "lock timeout" in cause or isinstance(error, PoolTimeoutError):
        return "The database is busy; try again in a moment."
    if "readonly" in cause or "read-only" in cause:
        return "The database cannot be written: look at the permissions and at whether this was to be a reading block."
    return "The database cannot be reached: look at ISSUER_DATABASE_URL and at whether the server runs."
