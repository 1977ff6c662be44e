"""Every code the library can raise or report has a sentence, and every sentence is said somewhere."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from openbadges import errors
from openbadges.messages import MESSAGES

PACKAGE = Path(errors.__file__).parent
ERROR_NAMES = frozenset(errors.__all__)
CODE = re.compile(r"[a-z0-9_]+(\.[a-zA-Z0-9_]+)+")
PARTS = ("frameworks.reason.", "frameworks.loss.", "noun.", "thing.", "schema.first_problem")
FACT_NAME = re.compile(r"[a-z][a-z0-9_]*")


def _sources() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if PACKAGE / "messages" not in path.parents:
            yield path, ast.parse(path.read_text(encoding="utf-8"), str(path))


def _literal(node: ast.AST) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _called_name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _codes_of_call(call: ast.Call) -> Iterator[str]:
    """The literal codes a call names: the first argument of an error, or ``code=`` of anything."""
    places: list[ast.AST] = [keyword.value for keyword in call.keywords if keyword.arg == "code"]
    if _called_name(call) in ERROR_NAMES:
        places += call.args[:1]
    for place in places:
        choices = (place.body, place.orelse) if isinstance(place, ast.IfExp) else (place,)
        yield from (code for choice in choices if (code := _literal(choice)))


def _said() -> dict[str, str]:
    """Code -> the first place that raises or reports it by name."""
    return {
        code: f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path, tree in _sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for code in _codes_of_call(node)
    }


def _pattern(text: ast.JoinedStr) -> str:
    """A regular expression for the codes that ``f"{room}.bad"`` can make; it matches nothing for other texts."""
    parts = [part.value if isinstance(part, ast.Constant) else None for part in text.values]
    fixed = "".join(str(part or "") for part in parts)
    if not re.fullmatch(r"[a-z0-9_]{3,}\.[a-z0-9_.]*|\.[a-z0-9_]{3,}", fixed):
        return r"(?!)"
    return "".join("[A-Za-z0-9_]+" if part is None else re.escape(str(part)) for part in parts)


def _mentioned() -> set[str]:
    """The codes that stand in the source in full (in tables and helpers too), or that an f-string there can make."""
    nodes = [node for _, tree in _sources() for node in ast.walk(tree)]
    texts = {text for node in nodes if (text := _literal(node))}
    made = re.compile("|".join(_pattern(node) for node in nodes if isinstance(node, ast.JoinedStr)))
    return {code for code in MESSAGES if code in texts or made.fullmatch(code)}


def test_every_code_that_is_said_has_a_sentence() -> None:
    assert {code: place for code, place in _said().items() if code not in MESSAGES} == {}


def test_every_sentence_is_said_somewhere() -> None:
    assert set(MESSAGES) - _mentioned() == set()


def test_no_two_rooms_use_the_same_code() -> None:
    seen: dict[str, str] = {}
    for path in sorted((PACKAGE / "messages").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for key in node.keys if isinstance(node, ast.Dict) else ():
                code = _literal(key) if key is not None else None
                if code is not None:
                    assert code not in seen, f"{code} stands in {seen.get(code)} and in {path.name}"
                    seen[code] = path.name
    assert set(seen) == set(MESSAGES)


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_a_sentence_is_plain_text_that_ends(code: str) -> None:
    sentence = MESSAGES[code]
    assert CODE.fullmatch(code)
    assert sentence == sentence.strip()
    assert sentence[-1] in ".?!…”)}" or code.startswith(PARTS), sentence
    assert "  " not in sentence
    assert "\n" not in sentence
    for _, fact, form, conversion in Formatter().parse(sentence):
        assert fact is None or FACT_NAME.fullmatch(fact), sentence
        assert form in (None, "", "date"), sentence
        assert conversion is None, sentence
