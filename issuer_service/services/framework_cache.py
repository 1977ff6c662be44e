"""Frameworks that were read a moment ago: a version never changes, so it need not be read twice."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable

from openbadges.frameworks import Framework

__all__ = ["FrameworkCache"]

_MOST_ITEMS = 20_000  # in all frameworks together: about 100 MB


class FrameworkCache:
    """The frameworks used last, until together they have too many items. May be used by several threads.

    Args:
        most_items: Of all frameworks together; the one used last stays in any case.
    """

    def __init__(self, most_items: int = _MOST_ITEMS) -> None:
        self._most = most_items
        self._kept: OrderedDict[tuple[str, int], Framework] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, framework_id: str, number: int, read: Callable[[], Framework]) -> Framework:
        """The version, read with ``read`` where it is not at hand."""
        key = (framework_id, number)
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                return found
        found = read()
        with self._lock:
            self._kept[key] = found
            self._kept.move_to_end(key)
            while len(self._kept) > 1 and sum(len(one.items) for one in self._kept.values()) > self._most:
                self._kept.popitem(last=False)
        return found
