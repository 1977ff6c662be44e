"""The book of cases: collects them, refuses a name twice, writes files and manifest."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.decisions import decided
from generator.material import text_of

__all__ = ["AT", "Book"]

AT = "2026-06-01T12:00:00Z"
_OUTCOMES = {0: "pass", 1: "fail", 3: "unknown", 4: "fail"}


@dataclass
class Book:
    """All cases of one run of the generator.

    Attributes:
        room: The module that adds cases at present; its texts are kept together in one file of this name.
    """

    room: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    packs: dict[str, dict[str, str]] = field(default_factory=dict)
    cases: list[dict[str, Any]] = field(default_factory=list)

    def add(self, name: str, requirement: str, exits: int | tuple[int, ...], badge: Any, why: str, **more: Any) -> None:
        """One case.

        Args:
            name: Starts with the name of the requirement's test; unique.
            requirement: ``V-...``, several with blanks between.
            exits: The exit status; several where the texts leave open which way something is refused, of which one was
                decided on (``generator.decisions``).
            badge: JSON value, text, bytes, or a recipe (``recipe(...)``) for what is too large to keep.
            why: One sentence for the reader of a failure.
            more: Members of the manifest: ``documents`` (URL -> JSON value, text or bytes), ``issuers``, ``recipient``,
                ``at``, ``profile``, ``policy``, ``check``, ``code``, ``asks``.
        """
        assert all(case["name"] != name for case in self.cases), name
        codes = (exits,) if isinstance(exits, int) else exits
        exit_status = decided(name, codes)
        case: dict[str, Any] = {"name": name, "requirement": requirement, "exit": exit_status, "why": why}
        case["outcome"] = _OUTCOMES[exit_status]
        if len(codes) > 1:
            case["allowed"] = list(codes)
        documents = more.pop("documents", None)
        if isinstance(badge, dict) and "recipe" in badge:
            case["recipe"] = badge["recipe"]
        else:
            case |= self._kept(name, _bytes(badge))
        if documents:
            case["documents"] = {url: self._document(value) for url, value in documents.items()}
        if more.get("at", AT) == AT:
            more.pop("at", None)
        self.cases.append(case | more)

    def _kept(self, name: str, data: bytes) -> dict[str, str]:
        """Where the bytes of a case are: text in the pack of its room, the rest as a file of its own."""
        try:
            self.packs.setdefault(self.room, {})[name] = data.decode("utf-8")
        except UnicodeDecodeError:
            suffix = "png" if data.startswith(b"\x89PNG") else "bin"
            path = f"files/{name}.{suffix}"
            self.files[path] = data
            return {"file": path}
        return {"pack": self.room}

    def _document(self, value: Any) -> Any:
        """The number of a document in the pack of documents; the same text is kept once."""
        if isinstance(value, dict) and "recipe" in value:
            return value
        text = _bytes(value).decode("utf-8")
        pack = self.packs.setdefault("documents", {})
        number = next((number for number, kept in pack.items() if kept == text), f"{len(pack):04d}")
        pack[number] = text
        return number

    def write(self, folder: Path) -> None:
        """Write everything below ``folder``, which is emptied of what an older run left."""
        wanted = self.files | {"manifest.json": _pretty({"at": AT, "cases": self.cases})}
        wanted |= {f"{name}.json": _pretty(pack) for name, pack in self.packs.items()}
        for path in folder.rglob("*"):
            if path.is_file() and path.relative_to(folder).as_posix() not in wanted:
                path.unlink()
        for name, data in wanted.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.is_file() or path.read_bytes() != data:
                path.write_bytes(data)


def _pretty(value: Any) -> bytes:
    return (json.dumps(value, indent=1, ensure_ascii=True, sort_keys=True) + "\n").encode("ascii")


def _bytes(value: Any) -> bytes:
    if isinstance(value, bytes):
        return value
    return (value if isinstance(value, str) else text_of(value)).encode("utf-8")
