"""What a skill framework is: items in a hierarchy, levels, roles, contexts, in several languages.

Values are frozen. Texts for people are mappings from language tag (BCP 47) to text. ``extra`` holds the members of the
file that this library does not know, so that they survive reading and writing. A reference (``Relation.target``,
``Requirement.skill`` ...) is a code (``MS-T2``) or an id (a URI).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

__all__ = [
    "FORMAT",
    "METHODS",
    "RELATION_TYPES",
    "Adjust",
    "Context",
    "Framework",
    "Item",
    "Level",
    "License",
    "LocalName",
    "Match",
    "Provenance",
    "Record",
    "Relation",
    "Requirement",
    "Role",
    "Stricter",
    "Texts",
    "Translation",
    "text",
]

FORMAT = "openbadges-framework/1"

RELATION_TYPES = ("broader", "narrower", "related", "exact", "close", "precedes", "replacedBy", "partOf")
"""Kinds of relation with a meaning here; others are written ``ext:name``. ``narrower`` to an item of the same framework
is kept as ``broader`` at the other end, so that the hierarchy has one truth."""

METHODS = (
    "training",
    "mentoring",
    "consulting",
    "online-course",
    "peer-support",
    "event",
    "self-study",
    "on-the-job",
)
"""Ways in which a skill is learned or shown: ``Item.methods``."""

Texts = Mapping[str, str]


def _none() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A statement "this item is ``type`` of ``target``": ``broader`` means that the target is the broader one.

    ``order`` is the place among the target's children, only where it differs from the order of the file.
    """

    type: str
    target: str
    order: int | None = None
    extra: Mapping[str, Any] = field(default_factory=_none)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The same or a similar skill elsewhere, e.g. in ESCO.

    Attributes:
        scheme: Short name of the other framework: ``esco``, ``capx``, ``wikidata`` ...
        uri: Its URI there, when it has one.
        code: Its code there, when it has one.
        match: ``exact``, ``close``, ``broad``, ``narrow`` or ``related`` (SKOS), seen from the item.
        label: Its name there, per language.
    """

    scheme: str
    uri: str | None = None
    code: str | int | None = None
    match: str | None = None
    label: Texts = field(default_factory=_none)
    extra: Mapping[str, Any] = field(default_factory=_none)


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """How far a skill is mastered; ``order`` 1 is the lowest."""

    key: str
    order: int
    label: Texts
    description: Texts = field(default_factory=_none)
    id: str | None = None
    identifier: str | None = None
    extra: Mapping[str, Any] = field(default_factory=_none)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where an adopted item comes from."""

    framework: str
    item: str
    version: str | None = None
    owner: str | None = None
    extra: Mapping[str, Any] = field(default_factory=_none)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A skill or a group of skills.

    Attributes:
        id: URI; where a person or a program reads about it.
        code: Short name that people cite, unique in its framework; None where the source has none (ESCO).
        identifier: UUID in CASE or CTID in CTDL-ASN, where it is not the one that follows from ``id``.
        kind: ``group``, ``skill``, or the source's own word.
        levels: Keys of the levels that apply; empty means all levels of the framework.
        only_local: A local item that says it has no global counterpart.
    """

    id: str
    label: Texts
    code: str | None = None
    identifier: str | None = None
    kind: str = "skill"
    slug: str | None = None
    status: str | None = None
    description: Texts = field(default_factory=_none)
    alt_labels: Mapping[str, tuple[str, ...]] = field(default_factory=_none)
    levels: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()
    evidence_examples: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    mappings: tuple[Match, ...] = ()
    only_local: bool = False
    adopted_from: Provenance | None = None
    extra: Mapping[str, Any] = field(default_factory=_none)

    @property
    def ref(self) -> str:
        """What others call it: its code, else its id."""
        return self.code or self.id

    def targets(self, relation_type: str) -> tuple[str, ...]:
        """The references of one kind of relation, in the order they are stated."""
        return tuple(relation.target for relation in self.relations if relation.type == relation_type)


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """A skill and the level (an ``order``) that is asked."""

    skill: str
    level: int
    extra: Mapping[str, Any] = field(default_factory=_none)


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A part that a person or group plays, and the levels it asks.

    ``based_on`` and ``context`` are codes: a local role starts from what another role asks in a context.
    """

    code: str
    id: str
    label: Texts
    description: Texts = field(default_factory=_none)
    based_on: str | None = None
    context: str | None = None
    requires: tuple[Requirement, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=_none)


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjust:
    """What a context changes in what a role asks.

    Attributes:
        level_delta: Skill to a number of levels more (or fewer); touches only skills that the role asks for.
        require: Skill to the least level; adds the skill where the role does not ask for it.
        relax: Skill to the highest level that is asked; touches only skills that the role asks for.
        evidence: What may be shown, as yes or no (``publicEvidence`` ...).
        assessment: A sentence for assessors.
    """

    level_delta: Mapping[str, int] = field(default_factory=_none)
    require: Mapping[str, int] = field(default_factory=_none)
    relax: Mapping[str, int] = field(default_factory=_none)
    evidence: Mapping[str, bool] = field(default_factory=_none)
    assessment: str | None = None
    extra: Mapping[str, Any] = field(default_factory=_none)


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """A situation that changes what is asked and what may be shown."""

    code: str
    id: str
    label: Texts
    description: Texts = field(default_factory=_none)
    adjust: Adjust = field(default_factory=Adjust)
    extra: Mapping[str, Any] = field(default_factory=_none)


@dataclass(frozen=True, slots=True, kw_only=True)
class License:
    """Under which terms the framework may be used."""

    title: str
    url: str | None = None
    extra: Mapping[str, Any] = field(default_factory=_none)


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """Texts of a global item in languages that the global framework lacks."""

    item: str
    label: Texts = field(default_factory=_none)
    description: Texts = field(default_factory=_none)
    extra: Mapping[str, Any] = field(default_factory=_none)


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalName:
    """What people here call a global item; shown beside its own name, never instead of it in a badge."""

    item: str
    label: Texts
    extra: Mapping[str, Any] = field(default_factory=_none)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stricter:
    """Higher levels that a local layer asks of a global role, everywhere or in one context."""

    role: str
    requires: tuple[Requirement, ...]
    context: str | None = None
    extra: Mapping[str, Any] = field(default_factory=_none)


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """A published set of items with its levels, roles and contexts; or a local layer over others (``extends``).

    Attributes:
        id: URI.
        scheme: Where the items' identity comes from, which decides how a badge cites them: ``openbadges`` (this
            project's own files), ``case``, ``esco``, ``ctdl-asn``, ``onet``, ``digcomp``, ``lightcast``, ``wikidata``.
        modified: Date-time of the last change, as the source writes it.
        extends: Ids of the frameworks that this one is a local layer of.
        uses: Ids of the frameworks whose items this one refers to.
        items: Groups first, then skills.
        stricter, translations, local_names: Only in a local layer; see ``overlay``.
    """

    id: str
    title: Texts
    code: str | None = None
    identifier: str | None = None
    version: str | None = None
    status: str | None = None
    scope: str | None = None
    owner: str | None = None
    creator: str | None = None
    publisher: str | None = None
    source: str | None = None
    modified: str | None = None
    scheme: str = "openbadges"
    description: Texts = field(default_factory=_none)
    license: License | None = None
    languages: tuple[str, ...] = ()
    extends: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    levels: tuple[Level, ...] = ()
    items: tuple[Item, ...] = ()
    roles: tuple[Role, ...] = ()
    contexts: tuple[Context, ...] = ()
    stricter: tuple[Stricter, ...] = ()
    translations: tuple[Translation, ...] = ()
    local_names: tuple[LocalName, ...] = ()
    resolution: str | None = None
    extra: Mapping[str, Any] = field(default_factory=_none)

    @property
    def name(self) -> str:
        """Its title in English or the first language, for messages."""
        return text(self.title, "en") or self.id

    @property
    def main_language(self) -> str:
        """The language of texts in formats that know only one."""
        stated = self.languages or tuple(self.title)
        return stated[0] if stated else "en"


Record = Item | Role | Context
"""What a reference may lead to."""


def text(texts: Texts, language: str, *, fallback: str = "en") -> str | None:
    """The text in ``language``, else in its main language (``pt`` for ``pt-BR``), else in ``fallback``, else the first.

    Args:
        texts: Language tag to text.
        language: BCP 47 tag; case does not matter.
        fallback: The language to fall back to.

    Returns:
        None only if there is no text at all.
    """
    folded = {tag.casefold(): value for tag, value in texts.items()}
    for wanted in (language, language.split("-", 1)[0], fallback):
        found = folded.get(wanted.casefold()) or _regional(folded, wanted.casefold())
        if found:
            return found
    return next(iter(texts.values()), None)


def _regional(folded: Mapping[str, str], language: str) -> str | None:
    """``en-us`` serves a reader of ``en``."""
    return next((value for tag, value in folded.items() if tag.startswith(language + "-")), None)
