"""From a framework to what is kept to find its items by: addresses, links, folded words."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping

from issuer_service.services.folding import words
from issuer_service.services.framework_records import TEXT_NUMBERS, FrameworkItem, FrameworkLink, FrameworkText
from issuer_service.services.framework_words import framework_mark, language_mark
from openbadges.frameworks import Framework, Item, children_of, item_document
from openbadges.frameworks.hierarchy import index_of
from openbadges.frameworks.identifiers import uuid_of

__all__ = ["address_key", "index_items", "index_links", "index_texts", "item_identifier"]

_LONGEST_KEY = 500  # bytes: databases limit what an index may hold
_LONGEST_LABEL = 2_050  # letters and blanks of 50 words
_MOST_WORDS, _MOST_LABEL_WORDS, _MOST_NAMES = 2_000, 50, 50  # searched for in a description, in a name; names
_WORD = re.compile(r"[a-z0-9](?:[a-z0-9._~-]{0,78}[a-z0-9])?")


def address_key(text: str) -> str:
    """The text as look-ups know it: itself, or its digest where it is long."""
    data = text.encode("utf-8", "surrogatepass")
    return text if len(data) <= _LONGEST_KEY else f"sha256:{hashlib.sha256(data).hexdigest()}"


def item_identifier(item: Item) -> str:
    """The UUID of an item in CASE."""
    return uuid_of(item.id, item.identifier)


def index_items(
    framework: Framework, framework_id: str, version: int, known: Mapping[str, tuple[int, str]], first_id: int
) -> Iterator[FrameworkItem]:
    """One row for each group and skill; items that were there before keep their number and their word.

    Args:
        framework: What was imported.
        framework_id: Id of its record.
        version: Number of the version.
        known: Number and word of the rows there are, by address key.
        first_id: The first number that is free.
    """
    taken = {key for _, key in known.values()}
    for place, item in enumerate(framework.items):
        uri = address_key(item.id)
        before = known.get(uri)
        key = before[1] if before else _free_key(item, taken)
        taken.add(key)
        if before is None:
            number, first_id = first_id, first_id + 1
        else:
            number = before[0]
        yield FrameworkItem(
            id=number,
            framework_id=framework_id,
            key=key,
            uri=uri,
            code=None if item.code is None else address_key(item.code),
            identifier=item_identifier(item),
            kind=item.kind,
            place=place,
            last_version=version,
            document=item_document(item),
        )


def _free_key(item: Item, taken: set[str]) -> str:
    """The code in small letters, else the end of its address, else its UUID, which no other item has."""
    end = re.split(r"[/#:]", item.id.rstrip("/#:"))[-1]
    for candidate in ((item.code or "").casefold(), end.casefold()):
        if _WORD.fullmatch(candidate) and candidate not in taken:
            return candidate
    return item_identifier(item)


def index_links(framework: Framework, framework_id: str) -> Iterator[FrameworkLink]:
    """One row for each relation, once; codes of the framework's own items become their addresses."""
    index = index_of(framework.items)
    children = children_of(framework.items)
    places = {(parent, item.id): place for parent, row in children.items() for place, item in enumerate(row)}
    seen: set[tuple[str, str, str]] = set()
    for place, item in enumerate(framework.items):
        for relation in item.relations:
            target = index[relation.target].id if relation.target in index else relation.target
            row = (address_key(item.id), address_key(relation.type), address_key(target))
            if row not in seen:
                seen.add(row)
                own = places.get((target, item.id), place) if relation.type == "broader" else place
                yield FrameworkLink(framework_id=framework_id, source=row[0], type=row[1], target=row[2], place=own)


def index_texts(
    framework_id: str, rows: Iterable[tuple[FrameworkItem, Item]], first_id: int
) -> Iterator[FrameworkText]:
    """The words of each item in each of its languages."""
    for row, item in rows:
        for language in dict.fromkeys((*item.label, *item.alt_labels, *item.description)):
            names = [item.code or "", *item.alt_labels.get(language, ()), *_hidden(item, language)]
            label = _words(item.label.get(language, ""), _MOST_LABEL_WORDS)
            yield FrameworkText(
                id=(len(label) or _LONGEST_LABEL) * TEXT_NUMBERS + first_id,
                item_id=row.id,
                framework_id=framework_id,
                language=language.casefold(),
                label=label,
                names=" | ".join(_words(name, _MOST_LABEL_WORDS) for name in names[:_MOST_NAMES] if name),
                more=_words(item.description.get(language, ""), _MOST_WORDS),
                marks=f"{framework_mark(framework_id)} {language_mark(language)}",
            )
            first_id += 1


def _words(text: str, most: int) -> str:
    return " ".join(words(text)[:most])


def _hidden(item: Item, language: str) -> Iterable[str]:
    """ESCO's hidden labels: wrong spellings and such, meant to be found and not to be shown."""
    esco = item.extra.get("esco")
    hidden = esco.get("hiddenLabels") if isinstance(esco, Mapping) else None
    found = hidden.get(language) if isinstance(hidden, Mapping) else None
    return [name for name in found if isinstance(name, str)] if isinstance(found, (list, tuple)) else []
