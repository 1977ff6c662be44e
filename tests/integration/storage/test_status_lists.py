"""Status lists: indexes are given once, and bits are what the awards say (S-RACE-1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from issuer_service.services.ports import StoreError
from issuer_service.services.records import AwardState
from issuer_service.storage import SqlStore


def _always(index: int) -> Callable[[set[int]], int]:
    return lambda _: index


def _lowest(used: set[int]) -> int:
    return next(index for index in range(131_072) if index not in used)


def test_the_open_list_is_the_newest_that_is_less_than_half_full(filled: SqlStore, samples: Any) -> None:
    later = samples.now + timedelta(1)
    with filled.write() as unit:
        assert unit.open_status_list("a1", "suspension") is None
        assert unit.open_status_list("a2", "revocation") is None
        unit.save_status_list(samples.status_list(id="l2", length=4, changed_at=later))
        assert unit.open_status_list("a1", "revocation").id == "l2"
        unit.take_index("l2", "w1", _lowest)
        assert unit.open_status_list("a1", "revocation") == samples.status_list(
            id="l2", length=4, used=1, changed_at=later
        )
        unit.take_index("l2", "w2", _lowest)
        assert unit.open_status_list("a1", "revocation").id == "l1"


def test_an_index_is_given_once_and_an_award_has_one(filled: SqlStore) -> None:
    with filled.write() as unit:
        assert unit.take_index("l1", "w1", _always(5)) == 5
        assert unit.take_index("l1", "w1", _always(6)) == 5
        seen: list[set[int]] = []
        assert unit.take_index("l1", "w2", lambda used: seen.append(set(used)) or 7) == 7
        assert seen == [{5}]
        assert unit.get_status_list("l1").used == 2


def test_a_conflict_is_tried_again_with_the_row_count_unharmed(filled: SqlStore) -> None:
    choices = iter([5, 5, 8])
    with filled.write() as unit:
        unit.take_index("l1", "w1", _always(5))
        assert unit.take_index("l1", "w2", lambda _: next(choices)) == 8
        assert unit.get_status_list("l1").used == 2


def test_a_choice_that_never_fits_ends(filled: SqlStore) -> None:
    with filled.write() as unit:
        unit.take_index("l1", "w1", _always(5))
        with pytest.raises(StoreError, match="No free place"):
            unit.take_index("l1", "w2", _always(5))


def test_many_awards_take_their_indexes_together(filled: SqlStore) -> None:
    """More than fit into one statement; those that conflict choose again, those that have one keep it."""
    ids = [f"w{number}" for number in range(1_200)]
    with filled.write() as unit:
        unit.take_index("l1", "w7", _always(3))
        taken = unit.take_indexes("l1", ids, _lowest)
        assert taken[7] == 3
        assert sorted(taken) == list(range(1_200))
        assert unit.get_status_list("l1").used == 1_200
        assert list(unit.take_indexes("l1", ids[5:9], _lowest)) == list(taken[5:9])
        assert unit.take_indexes("l1", [], _lowest) == []
        stale = iter([*range(10), *range(2_000, 2_010)])  # what an old reading would choose
        assert list(unit.take_indexes("l1", [f"v{number}" for number in range(10)], lambda _: next(stale))) == list(
            range(2_000, 2_010)
        )
        assert unit.get_status_list("l1").used == 1_210


@pytest.mark.parametrize(("list_id", "index"), [("l1", 131_072), ("l1", -1), ("none", 0)])
def test_an_index_outside_the_list_is_refused(filled: SqlStore, list_id: str, index: int) -> None:
    with pytest.raises(StoreError, match="shorter"), filled.write() as unit:
        unit.take_index(list_id, "w1", _always(index))
    with filled.read() as unit:
        assert unit.get_status_list("l1").used == 0
        assert list(unit.set_indexes("l1")) == []


def test_an_index_is_free_again_when_its_transaction_failed(filled: SqlStore) -> None:
    with pytest.raises(ZeroDivisionError), filled.write() as unit:
        unit.take_index("l1", "w0", _always(5)) / 0
    with filled.write() as unit:
        assert unit.take_index("l1", "w2", _always(5)) == 5


def test_bits_follow_the_states_of_the_awards(filled: SqlStore, samples: Any) -> None:
    with filled.write() as unit:
        unit.save_status_list(samples.status_list(id="s1", purpose="suspension"))
        for number, state in enumerate(AwardState):
            unit.add_award(samples.award(id=state, state=state))
            unit.take_index("l1", state, _always(100 - number))
            unit.take_index("s1", state, _always(number))
        unit.take_index("l1", "no-award", _always(3))
        numbers = {state: number for number, state in enumerate(AwardState)}
        assert list(unit.set_indexes("l1")) == [100 - numbers[AwardState.ERASED], 100 - numbers[AwardState.REVOKED]]
        assert list(unit.set_indexes("s1")) == [numbers[AwardState.SUSPENDED]]
        assert list(unit.set_indexes("none")) == []
        revoked = 100 - numbers[AwardState.REVOKED]
        assert unit.award_at("l1", revoked) == samples.award(id=AwardState.REVOKED, state=AwardState.REVOKED)
        assert [unit.award_at("l1", 3), unit.award_at("l1", 50), unit.award_at("s1", revoked)] == [None] * 3


def test_an_erased_award_keeps_its_index(filled: SqlStore, samples: Any) -> None:
    issued = samples.award(state=AwardState.ISSUED, revocation_list_id="l1", revocation_index=9)
    with filled.write() as unit:
        unit.add_award(issued)
        unit.take_index("l1", "w1", _always(9))
        unit.update_award(replace(issued, state=AwardState.ERASED, recipient_value=None), was=AwardState.ISSUED)
        assert list(unit.set_indexes("l1")) == [9]
        choices = iter([9, 10])
        assert unit.take_index("l1", "w2", lambda _: next(choices)) == 10


def test_saving_an_older_reading_neither_uncounts_indexes_nor_hides_a_change(filled: SqlStore, samples: Any) -> None:
    with filled.write() as unit:
        old = unit.get_status_list("l1")
        unit.take_index("l1", "w1", _always(5))
        changed = samples.now + timedelta(minutes=1)
        unit.save_status_list(replace(old, changed_at=changed))
        unit.save_status_list(replace(old, signed_text="signed", signed_at=samples.now))
        found = unit.get_status_list("l1")
    assert found == replace(old, used=1, changed_at=changed, signed_text="signed", signed_at=samples.now)
