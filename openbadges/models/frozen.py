"""Values of members the model does not know, kept as they came and made unchangeable."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

__all__ = ["FrozenMap", "frozen", "thawed"]


class FrozenMap(Mapping[str, Any]):
    """A JSON object that cannot be changed; equal to any mapping with equal members, and hashable."""

    __slots__ = ("_members",)

    def __init__(self, members: Mapping[str, Any]) -> None:
        self._members = dict(members)

    def __getitem__(self, name: str) -> Any:
        return self._members[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._members)

    def __len__(self) -> int:
        return len(self._members)

    def __hash__(self) -> int:
        return hash(frozenset(self._members.items()))

    def __repr__(self) -> str:
        return f"FrozenMap({self._members!r})"


def frozen(value: Any, depth: int) -> Any:
    """A JSON value with tuples for arrays and ``FrozenMap`` for objects.

    Args:
        value: Any JSON value.
        depth: How many levels it may have.

    Raises:
        ValueError: Nested too deep.
        TypeError: Not JSON.
    """
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if depth == 0:
        raise ValueError("nested too deep")  # the caller says its own sentence
    if isinstance(value, (list, tuple)):
        return tuple(frozen(item, depth - 1) for item in value)
    if isinstance(value, Mapping) and all(isinstance(name, str) for name in value):
        return FrozenMap({name: frozen(item, depth - 1) for name, item in value.items()})
    raise TypeError


def thawed(value: Any) -> Any:
    """The plain JSON value again: lists and dicts."""
    if isinstance(value, tuple):
        return [thawed(item) for item in value]
    if isinstance(value, FrozenMap):
        return {name: thawed(item) for name, item in value.items()}
    return value
