"""Alembic, run from inside: the migrations travel in the package and need no configuration file."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection

from issuer_service.services.ports import StoreError

__all__ = ["check", "current_revision", "migrate"]

_FOLDER = Path(__file__).with_name("migrations")


def migrate(connection: Connection, to: str) -> None:
    """Up or down to a revision, inside the connection's transaction.

    Raises:
        StoreError: The database holds a revision that is not known here.
    """
    config = _config(connection)
    current = current_revision(connection)
    scripts = ScriptDirectory.from_config(config)
    known = [script.revision for script in scripts.walk_revisions()][::-1]  # oldest first
    try:
        if to != "head" and (to == "base" or (current in known and known.index(to) < known.index(current))):
            command.downgrade(config, to)
        else:
            command.upgrade(config, to)
    except CommandError as error:
        raise StoreError("The database was made by another version of the service; install the newest one.") from error


def check(connection: Connection) -> None:
    """Whether the database is at the newest revision.

    Raises:
        StoreError: It is not.
    """
    newest = ScriptDirectory.from_config(_config(connection)).get_current_head()
    current = current_revision(connection)
    if current is None:
        raise StoreError("The database is empty: run `issuer-service init`.")
    if current != newest:
        raise StoreError("The database is of another version than the service: run `issuer-service init`.")


def current_revision(connection: Connection) -> str | None:
    """The revision of the tables, None for an empty database."""
    return MigrationContext.configure(connection).get_current_revision()


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
