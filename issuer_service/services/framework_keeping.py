"""Keeping a framework: a version with its bytes, and the index by which its items are found."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, replace
from itertools import islice

from issuer_service.services.framework_content import content_digest, content_pieces, head_of
from issuer_service.services.framework_index import address_key, index_items, index_links, index_texts
from issuer_service.services.framework_records import FrameworkRecord, FrameworkVersion
from issuer_service.services.framework_views import FrameworkView
from issuer_service.services.frameworks import view_of
from issuer_service.services.hashing import new_id
from issuer_service.services.ports import UnitOfWork
from issuer_service.services.spelling import trigram_index
from issuer_service.services.tools import Tools
from openbadges.frameworks import (
    SCHEMES,
    Changes,
    Framework,
    compare,
    restore_framework,
    restore_item,
    text,
    to_document,
)

__all__ = ["MOST_CHANGES", "Imported", "Source", "changes_since", "keep_framework"]

_RESERVED = frozenset({"search", "roles", "items", "import", "new", "local", "contexts", "compare"})
_AT_ONCE = 500  # items
MOST_CHANGES = 2_000  # records whose changes are kept with a version; what is more is counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a version comes from and whose it is.

    Attributes:
        source_format: A key of ``openbadges.frameworks.IMPORTERS``.
        user_id: Who brought it.
        affiliate_id: Whose framework it is; None for one of the whole site.
        layer: Whether it is that affiliate's local layer.
    """

    source_format: str
    user_id: str
    affiliate_id: str | None = None
    layer: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of a file.

    Attributes:
        view: The framework as it is now.
        is_new: Whether it was not here before.
        is_changed: Whether there is a new version; False where the content is the same as before. What it changes is
            in ``view.version.changes``.
    """

    view: FrameworkView
    is_new: bool
    is_changed: bool


def keep_framework(
    work: UnitOfWork, tools: Tools, framework: Framework, source: Source, own: FrameworkRecord | None
) -> Imported:
    """Keep a framework and the index of its items, in the caller's transaction."""
    document = to_document(framework)
    digest = content_digest(document)
    before = None if own is None else work.framework_version(own.id, own.version)
    if own is not None and before is not None and before.digest == digest:
        return Imported(view=view_of(work, own), is_new=False, is_changed=False)
    changes = Changes() if before is None else changes_since(work, before, framework)
    record = _record(work, tools, framework, source, own)
    work.save_framework(record)
    version = FrameworkVersion(
        framework_id=record.id,
        number=record.version,
        digest=digest,
        source_format=source.source_format,
        head=head_of(document),
        item_count=len(framework.items),
        changes={} if before is None else changes.as_document(MOST_CHANGES),
        imported_by=source.user_id,
        imported_at=tools.now(),
    )
    work.add_framework_version(version, content_pieces(document))
    _index(work, framework, record)
    return Imported(view=view_of(work, record), is_new=own is None, is_changed=True)


def changes_since(work: UnitOfWork, before: FrameworkVersion, framework: Framework) -> Changes:
    """What a framework would change in the newest version of it; items that are as they were are not read twice."""
    old, new = [], {item.id: item for item in framework.items}
    for row in work.items_of_version(before.framework_id, before.number):
        item = restore_item(row.document, framework_id=framework.id, group=row.kind == "group")
        if new.get(item.id) == item:
            del new[item.id]
        else:
            old.append(item)
    return compare(
        replace(restore_framework(before.head), items=tuple(old)), replace(framework, items=tuple(new.values()))
    )


def _index(work: UnitOfWork, framework: Framework, record: FrameworkRecord) -> None:
    """Items a few at a time: all at once would be the framework a second time in memory."""
    work.forget_words(record.id)
    first_text, terms = work.free_text_id(), dict[str, None]()
    rows = index_items(framework, record.id, record.version, work.item_keys(record.id), work.free_item_id())
    pairs = zip(rows, framework.items, strict=True)
    while some := list(islice(pairs, _AT_ONCE)):
        texts = list(index_texts(record.id, some, first_text))
        first_text += len(texts)
        work.save_items([row for row, _ in some])
        work.add_texts(texts)
        terms |= dict.fromkeys(term for text in texts for term in f"{text.label} {text.names}".split() if term != "|")
    work.add_terms(record.id, list(terms), trigram_index(terms))
    work.replace_links(record.id, index_links(framework, record.id))


def _record(
    work: UnitOfWork, tools: Tools, framework: Framework, source: Source, own: FrameworkRecord | None
) -> FrameworkRecord:
    if own is not None:
        return replace(own, version=own.version + 1, uri=address_key(framework.id))
    taken = {one.slug for one in work.list_frameworks()} | _RESERVED
    return FrameworkRecord(
        id=new_id(),
        slug=_free_slug(framework, taken),
        uri=address_key(framework.id),
        affiliate_id=source.affiliate_id,
        layer=source.layer,
        created_at=tools.now(),
    )


def _free_slug(framework: Framework, taken: Collection[str]) -> str:
    """The end of its address where that is a word, else its title."""
    end = re.split(r"[/#:]", framework.id.rstrip("/#:"))[-1]
    scheme = SCHEMES.get(framework.scheme)
    if scheme is not None and scheme.name is not None:  # there is one framework of this kind
        end = framework.scheme
    elif not re.fullmatch(r"[a-z][a-z-]{2,40}", end):
        end = text(framework.title, "en") or ""
    slug = _plain(end) or "framework"
    numbers = (f"{slug}-{number}" for number in range(2, len(taken) + 3))
    return next(one for one in (slug, *numbers) if one not in taken)


def _plain(words: str) -> str:
    """Latin letters and digits with hyphens between the words."""
    bare = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode("ascii").lower()
    return "-".join(re.findall(r"[a-z0-9]+", bare))[:40].strip("-")
