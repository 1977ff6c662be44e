"""The documentation says what is so: its code runs, its output is the real one, its links lead somewhere."""

from __future__ import annotations

import ast
import contextlib
import os
import re
import shlex
import subprocess
import sys
from doctest import ELLIPSIS, OutputChecker
from pathlib import Path

import pytest
from sybil import Example, Sybil
from sybil.parsers.myst import CodeBlockParser, PythonCodeBlockParser

ROOT = Path(__file__).resolve().parents[2]
LINK = re.compile(r"!?\[[^\]]*\]\(([^()\s]+)\)")
FENCE = re.compile(r"^(```|~~~).*?^\1\s*$", re.M | re.S)
EXECUTED = sorted(
    path
    for path in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md"))
    if re.search("^```(python|console)", path.read_text("utf-8"), re.M)
)


def _run_console(example: Example) -> None:
    """Run each ``$`` line of a console block and compare what it prints; ``...`` stands for anything."""
    for block in re.split(r"^\$ ", str(example.parsed), flags=re.M)[1:]:
        command, _, expected = block.replace("\\\n", " ").partition("\n")
        done = subprocess.run(
            ["sh", "-c", command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60, check=False
        )
        same = OutputChecker().check_output(expected.strip() + "\n", done.stdout.strip() + "\n", ELLIPSIS)
        assert same, f"{example.path}:{example.line}\n$ {command}\n{done.stdout}\ninstead of\n{expected}"


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in which ``openbadges`` is a command, as for a reader who has installed the package."""
    programs = tmp_path / ".bin"
    programs.mkdir()
    command = programs / "openbadges"
    start = "import sys; from openbadges.cli import main; sys.exit(main())"
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -c "{start}" "$@"\n')
    command.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", EXECUTED, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_code_of_a_page_runs_and_prints_what_the_page_says(page: Path, reader: Path) -> None:
    """``python`` blocks run in one namespace, ``console`` blocks in a shell; ``sh`` blocks are only shown."""
    sybil = Sybil(parsers=[PythonCodeBlockParser(), CodeBlockParser("console", _run_console)])
    with contextlib.redirect_stdout(sys.stderr):
        for example in sybil.parse(page).examples():
            example.evaluate()


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.strip().lower().replace("`", "")).replace(" ", "-")


def test_every_relative_link_leads_somewhere(pages: tuple[Path, ...], root: Path) -> None:
    broken = []
    for page in pages:
        for target in LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8"))):
            if re.match(r"[a-z]+:", target):
                continue
            name, _, anchor = target.partition("#")
            path = (page.parent / name).resolve() if name else page
            if not path.exists() or not path.is_relative_to(root):
                broken.append(f"{page.relative_to(root)}: {target}")
            elif anchor and path.suffix == ".md":
                headings = re.findall(r"^#+ (.*)$", FENCE.sub("", path.read_text(encoding="utf-8")), re.M)
                if anchor not in map(_anchor, headings):
                    broken.append(f"{page.relative_to(root)}: {target} (no such heading)")
    assert broken == []


def test_every_page_can_be_reached_from_the_index(pages: tuple[Path, ...], root: Path) -> None:
    docs = root / "docs"
    seen: set[Path] = set()
    waiting = [docs / "index.md"]
    while waiting:
        page = waiting.pop()
        if page in seen or page.suffix != ".md" or not page.is_file():
            continue
        seen.add(page)
        links = LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8")))
        waiting += [(page.parent / link.partition("#")[0]).resolve() for link in links if ":" not in link]
    assert [page.relative_to(root).as_posix() for page in pages if docs in page.parents and page not in seen] == []


def test_every_page_has_one_title(pages: tuple[Path, ...], root: Path) -> None:
    for page in pages:
        titles = re.findall(r"^# .+$", FENCE.sub("", page.read_text(encoding="utf-8")), re.M)
        assert len(titles) == 1, page.relative_to(root)


def test_generated_pages_are_current(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tools.reference", "--check"],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, f"run make docs\n{done.stdout}{done.stderr}"


def _decisions() -> list[Path]:
    return sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))


def test_decisions_are_numbered_without_gaps() -> None:
    assert [path.name[:4] for path in _decisions()] == [f"{number:04}" for number in range(len(_decisions()))]


@pytest.mark.parametrize("page", _decisions(), ids=lambda page: page.name)
def test_a_decision_has_its_parts(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    number = int(page.name[:4])
    assert re.match(rf"# {number}\. \S", text)
    assert re.search(r"^Status: (accepted|template|replaced by \[\d+\]\(\d{4}-[a-z0-9-]+\.md\))$", text, re.M)
    assert re.findall(r"^## (.*)$", text, re.M) == ["Context", "Decision", "Consequences"]
    assert len(text.splitlines()) <= 60


def test_the_changelog_is_in_form(root: Path) -> None:
    """Keep a Changelog: releases newest first, each entry under one of the six kinds of change."""
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    releases = re.findall(r"^## (.*)$", text, re.M)
    assert releases[0] == "[Unreleased]"
    for release in releases[1:]:
        assert re.fullmatch(r"\[\d+\.\d+\.\d+\] - \d{4}-\d{2}-\d{2}", release)
    assert releases[1:] == sorted(releases[1:], key=lambda r: [int(n) for n in re.findall(r"\d+", r)[:3]], reverse=True)
    kinds = set(re.findall(r"^### (.*)$", text, re.M))
    assert kinds <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def _check_ids() -> set[str]:
    """The ids of the library's checks: ``Check(id="...")``, and the first argument of the helpers that make one."""
    found = set()
    for path in (ROOT / "openbadges").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            values = [keyword.value for keyword in node.keywords if name == "Check" and keyword.arg == "id"]
            values += node.args[:1] if name in ("finding", "passed", "sum_up") else []
            found |= {str(value.value) for value in values if isinstance(value, ast.Constant)}
    return found


def test_every_check_is_described(root: Path) -> None:
    text = (root / "docs" / "reference" / "checks.md").read_text(encoding="utf-8")
    described = set(re.findall(r"^### `(.*)`$", text, re.M))
    assert _check_ids() - described == set()
    assert set(re.findall(r"^\| `([a-z.]+)` \|", text, re.M)) == described
