"""Skill frameworks of the site: finding one, its versions, its items and who uses them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from issuer_service.services.achievements import Held, version_of
from issuer_service.services.errors import NotFoundError
from issuer_service.services.framework_cache import FrameworkCache
from issuer_service.services.framework_index import address_key
from issuer_service.services.framework_records import (
    FrameworkItem,
    FrameworkLink,
    FrameworkRecord,
    FrameworkVersion,
)
from issuer_service.services.framework_views import FrameworkView, ItemPage, ItemView, Neighbour, UsedBy
from issuer_service.services.ports import Page, UnitOfWork
from issuer_service.services.records import AchievementState
from issuer_service.services.tools import Tools
from openbadges.frameworks import Framework, restore_framework

__all__ = ["Frameworks", "framework_of", "view_of", "whole_of"]


@dataclass(frozen=True, slots=True)
class Frameworks:
    """Use cases about reading frameworks. Frameworks are public; see ``FrameworkImports`` for who may change one."""

    tools: Tools
    cache: FrameworkCache = field(default_factory=FrameworkCache)

    # frameworks

    def all(self, affiliate_id: str | None = None) -> Sequence[FrameworkView]:
        """Every framework without its items: those of the whole site first, then those of affiliates, layers too.

        Args:
            affiliate_id: Only those of the whole site and of this affiliate.
        """
        with self.tools.store.read() as work:
            records = work.list_frameworks()
            return [view_of(work, one) for one in records if affiliate_id in (None, one.affiliate_id or affiliate_id)]

    def get(self, slug: str, number: int | None = None) -> FrameworkView:
        """A framework without its items.

        Args:
            slug: The word in its address.
            number: Of a version; the newest by default.

        Raises:
            NotFoundError: There is no such framework or version.
        """
        with self.tools.store.read() as work:
            return view_of(work, framework_of(work, slug), number)

    def whole(self, slug: str, number: int | None = None) -> Framework:
        """A framework with all its items, as the library knows it. Large ones take seconds when they are not at hand.

        Raises:
            NotFoundError: There is no such framework or version.
        """
        with self.tools.store.read() as work:
            record = framework_of(work, slug)
            return whole_of(work, self.cache, record, number)

    def versions(self, slug: str) -> Sequence[FrameworkVersion]:
        """All versions, newest first.

        Raises:
            NotFoundError: There is no such framework.
        """
        with self.tools.store.read() as work:
            return work.framework_versions(framework_of(work, slug).id)

    def by_uri(self, uri: str) -> FrameworkView | None:
        """The framework with this official address: that of the whole site, else the first affiliate's."""
        with self.tools.store.read() as work:
            found = work.frameworks_by_uri(address_key(uri))
            return view_of(work, found[0]) if found else None

    # items

    def top(self, slug: str, *, offset: int = 0, limit: int | None = None) -> Page[ItemView]:
        """The items with nothing broader above them, in the order of the file.

        Args:
            slug: The word in the framework's address.
            offset: How many to leave out.
            limit: How many to give; all of them by default.

        Raises:
            NotFoundError: There is no such framework.
        """
        with self.tools.store.read() as work:
            view = view_of(work, framework_of(work, slug))
            where = (view.record.id, view.record.version)
            found = work.top_items(*where, offset=offset, limit=limit)
            return Page(items=_views(view, found), total=work.count_top_items(*where))

    def keys(self, slug: str) -> Mapping[str, str]:
        """The words in the addresses of all items there are or were, by their official addresses.

        Raises:
            NotFoundError: There is no such framework.
        """
        with self.tools.store.read() as work:
            return {uri: key for uri, (_, key) in work.item_keys(framework_of(work, slug).id).items()}

    def children(self, item: ItemView) -> Sequence[ItemView]:
        """What stands under an item, in order."""
        with self.tools.store.read() as work:
            return _views(item.framework, work.children_of_item(item.row, item.framework.record.version))

    def item(self, slug: str, key: str) -> ItemView:
        """An item by the words in its address; one that was taken out is still found.

        Raises:
            NotFoundError: There is no such framework or item.
        """
        with self.tools.store.read() as work:
            return _item(work, slug, key)

    def page(self, slug: str, key: str) -> ItemPage:
        """All that is shown of an item.

        Raises:
            NotFoundError: There is no such framework or item.
        """
        with self.tools.store.read() as work:
            view = _item(work, slug, key)
            version = view.framework.record.version
            return ItemPage(
                item=view,
                parents=_parents(work, view),
                children=_views(view.framework, work.children_of_item(view.row, version)),
                neighbours=_neighbours(work, view),
                used_by=_used_by(work, view),
            )

    def find(self, reference: str, *, affiliate_id: str | None = None) -> ItemView | None:
        """The item with this address or code.

        Where several frameworks have it, one of the whole site goes first, then one of the affiliate, then others.

        Args:
            reference: What a badge or a relation states: a URI, or a code (``MS-T2``).
            affiliate_id: Whose frameworks go before those of others.
        """
        key = address_key(reference)
        with self.tools.store.read() as work:
            found = [*work.items_by_uri([key]), *work.items_by_code(key)]
            views = [ItemView.of(view_of(work, _record(work, row)), row) for row in found]
        return min(views, key=lambda one: _nearness(one, affiliate_id), default=None)

    def find_all(self, uris: Iterable[str]) -> dict[str, ItemView]:
        """The items with these addresses, by address: for a page that shows many badges' skills."""
        wanted = {address_key(uri): uri for uri in uris}
        found: dict[str, ItemView] = {}
        with self.tools.store.read() as work:
            views: dict[str, FrameworkView] = {}
            for row in work.items_by_uri(list(wanted)):
                view = views.setdefault(row.framework_id, view_of(work, _record(work, row)))
                item = ItemView.of(view, row)
                held = found.get(wanted[row.uri])
                if held is None or _nearness(item, None) < _nearness(held, None):
                    found[wanted[row.uri]] = item
        return found


def framework_of(work: UnitOfWork, slug: str) -> FrameworkRecord:
    """The framework at this address, inside a transaction.

    Raises:
        NotFoundError: There is none.
    """
    record = work.framework_by_slug(slug)
    if record is None:
        raise NotFoundError("framework.not_found")
    return record


def view_of(work: UnitOfWork, record: FrameworkRecord, number: int | None = None) -> FrameworkView:
    """A framework without its items, inside a transaction.

    Raises:
        NotFoundError: There is no such version.
    """
    version = work.framework_version(record.id, record.version if number is None else number)
    if version is None:
        raise NotFoundError("framework.not_found")
    owner = work.get_affiliate(record.affiliate_id) if record.affiliate_id else None
    return FrameworkView(record=record, version=version, head=restore_framework(version.head), owner=owner)


def whole_of(work: UnitOfWork, cache: FrameworkCache, record: FrameworkRecord, number: int | None = None) -> Framework:
    """A framework with its items, inside a transaction.

    Raises:
        NotFoundError: There is no such version.
    """
    wanted = record.version if number is None else number

    def read() -> Framework:
        content = work.framework_content(record.id, wanted)
        if content is None:
            raise NotFoundError("framework.not_found")
        return restore_framework(json.loads(content))

    return cache.get(record.id, wanted, read)


def _record(work: UnitOfWork, row: FrameworkItem) -> FrameworkRecord:
    record = work.get_framework(row.framework_id)
    assert record is not None  # a foreign key says so
    return record


def _views(framework: FrameworkView, rows: Iterable[FrameworkItem]) -> list[ItemView]:
    return [ItemView.of(framework, row) for row in rows]


def _item(work: UnitOfWork, slug: str, key: str) -> ItemView:
    view = view_of(work, framework_of(work, slug))
    row = work.item_by_key(view.record.id, key)
    if row is None:
        raise NotFoundError("framework.item_not_found")
    return ItemView.of(view, row)


def _nearness(item: ItemView, affiliate_id: str | None) -> tuple[bool, int]:
    """Present items before removed ones; the site's before the affiliate's own before others'."""
    owner = item.framework.record.affiliate_id
    return item.is_gone, 0 if owner is None else 1 if owner == affiliate_id else 2


def _parents(work: UnitOfWork, view: ItemView) -> list[ItemView]:
    framework_id = view.framework.record.id
    links = [one.target for one in work.links_from(framework_id, view.row.uri) if one.type == "broader"]
    return _views(view.framework, work.items_by_uri(links, framework_id))


def _neighbours(work: UnitOfWork, view: ItemView) -> list[Neighbour]:
    """Every relation but the hierarchy within the framework, at both ends."""
    own = view.framework.record.id
    found = []
    for relation in view.item.relations:
        row = _target(work, own, relation.target)
        if relation.type != "broader" or row is None or row.framework_id != own:
            item = None if row is None else ItemView.of(view_of(work, _record(work, row)), row)
            found.append(Neighbour(type=relation.type, target=relation.target, item=item))
    for link in (*work.links_to(view.row.uri), *_stated_by_code(work, view)):
        if link.type != "broader" or link.framework_id != own:
            for row in work.items_by_uri([link.source], link.framework_id):
                item = ItemView.of(view_of(work, _record(work, row)), row)
                found.append(Neighbour(type=link.type, target=item.item.id, item=item, inwards=True))
    return found


def _stated_by_code(work: UnitOfWork, view: ItemView) -> list[FrameworkLink]:
    """Relations to an item by its code, in frameworks that say they lie over its framework or use it."""
    if view.row.code is None:
        return []
    found = []
    for link in work.links_to(view.row.code):
        record = work.get_framework(link.framework_id)
        head = view_of(work, record).head if record is not None else None
        if head is not None and view.framework.head.id in (*head.extends, *head.uses):
            found.append(link)
    return found


def _target(work: UnitOfWork, framework_id: str, reference: str) -> FrameworkItem | None:
    """What a relation leads to: in its own framework first."""
    key = address_key(reference)
    rows = [*work.items_by_uri([key]), *work.items_by_code(key)]
    return min(rows, key=lambda row: row.framework_id != framework_id, default=None)


def _used_by(work: UnitOfWork, view: ItemView) -> list[UsedBy]:
    found = []
    for achievement_id in work.achievements_aligned([view.row.uri], [view.row.identifier]):
        achievement = work.get_achievement(achievement_id)
        if achievement is None or achievement.state is not AchievementState.PUBLISHED:
            continue
        affiliate = work.get_affiliate(achievement.affiliate_id)
        if affiliate is not None:
            version = version_of(work, achievement.id, achievement.version)
            found.append(UsedBy(affiliate=affiliate, held=Held(achievement=achievement, version=version)))
    return sorted(found, key=lambda one: one.held.version.name.casefold())
