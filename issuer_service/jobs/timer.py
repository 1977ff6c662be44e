"""A thread that signs what is due every few seconds, so that a badge does not wait for the next visitor."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

from issuer_service.services.errors import ServiceError
from issuer_service.services.ports import KeystoreError, StoreError

__all__ = ["Timer"]

_log = logging.getLogger("issuer_service")
_EVERY = 5.0  # seconds


class Timer:
    """Calls a job again and again in a thread of its own. ``with Timer(job):`` starts it and stops it cleanly.

    Args:
        job: Called without arguments; safe to be called by several processes at once, as ``issue_due`` is.
        every: Seconds from the end of one call to the next.
    """

    def __init__(self, job: Callable[[], object], *, every: float = _EVERY) -> None:
        self._job = job
        self._every = every
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="timer", daemon=True)

    def start(self) -> None:
        """Begin; the first call comes at once."""
        self._thread.start()

    def stop(self, timeout: float = 10.0) -> bool:
        """Finish the call under way and begin no other; whether the thread has ended in time."""
        self._ended.set()
        if self._thread.ident is not None:
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _run(self) -> None:
        while True:
            self._once()
            if self._ended.wait(self._every):
                return

    def _once(self) -> None:
        try:
            self._job()
        except (ServiceError, StoreError, KeystoreError) as error:  # it will be tried again
            _log.warning("Nothing was signed: %s", error)
        except Exception:  # a thread that dies in silence would leave badges unsigned
            _log.exception("The timer's job failed and will be tried again")
