"""Every string of pages and reports is translated, and what is compiled is what was translated."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest

from tools.catalogues import FOLDER, LANGUAGES, _read, problems, template


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_is_complete_and_keeps_the_facts(language: str) -> None:
    assert problems(language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_the_translated_one(language: str) -> None:
    compiled = gettext.translation("messages", FOLDER, [language])
    for message in _read(language):
        if message.id and isinstance(message.id, str):
            assert compiled.gettext(message.id) == message.string


def test_the_template_holds_pages_use_cases_and_library(root: Path) -> None:
    held = {message.id for message in template()}
    assert {"Check a badge", "This badge is genuine and valid today."} <= held
