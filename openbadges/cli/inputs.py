"""What the command reads: files, the files of a folder, ``-`` and web addresses, each bounded, each with its error."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from openbadges.errors import ConfigurationError, LimitError, MalformedError, OpenBadgesError
from openbadges.jsontext import JsonObject, parse_object
from openbadges.limits import DEFAULT_LIMITS
from openbadges.ports import Fetcher

__all__ = [
    "STDIN",
    "Target",
    "is_url",
    "portable",
    "read_bytes",
    "read_json",
    "read_target",
    "read_text_line",
    "targets_of",
]

STDIN = "-"

_URL = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_HTTPS = re.compile(r"https://", re.IGNORECASE)
_MOST = DEFAULT_LIMITS.png_bytes  # the largest thing a badge can be in
_LINE_BYTES = 4_096
_ACCEPT = (
    "application/vc, application/vc+jwt, application/vc+ld+json, application/ld+json, application/json, image/png, "
    "image/svg+xml, text/plain;q=0.5"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One thing to verify.

    Attributes:
        name: As it was named: a path, ``-`` or an address.
        content: What was read already.
        problem: Why there is nothing to read, when that is known already (an empty folder).
    """

    name: str
    content: bytes | None = None
    problem: OpenBadgesError | None = None


def is_url(name: str) -> bool:
    """Whether an argument is an address rather than a file."""
    return _URL.match(name) is not None


def targets_of(names: Sequence[str], *, offline: bool) -> tuple[Target, ...]:
    """The things that the arguments name; a folder stands for its files, in name order.

    Raises:
        ConfigurationError: ``cli.stdin_twice``, ``cli.url_offline`` or ``cli.url_not_https``.
    """
    if names.count(STDIN) > 1:
        raise ConfigurationError("cli.stdin_twice")
    for name in filter(is_url, names):
        if not _HTTPS.match(name):
            raise ConfigurationError("cli.url_not_https", url=name)
        if offline:
            raise ConfigurationError("cli.url_offline", url=name)
    return tuple(target for name in names for target in _targets(name))


def read_target(target: Target, fetcher: Fetcher) -> bytes:
    """The bytes of one target; addresses go to ``fetcher``.

    Raises:
        MalformedError, LimitError, UnreachableError: It cannot be had.
    """
    if target.problem is not None:
        raise target.problem
    if target.content is not None:
        return target.content
    if not is_url(target.name):
        return read_bytes(target.name)
    body = fetcher.get(target.name, accept=_ACCEPT, max_bytes=_MOST).body
    if not body:
        raise MalformedError("cli.file_empty", path=target.name)
    return body


def portable(target: Target) -> Target:
    """The same for another process, which cannot read the standard input of this one."""
    if target.name != STDIN:
        return target
    try:
        return Target(name=STDIN, content=read_bytes(STDIN))
    except OpenBadgesError as error:
        return Target(name=STDIN, problem=error)


def read_bytes(name: str, *, most: int = _MOST) -> bytes:
    """All bytes of a file or, for ``-``, of the standard input.

    Raises:
        MalformedError: ``cli.file_missing``, ``cli.file_is_folder``, ``cli.file_unreadable`` or ``cli.file_empty``.
        LimitError: ``cli.file_too_large``.
    """
    try:
        if name == STDIN:
            data = sys.stdin.buffer.read(most + 1)
        else:
            with Path(name).open("rb") as file:
                data = file.read(most + 1)
    except FileNotFoundError as error:
        raise MalformedError("cli.file_missing", path=name) from error
    except IsADirectoryError as error:
        raise MalformedError("cli.file_is_folder", path=name) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise _unreadable(name, error) from error
    if len(data) > most:
        raise LimitError("cli.file_too_large", path=_shown(name), limit=most)
    if not data:
        raise MalformedError("cli.file_empty", path=_shown(name))
    return data


def read_json(name: str) -> JsonObject:
    """The JSON object in a file or the standard input.

    Raises:
        MalformedError, LimitError: As ``read_bytes`` and ``jsontext.parse_object``.
    """
    return parse_object(read_bytes(name))


def read_text_line(name: str) -> str:
    """The first line of a small text file, without its end.

    Raises:
        MalformedError, LimitError: As ``read_bytes``; ``cli.file_not_text``.
    """
    try:
        return read_bytes(name, most=_LINE_BYTES).decode("utf-8").splitlines()[0]
    except UnicodeDecodeError as error:
        raise MalformedError("cli.file_not_text", path=_shown(name)) from error


def _targets(name: str) -> list[Target]:
    if name == STDIN or is_url(name) or not _is_folder(name):
        return [Target(name=name)]
    try:
        with os.scandir(name) as entries:
            files = sorted(entry.name for entry in entries if entry.is_file())
    except OSError as error:
        return [Target(name=name, problem=_unreadable(name, error))]
    if not files:
        return [Target(name=name, problem=MalformedError("cli.folder_empty", path=name))]
    return [Target(name=os.path.join(name, file)) for file in files]  # noqa: PTH118 - keeps "./" and "//" as they were named


def _is_folder(name: str) -> bool:
    try:
        return Path(name).is_dir()
    except (OSError, ValueError):  # said when it is read
        return False


def _unreadable(name: str, error: Exception) -> MalformedError:
    reason = (error.strerror if isinstance(error, OSError) else None) or type(error).__name__
    return MalformedError("cli.file_unreadable", path=name, reason=reason)


def _shown(name: str) -> str:
    return "the standard input" if name == STDIN else name
