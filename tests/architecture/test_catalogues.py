"""Every string of pages and reports is translated, and what is compiled is what was translated."""

from __future__ import annotations

import gettext
import re
from pathlib import Path

import pytest

from tools.catalogues import FOLDER, LANGUAGES, _read, _texts, problems, template


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_is_complete_and_keeps_the_facts(language: str) -> None:
    assert problems(language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_the_translated_one(language: str) -> None:
    compiled = gettext.translation("messages", FOLDER, [language])
    for message in _read(language):
        if message.id and isinstance(message.id, str):
            assert compiled.gettext(message.id) == message.string


def test_french_marks_stay_on_the_line_of_their_word() -> None:
    texts = [text for message in _read("fr") if message.id for text in _texts(message.string)]
    assert [text for text in texts if re.search(r"\S [:;?!](\s|$)|« | »", text)] == []


def test_the_template_holds_pages_use_cases_and_library(root: Path) -> None:
    held = {message.id for message in template()}
    assert {"Check a badge", "This badge is genuine and valid today."} <= held
