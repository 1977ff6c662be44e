"""Choosing parts of a JSON document by JSON Pointer (RFC 6901; ECDSA Cryptosuites 1.0, section 3.4)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from openbadges.errors import LimitError, MalformedError
from openbadges.proofs.selective.limits import SELECTIVE_LIMITS

__all__ = ["Tree", "choose", "pick"]

Tree = dict[str | int, Any] | None  # step -> subtree; None: everything from here on

_POINTER = re.compile(r"(?:/(?:[^~]|~[01])*)?", re.DOTALL)
_INDEX = re.compile(r"0|[1-9][0-9]{0,8}", re.ASCII)


def choose(document: Mapping[str, Any], pointers: Iterable[str]) -> Tree:
    """The places that the pointers name, as one tree.

    Raises:
        MalformedError: ``selective.pointer_form``, or ``selective.pointer_unknown`` where the document has nothing.
        LimitError: ``selective.too_many_pointers``.
    """
    found = list(pointers)
    if len(found) > SELECTIVE_LIMITS.pointers:
        raise LimitError("selective.too_many_pointers", limit=SELECTIVE_LIMITS.pointers)
    paths = [_path(document, pointer) for pointer in found]
    if () in paths:
        return None
    tree: dict[str | int, Any] = {}
    for path in paths:
        _grow(tree, path)
    return tree


def pick(value: Any, tree: Tree) -> Any:
    """The part of a value that the tree names, in the order of the value.

    Objects on the way keep their context, type and id, because the statements below are about them; an id that is a
    label of a blank node says nothing outside the document and is left out.
    """
    if tree is None:
        return value
    if isinstance(value, list):
        return [pick(item, tree[index]) for index, item in enumerate(value) if index in tree]
    return {
        name: item if _always_shown(name, item) else pick(item, tree[name])
        for name, item in value.items()
        if name in tree or _always_shown(name, item)
    }


def _always_shown(name: str, item: Any) -> bool:
    if name in ("id", "@id"):
        return isinstance(item, str) and not item.startswith("_:")
    return name in ("@context", "type", "@type")


def _path(document: Any, pointer: Any) -> tuple[str | int, ...]:
    """Member names and indexes on the way to an existing place."""
    if not isinstance(pointer, str) or len(pointer) > SELECTIVE_LIMITS.pointer_chars or not _POINTER.fullmatch(pointer):
        raise MalformedError("selective.pointer_form", pointer=pointer if isinstance(pointer, str) else "")
    value, path = document, list[str | int]()
    for text in pointer.split("/")[1:]:
        step = _step(value, text.replace("~1", "/").replace("~0", "~"))
        if step is None:
            raise MalformedError("selective.pointer_unknown", pointer=pointer, wanted=pointer)
        value = value[step]
        path.append(step)
    return tuple(path)


def _step(value: Any, name: str) -> str | int | None:
    if isinstance(value, dict) and name in value:
        return name
    if isinstance(value, list) and _INDEX.fullmatch(name) and int(name) < len(value):
        return int(name)
    return None


def _grow(tree: dict[str | int, Any], path: tuple[str | int, ...]) -> None:
    for step in path[:-1]:
        below: Tree = tree.setdefault(step, {})
        if below is None:  # all of it is chosen already
            return
        tree = below
    tree[path[-1]] = None
