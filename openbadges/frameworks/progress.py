"""What somebody has already shown of what a role asks: met, on the way, or missing. Never a score, never a rank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openbadges.frameworks.identifiers import uuid_of
from openbadges.frameworks.profile import Profile, ProfileEntry

__all__ = ["HeldSkill", "Progress", "SkillProgress", "progress"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldSkill:
    """A skill that a verified badge shows; the caller fills it from badges that were verified.

    Attributes:
        alignment: An OB 3.0 Alignment as a dict; ``targetUrl`` and ``targetCode`` are looked at.
        level: Order of the level that was reached; None where the badge states none.
        badge_id: Id of the credential.
    """

    alignment: Mapping[str, Any]
    level: int | None
    badge_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillProgress:
    """One skill of a profile.

    Attributes:
        state: ``met``; ``below`` (a badge shows a lower level); ``level_unknown`` (a badge shows the skill without a
            level); ``missing``.
        held: The highest level shown, None where no badge states one.
        badges: The badges that show the skill: those of the highest level first, each once.
    """

    skill: str
    required: int
    state: str
    held: int | None
    badges: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What is there and what is missing, in the order of the profile."""

    skills: tuple[SkillProgress, ...]

    @property
    def met(self) -> tuple[SkillProgress, ...]:
        """The skills that are shown at the level asked or above."""
        return tuple(entry for entry in self.skills if entry.state == "met")

    @property
    def open(self) -> tuple[SkillProgress, ...]:
        """All others."""
        return tuple(entry for entry in self.skills if entry.state != "met")


def progress(held: Sequence[HeldSkill], profile: Profile) -> Progress:
    """Compare held skills with a profile.

    A badge shows a skill when its alignment leads to the skill's id, to an item that the skill's framework calls an
    exact match, or cites the skill's UUID. A code such as ``1.2`` alone counts for nothing: codes are not unique in the
    world.

    Args:
        held: Skills of verified badges; nothing here verifies.
        profile: What is asked.
    """
    return Progress(skills=tuple(_compare(entry, held) for entry in profile.entries))


def _compare(entry: ProfileEntry, held: Sequence[HeldSkill]) -> SkillProgress:
    names = _names(entry)
    shown = [each for each in held if _shows(each, entry, names)]
    levels = [each.level for each in shown if each.level is not None]
    best = max(levels, default=None)
    ordered = sorted(shown, key=lambda each: (-(each.level or 0), each.badge_id))
    return SkillProgress(
        skill=entry.skill,
        required=entry.level,
        state=_state(entry.level, best, shown=bool(shown)),
        held=best,
        badges=tuple(dict.fromkeys(each.badge_id for each in ordered)),
    )


def _state(required: int, best: int | None, *, shown: bool) -> str:
    if not shown:
        return "missing"
    if best is None:
        return "level_unknown"
    return "met" if best >= required else "below"


def _names(entry: ProfileEntry) -> frozenset[str]:
    item = entry.item
    if item is None:
        return frozenset({entry.skill})
    exact = [match.uri for match in item.mappings if match.match == "exact" and match.uri is not None]
    return frozenset((item.id, *exact, *item.targets("exact")))


def _shows(held: HeldSkill, entry: ProfileEntry, names: frozenset[str]) -> bool:
    url, code = held.alignment.get("targetUrl"), held.alignment.get("targetCode")
    if isinstance(url, str) and url in names:
        return True
    return entry.item is not None and isinstance(code, str) and code == uuid_of(entry.item.id, entry.item.identifier)
