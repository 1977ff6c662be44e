"""The same store on SQLite and on PostgreSQL: a fresh copy of the tables per test."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from issuer_service.services import records
from issuer_service.storage import SqlStore

NOW = datetime(2026, 11, 22, 12, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'folder' / 'issuer.db'}"
    return str(request.getfixturevalue("new_postgresql")())


@pytest.fixture
def store(url: str) -> Iterator[SqlStore]:
    """A store with all tables and no rows."""
    opened = SqlStore(url)
    yield opened
    opened.close()


class Samples:
    """Records with everything filled in, so that each column is seen to come back."""

    now = NOW

    def user(self, **changes: Any) -> records.User:
        values = {"id": "u1", "login": "anna", "password_hash": "$argon2id$...", "created_at": NOW}
        return records.User(**{**values, **changes})

    def affiliate(self, **changes: Any) -> records.Affiliate:
        values = {
            "id": "a1", "slug": "riverside", "name": "Riverside User Group", "description": "Edits. 编辑", "url": "https://r.example",
            "email": "r@r.example", "place": "Riverside", "language": "ar", "accent": "#000000", "logo_id": "i1",
            "state": records.AffiliateState.APPROVED, "issuer_id": "did:key:z1", "recipient_prefix": "User:",
            "undo_minutes": 0, "created_at": NOW,
        }  # fmt: skip
        return records.Affiliate(**{**values, **changes})

    def achievement(self, **changes: Any) -> records.Achievement:
        values = {
            "id": "h1", "affiliate_id": "a1", "state": records.AchievementState.PUBLISHED, "suspendable": True,
            "created_at": NOW,
        }  # fmt: skip
        return records.Achievement(**{**values, **changes})

    def version(self, **changes: Any) -> records.AchievementVersion:
        values = {
            "achievement_id": "h1", "number": 1, "language": "en", "name": "Host", "description": "Hosts.",
            "criteria": "Host *one*.", "achievement_type": "Certificate", "method": "event", "image_id": "i1",
            "valid_days": 365, "tags": ("host", "événement"),
            "alignments": ({"type": ["Alignment"], "targetName": "Hosting", "targetUrl": "https://x.example"},),
            "levels": ({"name": "low", "description": ""}, {"name": "high", "description": "NUL \0 and \ud800"}),
            "translations": {"ar": {"name": "مضيف", "description": "", "criteria": ""}}, "created_at": NOW,
        }  # fmt: skip
        return records.AchievementVersion(**{**values, **changes})

    def image(self, **changes: Any) -> records.Image:
        values = {"id": "i1", "affiliate_id": "a1", "png": b"\x89PNG\0\xff", "alt": "a star", "created_at": NOW}
        return records.Image(**{**values, **changes})

    def batch(self, **changes: Any) -> records.Batch:
        values = {
            "id": "b1", "affiliate_id": "a1", "achievement_id": "h1", "version": 1, "created_by": "u1",
            "created_at": NOW, "send_at": NOW,
        }  # fmt: skip
        return records.Batch(**{**values, **changes})

    def award(self, **changes: Any) -> records.Award:
        values = {
            "id": "w1", "batch_id": "b1", "affiliate_id": "a1", "achievement_id": "h1", "version": 1,
            "recipient_kind": records.RecipientKind.USERNAME, "recipient_value": "Élodie_100%", "salt": "s",
            "awarded_at": NOW,
        }  # fmt: skip
        return records.Award(**{**values, **changes})

    def status_list(self, **changes: Any) -> records.StatusListRecord:
        values = {
            "id": "l1", "affiliate_id": "a1", "purpose": "revocation", "length": 131_072, "used": 0, "changed_at": NOW,
        }  # fmt: skip
        return records.StatusListRecord(**{**values, **changes})

    def fill(self, store: SqlStore, **affiliate: Any) -> None:
        """An affiliate with an achievement, a batch and a revocation list."""
        with store.write() as unit:
            unit.save_user(self.user())
            unit.save_affiliate(self.affiliate(**affiliate))
            unit.save_image(self.image())
            unit.save_achievement(self.achievement())
            unit.save_version(self.version())
            unit.save_batch(self.batch())
            unit.save_status_list(self.status_list())


@pytest.fixture
def samples() -> Samples:
    return Samples()


@pytest.fixture
def filled(store: SqlStore, samples: Samples) -> SqlStore:
    """A store with one affiliate, its achievement, batch and revocation list."""
    samples.fill(store)
    return store
