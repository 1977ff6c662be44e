"""Transactions, conflicts, and what the operator reads when the database cannot be used."""

from __future__ import annotations

import stat
import threading
import traceback
from pathlib import Path
from typing import Any

import pytest

from issuer_service.services.ports import StoreConflictError, StoreError
from issuer_service.services.records import Membership, Role, User
from issuer_service.storage import SqlStore, SqlUnitOfWork, engine


def _save_and_fail(unit: SqlUnitOfWork, user: User) -> None:
    unit.save_user(user)
    raise ZeroDivisionError


def test_leaving_commits_and_an_exception_rolls_back(store: SqlStore, samples: Any) -> None:
    with store.write() as unit:
        unit.save_user(samples.user())
    with pytest.raises(ZeroDivisionError), store.write() as unit:
        _save_and_fail(unit, samples.user(id="u2", login="b"))
    with store.read() as unit:
        assert [user.id for user in unit.list_users()] == ["u1"]


def test_a_reading_block_cannot_write(store: SqlStore, samples: Any) -> None:
    with pytest.raises(StoreError), store.read() as unit:
        unit.save_user(samples.user())
    with store.write() as unit:
        unit.save_user(samples.user())


def test_a_reading_block_sees_one_moment_and_does_not_wait(store: SqlStore, samples: Any) -> None:
    def add(number: int) -> None:
        with store.write() as unit:
            unit.save_user(samples.user(id=f"u{number}", login=str(number)))

    with store.read() as unit:
        before = len(unit.list_users())
        writer = threading.Thread(target=add, args=(1,))
        writer.start()
        writer.join(10)
        assert len(unit.list_users()) == before
    with store.read() as unit:
        assert len(unit.list_users()) == before + 1


def test_a_reading_block_inside_another_joins_it_and_a_writing_one_is_refused(store: SqlStore, samples: Any) -> None:
    with store.write() as unit:
        unit.save_user(samples.user())
        with store.read() as inner:
            assert inner is unit
        with pytest.raises(StoreError, match="already has a transaction"), store.write():
            pass
    with store.read(), pytest.raises(StoreError, match="already has a transaction"), store.write():
        pass
    with store.write() as unit:
        assert unit.get_user("u1")


@pytest.mark.parametrize(
    "clash",
    [
        lambda unit, samples: unit.save_user(samples.user(id="u9")),
        lambda unit, samples: unit.save_affiliate(samples.affiliate(id="a9", issuer_id=None)),
        lambda unit, samples: unit.save_affiliate(samples.affiliate(id="a9", slug="s9")),
        lambda unit, samples: unit.add_award(samples.award()),
        lambda unit, samples: unit.add_award(samples.award(id="w9", secret_hash="h")),
        lambda unit, samples: unit.add_award(samples.award(id="w9", credential_id="c")),
        lambda unit, samples: unit.add_award(samples.award(id="w9", revocation_list_id="l1", revocation_index=4)),
        lambda unit, samples: unit.add_award(samples.award(id="w9", batch_id="none")),
        lambda unit, samples: unit.save_version(samples.version(achievement_id="none")),
        lambda unit, samples: unit.save_membership(Membership(user_id="none", affiliate_id="a1", role=Role.OWNER)),
        lambda unit, samples: unit.save_status_list(samples.status_list(id="l9", purpose="fame")),
        lambda unit, samples: unit.save_status_list(samples.status_list(id="l9", length=1, used=2)),
    ],
)
def test_what_clashes_is_refused_and_changes_nothing(filled: SqlStore, samples: Any, clash: Any) -> None:
    with filled.write() as unit:
        unit.add_award(samples.award(secret_hash="h", credential_id="c", revocation_list_id="l1", revocation_index=4))
    with pytest.raises(StoreConflictError), filled.write() as unit:
        clash(unit, samples)
    with filled.read() as unit:
        assert unit.get_award("w9") is None
        assert len(unit.list_users()) == len(unit.list_affiliates()) == 1


def test_a_wrong_enumeration_value_is_refused_by_the_database_itself(filled: SqlStore) -> None:
    with pytest.raises(StoreConflictError), filled.write() as unit:
        unit._db.exec_driver_sql("UPDATE affiliates SET state = 'owner'")


def test_error_messages_never_hold_what_was_stored(filled: SqlStore, samples: Any) -> None:
    """S-KEY-1: a traceback of the database layer goes to the log."""
    holding = samples.user(id="u9", password_hash="CANARY")
    wrong = samples.status_list(id="CANARY", purpose="fame")
    with pytest.raises(StoreConflictError, match="login") as clash, filled.write() as unit:
        unit.save_user(holding)
    with pytest.raises(StoreConflictError, match="purpose") as rule, filled.write() as unit:
        unit.save_status_list(wrong)
    with pytest.raises(StoreError) as reading, filled.read() as unit:
        unit.save_user(holding)
    for caught in (clash, rule, reading):
        assert "CANARY" not in "".join(traceback.format_exception(caught.value))


def test_writers_of_two_stores_wait_for_each_other_until_their_patience_ends(
    url: str, samples: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "PATIENCE_SECONDS", 1)
    first, second = SqlStore(url), SqlStore(url)
    with first.write() as unit:
        unit.save_user(samples.user())
        with pytest.raises(StoreError, match="busy"), second.write():
            pass
    with second.write() as unit:
        assert unit.get_user("u1")
    first.close()
    second.close()


def test_repr_hides_the_password() -> None:
    store = SqlStore("postgresql://issuer:CANARY@127.0.0.1:1/issuer")
    assert "CANARY" not in repr(store)
    assert "issuer" in repr(store)


def test_a_server_that_does_not_answer_is_said(samples: Any) -> None:
    store = SqlStore("postgres://issuer:CANARY@127.0.0.1:1/issuer")
    with pytest.raises(StoreError, match="cannot be reached") as caught:
        store.check()
    assert "CANARY" not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("url", ["mysql://x/y", "nonsense", "", "sqlite+aiosqlite:///x", "postgresql+asyncpg://h/x"])
def test_other_databases_are_refused_without_repeating_the_url(url: str) -> None:
    with pytest.raises(StoreError, match="ISSUER_DATABASE_URL") as caught:
        SqlStore(url)
    assert not url or url not in str(caught.value)


def test_the_sqlite_file_is_for_its_owner_only(tmp_path: Path, samples: Any) -> None:
    """S-KEY-1: sealed keys and names lie in it, and in the files beside it."""
    path = tmp_path / "new" / "issuer.db"
    store = SqlStore(f"sqlite:///{path}")
    store.migrate()
    with store.write() as unit:
        unit.save_user(samples.user())
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert len(modes) == 3
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    store.close()


def test_a_file_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="ISSUER_DATABASE_URL"):
        SqlStore(f"sqlite:///{tmp_path}")
