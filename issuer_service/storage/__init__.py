"""Records in SQLite or PostgreSQL: tables, repositories and migrations behind ``services.ports.Store``."""

from issuer_service.storage.store import SqlStore, SqlUnitOfWork

__all__ = ["SqlStore", "SqlUnitOfWork"]
