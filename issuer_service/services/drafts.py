"""What somebody fills in to define an achievement, read from a form or from JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from issuer_service.services.forms import LANGUAGE, Form, clean_text
from issuer_service.services.rubrics import read_rubrics
from issuer_service.services.sentences import N_
from openbadges import Alignment
from openbadges.errors import OpenBadgesError

__all__ = ["ACHIEVEMENT_TYPES", "METHODS", "Draft", "read_draft"]

ACHIEVEMENT_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "Badge": N_("Badge"),
        "Achievement": N_("Achievement"),
        "Award": N_("Award"),
        "Certificate": N_("Certificate"),
        "CertificateOfCompletion": N_("Certificate of completion"),
        "Certification": N_("Certification"),
        "CommunityService": N_("Community service"),
        "Competency": N_("Competency"),
        "Course": N_("Course"),
        "Fieldwork": N_("Fieldwork"),
        "LearningProgram": N_("Learning programme"),
        "Membership": N_("Membership"),
        "MicroCredential": N_("Micro-credential"),
    }
)
METHODS: Mapping[str, str] = MappingProxyType(
    {
        "": N_("Not said"),
        "training": N_("Training"),
        "mentoring": N_("Mentoring"),
        "event": N_("Event"),
        "peer": N_("Peer learning"),
        "practice": N_("Practice"),
        "assessment": N_("Assessment"),
        "self-study": N_("Self-study"),
        "service": N_("Service to the community"),
    }
)
_WORDS = MappingProxyType({"name": 200, "description": 2_000, "criteria": 20_000})  # longest, in characters
_FIELDS = (
    *_WORDS,
    "language",
    "achievement_type",
    "method",
    "image_id",
    "valid_days",
    "tags",
    "alignments",
    "levels",
    "rubrics",
    "translations",
)
_MOST_TAGS, _MOST_ALIGNMENTS, _MOST_LEVELS, _MOST_TRANSLATIONS = 20, 20, 10, 20
_MOST_DAYS = 36_500
_ALIGNMENT_MEMBERS = frozenset(
    {"type", "targetName", "targetUrl", "targetCode", "targetDescription", "targetFramework", "targetType"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The content of an achievement, checked; the fields are those of ``AchievementVersion``."""

    name: str
    description: str
    criteria: str
    language: str = "en"
    achievement_type: str = "Badge"
    method: str = ""
    image_id: str | None = None
    valid_days: int | None = None
    tags: tuple[str, ...] = ()
    alignments: tuple[Mapping[str, Any], ...] = ()
    levels: tuple[Mapping[str, str], ...] = ()
    rubrics: tuple[Mapping[str, Any], ...] = ()
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def read_draft(given: Mapping[str, Any], *, language: str = "en") -> Draft:
    """Read what was filled in.

    Args:
        given: Texts and lists by field name. ``tags`` may be one text with commas; ``levels`` one text with a level
            a line and its description after a colon.
        language: Used when none is given.

    Raises:
        InvalidError: Something cannot be used, or is no field of an achievement (S-AZ-2).
    """
    form = Form(given, _FIELDS)
    alignments = _alignments(form)
    draft = Draft(
        name=form.text("name", longest=_WORDS["name"], required=True),
        description=form.text("description", longest=_WORDS["description"], required=True, lines=True),
        criteria=form.text("criteria", longest=_WORDS["criteria"], required=True, lines=True),
        language=form.language("language", language),
        achievement_type=form.choice("achievement_type", ACHIEVEMENT_TYPES, "Badge"),
        method=form.choice("method", METHODS, ""),
        image_id=form.text("image_id", longest=64) or None,
        valid_days=form.number("valid_days", least=1, most=_MOST_DAYS),
        tags=_tags(form),
        alignments=alignments,
        levels=_levels(form),
        rubrics=read_rubrics(form, alignments),
        translations=_translations(form),
    )
    form.finish()
    return draft


def _items(form: Form, name: str, most: int) -> Sequence[Any]:
    value = form.raw(name)
    if value is None or value == "":
        return ()
    if not isinstance(value, (list, tuple)):
        form.refuse(name, "field.not_list")
        return ()
    if len(value) > most:
        form.refuse(name, "field.too_many", most=most)
        return ()
    return value


def _short(value: Any, longest: int) -> str | None:
    """A clean text of at most ``longest`` characters; None for anything else."""
    text = clean_text(value) if isinstance(value, str) else None
    return text if text is not None and len(text) <= longest else None


def _tags(form: Form) -> tuple[str, ...]:
    value = form.raw("tags")
    given = re.split(r"[,،、;\n]", value) if isinstance(value, str) else _items(form, "tags", _MOST_TAGS)
    tags = [_short(tag, 60) for tag in given]
    if None in tags:
        form.refuse("tags", "field.list_item", longest=60)
    found = tuple(dict.fromkeys(tag for tag in tags if tag))
    if len(found) > _MOST_TAGS:
        form.refuse("tags", "field.too_many", most=_MOST_TAGS)
    return found


def _alignments(form: Form) -> tuple[Mapping[str, Any], ...]:
    found = []
    for number, given in enumerate(_items(form, "alignments", _MOST_ALIGNMENTS), start=1):
        if not isinstance(given, Mapping) or set(given) - _ALIGNMENT_MEMBERS:
            form.refuse("alignments", "achievement.alignment", number=number, reason="")
            continue
        members = {name: value for name, value in given.items() if value != ""}
        members["type"] = ["Alignment"]
        texts = [value for name, value in members.items() if name != "type"]
        if any(_short(value, 2_048) is None for value in texts):
            form.refuse("alignments", "achievement.alignment", number=number, reason="")
            continue
        try:
            found.append(Alignment.from_document(members).to_document())
        except OpenBadgesError as error:
            form.refuse("alignments", "achievement.alignment", number=number, reason=error.detail)
    return tuple(found)


def _levels(form: Form) -> tuple[Mapping[str, str], ...]:
    value = form.raw("levels")
    given: Sequence[Any]
    if isinstance(value, str):
        given = [_level_line(line) for line in value.splitlines() if line.strip()]
    else:
        given = _items(form, "levels", _MOST_LEVELS)
    levels = []
    for item in given:
        known = isinstance(item, Mapping) and set(item) <= {"name", "description"}
        name = _short(item.get("name"), 100) if known else None
        description = _short(item.get("description", ""), 1_000) if known else None
        if not name or description is None:
            form.refuse("levels", "achievement.level")
            return ()
        levels.append(MappingProxyType({"name": name, "description": description}))
    if len(levels) > _MOST_LEVELS or len({level["name"] for level in levels}) != len(levels):
        form.refuse("levels", "achievement.levels", most=_MOST_LEVELS)
    return tuple(levels)


def _level_line(line: str) -> Mapping[str, str]:
    name, _, description = re.sub("[：﹕]", ":", line).partition(":")
    return {"name": name.strip(), "description": description.strip()}


def _translations(form: Form) -> Mapping[str, Mapping[str, str]]:
    given = form.raw("translations")
    if given is None or given == "":
        return {}
    if not isinstance(given, Mapping) or len(given) > _MOST_TRANSLATIONS:
        form.refuse("translations", "field.too_many", most=_MOST_TRANSLATIONS)
        return {}
    found = {}
    for language, words in given.items():
        texts = _translated(words)
        if not isinstance(language, str) or not LANGUAGE.fullmatch(language) or texts is None:
            form.refuse("translations", "achievement.translation", language=str(language)[:35])
        elif texts:
            found[language] = texts
    return found


def _translated(words: Any) -> Mapping[str, str] | None:
    """Name, description and criteria in another language, those that are there; None when they cannot be used."""
    if not isinstance(words, Mapping) or set(words) - set(_WORDS):
        return None
    texts = {name: _short(words[name], longest) for name, longest in _WORDS.items() if words.get(name)}
    if None in texts.values():
        return None
    filled = {name: text for name, text in texts.items() if text}
    return filled if not filled or "name" in filled else None
