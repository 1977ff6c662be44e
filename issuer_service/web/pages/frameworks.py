"""Skill frameworks for everybody: what there is, one of them as a tree, its versions and its files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, abort, g, make_response, render_template, request

from issuer_service.services.framework_index import address_key
from issuer_service.web import limits
from issuer_service.web.i18n import LANGUAGES
from issuer_service.web.negotiation import DATA_FORMS, choose
from issuer_service.web.paging import Paging, asked_page
from issuer_service.web.security import open_to_all
from issuer_service.web.spoken import reading_language
from openbadges.frameworks import EXPORTERS, ExportOptions, Framework, Item, children_of, write_framework
from openbadges.frameworks.identifiers import uuid_of

__all__ = ["asked_version", "framework", "framework_changes", "framework_file", "framework_versions", "frameworks"]

_WHOLE_TREE = 250  # items; a larger framework is opened branch by branch
_BRANCHES, _HITS = 100, 20  # a page
LONGEST_QUESTION = 200


@dataclass(frozen=True, slots=True)
class Branch:
    """An item of a tree, the word in its address, and what stands under it."""

    item: Item
    key: str
    children: Sequence[Branch] = ()


def frameworks() -> str:
    """What there is, and one search over all of it."""
    views = g.services.frameworks.all()
    return render_template(
        "frameworks/list.html",
        shared=[view for view in views if view.owner is None],
        owned=[view for view in views if view.owner is not None],
        **_search(),
    )


def framework(slug: str) -> Response:
    """One framework: a page for those who ask for HTML, else its document."""
    if choose(DATA_FORMS).name == "json":
        answer = framework_file(slug, "json")
        del answer.headers["Content-Disposition"]
        answer.vary.add("Accept")
        return answer
    view = g.services.frameworks.get(slug, asked_version())
    pages = asked_page(_BRANCHES)
    if view.version.item_count <= _WHOLE_TREE or view.version.number != view.record.version:
        if view.version.item_count > _WHOLE_TREE:  # an older version is read whole
            limits.count_export(view.version.item_count)
        branches = _tree(g.services.frameworks.whole(slug, view.version.number), g.services.frameworks.keys(slug))
        shown, pages = branches[pages.offset : pages.offset + _BRANCHES], pages.of(len(branches))
        whole = view.version.item_count <= _WHOLE_TREE
    else:
        top = g.services.frameworks.top(slug, offset=pages.offset, limit=_BRANCHES)
        shown, pages, whole = [Branch(one.item, one.key) for one in top.items], pages.of(top.total), False
    page = render_template(
        "frameworks/framework.html",
        view=view,
        accent=view.owner.accent if view.owner else None,
        branches=shown,
        whole=whole,
        pages=pages,
        exporters=EXPORTERS,
        case_id=uuid_of(view.head.id, view.head.identifier),
        tongues=[tag for tag in view.head.languages if tag not in LANGUAGES],
        below=[found for uri in view.head.extends if (found := g.services.frameworks.by_uri(uri)) is not None],
        **_search(slug),
    )
    answer = make_response(page)
    answer.vary.add("Accept")
    return answer


def framework_versions(slug: str) -> str:
    """Every version, and how many things became different."""
    view = g.services.frameworks.get(slug)
    return render_template("frameworks/versions.html", view=view, versions=g.services.frameworks.versions(slug))


def framework_changes(slug: str, number: int) -> str:
    """What became different with one version."""
    view = g.services.frameworks.get(slug, number)
    return render_template("frameworks/changes.html", view=view, changes=view.version.changes)


def framework_file(slug: str, form: str) -> Response:
    """The framework in one of the formats that other programs read."""
    view = g.services.frameworks.get(slug, asked_version())
    exporter = EXPORTERS[form]
    answer = Response(content_type=f"{exporter.media_type}; charset=utf-8")
    answer.set_etag(f"{view.version.digest[:32]}-{form}")
    answer.headers["Cache-Control"] = "public, max-age=300"
    answer.make_conditional(request)
    if answer.status_code != 304:
        limits.count_export(view.version.item_count)
        framework = g.services.frameworks.whole(slug, view.version.number)
        options = ExportOptions(known=_known(framework), changed=view.changed)
        answer.set_data(write_framework(framework, form, options=options).text)
    name = f"{slug}-{view.version.number}{exporter.ending}"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return open_to_all(answer)


def asked_version() -> int | None:
    """The number of ``?version=``; None for the newest. What is no number leads nowhere."""
    text = request.args.get("version", "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        abort(404)
    return int(text)


def _known(framework: Framework) -> tuple[Framework, ...]:
    """The frameworks that this one refers to by code, as far as they are here."""
    views = [g.services.frameworks.by_uri(uri) for uri in dict.fromkeys((*framework.uses, *framework.extends))]
    return tuple(g.services.frameworks.whole(view.slug) for view in views if view is not None)


def _tree(framework: Framework, keys: Mapping[str, str]) -> list[Branch]:
    """What stands on top with everything below; an item with several parents is unfolded once, so that it ends."""
    children = children_of(framework.items)
    below = {child.id for row in children.values() for child in row}
    unfolded: set[str] = set()

    def branch(item: Item) -> Branch:
        row = () if item.id in unfolded else children.get(item.id, ())
        unfolded.add(item.id)
        return Branch(item, keys[address_key(item.id)], [branch(child) for child in row])

    return [branch(item) for item in framework.items if item.id not in below]


def _search(slug: str | None = None) -> Mapping[str, Any]:
    """What ``?q=`` finds, for the template."""
    question = request.args.get("q", "").strip()[:LONGEST_QUESTION]
    if not question:
        return {"question": "", "found": None, "hits": Paging(1, _HITS)}
    limits.count("search")
    hits = asked_page(_HITS)
    found = g.services.framework_search.find(
        question, language=reading_language(), framework=slug, offset=hits.offset, limit=_HITS
    )
    return {"question": question, "found": found.items, "hits": hits.of(found.total)}
