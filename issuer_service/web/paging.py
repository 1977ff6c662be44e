"""Long lists, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

__all__ = ["Paging", "asked_page"]

_MOST_PAGES = 100_000


@dataclass(frozen=True, slots=True)
class Paging:
    """Which page of how many."""

    number: int
    per_page: int
    total: int = 0

    @property
    def offset(self) -> int:
        """How many come before this page."""
        return (self.number - 1) * self.per_page

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-self.total // self.per_page))

    def of(self, total: int) -> Paging:
        """The same page, now that it is known how much there is."""
        return Paging(self.number, self.per_page, total)


def asked_page(per_page: int) -> Paging:
    """The page that ``?page=`` asks for, the first one by default."""
    text = request.args.get("page", "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else 1
    return Paging(min(max(1, number), _MOST_PAGES), per_page)
