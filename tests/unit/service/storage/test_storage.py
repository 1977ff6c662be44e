"""What of the store needs no server: databases in memory, turns, column types."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from types import MappingProxyType

import pytest

from issuer_service.services.ports import StoreError
from issuer_service.services.records import User
from issuer_service.storage import SqlStore
from issuer_service.storage.turns import Turns
from issuer_service.storage.types import JsonText

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_a_database_in_memory_is_shared_by_all_threads() -> None:
    store = SqlStore("sqlite://")
    store.migrate()
    store.check()

    def add(number: int) -> None:
        with store.write() as unit:
            unit.save_user(User(id=str(number), login=str(number), password_hash=None, created_at=NOW))
        with store.read() as unit:
            assert unit.get_user(str(number))

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(add, range(30)))
    with store.read() as unit:
        assert len(unit.list_users()) == 30
    store.close()


def test_turns_come_in_the_order_of_asking() -> None:
    turns, order = Turns(), []

    def ask(number: int) -> None:
        with turns.taken(10):
            order.append(number)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(5)]
    with turns.taken(1):
        for waiting, thread in enumerate(threads, 1):
            thread.start()
            while len(turns._waiting) < waiting:
                time.sleep(0.001)
    for thread in threads:
        thread.join(10)
    assert order == [0, 1, 2, 3, 4]


def test_who_waits_too_long_is_told_and_leaves_the_queue() -> None:
    turns = Turns()
    with turns.taken(1), pytest.raises(StoreError, match="busy"), turns.taken(0.01):
        pass
    with turns.taken(0.01):
        pass


def test_a_turn_that_comes_as_patience_ends_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    turns = Turns()

    class Late:
        """A lock that is handed over only after its acquire gave up."""

        def __init__(self) -> None:
            self.tries = 0

        def acquire(self, timeout: float = -1) -> bool:
            self.tries += 1
            if self.tries == 2:
                turns._give()
                return False
            return True

        def release(self) -> None:
            pass

    assert turns._take(1)
    monkeypatch.setattr("issuer_service.storage.turns.threading.Lock", Late)
    assert turns._take(1)
    turns._give()
    assert not turns._taken


def test_read_only_mappings_are_written_as_json_objects() -> None:
    value = (MappingProxyType({"a": (MappingProxyType({"é": None}), 1)}),)
    written = JsonText(tuple).process_bind_param(value, None)
    assert written == '[{"a":[{"\\u00e9":null},1]}]'
    assert JsonText(tuple).process_result_value(written, None) == ({"a": [{"é": None}, 1]},)
    assert JsonText(dict).process_bind_param(None, None) is None
    assert JsonText(dict).process_result_value(None, None) is None
