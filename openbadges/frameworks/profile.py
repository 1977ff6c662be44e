"""What a role asks in a context: skills, levels, and where each number comes from.

The rule, as the starter frameworks state it: the level a role requires, plus the context's ``levelDelta``, at most the
highest level; then the context's ``require`` raises to at least that level and adds the skill if it is absent; then its
``relax`` lowers to at most that level. ``levelDelta`` and ``relax`` touch only skills that the role itself asks for. A
local layer comes last and may only raise and add.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from openbadges import jsontext
from openbadges.errors import ConfigurationError
from openbadges.frameworks.catalogue import Catalogue
from openbadges.frameworks.limits import DEFAULT_FRAMEWORK_LIMITS
from openbadges.frameworks.model import Context, Framework, Item, Requirement, Role
from openbadges.messages import render

__all__ = ["Profile", "ProfileEntry", "Reason", "explanation_json", "levels_asked", "profile_json", "profile_of"]

_LOWEST = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One step to a number.

    Attributes:
        source: ``role``, ``context`` or ``overlay``.
        rule: ``requires``, ``levelDelta``, ``require``, ``relax`` or ``stricter``.
        of: Code of the role or context that says so.
        value: The number that stands there.
        level: The level after this step.
    """

    source: str
    rule: str
    of: str
    value: int
    level: int

    def __str__(self) -> str:
        return render(f"frameworks.reason.{self.rule}", {"of": self.of, "value": self.value, "level": self.level})


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileEntry:
    """One skill that is asked, the level, and the steps that led to it.

    ``item`` and ``framework`` are None where the framework of the skill was not given.
    """

    skill: str
    level: int
    reasons: tuple[Reason, ...]
    item: Item | None = None
    framework: Framework | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a role asks.

    Attributes:
        role: Code of the role.
        context: Code of the context that was applied, None without one.
        entries: Sorted by the code of the skill.
        evidence: What may be shown in this context.
        assessment: What assessors should know in this context.
    """

    role: str
    context: str | None
    entries: tuple[ProfileEntry, ...]
    evidence: Mapping[str, bool] = field(default_factory=lambda: MappingProxyType({}))
    assessment: str | None = None

    @property
    def levels(self) -> Mapping[str, int]:
        """Skill to level."""
        return MappingProxyType({entry.skill: entry.level for entry in self.entries})


def profile_of(catalogue: Catalogue, role: str, context: str | None = None) -> Profile:
    """What ``role`` asks in ``context``; see ``effective_profile``."""
    framework, found = _role(catalogue, role)
    plan = _Plan(catalogue)
    used = plan.start(framework, found, context)
    entries = tuple(
        ProfileEntry(
            skill=skill,
            level=reasons[-1].level,
            reasons=tuple(reasons),
            framework=plan.items[skill][0] if skill in plan.items else None,
            item=plan.items[skill][1] if skill in plan.items else None,
        )
        for skill, reasons in sorted(plan.reasons.items())
    )
    return Profile(
        role=found.code,
        context=used.code if used else None,
        entries=entries,
        evidence=MappingProxyType(dict(used.adjust.evidence)) if used else MappingProxyType({}),
        assessment=used.adjust.assessment if used else None,
    )


def levels_asked(
    catalogue: Catalogue, framework: Framework, role: Role, context: str | None = None
) -> Mapping[str, int]:
    """Skill to level for a role of ``framework``, which need not be in the catalogue as it is."""
    plan = _Plan(catalogue)
    plan.start(framework, role, context)
    return {skill: reasons[-1].level for skill, reasons in plan.reasons.items()}


def profile_json(profile: Profile) -> bytes:
    """``{"levels": {"LD-D1": 3, ...}}`` with sorted codes: the same bytes for the same question, every time."""
    return jsontext.dump({"levels": dict(profile.levels)})


def explanation_json(profile: Profile) -> bytes:
    """The profile with its steps and what may be shown, as JSON with a fixed order of members."""
    document: dict[str, Any] = {
        "role": profile.role,
        "context": profile.context,
        "levels": dict(profile.levels),
        "reasons": {entry.skill: [_reason_document(reason) for reason in entry.reasons] for entry in profile.entries},
        "evidence": dict(sorted(profile.evidence.items())),
        "assessment": profile.assessment,
    }
    return jsontext.dump(document)


def _reason_document(reason: Reason) -> dict[str, Any]:
    return {
        "source": reason.source,
        "rule": reason.rule,
        "of": reason.of,
        "value": reason.value,
        "level": reason.level,
        "detail": str(reason),
    }


def _role(catalogue: Catalogue, code: str, within: Framework | None = None) -> tuple[Framework, Role]:
    found = catalogue.role(code, within)
    if found is None:
        raise ConfigurationError("frameworks.unknown_role", name=code, known=list(catalogue.codes("roles")))
    return found


def _context(catalogue: Catalogue, code: str, within: Framework | None = None) -> tuple[Framework, Context]:
    found = catalogue.context(code, within)
    if found is None:
        raise ConfigurationError("frameworks.unknown_context", name=code, known=list(catalogue.codes("contexts")))
    return found


class _Plan:
    """The steps for each skill, taken in order."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self.reasons: dict[str, list[Reason]] = {}
        self.items: dict[str, tuple[Framework, Item]] = {}

    def start(self, framework: Framework, role: Role, context: str | None, depth: int = 0) -> Context | None:
        """Take every step for ``role`` and say which context was used."""
        if depth > DEFAULT_FRAMEWORK_LIMITS.depth:
            raise ConfigurationError("frameworks.role_circle", name=role.code)
        wanted = context or role.context
        if role.based_on is None:
            self._ask(framework, role.requires, "requires", role.code)
            used = self._apply(framework, wanted)
            self._ask_more(framework, role, used)
            return used
        below, base = _role(self._catalogue, role.based_on, framework)
        inner = _context(self._catalogue, wanted, framework)[1].id if wanted is not None else None
        used = self.start(below, base, inner, depth + 1)
        self._ask(framework, role.requires, "requires", role.code)
        self._ask_more(framework, role, used)
        return used

    def _ask(self, framework: Framework, requires: Sequence[Requirement], rule: str, of: str) -> None:
        source = "overlay" if self._is_local(framework) else "role"
        for requirement in requires:
            skill = self._skill(requirement.skill, framework)
            self._step(skill, (source, rule, of, requirement.level), max(requirement.level, self._level(skill)))

    def _apply(self, framework: Framework, code: str | None) -> Context | None:
        if code is None:
            return None
        home, context = _context(self._catalogue, code, framework)
        asked = set(self.reasons)
        adjust = context.adjust
        for name, delta in adjust.level_delta.items():
            skill = self._skill(name, home)
            if skill in asked:
                level = max(_LOWEST, self._capped(skill, framework, self._level(skill) + delta))
                self._step(skill, ("context", "levelDelta", context.code, delta), level)
        for name, least in adjust.require.items():
            skill = self._skill(name, home)
            self._step(skill, ("context", "require", context.code, least), max(least, self._level(skill)))
        for name, most in adjust.relax.items():
            skill = self._skill(name, home)
            if skill in asked:
                self._step(skill, ("context", "relax", context.code, most), min(most, self._level(skill)))
        return context

    def _ask_more(self, framework: Framework, role: Role, context: Context | None) -> None:
        local = self._catalogue.local
        for entry in local.stricter if local is not None else ():
            here = entry.context is None or (context is not None and entry.context in (context.code, context.id))
            if entry.role in (role.code, role.id) and here and local is not None and local.id != framework.id:
                self._ask(local, entry.requires, "stricter", role.code)

    def _is_local(self, framework: Framework) -> bool:
        return self._catalogue.local is not None and self._catalogue.local.id == framework.id

    def _skill(self, reference: str, framework: Framework) -> str:
        """One name for a skill, however it is referred to."""
        found = self._catalogue.item(reference, framework)
        if found is None:
            return reference
        self.items[found[1].ref] = found
        return found[1].ref

    def _level(self, skill: str) -> int:
        return self.reasons[skill][-1].level if skill in self.reasons else 0

    def _capped(self, skill: str, framework: Framework, level: int) -> int:
        """At most the highest level of the skill's own framework, else of the role's."""
        home = self.items[skill][0] if skill in self.items else framework
        levels = self._catalogue.levels(home) or self._catalogue.levels(framework)
        return min([level, *(each.order for each in levels[-1:])])

    def _step(self, skill: str, said: tuple[str, str, str, int], level: int) -> None:
        source, rule, of, value = said
        reason = Reason(source=source, rule=rule, of=of, value=value, level=level)
        self.reasons.setdefault(skill, []).append(reason)
