"""What a search asks of the store, and what the store gives back: folded words and how well texts fit them."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Asked", "Match", "Wanted", "framework_mark", "language_mark"]


def framework_mark(framework_id: str) -> str:
    """The word that texts of a framework have among their marks."""
    return f"f{framework_id}"


def language_mark(language: str) -> str:
    """The word that texts in a language have among their marks; ``pt-BR`` is its own language here."""
    return "l" + re.sub("[^a-z0-9]", "", language.casefold())


@dataclass(frozen=True, slots=True)
class Wanted:
    """A folded word; with ``begins`` every word that begins so."""

    word: str
    begins: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is looked for.

    Attributes:
        groups: For each word that was typed, the words any of which will do.
        every: Whether each group has to be there, or one is enough.
        everywhere: Whether descriptions count, or names only.
        framework_ids: Where; everywhere for None.
        language: In which language; in any for None.
    """

    groups: tuple[tuple[Wanted, ...], ...]
    every: bool = True
    everywhere: bool = False
    framework_ids: tuple[str, ...] | None = None
    language: str | None = None

    def marks(self) -> tuple[tuple[str, ...], ...]:
        """The marks, one of each of these groups has to be there."""
        frameworks = tuple(map(framework_mark, self.framework_ids or ()))
        languages = () if self.language is None else (language_mark(self.language),)
        return tuple(group for group in (frameworks, languages) if group)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A text that fits.

    Attributes:
        label: Its folded name.
        names: Its other folded names, parted by bars.
    """

    item_id: int
    language: str
    label: str
    names: str
