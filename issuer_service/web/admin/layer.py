"""What a group adds to the shared lists: an overview, earlier versions, its name, and others' skills taken over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, abort, flash, g, make_response, render_template, request
from flask_babel import gettext

from issuer_service.services.errors import ConflictError, InvalidError
from issuer_service.services.framework_imports import UnreadableError
from issuer_service.services.framework_views import FrameworkView, ItemView
from issuer_service.services.layer_editing import adopted, with_code, with_title
from issuer_service.services.records import Affiliate, Role
from issuer_service.web.admin.common import go, problems_of
from issuer_service.web.admin.layer_forms import LayerForm, language_rows, merged_rows, shelf_of
from issuer_service.web.admin.problem_rows import Refusal, refusal
from issuer_service.web.auth import member
from issuer_service.web.i18n import said
from issuer_service.web.spoken import reading_language
from openbadges.frameworks import Framework

__all__ = ["about", "adopt", "layer", "layer_view", "restore", "saved"]

_HITS, _MOST_VERSIONS, _LONGEST_QUESTION = 20, 20, 200


@member(Role.AWARDER)
def layer(affiliate: Affiliate) -> str:
    """Everything that the group adds, each with the way to change it."""
    view = layer_view(affiliate)
    merged = g.services.local_layers.merged(affiliate.id)
    local: Framework = g.services.local_layers.get(affiliate.id)
    return render_template(
        "admin/layer.html",
        affiliate=affiliate,
        view=view,
        local=local,
        catalogue=merged.catalogue,
        conflicts=merged.conflicts,
        versions=g.services.frameworks.versions(view.slug)[:_MOST_VERSIONS] if view else (),
        keys=g.services.frameworks.keys(view.slug) if view else {},
    )


@member(Role.AWARDER)
def about(affiliate: Affiliate) -> Any:
    """Its title and what it is about."""
    local: Framework = g.services.local_layers.get(affiliate.id)
    form, refused = LayerForm(affiliate.language), None
    if request.method == "POST":
        title, description = form.texts()
        if not form.errors:
            refused, done = saved(affiliate, with_title(local, title, description))
            if done is not None:
                return done
    main = form.language if form.language in local.title or not local.title else next(iter(local.title))
    rows = language_rows(local.title, local.description, main)
    page = render_template(
        "admin/layer_about.html",
        affiliate=affiliate,
        form=form,
        refused=refused,
        given=_given("label", "description", label=local.title.get(main), description=local.description.get(main)),
        main=main,
        rows=merged_rows(rows, form.rows()) if request.method == "POST" else rows,
    )
    return make_response(page, 422 if form.errors or refused else 200)


@member(Role.AWARDER)
def adopt(affiliate: Affiliate) -> Any:
    """A skill of another group, taken over with where it comes from."""
    local: Framework = g.services.local_layers.get(affiliate.id)
    catalogue = g.services.local_layers.merged(affiliate.id).catalogue
    refused = None
    if request.method == "POST":
        view = _of_others(affiliate, request.form.get("item", ""))
        if view is None:
            refused, done = Refusal([("", gettext("No other group has this skill any more."))], 1), None
        else:
            source = g.services.frameworks.whole(view.framework.slug)
            broader = request.form.get("broader", "").strip()[:2_048] or None
            changed, _ = adopted(with_code(local, affiliate.name), view.item, source, broader=broader)
            refused, done = saved(affiliate, changed, gettext("Taken over. It says where it comes from."))
        if done is not None:
            return done
    question = request.args.get("q", "").strip()[:_LONGEST_QUESTION]
    page = render_template(
        "admin/layer_adopt.html",
        affiliate=affiliate,
        question=question,
        found=_found_elsewhere(affiliate, question),
        shelf=shelf_of(catalogue),
        refused=refused,
    )
    return make_response(page, 422 if refused else 200)


@member(Role.AWARDER)
def restore(affiliate: Affiliate, number: int) -> Response:
    """The layer as it was in an earlier version, as a new one; so this can be taken back too."""
    view = layer_view(affiliate)
    if view is None:
        abort(404)
    earlier = g.services.frameworks.whole(view.slug, number)
    message = gettext("It is again as it was in version %(number)s.", number=number)
    refused, done = saved(affiliate, earlier, message)
    if done is not None:
        return done
    for _, words in refused.rows[:3] if refused else ():
        flash(words, "fail")
    return go("layer", slug=affiliate.slug)


def layer_view(affiliate: Affiliate) -> FrameworkView | None:
    """Where the layer is kept; None while there is none."""
    views = g.services.frameworks.all(affiliate.id)
    return next((view for view in views if view.record.layer), None)


def saved(affiliate: Affiliate, changed: Framework, message: str = "") -> tuple[Refusal | None, Response | None]:
    """Keep the layer: what stands against it, or the page to go on to."""
    try:
        g.services.local_layers.save(affiliate.id, changed, user_id=g.user.id)
    except UnreadableError as error:
        return refusal(error), None
    except (ConflictError, InvalidError) as error:
        words = " ".join(problems_of(error).values()) if isinstance(error, InvalidError) else said(error.sentence)
        return Refusal([("", words)], 1), None
    return None, go("layer", message or gettext("Saved."), slug=affiliate.slug)


def _given(*names: str, **kept: Any) -> Mapping[str, str]:
    """What the fields show: what was sent, else what is kept."""
    sent = request.method == "POST"
    return {name: request.form.get(name, "") if sent else str(kept.get(name) or "") for name in names}


def _of_others(affiliate: Affiliate, uri: str) -> ItemView | None:
    view: ItemView | None = g.services.frameworks.find(uri[:2_048])
    owner = view.framework.owner if view is not None else None
    return None if owner is None or owner.id == affiliate.id else view


def _found_elsewhere(affiliate: Affiliate, question: str) -> list[ItemView]:
    """Skills of other groups: those that fit, or those of their local layers."""
    others = [view for view in g.services.frameworks.all() if view.owner and view.owner.id != affiliate.id]
    if question:
        found: list[ItemView] = []
        for view in others:
            hits = g.services.framework_search.find(
                question, language=reading_language(), framework=view.slug, limit=_HITS
            )
            found += [hit.item for hit in hits.items]
        return found[:_HITS]
    return [item for view in others if view.record.layer for item in g.services.frameworks.top(view.slug).items][:_HITS]
