"""Errors about a part of a document, raised again with the place of that part."""

from __future__ import annotations

from typing import TypeVar

from openbadges.errors import OpenBadgesError

__all__ = ["located"]

_Problem = TypeVar("_Problem", bound=OpenBadgesError)


def located(error: _Problem, place: str = "") -> _Problem:
    """A fresh error that says the same, its pointer starting at ``place``."""
    return type(error)(error.code, pointer=place + error.pointer, **error.params)
