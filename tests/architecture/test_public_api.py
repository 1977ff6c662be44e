"""The public names are few, typed, described, and the same everywhere."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

import openbadges


def test_the_public_names_are_sorted_and_exist() -> None:
    assert list(openbadges.__all__) == sorted(openbadges.__all__)
    assert len(set(openbadges.__all__)) == len(openbadges.__all__)
    assert [name for name in openbadges.__all__ if not hasattr(openbadges, name)] == []


@pytest.mark.parametrize("name", openbadges.__all__)
def test_a_public_name_is_described(name: str, root: Path) -> None:
    value = getattr(openbadges, name)
    if inspect.isclass(value) or callable(value):
        assert inspect.getdoc(value), f"{name} has no docstring"
    reference = (root / "docs" / "reference" / "api.md").read_text(encoding="utf-8")
    assert f"\n## `{name}`\n" in reference


def test_a_name_that_is_not_public_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError):
        openbadges.no_such_name  # noqa: B018 - reading the attribute is the test


def test_dir_lists_the_public_names() -> None:
    assert set(openbadges.__all__) <= set(dir(openbadges))
