"""Writes what was found into docs/reference/conformance.md, between two marks, and keeps what was found last."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from differential import Comparison
from exchange import PASS, Cell
from explanations import CELLS, EXPLANATIONS
from formats import FORMATS, NOT_THERE, PEERS
from harness import HERE, ROOT

PAGE = ROOT / "docs" / "reference" / "conformance.md"
RECORD = HERE / "results.json"
START, END = "<!-- interop: written by make interop -->\n", "<!-- interop: end -->\n"
TITLE = "# Conformance\n\nWhat this library was held against, and what came of it.\n"
HEADING = "\n## Interoperability\n\n"


def recorded() -> dict[str, str]:
    """Row, peer and direction -> result, of the last run that was written down."""
    found: dict[str, str] = json.loads(RECORD.read_text("utf-8")) if RECORD.is_file() else {}
    return found


def record(cells: Sequence[Cell]) -> None:
    results = {cell.key: PASS if cell.result == PASS else CELLS.get(cell.key, "fails") for cell in cells if cell.tried}
    RECORD.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def write(section: str) -> None:
    text = PAGE.read_text("utf-8") if PAGE.is_file() else TITLE
    if START not in text:
        text += HEADING + START + END
    before, _, rest = text.partition(START)
    _, _, after = rest.partition(END)
    PAGE.write_text(before + START + section + END + after, encoding="utf-8")


def section(cells: Sequence[Cell], comparison: Comparison, versions: Mapping[str, str]) -> str:
    """The whole section in Markdown."""
    return "\n".join([*_exchange(cells), *_versions(versions), *_differential(comparison)]) + "\n"


def table(cells: Sequence[Cell]) -> list[str]:
    """Formats down, implementations across: the first mark is for what we sign, the second for what we verify."""
    found = {cell.key: cell for cell in cells}
    notes: dict[str, int] = {}

    def mark(row: str, peer: str, direction: str) -> str:
        cell = found[f"{row} | {peer} | {direction}"]
        if cell.result == PASS:
            return "yes"
        why = CELLS.get(cell.key, cell.result)
        if why == NOT_THERE:
            return "-"
        return f"no ({notes.setdefault(why, len(notes) + 1)})"

    lines = [f"| format | {' | '.join(PEERS)} |", f"|---|{'---|' * len(PEERS)}"]
    for row in FORMATS:
        shown = []
        for peer in PEERS:
            ours, theirs = (mark(row.title, peer, direction) for direction in ("ours", "theirs"))
            shown.append(ours if ours == theirs else f"{ours} / {theirs}")
        lines.append(f"| {row.title} | {' | '.join(shown)} |")
    return [*lines, "", *(f"{number}. {why}" for why, number in notes.items())]


def _exchange(cells: Sequence[Cell]) -> list[str]:
    passed, tried = sum(cell.result == PASS for cell in cells), sum(cell.tried for cell in cells)
    return [
        "`make interop` installs other implementations from their registries, by lock files with digests, and lets",
        "everybody sign and everybody verify, without a network. It fails when something that worked does not work any",
        "more, or when a verdict differs and nothing below says why. `python tests/interop/run.py --write` also writes",
        "this section.",
        "",
        "The first word is for a badge signed here and verified there, the second for the other way; one word where",
        "both are alike. *Yes* means that the badge passes and that a copy with another recipient is refused, *-* that",
        "the other does not implement the format; a number says why not. The badge of the issuer service is read",
        "with its status list, and has to be refused with the list of after its withdrawal; jose knows no lists.",
        f"{passed} of {tried} exchanges that were tried work.",
        "",
        *table(cells),
        "",
    ]


def _versions(versions: Mapping[str, str]) -> list[str]:
    return ["Versions:", "", *(f"- {peer}: {versions[peer]}" for peer in PEERS), ""]


def _differential(comparison: Comparison) -> list[str]:
    total = sum(comparison.badges.values())
    counted = ", ".join(f"{count} {form}" for form, count in comparison.badges.items())
    lines = [
        "### Verdicts compared",
        "",
        f"{total} generated badges",
        f"({counted}):",
        "honest ones, ones that were changed after signing, and odd ones with a good signature; the same in every run.",
        f"We pass {comparison.passed}. On {comparison.agreed} our verdict is that of the strictest of the others, on",
        f"{total - comparison.agreed} it is not. Every kind of badge on which anybody judges otherwise than we do",
        "is in this table; *signed* says that the issuer signed it as it stands.",
        "",
        "| what was done | our verdict | otherwise | why |",
        "|---|---|---|---|",
    ]
    for edit, peers in comparison.by_edit().items():
        passes, _, why = EXPLANATIONS[edit]
        lines.append(f"| {_words(edit)} | {'pass' if passes else 'refused'} | {', '.join(peers)} | {why} |")
    return lines


def _words(edit: str) -> str:
    return edit.replace("_", " ")
