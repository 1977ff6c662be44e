"""The command as a whole: usage, errors, exit statuses; never a traceback."""

from __future__ import annotations

import errno
import runpy
import subprocess
import sys
from importlib import import_module
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from openbadges import cli
from openbadges.cli import VERBS, build_parser, exits, main
from openbadges.errors import (
    ConfigurationError,
    IssuingError,
    KeyMaterialError,
    LimitError,
    MalformedError,
    RefusedError,
    UnreachableError,
    UnsupportedError,
)


@pytest.mark.parametrize("name", VERBS)
def test_a_verb_has_the_shape_that_verbs_have(name, run):
    verb = import_module(VERBS[name])
    assert name == verb.NAME
    assert verb.HELP
    done = run(name, "--help")
    assert done.status == 0
    assert done.out.startswith(f"usage: openbadges {name}")


def test_the_help_lists_every_verb(run):
    done = run("--help")
    assert done.status == 0
    assert all(f"    {name} " in done.out for name in VERBS)


def test_without_a_verb_the_help_is_shown_as_an_error(run):
    done = run()
    assert (done.status, done.out) == (2, "")
    assert all(f"    {name} " in done.err for name in VERBS)


def test_the_whole_parser_and_the_parser_of_one_verb_agree():
    arguments = ["verify", "--offline", "a.png"]
    whole, one = build_parser().parse_args(arguments), build_parser("verify").parse_args(arguments)
    assert (whole.inputs, whole.run) == (one.inputs, one.run)


@pytest.mark.parametrize(
    "arguments",
    [
        ["no-such-verb"],
        ["verify"],
        ["verify", "--no-such-option", "plain.json"],
        ["verify", "--off", "plain.json"],  # options are not abbreviated
        ["verify", "plain.json", "--profile", "x"],
        ["status"],
    ],
)
def test_wrong_usage_ends_with_2_and_one_sentence(arguments, run):
    done = run(*arguments)
    assert done.status == 2
    assert done.out == ""
    assert done.err.startswith("usage: openbadges")


def test_what_was_typed_is_shown_escaped(run):
    done = run("verify", "--\x1b[31m", "x")
    assert "\x1b" not in done.err
    assert "\\u001b" in done.err
    assert "\x1b" not in run("\x1b[31m").err


def test_the_version(run, monkeypatch):
    monkeypatch.setattr(cli, "version", lambda _: "1.2.3")
    assert run("--version") == (0, "openbadges-kit 1.2.3\n", "")

    def absent(_name):
        raise PackageNotFoundError

    monkeypatch.setattr(cli, "version", absent)
    assert run("--version") == (0, "openbadges-kit (not installed)\n", "")


def _raising(monkeypatch, error):
    def fail(_args):
        raise error

    monkeypatch.setattr("openbadges.cli.canonical.run", fail)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (KeyboardInterrupt(), 130),
        (BrokenPipeError(), 141),
        (OSError(errno.ENOSPC, "No space left on device"), 74),
        (RecursionError("deep"), 70),
        (AttributeError("secret\nthing"), 70),
    ],
)
def test_whatever_happens_there_is_no_traceback(error, status, run, monkeypatch):
    _raising(monkeypatch, error)
    done = run("canonical", "plain.json")
    assert done.status == status
    assert len(done.err.splitlines()) == (0 if status == 141 else 1)
    assert "secret" not in done.err


def test_a_closed_pipe_is_left_quietly(root):
    script = "from openbadges.cli import main; import sys; sys.exit(main(['schema', 'show', 'profile']))"
    with subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 141


def test_a_verb_that_fails_says_so_in_one_sentence(run):
    done = run("canonical", "absent.json")
    assert done == (
        4,
        "",
        "openbadges canonical: There is no file absent.json. Check the name and the folder.\n",
    )


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (ConfigurationError("bulk.jobs", jobs=0), 2),
        (MalformedError("json.empty"), 4),
        (LimitError("json.too_deep", limit=1), 4),
        (KeyMaterialError("signing_key.pem"), 4),
        (UnsupportedError("key.kind"), 3),
        (UnreachableError("network.offline"), 3),
        (RefusedError("signature.wrong"), 1),
        (IssuingError("issue.form"), 1),
    ],
)
def test_every_kind_of_error_has_its_status(error, status):
    assert exits.status_of_error(error) == status


def test_a_refusal_to_issue_counts_as_its_cause():
    error = IssuingError("issue.refused", reason="x")
    error.__cause__ = UnsupportedError("context.unknown", url="x")
    assert exits.status_of_error(error) == 3
    error.__cause__ = ValueError()
    assert exits.status_of_error(error) == 1


@pytest.mark.parametrize(
    ("statuses", "expected"), [([0, 3, 1, 4], 4), ([0, 3, 1], 1), ([0, 3], 3), ([0, 0], 0), ([], 0)]
)
def test_of_several_statuses_the_first_of_4_1_3_0_applies(statuses, expected):
    assert exits.worst(statuses) == expected


def test_the_package_is_the_command(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["openbadges", "verify", "--offline", "plain.json", "--json"])
    with pytest.raises(SystemExit) as end:
        runpy.run_module("openbadges", run_name="__main__")
    assert end.value.code == 0
    assert '"outcome": "pass"' in capsys.readouterr().out
    assert "main" in runpy.run_module("openbadges")


def test_a_stream_without_encoding_settings_is_left_alone(monkeypatch, capsys):
    class Bare:
        def __init__(self, inner):
            self.write, self.flush, self.isatty = inner.write, inner.flush, inner.isatty

    monkeypatch.setattr(sys, "stdout", Bare(sys.stdout))
    assert main(["schema", "list"]) == 0
    assert "profile" in capsys.readouterr().out


def test_a_character_that_cannot_be_shown_becomes_its_number(monkeypatch, terminal):
    out = terminal("ascii")
    monkeypatch.setattr(sys, "stdout", out)
    assert main(["verify", "--offline", "plain.json"]) == 0
    assert "+ PASS" in out.text
    assert Path("plain.json").exists()
