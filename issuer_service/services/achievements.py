"""What can be awarded: drafts, versions, and how an achievement stands in a badge."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from issuer_service.services.affiliates import Affiliates, affiliate_of
from issuer_service.services.drafts import Draft
from issuer_service.services.errors import ConflictError, InvalidError, NotFoundError
from issuer_service.services.hashing import new_id
from issuer_service.services.image_models import image_model
from issuer_service.services.ports import UnitOfWork
from issuer_service.services.records import (
    Achievement,
    AchievementState,
    AchievementVersion,
    Affiliate,
    Award,
)
from issuer_service.services.rubrics import rubric_descriptions
from issuer_service.services.tools import Tools
from openbadges import Achievement as AchievementModel
from openbadges import Alignment, Criteria
from openbadges.models import Related, ResultDescription, RubricCriterionLevel

__all__ = ["Achievements", "Held", "Words", "held_of", "level_url", "result_url", "version_of", "words_in"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An achievement and its content as it is now."""

    achievement: Achievement
    version: AchievementVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Name, description and criteria in one language."""

    language: str
    name: str
    description: str
    criteria: str


@dataclass(frozen=True, slots=True)
class Achievements:
    """Use cases about achievements."""

    tools: Tools

    def create(self, affiliate_id: str, draft: Draft, *, suspendable: bool = False, seed: str = "") -> Held:
        """A new achievement, not published yet; with the seed of one that is there, that one (S-IDEM-1).

        Raises:
            InvalidError: The picture is not one of the affiliate's.
        """
        now = self.tools.now()
        achievement = Achievement(id=new_id(seed), affiliate_id=affiliate_id, suspendable=suspendable, created_at=now)
        with self.tools.store.write() as work:
            affiliate_of(work, affiliate_id)
            if work.get_achievement(achievement.id, affiliate_id) is not None:
                return held_of(work, affiliate_id, achievement.id)
            return self._save(work, achievement, draft)

    def update(  # noqa: PLR0913 - what may be said about a change, each by its name
        self,
        affiliate_id: str,
        achievement_id: str,
        draft: Draft,
        *,
        suspendable: bool | None = None,
        seen: int | None = None,
        before: Callable[[Held], None] | None = None,
    ) -> Held:
        """A new version, unless nothing is new. Badges that were given keep the version they were given with.

        Args:
            affiliate_id: Whose it is.
            achievement_id: Which one.
            draft: Its content from now on.
            suspendable: Whether its badges can be suspended from now on; None leaves that.
            seen: The version that was changed into this draft; None when the caller does not mind.
            before: Called with what is there, in the same transaction; refuses by raising.

        Raises:
            NotFoundError: Not an achievement of this affiliate.
            InvalidError: The picture is not one of the affiliate's.
            ConflictError: Somebody saved another version after the one that was seen.
        """
        with self.tools.store.write() as work:
            held = held_of(work, affiliate_id, achievement_id)
            if before is not None:
                before(held)
            achievement = held.achievement
            if suspendable is not None:
                achievement = replace(achievement, suspendable=suspendable)
            if achievement == held.achievement and _says(held.version, draft):
                return held
            if seen is not None and seen != achievement.version:
                raise ConflictError("achievement.meanwhile")
            return self._save(work, replace(achievement, version=achievement.version + 1), draft)

    def _save(self, work: UnitOfWork, achievement: Achievement, draft: Draft) -> Held:
        image = work.get_image(draft.image_id) if draft.image_id else None
        if draft.image_id and (image is None or image.affiliate_id != achievement.affiliate_id):
            raise InvalidError.of("image_id", "image.not_found")
        version = AchievementVersion(
            achievement_id=achievement.id,
            number=achievement.version,
            created_at=self.tools.now(),
            **{part.name: getattr(draft, part.name) for part in fields(draft)},
        )
        work.save_achievement(achievement)
        work.save_version(version)
        return Held(achievement=achievement, version=version)

    def names_given(self, awards: Iterable[Award]) -> Mapping[str, str]:
        """By the id of each award what its badge was called when it was given; it may be called otherwise by now."""
        given = {award.id: (award.achievement_id, award.version) for award in awards}
        with self.tools.store.read() as work:
            names = {one: version_of(work, *one).name for one in set(given.values())}
        return {award_id: names[one] for award_id, one in given.items()}

    def publish(self, affiliate_id: str, achievement_id: str) -> Held:
        """Let it be awarded; an archived one too.

        Raises:
            NotFoundError: Not an achievement of this affiliate.
        """
        return self._set_state(affiliate_id, achievement_id, AchievementState.PUBLISHED)

    def archive(self, affiliate_id: str, achievement_id: str) -> Held:
        """Stop awarding it; what was given stays, and its page stays readable.

        Raises:
            NotFoundError: Not an achievement of this affiliate.
            ConflictError: It was never published.
        """
        return self._set_state(affiliate_id, achievement_id, AchievementState.ARCHIVED)

    def _set_state(self, affiliate_id: str, achievement_id: str, state: AchievementState) -> Held:
        with self.tools.store.write() as work:
            held = held_of(work, affiliate_id, achievement_id)
            if state is AchievementState.ARCHIVED and held.achievement.state is AchievementState.DRAFT:
                raise ConflictError("achievement.draft")
            held = replace(held, achievement=replace(held.achievement, state=state))
            work.save_achievement(held.achievement)
        return held

    def get(self, affiliate_id: str, achievement_id: str) -> Held:
        """An achievement of this affiliate.

        Raises:
            NotFoundError: Not one of this affiliate.
        """
        with self.tools.store.read() as work:
            return held_of(work, affiliate_id, achievement_id)

    def public(self, achievement_id: str) -> tuple[Affiliate, Held]:
        """An achievement for everybody to read.

        Raises:
            NotFoundError: There is none, or it is a draft.
        """
        with self.tools.store.read() as work:
            held = held_of(work, None, achievement_id)
            if held.achievement.state is AchievementState.DRAFT:
                raise NotFoundError("achievement.not_found")
            return affiliate_of(work, held.achievement.affiliate_id), held

    def all(self, affiliate_id: str, states: Sequence[AchievementState] = ()) -> Sequence[Held]:
        """The affiliate's achievements by name, or those in some states."""
        with self.tools.store.read() as work:
            found = [one for one in work.list_achievements(affiliate_id) if not states or one.state in states]
            held = [Held(achievement=one, version=version_of(work, one.id, one.version)) for one in found]
        return sorted(held, key=lambda one: one.version.name.casefold())

    def version(self, achievement_id: str, number: int) -> AchievementVersion:
        """The content at one time.

        Raises:
            NotFoundError: There is no such version.
        """
        with self.tools.store.read() as work:
            return version_of(work, achievement_id, number)

    def in_language(self, version: AchievementVersion, languages: Sequence[str]) -> Words:
        """The words in the first of these languages there is: exactly, then without its region, then the original."""
        return words_in(version, languages)

    # how it stands in a badge

    def to_model(self, version: AchievementVersion, *, language: str | None = None) -> AchievementModel:
        """The achievement of a badge (Open Badges 3.0, Achievement), in one language; the others are ``related``."""
        url = self.tools.site.achievement_url(version.achievement_id)
        words = words_in(version, [language or version.language])
        others = [tag for tag in (version.language, *version.translations) if tag != words.language]
        return AchievementModel(
            id=url,
            name=words.name,
            description=words.description,
            criteria=Criteria(id=f"{url}#criteria", narrative=words.criteria),
            achievement_type=version.achievement_type,
            image=image_model(self.tools, version.image_id),
            in_language=words.language,
            version=str(version.number),
            tag=version.tags,
            alignment=[Alignment.from_document(alignment) for alignment in version.alignments],
            related=[Related(id=f"{url}?lang={tag}", in_language=tag) for tag in others],
            result_description=[*self._levels(version), *rubric_descriptions(version, url)],
        )

    def document(self, achievement_id: str, *, language: str | None = None) -> dict[str, Any]:
        """The achievement as JSON, for its own address.

        Raises:
            NotFoundError: There is none, or it is a draft.
        """
        affiliate, held = self.public(achievement_id)
        document = dict(self.to_model(held.version, language=language).to_document())
        if affiliate.issuer_id is not None:
            document["creator"] = Affiliates(self.tools).profile(affiliate).to_document()
        return document

    def _levels(self, version: AchievementVersion) -> Sequence[ResultDescription]:
        if not version.levels:
            return ()
        url = self.tools.site.achievement_url(version.achievement_id)
        levels = [
            RubricCriterionLevel(
                id=level_url(url, version, number),
                name=level["name"],
                description=level.get("description") or None,
                level=str(number),
            )
            for number, level in enumerate(version.levels, start=1)
        ]
        return [
            ResultDescription(
                id=result_url(url, version),
                name="Level",
                result_type="RubricCriterionLevel",
                rubric_criterion_level=levels,
            )
        ]


def level_url(achievement_url: str, version: AchievementVersion, number: int) -> str:
    """The id of a level; the version is part of it because levels may change."""
    return f"{achievement_url}#v{version.number}-level-{number}"


def result_url(achievement_url: str, version: AchievementVersion) -> str:
    """The id of the scale the levels belong to."""
    return f"{achievement_url}#v{version.number}-levels"


def words_in(version: AchievementVersion, languages: Sequence[str]) -> Words:
    """See ``Achievements.in_language``."""
    original = {"name": version.name, "description": version.description, "criteria": version.criteria}
    texts: Mapping[str, Mapping[str, str]] = {**version.translations, version.language: original}
    by_tag = {tag.lower(): tag for tag in texts}
    for wanted in languages:
        for candidate in (wanted.lower(), wanted.lower().partition("-")[0]):
            if candidate in by_tag:
                tag = by_tag[candidate]
                return Words(language=tag, **{**original, **texts[tag]})
    return Words(language=version.language, **original)


def _says(version: AchievementVersion, draft: Draft) -> bool:
    return all(getattr(version, part.name) == getattr(draft, part.name) for part in fields(draft))


def held_of(work: UnitOfWork, affiliate_id: str | None, achievement_id: str) -> Held:
    """The achievement with its present version, inside a transaction; of any affiliate when None is named.

    Raises:
        NotFoundError: There is none.
    """
    achievement = work.get_achievement(achievement_id, affiliate_id)
    if achievement is None:
        raise NotFoundError("achievement.not_found")
    return Held(achievement=achievement, version=version_of(work, achievement.id, achievement.version))


def version_of(work: UnitOfWork, achievement_id: str, number: int) -> AchievementVersion:
    """One version, inside a transaction.

    Raises:
        NotFoundError: There is none.
    """
    version = work.get_version(achievement_id, number)
    if version is None:
        raise NotFoundError("achievement.not_found")
    return version
