"""Many badges at once, on as many processors as there are: ``verify_many`` and ``issue_many``.

Answers come in the order of the inputs, each as soon as it and all before it are there. Inputs are taken a little
before they are needed, and never more, so that memory stays the same however many there are. What is wrong with one
input is its answer and never stops the rest.

Of several jobs one is the calling process, the others are fresh ones. A script that uses them needs the usual
``if __name__ == "__main__":`` around what it does.
"""

from __future__ import annotations

import gc
import os
import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from openbadges.bulk.batches import batches_of
from openbadges.errors import ConfigurationError, MalformedError, OpenBadgesError
from openbadges.ports import SystemClock

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

    from openbadges.issuing import Form
    from openbadges.keys import Signer
    from openbadges.models import Model
    from openbadges.report import VerificationReport
    from openbadges.secured import SecuredCredential
    from openbadges.verification import Policy, Verifier
    from openbadges.verification.reading import BadgeInput

__all__ = ["answer_many", "issue_many", "verify_many"]

_Input = TypeVar("_Input")
_Answer = TypeVar("_Answer")
Progress = Callable[[int], object]

_MESSAGES_AHEAD = 3  # for each worker beside this process: one in work, two waiting
_BATCHES_KEPT = 6  # for each message ahead: when a worker falls behind, this process has enough to do until it is there


def verify_many(  # noqa: PLR0913 - each said by its name
    badges: Iterable[tuple[str, BadgeInput]],
    *,
    policy: Policy,
    verifier: Verifier | Callable[[], Verifier] | None = None,
    at: datetime | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Iterator[tuple[str, VerificationReport]]:
    """Check many badges.

    Args:
        badges: ``(name, badge)`` pairs, taken as they are needed; the name is handed back.
        policy: ``TrustedIssuers([...])`` or ``AnyIssuer()``.
        verifier: The verifier, or a function that makes one in each process (``openbadges.net.online_verifier``);
            ``Verifier.offline()`` by default. For several jobs either has to be picklable, and what a fetcher remembers
            is remembered once for each process.
        at: The one instant by which all are judged; now, by default.
        jobs: How many processes work, this one included; by default one for each processor.
        progress: Called with the number of reports given so far.

    Yields:
        Name and report, in the order of ``badges``.

    Raises:
        ConfigurationError: ``bulk.jobs``; ``at`` without time zone; ``bulk.not_portable``: something cannot be sent to
            a worker; ``bulk.workers_lost``: the workers ended early.
    """
    make = partial(_checker, verifier, policy, at or SystemClock().now())
    return answer_many(make, badges, jobs=jobs, progress=progress)


def issue_many(  # noqa: PLR0913 - each said by its name
    credentials: Iterable[Model | Mapping[str, Any]],
    *,
    signer: Signer | Callable[[], Signer],
    form: Form = "data-integrity",
    suite: str | None = None,
    created: datetime | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Iterator[SecuredCredential | OpenBadgesError]:
    """Sign many credentials with one key.

    Args:
        credentials: Models or JSON objects, taken as they are needed.
        signer: The issuer's key. Keys do not travel between processes unseen: for several jobs give a picklable
            function that makes the signer in each process, such as ``functools.partial(load_key, path, passphrase)``.
        form: As for ``issue``.
        suite: As for ``issue``.
        created: The date of every proof; each one's own instant by default.
        jobs: How many processes work, this one included; by default one for each processor.
        progress: Called with the number of answers given so far.

    Yields:
        For each credential, in order, the signed credential or the error that says why it was not signed.

    Raises:
        ConfigurationError: ``bulk.jobs``, ``bulk.signer_stays``, ``bulk.not_portable`` or ``bulk.workers_lost``.
    """
    count = _jobs(jobs)
    if count > 1 and not callable(signer):
        raise ConfigurationError("bulk.signer_stays")
    make = partial(_issuer, signer, form, suite, created)
    return answer_many(make, map(_plain, credentials), jobs=count, progress=progress)


def answer_many(
    make: Callable[[], Callable[[_Input], _Answer]],
    inputs: Iterable[_Input],
    *,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Iterator[_Answer]:
    """The answers of a function, in the order of its inputs; what the two functions above are made of.

    Args:
        make: Makes the function; called once in each process. For several jobs it has to be picklable.
        inputs: Taken as they are needed.
        jobs: How many processes work, this one included; by default one for each processor.
        progress: Called with the number of answers given so far.

    Raises:
        ConfigurationError: ``bulk.jobs``, ``bulk.not_portable`` or ``bulk.workers_lost``.
    """
    count = _jobs(jobs)
    answers = map(make(), inputs) if count == 1 else _over_processes(make, inputs, count)
    return answers if progress is None else _counted(answers, progress)


def _counted(answers: Iterator[_Answer], progress: Progress) -> Iterator[_Answer]:
    for number, answer in enumerate(answers, start=1):
        progress(number)
        yield answer


def _jobs(jobs: object) -> int:
    if jobs is None:
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if not isinstance(jobs, int) or jobs < 1:
        raise ConfigurationError("bulk.jobs", jobs=jobs)
    return jobs


def _over_processes(
    make: Callable[[], Callable[[_Input], _Answer]], inputs: Iterable[_Input], jobs: int
) -> Iterator[_Answer]:
    import multiprocessing  # noqa: PLC0415 - only for several jobs
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - as above
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415 - as above

    # "spawn": a fork would copy locks of other threads in whatever state they are
    pool = ProcessPoolExecutor(jobs - 1, multiprocessing.get_context("spawn"), _start, (_packed(make),))
    try:
        yield from _windowed(pool, make, inputs, jobs)
    except BrokenProcessPool as error:
        raise ConfigurationError("bulk.workers_lost") from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


class _Sent(NamedTuple):
    """A batch on its way through a worker."""

    answers: Future[list[Any]]
    batch: list[Any]


def _windowed(
    pool: ProcessPoolExecutor, make: Callable[[], Callable[[Any], Any]], inputs: Iterable[Any], jobs: int
) -> Iterator[Any]:
    """This process works too while it would wait: what it does itself need not travel."""
    batches, work = batches_of(iter(inputs), jobs), _Here(make)
    waiting: deque[_Sent | list[Any]] = deque()
    ahead = (jobs - 1) * _MESSAGES_AHEAD
    most = _BATCHES_KEPT * ahead  # however slowly the answers are taken
    while True:
        sent = [one for one in waiting if isinstance(one, _Sent)]
        is_for_workers = len(sent) < 2 * ahead and sum(not one.answers.done() for one in sent) < ahead
        is_for_here = bool(waiting) and not _is_ready(waiting[0])
        if len(waiting) < most and (is_for_workers or is_for_here):
            batch = next(batches, None)
            if batch is None:
                most = 0
            elif is_for_workers:
                waiting.append(_Sent(pool.submit(_answers, _packed(batch)), batch))
            else:
                waiting.append(work.answers(batch))
        elif waiting:
            if is_for_here and most == 0:
                _take_back(waiting, work)
            first = waiting.popleft()
            yield from first if isinstance(first, list) else first.answers.result()
        else:
            return


def _is_ready(answers: _Sent | list[Any]) -> bool:
    return isinstance(answers, list) or answers.answers.done()


def _take_back(waiting: deque[_Sent | list[Any]], work: _Here) -> None:
    """At the end this process would only wait: it does itself what no worker has begun."""
    for place in reversed(range(len(waiting))):
        one = waiting[place]
        if isinstance(one, _Sent) and one.answers.cancel():
            waiting[place] = work.answers(one.batch)
            return


class _Here:
    """The function in this process, made when it is first needed."""

    def __init__(self, make: Callable[[], Callable[[Any], Any]]) -> None:
        self._make = make
        self._made: Callable[[Any], Any] | None = None

    def answers(self, batch: list[Any]) -> list[Any]:
        self._made = self._made or self._make()
        return [self._made(one) for one in batch]


def _packed(value: object) -> bytes:
    """Pickled here and not by the pool, so that what cannot be is told from what goes wrong in a worker."""
    try:
        return pickle.dumps(value)
    except Exception as error:  # pickling runs the code of whatever it is given
        raise ConfigurationError("bulk.not_portable", reason=str(error)) from error


_worker: list[Callable[[Any], Any]] = []
"""In a worker process, the function it was started with; nothing in any other."""

_settled: list[bool] = []
"""In a worker process, something once its first answers are made and all it works with is loaded."""


def _start(make: bytes) -> None:
    _worker.append(pickle.loads(make)())  # noqa: S301 - by our own parent process


def _answers(batch: bytes) -> list[Any]:
    answers = [_worker[0](one) for one in pickle.loads(batch)]  # noqa: S301 - by our own parent process
    if not _settled:
        _settled.append(True)
        gc.freeze()  # what is loaded stays until the process ends: looking through it then only makes everybody wait
    return answers


@dataclass(frozen=True, slots=True)
class _Checker:
    verifier: Verifier
    policy: Policy
    at: datetime

    def __call__(self, badge: tuple[str, BadgeInput]) -> tuple[str, VerificationReport]:
        try:
            name, value = badge
        except (TypeError, ValueError) as error:
            raise ConfigurationError("bulk.pair", kind=type(badge).__name__) from error
        try:
            return name, self.verifier.check(value, policy=self.policy, at=self.at)
        except ConfigurationError:
            raise
        except Exception as error:
            return name, self._fault(error)

    def _fault(self, error: Exception) -> VerificationReport:
        from openbadges.contexts import PinnedContexts  # noqa: PLC0415 - rarely needed
        from openbadges.verification.credential import unreadable  # noqa: PLC0415 - as above
        from openbadges.verification.inquiry import Inquiry  # noqa: PLC0415 - as above

        verifier = self.verifier
        inquiry = Inquiry(now=self.at, fetcher=verifier.fetcher, contexts=PinnedContexts(), limits=verifier.limits)
        return unreadable(_unexpected(error), inquiry)


def _checker(verifier: Verifier | Callable[[], Verifier] | None, policy: Policy, at: datetime) -> _Checker:
    from openbadges.verification import Verifier  # noqa: PLC0415 - issuing many does not need it

    if verifier is None:
        verifier = Verifier.offline()
    return _Checker(verifier if isinstance(verifier, Verifier) else verifier(), policy, at)


@dataclass(frozen=True, slots=True)
class _Issuer:
    signer: Signer
    form: Form
    suite: str | None
    created: datetime | None

    def __call__(self, credential: Any) -> SecuredCredential | OpenBadgesError:
        from openbadges.issuing import issue  # noqa: PLC0415 - verifying many does not need it

        if isinstance(credential, OpenBadgesError):
            return credential
        try:
            return issue(credential, signer=self.signer, form=self.form, suite=self.suite, created=self.created)
        except OpenBadgesError as error:
            return error
        except Exception as error:
            return _unexpected(error)


def _issuer(signer: Signer | Callable[[], Signer], form: Form, suite: str | None, created: datetime | None) -> _Issuer:
    return _Issuer(signer() if callable(signer) else signer, form, suite, created)


def _plain(credential: Any) -> Any:
    """Credentials travel as plain JSON: models hold what cannot be pickled, and loading their room costs more."""
    try:
        return dict(credential) if isinstance(credential, Mapping) else credential.to_document()
    except OpenBadgesError as error:
        return error
    except Exception as error:
        return _unexpected(error)


def _unexpected(error: Exception) -> OpenBadgesError:
    return MalformedError("bulk.unexpected", kind=type(error).__name__)
