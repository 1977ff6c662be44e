"""What the command writes: files whole or not at all, and text that cannot do anything to a terminal."""

from __future__ import annotations

import errno
import json
import os
import re
import secrets
import shutil
import stat
import sys
import textwrap
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, TextIO

from openbadges.errors import ConfigurationError
from openbadges.messages import safe_text

__all__ = ["STDOUT", "Screen", "json_text", "refuse_same_file", "say", "write_output"]

STDOUT = "-"

_LONGEST_LINE = 2_000  # characters of one fact or sentence
_NOT_PLAIN = re.compile(r"[^\x20-\x7e\n]")
_COLOURS: Mapping[str, str] = MappingProxyType({"green": "32", "red": "31", "yellow": "33", "dim": "2", "bold": "1"})


class Screen:
    """Text for people. Everything that is said goes through ``safe_text``; colour only where it is seen and wanted.

    Args:
        stream: Where to; the standard output by default.
    """

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = sys.stdout if stream is None else stream
        self._terminal = self._stream.isatty()
        dumb = os.environ.get("TERM") == "dumb"
        self._colour = self._terminal and not dumb and not os.environ.get("NO_COLOR")
        self.width = shutil.get_terminal_size().columns if self._terminal else None

    def line(self, text: str = "", *, indent: str = "", mark: str = "", colour: str = "", whole: bool = False) -> None:
        """Print one sentence; on a terminal it is wrapped under its beginning.

        Args:
            text: What is said; control characters in it are shown escaped.
            indent: Blanks before it.
            mark: A sign or word before it, in ``colour``.
            colour: Name of a colour, for ``mark``, or for the text when there is no mark.
            whole: Do not wrap it: a drawing, or something to copy.
        """
        body = safe_text(text, longest=_LONGEST_LINE)
        lead = f"{mark} " if mark else ""
        lines = [body] if whole else self._wrapped(body, len(indent) + len(lead)) or [""]
        first = f"{self.paint(mark, colour)} {lines[0]}" if mark else self.paint(lines[0], colour)
        rest = [" " * (len(indent) + len(lead)) + line for line in lines[1:]]
        print("\n".join([(indent + first).rstrip(" "), *rest]), file=self._stream)

    def paint(self, text: str, colour: str) -> str:
        """``text`` in a colour, where colours are wanted."""
        if not self._colour or not colour or not text:
            return text
        return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m"

    def sign(self, preferred: str, plain: str) -> str:
        """``preferred`` if the stream's encoding has it, else ``plain``."""
        try:
            preferred.encode(self._stream.encoding or "ascii")
        except (UnicodeEncodeError, LookupError):
            return plain
        return preferred

    def _wrapped(self, text: str, used: int) -> list[str]:
        if self.width is None:
            return [text]
        return textwrap.wrap(text, max(self.width - used, 20), break_long_words=False, break_on_hyphens=False)


def say(text: str) -> None:
    """Print a remark to the standard error, beside the output."""
    print(safe_text(text, longest=_LONGEST_LINE), file=sys.stderr)


def json_text(value: Any, *, pretty: bool = False) -> str:
    """JSON that is safe to print: what could steer a terminal or turn text around is written as its number."""
    text = json.dumps(value, ensure_ascii=False, indent=2 if pretty else None)
    return _NOT_PLAIN.sub(_json_escape, text)


def write_output(path: str, data: bytes, *, inputs: Iterable[str] = (), secret: bool = False) -> None:
    """Write a result, whole or not at all.

    Args:
        path: A file, or ``-`` for the standard output. An existing file is replaced only once all is written.
        data: The whole result.
        inputs: What it was made of; none of these files is replaced.
        secret: It is a private key, which is never shown on a terminal.

    Raises:
        ConfigurationError: ``cli.same_file``, ``cli.secret_to_terminal``, ``cli.binary_to_terminal`` or
            ``cli.not_written``.
    """
    if path == STDOUT:
        _to_stdout(data, secret=secret)
        return
    refuse_same_file(path, inputs)
    try:
        place = Path(os.path.realpath(path))  # alike in all versions of Python, which differ in how Path takes loops
        if place.is_symlink():  # still one after all links were followed: they go in a circle
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
        _to_file(place, data)
    except (OSError, ValueError) as error:  # also NUL in a name
        reason = (error.strerror if isinstance(error, OSError) else None) or type(error).__name__
        raise ConfigurationError("cli.not_written", path=path, reason=reason) from error


def refuse_same_file(output: str, inputs: Iterable[str]) -> None:
    """Refuse to replace an input, before any work is done.

    Raises:
        ConfigurationError: ``cli.same_file``.
    """
    for name in inputs:
        try:
            same = STDOUT not in (output, name) and Path(output).samefile(name)
        except (OSError, ValueError):
            continue  # one of them is not there yet
        if same:
            raise ConfigurationError("cli.same_file", path=output)


def _to_stdout(data: bytes, *, secret: bool) -> None:
    if sys.stdout.isatty():
        if secret:
            raise ConfigurationError("cli.secret_to_terminal")
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise ConfigurationError("cli.binary_to_terminal") from error
        print(_NOT_PLAIN.sub(_terminal_escape, text.removesuffix("\n")))
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def _to_file(place: Path, data: bytes) -> None:
    old = place.stat().st_mode if place.exists() else None
    if old is not None and not stat.S_ISREG(old):
        place.write_bytes(data)  # a pipe or device has no "half"; a folder refuses
        return
    draft = place.with_name(f".{place.name[:100]}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if old is not None:
            draft.chmod(stat.S_IMODE(old))
        draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)


def _json_escape(found: re.Match[str]) -> str:
    character = found.group()
    if safe_text(character) == character:
        return character
    return json.dumps(character)[1:-1] if character != "\x7f" else "\\u007f"


def _terminal_escape(found: re.Match[str]) -> str:
    return "    " if found.group() == "\t" else safe_text(found.group())
