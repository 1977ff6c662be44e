"""V-PAR-3: no pattern runs away on a hostile text, by its form and by the clock.

Every pattern that is kept in a module of the library is looked at, and run on texts of 100,000 characters that are made
from its own letters. Callers bound the length before they match, so that a real text is never as long as these.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
import time
from collections.abc import Iterator
from re import _constants as constants  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

import pytest

import openbadges
from openbadges.canon import nquads
from openbadges.schema import SCHEMAS, load_schema

LENGTH = 100_000
LONGEST = 0.05  # seconds
_LOOKS = (constants.ASSERT, constants.ASSERT_NOT)
_GREEDY = (constants.MAX_REPEAT, constants.MIN_REPEAT)


def _modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(openbadges.__path__, "openbadges."):
        if not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def _patterns() -> list[tuple[str, re.Pattern[Any]]]:
    """What modules keep, what their functions compile when it is needed, and the patterns of schemas."""
    found: dict[tuple[Any, int], tuple[str, re.Pattern[Any]]] = {}
    for module in _modules():
        for name, value in vars(module).items():
            for one in value if isinstance(value, (tuple, list)) else [value]:
                if isinstance(one, re.Pattern):
                    found.setdefault((one.pattern, one.flags), (f"{module.__name__}.{name}", one))
        for number, text in enumerate(_written_in_calls(module)):
            one = re.compile(text)
            found.setdefault((one.pattern, one.flags), (f"{module.__name__} {number}", one))
    compiled = {"nquads._blank": nquads._blank(), "nquads._line": nquads._line()}
    compiled |= {f"schema {text}": re.compile(text, re.ASCII) for text in sorted(_of_schemas())}
    for name, one in compiled.items():
        found.setdefault((one.pattern, one.flags), (name, one))
    return sorted(found.values(), key=lambda item: item[0])


def _written_in_calls(module: ModuleType) -> Iterator[str]:
    """Patterns that stand as they are in calls such as ``re.fullmatch("...", text)``."""
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) and called.value.id == "re":
            first = node.args[0]  # type: ignore[attr-defined]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def _of_schemas() -> set[str]:
    found: set[str] = set()
    pending: list[Any] = [load_schema(url) for url in SCHEMAS]
    while pending:
        node = pending.pop()
        if isinstance(node, dict):
            pending += node.values()
            if isinstance(node.get("pattern"), str):
                found.add(node["pattern"])
        elif isinstance(node, list):
            pending += node
    return found


PATTERNS = _patterns()


def _repeats_in_repeats(tree: Any, inside: bool = False) -> bool:
    """Whether something that may repeat without end holds another such thing: the form that can run away."""
    for operation, argument in tree:
        if operation in _GREEDY:
            _, most, body = argument
            endless = most >= constants.MAXREPEAT
            if (inside and endless) or _repeats_in_repeats(body, inside or endless):
                return True
        elif operation is constants.BRANCH:
            if any(_repeats_in_repeats(branch, inside) for branch in argument[1]):
                return True
        elif operation in (constants.SUBPATTERN, *_LOOKS) and _repeats_in_repeats(argument[-1], inside):
            return True
        # possessive repeats and atomic groups never give back what they took, so they cannot run away
    return False


def _letters(node: Any) -> Iterator[str]:
    """The letters that a pattern names, and the first of each range."""
    if isinstance(node, tuple) and node and node[0] in (constants.LITERAL, constants.NOT_LITERAL):
        yield chr(node[1])
    elif isinstance(node, tuple) and node and node[0] is constants.RANGE:
        yield chr(node[1][0])
    elif isinstance(node, (tuple, list, parser.SubPattern)):
        for part in node:
            yield from _letters(part)


def _texts(pattern: re.Pattern[Any]) -> Iterator[str]:
    letters = list(dict.fromkeys(["a", "0", " ", *_letters(parser.parse(pattern.pattern))]))[:24]
    for letter in letters:
        yield letter * LENGTH
        yield letter * LENGTH + "\0"
        yield f"{letter}a" * (LENGTH // 2) + "!"
        yield f"{letter}0" * (LENGTH // 2)
    whole = "".join(letters)
    yield (whole * (LENGTH // len(whole) + 1))[:LENGTH]


def test_there_are_patterns_and_the_two_lookers_work() -> None:
    assert len(PATTERNS) > 40
    assert _repeats_in_repeats(parser.parse("(a+)+b"))
    assert _repeats_in_repeats(parser.parse("(?:x|[a-z]*)*"))
    assert not _repeats_in_repeats(parser.parse("(?:a++)*+b"))
    assert not _repeats_in_repeats(parser.parse("(?:a{1,63}\\.)*"))
    assert set(_letters(parser.parse("q(?:[x-z]|w)"))) == {"q", "x", "w"}


@pytest.mark.parametrize(("name", "pattern"), PATTERNS, ids=[name for name, _ in PATTERNS])
def test_v_par_3_no_pattern_runs_away(name: str, pattern: re.Pattern[Any]) -> None:
    assert not _repeats_in_repeats(parser.parse(pattern.pattern)), name
    for text in _texts(pattern):
        subject: Any = text.encode("utf-8")[:LENGTH] if isinstance(pattern.pattern, bytes) else text
        best = LONGEST * 2
        for _ in range(3):  # another program may have had the processor
            started = time.process_time()
            pattern.fullmatch(subject)
            pattern.match(subject)
            best = min(best, time.process_time() - started)
            if best < LONGEST:
                break
        assert best < LONGEST, f"{name}: {best:.3f} s on {text[:20]!r}"
