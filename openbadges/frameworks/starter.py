"""The frameworks that come with the library: skills of organisers, and leadership; both are there to be extended."""

from __future__ import annotations

from importlib.resources import files

from openbadges.frameworks.importers.native import read_native
from openbadges.frameworks.model import Framework

__all__ = ["starter_frameworks"]

_FILES = ("movement-skills.json", "leadership.json")


def starter_frameworks() -> tuple[Framework, Framework]:
    """Movement organiser skills (30 skills) and leadership (12 skills, 8 roles, 5 contexts), in this order.

    Both are dedicated to the public domain (CC0 1.0); their translations are drafts, see ``translationStatus`` in
    ``extra``.
    """
    folder = files("openbadges.frameworks") / "data"
    skills, leadership = (read_native((folder / name).read_bytes()) for name in _FILES)
    return skills, leadership
