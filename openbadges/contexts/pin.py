"""Write the pinned contexts from a folder of published ones: ``python -m openbadges.contexts.pin SOURCE_DIR``.

A maintainer's command. SOURCE_DIR holds the published files and ``INDEX.tsv`` with the columns URL, file, SHA-256 of
the bytes, SHA-256 of the JSON, note. What the table does not say (licence, profile, older editions, aliases) stands
here. The result depends on nothing else, so that running it again changes nothing.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from openbadges.errors import ConfigurationError

__all__ = ["main", "pin"]

_HERE: Final = Path(__file__).parent / "data"

_W3C: Final = "W3C-20150513"
_1EDTECH: Final = "LicenseRef-1EdTech-Specification-Document-License"
_LICENCES: Final = MappingProxyType(
    {
        "clr-": _1EDTECH,
        "ob-": _1EDTECH,
        "did-v1": "BSD-3-Clause",
        "ed25519-": "BSD-3-Clause",
    }
)  # by the start of the file name; the others are the W3C's
_GENERIC: Final = frozenset(
    {"citizenship-v4rc1", "credentials-examples-v1", "credentials-examples-v2", "odrl", "undefined-terms-v2"}
)
_OLDER_EDITIONS: Final = frozenset({"ob-3.0.3"})
_ALIASES: Final = MappingProxyType({"ob-3.0.0": ("https://purl.imsglobal.org/spec/ob/v3p0/context/ob_v3p0.jsonld",)})


def pin(source: Path, target: Path = _HERE) -> list[dict[str, Any]]:
    """Write our copy of every context of ``source/INDEX.tsv`` and ``index.json`` into ``target``; returns the index.

    Rows whose URL column is not a plain https URL (older editions kept for reference) are left out, and rows with the
    same URL and the same JSON become one entry with the digests of all their published forms.

    Raises:
        ConfigurationError: ``context.pin_mismatch`` when a file is not what the table says, ``context.pin_source`` when
            the folder cannot be read.
    """
    entries: dict[tuple[str, str], dict[str, Any]] = {}
    try:
        for row in (source / "INDEX.tsv").read_text("utf-8").splitlines()[1:]:
            url, file, sha256, json_sha256, *_ = row.split("\t")
            if url.startswith("https://"):
                _add(entries, url, source / file, (sha256, json_sha256), target)
    except (OSError, ValueError) as error:
        raise ConfigurationError("context.pin_source", folder=str(source)) from error
    index = list(entries.values())
    (target / "index.json").write_text(_normal(index), "utf-8")
    return index


def _add(
    entries: dict[tuple[str, str], dict[str, Any]], url: str, file: Path, digests: tuple[str, str], target: Path
) -> None:
    data = file.read_bytes()
    document = json.loads(data)
    if digests != (hashlib.sha256(data).hexdigest(), _json_digest(document)):
        raise ConfigurationError("context.pin_mismatch", file=file.name)
    edition = file.stem
    entry = entries.get((url, digests[1]))
    if entry is None:
        name = edition + ".json"
        (target / name).write_text(_normal(document), "utf-8")
        entry = entries[url, digests[1]] = {
            "url": url,
            "edition": edition,
            "file": name,
            "sha256": [],
            "sha384": [],
            "json_sha256": digests[1],
            "licence": next((text for start, text in _LICENCES.items() if edition.startswith(start)), _W3C),
            "profile": "generic" if edition in _GENERIC else "badge",
            "aliases": list(_ALIASES.get(edition, ())),
            "default": edition not in _OLDER_EDITIONS,
        }
    entry["sha256"].append(digests[0])
    entry["sha384"].append(hashlib.sha384(data).hexdigest())


def _json_digest(document: object) -> str:
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _normal(value: object) -> str:
    return json.dumps(value, sort_keys=True, indent=1, ensure_ascii=False) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command: 0 when written, 1 when the source is wrong, 2 for wrong usage."""
    found = sys.argv[1:] if arguments is None else list(arguments)
    if len(found) != 1:
        sys.stderr.write("usage: python -m openbadges.contexts.pin SOURCE_DIR\n")
        return 2
    try:
        index = pin(Path(found[0]))
    except ConfigurationError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{len(index)} contexts pinned\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
