"""Frameworks in the words of CASE 1.1 (1EdTech), one record at a time or as a whole package.

Records are those of the package that the library writes, so that whoever reads them one by one reads the same. Small
frameworks are written once and kept for a while; of large ones only the surroundings of an item are written.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from issuer_service.services.errors import NotFoundError
from issuer_service.services.framework_cache import FrameworkCache
from issuer_service.services.framework_index import address_key
from issuer_service.services.framework_records import FrameworkItem, FrameworkRecord
from issuer_service.services.framework_views import FrameworkView, ItemView
from issuer_service.services.frameworks import view_of, whole_of
from issuer_service.services.ports import UnitOfWork
from issuer_service.services.tools import Tools
from openbadges.frameworks import ExportOptions, Framework, case_package
from openbadges.frameworks.alignment import level_id
from openbadges.frameworks.identifiers import uuid_of

__all__ = ["CaseDocuments"]

_SMALL = 2_000  # items; larger frameworks are not written whole for the sake of one item
_MOST_PACKAGES = 8
Record = Mapping[str, Any]


class _Packages:
    """The packages written last. May be used by several threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, int], Record] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: tuple[str, int]) -> Record | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def keep(self, key: tuple[str, int], package: Record) -> None:
        with self._lock:
            self._kept[key] = package
            if len(self._kept) > _MOST_PACKAGES:
                self._kept.popitem(last=False)


@dataclass(frozen=True, slots=True)
class CaseDocuments:
    """Use cases of the CASE service; everything it tells is public.

    Args:
        tools: Where frameworks are kept.
        cache: Frameworks that were read a moment ago.
        small: How many items a framework may have to be written whole.
    """

    tools: Tools
    cache: FrameworkCache
    small: int = _SMALL
    packages: _Packages = field(default_factory=_Packages, repr=False)

    def documents(self) -> Sequence[Record]:
        """The CFDocument of every framework, each with the link to its package."""
        with self.tools.store.read() as work:
            records = [self._document(view_of(work, record)) for record in work.list_frameworks()]
        return list({record["identifier"]: record for record in reversed(records)}.values())[::-1]

    def document(self, identifier: str) -> Record:
        """One CFDocument with the link to its package.

        Raises:
            NotFoundError: There is none with this identifier.
        """
        with self.tools.store.read() as work:
            return self._document(_by_identifier(work, identifier))

    def size(self, identifier: str) -> int:
        """How many items a whole CFPackage has, told without writing it.

        Raises:
            NotFoundError: There is none with this identifier.
        """
        with self.tools.store.read() as work:
            return _by_identifier(work, identifier).version.item_count

    def package(self, identifier: str) -> Record:
        """A whole CFPackage.

        Raises:
            NotFoundError: There is none with this identifier.
        """
        with self.tools.store.read() as work:
            return self._package(work, _by_identifier(work, identifier).record)

    def item(self, identifier: str) -> Record:
        """A CFItem (a group, skill, role, context or level) with the link to its document.

        Raises:
            NotFoundError: There is none with this identifier.
        """
        with self.tools.store.read() as work:
            return self._around(work, identifier)[0]

    def item_associations(self, identifier: str) -> tuple[Record, Sequence[Record]]:
        """A CFItem and every CFAssociation of its framework that begins or ends at it.

        Raises:
            NotFoundError: There is none with this identifier.
        """
        with self.tools.store.read() as work:
            item, package = self._around(work, identifier)
            ends = ("originNodeURI", "destinationNodeURI")
            touching = [
                one for one in package.get("CFAssociations", ()) if any(one[end]["uri"] == item["uri"] for end in ends)
            ]
            return item, touching

    def _around(self, work: UnitOfWork, identifier: str) -> tuple[Record, Record]:
        """The item, and a package that has everything that touches it."""
        rows = sorted(work.items_by_identifier(identifier), key=lambda row: _rank(work, row))
        if rows:
            record = _record(work, rows[0])
            view = view_of(work, record)
            small = view.version.item_count <= self.small
            package = self._package(work, record) if small else self._part(work, view, rows[0])
        else:
            view = _with_part(work, identifier)
            package = self._package(work, view.record)
        found = next((one for one in package["CFItems"] if one["identifier"] == identifier), None)
        if found is None:  # it was in an older version only
            raise NotFoundError("framework.item_not_found")
        document = self._document(view)
        link = {"title": document["title"], "identifier": document["identifier"], "uri": document["uri"]}
        return {**found, "CFDocumentURI": link}, package

    def _document(self, view: FrameworkView) -> Record:
        document = dict(_written(view.head, (), view.changed)["CFDocument"])
        address = f"{self.tools.site.base_url}/ims/case/v1p1/CFPackages/{document['identifier']}"
        link = {"title": document["title"], "identifier": document["identifier"], "uri": address}
        return {**document, "CFPackageURI": link}

    def _package(self, work: UnitOfWork, record: FrameworkRecord) -> Record:
        kept = self.packages.get((record.id, record.version))
        if kept is not None:
            return kept
        framework = whole_of(work, self.cache, record)
        written = _written(framework, self._known(work, framework), view_of(work, record).changed)
        if len(framework.items) <= self.small:
            self.packages.keep((record.id, record.version), written)
        return written

    def _known(self, work: UnitOfWork, framework: Framework) -> Sequence[Framework]:
        """The frameworks that this one refers to by code, as far as they are here."""
        uris = dict.fromkeys((*framework.uses, *framework.extends))
        found = [work.frameworks_by_uri(address_key(uri)) for uri in uris]
        return [whole_of(work, self.cache, records[0]) for records in found if records]

    def _part(self, work: UnitOfWork, view: FrameworkView, row: FrameworkItem) -> Record:
        return _written(self._surroundings(work, view, row), self._known(work, view.head), view.changed)

    def _surroundings(self, work: UnitOfWork, view: FrameworkView, row: FrameworkItem) -> Framework:
        """The framework with those items only that touch one or stand beside it.

        Those beside it come first and in order, because their places are counted; whoever is above or elsewhere stands
        without what is above it, and must not be counted among them.
        """
        number, own = view.record.version, view.record.id
        links = work.links_from(own, row.uri)
        above = work.items_by_uri([link.target for link in links if link.type == "broader"], own)
        beside = [one for parent in above for one in work.children_of_item(parent, number)]
        beside = beside or list(work.top_items(own, number))
        inwards = work.items_by_uri([link.source for link in work.links_to(row.uri, own)], own)
        outwards = work.items_by_uri([link.target for link in links], own)
        first = sorted({one.id: one for one in beside}.values(), key=lambda one: one.place)
        rest = sorted({one.id: one for one in (*inwards, *outwards)}.values(), key=lambda one: one.place)
        rows = {one.id: one for one in (*first, *rest) if one.last_version == number}
        return replace(view.head, items=tuple(ItemView.of(view, one).item for one in rows.values()))


def _written(framework: Framework, known: Sequence[Framework], changed: str) -> Record:
    return case_package(framework, ExportOptions(known=tuple(known), changed=changed))


def _record(work: UnitOfWork, row: FrameworkItem) -> FrameworkRecord:
    record = work.get_framework(row.framework_id)
    assert record is not None  # a foreign key says so
    return record


def _rank(work: UnitOfWork, row: FrameworkItem) -> tuple[bool, bool]:
    """Present items before removed ones, those of the whole site before those of affiliates."""
    record = _record(work, row)
    return row.last_version < record.version, record.affiliate_id is not None


def _by_identifier(work: UnitOfWork, identifier: str) -> FrameworkView:
    for record in work.list_frameworks():
        view = view_of(work, record)
        if uuid_of(view.head.id, view.head.identifier) == identifier:
            return view
    raise NotFoundError("framework.not_found")


def _with_part(work: UnitOfWork, identifier: str) -> FrameworkView:
    """The framework that has a level, role or context with this identifier: in CASE they are items too."""
    for record in work.list_frameworks():
        view = view_of(work, record)
        parts = [uuid_of(level_id(level, view.head), level.identifier) for level in view.head.levels]
        parts += [uuid_of(role.id) for role in view.head.roles] + [uuid_of(one.id) for one in view.head.contexts]
        if identifier in parts:
            return view
    raise NotFoundError("framework.item_not_found")
