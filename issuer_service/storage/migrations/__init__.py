"""Alembic's scripts; ``storage.migrating`` runs them."""
