"""Checking in processes of their own, so that a hostile file can neither stall nor fill the site (S-RATE-1)."""

from __future__ import annotations

import logging
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, cast

from issuer_service.jobs.wire import ClosedError, answer_of, plain_bytes, plain_question, receive, send
from issuer_service.services.checking import Checked, Question
from issuer_service.services.errors import BusyError, InvalidError
from issuer_service.services.ports import Fetcher
from issuer_service.services.sentences import Sentence
from openbadges.errors import LimitError, OpenBadgesError
from openbadges.ports import Fetched, Rememberer

__all__ = ["Checkers"]

_log = logging.getLogger("issuer_service")
_PACKAGES = Path(__file__).resolve().parents[2]
_COMMAND = (sys.executable, "-P", "-m", "issuer_service.jobs.checker")
_KEPT = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "VIRTUAL_ENV")  # of the environment; the site's secrets are not in it
_PATIENCE = 10.0  # seconds to wait for a free process
_LONGEST = 90.0  # seconds of one question with all that is fetched for it; its work is bounded in the process itself


class Checkers:
    """Hands each question to a process that is free. May be used by several threads.

    Args:
        number: How many processes at most; each is started when it is first needed and anew when it ended.
        patience: Seconds to wait for a free one.
        longest: Seconds after which a process is ended that has not answered.
        command: What is started; ``jobs.checker`` by default.
    """

    def __init__(
        self,
        number: int | None = None,
        *,
        patience: float = _PATIENCE,
        longest: float = _LONGEST,
        command: Sequence[str] = _COMMAND,
    ) -> None:
        self._patience = patience
        self._longest = longest
        self._free: queue.LifoQueue[_Process] = queue.LifoQueue()
        self._all = [_Process(command) for _ in range(number or min(4, os.cpu_count() or 1))]
        for process in self._all:
            self._free.put(process)

    def check(self, data: bytes | str, asked: Question, fetcher: Fetcher) -> Checked:
        """Answer a question about a badge.

        Raises:
            InvalidError: It took more work than a badge ever needs.
            BusyError: Every process is at work.
        """
        return answer_of(self._asked({"data": plain_bytes(data), "question": plain_question(asked)}, fetcher))

    def read_code(self, photo: bytes) -> str:
        """The text of the QR code in a photo.

        Raises:
            InvalidError: Not a picture that can be read, no code in it, or it took too much work.
            BusyError: Every process is at work.
        """
        return str(self._asked({"data": plain_bytes(photo), "question": None}, None).get("code", ""))

    def close(self) -> None:
        """End all processes."""
        for process in self._all:
            process.end()

    def _asked(self, message: Mapping[str, Any], fetcher: Fetcher | None) -> Mapping[str, Any]:
        try:
            process = self._free.get(timeout=self._patience)
        except queue.Empty as error:
            raise BusyError("verify.busy") from error
        try:
            answer = process.ask(message, fetcher, self._longest)
        except ClosedError as error:  # ended by its limits, or by the clock
            process.end()
            raise _stopped() from error
        finally:
            self._free.put(process)
        if "stopped" in answer:
            process.end()  # its memory may be in pieces
            raise _stopped()
        if "problems" in answer:
            raise InvalidError((field, Sentence(code, params)) for field, code, params in answer["problems"])
        return answer


def _stopped() -> InvalidError:
    return InvalidError.of("file", "verify.stopped")


class _Process:
    """One process, used by one thread at a time."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = command
        self._running: subprocess.Popen[bytes] | None = None

    def ask(self, message: Mapping[str, Any], fetcher: Fetcher | None, longest: float) -> Mapping[str, Any]:
        """Hand over a question, fetch what is asked for meanwhile, and give the answer.

        Raises:
            ClosedError: The process ended before it answered.
        """
        running = self._started()
        alarm = threading.Timer(longest, running.kill)
        alarm.start()
        try:
            send(_in(running), message)
            while True:
                said = receive(_out(running))
                if "get" in said:
                    send(_in(running), _fetched(said, fetcher))
                elif "limit_age" in said:
                    _limit_age(said, fetcher)
                else:
                    return said
        finally:
            alarm.cancel()

    def end(self) -> None:
        """End it, if it runs; the next question starts another."""
        running, self._running = self._running, None
        if running is not None:
            running.kill()
            _in(running).close()
            _out(running).close()
            running.wait()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._running is None or self._running.poll() is not None:
            self.end()
            self._running = subprocess.Popen(  # noqa: S603 - our own interpreter with a fixed argument
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={
                    **{name: os.environ[name] for name in _KEPT if name in os.environ},
                    "PYTHONPATH": str(_PACKAGES),
                    "PYTHONDONTWRITEBYTECODE": "1",
                },
            )
            try:
                receive(_out(self._running))  # it is ready
            except ClosedError as error:
                _log.exception("No process for checking badges could be started")
                raise BusyError("verify.busy") from error
        return self._running


def _in(process: subprocess.Popen[bytes]) -> Any:
    return cast("Any", process.stdin)


def _out(process: subprocess.Popen[bytes]) -> Any:
    return cast("Any", process.stdout)


def _fetched(asked: Mapping[str, Any], fetcher: Fetcher | None) -> Mapping[str, Any]:
    """What the process asked for, or why it cannot be had."""
    try:
        if fetcher is None:
            raise ClosedError  # reading a photo fetches nothing
        found = fetcher.get(
            str(asked["get"]), accept=asked["accept"], max_bytes=asked["max_bytes"], redirects=asked["redirects"]
        )
    except OpenBadgesError as error:
        return {
            "code": error.code,
            "pointer": error.pointer,
            "params": error.params,
            "limit": isinstance(error, LimitError),
        }
    return {field.name: getattr(found, field.name) for field in fields(Fetched)} | {"body": plain_bytes(found.body)}


def _limit_age(said: Mapping[str, Any], fetcher: Fetcher | None) -> None:
    remembers: object = fetcher
    if isinstance(remembers, Rememberer):
        remembers.limit_age(str(said["limit_age"]), float(said["seconds"]))
