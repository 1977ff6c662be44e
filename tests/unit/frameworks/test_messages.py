"""Every sentence gets the facts it is made of, and every sentence is used."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

from openbadges.messages.frameworks import MESSAGES

RENDERED_FROM_TABLES = ("frameworks.reason.", "frameworks.loss.")


def _fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def _uses(root: Path) -> Iterator[tuple[str, set[str] | None]]:
    """Each code in the room's source, with the names of the facts beside it (None where they come as a mapping)."""
    for file in sorted((root / "openbadges/frameworks").rglob("*.py")):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            names = {keyword.arg for keyword in call.keywords}
            for argument in call.args:
                if isinstance(argument, ast.Constant) and str(argument.value).startswith("frameworks."):
                    facts = None if None in names else {str(name) for name in names if name != "pointer"}
                    yield str(argument.value), facts


def test_every_sentence_gets_its_facts(root: Path) -> None:
    used = [(code, facts) for code, facts in _uses(root) if not code.startswith(RENDERED_FROM_TABLES)]
    assert len(used) > 50
    for code, facts in used:
        assert facts is None or _fields(MESSAGES[code]) <= facts, code


def test_every_sentence_is_used(root: Path) -> None:
    used = {code for code, _ in _uses(root)}
    assert {code for code in MESSAGES if code not in used and not code.startswith("frameworks.reason.")} == set()


def test_sentences_of_reasons_and_losses_use_the_facts_of_their_values() -> None:
    for code, template in MESSAGES.items():
        if code.startswith("frameworks.reason."):
            assert _fields(template) <= {"of", "value", "level"}
        if code.startswith("frameworks.loss."):
            assert _fields(template) <= {"subject", "count"}
