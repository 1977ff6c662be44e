"""The editors of a local layer: a skill, a role, more that is asked of a shared role, words for a shared skill."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from flask import Response, abort, g, make_response, render_template, request
from flask_babel import gettext

from issuer_service.services.framework_views import ItemView
from issuer_service.services.layer_editing import (
    free_code,
    with_code,
    with_item,
    with_local_name,
    with_role,
    with_stricter,
    with_translation,
    without_item,
    without_role,
)
from issuer_service.services.records import Affiliate, Role
from issuer_service.web.admin.layer import saved
from issuer_service.web.admin.layer_forms import (
    LayerForm,
    language_rows,
    levels_for_choice,
    merged_rows,
    shelf_of,
    spare,
)
from issuer_service.web.auth import member
from issuer_service.web.spoken import reading_language
from openbadges.frameworks import Catalogue, Framework, Item, Texts
from openbadges.frameworks import Role as FrameworkRole

__all__ = ["layer_item", "layer_more", "layer_role", "layer_words"]

_HITS, _LONGEST_QUESTION = 20, 200


def _layer(affiliate: Affiliate) -> tuple[Framework, Catalogue]:
    local: Framework = g.services.local_layers.get(affiliate.id)
    return with_code(local, affiliate.name), g.services.local_layers.merged(affiliate.id).catalogue


@member(Role.AWARDER)
def layer_item(affiliate: Affiliate) -> Any:
    """A skill of the group's own."""
    local, catalogue = _layer(affiliate)
    wanted = request.values.get("code", "")
    item = next((one for one in local.items if wanted in (one.code, one.id)), None) if wanted else None
    if wanted and item is None:
        abort(404)
    form, refused = LayerForm(_main(item.label if item else {}, affiliate)), None
    if request.method == "POST":
        if item is not None and request.form.get("do") == "remove":
            changed = without_item(local, item.id)
        else:
            changed = with_item(local, _item(form, item, local))
        if not form.errors:
            refused, done = saved(affiliate, changed)
            if done is not None:
                return done
    return _page(
        "admin/layer_item.html",
        form,
        refused,
        affiliate=affiliate,
        item=item,
        shelf=shelf_of(catalogue, without=item.id if item else ""),
        given=_item_fields(form.language, item),
        rows=_rows(form, item.label if item else {}, item.description if item else {}),
    )


def _item(form: LayerForm, item: Item | None, local: Framework) -> Item:
    label, description = form.texts()
    names = {**(item.alt_labels if item else {}), form.language: form.lines("names")}
    code = free_code(local)
    base = item or Item(id=f"{local.id.rstrip('/#')}/items/{code.casefold()}", code=code, label=label)
    only_local = "only_local" in request.form
    relations = form.relations(item)
    if not only_local and not relations:
        form.errors["broader"] = gettext("Say where it belongs, or that it is only local.")
    return replace(
        base,
        label=label,
        description=description,
        alt_labels=MappingProxyType({tag: row for tag, row in names.items() if row}),
        evidence_examples=form.lines("evidence"),
        kind="group" if "is_group" in request.form else ("skill" if base.kind == "group" else base.kind),
        relations=relations,
        only_local=only_local,
    )


def _item_fields(language: str, item: Item | None) -> Mapping[str, Any]:
    if request.method == "POST":
        names = ("label", "description", "names", "evidence", "broader", "broader_other", "related")
        ticks = {name: name in request.form for name in ("only_local", "is_group")}
        return {name: request.form.get(name, "") for name in names} | ticks
    if item is None:
        return {"broader": request.args.get("broader", "")}
    broader = item.targets("broader")
    return {
        "label": item.label.get(language, ""),
        "description": item.description.get(language, ""),
        "names": "\n".join(item.alt_labels.get(language, ())),
        "evidence": "\n".join(item.evidence_examples),
        "broader": broader[0] if broader else "",
        "broader_other": " ".join(broader[1:]),
        "related": ", ".join(item.targets("related")),
        "only_local": item.only_local,
        "is_group": item.kind == "group",
    }


@member(Role.AWARDER)
def layer_role(affiliate: Affiliate) -> Any:
    """A role of the group's own, on the basis of a shared one or not."""
    local, catalogue = _layer(affiliate)
    wanted = request.values.get("code", "")
    role = next((one for one in local.roles if wanted in (one.code, one.id)), None) if wanted else None
    if wanted and role is None:
        abort(404)
    form, refused = LayerForm(_main(role.label if role else {}, affiliate)), None
    if request.method == "POST":
        if role is not None and request.form.get("do") == "remove":
            changed = without_role(local, role.id)
        else:
            changed = with_role(local, _role(form, role, local))
        if not form.errors:
            refused, done = saved(affiliate, changed)
            if done is not None:
                return done
    kept = {"label": role.label.get(form.language, ""), "description": role.description.get(form.language, ""),
            "based_on": role.based_on or "", "context": role.context or ""} if role else {}  # fmt: skip
    sent = {name: request.form.get(name, "") for name in ("label", "description", "based_on", "context")}
    asked = [(one.skill, str(one.level)) for one in role.requires] if role else []
    return _page(
        "admin/layer_role.html",
        form,
        refused,
        affiliate=affiliate,
        role=role,
        catalogue=catalogue,
        shelf=shelf_of(catalogue),
        levels=levels_for_choice(catalogue),
        given=sent if request.method == "POST" else kept,
        asked=spare(form.asked() if request.method == "POST" else asked, ("", "")),
        rows=_rows(form, role.label if role else {}, role.description if role else {}),
    )


def _role(form: LayerForm, role: FrameworkRole | None, local: Framework) -> FrameworkRole:
    label, description = form.texts()
    code = free_code(local, role=True)
    base = role or FrameworkRole(code=code, id=f"{local.id.rstrip('/#')}/roles/{code.casefold()}", label=label)
    based_on = form.line("based_on") or None
    requires = form.requires(base.requires)
    if based_on is None and not requires:
        form.errors["requires"] = gettext("Say which role it starts from, or which skills it asks for.")
    return replace(
        base,
        label=label,
        description=description,
        based_on=based_on,
        context=form.line("context") or None,
        requires=requires,
    )


@member(Role.AWARDER)
def layer_more(affiliate: Affiliate) -> Any:
    """More that is asked of a shared role here, everywhere or in one situation."""
    local, catalogue = _layer(affiliate)
    form, refused = LayerForm(affiliate.language), None
    role, context = request.values.get("role", "")[:200], request.values.get("context", "")[:200] or None
    entry = next((one for one in local.stricter if (one.role, one.context) == (role, context)), None)
    if request.method == "POST":
        if not role:
            form.errors["role"] = gettext("Choose a role.")
        requires = () if request.form.get("do") == "remove" else form.requires(entry.requires if entry else ())
        if not requires and request.form.get("do") != "remove":
            form.errors["requires"] = gettext("Choose a skill and a level.")
        if not form.errors:
            refused, done = saved(affiliate, with_stricter(local, role, context, requires))
            if done is not None:
                return done
    asked = [(one.skill, str(one.level)) for one in entry.requires] if entry else []
    return _page(
        "admin/layer_more.html",
        form,
        refused,
        affiliate=affiliate,
        entry=entry,
        given={"role": role, "context": context or ""},
        shared=[one for one in catalogue.frameworks if one.id != local.id and one.roles],
        contexts=[one for framework in catalogue.frameworks for one in framework.contexts],
        shelf=shelf_of(catalogue),
        levels=levels_for_choice(catalogue),
        asked=spare(form.asked() if request.method == "POST" else asked, ("", "")),
    )


@member(Role.AWARDER)
def layer_words(affiliate: Affiliate) -> Any:
    """What people here call a shared skill, and its words in languages that it lacks."""
    local, catalogue = _layer(affiliate)
    wanted = request.values.get("item", "")[:2_048]
    if not wanted:
        return _choose(affiliate, local)
    found = _shared(catalogue, local, wanted)
    name = next((one for one in local.local_names if one.item in (found.code, found.id)), None)
    translation = next((one for one in local.translations if one.item in (found.code, found.id)), None)
    form, refused = LayerForm(affiliate.language), None
    if request.method == "POST":
        own = form.line("name")
        names = {**(name.label if name else {}), form.language: own}
        changed = with_local_name(local, name.item if name else found.ref, _filled(names))
        label = _filled({row.language: row.label for row in form.rows()})
        about = _filled({row.language: row.description for row in form.rows()})
        changed = with_translation(changed, translation.item if translation else found.ref, label, about)
        if not form.errors:
            refused, done = saved(affiliate, changed)
            if done is not None:
                return done
    own_words = (translation.label, translation.description) if translation else ({}, {})
    lacking = [row for row in language_rows(*own_words, "") if row.language not in found.label or row.label]
    kept = name.label.get(form.language, "") if name else ""
    return _page(
        "admin/layer_words.html",
        form,
        refused,
        affiliate=affiliate,
        item=found,
        given={"name": request.form.get("name", "") if request.method == "POST" else kept},
        rows=merged_rows(lacking, form.rows()) if request.method == "POST" else lacking,
    )


def _choose(affiliate: Affiliate, local: Framework) -> Response:
    """Which shared skill?"""
    question = request.args.get("q", "").strip()[:_LONGEST_QUESTION]
    found: list[ItemView] = []
    if question:
        hits = g.services.framework_search.find(
            question, language=reading_language(), affiliate_id=affiliate.id, limit=_HITS
        )
        found = [hit.item for hit in hits.items if hit.item.framework.head.id != local.id]
    return make_response(
        render_template("admin/layer_choose.html", affiliate=affiliate, question=question, found=found)
    )


def _shared(catalogue: Catalogue, local: Framework, wanted: str) -> Item:
    """A shared item, in the words that it has of its own: translations of the layer are no part of it."""
    view: ItemView | None = g.services.frameworks.find(wanted)
    if view is None or view.framework.head.id == local.id or catalogue.framework(view.framework.head.id) is None:
        abort(404)
    return view.item


def _main(label: Texts, affiliate: Affiliate) -> str:
    """The main language of what is there, the group's for what is new."""
    return affiliate.language if not label or affiliate.language in label else next(iter(label))


def _rows(form: LayerForm, label: Texts, description: Texts) -> Any:
    kept = language_rows(label, description, form.language)
    return merged_rows(kept, form.rows()) if request.method == "POST" else kept


def _filled(words: Mapping[str, str]) -> Texts:
    return MappingProxyType({tag: text for tag, text in words.items() if text})


def _page(template: str, form: LayerForm, refused: Any, **values: Any) -> Response:
    page = render_template(template, form=form, errors=form.errors, refused=refused, **values)
    return make_response(page, 422 if form.errors or refused else 200)
