"""Frameworks, their versions, and the index of their items."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, and_, delete, exists, func, select

from issuer_service.services.framework_records import (
    TEXT_NUMBERS,
    FrameworkItem,
    FrameworkLink,
    FrameworkRecord,
    FrameworkText,
    FrameworkVersion,
)
from issuer_service.services.framework_words import Asked, Match
from issuer_service.storage import rows, tables
from issuer_service.storage.framework_words import engine_of
from issuer_service.storage.rows import Rows

__all__ = ["Frameworks"]

T = TypeVar("T")
_AFTER_ALL_LETTERS = "\U0010ffff"
_ROWS_AT_ONCE = 500  # databases limit the parameters of one statement, and memory is not for all rows at once


class Frameworks(Rows):
    """Part of the unit of work; the methods are those of ``services.framework_ports.FrameworkStore``."""

    def get_framework(self, framework_id: str) -> FrameworkRecord | None:
        """By id."""
        return self._get(rows.FRAMEWORKS, id=framework_id)

    def framework_by_slug(self, slug: str) -> FrameworkRecord | None:
        """By the word in its address."""
        return self._get(rows.FRAMEWORKS, slug=slug)

    def frameworks_by_uri(self, uri: str) -> Sequence[FrameworkRecord]:
        """Those with this official address, the one of the whole site first."""
        return [one for one in self.list_frameworks() if one.uri == uri]

    def list_frameworks(self) -> Sequence[FrameworkRecord]:
        """Those of the whole site first, each part by the word in its address."""
        columns = rows.FRAMEWORKS.table.c
        order = [columns.affiliate_id.is_not(None), columns.slug]
        return self._list(rows.FRAMEWORKS, order=order)

    def layer_of(self, affiliate_id: str) -> FrameworkRecord | None:
        """The local layer of an affiliate."""
        return self._get(rows.FRAMEWORKS, affiliate_id=affiliate_id, layer=True)

    def save_framework(self, framework: FrameworkRecord) -> None:
        """Insert or replace."""
        self._save(rows.FRAMEWORKS, framework)

    def framework_versions(self, framework_id: str) -> Sequence[FrameworkVersion]:
        """Newest first."""
        columns = rows.FRAMEWORK_VERSIONS.table.c
        return self._list(rows.FRAMEWORK_VERSIONS, columns.framework_id == framework_id, order=[columns.number.desc()])

    def framework_version(self, framework_id: str, number: int) -> FrameworkVersion | None:
        """By number."""
        return self._get(rows.FRAMEWORK_VERSIONS, framework_id=framework_id, number=number)

    def framework_content(self, framework_id: str, number: int) -> bytes | None:
        """The canonical document of a version."""
        columns = tables.FRAMEWORK_CONTENTS.c
        where = (columns.framework_id == framework_id, columns.number == number)
        found = self._db.execute(select(columns.content).where(*where)).scalar_one_or_none()
        return None if found is None else zlib.decompress(found)

    def add_framework_version(self, version: FrameworkVersion, content: Iterable[bytes]) -> None:
        """A new version; a number that is taken is a conflict."""
        self._db.execute(tables.FRAMEWORK_VERSIONS.insert(), rows.FRAMEWORK_VERSIONS.values(version))
        packed = {"framework_id": version.framework_id, "number": version.number, "content": deflated(content)}
        self._db.execute(tables.FRAMEWORK_CONTENTS.insert(), packed)

    def items_of_version(self, framework_id: str, number: int) -> Iterator[FrameworkItem]:
        """In the order of the file, a few at a time."""
        table, after = tables.FRAMEWORK_ITEMS, -1
        where = (table.c.framework_id == framework_id, table.c.last_version == number)
        while found := self._db.execute(
            select(table).where(*where, table.c.place > after).order_by(table.c.place).limit(_ROWS_AT_ONCE)
        ).mappings().all():  # fmt: skip
            yield from map(rows.FRAMEWORK_ITEMS.load, found)
            after = found[-1]["place"]

    # writing the index

    def item_keys(self, framework_id: str) -> Mapping[str, tuple[int, str]]:
        """Address -> number and key."""
        columns = tables.FRAMEWORK_ITEMS.c
        found = select(columns.uri, columns.id, columns.key).where(columns.framework_id == framework_id)
        return {uri: (number, key) for uri, number, key in self._db.execute(found)}

    def free_item_id(self) -> int:
        """The first number that no item has."""
        return self._free(tables.FRAMEWORK_ITEMS.c.id)

    def free_text_id(self) -> int:
        """The first number that no text has, without the part that says how long its name is."""
        return self._free(tables.FRAMEWORK_TEXTS.c.id % TEXT_NUMBERS)

    def _free(self, number: ColumnElement[int]) -> int:
        return int(self._db.execute(select(func.coalesce(func.max(number), 0))).scalar_one()) + 1

    def save_items(self, items: Iterable[FrameworkItem]) -> None:
        """Insert or replace, many at once."""
        table = tables.FRAMEWORK_ITEMS
        insert = self._insert(table)
        changed = {column.name: insert.excluded[column.name] for column in table.columns if column.name != "id"}
        statement = insert.on_conflict_do_update(index_elements=["id"], set_=changed)
        for some in _batches(items):
            self._db.execute(statement, [rows.FRAMEWORK_ITEMS.values(item) for item in some])

    def replace_links(self, framework_id: str, links: Iterable[FrameworkLink]) -> None:
        """All links of a framework."""
        kept = rows.FRAMEWORK_LINKS
        self._db.execute(delete(kept.table).where(kept.table.c.framework_id == framework_id))
        for some in _batches(links):
            self._db.execute(kept.table.insert(), [kept.values(link) for link in some])

    def forget_words(self, framework_id: str) -> None:
        """Remove what searching knows of a framework."""
        engine_of(self._db).forget(framework_id)
        for table in (tables.FRAMEWORK_TEXTS, tables.FRAMEWORK_TERMS, tables.FRAMEWORK_GRAMS):
            self._db.execute(delete(table).where(table.c.framework_id == framework_id))

    def add_texts(self, texts: Sequence[FrameworkText]) -> None:
        """Take up the words of some items."""
        for some in _batches(texts):
            self._db.execute(tables.FRAMEWORK_TEXTS.insert(), [rows.FRAMEWORK_TEXTS.values(one) for one in some])
            engine_of(self._db).learn(some)

    def add_terms(self, framework_id: str, terms: Sequence[str], grams: Mapping[str, bytes]) -> None:
        """Take up the different words of a framework and the index of their trigrams."""
        numbered: Iterator[dict[str, Any]] = (
            {"framework_id": framework_id, "number": number, "term": term} for number, term in enumerate(terms)
        )
        for some in _batches(numbered):
            self._db.execute(tables.FRAMEWORK_TERMS.insert(), some)
        packed: Iterator[dict[str, Any]] = (
            {"framework_id": framework_id, "gram": gram, "numbers": data} for gram, data in grams.items()
        )
        for some in _batches(packed):
            self._db.execute(tables.FRAMEWORK_GRAMS.insert(), some)

    # looking things up

    def item_by_key(self, framework_id: str, key: str) -> FrameworkItem | None:
        """By the word in its address."""
        return self._get(rows.FRAMEWORK_ITEMS, framework_id=framework_id, key=key)

    def items_by_code(self, code: str, framework_id: str | None = None) -> Sequence[FrameworkItem]:
        """By code, in one framework or in all."""
        return self._items("code", [code], framework_id)

    def items_by_uri(self, uris: Sequence[str], framework_id: str | None = None) -> Sequence[FrameworkItem]:
        """By address, in one framework or in all."""
        return self._items("uri", uris, framework_id)

    def items_by_identifier(self, identifier: str) -> Sequence[FrameworkItem]:
        """By UUID."""
        return self._items("identifier", [identifier], None)

    def items_by_id(self, ids: Sequence[int]) -> Sequence[FrameworkItem]:
        """By number."""
        return self._items("id", ids, None)

    def _items(self, column: str, values: Sequence[Any], framework_id: str | None) -> list[FrameworkItem]:
        columns = tables.FRAMEWORK_ITEMS.c
        within = [] if framework_id is None else [columns.framework_id == framework_id]
        found = []
        for some in _batches(dict.fromkeys(values)):
            where = (columns[column].in_(some), *within)
            found += self._list(rows.FRAMEWORK_ITEMS, *where, order=[columns.place, columns.framework_id])
        return found

    def top_items(
        self, framework_id: str, version: int, *, offset: int = 0, limit: int | None = None
    ) -> Sequence[FrameworkItem]:
        """Those with nothing broader in their own framework."""
        table = tables.FRAMEWORK_ITEMS
        found = select(table).where(*self._on_top(framework_id, version)).order_by(table.c.place)
        rows_found = self._db.execute(found.offset(offset).limit(limit)).mappings()
        return [rows.FRAMEWORK_ITEMS.load(row) for row in rows_found]

    def count_top_items(self, framework_id: str, version: int) -> int:
        """How many there are."""
        counted = select(func.count()).select_from(tables.FRAMEWORK_ITEMS)
        return int(self._db.execute(counted.where(*self._on_top(framework_id, version))).scalar_one())

    def _on_top(self, framework_id: str, version: int) -> Sequence[ColumnElement[bool]]:
        item, parent, link = tables.FRAMEWORK_ITEMS.c, tables.FRAMEWORK_ITEMS.alias(), tables.FRAMEWORK_LINKS
        up = and_(
            link.c.framework_id == item.framework_id, link.c.source == item.uri, link.c.type == "broader",
            parent.c.framework_id == item.framework_id, parent.c.uri == link.c.target,
            parent.c.last_version == version,
        )  # fmt: skip
        has_parent = exists().select_from(link, parent).where(up)
        return (item.framework_id == framework_id, item.last_version == version, ~has_parent)

    def children_of_item(self, item: FrameworkItem, version: int) -> Sequence[FrameworkItem]:
        """Those whose broader item it is."""
        child, link = tables.FRAMEWORK_ITEMS, tables.FRAMEWORK_LINKS
        down = and_(link.c.framework_id == child.c.framework_id, link.c.source == child.c.uri)
        statement = (
            select(child)
            .join(link, down)
            .where(
                link.c.framework_id == item.framework_id,
                link.c.target == item.uri,
                link.c.type == "broader",
                child.c.last_version == version,
            )
            .order_by(link.c.place, child.c.place)
        )
        return [rows.FRAMEWORK_ITEMS.load(row) for row in self._db.execute(statement).mappings()]

    def links_from(self, framework_id: str, source: str) -> Sequence[FrameworkLink]:
        """In the order of the file."""
        columns = tables.FRAMEWORK_LINKS.c
        where = (columns.framework_id == framework_id, columns.source == source)
        return self._list(rows.FRAMEWORK_LINKS, *where, order=[columns.type, columns.place, columns.target])

    def links_to(self, target: str, framework_id: str | None = None) -> Sequence[FrameworkLink]:
        """From one framework, or from all."""
        columns = tables.FRAMEWORK_LINKS.c
        where = [columns.target == target]
        if framework_id is not None:
            where.append(columns.framework_id == framework_id)
        return self._list(rows.FRAMEWORK_LINKS, *where, order=[columns.framework_id, columns.type, columns.place])

    def find_words(self, asked: Asked, limit: int) -> Sequence[Match]:
        """The texts that fit best."""
        return engine_of(self._db).find(asked, limit)

    def has_term(self, beginning: str, framework_ids: Sequence[str]) -> bool:
        """Whether a name has a word that begins so."""
        columns = tables.FRAMEWORK_TERMS.c
        within = (columns.term >= beginning, columns.term < beginning + _AFTER_ALL_LETTERS)
        statement = select(columns.number).where(columns.framework_id.in_(framework_ids), *within).limit(1)
        return self._db.execute(statement).first() is not None

    def grams(self, framework_ids: Sequence[str], grams: Sequence[str]) -> Mapping[str, Sequence[bytes]]:
        """Framework -> the packed numbers of its terms that have these trigrams."""
        columns = tables.FRAMEWORK_GRAMS.c
        where = (columns.framework_id.in_(framework_ids), columns.gram.in_(grams))
        found: dict[str, list[bytes]] = {}
        for framework_id, packed in self._db.execute(select(columns.framework_id, columns.numbers).where(*where)):
            found.setdefault(framework_id, []).append(packed)
        return found

    def terms(self, framework_id: str, numbers: Sequence[int]) -> Sequence[str]:
        """Terms by number."""
        columns = tables.FRAMEWORK_TERMS.c
        where = (columns.framework_id == framework_id, columns.number.in_(numbers))
        return list(self._db.execute(select(columns.term).where(*where)).scalars())

    def achievements_aligned(self, urls: Sequence[str], codes: Sequence[str]) -> Sequence[str]:
        """By the skills they name."""
        columns = tables.ALIGNED.c
        named = columns.url.in_(urls) | columns.code.in_(codes)
        return list(self._db.execute(select(columns.achievement_id).where(named).distinct()).scalars())


def _batches(records: Iterable[T]) -> Iterator[list[T]]:
    remaining = iter(records)
    while some := list(islice(remaining, _ROWS_AT_ONCE)):
        yield some


def deflated(pieces: Iterable[bytes]) -> bytes:
    """Pieces as one compressed whole, without ever holding the whole."""
    packer = zlib.compressobj(6)
    return b"".join((*map(packer.compress, pieces), packer.flush()))
