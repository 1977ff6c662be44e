"""Achievements, their versions and images."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete

from issuer_service.services.framework_index import address_key
from issuer_service.services.records import Achievement, AchievementVersion, Image
from issuer_service.storage import rows, tables
from issuer_service.storage.rows import Rows

__all__ = ["Achievements"]


class Achievements(Rows):
    """Part of the unit of work; the methods are those of ``services.ports.UnitOfWork``."""

    def get_achievement(self, achievement_id: str, affiliate_id: str | None = None) -> Achievement | None:
        """By id, only among those of the affiliate when one is named."""
        owner = {} if affiliate_id is None else {"affiliate_id": affiliate_id}
        return self._get(rows.ACHIEVEMENTS, id=achievement_id, **owner)

    def list_achievements(self, affiliate_id: str) -> Sequence[Achievement]:
        """Newest first."""
        columns = rows.ACHIEVEMENTS.table.c
        order = [columns.created_at.desc(), columns.id]
        return self._list(rows.ACHIEVEMENTS, columns.affiliate_id == affiliate_id, order=order)

    def save_achievement(self, achievement: Achievement) -> None:
        """Insert or replace."""
        self._save(rows.ACHIEVEMENTS, achievement)

    def get_version(self, achievement_id: str, number: int) -> AchievementVersion | None:
        """The content at one time."""
        return self._get(rows.VERSIONS, achievement_id=achievement_id, number=number)

    def save_version(self, version: AchievementVersion) -> None:
        """Insert or replace; which skills it names is kept to be found by."""
        self._save(rows.VERSIONS, version)
        table = tables.ALIGNED
        self._db.execute(delete(table).where(table.c.achievement_id == version.achievement_id))
        named = aligned_rows(version.achievement_id, version.alignments)
        if named:
            self._db.execute(table.insert(), named)

    def save_image(self, image: Image) -> None:
        """Insert or replace."""
        self._save(rows.IMAGES, image)

    def get_image(self, image_id: str) -> Image | None:
        """By id."""
        return self._get(rows.IMAGES, id=image_id)


def aligned_rows(achievement_id: str, alignments: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """One row for each skill that an achievement names."""
    return [
        {
            "achievement_id": achievement_id,
            "place": place,
            "url": address_key(str(alignment.get("targetUrl", ""))),
            "code": address_key(str(alignment["targetCode"])) if alignment.get("targetCode") else None,
        }
        for place, alignment in enumerate(alignments)
    ]
