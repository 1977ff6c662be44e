"""``verify_many`` on one and on all processors, and whether memory stays the same however many badges there are.

Beside it two controls in as many processes, which share nothing and wait for nobody: raw signatures and ``json.loads``,
and the same checks of badges. No program gets further on these processors: two of them may be one core, or a neighbour
may be busy on the other.
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

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from openbadges import AnyIssuer, Outcome, Verifier, verify_many

if TYPE_CHECKING:
    from multiprocessing.queues import SimpleQueue
    from multiprocessing.synchronize import Barrier

    from subject import Subject

HERE = Path(__file__)
ROUNDS = 11  # in each everything takes a turn: ratios are made within them, because the speed of the machine drifts
CONTROL_SECONDS = 1.5


def repeated(badge: bytes, count: int) -> Iterator[tuple[str, bytes]]:
    """The same badge under many names, as a new value each time."""
    for number in range(count):
        yield str(number), badge[:-1] + b"}"


def rates(subject: Subject, count: int, jobs: int) -> dict[str, list[float]]:
    """What is done a second with one job and with ``jobs``: ``verify_many``, ``count`` for each, and the controls.

    One job has its turn before and after several, and counts as the mean of the two: so a machine that becomes slower
    or faster meanwhile changes no ratio.
    """
    works: dict[str, Callable[[int], float]] = {
        "rate": lambda number: badges_a_second(subject.rdfc, count * number, number),
        "apart": lambda number: control_a_second(_checks, subject, number),
        "floor": lambda number: control_a_second(_floor, subject, number),
    }
    found: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        for name, work in works.items():
            turns = [work(number) for number in (1, jobs, 1)]
            found.setdefault(f"{name} 1", []).append(statistics.harmonic_mean(turns[::2]))
            if jobs > 1:
                found.setdefault(f"{name} {jobs}", []).append(turns[1])
    return found


def control_a_second(make: Callable[..., Callable[[], object]], subject: Subject, processes: int) -> float:
    """How often a second a control's work is done by so many processes together, once they are all up."""
    context = multiprocessing.get_context("spawn")  # as verify_many
    ready, done = context.Barrier(processes), context.SimpleQueue()
    key = subject.keys["EdDSA"]
    given = make, (subject.rdfc, key.public_key.raw, key.sign(subject.rdfc))
    workers = [context.Process(target=_control, args=(*given, ready, done)) for _ in range(processes)]
    for worker in workers:
        worker.start()
    rate = sum(done.get() for _ in workers)
    for worker in workers:
        worker.join()
    return float(rate)


def _control(
    make: Callable[..., Callable[[], object]], given: tuple[bytes, ...], ready: Barrier, done: SimpleQueue[float]
) -> None:
    work, times = make(*given), 0
    for _ in range(100):  # warm
        work()
    ready.wait()
    started = time.perf_counter()
    while time.perf_counter() < started + CONTROL_SECONDS:
        work()
        times += 1
    done.put(times / (time.perf_counter() - started))


def _floor(data: bytes, key: bytes, signature: bytes) -> Callable[[], object]:
    handle = Ed25519PublicKey.from_public_bytes(key)
    return lambda: (json.loads(data), handle.verify(signature, data))


def _checks(data: bytes, _key: bytes, _signature: bytes) -> Callable[[], object]:
    check, policy = Verifier.offline().check, AnyIssuer()
    return lambda: check(data, policy=policy)


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
