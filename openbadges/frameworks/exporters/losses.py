"""What a poorer format leaves out, found by comparing member names with what it carries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from openbadges.frameworks.exporters.strict_case import Losses

__all__ = ["note_uncarried"]

_COUNTED = ("levels", "roles", "contexts")


def note_uncarried(
    document: Mapping[str, Any],
    losses: Losses,
    *,
    framework: Collection[str],
    level: Collection[str],
    item: Collection[str],
) -> None:
    """Note every member of a framework, its levels and its items that is not among the carried ones."""
    _note([document], "", framework, losses)
    _note(document.get("levels", ()), "level.", level, losses)
    _note([*document.get("groups", ()), *document.get("skills", ())], "item.", item, losses)


def _note(records: Iterable[Mapping[str, Any]], prefix: str, carried: Collection[str], losses: Losses) -> None:
    for record in records:
        for name, value in record.items():
            if name not in carried:
                losses.add("frameworks.loss.member", prefix + name, len(value) if name in _COUNTED else 1)
