"""Sentences are made of a code and facts; whatever the facts hold, they can be printed (V-PAR-4)."""

from __future__ import annotations

from string import Formatter

import pytest

from openbadges.messages import MESSAGES, render, safe_text

TEMPLATES = {"plain": "Nothing.", "one": "It is {a}.", "day": "It ended on {end:date}.", "literal": "{{a}} {a}"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain é 日本 🎓", "plain é 日本 🎓"),
        ("\x1b[31mred", "\\u001b[31mred"),
        ("a\nb\tc\x00", "a\\u000ab\\u0009c\\u0000"),
        ("\u202eevil\u2066", "\\u202eevil\\u2066"),
        ("\u200b\ufeff", "\\u200b\\ufeff"),
        ("\ud800", "\\ud800"),
        ("\U000e0041", "\\U000e0041"),
        ("\u2028", "\\u2028"),
        (5, "5"),
    ],
)
def test_v_par_4_what_could_act_on_a_terminal_is_escaped(text: object, shown: str) -> None:
    assert safe_text(text) == shown


def test_v_par_4_long_texts_are_cut() -> None:
    assert safe_text("x" * 200) == "x" * 200
    assert safe_text("x" * 201) == "x" * 199 + "…"
    assert safe_text("abcdef", longest=3) == "ab…"


def test_facts_are_filled_in_and_safe() -> None:
    assert render("plain", {}, TEMPLATES) == "Nothing."
    assert render("one", {"a": "\x1b"}, TEMPLATES) == "It is \\u001b."
    assert render("one", {"a": ["x", "\n", 3]}, TEMPLATES) == "It is x, \\u000a, 3."
    assert render("one", {"a": ("x",)}, TEMPLATES) == "It is x."
    assert render("one", {"a": "{b}"}, TEMPLATES) == "It is {b}."
    assert render("literal", {"a": 1}, TEMPLATES) == "{a} 1"


def test_long_lists_are_cut() -> None:
    assert render("one", {"a": list(range(10))}, TEMPLATES) == "It is 0, 1, 2, 3, 4, 5, 6, 7, 8, 9."
    assert render("one", {"a": list(range(11))}, TEMPLATES) == "It is 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, …."


def test_a_missing_fact_or_code_loses_no_sentence() -> None:
    assert render("one", {}, TEMPLATES) == "It is ?."
    assert render("no.such.code", {}) == "no.such.code"


@pytest.mark.parametrize(
    ("end", "shown"),
    [
        ("2026-05-03T23:59:59Z", "3 May 2026"),
        ("2026-12-31", "31 December 2026"),
        ("never\x1b", "never\\u001b"),
        (5, "5"),
    ],
)
def test_days_are_said_as_people_say_them(end: object, shown: str) -> None:
    assert render("day", {"end": end}, TEMPLATES) == f"It ended on {shown}."


def test_every_sentence_can_be_rendered() -> None:
    for code, template in MESSAGES.items():
        names = {name.partition(":")[0] for _, name, _, _ in Formatter().parse(template) if name}
        sentence = render(code, dict.fromkeys(names, "2026-05-03T00:00:00Z"))
        assert sentence.strip()
        assert not any(ord(character) < 32 for character in sentence), code
