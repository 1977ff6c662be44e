"""One skill of a framework: what it means, how far it goes, what is around it, who uses it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from flask import Response, abort, g, make_response, render_template, url_for

from issuer_service.services.framework_views import FrameworkView, ItemPage, ItemView, Neighbour
from issuer_service.services.sentences import N_
from issuer_service.web.item_levels import levels_of
from issuer_service.web.negotiation import DATA_FORMS, choose
from issuer_service.web.pages.frameworks import asked_version
from issuer_service.web.security import kept, open_to_all
from issuer_service.web.spoken import Spoken, reading_language, spoken
from openbadges.frameworks import Context, Framework, Item, Match, Role, Texts, item_document, to_alignment
from openbadges.frameworks.hierarchy import index_of

__all__ = ["METHOD_WORDS", "framework_item"]

_MOST_SHOWN = 200  # of what stands under an item or beside it; the rest is found by searching
# (type, stated by the other one) -> heading, in the order in which they are shown
_HEADINGS: Mapping[tuple[str, bool], str] = MappingProxyType(
    {
        ("exact", False): N_("The same elsewhere"),
        ("close", False): N_("Nearly the same elsewhere"),
        ("broader", False): N_("Broader"),
        ("narrower", False): N_("Narrower"),
        ("partOf", False): N_("Part of"),
        ("partOf", True): N_("Its parts"),
        ("precedes", True): N_("Comes before it"),
        ("precedes", False): N_("Comes after it"),
        ("related", False): N_("Related"),
        ("replacedBy", False): N_("Replaced by"),
        ("replacedBy", True): N_("Takes the place of"),
    }
)
_MIRRORED: Mapping[str, str] = MappingProxyType({"broader": "narrower", "narrower": "broader"})
_SYMMETRIC = frozenset({"related", "exact", "close"})
MATCHES: Mapping[str | None, str] = MappingProxyType(
    {
        "exact": N_("the same"),
        "close": N_("nearly the same"),
        "broad": N_("broader there"),
        "narrow": N_("narrower there"),
        "related": N_("related"),
    }
)
METHOD_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "training": N_("Training"),
        "mentoring": N_("Mentoring"),
        "consulting": N_("Consulting"),
        "online-course": N_("Online course"),
        "peer-support": N_("Peer support"),
        "event": N_("Event"),
        "self-study": N_("Self-study"),
        "on-the-job": N_("On the job"),
    }
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A role that asks for an item."""

    framework: FrameworkView
    role: Role
    level: int


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The same or a similar skill in another framework."""

    match: Match
    word: str
    item: ItemView | None

    @property
    def name(self) -> Spoken:
        """Its name there."""
        return spoken(self.match.label, str(self.match.code or self.match.uri or ""))


def framework_item(slug: str, key: str) -> Response:
    """A skill: a page for those who ask for HTML, else its record with the words in the reader's language."""
    form, number = choose(DATA_FORMS), asked_version()
    page: ItemPage = g.services.frameworks.page(slug, key)
    if number is not None and number != page.item.framework.record.version:
        page = _older(page, number)
    if form.name == "json":
        answer = Response(json.dumps(_document(page), ensure_ascii=False, indent=1), content_type=form.media_type)
        answer.headers["Content-Language"] = reading_language()
        answer.vary.update(("Accept", "Accept-Language", "Cookie"))
        return open_to_all(kept(answer, "public, max-age=300"))
    answer = make_response(_html(page))
    answer.vary.add("Accept")
    return answer


def _html(page: ItemPage) -> str:
    view, frameworks = page.item, g.services.frameworks.all()
    owner = view.framework.owner
    return render_template(
        "frameworks/item.html",
        page=page,
        view=view,
        item=view.item,
        accent=owner.accent if owner else None,
        levels=levels_of(view),
        children=page.children[:_MOST_SHOWN],
        around=_around(page.neighbours[:_MOST_SHOWN]),
        elsewhere=_elsewhere(view.item),
        asked=_asked(view, frameworks),
        situations=_situations(view, frameworks),
        local_words=_local_words(view, frameworks),
        used=[
            (one, g.services.achievements.in_language(one.held.version, [reading_language()])) for one in page.used_by
        ],
        original=_original(view.item),
        methods=METHOD_WORDS,
        alignment=json.dumps(_alignment(view), ensure_ascii=False, indent=2),
    )


def _older(page: ItemPage, number: int) -> ItemPage:
    """The item as it was in an older version; what is around it is told as that version states it."""
    slug = page.item.framework.slug
    framework = g.services.frameworks.get(slug, number)
    item = index_of(g.services.frameworks.whole(slug, number).items).get(page.item.item.id)
    if item is None:
        abort(404)
    found = [
        Neighbour(type=one.type, target=one.target, item=g.services.frameworks.find(one.target))
        for one in item.relations
    ]
    view = replace(page.item, framework=framework, item=item)
    return ItemPage(item=view, parents=(), children=(), neighbours=found, used_by=page.used_by)


def _around(neighbours: Sequence[Neighbour]) -> Mapping[str, Sequence[Neighbour]]:
    """What is around an item, under headings; the same thing stated from both ends once."""
    found: dict[str, dict[str, Neighbour]] = {}
    order = list(_HEADINGS)
    for one in sorted(neighbours, key=lambda each: order.index(_side(each)) if _side(each) in _HEADINGS else 99):
        heading = _HEADINGS.get(_side(one), one.type)
        name = one.item.item.id if one.item is not None else one.target
        found.setdefault(heading, {}).setdefault(name, one)
    return {heading: list(row.values()) for heading, row in found.items()}


def _side(neighbour: Neighbour) -> tuple[str, bool]:
    if neighbour.type in _SYMMETRIC:
        return neighbour.type, False
    if neighbour.inwards and neighbour.type in _MIRRORED:
        return _MIRRORED[neighbour.type], False
    return neighbour.type, neighbour.inwards


def _elsewhere(item: Item) -> Sequence[Elsewhere]:
    here = g.services.frameworks.find_all([match.uri for match in item.mappings if match.uri])
    return [
        Elsewhere(match, MATCHES.get(match.match, match.match or ""), here.get(match.uri or ""))
        for match in item.mappings
        if match.uri or match.label
    ]


def _asked(view: ItemView, frameworks: Sequence[FrameworkView]) -> Sequence[Asked]:
    return [
        Asked(framework, role, entry.level)
        for framework in frameworks
        if _speaks_of(framework, view)
        for role in framework.head.roles
        for entry in role.requires
        if entry.skill in (view.item.code, view.item.id)
    ]


def _situations(view: ItemView, frameworks: Sequence[FrameworkView]) -> Sequence[tuple[Context, str, int]]:
    """Where more or less is asked: the situation, which rule, and its number."""
    rules = ("level_delta", "require", "relax")
    return [
        (context, rule, numbers[name])
        for framework in frameworks
        if _speaks_of(framework, view)
        for context in framework.head.contexts
        for rule in rules
        if (numbers := getattr(context.adjust, rule))
        for name in (view.item.code, view.item.id)
        if name in numbers
    ]


def _local_words(view: ItemView, frameworks: Sequence[FrameworkView]) -> Sequence[tuple[FrameworkView, Texts]]:
    """What groups call it."""
    return [
        (framework, entry.label)
        for framework in frameworks
        if framework.owner is not None and _speaks_of(framework, view)
        for entry in framework.head.local_names
        if entry.item in (view.item.code, view.item.id)
    ]


def _speaks_of(framework: FrameworkView, view: ItemView) -> bool:
    """Whether a code in this framework may mean an item of that one."""
    head: Framework = framework.head
    return view.framework.head.id in (head.id, *head.extends, *head.uses)


def _original(item: Item) -> ItemView | None:
    if item.adopted_from is None:
        return None
    found: ItemView | None = g.services.frameworks.find(item.adopted_from.item)
    return found


def _alignment(view: ItemView) -> Mapping[str, Any]:
    return to_alignment(view.item, reading_language(), framework=view.framework.head)


# as data


def _document(page: ItemPage) -> Mapping[str, Any]:
    view = page.item
    shown = {"label": spoken(view.item.label, view.item.ref), "description": spoken(view.item.description)}
    return {
        "id": view.item.id,
        "url": _address(view),
        "code": view.item.code,
        **{name: words.text for name, words in shown.items()},
        "language": shown["label"].language or None,
        "framework": {
            "id": view.framework.head.id,
            "title": str(spoken(view.framework.head.title)),
            "version": view.framework.version.number,
            "url": g.services.site.base_url + url_for("pages.framework", slug=view.framework.slug),
        },
        "removed": view.is_gone,
        "levels": [
            {
                "level": level.order,
                "label": str(spoken(level.label, level.key)),
                "description": str(spoken(level.description)),
            }
            for level in levels_of(view)
        ],
        "broader": [_brief(one) for one in page.parents],
        "narrower": [_brief(one) for one in page.children],
        "around": [
            {
                "type": one.type,
                "stated": "there" if one.inwards else "here",
                **(_brief(one.item) if one.item is not None else {"id": one.target}),
            }
            for one in page.neighbours
        ],
        "usedBy": [g.services.site.achievement_url(one.held.achievement.id) for one in page.used_by],
        "alignment": _alignment(view),
        "record": item_document(view.item),
    }


def _brief(view: ItemView) -> Mapping[str, Any]:
    return {
        "id": view.item.id,
        "code": view.item.code,
        "label": str(spoken(view.item.label, view.item.ref)),
        "url": _address(view),
    }


def _address(view: ItemView) -> str:
    path = url_for("pages.framework_item", slug=view.framework.slug, key=view.key)
    return str(g.services.site.base_url + path)
