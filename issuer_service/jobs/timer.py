"""A thread that signs what is due, so that a badge does not wait for the next visitor."""

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
        job: Does a small piece of work and gives how much; safe to be called by several processes at once, as
            ``issue_due`` is. While it did something it is called again at once, so that thousands of badges are signed
            piece by piece, and the site can end between two of them.
        every: Seconds to wait when there was nothing to do.
    """

    def __init__(self, job: Callable[[], int], *, every: float = _EVERY) -> None:
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
            if self._ended.wait(0.0 if self._once() else self._every):
                return

    def _once(self) -> int:
        """How much was done; nothing when it failed, so that a failing job is not tried without a pause."""
        try:
            return self._job()
        except (ServiceError, StoreError, KeystoreError) as error:  # it will be tried again
            _log.warning("Nothing was signed: %s", error)
        except Exception:  # a thread that dies in silence would leave badges unsigned
            _log.exception("The timer's job failed and will be tried again")
        return 0
