"""Building status lists: an index for a new badge, and the unsigned list credential that ``issue`` then signs."""

from __future__ import annotations

import secrets
from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from openbadges.encoding.times import format_instant
from openbadges.errors import ConfigurationError, IssuingError
from openbadges.limits import DEFAULT_LIMITS, Limits
from openbadges.status.bits import LEAST_ENTRIES, StatusBits, is_whole
from openbadges.status.bitstring import LIST_TYPE, SUBJECT_TYPE

__all__ = ["RandomSource", "allot", "build_list"]

_CREDENTIALS_V2 = "https://www.w3.org/ns/credentials/v2"
_DRAWS = 64  # a list that is half full is missed 64 times once in 2**64


class RandomSource(Protocol):
    """Where ``allot`` draws from; the module ``secrets`` is one."""

    def randbelow(self, exclusive_upper_bound: int, /) -> int:
        """A uniform random number from 0 to below the bound."""
        ...


def allot(used: Container[int], length: int = LEAST_ENTRIES, rng: RandomSource = secrets) -> int:
    """A random unused index: the order of issuing does not show, and erased badges' indexes are not given again.

    Args:
        used: Every index that was ever given, erased and revoked badges included.
        length: Number of entries of the list.
        rng: Source of randomness.

    Raises:
        IssuingError: ``status.list_full``.
    """
    for _ in range(_DRAWS):
        index = rng.randbelow(length)
        if index not in used:
            return index
    free = [index for index in range(length) if index not in used]
    if not free:
        raise IssuingError("status.list_full", length=length)
    return free[rng.randbelow(len(free))]


def build_list(  # noqa: PLR0913 - the members of one document, each by its name
    *,
    list_id: str,
    issuer: str | Mapping[str, Any],
    purpose: str | Sequence[str],
    set_indexes: Iterable[int] | Mapping[int, int],
    valid_from: datetime,
    length: int = LEAST_ENTRIES,
    status_size: int = 1,
    valid_until: datetime | None = None,
    ttl: int | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> dict[str, Any]:
    """An unsigned BitstringStatusListCredential (section 2.2); the same arguments give the same document.

    Args:
        list_id: URL under which the list will be served; the id of the credential.
        issuer: The issuer's id, or an object with one.
        purpose: ``revocation``, ``suspension`` ..., one or several.
        set_indexes: The indexes that are set, or values by index where ``status_size`` is over 1.
        valid_from: With a time zone.
        length: Number of entries, at least 131,072.
        status_size: Bits an entry.
        valid_until: With a time zone; after it verifiers refuse the list.
        ttl: Hint when to fetch again, in milliseconds.
        limits: ``status_list_bytes`` bounds the list as verifiers will.

    Raises:
        ConfigurationError: A list that no verifier would read.
    """
    if not purpose:
        raise ConfigurationError("status.build_purpose")
    if ttl is not None and not is_whole(ttl, 0):
        raise ConfigurationError("status.build_ttl", ttl=ttl)
    bits = StatusBits(length, size=status_size, limits=limits)
    if isinstance(set_indexes, Mapping):
        bits.update(set_indexes)
    else:
        bits.set_all(set_indexes)
    subject: dict[str, Any] = {
        "id": f"{list_id}#list",
        "type": SUBJECT_TYPE,
        "statusPurpose": purpose if isinstance(purpose, str) else list(purpose),
        "encodedList": bits.encoded(),
    }
    if ttl is not None:
        subject["ttl"] = ttl
    document: dict[str, Any] = {
        "@context": [_CREDENTIALS_V2],
        "id": list_id,
        "type": ["VerifiableCredential", LIST_TYPE],
        "issuer": issuer if isinstance(issuer, str) else dict(issuer),
        "validFrom": format_instant(valid_from),
    }
    if valid_until is not None:
        document["validUntil"] = format_instant(valid_until)
    document["credentialSubject"] = subject
    return document
