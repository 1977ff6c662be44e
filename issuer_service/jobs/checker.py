"""The process that checks what strangers hand in: ``python -m issuer_service.jobs.checker``, started by ``checkers``.

It has a bounded memory, a bounded time for each question, no way to write a file, none of the site's secrets and no
network: what a badge needs from elsewhere it asks the site for.
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from typing import Any, BinaryIO

from issuer_service.jobs.wire import ClosedError, bytes_of, plain_answer, question_of, receive, send
from issuer_service.services.checking import InThisProcess
from issuer_service.services.errors import InvalidError
from openbadges.errors import LimitError, UnreachableError
from openbadges.ports import Fetched

__all__ = ["CPU_SECONDS", "MEMORY_BYTES", "main"]

CPU_SECONDS = 5  # of one question (S-RATE-1)
MEMORY_BYTES = 300 * 1024 * 1024


class _AskTheSite:
    """A fetcher that asks the site, which has the guarded way to the network and its own documents."""

    def __init__(self, requests: BinaryIO, answers: BinaryIO) -> None:
        self._requests, self._answers = requests, answers

    def get(self, url: str, *, accept: str, max_bytes: int, redirects: int | None = None) -> Fetched:
        """See ``openbadges.ports.Fetcher``.

        Raises:
            UnreachableError: There is no such document.
            LimitError: It is too long.
        """
        send(self._answers, {"get": url, "accept": accept, "max_bytes": max_bytes, "redirects": redirects})
        found = receive(self._requests)
        if "code" in found:
            kind = LimitError if found["limit"] else UnreachableError
            raise kind(found["code"], pointer=found["pointer"], **found["params"])
        body = bytes_of(found["body"])
        assert isinstance(body, bytes)
        return Fetched(**{**found, "body": body})

    def limit_age(self, url: str, seconds: float) -> None:
        """See ``openbadges.ports.Rememberer``: it is the site that remembers."""
        send(self._answers, {"limit_age": url, "seconds": seconds})


def main() -> int:
    """Answer questions until the site goes away."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr  # whatever is printed by mistake is no message
    _bound_memory()
    with contextlib.suppress(AttributeError, OSError):
        os.nice(5)  # people who look at pages come first
    send(answers, {"ready": True})
    here, fetcher = InThisProcess(), _AskTheSite(requests, answers)
    with contextlib.suppress(ClosedError):
        while True:
            asked = receive(requests)
            _bound_time()
            send(answers, _answered(here, fetcher, asked))
            del asked
            gc.collect()
    return 0


def _answered(here: InThisProcess, fetcher: _AskTheSite, asked: dict[str, Any]) -> dict[str, Any]:
    data = bytes_of(asked["data"])
    try:
        if asked["question"] is not None:
            return plain_answer(here.check(data, question_of(asked["question"]), fetcher))
        assert isinstance(data, bytes)
        return {"code": here.read_code(data)}
    except InvalidError as error:
        return {"problems": [[one.field, one.sentence.code, dict(one.sentence.params)] for one in error.problems]}
    except MemoryError:
        return {"stopped": True}


def _bound_memory() -> None:
    with contextlib.suppress(ImportError):  # not every system has limits; the site ends what takes too long everywhere
        import resource  # noqa: PLC0415 - see above

        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _bound_time() -> None:
    """The system ends this process when the question takes longer; what was used for earlier ones does not count."""
    with contextlib.suppress(ImportError):
        import resource  # noqa: PLC0415 - see above

        used = resource.getrusage(resource.RUSAGE_SELF)
        soft = int(used.ru_utime + used.ru_stime) + CPU_SECONDS + 1
        resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


if __name__ == "__main__":
    sys.exit(main())
