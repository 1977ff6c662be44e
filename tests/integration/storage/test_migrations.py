"""Migrations go up and down on both databases, and what they make is what the code expects."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from issuer_service.services.ports import StoreError
from issuer_service.storage import SqlStore, migrating
from issuer_service.storage.tables import METADATA

# Full text is of another kind in each database, so it is not among the tables of the code; FTS5 has side tables.
WORDS = "framework_words"


def _tables(store: SqlStore) -> set[str]:
    with store._transaction(writing=False) as connection:
        found = set(sqlalchemy.inspect(connection).get_table_names())
    return {"words" if name.startswith(WORDS) else name for name in found}


def _of_the_code(name: str | None, kind: str, _parents: Any) -> bool:
    return kind != "table" or not str(name).startswith(WORDS)


def test_up_makes_the_tables_and_down_removes_them(empty_url: str, samples: Any) -> None:
    store = SqlStore(empty_url)
    for _ in range(2):
        with pytest.raises(StoreError, match="issuer-service init"):
            store.check()
        with pytest.raises(StoreError, match="issuer-service init"), store.read() as unit:
            unit.list_users()
        store.migrate()
        store.check()
        store.migrate()
        assert _tables(store) == {*METADATA.tables, "alembic_version", "words"}
        samples.fill(store)
        store.migrate("base")
        assert _tables(store) == {"alembic_version"}
    store.close()


def test_the_migrations_make_what_the_code_expects(store: SqlStore) -> None:
    with store._transaction(writing=False) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": _of_the_code})
        assert compare_metadata(context, METADATA) == []


def test_check_constraints_are_those_of_the_code(store: SqlStore) -> None:
    """Alembic compares everything else."""
    with store._transaction(writing=False) as connection:
        found = sqlalchemy.inspect(connection)
        for table in METADATA.tables.values():
            rules = [one for one in table.constraints if isinstance(one, sqlalchemy.CheckConstraint)]
            wanted = {str(rule.name): _words(str(rule.sqltext)) for rule in rules}
            made = {str(rule["name"]): _words(rule["sqltext"]) for rule in found.get_check_constraints(table.name)}
            assert made == wanted, table.name


def _words(rule: str) -> set[str]:
    """The values and column names; PostgreSQL writes the same rule in other words."""
    return set(re.findall("[a-z]+", rule)) - {"character", "varying", "text", "any", "array"}


def test_each_revision_can_be_reached_from_the_one_before_and_back(empty_url: str) -> None:
    store = SqlStore(empty_url)
    store.migrate()
    with store._transaction(writing=False) as connection:
        scripts = ScriptDirectory.from_config(migrating._config(connection))
    revisions = [script.revision for script in scripts.walk_revisions()]
    assert len(scripts.get_heads()) == 1
    for revision in [*revisions[1:], *revisions[::-1]]:
        store.migrate(revision)
        with store._transaction(writing=False) as connection:
            assert migrating.current_revision(connection) == revision
    store.check()
    store.close()


def test_several_processes_may_start_at_once(empty_url: str) -> None:
    stores = [SqlStore(empty_url) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(SqlStore.migrate, stores))
    for store in stores:
        store.check()
        store.close()


def test_a_database_of_a_newer_version_is_not_touched(store: SqlStore) -> None:
    with store.write() as unit:
        unit._db.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="another version"):
        store.migrate()
    with pytest.raises(StoreError, match="another version"):
        store.check()
    assert set(METADATA.tables) <= _tables(store)
