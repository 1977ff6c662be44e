"""A clock for tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

__all__ = ["FIXED_NOW", "FixedClock"]

FIXED_NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


class FixedClock:
    """A clock that stands still until it is moved."""

    def __init__(self, at: datetime = FIXED_NOW) -> None:
        self._at = at

    def now(self) -> datetime:
        """The instant it stands at."""
        return self._at

    def move(self, by: timedelta) -> None:
        """Let time pass, or run back."""
        self._at += by
