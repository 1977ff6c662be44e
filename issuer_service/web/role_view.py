"""What a role asks as a page shows it: skill by skill, under headings, with the reason of every number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from flask import g
from flask_babel import gettext, ngettext

from issuer_service.services.framework_views import ItemView
from issuer_service.services.role_progress import LookedAt
from issuer_service.services.sentences import N_
from issuer_service.web.spoken import Spoken, spoken
from openbadges.errors import ConfigurationError
from openbadges.frameworks import Catalogue, Level, Profile, ProfileEntry, Progress, Reason, SkillProgress, Texts

__all__ = ["EVIDENCE", "STATES", "Row", "Section", "sections"]

# what may be shown in a situation, where the answer is no
EVIDENCE: Mapping[str, str] = MappingProxyType(
    {
        "publicEvidence": N_("Evidence is looked at, and not shown in public."),
        "publicRecipientName": N_("Names are not shown in public."),
        "listInDirectory": N_("Nobody is listed in a directory."),
        "countInTerritoryStats": N_("Nobody is counted in numbers by place."),
    }
)
# state of progress -> word, look, picture
STATES: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "met": (N_("Shown"), "good", "check"),
        "below": (N_("On the way"), "open", "clock"),
        "level_unknown": (N_("Shown, without a level"), "open", "question"),
        "missing": (N_("Not shown yet"), "quiet", "dash"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One skill that is asked.

    Attributes:
        name: Its name in the reader's language.
        local_name: What people at the chosen group call it.
        code: Its code or address.
        page: Where it is kept here.
        level: The order that is asked.
        levels: All levels of its framework.
        asked: The level that is asked, with its words.
        reasons: Where the number comes from, step by step.
        state: What one's own badges show of it.
        shown_by: The badges that show it.
    """

    name: Spoken
    local_name: Spoken | None
    code: str
    page: ItemView | None
    level: int
    levels: Sequence[Level]
    asked: Level | None
    reasons: Sequence[str]
    state: SkillProgress | None = None
    shown_by: Sequence[LookedAt] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Skills of the same kind."""

    title: Spoken
    rows: Sequence[Row]


def sections(
    profile: Profile, catalogue: Catalogue, progress: Progress | None = None, looked_at: Sequence[LookedAt] = ()
) -> Sequence[Section]:
    """The skills of a profile under the names of their groups, in the order of the frameworks."""
    pages = g.services.frameworks.find_all([entry.item.id for entry in profile.entries if entry.item is not None])
    states = {one.skill: one for one in progress.skills} if progress is not None else {}
    badges = {one.id: one for one in looked_at}
    found: dict[Spoken, list[Row]] = {}
    for entry in sorted(profile.entries, key=lambda one: _place(one, catalogue)):
        state = states.get(entry.skill)
        levels = catalogue.levels(entry.framework) if entry.framework is not None else ()
        row = Row(
            name=spoken(entry.item.label, entry.skill) if entry.item is not None else Spoken(entry.skill, ""),
            local_name=_local_name(entry, catalogue),
            code=entry.skill,
            page=pages.get(entry.item.id) if entry.item is not None else None,
            level=entry.level,
            levels=levels,
            asked=next((level for level in levels if level.order == entry.level), None),
            reasons=[_reason(reason, catalogue) for reason in entry.reasons],
            state=state,
            shown_by=[badges[name] for name in state.badges if name in badges] if state is not None else (),
        )
        found.setdefault(_group(entry, catalogue), []).append(row)
    return [Section(title, rows) for title, rows in found.items()]


def _place(entry: ProfileEntry, catalogue: Catalogue) -> tuple[int, int, str]:
    """Where it stands in the frameworks; what is in none of them comes last."""
    if entry.framework is None or entry.item is None:
        return len(catalogue.frameworks), 0, entry.skill
    ids = [one.id for one in catalogue.frameworks]
    items = [one.id for one in entry.framework.items]
    return ids.index(entry.framework.id), items.index(entry.item.id), entry.skill


def _group(entry: ProfileEntry, catalogue: Catalogue) -> Spoken:
    for target in entry.item.targets("broader") if entry.item is not None else ():
        found = _of(catalogue.item, target)
        if found is not None:
            return spoken(found)
    return spoken(entry.framework.title) if entry.framework is not None else Spoken(gettext("Others"), "")


def _local_name(entry: ProfileEntry, catalogue: Catalogue) -> Spoken | None:
    names = catalogue.local_name(entry.item) if entry.item is not None else {}
    return spoken(names) if names else None


def _reason(reason: Reason, catalogue: Catalogue) -> str:
    """One step to the number in plain words."""
    if reason.rule == "requires":
        return _of_role(reason, catalogue)
    if reason.rule == "stricter":
        here = str(spoken(catalogue.local.title)) if catalogue.local is not None else ""
        words = gettext("%(place)s asks level %(level)s of everybody in this role", place=here, level=reason.value)
        return str(words)
    situation = str(spoken(_of(catalogue.context, reason.of) or {}, reason.of))
    if reason.rule == "require":
        words = gettext("“%(situation)s” asks at least level %(level)s", situation=situation, level=reason.value)
    elif reason.rule == "relax":
        words = gettext("“%(situation)s” asks at most level %(level)s", situation=situation, level=reason.value)
    elif reason.value < 0:
        words = ngettext("“%(situation)s” asks %(num)s level less",
                         "“%(situation)s” asks %(num)s levels less", -reason.value, situation=situation)  # fmt: skip
    else:
        words = ngettext("“%(situation)s” asks %(num)s level more",
                         "“%(situation)s” asks %(num)s levels more", reason.value, situation=situation)  # fmt: skip
    return str(words)


def _of_role(reason: Reason, catalogue: Catalogue) -> str:
    role = str(spoken(_of(catalogue.role, reason.of) or {}, reason.of))
    if reason.source == "overlay":
        return str(gettext("the local role “%(role)s” asks level %(level)s", role=role, level=reason.value))
    return str(gettext("the role “%(role)s” asks level %(level)s", role=role, level=reason.value))


def _of(look_up: object, reference: str) -> Texts | None:
    """The label of an item, role or context; None where it is not known or not plain which one is meant."""
    try:
        found = look_up(reference)  # type: ignore[operator]  # a method of Catalogue
    except ConfigurationError:
        return None
    return found[1].label if found is not None else None
