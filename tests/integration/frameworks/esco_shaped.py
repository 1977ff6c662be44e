"""A data set shaped like ESCO's: as many skills, as long texts, as many synonyms, in made-up words of six scripts."""

from __future__ import annotations

import csv
import io
import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

LANGUAGES = ("en", "es", "fr", "ar", "el", "uk")
HEADER = (
    "conceptType", "conceptUri", "skillType", "reuseLevel", "preferredLabel", "altLabels", "hiddenLabels", "status",
    "modifiedDate", "scopeNote", "definition", "inScheme", "description",
)  # fmt: skip
_SYLLABLES = {
    "en": "ba con der el fi gra hol in jus ken lo man ner op pra qui ro sta ter un ver wa xi yo zen",
    "es": "ca ción de él fí gar ñon ja ló mi nú par qué ri sol tá ven yo zá",
    "fr": "bé çon du ê for gré île jou là ment né où pré que rè sû tion vœ",
    "ar": "با تر جد حم خل در سل شق صن طب عم غر فن قد كت لم نو هد",
    "el": "αλ βο γε δί εν θέ κα λό μα νή πρ ρο σύ τη φω χα",
    "uk": "бо вир гра дій єд жит зна їз кер лод мов нав пра ріш ств",
}
_VOCABULARY = 4_000
_OFTEN = list(accumulate(1 / (place + 3) for place in range(_VOCABULARY)))  # as in any language: few words, very often


@dataclass(frozen=True)
class Shaped:
    """Groups, skills and their files, always the same for the same numbers."""

    skills: int = 14_000
    groups: int = 600
    languages: tuple[str, ...] = LANGUAGES

    def uri(self, kind: str, number: int) -> str:
        return f"http://data.europa.eu/esco/skill/{uuid.uuid5(uuid.NAMESPACE_URL, f'{kind} {number}')}"

    def words(self, language: str) -> list[str]:
        """4,000 words, the ones that are used most first."""
        luck, found, syllables = random.Random(language), dict[str, None](), _SYLLABLES[language].split()
        while len(found) < _VOCABULARY:
            found["".join(luck.choices(syllables, k=luck.choice((2, 2, 3, 3, 4))))] = None
        return list(found)

    def table(self, language: str, kind: str = "skill") -> bytes:
        """``skills_xx.csv`` or ``skillGroups_xx.csv``."""
        luck = random.Random(f"{language} {kind}")
        spoken = luck.choices(self.words(language), cum_weights=_OFTEN, k=50_000)

        def text(least: int, most: int) -> str:
            start = luck.randrange(len(spoken) - most)
            return " ".join(spoken[start : start + luck.randint(least, most)])

        out = io.StringIO(newline="")
        writer = csv.writer(out)
        writer.writerow(HEADER)
        for number in range(self.skills if kind == "skill" else self.groups):
            alternatives = [text(2, 5) for _ in range(luck.choice((0, 1, 2, 3, 5, 8)))]
            concept = "KnowledgeSkillCompetence" if kind == "skill" else "SkillGroup"
            skill_type = "knowledge" if number % 4 == 0 else "skill/competence"
            writer.writerow([
                concept, self.uri(kind, number), skill_type, "cross-sector", text(2, 5), "\n".join(alternatives), "",
                "released", "2024-05-15T00:00:00.000Z", "", "", "http://data.europa.eu/esco/concept-scheme/skills",
                text(15, 35) + ".",
            ])  # fmt: skip
        return ("\ufeff" + out.getvalue()).encode("utf-8")

    def broader(self) -> bytes:
        """``broaderRelationsSkillPillar``: a tree of groups, and each skill in one or two of them."""
        rows = ["conceptType,conceptUri,broaderType,broaderUri"]
        for number in range(4, self.groups):
            rows += [f"SkillGroup,{self.uri('group', number)},SkillGroup,{self.uri('group', (number - 4) // 8)}"]
        for number in range(self.skills):
            skill = f"KnowledgeSkillCompetence,{self.uri('skill', number)}"
            groups = dict.fromkeys((number % self.groups, number * 7 % self.groups))
            rows += [f"{skill},SkillGroup,{self.uri('group', group)}" for group in groups]
        return "\n".join(rows).encode()

    def related(self) -> bytes:
        """``skillSkillRelations``."""
        rows = ["originalSkillUri,originalSkillType,relationType,relatedSkillType,relatedSkillUri"]
        for number in range(0, self.skills - 1, 2):
            ends = self.uri("skill", number), self.uri("skill", number + 1)
            rows += [f"{ends[0]},knowledge,optional,skill/competence,{ends[1]}"]
        return "\n".join(rows).encode()

    def files(self) -> Iterator[tuple[str, bytes]]:
        """All files of the release by name."""
        for language in self.languages:
            yield f"skills_{language}.csv", self.table(language)
            yield f"skillGroups_{language}.csv", self.table(language, "group")
        yield "broaderRelationsSkillPillar_en.csv", self.broader()
        yield "skillSkillRelations_en.csv", self.related()
