"""Catalogues of the service: ``python -m tools.catalogues`` extracts, updates and compiles; ``--check`` compares.

Message ids are the English texts of templates and views, of the sentences of the use cases, and of every sentence the
library says (``openbadges.messages.MESSAGES``), so that a report reads in the reader's language.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from issuer_service.services.sentences import SENTENCES
from openbadges.messages import MESSAGES

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "issuer_service"
FOLDER = PACKAGE / "translations"
LANGUAGES = ("es", "fr", "ar")
_METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
_KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "_l": None, "N_": None, "lazy_gettext": None}


def template() -> Catalog:
    """Every message id, without dates, so that the same sources give the same file."""
    catalog = Catalog(project="openbadges-kit", charset="utf-8", fuzzy=False)
    for ids in _ids():
        catalog.add(ids)
    return catalog


def _ids() -> Iterator[str | tuple[str, ...]]:
    for _, _, message, _, _ in extract_from_dir(str(PACKAGE), _METHODS, keywords=_KEYWORDS, options_map={}):
        yield message
    yield from SENTENCES.values()
    yield from MESSAGES.values()


def problems(language: str) -> list[str]:
    """Message ids of one language that are missing, empty, fuzzy, or whose facts differ from the English ones."""
    wanted = template()
    held = _read(language)
    found = []
    for message in wanted:
        if not message.id:
            continue
        entry = held.get(message.id)
        texts = _texts(None if entry is None else entry.string)
        if entry is None or not texts or not all(texts) or entry.fuzzy:
            found.append(f"untranslated: {message.id!r}")
        elif not all(_facts(text) <= _facts(" ".join(_texts(message.id))) for text in texts):
            found.append(f"other facts: {message.id!r}")
    return found


def _texts(value: object) -> list[str]:
    """One text, or all plural forms."""
    return [str(text) for text in value] if isinstance(value, (list, tuple)) else [str(value)] if value else []


def _facts(text: str) -> set[str]:
    return set(re.findall(r"%\([a-z_]+\)[sd]|\{[a-z_]+(?::[a-z]+)?\}", text))


def _path(language: str) -> Path:
    return FOLDER / language / "LC_MESSAGES" / "messages.po"


def _read(language: str) -> Catalog:
    path = _path(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def _write(language: str) -> None:
    held = _read(language)
    fresh = Catalog(locale=language, project="openbadges-kit", charset="utf-8", fuzzy=False)
    for message in template():
        if message.id:
            known = held.get(message.id)
            fresh.add(message.id, known.string if known is not None else None)
    path = _path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, fresh, width=0, sort_output=True, omit_header=False, no_location=True)
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, fresh)


def main() -> int:
    """Write or check all catalogues."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say what is missing")
    if parser.parse_args().check:
        missing = {language: problems(language) for language in LANGUAGES}
        for language, found in missing.items():
            print(f"{language}: {len(found)} to do")
            for line in found[:10]:
                print(f"  {line}")
        return 1 if any(missing.values()) else 0
    for language in LANGUAGES:
        _write(language)
    return 0


if __name__ == "__main__":
    sys.exit(main())
