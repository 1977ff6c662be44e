"""What the tests of the written frame share: the project's own files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

# Made on a machine, never part of the project (see .gitignore).
NOT_OURS = frozenset({".git", ".venv", "var", "build", "dist", "mutants", "node_modules", "htmlcov", "__pycache__"})


def _walk(folder: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder):
        folders[:] = [
            name
            for name in folders
            if name not in NOT_OURS and not name.endswith((".egg-info", "_cache")) and name != ".hypothesis"
        ]
        # .git is a file where the checkout is one of several of a repository
        yield from (Path(parent, name) for name in files if name != ".git" and not name.startswith(".coverage"))


@pytest.fixture(scope="session")
def project_files(root: Path) -> tuple[Path, ...]:
    """Every file of the project, in name order."""
    return tuple(sorted(_walk(root)))


@pytest.fixture(scope="session")
def pages(project_files: tuple[Path, ...]) -> tuple[Path, ...]:
    """Every Markdown page."""
    return tuple(path for path in project_files if path.suffix == ".md")
