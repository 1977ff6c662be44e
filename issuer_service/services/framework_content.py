"""The bytes of a framework's document: written piece by piece, because a large one would fill the memory twice."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

__all__ = ["content_digest", "content_pieces", "head_of"]

_COLLECTIONS = ("groups", "skills")


def head_of(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document without its groups and skills."""
    return {name: value for name, value in document.items() if name not in _COLLECTIONS}


def content_pieces(document: Mapping[str, Any]) -> Iterator[bytes]:
    """The document as JSON, members in their order but groups and skills last."""
    yield from _pieces(document, sorted_members=False)


def content_digest(document: Mapping[str, Any]) -> str:
    """SHA-256 of the document whatever the order of its members, in hexadecimal."""
    digest = hashlib.sha256()
    for piece in _pieces(document, sorted_members=True):
        digest.update(piece)
    return digest.hexdigest()


def _pieces(document: Mapping[str, Any], *, sorted_members: bool) -> Iterator[bytes]:
    def dumped(value: Any) -> bytes:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=sorted_members)
        return text.encode("utf-8")

    yield dumped(head_of(document))[:-1]
    for name in _COLLECTIONS:
        if name in document:
            yield b"," + dumped(name) + b":["
            for number, record in enumerate(document[name]):
                yield (b"," if number else b"") + dumped(record)
            yield b"]"
    yield b"}"
