"""Numbers for whoever watches over the site, in the text format of Prometheus: counts and times, never a person.

What was answered is counted in the memory of this process; what is kept is counted in the database, so that it is the
same whichever process is asked.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import cast

from flask import Flask, Response, current_app, g

from issuer_service.services.statistics import SiteNumbers

__all__ = ["exposition", "init_app"]

_Sample = tuple[Mapping[str, str], float]


class _Answered:
    """How many answers of each kind, and how long they took together. May be used by several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._answers: Counter[str] = Counter()
        self._seconds = 0.0

    def add(self, status: int, seconds: float) -> None:
        """Count one more."""
        with self._lock:
            self._answers[f"{status // 100}xx"] += 1
            self._seconds += seconds

    def seen(self) -> tuple[Mapping[str, int], float]:
        """The numbers now."""
        with self._lock:
            return dict(self._answers), self._seconds


def init_app(app: Flask) -> None:
    """Count every answer."""
    answered = app.extensions["answered"] = _Answered()

    def begin() -> None:
        g.began = time.perf_counter()

    def count(answer: Response) -> Response:
        answered.add(answer.status_code, time.perf_counter() - g.began)
        return answer

    app.before_request(begin)
    app.after_request(count)


def exposition(site: SiteNumbers) -> str:
    """The numbers as text (Prometheus exposition format 0.0.4).

    Args:
        site: What is kept.
    """
    answers, seconds = cast("_Answered", current_app.extensions["answered"]).seen()
    lines = [
        *_series("issuer_info", "gauge", "The version that runs.", [({"version": _version()}, 1)]),
        *_series("issuer_affiliates", "gauge", "Groups by state.", _by("state", site.affiliates)),
        *_series("issuer_awards", "gauge", "Badges by state.", _by("state", site.awards)),
        *_series("issuer_awards_due", "gauge", "Badges whose time to undo is over and that are not signed.",
                 [({}, site.due)]),
        *_series("issuer_http_requests_total", "counter", "Answers of this process by the first digit of their status.",
                 _by("status", answers)),
        *_series("issuer_http_request_seconds_total", "counter", "Seconds that these answers took together.",
                 [({}, seconds)]),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _by(label: str, counts: Mapping[str, int]) -> list[_Sample]:
    return [({label: name}, number) for name, number in sorted(counts.items())]


def _series(name: str, kind: str, about: str, samples: list[_Sample]) -> Iterator[str]:
    yield f"# HELP {name} {about}"
    yield f"# TYPE {name} {kind}"
    for labels, value in samples:
        marks = ",".join(f'{label}="{text}"' for label, text in labels.items())
        yield f"{name}{{{marks}}} {value:g}" if marks else f"{name} {value:g}"


def _version() -> str:
    try:
        return version("openbadges-kit")
    except PackageNotFoundError:  # run from a folder that was never installed
        return "unknown"
