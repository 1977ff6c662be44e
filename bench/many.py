"""``verify_many`` on one and on all processors, and whether memory stays the same however many badges there are.

Beside it a control: the same checks in as many processes, which share nothing and wait for nobody. No program gets
further on these processors: two of them may be one core, or a neighbour may be busy on the other.
"""

from __future__ import annotations

import json
import multiprocessing
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from openbadges import AnyIssuer, Outcome, Verifier, verify_many

if TYPE_CHECKING:
    from multiprocessing.queues import SimpleQueue
    from multiprocessing.synchronize import Barrier

    from subject import Subject

HERE = Path(__file__)
ROUNDS = 24  # in each everything takes a turn, because the speed of the machine changes by half within a second
CONTROL_SECONDS = 1.0


def repeated(badge: bytes, count: int) -> Iterator[tuple[str, bytes]]:
    """The same badge under many names, as a new value each time."""
    for number in range(count):
        yield str(number), badge[:-1] + b"}"


def rates(subject: Subject, count: int, jobs: int) -> dict[str, float]:
    """What is done a second with one job and with ``jobs``: ``verify_many``, ``count`` for each, and the control.

    One job has its turn before and after several. All that was done in all turns, by the time of all turns: one turn
    says little on a machine that others use as well.
    """
    works: dict[str, Callable[[int], float]] = {
        "rate": lambda number: badges_a_second(subject.rdfc, count * number, number),
        "apart": lambda number: control_a_second(subject, number),
    }
    found: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        for name, work in works.items():
            for number in (1, jobs, 1):
                found.setdefault(f"{name} {number}", []).append(work(number))
    return {name: statistics.harmonic_mean(turns) for name, turns in found.items()}


def control_a_second(subject: Subject, processes: int) -> float:
    """How many checks a second so many processes do together, once they are all up."""
    context = multiprocessing.get_context("spawn")  # as verify_many
    ready, done = context.Barrier(processes), context.SimpleQueue()
    workers = [context.Process(target=_control, args=(subject.rdfc, ready, done)) for _ in range(processes)]
    for worker in workers:
        worker.start()
    rate = sum(done.get() for _ in workers)
    for worker in workers:
        worker.join()
    return float(rate)


def _control(data: bytes, ready: Barrier, done: SimpleQueue[float]) -> None:
    check, policy = Verifier.offline().check, AnyIssuer()
    for _ in range(100):  # warm
        check(data, policy=policy)
    ready.wait()
    started, times = time.perf_counter(), 0
    while time.perf_counter() < started + CONTROL_SECONDS:
        check(data, policy=policy)
        times += 1
    done.put(times / (time.perf_counter() - started))


def badges_a_second(badge: bytes, count: int, jobs: int) -> float:
    """How many badges a second ``verify_many`` checks once its workers are up."""
    warm = 50 * jobs
    started = 0.0
    for number, (_, report) in enumerate(verify_many(repeated(badge, count + warm), policy=AnyIssuer(), jobs=jobs)):
        assert report.outcome is Outcome.PASS
        if number == warm:
            started = time.perf_counter()
    return (count - 1) / (time.perf_counter() - started)


def peak_megabytes(badge: bytes, count: int, jobs: int) -> float:
    """The most memory that a fresh process, and the largest of its workers, used for so many badges."""
    command = [sys.executable, str(HERE), str(count), str(jobs)]
    done = subprocess.run(command, input=badge, capture_output=True, check=True)  # noqa: S603 - this file
    return float(json.loads(done.stdout))


def main() -> None:
    """Check the badge on standard input so many times and print the peak."""
    badge, count, jobs = sys.stdin.buffer.read(), int(sys.argv[1]), int(sys.argv[2])
    for _, report in verify_many(repeated(badge, count), policy=AnyIssuer(), jobs=jobs):
        assert report.outcome is Outcome.PASS
    workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(json.dumps(max(workers, _own_peak()) / 1024))


def _own_peak() -> int:
    """Kilobytes; what getrusage says of a process still holds its parent's memory."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


if __name__ == "__main__":
    main()
