"""The management API for programs: JSON, bearer tokens, one table of operations."""

from __future__ import annotations

import json

from flask import Blueprint, Response, current_app, g, render_template

from issuer_service.web.api.openapi import openapi_document, path_of
from issuer_service.web.api.operations import view_of
from issuer_service.web.api.table import OPERATIONS
from issuer_service.web.security import open_to_all

__all__ = ["BLUEPRINT"]

BLUEPRINT = Blueprint("api", __name__)
for _one in OPERATIONS:
    BLUEPRINT.add_url_rule(_one.rule, _one.name, view_of(_one), methods=[_one.method])


@BLUEPRINT.get("/openapi.json")
def openapi() -> Response:
    """What there is, for programs that make programs."""
    answer = Response(json.dumps(_document()), content_type="application/json")
    answer.headers["Cache-Control"] = "public, max-age=300"
    return open_to_all(answer)


@BLUEPRINT.get("/docs")
def docs() -> str:
    """What there is, for people; everything on the page comes from this site."""
    rows = [(one, path_of(one.rule), _members(one.body), _members(one.query)) for one in OPERATIONS]
    tags = {one.tag: [row for row in rows if row[0].tag == one.tag] for one in OPERATIONS}
    return render_template("api/docs.html", tags=tags, base=f"{_base()}/api")


def _document() -> dict[str, object]:
    return openapi_document(OPERATIONS, base_url=_base(), title=g.services.site.name)


def _base() -> str:
    return str(current_app.config["SETTINGS"].base_url)


def _members(model: type | None) -> list[tuple[str, bool, str]]:
    """Name, whether it has to be there, and what is said about it."""
    fields = getattr(model, "model_fields", {})
    return [(name, field.is_required(), field.description or "") for name, field in fields.items()]
