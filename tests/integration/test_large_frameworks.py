"""The whole of ESCO, as large as it is: 14,000 skills in six languages."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Iterator

from openbadges.frameworks import read_esco_files

ESCO = "http://data.europa.eu/esco/skill/"
HEADER = (
    "conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,hiddenLabels,status,modifiedDate,scopeNote,"
    "definition,inScheme,description\n"
)


def _generated(language: str, count: int) -> Iterator[str]:
    yield HEADER
    for number in range(count):
        yield (
            f"KnowledgeSkillCompetence,{ESCO}{number:08x},skill/competence,cross-sector,skill {number} in {language},"
            f'"also {number}\nor {number} ({language})",,released,2024-01-01T00:00:00Z,,,'
            "http://data.europa.eu/esco/concept-scheme/skills,"
            f'"What a person does who has skill {number}, at the usual length of such a text, in {language}."\n'
        )


def test_14000_esco_skills_in_6_languages_are_read_in_bounded_time_and_memory() -> None:
    languages = ("en", "es", "fr", "ar", "de", "it")
    begun = time.perf_counter()
    framework = read_esco_files({tag: _generated(tag, 14_000) for tag in languages})
    seconds = time.perf_counter() - begun
    assert len(framework.items) == 14_000
    assert all(len(item.label) == 6 for item in framework.items)
    assert seconds < 30  # about one on an old laptop


def test_reading_esco_holds_little_besides_its_result() -> None:
    """Measured on a tenth of the real number; tracing makes the full one slow."""
    tracemalloc.start()
    framework = read_esco_files({tag: _generated(tag, 1_400) for tag in ("en", "es", "fr", "ar", "de", "it")})
    held, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(framework.items) == 1_400
    assert peak < 30_000_000  # ten times this is the bound for the whole of ESCO
    assert peak < held * 1.5  # no second copy while reading
