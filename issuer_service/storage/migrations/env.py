"""Runs the migrations on the connection that ``storage.migrating`` hands in; its caller commits."""

from __future__ import annotations

from alembic import context

from issuer_service.storage.tables import METADATA

# Rebuilding a table is the only way to change one in SQLite, hence the batch mode.
context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA, render_as_batch=True)
context.run_migrations()
