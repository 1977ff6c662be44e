"""The levels that apply to a skill."""

from __future__ import annotations

from collections.abc import Sequence

from flask import g

from issuer_service.services.framework_views import ItemView
from openbadges.frameworks import Level

__all__ = ["levels_of"]


def levels_of(view: ItemView) -> Sequence[Level]:
    """From low to high; a local layer without levels of its own has those of the framework below."""
    head = view.framework.head
    levels = head.levels
    for uri in () if levels else (*head.extends, *head.uses):
        below = g.services.frameworks.by_uri(uri)
        if below is not None and below.head.levels:
            levels = below.head.levels
            break
    return [level for level in levels if not view.item.levels or level.key in view.item.levels]
