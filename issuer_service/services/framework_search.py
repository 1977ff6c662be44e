"""Searching skills in every language: names, synonyms and descriptions, with typing errors forgiven.

The store finds texts by their folded words (``storage.framework_words``); what fits best is decided here, so that it is
the same with every database. Only what was typed and leads nowhere is taken for a typing error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from issuer_service.services.folding import words
from issuer_service.services.framework_views import FrameworkView, ItemView
from issuer_service.services.framework_words import Asked, Match, Wanted
from issuer_service.services.frameworks import framework_of, view_of
from issuer_service.services.ports import Page, UnitOfWork
from issuer_service.services.spelling import allowed_errors, near_numbers, steps_between, trigrams
from issuer_service.services.tools import Tools
from openbadges.frameworks import Item

__all__ = ["MOST_FOUND", "FrameworkSearch", "Hit"]

MOST_FOUND = 300  # texts that are compared, those with the shortest names; whoever has more has to say more
_MOST_WORDS = 8
_MOST_MEANT = 5  # words that one mistyped word may stand for
_WORST = 6  # of what ``_fit`` tells
_ENOUGH = 20  # texts found by name, so that descriptions need not be looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An item that was found.

    Attributes:
        item: The item with its framework.
        label: Its name in the reader's language, or the nearest there is.
        found_as: Another name of it, or its name in another language, where that is what was found.
    """

    item: ItemView
    label: str
    found_as: str | None = None


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

        Returns:
            Some of the items; ``total`` counts those among the best ``MOST_FOUND`` texts.

        Raises:
            NotFoundError: There is no such framework.
        """
        with self.tools.store.read() as work:
            wanted = [framework_of(work, framework)] if framework is not None else work.list_frameworks()
            owned = {one.id: one for one in wanted if affiliate_id in (None, one.affiliate_id or affiliate_id)}
            place = _Place(tuple(owned), is_everything=framework is None and len(owned) == len(wanted))
            asked, matches = _matches(work, words(text)[:_MOST_WORDS], language, place)
            best = _ranked(matches, asked, language)
            shown = dict(list(best.items())[offset : offset + limit])
            rows = {row.id: row for row in work.items_by_id(list(shown))}
            views: dict[str, FrameworkView] = {}
            hits = []
            for number, match in shown.items():
                row = rows[number]
                if row.framework_id not in views:
                    views[row.framework_id] = view_of(work, owned[row.framework_id])
                hits.append(_hit(ItemView.of(views[row.framework_id], row), match, asked, language))
        return Page(items=hits, total=len(best))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where to look: in these frameworks, which may be all there are."""

    framework_ids: tuple[str, ...]
    is_everything: bool


def _matches(work: UnitOfWork, typed: Sequence[str], language: str, place: _Place) -> tuple[Asked, Sequence[Match]]:
    """What was found, by the first of several readings of the question that finds something."""
    within = None if place.is_everything else place.framework_ids
    asked = Asked(groups=tuple((Wanted(word, begins=len(word) > 1),) for word in typed), framework_ids=within)
    if not typed or not place.framework_ids:
        return asked, ()
    found = _by_name_first(work, asked, language)
    if found:
        return asked, found
    known = tuple(group for group in (_meant(work, word, place.framework_ids) for word in typed) if group)
    if not known:
        return asked, ()
    for groups in (known, *(known[:left] + known[left + 1 :] for left in range(len(known)))):
        asked = replace(asked, groups=groups)
        if groups and (found := _by_name_first(work, asked, language)):
            return asked, found
    asked = replace(asked, groups=known, every=False)
    return asked, _by_name_first(work, asked, language)


def _by_name_first(work: UnitOfWork, asked: Asked, language: str) -> Sequence[Match]:
    """Names in the reader's language, then in others, then descriptions: until there is enough to choose from."""
    found: list[Match] = []
    for one in (replace(asked, language=language), asked, replace(asked, everywhere=True)):
        found += work.find_words(one, MOST_FOUND - len(found))
        if len(found) >= (MOST_FOUND if one.language is not None else _ENOUGH):
            break
    return found


def _meant(work: UnitOfWork, word: str, framework_ids: Sequence[str]) -> tuple[Wanted, ...]:
    """The word itself where some name has it, else those that somebody may have meant, nearest first."""
    if work.has_term(word, framework_ids):
        return (Wanted(word, begins=len(word) > 1),)
    most = allowed_errors(word)
    if not most:
        return ()
    near: dict[str, int] = {}
    for framework_id, packed in work.grams(framework_ids, trigrams(word)).items():
        for term in work.terms(framework_id, near_numbers(packed, word)):
            near[term] = steps_between(word, term, most)
    good = sorted((steps, term) for term, steps in near.items() if steps <= most)
    return tuple(Wanted(term) for _, term in good[:_MOST_MEANT])


def _ranked(matches: Iterable[Match], asked: Asked, language: str) -> dict[int, Match]:
    """The best text of each item, best first: exact names, then beginnings, then whole words, then the rest."""
    best: dict[int, tuple[tuple[float, int, str], Match]] = {}
    typed = " ".join(group[0].word for group in asked.groups)
    own = {language.casefold(), language.casefold().partition("-")[0]}
    for match in matches:
        fit = _fit(match, asked, typed) + (0.0 if match.language in own else 0.5)
        rank = (fit, len(match.label), match.label)
        if match.item_id not in best or rank < best[match.item_id][0]:
            best[match.item_id] = (rank, match)
    return {number: best[number][1] for number in sorted(best, key=lambda number: (best[number][0], number))}


def _fit(match: Match, asked: Asked, typed: str) -> int:
    """0 for the very name; the worse, the higher."""
    tests: Iterable[Callable[[], bool]] = (
        lambda: match.label == typed,
        lambda: typed in match.names.split(" | "),
        lambda: match.label.startswith(f"{typed} "),
        lambda: _has_all(match.label.split(), asked, whole=True),
        lambda: _has_all(match.label.split(), asked),
        lambda: any(_has_all(name.split(), asked) for name in match.names.split(" | ")),
    )
    return next((place for place, test in enumerate(tests) if test()), _WORST)


def _has_all(present: Sequence[str], asked: Asked, *, whole: bool = False) -> bool:
    return all(_has(present, group, whole=whole) for group in asked.groups)


def _has(present: Sequence[str], group: Sequence[Wanted], *, whole: bool = False) -> bool:
    for wanted in group:
        if wanted.word in present:
            return True
        if wanted.begins and not whole and any(word.startswith(wanted.word) for word in present):
            return True
    return False


def _hit(item: ItemView, match: Match, asked: Asked, language: str) -> Hit:
    label = item.label(language)
    found_as = None if _has_all(words(label), asked) else _found_as(item.item, match.language, asked)
    return Hit(item=item, label=label, found_as=found_as)


def _found_as(item: Item, language: str, asked: Asked) -> str | None:
    """The first name in the language in which it was found that has all the words; None for a description."""
    labels = [name for tag, name in item.label.items() if tag.casefold() == language]
    others = [name for tag, names in item.alt_labels.items() if tag.casefold() == language for name in names]
    return next((name for name in (*labels, *others) if _has_all(words(name), asked)), None)
