"""``openbadges framework``: a thin wrapper; output exactly as the contract says."""

from __future__ import annotations

import argparse
import io
import json
import sys
import types
from pathlib import Path

import pytest

from openbadges.cli import framework as verb
from openbadges.errors import ConfigurationError, LimitError, MalformedError
from openbadges.frameworks import (
    FrameworkLimits,
    ImportProblems,
    OverlayRefused,
    starter_frameworks,
    to_document,
    write_framework,
)

MOSAIC = {
    "format": "openbadges-framework/1",
    "id": "https://mosaic.example/f",
    "title": {"en": "Mosaic"},
    "extends": ["https://badges.example.org/frameworks/movement-skills"],
    "skills": [{"code": "MOS-1", "label": {"en": "Oral knowledge"}, "broader": ["MS-F"]}],
    "roles": [
        {
            "code": "MOS-R1",
            "label": {"en": "Host"},
            "basedOn": "LR-organiser",
            "requires": [{"skill": "MOS-1", "level": 2}],
        }
    ],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for framework, name in zip(starter_frameworks(), ("skills", "leadership"), strict=True):
        (tmp_path / f"{name}.json").write_text(write_framework(framework, "json").text, encoding="utf-8")
    (tmp_path / "mosaic.json").write_text(json.dumps(MOSAIC), encoding="utf-8")
    return tmp_path


def run(*arguments: object) -> int:
    parser = argparse.ArgumentParser()
    verb.configure(parser)
    return verb.run(parser.parse_args([str(argument) for argument in arguments]))


def test_profile_prints_the_contract(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        run(
            "profile",
            folder / "skills.json",
            folder / "leadership.json",
            "--role",
            "LR-peer-leader",
            "--context",
            "LX-youth",
            "--json",
        )
        == 0
    )
    assert json.loads(capsys.readouterr().out) == {
        "levels": {
            "LD-D1": 2, "LD-D2": 1, "LD-G1": 1, "LD-G3": 3, "LD-R1": 2, "LD-R2": 2, "LD-R3": 1, "LD-S1": 2, "LD-S2": 1,
            "MS-P4": 3,
        }
    }  # fmt: skip


def test_profile_with_a_local_layer(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = (folder / "skills.json", folder / "leadership.json")
    assert run("profile", *files, "--role", "MOS-R1", "--overlay", folder / "mosaic.json", "--json") == 0
    assert json.loads(capsys.readouterr().out)["levels"]["MOS-1"] == 2


def test_profile_for_people_explains_on_request(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("profile", folder / "leadership.json", "--role", "LR-organiser", "--context", "LX-high-risk")
    run(*arguments)
    plain = capsys.readouterr().out
    assert "LR-organiser in LX-high-risk:" in plain
    assert "  3  LD-S2  Care for wellbeing" in plain
    assert "  4  MS-P4\n" in plain  # the framework of this skill was not given
    assert "publicEvidence: no" in plain
    assert "not stored" in plain
    run(*arguments, "--explain")
    assert "LX-high-risk changes the level by 1: 3" in capsys.readouterr().out
    run(*arguments, "--explain", "--json")
    assert json.loads(capsys.readouterr().out)["context"] == "LX-high-risk"
    run(*arguments[:4])
    assert "LR-organiser:" in capsys.readouterr().out


def test_show_prints_the_tree(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("show", folder / "leadership.json", "--language", "fr") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Leadership dans les communautés de la connaissance libre (base) (0.1.0)"
    assert "  LD-D  Fixer le cap ensemble" in lines
    assert "    LD-D1  Construire un but commun" in lines
    assert "roles:" in lines
    run("show", folder / "mosaic.json")
    assert "contexts:" not in capsys.readouterr().out


def test_show_escapes_what_a_terminal_would_obey(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    skill = {"code": "A", "label": {"en": "\x1b[2Jgone"}}
    (tmp_path / "f.json").write_text(json.dumps({**MOSAIC, "skills": [skill], "roles": []}))
    run("show", tmp_path / "f.json")
    assert "\x1b" not in capsys.readouterr().out


def test_check_counts_and_names_what_is_not_there(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", folder / "skills.json", folder / "leadership.json") == 0
    assert capsys.readouterr().out.splitlines() == [
        "Movement organiser skills (starter): 6 groups, 30 skills, 4 levels, 0 roles, 0 contexts, 6 languages",
        (
            "Leadership in free knowledge communities (starter): "
            "4 groups, 12 skills, 4 levels, 8 roles, 5 contexts, 6 languages"
        ),
    ]
    run("check", folder / "leadership.json")
    assert "LR-organiser requires MS-O1: not in the files given" in capsys.readouterr().out


def test_check_lists_every_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "f.json").write_text(json.dumps({**MOSAIC, "code": "", "skills": [{"code": "A"}]}))
    with pytest.raises(ImportProblems):
        run("check", tmp_path / "f.json")
    errors = capsys.readouterr().err.splitlines()
    assert [line.split(":")[0] for line in errors] == ["/code", "/skills/0"]


def test_check_names_the_file_of_each_problem_and_looks_at_the_others(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "wrong.json").write_text(json.dumps({**MOSAIC, "skills": [{"code": "A"}, 1]}))
    (folder / "other.json").write_text("{}")
    assert run("check", folder / "wrong.json", folder / "other.json", folder / "absent", folder / "skills.json") == 4
    said = capsys.readouterr()
    assert [line.removeprefix(str(folder)).split(": ")[:2] for line in said.err.splitlines()] == [
        ["/wrong.json", "/skills/0"],
        ["/wrong.json", "/skills/1"],
        ["/other.json", "This does not look like a framework file. Formats that can be read"],
        ["/absent", f"There is no file {folder / 'absent'}. Check the name and the folder."],
    ]
    assert said.out.startswith("Movement organiser skills (starter): 6 groups, 30 skills")


def test_a_refused_layer_lists_every_conflict(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    layer = {**MOSAIC, "skills": [{"code": "MS-F2", "label": {"en": "Mine"}}]}
    (folder / "mosaic.json").write_text(json.dumps(layer))
    with pytest.raises(OverlayRefused):
        run("profile", folder / "skills.json", "--role", "X", "--overlay", folder / "mosaic.json")
    assert len(capsys.readouterr().err.splitlines()) >= 2


MISSING = (
    "“Mosaic” extends “https://badges.example.org/frameworks/movement-skills”, which is not here. Add that framework, "
    "too: on the command line its file, in the service by bringing it in first. Or take it out of “extends”."
)


def test_a_layer_without_what_it_extends_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    layer, leadership = folder / "mosaic.json", folder / "leadership.json"
    with pytest.raises(OverlayRefused):
        run("check", layer)
    assert MISSING in capsys.readouterr().err
    assert run("check", leadership, layer) == 1
    assert f"{layer}: https://mosaic.example/f: {MISSING}" in capsys.readouterr().err.splitlines()
    assert run("check", folder / "skills.json", leadership, layer) == 0
    assert capsys.readouterr().err == ""


def test_a_profile_comes_from_what_is_given_and_says_what_is_not(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    skills, leadership, layer = (folder / name for name in ("skills.json", "leadership.json", "mosaic.json"))
    asked = ("--role", "MOS-R1", "--json")
    assert run("profile", skills, leadership, "--overlay", layer, *asked) == 0
    whole = capsys.readouterr()
    assert whole.err == ""
    for arguments in ((leadership, "--overlay", layer), (leadership, layer)):
        assert run("profile", *arguments, *asked) == 0
        assert capsys.readouterr() == (whole.out, f"{MISSING}\n")


def test_a_layer_counts_the_same_however_it_is_given(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    below, layer = (folder / "skills.json", folder / "leadership.json"), folder / "mosaic.json"
    more = [{"role": "LR-organiser", "requires": [{"skill": "MOS-1", "level": 2}]}]
    layer.write_text(json.dumps({**MOSAIC, "stricter": more}))
    answers = []
    for files in ((*below, "--overlay", layer), (*below, layer), (layer, *below)):
        assert run("profile", *files, "--role", "LR-organiser", "--explain", "--json") == 0
        answers.append(capsys.readouterr().out)
    assert json.loads(answers[0])["levels"]["MOS-1"] == 2
    assert answers[1:] == answers[:1] * 2


def test_of_several_layers_the_upper_one_counts_and_none_is_guessed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    below = (folder / "skills.json", folder / "leadership.json")
    layer, upper = folder / "mosaic.json", folder / "upper.json"
    more = [{"role": "MOS-R1", "requires": [{"skill": "MOS-1", "level": 4}]}]
    document = {**MOSAIC, "id": "https://upper.example/f", "title": {"en": "Upper"}, "skills": [], "roles": []}
    upper.write_text(json.dumps({**document, "extends": [MOSAIC["id"]], "stricter": more}))
    for files in ((*below, layer, "--overlay", upper), (upper, *below, layer)):
        assert run("profile", *files, "--role", "MOS-R1", "--json") == 0
        assert json.loads(capsys.readouterr().out)["levels"]["MOS-1"] == 4
    upper.write_text(json.dumps({**document, "stricter": more}))
    with pytest.raises(ConfigurationError) as caught:
        run("profile", *below, layer, upper, "--role", "MOS-R1")
    assert (caught.value.code, caught.value.params["layers"]) == ("cli.several_layers", ["Mosaic", "Upper"])


def test_check_lays_a_layer_over_what_it_extends(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    layer = folder / "mosaic.json"
    layer.write_text(json.dumps({**MOSAIC, "skills": [{"code": "ms-f2", "label": {"en": "Mine"}, "onlyLocal": True}]}))
    upper = {**MOSAIC, "id": "https://upper.example/f", "extends": [MOSAIC["id"]], "roles": []}  # a layer over a layer
    upper["skills"] = [{"code": "U-1", "label": {"en": "Mine"}, "broader": ["ms-f2"]}]
    (folder / "upper.json").write_text(json.dumps(upper))
    files = (folder / "skills.json", folder / "leadership.json", layer, folder / "upper.json")
    assert run("check", *files) == 1
    said = capsys.readouterr().err.splitlines()
    assert [line.partition(": ")[0] for line in said] == [str(layer)]
    assert "“ms-f2” is defined by “Movement organiser skills (starter)”, and “Mosaic” defines it again." in said[0]


@pytest.mark.parametrize("name", ["case", "ctdl-asn", "csv", "json"])
def test_convert_writes_one_file_and_says_what_is_lost(
    folder: Path, capsysbinary: pytest.CaptureFixture[bytes], name: str
) -> None:
    arguments = ("convert", folder / "leadership.json", "--with", folder / "skills.json", "--to", name)
    assert run(*arguments, "-o", folder / "out") == 0
    assert (capsysbinary.readouterr().err == b"") == (name == "json")
    assert run(*arguments) == 0
    assert capsysbinary.readouterr().out == (folder / "out").read_bytes()


def test_convert_does_not_replace_what_it_reads(folder: Path) -> None:
    before = (folder / "skills.json").read_bytes()
    with pytest.raises(ConfigurationError) as caught:
        run("convert", folder / "skills.json", "--to", "csv", "-o", folder / "skills.json")
    assert caught.value.code == "cli.same_file"
    assert (folder / "skills.json").read_bytes() == before


def test_a_table_gets_its_id_from_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "t.csv").write_text("code,label\nA,Un\n")
    options = ("--from", "csv", "--framework-id", "https://t.example/", "--language", "fr")
    assert run("convert", tmp_path / "t.csv", "--to", "json", *options) == 0
    assert json.loads(capsys.readouterr().out)["skills"][0]["label"] == {"fr": "Un"}


def test_the_standard_input_is_a_file_once(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    skills, _ = starter_frameworks()
    content = json.dumps(to_document(skills)).encode()
    monkeypatch.setattr(sys, "stdin", types.SimpleNamespace(buffer=io.BytesIO(content)))
    assert run("show", "-") == 0
    assert "MS-T1" in capsys.readouterr().out
    with pytest.raises(ConfigurationError) as caught:
        run("profile", "-", "--overlay", "-", "--role", "R")
    assert caught.value.code == "cli.stdin_twice"


def test_a_file_that_cannot_be_read_is_malformed_input(tmp_path: Path) -> None:
    with pytest.raises(MalformedError):
        run("show", tmp_path / "missing.json")


def test_a_file_that_is_too_large_is_not_read_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verb, "DEFAULT_FRAMEWORK_LIMITS", FrameworkLimits(file_bytes=5))
    (tmp_path / "f.json").write_text("{       }")
    with pytest.raises(LimitError):
        run("show", tmp_path / "f.json")


def test_an_unknown_role_is_a_mistake_of_the_caller(folder: Path) -> None:
    with pytest.raises(ConfigurationError):
        run("profile", folder / "leadership.json", "--role", "nobody")


def test_compare_tells_what_a_new_version_changes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    later = {**MOSAIC, "version": "2", "skills": [{**MOSAIC["skills"][0], "label": {"en": "Spoken knowledge"}}]}
    later["roles"], later["contexts"] = [], [{"code": "MOS-X", "label": {"en": "Far away"}}]
    (folder / "later.json").write_text(json.dumps(later), encoding="utf-8")
    assert run("compare", folder / "mosaic.json", folder / "later.json") == 0
    assert capsys.readouterr().out.splitlines() == [
        "~ https://mosaic.example/f  Mosaic (framework)",
        "    version: nothing -> 2",
        "~ MOS-1  Spoken knowledge",
        "    label en: Oral knowledge -> Spoken knowledge",
        "- MOS-R1  Host (roles)",
        "+ MOS-X  Far away (contexts)",
    ]
    assert run("compare", folder / "mosaic.json", folder / "mosaic.json") == 0
    assert capsys.readouterr().out == "Both say the same.\n"
    assert run("compare", folder / "mosaic.json", folder / "later.json", "--json") == 0
    assert json.loads(capsys.readouterr().out)["counts"]["items"] == {"changed": 1}


def test_the_verb_describes_itself() -> None:
    assert (verb.NAME, bool(verb.HELP)) == ("framework", True)
    for arguments in ([], ["convert", "x", "--to", "xml"], ["profile", "x"]):
        with pytest.raises(SystemExit) as caught:
            run(*arguments)
        assert caught.value.code == 2
