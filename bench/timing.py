"""How long one call takes, in processor time of the whole process.

On one idle processor that is the same as time by the clock; on a busy machine only the former can be compared.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How thoroughly to measure: the median of ``repeats``, each of about ``seconds``."""

    repeats: int = 5
    seconds: float = 0.6

    def median_ms(self, work: Callable[[], object]) -> float:
        """Milliseconds of one call of ``work``, after a warm-up that also finds how many calls fill one repeat."""
        until = time.perf_counter() + self.seconds
        calls = 0
        while time.perf_counter() < until or calls < 3:
            work()
            calls += 1
        return statistics.median(self._one(work, calls) for _ in range(self.repeats))

    def _one(self, work: Callable[[], object], calls: int) -> float:
        start = time.process_time()
        for _ in range(calls):
            work()
        return (time.process_time() - start) / calls * 1000


def on_one_processor() -> None:
    """Keep this process and its children on one processor, so that they do not move about while they are timed."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def on_all_processors(processors: frozenset[int]) -> None:
    """The opposite."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, processors)


def processors() -> frozenset[int]:
    """Those that this process may use."""
    return (
        frozenset(os.sched_getaffinity(0))
        if hasattr(os, "sched_getaffinity")
        else frozenset(range(os.cpu_count() or 1))
    )
