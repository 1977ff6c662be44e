"""The maintainer's command that writes the pinned contexts."""

from __future__ import annotations

import hashlib
import json
import runpy
import sys

import pytest

from openbadges.contexts import pin as command
from openbadges.errors import ConfigurationError

URL = "https://example.org/context"


def digest(data):
    return hashlib.sha256(data).hexdigest()


def source(folder, rows):
    lines = ["url\tfile\tsha256 of the bytes\tsha256 of the JSON\tnote"]
    for url, name, document, indent in rows:
        data = json.dumps(document, indent=indent).encode()
        (folder / name).write_bytes(data)
        plain = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        lines.append("\t".join([url, name, digest(data), digest(plain), "a note"]))
    (folder / "INDEX.tsv").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


@pytest.fixture
def folders(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "out").mkdir()
    return tmp_path / "in", tmp_path / "out"


def test_copies_are_normalised_and_described(folders):
    document = {"@context": {"b": "urn:b", "a": "urn:é"}}
    index = command.pin(source(folders[0], [(URL, "ob-x.json", document, 4)]), folders[1])
    assert (folders[1] / "ob-x.json").read_text("utf-8") == (
        '{\n "@context": {\n  "a": "urn:é",\n  "b": "urn:b"\n }\n}\n'
    )
    assert json.loads((folders[1] / "index.json").read_text("utf-8")) == index
    assert [(entry["url"], entry["edition"], entry["profile"], entry["default"]) for entry in index] == [
        (URL, "ob-x", "badge", True)
    ]
    assert index[0]["licence"].startswith("LicenseRef-1EdTech")


def test_one_json_in_two_forms_is_one_entry_and_older_editions_are_left_out(folders):
    document = {"@context": {"a": "urn:a"}}
    rows = [
        (URL, "odrl.jsonld", document, None),
        (URL, "two.jsonld", document, 2),
        ("(historic) " + URL, "old.jsonld", {"@context": {}}, None),
        (URL, "ob-3.0.3.json", {"@context": {"z": "urn:z"}}, None),
    ]
    index = command.pin(source(folders[0], rows), folders[1])
    assert [(entry["file"], len(entry["sha256"]), entry["profile"], entry["default"]) for entry in index] == [
        ("odrl.json", 2, "generic", True),
        ("ob-3.0.3.json", 1, "badge", False),
    ]
    assert sorted(path.name for path in folders[1].iterdir()) == ["index.json", "ob-3.0.3.json", "odrl.json"]


def test_a_file_that_is_not_the_described_one_is_refused(folders):
    source(folders[0], [(URL, "a.jsonld", {"@context": {}}, None)])
    (folders[0] / "a.jsonld").write_text('{"@context": {"evil": "urn:evil"}}')
    with pytest.raises(ConfigurationError) as caught:
        command.pin(folders[0], folders[1])
    assert caught.value.code == "context.pin_mismatch"
    assert list(folders[1].iterdir()) == []


def test_a_folder_without_table_or_a_table_without_columns_is_refused(folders):
    with pytest.raises(ConfigurationError, match=r"INDEX\.tsv"):
        command.pin(folders[0], folders[1])
    (folders[0] / "INDEX.tsv").write_text("url\nhttps://example.org/only\n")
    with pytest.raises(ConfigurationError, match=r"INDEX\.tsv"):
        command.pin(folders[0], folders[1])


def test_the_command(folders, capsys, monkeypatch):
    monkeypatch.setattr(command, "pin", lambda folder: [{}] if folder == folders[0] else command_error())
    assert command.main([str(folders[0])]) == 0
    assert capsys.readouterr().out == "1 contexts pinned\n"
    assert command.main([str(folders[1])]) == 1
    assert "INDEX.tsv" in capsys.readouterr().err
    assert command.main([]) == 2
    assert "usage" in capsys.readouterr().err


def command_error():
    raise ConfigurationError("context.pin_source", folder="x")


def test_the_module_is_a_command(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["pin"])
    monkeypatch.delitem(sys.modules, "openbadges.contexts.pin")
    with pytest.raises(SystemExit) as caught:
        runpy.run_module("openbadges.contexts.pin", run_name="__main__")
    assert caught.value.code == 2
