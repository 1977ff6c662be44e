"""Connections: SQLite and PostgreSQL made to promise the same.

Writers take turns in both. SQLite is told to begin with ``BEGIN IMMEDIATE`` (its driver would begin at the first write
and lose updates without a word); PostgreSQL takes one lock at the beginning of a writing transaction. What was read
inside a writing transaction is therefore still so when it commits, and no transaction has to be repeated. Readers see
one moment.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sqlalchemy import URL, Connection, Engine, StaticPool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from issuer_service.services.ports import StoreError

__all__ = ["PATIENCE_SECONDS", "WRITING", "database_url", "in_memory", "make_engine"]

WRITING = "issuer_service_writing"  # the execution option that asks for a writing transaction
PATIENCE_SECONDS = 30
_WRITERS_LOCK = 0x6F62_6B69_7401  # any number, the same in every process of this service
_DRIVERS = MappingProxyType({"postgres": "postgresql+psycopg", "postgresql": "postgresql+psycopg", "sqlite": "sqlite"})
_POOL: Mapping[str, Any] = MappingProxyType({"pool_size": 10, "max_overflow": 40})  # one for each waiting thread


def database_url(text: str) -> URL:
    """The URL with the driver that is used here.

    Raises:
        StoreError: Neither SQLite nor PostgreSQL.
    """
    try:
        url = make_url(text)
    except ArgumentError:
        url = None
    driver = None if url is None else _DRIVERS.get(url.drivername, url.drivername)
    if url is None or driver not in _DRIVERS.values():  # the text may hold a password: it is not repeated
        raise StoreError(
            "The database URL must begin with sqlite:/// or postgresql://; set ISSUER_DATABASE_URL to one."
        )
    return url.set(drivername=driver)


def in_memory(url: URL) -> bool:
    """Whether it is an SQLite database that lives only in this process."""
    return url.drivername == "sqlite" and url.database in (None, "", ":memory:")


def make_engine(url: URL) -> Engine:
    """An engine whose error messages never hold what was stored (S-KEY-1)."""
    if url.drivername != "sqlite":
        options = {"options": "-c timezone=UTC", "connect_timeout": 10}
        engine = create_engine(url, hide_parameters=True, pool_pre_ping=True, connect_args=options, **_POOL)
        event.listen(engine, "begin", _begin_postgresql)
        return engine
    pool: Mapping[str, Any] = {"poolclass": StaticPool}
    if not in_memory(url):
        pool = _POOL
        _make_file(Path(str(url.database)))
    connect = {"timeout": PATIENCE_SECONDS, "check_same_thread": False}
    engine = create_engine(url, hide_parameters=True, connect_args=connect, **pool)
    event.listen(engine, "connect", _connect_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_file(path: Path) -> None:
    """The database holds personal data and sealed keys: only its owner may read it; its side files get its mode."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise StoreError(f"The database file {path} cannot be opened ({reason}); see ISSUER_DATABASE_URL.") from error


def _connect_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver must not begin by itself
    for pragma in ("journal_mode = wal", "synchronous = full", "foreign_keys = on"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get(WRITING, False)
    connection.exec_driver_sql(f"PRAGMA query_only = {0 if writing else 1}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    if not connection.get_execution_options().get(WRITING, False):
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        return
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE_SECONDS}s'")
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS_LOCK})")
