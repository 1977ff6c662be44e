"""Building lists and allotting places (S-RACE-1, Bitstring Status List 1.0 section 3.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from openbadges.errors import ConfigurationError, IssuingError, OpenBadgesError
from openbadges.limits import Limits
from openbadges.status import LEAST_ENTRIES, BitstringStatusListEntry, StatusBits, allot, build_list, read_list

LIST = "https://issuer.example/status/3"
FROM = datetime(2026, 11, 22, 13, 0, tzinfo=timezone(timedelta(hours=1)))


def build(**members: Any) -> dict[str, Any]:
    given: dict[str, Any] = {
        "list_id": LIST,
        "issuer": "did:web:issuer.example",
        "purpose": "revocation",
        "set_indexes": (),
        "valid_from": FROM,
    }
    return build_list(**given | members)


def entry(index: int, **members: Any) -> BitstringStatusListEntry:
    return BitstringStatusListEntry(
        **{"status_purpose": "revocation", "status_list_index": index, "status_list_credential": LIST} | members
    )


def test_the_list_is_a_whole_unsigned_credential() -> None:
    document = build(set_indexes=[94567], valid_until=FROM + timedelta(days=1), ttl=300_000)
    bits = StatusBits()
    bits[94567] = 1
    assert document == {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": LIST,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": "did:web:issuer.example",
        "validFrom": "2026-11-22T12:00:00Z",
        "validUntil": "2026-11-23T12:00:00Z",
        "credentialSubject": {
            "id": f"{LIST}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": bits.encoded(),
            "ttl": 300_000,
        },
    }


def test_what_may_be_left_out_is_left_out() -> None:
    document = build(issuer={"id": "did:web:issuer.example", "name": "Issuer"})
    assert "validUntil" not in document
    assert "ttl" not in document["credentialSubject"]
    assert document["issuer"] == {"id": "did:web:issuer.example", "name": "Issuer"}


@pytest.mark.parametrize(
    ("set_indexes", "size", "expected"),
    [
        ((), 1, {}),
        ({3, 4, LEAST_ENTRIES - 1}, 1, {3: 1, 4: 1, LEAST_ENTRIES - 1: 1}),
        (iter([5, 5]), 1, {5: 1}),
        ({5: 1, 6: 0}, 1, {5: 1, 6: 0}),
        ({5: 3, 6: 2}, 2, {5: 3, 6: 2}),
    ],
)
def test_a_built_list_is_read_back(
    set_indexes: Iterable[int] | Mapping[int, int], size: int, expected: dict[int, int]
) -> None:
    document = build(set_indexes=set_indexes, status_size=size, purpose=["revocation", "message"])
    for index in (0, 2, 3, 4, 5, 6, 7, LEAST_ENTRIES - 1):
        reading = read_list(document, entry(index, status_size=size, status_purpose="message"))
        assert reading.value == expected.get(index, 0)


def test_the_same_facts_give_the_same_document() -> None:
    assert build(set_indexes=[3, 1, 2]) == build(set_indexes={1, 2, 3})


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"purpose": ""}, "status.build_purpose"),
        ({"purpose": []}, "status.build_purpose"),
        ({"ttl": -1}, "status.build_ttl"),
        ({"length": 1000}, "status.build_length"),
        ({"limits": Limits(status_list_bytes=16383)}, "status.build_length"),
        ({"status_size": 40}, "status.build_size"),
        ({"set_indexes": [LEAST_ENTRIES]}, "status.build_index"),
        ({"set_indexes": [-1]}, "status.build_index"),
        ({"set_indexes": {1: 2}}, "status.build_value"),
    ],
)
def test_lists_that_no_verifier_reads_are_not_built(members: dict[str, Any], code: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        build(**members)
    assert caught.value.code == code
    assert caught.value.detail != code


def test_dates_need_a_zone() -> None:
    with pytest.raises(OpenBadgesError):
        build(valid_from=datetime(2026, 11, 22, tzinfo=UTC).replace(tzinfo=None))


class Draws:
    """Gives the numbers it was made with, then the largest allowed ones."""

    def __init__(self, *numbers: int) -> None:
        self.numbers = list(numbers)
        self.bounds: list[int] = []

    def randbelow(self, exclusive_upper_bound: int, /) -> int:
        self.bounds.append(exclusive_upper_bound)
        return self.numbers.pop(0) if self.numbers else exclusive_upper_bound - 1


def test_a_used_place_is_drawn_again() -> None:
    draws = Draws(5, 6, 7)
    assert allot({5, 6}, rng=draws) == 7
    assert draws.bounds == [LEAST_ENTRIES] * 3


def test_an_almost_full_list_gives_its_last_free_places() -> None:
    used = set(range(1000)) - {17, 400}
    draws = Draws(*[0] * 64, 1)
    assert allot(used, 1000, draws) == 400
    assert draws.bounds[-1] == 2


def test_a_full_list_gives_nothing() -> None:
    with pytest.raises(IssuingError) as caught:
        allot(range(50), 50)
    assert caught.value.code == "status.list_full"
    assert "50" in caught.value.detail


def test_every_place_is_given_exactly_once_from_the_real_source() -> None:
    used: set[int] = set()
    for _ in range(200):
        used.add(allot(used, 200))
    assert used == set(range(200))
