"""The timer: calls again and again, survives what goes wrong, ends when it is told to."""

from __future__ import annotations

import threading

import pytest

from issuer_service.jobs.timer import Timer
from issuer_service.services.ports import StoreError


def counted(times: int, wrong: BaseException | None = None) -> tuple[list[int], threading.Event, Timer]:
    calls, reached = [0], threading.Event()

    def job() -> int:
        calls[0] += 1
        if calls[0] >= times:
            reached.set()
        if wrong is not None:
            raise wrong
        return 0

    return calls, reached, Timer(job, every=0.001)


def test_it_calls_the_job_at_once_and_again_and_ends() -> None:
    calls, reached, timer = counted(3)
    with timer:
        assert reached.wait(10)
    ended = calls[0]
    assert timer.stop()
    assert calls[0] == ended


@pytest.mark.parametrize("wrong", [StoreError("busy"), ValueError("a bug")])
def test_what_goes_wrong_once_does_not_end_it(wrong: Exception, caplog: pytest.LogCaptureFixture) -> None:
    _, reached, timer = counted(3, wrong)
    with timer:
        assert reached.wait(10)
    assert type(wrong).__name__ in caplog.text or str(wrong) in caplog.text


def test_one_that_never_began_is_stopped_too() -> None:
    assert Timer(lambda: 0).stop()


def test_stop_waits_for_the_call_under_way() -> None:
    begun, go, done = threading.Event(), threading.Event(), []

    def job() -> int:
        begun.set()
        go.wait(10)
        done.append(1)
        return 1

    timer = Timer(job, every=60)
    timer.start()
    assert begun.wait(10)
    assert not timer.stop(timeout=0.01)
    go.set()
    assert timer.stop()
    assert done == [1]


def test_while_there_is_something_to_do_it_does_not_wait() -> None:
    left, reached = [4], threading.Event()

    def job() -> int:
        left[0] -= 1
        if not left[0]:
            reached.set()
        return left[0]

    with Timer(job, every=60):
        assert reached.wait(10)
