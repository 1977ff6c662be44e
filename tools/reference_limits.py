"""The reference pages that are tables of data: the limits, and the codes with their sentences."""

from __future__ import annotations

import re
from dataclasses import fields
from itertools import groupby
from pathlib import Path

from openbadges import limits
from openbadges.messages import MESSAGES

_GROUP = re.compile(r"    # (?P<title>.+)")
_FIELD = re.compile(r"    (?P<name>[a-z_]+): (?:int|float) = [^#]+(?:# (?P<why>.+))?")

LIMITS_HEAD = """# Limits

Everything that reads input from strangers is bounded before it starts. The bounds are the fields of
`openbadges.Limits`; hand in your own with `Limits(json_depth=16)`. Counts decide, never the clock, so the same input
always has the same answer. What is over a limit ends in a `LimitError`.

This page is written by `make docs` from `openbadges/limits.py`.
"""

CODES_HEAD = """# Codes and their sentences

Every error and every check carries a stable `code` and the facts of its sentence. The sentence is what people read; it
may be reworded or translated, the code stays. `{name}` marks a fact.

This page is written by `make docs` from `openbadges/messages/`.
"""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


def limits_page() -> str:
    """docs/reference/limits.md: each limit with its value and the reason written beside it in the source."""
    values = {field.name: field.default for field in fields(limits.Limits)}
    lines = [LIMITS_HEAD.rstrip()]
    for line in Path(limits.__file__).read_text(encoding="utf-8").splitlines():
        if group := _GROUP.fullmatch(line):
            title = group["title"]
            lines += ["", f"## {title[0].upper()}{title[1:]}", "", "| limit | value | what and why |", "|---|---|---|"]
        elif (row := _FIELD.fullmatch(line.rstrip())) and row["name"] in values:
            value = values.pop(row["name"])
            lines.append(f"| `{row['name']}` | {value:,} | {_cell(row['why'] or '')} |")
    if values:
        message = f"limits.py is not written one limit a line: {sorted(values)}"
        raise ValueError(message)
    return "\n".join(lines) + "\n"


def codes_page() -> str:
    """docs/reference/codes.md: every code with its English sentence."""
    lines = [CODES_HEAD.rstrip()]
    for room, codes in groupby(sorted(MESSAGES), key=lambda code: code.partition(".")[0]):
        lines += ["", f"## `{room}`", "", "| code | sentence |", "|---|---|"]
        lines += [f"| `{code}` | {_cell(MESSAGES[code])} |" for code in codes]
    return "\n".join(lines) + "\n"
