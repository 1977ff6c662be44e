"""``verify_many`` on one and on all processors, and whether memory stays the same however many badges there are."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from openbadges import AnyIssuer, Outcome, verify_many

HERE = Path(__file__)


def repeated(badge: bytes, count: int) -> Iterator[tuple[str, bytes]]:
    """The same badge under many names, as a new value each time."""
    for number in range(count):
        yield str(number), badge[:-1] + b"}"


def badges_a_second(badge: bytes, count: int, jobs: int) -> float:
    """How many badges a second ``verify_many`` checks once its workers are up, as the best of three runs."""
    return max(_once(badge, count, jobs) for _ in range(3))


def _once(badge: bytes, count: int, jobs: int) -> float:
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
