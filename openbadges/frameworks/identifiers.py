"""UUIDs that follow from addresses, so that the same item always has the same one without a list being kept."""

from __future__ import annotations

import re
import uuid

__all__ = ["is_uuid", "uuid_of"]

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def is_uuid(value: object) -> bool:
    """Whether ``value`` is a UUID as CASE 1.1 writes them (small letters, RFC 9562 variant)."""
    return isinstance(value, str) and _UUID.fullmatch(value) is not None


def uuid_of(uri: str, stated: str | None = None) -> str:
    """The stated UUID where it is a valid one, else the version 5 UUID of ``uri`` (RFC 9562, namespace URL)."""
    if stated is not None and is_uuid(stated):
        return stated
    return str(uuid.uuid5(uuid.NAMESPACE_URL, uri))
