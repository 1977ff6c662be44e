"""What is read: every way in which there is nothing to read has its sentence."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from openbadges import testing
from openbadges.cli.inputs import Target, portable, read_bytes, read_json, read_target, read_text_line, targets_of
from openbadges.errors import ConfigurationError, LimitError, MalformedError, OpenBadgesError


def code_of(call, *arguments, **settings):
    with pytest.raises(OpenBadgesError) as caught:
        call(*arguments, **settings)
    return type(caught.value), caught.value.code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("absent", "cli.file_missing"),
        ("sub", "cli.file_is_folder"),
        ("empty", "cli.file_empty"),
        ("nul\0", "cli.file_unreadable"),
        ("picture.svg/x", "cli.file_unreadable"),
        ("x" * 300, "cli.file_unreadable"),
    ],
)
def test_what_cannot_be_read_is_malformed_with_its_own_sentence(name, code):
    Path("sub").mkdir()
    Path("empty").touch()
    assert code_of(read_bytes, name) == (MalformedError, code)


def test_reading_stops_at_the_limit(stdin):
    Path("large").write_bytes(b"12345")
    assert read_bytes("large", most=5) == b"12345"
    assert code_of(read_bytes, "large", most=4) == (LimitError, "cli.file_too_large")
    stdin(b"12345")
    assert code_of(read_bytes, "-", most=4) == (LimitError, "cli.file_too_large")


def test_a_dash_is_the_standard_input(stdin):
    stdin(b'{"a": 1}')
    assert read_json("-") == {"a": 1}
    assert code_of(read_bytes, "-") == (MalformedError, "cli.file_empty")


def test_the_standard_input_is_read_before_it_goes_to_another_process(stdin):
    stdin(b"badge")
    assert portable(Target(name="plain.json")) == Target(name="plain.json")
    carried = portable(Target(name="-"))
    assert read_target(carried, testing.FakeWeb()) == b"badge"
    assert code_of(read_target, portable(Target(name="-")), testing.FakeWeb()) == (MalformedError, "cli.file_empty")


def test_the_first_line_of_a_file():
    Path("line").write_bytes(b"secret \r\nmore")
    assert read_text_line("line") == "secret "
    Path("line").write_bytes(b"\xff")
    assert code_of(read_text_line, "line") == (MalformedError, "cli.file_not_text")


def test_a_folder_stands_for_its_files_in_name_order_and_not_for_its_folders():
    for name in ("d/b", "d/a", "d/.hidden", "d/sub/c"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).touch()
    Path("d/dangling").symlink_to("nowhere")
    assert [target.name for target in targets_of(["d", "x", "d/"], offline=True)] == [
        *("d/.hidden", "d/a", "d/b"),
        "x",
        *("d/.hidden", "d/a", "d/b"),
    ]


def test_a_folder_without_files_or_without_access_is_a_problem_of_its_own(monkeypatch):
    Path("d/sub").mkdir(parents=True)
    (target,) = targets_of(["d"], offline=True)
    assert target.problem.code == "cli.folder_empty"

    def denied(_name):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", denied)
    (target,) = targets_of(["d"], offline=True)
    assert target.problem.code == "cli.file_unreadable"


def test_a_name_that_no_file_can_have_is_left_for_reading():
    assert [target.name for target in targets_of(["nul\0", "x" * 5000], offline=True)] == ["nul\0", "x" * 5000]


@pytest.mark.parametrize(
    ("names", "offline", "code"),
    [
        (["-", "a", "-"], False, "cli.stdin_twice"),
        (["https://a.example/b"], True, "cli.url_offline"),
        (["http://a.example/b"], False, "cli.url_not_https"),
        (["FTP://a.example/b"], True, "cli.url_not_https"),
    ],
)
def test_inputs_that_cannot_be_used_are_wrong_usage(names, offline, code):
    assert code_of(targets_of, names, offline=offline) == (ConfigurationError, code)


def test_an_address_is_fetched():
    web = testing.FakeWeb()
    web.publish("https://a.example/b", b"badge")
    web.publish("https://a.example/empty", b"")
    (target,) = targets_of(["HTTPS://a.example/b"], offline=False)
    assert target.problem is None
    assert read_target(Target(name="https://a.example/b"), web) == b"badge"
    assert code_of(read_target, Target(name="https://a.example/empty"), web) == (MalformedError, "cli.file_empty")
    assert read_target(Target(name="plain.json"), web) == Path("plain.json").read_bytes()
    assert web.requests == ["https://a.example/b", "https://a.example/empty"]
