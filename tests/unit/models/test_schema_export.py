"""The JSON Schemas that are generated from the models."""

from __future__ import annotations

import json
import runpy
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft201909Validator

from openbadges.models import schema_export
from openbadges.models.schema_export import BASE_URL, main, schema_files

FILES = dict(schema_files())


def test_the_committed_files_are_the_generated_ones(root: Path) -> None:
    committed = {str(path.relative_to(root / "schemas")) for path in (root / "schemas").glob("json*/*.json")}
    assert committed == set(FILES)
    for path, content in FILES.items():
        assert (root / "schemas" / path).read_bytes() == content, f"{path}: run make schemas"


@pytest.mark.parametrize("path", FILES)
def test_each_is_a_valid_schema_with_its_official_address(path: str) -> None:
    schema = json.loads(FILES[path])
    Draft201909Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2019-09/schema"
    assert schema["$id"] == BASE_URL + path
    assert b"``" not in FILES[path]


def _arrays(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[tuple[Any, ...], dict[str, Any]]]:
    found = []
    if isinstance(value, dict):
        if value.get("type") == "array" and isinstance(value.get("items"), dict):
            found.append((path, value))
        for name, item in value.items():
            found += _arrays(item, (*path, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            found += _arrays(item, (*path, index))
    return found


@pytest.mark.parametrize("path", FILES)
def test_arrays_are_never_empty_and_unordered_ones_are_sets(path: str) -> None:
    for where, array in _arrays(json.loads(FILES[path])):
        assert array["minItems"] == 1
        ordered = where[-1] in ("allowedValue", "rubricCriterionLevel")
        assert array.get("uniqueItems", False) is not ordered, where


def test_only_the_compactable_members_may_be_bare() -> None:
    for name in ("anyachievementcredential", "anyendorsementcredential", "profile"):
        loose = json.loads(FILES[f"json-ld/ob_v3p0_{name}_schema.json"])["$defs"]
        strict = json.loads(FILES[f"json/ob_v3p0_{name}_schema.json"])["$defs"]
        assert set(loose) == set(strict)
        different = {
            (cls, member)
            for cls, definition in loose.items()
            for member, schema in definition.get("properties", {}).items()
            if schema != strict[cls]["properties"][member]
        }
        members = {member for _, member in different}
        assert members <= {"type", "proof", "credentialSchema", "termsOfUse", "credentialStatus"}
        assert not {cls for cls, member in different if member == "type"} & {
            "Image",
            "IdentityObject",
            "IdentifierEntry",
            "GeoCoordinates",
        }


def test_closed_classes_are_closed_and_the_others_open() -> None:
    definitions = json.loads(FILES["json/ob_v3p0_anyachievementcredential_schema.json"])["$defs"]
    closed = {name for name, schema in definitions.items() if schema.get("additionalProperties") is False}
    assert closed == {"Image", "IdentityObject", "IdentifierEntry"}
    assert {"AchievementCredential", "AchievementCredentialv1p1", "EndorsementCredentialv1p1"} < set(definitions)


def test_the_command_writes_and_compares(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check", str(tmp_path)]) == 1
    assert "make schemas" in capsys.readouterr().err
    assert main([str(tmp_path)]) == 0
    assert main(["--check", str(tmp_path)]) == 0
    target = tmp_path / "json/ob_v3p0_profile_schema.json"
    target.write_bytes(target.read_bytes() + b" ")
    assert main(["--check", str(tmp_path)]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_a_folder_that_cannot_be_written_is_said_and_not_a_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("x")
    assert main([str(tmp_path / "file")]) == 2
    assert "file" in capsys.readouterr().err


def test_it_runs_as_a_module(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "argv", ["schema_export", str(tmp_path)])
    monkeypatch.delitem(sys.modules, schema_export.__name__)
    with pytest.raises(SystemExit) as caught:
        runpy.run_module(schema_export.__name__, run_name="__main__")
    assert caught.value.code == 0
    assert (tmp_path / "json-ld/ob_v3p0_profile_schema.json").is_file()
