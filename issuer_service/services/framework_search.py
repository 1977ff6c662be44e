"""Searching skills in every language: names, other names and descriptions, without regard to case and accents."""

from __future__ import annotations

from dataclasses import dataclass

from issuer_service.services.folding import words
from issuer_service.services.framework_views import FrameworkView, ItemView
from issuer_service.services.frameworks import framework_of, view_of
from issuer_service.services.ports import Page
from issuer_service.services.tools import Tools

__all__ = ["FrameworkSearch", "Hit"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An item that was found.

    Attributes:
        item: The item with its framework.
        label: Its name in the reader's language, or the nearest there is.
    """

    item: ItemView
    label: str


@dataclass(frozen=True, slots=True)
class FrameworkSearch:
    """The one use case of searching; what is searched is public."""

    tools: Tools

    def find(  # noqa: PLR0913 - the filters of one list, each by its name
        self,
        text: str,
        *,
        language: str = "en",
        affiliate_id: str | None = None,
        framework: str | None = None,
        offset: int = 0,
        limit: int = 20,
    ) -> Page[Hit]:
        """The items that fit best, best first.

        Args:
            text: What somebody typed; nothing is found for no words.
            language: Of the reader: names in it count more, and labels are given in it.
            affiliate_id: Only frameworks of the whole site and of this affiliate.
            framework: Only the framework with this slug.
            offset: How many of the best to leave out.
            limit: How many to give.

        Raises:
            NotFoundError: There is no such framework.
        """
        asked = words(text)
        with self.tools.store.read() as work:
            views: dict[str, FrameworkView] = {}
            wanted = [framework_of(work, framework)] if framework is not None else work.list_frameworks()
            owned = [one for one in wanted if affiliate_id is None or one.affiliate_id in (None, affiliate_id)]
            records = {one.id: one for one in owned}
            ids = work.find_items(asked, language.casefold(), list(records)) if asked and records else []
            hits = []
            for row in work.items_by_id(ids[offset : offset + limit]):
                view = views.setdefault(row.framework_id, view_of(work, records[row.framework_id]))
                item = ItemView.of(view, row)
                hits.append(Hit(item=item, label=item.label(language)))
        order = {number: place for place, number in enumerate(ids)}
        return Page(items=sorted(hits, key=lambda hit: order[hit.item.row.id]), total=len(ids))
