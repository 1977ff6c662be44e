"""A folder with a key, a badge and a status list, a command that is run in it, and streams that are terminals."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from openbadges import testing
from openbadges.cli import main
from openbadges.keys import save_key

LIST_URL = "https://badges.example.org/status/1"


class Done(NamedTuple):
    """How a command ended, and what it printed."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON document that was printed."""
        return json.loads(self.out)


class Terminal(io.TextIOWrapper):
    """A stream in memory that says it is a terminal."""

    def __init__(self, encoding: str = "utf-8", content: bytes = b"") -> None:
        super().__init__(io.BytesIO(content), encoding=encoding, write_through=True)

    def isatty(self) -> bool:
        return True

    @property
    def text(self) -> str:
        raw: Any = self.buffer
        return raw.getvalue().decode(self.encoding)


@pytest.fixture
def terminal() -> Callable[..., Terminal]:
    return Terminal


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """What lies in the working folder, signed once."""
    key = tmp_path_factory.mktemp("key") / "issuer.pem"
    save_key(testing.fixed_key(), key)
    entry = testing.status_entry(LIST_URL, 7)
    return {
        "issuer.pem": key.read_bytes(),
        "badge.json": bytes(testing.sign(testing.badge(credentialStatus=entry))),
        "plain.json": bytes(testing.sign(testing.badge())),
        "list.json": bytes(testing.sign(testing.status_list(LIST_URL))),
        "map.json": json.dumps({LIST_URL: "list.json"}).encode(),
        "picture.svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="4"/></svg>',
    }


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, files: Mapping[str, bytes], monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The working folder: issuer.pem, badge.json (place 7 of list.json), plain.json, map.json, picture.svg."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    for name, content in files.items():
        Path(name).write_bytes(content)
    Path("issuer.pem").chmod(0o600)
    before = os.umask(0o022)
    yield tmp_path
    os.umask(before)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """Run the command in this process."""

    def command(*arguments: str | Path) -> Done:
        capsys.readouterr()
        status = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return Done(status, out, err)

    return command


@pytest.fixture
def stdin(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """Give the command a standard input that is not a terminal."""

    def give(content: bytes) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))

    give(b"")
    return give
