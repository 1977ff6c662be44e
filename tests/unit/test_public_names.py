"""``import openbadges`` gives about thirty names, each loaded when it is first asked for."""

from __future__ import annotations

import pytest

import openbadges


def test_every_public_name_is_there() -> None:
    for name in openbadges.__all__:
        assert getattr(openbadges, name) is getattr(openbadges, name)
    assert dir(openbadges) == sorted(openbadges.__all__)
    assert 25 <= len(openbadges.__all__) <= 40


def test_other_names_are_not() -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        _ = openbadges.nonsense
