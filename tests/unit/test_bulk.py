"""Many at once: in order, bounded, and nothing stops the rest."""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

import pytest

from openbadges import AnyIssuer, Outcome, Verifier
from openbadges import bulk as room
from openbadges.bulk import issue_many, verify_many
from openbadges.bulk.batches import batches_of
from openbadges.errors import ConfigurationError, IssuingError, MalformedError, OpenBadgesError
from openbadges.limits import Limits
from openbadges.secured import SecuredCredential
from openbadges.testing import FIXED_NOW, badge, fixed_key, sign
from openbadges.verification import NotVerifiedError


class Broken:
    """A fetcher whose author did not read the contract."""

    def get(self, url: str, **_: object) -> Any:
        raise RuntimeError(url)


def some(count: int) -> Iterator[tuple[str, bytes]]:
    for number in range(count):
        yield str(number), b"{" if number == 3 else bytes(sign(badge(name=f"Badge {number}")))


def test_all_are_judged_by_one_instant_which_is_now_when_not_said():
    reports = [report for _, report in verify_many(some(3), policy=AnyIssuer(), jobs=1)]
    assert len({report.at for report in reports}) == 1
    assert reports[0].at.utcoffset() is not None


def test_no_more_is_taken_than_the_workers_need_next():
    taken = []

    def watched() -> Iterator[tuple[str, bytes]]:
        for item in some(60):
            taken.append(item[0])
            yield item

    reports = verify_many(watched(), policy=AnyIssuer(), at=FIXED_NOW, jobs=1)
    next(reports)
    assert taken == ["0"]


@pytest.mark.parametrize("is_quick", [True, False])
def test_no_more_is_taken_however_slowly_the_answers_are_taken(is_quick):
    taken = []

    def watched() -> Iterator[int]:
        for number in range(10_000):
            taken.append(number)
            yield number

    answers = room._windowed(FakePool(is_quick), doubler, watched(), 2)
    for asked in range(1, 2_000):
        next(answers)
        # kept, the rest of what is handed out, and what is known ahead
        assert len(taken) - asked <= ((7 if is_quick else 19) + 2 * 4) * 32


@pytest.mark.parametrize("jobs", [2, 5])
@pytest.mark.parametrize("count", [0, 1, 7, 500, 20_000])
def test_messages_grow_and_shrink_again_before_the_end(jobs: int, count: int) -> None:
    batches = list(batches_of(iter(range(count)), jobs))
    assert [one for batch in batches for one in batch] == list(range(count))
    sizes = [len(batch) for batch in batches]
    top = sizes.index(max(sizes, default=0)) if sizes else 0
    assert sizes == sorted(sizes[:top]) + sorted(sizes[top:], reverse=True)
    assert sizes[: 2 * jobs] == [1] * min(count, jobs) + sizes[jobs : 2 * jobs]
    assert sizes[-jobs:] == [1] * min(count, jobs)
    if count == 20_000:
        assert max(sizes) == 32
        assert sizes.count(32) > 0.7 * 20_000 / 32


def test_large_inputs_go_in_smaller_messages() -> None:
    picture = bytes(1024 * 1024)
    taken = 0

    def pictures() -> Iterator[tuple[str, bytes]]:
        nonlocal taken
        for number in range(600):
            taken += 1
            yield str(number), picture

    given = 0
    for batch in batches_of(pictures(), 2):
        given += len(batch)
        assert taken - given < 16
        assert len(batch) <= 2
    assert given == 600


def test_what_has_no_more_inputs_is_not_asked_again() -> None:
    class Inputs:
        """Like a connection: to ask it again after its end would wait."""

        left = 40

        def __iter__(self) -> Inputs:
            return self

        def __next__(self) -> int:
            assert self.left >= 0
            self.left -= 1
            if self.left < 0:
                raise StopIteration
            return self.left

    assert sum(map(len, batches_of(Inputs(), 2))) == 40


@pytest.mark.parametrize("is_quick", [True, False])
@pytest.mark.parametrize("jobs", [2, 3])
def test_this_process_works_while_it_would_wait(jobs, is_quick):
    pool = FakePool(is_quick)
    answers = list(room._windowed(pool, doubler, range(5_000), jobs))
    assert answers == [2 * number for number in range(5_000)]
    assert pool.largest == 32
    assert (pool.taken == 5_000) is is_quick
    assert pool.most_at_once <= 2 * 3 * (jobs - 1)


@pytest.mark.parametrize("jobs", [2, 3])
def test_at_the_end_it_does_what_no_worker_has_begun(jobs):
    pool = FakePool(is_quick=False, begins=False)
    answers = list(room._windowed(pool, doubler, range(5_000), jobs))
    assert answers == [2 * number for number in range(5_000)]
    assert pool.taken_back == jobs  # one each time it would have waited
    kept = FakePool(is_quick=False)
    assert list(room._windowed(kept, doubler, range(5_000), jobs)) == answers
    assert kept.taken_back == 0


class FakePool:
    """Workers that answer before one looks, or not before one waits for them; or that do not begin before that."""

    def __init__(self, is_quick: bool, *, begins: bool = True) -> None:
        self.is_quick, self.begins = is_quick, begins
        self.taken_back = self.taken = self.largest = self.open = self.most_at_once = 0

    def submit(self, _work: object, batch: bytes) -> Any:
        items = pickle.loads(batch)
        self.taken += len(items)
        self.largest = max(self.largest, len(items))
        self.open += 1
        self.most_at_once = max(self.most_at_once, self.open)
        return Answers(self, items)


class Answers:
    def __init__(self, pool: FakePool, items: list[int]) -> None:
        self.pool, self.items = pool, items

    def done(self) -> bool:
        return self.pool.is_quick

    def cancel(self) -> bool:
        self.pool.taken_back += not self.pool.begins
        return not self.pool.begins

    def result(self) -> list[int]:
        self.pool.open -= 1
        return [2 * item for item in self.items]


def test_progress_is_told():
    told: list[int] = []
    list(verify_many(some(3), policy=AnyIssuer(), jobs=1, progress=told.append))
    assert told == [1, 2, 3]


def test_a_verifier_can_be_made_in_each_worker():
    found = list(verify_many(some(2), policy=AnyIssuer(), verifier=Verifier.offline, at=FIXED_NOW, jobs=1))
    assert [report.outcome for _, report in found] == [Outcome.PASS] * 2


def test_a_fault_of_a_fetcher_is_one_report():
    wanting = badge(issuer="did:web:example.org")
    key = fixed_key().controlled_by("did:web:example.org", "key-1")
    badges = [("a", bytes(sign(wanting, key))), ("b", bytes(sign(badge())))]
    found = dict(verify_many(badges, policy=AnyIssuer(), verifier=Verifier(fetcher=Broken()), at=FIXED_NOW, jobs=1))
    assert found["a"].error is not None
    assert found["a"].error.code == "bulk.unexpected"
    assert "RuntimeError" in found["a"].error.detail
    assert found["b"].outcome is Outcome.PASS


def test_a_wrong_use_is_said_at_once():
    with pytest.raises(ConfigurationError, match="0 is not a number of jobs"):
        verify_many([], policy=AnyIssuer(), jobs=0)
    with pytest.raises(ConfigurationError) as caught:
        list(verify_many(some(1), policy=AnyIssuer(), at=datetime(2026, 1, 1), jobs=1))  # noqa: DTZ001
    assert caught.value.code == "verify.time_without_zone"


def test_what_cannot_be_sent_to_a_worker_is_said():
    with pytest.raises(ConfigurationError) as caught:
        list(verify_many(some(1), policy=AnyIssuer(), verifier=lambda: Verifier(limits=Limits()), jobs=2))
    assert caught.value.code == "bulk.not_portable"


def test_a_key_in_memory_signs_in_this_process_only():
    tokens = list(issue_many([badge()], signer=fixed_key(), form="vc-jwt", jobs=1))
    assert isinstance(tokens[0], SecuredCredential)
    assert tokens[0].form == "vc-jwt"
    with pytest.raises(ConfigurationError) as caught:
        list(issue_many([badge()], signer=fixed_key(), jobs=2))
    assert caught.value.code == "bulk.signer_stays"


class Faulty:
    def to_document(self) -> dict[str, Any]:
        raise MalformedError("json.not_object")


class BadSigner:
    algorithm, verification_method = "EdDSA", fixed_key().verification_method
    public_key = fixed_key().public_key

    def sign(self, data: bytes) -> bytes:
        raise RuntimeError("the device is gone")


def test_faults_of_credentials_and_signers_are_answers():
    answers = list(issue_many([Faulty()], signer=fixed_key(), jobs=1))  # type: ignore[list-item]
    assert [getattr(answer, "code", "") for answer in answers] == ["json.not_object"]
    answers = list(issue_many([badge()], signer=BadSigner(), jobs=1))
    assert [getattr(answer, "code", "") for answer in answers] == ["bulk.unexpected"]


def doubler() -> Any:
    return partial(int.__mul__, 2)


def test_by_default_there_is_a_job_for_each_processor(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2}, raising=False)
    assert room._jobs(None) == 3
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert room._jobs(None) == 1


def test_the_worker_side(monkeypatch):
    put_aside = []
    monkeypatch.setattr(room, "_worker", [])
    monkeypatch.setattr(room, "_settled", [])
    monkeypatch.setattr(room.gc, "freeze", lambda: put_aside.append(True))
    room._start(pickle.dumps(doubler))
    assert put_aside == []  # nothing is loaded yet
    for _ in range(3):
        assert room._answers(pickle.dumps([1, 2])) == [2, 4]
    assert put_aside == [True]


@pytest.mark.parametrize(
    "error", [OpenBadgesError("json.empty", pointer="/a", text="b"), IssuingError("issue.form", form="x")]
)
def test_errors_survive_the_journey(error):
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), again.code, again.pointer, again.params) == (
        type(error),
        error.code,
        error.pointer,
        error.params,
    )
    assert str(again) == str(error)


def test_an_error_with_a_report_keeps_it():
    report = Verifier.offline().check(b"{", policy=AnyIssuer())
    again = pickle.loads(pickle.dumps(NotVerifiedError(report)))
    assert again.report == report
    assert again.code == "verdict.unreadable"
