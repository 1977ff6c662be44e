"""Column types that come back as they went in, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import enum
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, String, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

__all__ = ["Choice", "Instant", "JsonText", "PlainText"]

_INSTANT_CHARS = len("2026-11-22T12:00:00.000000Z")
# PostgreSQL's text cannot hold NUL, UTF-8 cannot hold half a surrogate pair: neither may become an error 500.
_NOT_STORABLE = re.compile("[\0\ud800-\udfff]")


class Instant(TypeDecorator[datetime]):
    """An instant with a time zone, always given back in UTC.

    ``timestamp with time zone`` on PostgreSQL; on SQLite, which has no such type, text of fixed width, so that
    comparing texts is comparing instants.
    """

    impl = String(_INSTANT_CHARS)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """PostgreSQL has the type; elsewhere it is text."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(DateTime(timezone=True))
        return dialect.type_descriptor(String(_INSTANT_CHARS))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Refuses an instant without a time zone: nobody could say later when it was."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        value = value.astimezone(UTC)
        if dialect.name == "postgresql":
            return value
        return value.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"

    def process_result_value(self, value: Any, _dialect: Dialect) -> datetime | None:
        """The same instant in UTC."""
        if value is None:
            return None
        return (datetime.fromisoformat(value) if isinstance(value, str) else value).astimezone(UTC)


class PlainText(TypeDecorator[str]):
    """Text from anywhere. What no database can keep (NUL, half a surrogate pair) becomes U+FFFD."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        """Make it storable."""
        return None if value is None else _NOT_STORABLE.sub("\ufffd", value)


class JsonText(TypeDecorator[Any]):
    """JSON as text; ``shape`` is what a record holds: ``tuple`` for lists, ``dict`` for objects.

    ASCII unless ``ascii_only`` is off, which is for large texts in many scripts that were checked before.
    """

    impl = Text
    cache_ok = True

    def __init__(self, shape: type[tuple[Any, ...]] | type[dict[Any, Any]], *, ascii_only: bool = True) -> None:
        super().__init__()
        self.shape = shape
        self.ascii_only = ascii_only

    def process_bind_param(self, value: Any, _dialect: Dialect) -> str | None:
        """Write."""
        if value is None:
            return None
        return json.dumps(_plain(value), separators=(",", ":"), ensure_ascii=self.ascii_only)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> Any:
        """Read."""
        return None if value is None else self.shape(json.loads(value))


class Choice(TypeDecorator[enum.StrEnum]):
    """One value of an enumeration, kept as its text."""

    impl = String(20)
    cache_ok = True

    def __init__(self, choices: type[enum.StrEnum]) -> None:
        super().__init__(20)
        self.choices = choices

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        """Refuses what is not of the enumeration."""
        return None if value is None else str(self.choices(value))

    def process_result_value(self, value: str | None, _dialect: Dialect) -> enum.StrEnum | None:
        """The member."""
        return None if value is None else self.choices(value)


def _plain(value: Any) -> Any:
    """Read-only mappings and tuples as the dictionaries and lists that ``json`` writes."""
    if isinstance(value, Mapping):
        return {str(name): _plain(member) for name, member in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(member) for member in value]
    return value
