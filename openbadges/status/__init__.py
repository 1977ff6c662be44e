"""Status lists: what a badge says about its status, what a list says about a badge, and new lists.

This room reads and builds. It never fetches and never verifies: a list is itself a signed credential, so the verifier
fetches and verifies it, and ``issue`` signs it. To add a kind of status: a file beside this one with a class like
``StatusEntry``, a line in ``STATUS_TYPES``, and its tests.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from openbadges.errors import MalformedError, UnsupportedError
from openbadges.limits import DEFAULT_LIMITS, Limits
from openbadges.status.bits import LEAST_ENTRIES, StatusBits, decode, encode, value_at
from openbadges.status.bitstring import BitstringStatusListEntry, StatusList, read_list
from openbadges.status.building import RandomSource, allot, build_list
from openbadges.status.onedtech import RevocationListEntry, Revoked, build_revocation_list, read_revocation_list
from openbadges.status.reading import StatusEntry, StatusReading, as_object, types_of

__all__ = [
    "LEAST_ENTRIES",
    "STATUS_TYPES",
    "BitstringStatusListEntry",
    "RandomSource",
    "RevocationListEntry",
    "Revoked",
    "StatusBits",
    "StatusEntry",
    "StatusList",
    "StatusReading",
    "allot",
    "build_list",
    "build_revocation_list",
    "decode",
    "encode",
    "read_entry",
    "read_list",
    "read_revocation_list",
    "value_at",
]

STATUS_TYPES: Mapping[str, type[StatusEntry]] = MappingProxyType(
    {
        "BitstringStatusListEntry": BitstringStatusListEntry,
        "1EdTechRevocationList": RevocationListEntry,
    }
)


def read_entry(document: object, limits: Limits = DEFAULT_LIMITS) -> StatusEntry:
    """Read one member of ``credentialStatus`` by its type.

    Raises:
        UnsupportedError: ``status.type_unknown``: the status cannot be checked, so the badge is not known to be valid.
        MalformedError: The entry is malformed, or it claims two kinds of status at once.
    """
    entry = as_object(document, "status.entry_object")
    named = types_of(entry)
    known = [name for name in STATUS_TYPES if name in named]
    if not named:
        raise MalformedError("status.type_missing", pointer="/type")
    if not known:
        raise UnsupportedError("status.type_unknown", pointer="/type", found=named)
    if len(known) > 1:
        raise MalformedError("status.type_ambiguous", pointer="/type", found=known)
    return STATUS_TYPES[known[0]].from_document(entry, limits)
