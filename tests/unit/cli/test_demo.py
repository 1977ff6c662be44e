"""The demo shows the main job, and ends with an error when anything comes out otherwise than it should."""

from __future__ import annotations

import runpy
import struct
import sys
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from openbadges.cli import demo
from openbadges.cli.demo_picture import medal
from openbadges.errors import UnreachableError
from openbadges.verification import Verifier

SMALL = medal(24)


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Drawing is not what these tests are about."""
    monkeypatch.setattr("openbadges.cli.demo_picture.medal", lambda: SMALL)
    monkeypatch.setattr(demo, "medal", lambda: SMALL)


def test_everything_comes_out_as_it_should(capsys, run):
    sys.modules.pop("openbadges.cli.demo")
    with pytest.raises(SystemExit) as end:
        runpy.run_module("openbadges.cli.demo", run_name="__main__")
    assert end.value.code == 0
    out = capsys.readouterr().out
    assert "✔ PASS This badge is genuine and valid today." in out
    assert "✘ FAIL Genuine, but the issuer withdrew it." in out
    assert "✘ FAIL Changed after it was signed" in out
    assert out.count("✔ PASS") == 1
    assert out.count("✘ FAIL") == 2
    assert "█▀" in out
    (folder,) = Path("var/demo").iterdir()
    names = {"ann.json", "ann.png", "ben.json", "changed.png", "documents.json", "issuer.pem", "list.json"}
    assert {path.name for path in folder.iterdir()} == names
    command = out.splitlines()[-1].split()
    assert run(*command[command.index("verify") :]).status == 0


def test_a_surprise_is_an_error(monkeypatch, capsys):
    check = Verifier.check

    def something_else(self, _badge, **settings):
        return check(self, Path("plain.json").read_bytes(), **settings)

    monkeypatch.setattr(Verifier, "check", something_else)
    assert demo.main() == 1
    assert capsys.readouterr().out.count("This should not have happened:") == 4


def test_what_ends_it_is_one_sentence(monkeypatch, capsys):
    def fail(*_, **__):
        raise UnreachableError("network.offline", url="x")

    monkeypatch.setattr(demo, "issue", fail)
    assert demo.main() == 1
    assert capsys.readouterr().err.startswith("The demo could not go on: x is needed")
    Path("var/demo").rename("var/old")
    Path("var/demo").touch()
    assert demo.main() == 1


def test_the_interpreter_is_named_as_at_a_prompt_here(monkeypatch, folder, capsys):
    monkeypatch.setattr(sys, "executable", str(folder / ".venv" / "bin" / "python"))
    assert demo.main() == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("  .venv/bin/python -m openbadges verify --offline ")


def test_a_terminal_without_blocks_gets_the_identifier_as_text(monkeypatch, terminal):
    out = terminal("ascii")
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setenv("NO_COLOR", "1")
    assert demo.main() == 0
    assert "  The same as text: did:key:" in out.text


def test_without_a_skill_about_events_the_first_skill_serves(monkeypatch):
    assert "event" in demo._first_skill()[1].label["en"].lower()
    monkeypatch.setattr(demo, "text", lambda _texts, _language: None)
    framework, skill = demo._first_skill()
    assert skill == next(item for item in framework.items if item.kind != "group")


@pytest.mark.parametrize("size", [16, 33])
def test_the_medal_is_a_picture_of_its_size(size):
    data = medal(size)
    assert struct.unpack(">II", data[16:24]) == (size, size)
    with Image.open(BytesIO(data)) as image:
        pixels = image.convert("RGBA")
        assert pixels.getpixel((0, 0))[3] == 0
        assert pixels.getpixel((size // 2, round(size * 0.4))) == (255, 244, 214, 255)
