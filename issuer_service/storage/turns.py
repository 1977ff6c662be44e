"""Taking turns inside one process, in the order of asking.

SQLite lets writers try again and again, and whoever tries at the right moment wins: under load an unlucky thread waits
until its patience ends. So the threads of one process queue up here first; only processes compete for the file.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from issuer_service.services.ports import StoreError

__all__ = ["Turns"]


class Turns:
    """A lock that serves first who asked first."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._taken = False

    @contextmanager
    def taken(self, patience: float) -> Iterator[None]:
        """Wait for the turn and hold it inside the block.

        Args:
            patience: How long to wait, in seconds.

        Raises:
            StoreError: The turn did not come in time.
        """
        if not self._take(patience):
            raise StoreError("The database is busy; try again in a moment.")
        try:
            yield
        finally:
            self._give()

    def _take(self, patience: float) -> bool:
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            mine = threading.Lock()
            mine.acquire()
            self._waiting.append(mine)
        if mine.acquire(timeout=patience):
            return True
        with self._guard:
            if mine not in self._waiting:  # the turn came in the very moment the patience ended
                return True
            self._waiting.remove(mine)
            return False

    def _give(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False
