"""What all rooms of the service's tests share: empty stores, applications that are made once, and fixed keys.

Making the tables, an application and its templates takes longer than most tests do. One store and one application
therefore serve many tests: the store is emptied before each, the application is given the test's own use cases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from flask import Blueprint, Flask

from issuer_service.app import create_app
from issuer_service.config import Settings
from issuer_service.services.all import Services
from issuer_service.services.records import KeyState, SigningKeyRecord
from issuer_service.storage import SqlStore
from issuer_service.web import due, limits
from openbadges import Signer
from openbadges.testing import FixedClock, fixed_key

Table = Sequence[tuple[Blueprint, str | None]]


class PlainKeystore:
    """Fixed keys by number; "sealed" is the number, and every opening is counted."""

    def __init__(self, clock: FixedClock) -> None:
        self._clock = clock
        self._made = 0
        self.opened = 0

    def make(self, affiliate_id: str, controller: str | None, kind: str = "Ed25519") -> SigningKeyRecord:
        key = fixed_key(kind, self._made)
        key = key.controlled_by(controller) if controller else key
        self._made += 1
        return SigningKeyRecord(
            id=f"key-{self._made}",
            affiliate_id=affiliate_id,
            kind=kind,
            public_multikey=key.public_key.to_multikey(),
            verification_method=key.verification_method,
            sealed=str(self._made - 1).encode(),
            state=KeyState.ACTIVE,
            created_at=self._clock.now(),
        )

    def signer(self, record: SigningKeyRecord) -> Signer:
        self.opened += 1
        key = fixed_key(record.kind, int(record.sealed))
        return key.controlled_by(record.verification_method.partition("#")[0])


class Shelf:
    """Stores in memory, handed out with all tables and no rows."""

    def __init__(self) -> None:
        first = SqlStore("sqlite://")
        first.migrate()
        self._stores = [first]
        self._empty = self.bytes_of(first)

    def empty(self, number: int) -> SqlStore:
        """The store of this number, emptied. Two numbers are two databases."""
        while number >= len(self._stores):
            self._stores.append(SqlStore("sqlite://"))
        store = self._stores[number]
        self._driver(store).deserialize(self._empty)
        return store

    def bytes_of(self, store: SqlStore) -> bytes:
        """Everything that the database holds, as its file would."""
        return bytes(self._driver(store).serialize())

    def close(self) -> None:
        for store in self._stores:
            store.close()

    @staticmethod
    def _driver(store: SqlStore) -> Any:
        connection = store._engine.raw_connection()
        try:
            return connection.driver_connection
        finally:
            connection.close()  # back to its pool, which keeps the one connection open


@pytest.fixture(scope="session")
def plain_keystore() -> type[PlainKeystore]:
    return PlainKeystore


@pytest.fixture(scope="session")
def shelf() -> Iterator[Shelf]:
    shelf = Shelf()
    yield shelf
    shelf.close()


@pytest.fixture
def new_store(shelf: Shelf) -> Callable[[], SqlStore]:
    """Each call gives another empty store."""
    taken = 0

    def new() -> SqlStore:
        nonlocal taken
        taken += 1
        return shelf.empty(taken - 1)

    return new


@pytest.fixture
def store(request: pytest.FixtureRequest, new_store: Callable[[], SqlStore]) -> Iterator[SqlStore]:
    """An empty store, in memory unless the test is marked ``on_disk``."""
    if request.node.get_closest_marker("on_disk") is None:
        yield new_store()
        return
    folder: Path = request.getfixturevalue("tmp_path")  # which others need not pay for
    store = SqlStore(f"sqlite:///{folder / 'service.db'}")
    store.migrate()
    yield store
    store.close()


@pytest.fixture(scope="session")
def get_app() -> Callable[[Settings, Services, Table], Flask]:
    """An application for these settings and pages, now serving these use cases.

    Tests with the same settings and pages get the same one. A test that changes it (Flask refuses most changes after
    the first request) makes its own with ``create_app``.
    """
    made: dict[Any, Flask] = {}

    def get(settings: Settings, services: Services, table: Table) -> Flask:
        key = (settings, tuple(table))
        app = made.get(key) or made.setdefault(key, create_app(settings, services, table))
        app.extensions["services"] = services
        limits.init_app(app)
        app.extensions["due"] = due.Rounds()
        return app

    return get
