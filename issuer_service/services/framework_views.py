"""What use cases about frameworks give back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from issuer_service.services.achievements import Held
from issuer_service.services.framework_records import FrameworkItem, FrameworkRecord, FrameworkVersion
from issuer_service.services.records import Affiliate
from openbadges.frameworks import Catalogue, Framework, Item, Problem, restore_item, text

__all__ = ["FrameworkView", "ItemPage", "ItemView", "Merged", "Neighbour", "UsedBy"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkView:
    """A framework without its items.

    Attributes:
        record: Where it is kept.
        version: Its newest version, or the one that was asked for.
        head: Title, levels, roles, contexts and so on; ``items`` is empty.
        owner: Whose it is; None for one of the whole site.
    """

    record: FrameworkRecord
    version: FrameworkVersion
    head: Framework
    owner: Affiliate | None = None

    @property
    def slug(self) -> str:
        """The word in its address."""
        return self.record.slug

    @property
    def changed(self) -> str:
        """When this version came here, as a date-time: what programs go by where the framework does not say it."""
        return self.version.imported_at.isoformat(timespec="seconds")

    def title(self, language: str) -> str:
        """Its title in the reader's language, or the nearest there is."""
        return text(self.head.title, language) or self.head.id


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """A group or skill and the framework it is of."""

    framework: FrameworkView
    row: FrameworkItem
    item: Item

    @property
    def key(self) -> str:
        """The word in its address, below that of its framework."""
        return self.row.key

    @property
    def is_gone(self) -> bool:
        """Whether newer versions of the framework do not have it any more."""
        return self.row.last_version < self.framework.record.version

    def label(self, language: str) -> str:
        """Its name in the reader's language, or the nearest there is."""
        return text(self.item.label, language) or self.item.ref

    @classmethod
    def of(cls, framework: FrameworkView, row: FrameworkItem) -> ItemView:
        """From its row."""
        item = restore_item(row.document, framework_id=framework.head.id, group=row.kind == "group")
        return cls(framework=framework, row=row, item=item)


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """Something an item is related to.

    Attributes:
        type: ``related``, ``exact`` ..., as in ``openbadges.frameworks.RELATION_TYPES``.
        target: The address or code that is stated.
        item: What stands there, where it is kept here.
        inwards: Whether the other one states the relation.
    """

    type: str
    target: str
    item: ItemView | None = None
    inwards: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedBy:
    """A published achievement that names an item, and whose it is."""

    affiliate: Affiliate
    held: Held


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPage:
    """All that is shown of an item.

    Attributes:
        item: The item itself.
        parents: What is broader, in its own framework.
        children: What is narrower there, in order.
        neighbours: Relations of other kinds, and of any kind to other frameworks.
        used_by: Published achievements that name it.
    """

    item: ItemView
    parents: Sequence[ItemView]
    children: Sequence[ItemView]
    neighbours: Sequence[Neighbour]
    used_by: Sequence[UsedBy]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """Frameworks as one affiliate sees them.

    Attributes:
        catalogue: The shared frameworks with the local layer laid over them; without it where they contradict.
        layer: The local layer; None without one.
        conflicts: Why the layer does not fit the shared frameworks as they are now.
    """

    catalogue: Catalogue
    layer: Framework | None = None
    conflicts: tuple[Problem, ...] = field(default=())
