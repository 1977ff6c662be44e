"""Writes ``schemas/framework.json``: ``python -m openbadges.frameworks.schema_export [--check]``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openbadges import jsontext
from openbadges.frameworks.kinds import Member
from openbadges.frameworks.members import RECORDS

__all__ = ["SCHEMA_ID", "framework_schema", "main"]

SCHEMA_ID = "urn:openbadges-kit:schema:framework:1"
_FILE = Path(__file__).resolve().parents[2] / "schemas" / "framework.json"


def framework_schema() -> dict[str, Any]:
    """The JSON schema (draft 2020-12) of the framework file format. Unknown members are allowed and kept."""
    records = {name: _record(members) for name, members in RECORDS.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": "Skill framework or local layer, format openbadges-framework/1",
        **records.pop("framework"),
        "$defs": {
            **records,
            "item": {**records["item"], "anyOf": [{"required": ["code"]}, {"required": ["id"]}]},
        },
    }


def _record(members: Sequence[Member]) -> dict[str, Any]:
    properties = {member.name: {"description": member.about, **member.kind.schema} for member in members}
    required = [member.name for member in members if member.required]
    return {"type": "object", "properties": properties, **({"required": required} if required else {})}


def main(arguments: Sequence[str]) -> int:
    """Write the schema, or with ``--check`` compare it with the file.

    Returns:
        0, or 1 when the file differs from what would be written.
    """
    content = jsontext.dump_pretty(framework_schema())
    if "--check" in arguments:
        return 0 if _FILE.is_file() and _FILE.read_bytes() == content else 1
    _FILE.write_bytes(content)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
