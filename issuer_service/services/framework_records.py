"""The facts the service keeps about skill frameworks, as values.

The bytes of a version are the truth; items, links and alignments are an index of it that can be made again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

__all__ = [
    "TEXT_NUMBERS",
    "FrameworkItem",
    "FrameworkLink",
    "FrameworkRecord",
    "FrameworkText",
    "FrameworkVersion",
    "StagedFramework",
]

TEXT_NUMBERS = 1_000_000_000
_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkRecord:
    """A framework: for everybody here, or owned by one affiliate.

    Attributes:
        slug: The word in its address; it never changes.
        uri: Its official address, by which badges and other frameworks cite it.
        affiliate_id: Whose it is; None for one of the whole site.
        layer: Whether it is the local layer of its affiliate; each has one at most.
        version: Number of the newest version.
    """

    id: str
    slug: str
    uri: str
    affiliate_id: str | None = None
    layer: bool = False
    version: int = 1
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkVersion:
    """The content of a framework at one time.

    Attributes:
        digest: SHA-256 of the content whatever the order of its members; see ``framework_content``.
        source_format: What it was read from: a key of ``openbadges.frameworks.IMPORTERS``.
        head: The document of the file format without its groups and skills.
        item_count: How many groups and skills there are.
        changes: What became different, as ``Changes.as_document`` of the library says it; empty for the first.
        imported_by: Who brought it: an account, a token, or ``init``.
    """

    framework_id: str
    number: int
    digest: str
    source_format: str
    head: Mapping[str, Any] = field(repr=False)
    item_count: int
    changes: Mapping[str, Any] = field(default_factory=lambda: _NOTHING, repr=False)
    imported_by: str
    imported_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkItem:
    """A group or skill, as look-ups find it.

    Attributes:
        key: The word in its address, unique in its framework; it never changes.
        uri: Its official address.
        identifier: Its UUID in CASE.
        place: Its place in the file.
        last_version: Number of the newest version that has it: an item that was taken out keeps its page.
        document: Its record of the file format.
    """

    id: int
    framework_id: str
    key: str
    uri: str
    code: str | None
    identifier: str
    kind: str
    place: int
    last_version: int
    document: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkLink:
    """A relation of an item: ``target`` is a URI, or a code of a framework that is not here.

    Attributes:
        place: Among the children of the target, where the relation is ``broader``; else in the file.
    """

    framework_id: str
    source: str
    type: str
    target: str
    place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkText:
    """The words of an item in one language, folded, for searching.

    Attributes:
        id: The length of the name times ``TEXT_NUMBERS`` plus a number of its own, so that short names, which fit a
            question best, come first.
        label: Of its name.
        names: Of its other names, parted by bars.
        more: Of its description.
        marks: Words that stand for its framework and its language (``framework_words``).
    """

    id: int
    item_id: int
    framework_id: str
    language: str
    label: str
    names: str
    more: str
    marks: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedFramework:
    """A framework that was read and waits for somebody to say yes.

    Attributes:
        content: The document of the file format, compressed (zlib).
    """

    id: str
    user_id: str
    affiliate_id: str | None
    source_format: str
    content: bytes = field(repr=False)
    created_at: datetime
