"""What is written: files whole or not at all, secrets never on a terminal, nothing that could steer one."""

from __future__ import annotations

import json
import os
import stat
import sys
from pathlib import Path

import pytest

from openbadges.cli.output import Screen, json_text, refuse_same_file, say, write_output
from openbadges.errors import ConfigurationError

NASTY = "a\x1b[31m\x07\r\n\x00\x9b\u202e\u2028b\ud800"


def code_of(call, *arguments, **settings):
    with pytest.raises(ConfigurationError) as caught:
        call(*arguments, **settings)
    return caught.value.code


def test_a_file_appears_whole():
    write_output("out.json", b"{}")
    assert Path("out.json").read_bytes() == b"{}"
    assert stat.S_IMODE(Path("out.json").stat().st_mode) == 0o644


def test_a_file_that_is_replaced_keeps_its_mode_and_its_link():
    Path("real.json").write_bytes(b"old")
    Path("real.json").chmod(0o600)
    Path("link.json").symlink_to("real.json")
    write_output("link.json", b"new")
    assert Path("link.json").is_symlink()
    assert Path("real.json").read_bytes() == b"new"
    assert stat.S_IMODE(Path("real.json").stat().st_mode) == 0o600


def test_a_file_that_cannot_be_completed_does_not_appear_and_spoils_nothing(monkeypatch):
    Path("out.json").write_bytes(b"old")

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    before = sorted(Path().iterdir())
    assert code_of(write_output, "out.json", b"new") == "cli.not_written"
    assert Path("out.json").read_bytes() == b"old"
    assert sorted(Path().iterdir()) == before


@pytest.mark.parametrize("path", ["absent/out.json", ".", "nul\0", "loop"])
def test_a_place_that_cannot_be_written_is_said(path):
    Path("loop").symlink_to("loop")
    assert code_of(write_output, path, b"x") == "cli.not_written"


def test_a_device_is_written_directly():
    write_output("/dev/null", b"x")
    assert not Path("/dev/null").is_file()


def test_an_input_is_never_replaced():
    Path("a").write_bytes(b"1")
    Path("b").hardlink_to("a")
    assert code_of(write_output, "a", b"2", inputs=("b",)) == "cli.same_file"
    assert Path("a").read_bytes() == b"1"
    refuse_same_file("-", ("a",))
    refuse_same_file("a", ("-", "absent", "nul\0"))


def test_standard_output_gets_the_very_bytes(capsysbinary):
    write_output("-", b"\x89PNG\xff")
    assert capsysbinary.readouterr().out == b"\x89PNG\xff"


def test_a_terminal_gets_no_secret_no_picture_and_no_control_characters(monkeypatch, terminal):
    out = terminal()
    monkeypatch.setattr(sys, "stdout", out)
    assert code_of(write_output, "-", b"KEY", secret=True) == "cli.secret_to_terminal"
    assert code_of(write_output, "-", b"\x89PNG\xff") == "cli.binary_to_terminal"
    assert out.text == ""
    write_output("-", "é\x1b[31m\u202e\tx\ny\n".encode())
    assert out.text == "é\\u001b[31m\\u202e    x\ny\n"


def test_a_pipe_gets_a_secret(capsysbinary):
    write_output("-", b"KEY", secret=True)
    assert capsysbinary.readouterr().out == b"KEY"


def test_json_text_is_safe_to_print_and_says_the_same():
    value = {NASTY: [NASTY, "😀é\x7f"]}
    for pretty in (False, True):
        text = json_text(value, pretty=pretty)
        assert json.loads(text) == value
        assert all(ord(character) >= 0x20 or character == "\n" for character in text)
        assert not set(text) & set("\x7f\x9b\u202e\u2028\ud800")
        assert "😀é" in text
    assert "\n" not in json_text(value)


def test_human_output_has_no_byte_below_0x20_but_line_ends(capsys):
    Screen().line(NASTY, indent="  ", mark="✘ FAIL", colour="red")
    say(NASTY)
    for text in capsys.readouterr():
        assert len(text.splitlines()) == 1
        assert all(ord(character) >= 0x20 or character == "\n" for character in text)


def test_colour_only_on_a_terminal_that_wants_it(monkeypatch, terminal, capsys):
    Screen().line("x", mark="y", colour="green")
    assert capsys.readouterr().out == "y x\n"
    out = terminal()
    Screen(out).line("x", mark="y", colour="green")
    Screen(out).line("x", colour="bold")
    Screen(out).line("x")
    assert out.text == "\x1b[32my\x1b[0m x\n\x1b[1mx\x1b[0m\nx\n"
    for name, value in (("NO_COLOR", "1"), ("TERM", "dumb")):
        with monkeypatch.context() as patch:
            patch.setenv(name, value)
            out = terminal()
            Screen(out).line("x", mark="y", colour="green")
            assert out.text == "y x\n"


def test_lines_are_wrapped_on_a_terminal_only(monkeypatch, terminal, capsys):
    monkeypatch.setenv("COLUMNS", "30")
    long = "word " * 10 + "end"
    out = terminal()
    Screen(out).line(long, indent="  ", mark="*")
    assert out.text.splitlines()[1].startswith("    word")
    assert max(map(len, out.text.splitlines())) <= 30
    out = terminal()
    Screen(out).line(long, whole=True)
    Screen(out).line()
    assert out.text == f"{long}\n\n"
    Screen().line(long)
    assert capsys.readouterr().out == f"{long}\n"


def test_a_sign_is_shown_where_the_encoding_has_it(terminal):
    assert Screen(terminal()).sign("✔", "+") == "✔"
    assert Screen(terminal("ascii")).sign("✔", "+") == "+"
