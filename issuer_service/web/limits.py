"""How often one address may do what costs work or could be guessed (S-RATE-1).

Counted in the memory of this process: with several processes each counts by itself, so the true limit is a small
multiple of the number in the table. That is enough against guessing and needs no other server.
"""

from __future__ import annotations

import ipaddress
import math
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import cast

from flask import Flask, current_app, request
from werkzeug.exceptions import TooManyRequests

__all__ = ["LIMITS", "Limit", "SlidingWindow", "count", "count_export", "init_app"]

_MOST_KEYS = 50_000  # addresses remembered per limit; the longest unseen is forgotten first


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``most`` times within ``seconds``."""

    most: int
    seconds: int = 60


LIMITS: Mapping[str, Limit] = MappingProxyType(
    {
        "verify": Limit(30),
        "scan": Limit(
            240
        ),  # stills of a camera, about 80 a minute from each person; people at an event share an address
        "sign_in": Limit(5),
        "claim": Limit(10),
        "search": Limit(120),
        "export": Limit(30),
        "progress": Limit(10),
    }
)


class SlidingWindow:
    """Counts by key over the last seconds. May be used by several threads.

    Args:
        limit: What is allowed.
        now: A clock in seconds that never goes back.
    """

    def __init__(self, limit: Limit, *, now: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._now = now
        self._times: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, key: str, times: int = 1) -> int:
        """Count so many more for ``key``; 0 when that is allowed, else the whole seconds to wait (not counted then).

        What counts more often than the limit allows is let in when nothing else was: nothing is shut out for good.
        """
        with self._lock:
            now = self._now()
            seen = self._times.setdefault(key, deque())
            self._times.move_to_end(key)
            while seen and seen[0] <= now - self._limit.seconds:
                seen.popleft()
            too_many = len(seen) + min(times, self._limit.most) - self._limit.most
            if too_many > 0:
                return max(1, math.ceil(seen[too_many - 1] + self._limit.seconds - now))
            seen.extend([now] * min(times, self._limit.most))
            if len(self._times) > _MOST_KEYS:
                self._times.popitem(last=False)
            return 0


def init_app(app: Flask, now: Callable[[], float] = time.monotonic) -> None:
    """One window for each line of the table."""
    app.extensions["limits"] = {name: SlidingWindow(limit, now=now) for name, limit in LIMITS.items()}


def count(name: str, also: str = "", *, times: int = 1) -> None:
    """Count this request against a limit of the table.

    Args:
        name: A key of ``LIMITS``.
        also: What is counted beside the address, such as the login that is tried.
        times: How often it counts, for what costs more than usual.

    Raises:
        TooManyRequests: With ``Retry-After``.
    """
    windows = cast("Mapping[str, SlidingWindow]", current_app.extensions["limits"])
    seconds = windows[name].wait(f"{_address()} {also}", times)
    if seconds:
        raise TooManyRequests(retry_after=seconds)


def count_export(items: int) -> None:
    """Count a framework that is written out; a large one counts once more for each thousand of its items.

    Raises:
        TooManyRequests: With ``Retry-After``.
    """
    count("export", times=1 + items // 1_000)


def _address() -> str:
    """Who asks; of an IPv6 address the network, because one household has billions of addresses."""
    text = request.remote_addr or ""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return text
    if address.version == 6 and address.ipv4_mapped is None:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(getattr(address, "ipv4_mapped", None) or address)
