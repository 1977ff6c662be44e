"""The book of cases: collects them, refuses a name twice, writes files and manifest."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.material import text_of

__all__ = ["AT", "Book"]

AT = "2026-06-01T12:00:00Z"
_OUTCOMES = {0: "pass", 1: "fail", 3: "unknown", 4: "fail"}


@dataclass
class Book:
    """All cases of one run of the generator."""

    files: dict[str, bytes] = field(default_factory=dict)
    cases: list[dict[str, Any]] = field(default_factory=list)

    def add(
        self, name: str, requirement: str, exits: int | tuple[int, ...], badge: Any, why: str, **more: Any
    ) -> None:
        """One case.

        Args:
            name: Starts with the name of the requirement's test; unique.
            requirement: ``V-...``, several with blanks between.
            exits: The exit status; several where the texts leave open which way something is refused.
            badge: JSON value, text, bytes, or a recipe (``recipe(...)``) for what is too large to keep.
            why: One sentence for the reader of a failure.
            more: Members of the manifest: ``documents`` (URL -> JSON value, text or bytes), ``issuers``, ``recipient``,
                ``at``, ``profile``, ``policy``, ``check``, ``code``, ``asks``, ``suffix``.
        """
        assert all(case["name"] != name for case in self.cases), name
        codes = (exits,) if isinstance(exits, int) else exits
        case: dict[str, Any] = {"name": name, "requirement": requirement, "exits": list(codes), "why": why}
        case["outcomes"] = sorted({_OUTCOMES[code] for code in codes})
        suffix = more.pop("suffix", None)
        documents = more.pop("documents", None)
        if isinstance(badge, dict) and "recipe" in badge:
            case["recipe"] = badge["recipe"]
        else:
            data = _bytes(badge)
            case["file"] = self._keep(f"cases/{name}.{suffix or _suffix(data)}", data)
        if documents:
            case["documents"] = {url: self._document(url, value) for url, value in documents.items()}
        if more.get("at", AT) == AT:
            more.pop("at", None)
        self.cases.append(case | more)

    def _document(self, url: str, value: Any) -> Any:
        if isinstance(value, dict) and "recipe" in value:
            return value
        data = _bytes(value)
        same = next((path for path, kept in self.files.items() if kept == data and path.startswith("documents/")), None)
        return same or self._keep(f"documents/{len(self.files):04d}.json", data)

    def _keep(self, path: str, data: bytes) -> str:
        assert path not in self.files, path
        self.files[path] = data
        return path

    def write(self, folder: Path) -> None:
        """Write everything below ``folder``, which is emptied of what an older run left."""
        manifest = {"at": AT, "cases": self.cases}
        text = json.dumps(manifest, indent=1, ensure_ascii=True, sort_keys=True) + "\n"
        wanted = self.files | {"manifest.json": text.encode("ascii")}
        for path in sorted(folder.rglob("*"), reverse=True):
            if path.is_file() and path.relative_to(folder).as_posix() not in wanted:
                path.unlink()
        for name, data in wanted.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.is_file() or path.read_bytes() != data:
                path.write_bytes(data)


def _bytes(value: Any) -> bytes:
    if isinstance(value, bytes):
        return value
    return (value if isinstance(value, str) else text_of(value)).encode("utf-8")


def _suffix(data: bytes) -> str:
    if data.startswith(b"\x89PNG"):
        return "png"
    if data.lstrip().startswith(b"<"):
        return "svg"
    return "json" if data.lstrip().startswith((b"{", b"[")) else "jwt" if data.startswith(b"ey") else "bin"
