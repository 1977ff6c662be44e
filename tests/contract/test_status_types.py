"""What every status type owes: read strictly, tell "set" from "not set", and errors that are ours."""

from __future__ import annotations

from typing import Any

import pytest

from openbadges.errors import MalformedError, OpenBadgesError
from openbadges.limits import DEFAULT_LIMITS
from openbadges.status import STATUS_TYPES, build_revocation_list, read_entry
from openbadges.testing import fixed_key, status_entry, status_list

URL = "https://badges.example.org/status/1"
BADGE, ISSUER = "urn:uuid:1", fixed_key().did
ENTRIES: dict[str, dict[str, Any]] = {
    "BitstringStatusListEntry": status_entry(URL, 7),
    "1EdTechRevocationList": {"id": URL, "type": "1EdTechRevocationList"},
}
LISTS: dict[str, Any] = {
    "BitstringStatusListEntry": lambda revoked: status_list(URL, set_indexes=[7] if revoked else [6, 8]),
    "1EdTechRevocationList": lambda revoked: build_revocation_list(
        list_id=URL, issuer=ISSUER, revoked={BADGE if revoked else "urn:uuid:2": None}
    ),
}


def read(name: str, document: Any) -> Any:
    entry = read_entry(ENTRIES[name])
    return entry.read(document, badge_issuer=ISSUER, credential_id=BADGE, limits=DEFAULT_LIMITS)


def test_every_type_is_tried() -> None:
    assert ENTRIES.keys() == LISTS.keys() == STATUS_TYPES.keys()


@pytest.mark.parametrize("name", STATUS_TYPES)
def test_it_tells_set_from_not_set(name: str) -> None:
    entry = read_entry(ENTRIES[name])
    assert (entry.url, entry.purpose) == (URL, "revocation")
    assert entry.accept
    assert isinstance(entry.list_is_signed, bool)
    assert read(name, LISTS[name](True)).is_set
    assert not read(name, LISTS[name](False)).is_set


@pytest.mark.parametrize("name", STATUS_TYPES)
@pytest.mark.parametrize("document", [None, [], "x", 5, {}, {"id": 5}, {"id": URL + "other"}, {"issuer": "did:x:1"}])
def test_v_st_1_what_is_no_list_is_never_not_revoked(name: str, document: Any) -> None:
    with pytest.raises(OpenBadgesError):
        read(name, document)


@pytest.mark.parametrize("name", STATUS_TYPES)
def test_an_entry_is_read_strictly(name: str) -> None:
    for member in ENTRIES[name]:
        for value in (None, 5.5, [], {}, "", "x y", "x" * 5000):
            if name == "BitstringStatusListEntry" and (member == "id" or (member == "statusPurpose" and value)):
                continue  # an id may be left out; a purpose may be any word
            with pytest.raises(OpenBadgesError):
                read_entry({**ENTRIES[name], member: value})
    with pytest.raises(MalformedError):
        read_entry({**ENTRIES[name], "type": list(STATUS_TYPES)})
    for other in (None, "x", [], 5):
        with pytest.raises(OpenBadgesError):
            read_entry(other)
