"""Many at once: no index twice, no revocation lost, one answer remembered, one winner (S-RACE-1, S-IDEM-1)."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from issuer_service.services.records import AwardState, OneTimeLink, RememberedAnswer
from issuer_service.storage import SqlStore
from openbadges.status import allot

THREADS, AWARDS_EACH, AT_ONCE = 50, 200, 20


def _together(work: Callable[[int], Any], threads: int) -> list[Any]:
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(work, range(threads)))


def test_fifty_threads_awarding_two_hundred_each_get_ten_thousand_indexes(filled: SqlStore, samples: Any) -> None:
    def award(thread: int) -> list[int]:
        taken = []
        for start in range(0, AWARDS_EACH, AT_ONCE):
            with filled.write() as unit:
                for number in range(start, start + AT_ONCE):
                    award_id = f"{thread}-{number}"
                    index = unit.take_index("l1", award_id, allot)
                    unit.add_award(samples.award(id=award_id, revocation_list_id="l1", revocation_index=index))
                    taken.append(index)
        return taken

    indexes = [index for taken in _together(award, THREADS) for index in taken]
    assert len(indexes) == len(set(indexes)) == THREADS * AWARDS_EACH
    with filled.read() as unit:
        assert unit.get_status_list("l1").used == THREADS * AWARDS_EACH
        assert unit.find_awards("a1").total == THREADS * AWARDS_EACH


def test_a_hundred_concurrent_revocations_set_exactly_a_hundred_bits(filled: SqlStore, samples: Any) -> None:
    expected = []
    with filled.write() as unit:
        for number in range(120):
            index = unit.take_index("l1", f"w{number}", allot)
            unit.add_award(samples.award(id=f"w{number}", state=AwardState.ISSUED, revocation_index=index))
            expected += [index] if number < 100 else []

    def revoke(number: int) -> bool:
        with filled.write() as unit:
            award = unit.get_award(f"w{number}", "a1")
            changed = replace(award, state=AwardState.REVOKED, changed_at=samples.now)
            record = unit.get_status_list("l1")
            unit.save_status_list(replace(record, changed_at=samples.now + timedelta(seconds=number)))
            return unit.update_award(changed, was=AwardState.ISSUED)

    assert all(_together(revoke, 100))
    with filled.read() as unit:
        assert list(unit.set_indexes("l1")) == sorted(expected)
        assert unit.get_status_list("l1").changed_at == samples.now + timedelta(seconds=99)


def test_what_was_read_in_a_writing_block_is_still_so_when_it_ends(filled: SqlStore, samples: Any, url: str) -> None:
    """Reading, adding one and writing, by stores that share nothing but the database, as processes do: none is lost."""
    stores = [SqlStore(url) for _ in range(4)]

    def count(worker: int) -> None:
        for _ in range(10):
            with stores[worker].write() as unit:
                batch = unit.get_batch("b1", "a1")
                time.sleep(0.001)
                unit.save_batch(replace(batch, send_at=batch.send_at + timedelta(seconds=1)))

    _together(count, len(stores))
    for store in stores:
        store.close()
    with filled.read() as unit:
        assert unit.get_batch("b1", "a1").send_at == samples.now + timedelta(seconds=40)


@pytest.mark.parametrize("rival", [AwardState.REVOKED, AwardState.SUSPENDED])
def test_of_many_changes_of_one_award_one_wins(filled: SqlStore, samples: Any, rival: AwardState) -> None:
    issued = samples.award(state=AwardState.ISSUED)
    with filled.write() as unit:
        unit.add_award(issued)

    def change(number: int) -> bool:
        with filled.write() as unit:
            return unit.update_award(replace(issued, state=rival, reason=str(number)), was=AwardState.ISSUED)

    won = _together(change, 10)
    assert sum(won) == 1
    with filled.read() as unit:
        assert unit.get_award("w1").reason == str(won.index(True))


def test_of_twenty_equal_requests_one_is_remembered(filled: SqlStore, samples: Any) -> None:
    """S-IDEM-1."""

    def remember(number: int) -> bool:
        answer = RememberedAnswer(
            affiliate_id="a1", key="k", request_hash="h", status=201, body=str(number).encode(), created_at=samples.now
        )
        with filled.write() as unit:
            return unit.remember(answer)

    first = _together(remember, 20)
    assert sum(first) == 1
    with filled.read() as unit:
        assert unit.remembered("a1", "k").body == str(first.index(True)).encode()


def test_a_link_clicked_ten_times_at_once_is_used_once(filled: SqlStore, samples: Any) -> None:
    with filled.write() as unit:
        unit.save_link(OneTimeLink(id="k", purpose="reset", secret_hash="h", user_id="u1", expires_at=samples.now))

    def click(_: int) -> bool:
        with filled.write() as unit:
            return unit.use_link("k", samples.now)

    assert sum(_together(click, 10)) == 1
