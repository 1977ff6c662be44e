"""What a new credential gets when the caller does not say: an identifier and its dates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from openbadges.encoding.times import format_instant
from openbadges.jsontext import JsonObject
from openbadges.ports import Clock, SystemClock

__all__ = ["EXTENSIONS_CONTEXT", "OB_CONTEXT_URL", "VC_CONTEXT_URL", "fresh_dates", "fresh_id", "with_extensions"]

VC_CONTEXT_URL = "https://www.w3.org/ns/credentials/v2"
OB_CONTEXT_URL = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
EXTENSIONS_CONTEXT = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"

_TYPED_PARTS = ("credentialSchema", "credentialStatus", "refreshService")


def fresh_id() -> str:
    """A random ``urn:uuid``: it names the credential without tying it to a host."""
    return f"urn:uuid:{uuid4()}"


def fresh_dates(
    valid_from: datetime | str | None, awarded_date: datetime | str | None, clock: Clock | None
) -> tuple[datetime | str, datetime | str]:
    """``valid_from``, by default now, and ``awarded_date``, by default the same; the clock is read at most once."""
    start = valid_from if valid_from is not None else format_instant((clock or SystemClock()).now())
    return start, awarded_date if awarded_date is not None else start


def with_extensions(members: JsonObject, default: tuple[str, ...]) -> JsonObject:
    """The members, with the 1EdTech extension context at the end of ``@context`` when one of its types is used.

    Without it these types are undefined terms, and nothing that signs or verifies in JSON-LD safe mode takes them.

    Args:
        members: Arguments of a credential by member name.
        default: The ``@context`` when none is given.
    """
    contexts = members.get("@context", default)
    if not isinstance(contexts, (list, tuple)) or EXTENSIONS_CONTEXT in contexts or not _uses_extensions(members):
        return members
    return {**members, "@context": (*contexts, EXTENSIONS_CONTEXT)}


def _uses_extensions(members: Mapping[str, Any]) -> bool:
    for name in _TYPED_PARTS:
        value = members.get(name, ())
        for part in value if isinstance(value, (list, tuple)) else (value,):
            type_ = part.get("type") if isinstance(part, Mapping) else getattr(part, "type", None)
            if isinstance(type_, str) and type_.startswith("1EdTech"):
                return True
    return False
