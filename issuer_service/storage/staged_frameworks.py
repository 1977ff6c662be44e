"""Frameworks that were read and are not kept yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select

from issuer_service.services.framework_records import StagedFramework
from issuer_service.storage import rows, tables
from issuer_service.storage.rows import Rows

__all__ = ["StagedFrameworks"]


class StagedFrameworks(Rows):
    """Part of the unit of work; the methods are those of ``services.framework_ports.FrameworkStore``."""

    def stage_framework(self, staged: StagedFramework) -> None:
        """Insert."""
        self._save(rows.STAGED_FRAMEWORKS, staged)

    def staged_framework(self, staged_id: str, user_id: str) -> StagedFramework | None:
        """By id, only among those of the user."""
        return self._get(rows.STAGED_FRAMEWORKS, id=staged_id, user_id=user_id)

    def staged_by(self, user_id: str) -> Sequence[str]:
        """Ids, newest first."""
        columns = tables.STAGED_FRAMEWORKS.c
        found = select(columns.id).where(columns.user_id == user_id).order_by(columns.created_at.desc(), columns.id)
        return list(self._db.execute(found).scalars())

    def unstage_framework(self, staged_id: str) -> None:
        """Remove."""
        self._remove(rows.STAGED_FRAMEWORKS, id=staged_id)

    def forget_staged(self, before: datetime) -> None:
        """Remove the old ones."""
        table = tables.STAGED_FRAMEWORKS
        self._db.execute(delete(table).where(table.c.created_at < before))
