"""The CASE 1.1 service (1EdTech): frameworks for other programs, to be read by everybody."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, current_app, g, request
from werkzeug.exceptions import TooManyRequests

from issuer_service.services.errors import NotFoundError
from issuer_service.web import limits
from issuer_service.web.case_api.selecting import BadQueryError, Selection, chosen_fields
from issuer_service.web.security import kept, open_to_all
from openbadges.frameworks.identifiers import is_uuid

__all__ = ["BLUEPRINT"]

BLUEPRINT = Blueprint("case", __name__)
View = Callable[..., Response]


def _answering(view: View) -> View:
    """Failures in CASE's own form, and what is found open to programs in any page."""

    @wraps(view)
    def answered(**path: str) -> Response:
        try:
            if any(not is_uuid(value) for value in path.values()):
                return _failure(404, "invaliduuid", "This is no UUID in small letters.")
            return open_to_all(kept(view(**path), "public, max-age=300"))
        except NotFoundError as error:
            return _failure(404, "unknownobject", str(error.sentence))
        except BadQueryError as error:
            return _failure(400, error.code, str(error))
        except TooManyRequests as error:
            answer = _failure(429, "server_busy", "Too many requests. Wait a minute and try again.")
            answer.headers.extend(header for header in error.get_headers() if header[0] == "Retry-After")
            return answer

    return answered


@BLUEPRINT.get("/CFDocuments", endpoint="documents")
@_answering
def documents() -> Response:
    """All of them; ``limit``, ``offset``, ``sort``, ``orderBy``, ``filter`` and ``fields`` are heeded."""
    selection = Selection.asked(request.args)
    found = selection.chosen(g.services.case_documents.documents())
    answer = _json({"CFDocuments": selection.part(found)})
    answer.headers["X-Total-Count"] = str(len(found))
    links = [f'<{_address(selection.at(offset))}>; rel="{name}"' for name, offset in selection.places(len(found))]
    if links:
        answer.headers["Link"] = ", ".join(links)
    return answer


@BLUEPRINT.get("/CFDocuments/<identifier>", endpoint="document")
@_answering
def document(identifier: str) -> Response:
    """One framework without its items."""
    return _record(g.services.case_documents.document(identifier))


@BLUEPRINT.get("/CFPackages/<identifier>", endpoint="package")
@_answering
def package(identifier: str) -> Response:
    """One framework whole."""
    limits.count_export(g.services.case_documents.size(identifier))
    return _json(g.services.case_documents.package(identifier))


@BLUEPRINT.get("/CFItems/<identifier>", endpoint="item")
@_answering
def item(identifier: str) -> Response:
    """One item."""
    return _record(g.services.case_documents.item(identifier))


@BLUEPRINT.get("/CFItemAssociations/<identifier>", endpoint="item_associations")
@_answering
def item_associations(identifier: str) -> Response:
    """One item and all its associations."""
    found, associations = g.services.case_documents.item_associations(identifier)
    return _json({"CFItem": found, "CFAssociations": list(associations)})


def _record(record: Mapping[str, Any]) -> Response:
    return _json(chosen_fields(record, request.args.get("fields", "")))


def _json(value: Any) -> Response:
    return Response(json.dumps(value, ensure_ascii=False), content_type="application/json")


def _failure(status: int, code: str, description: str) -> Response:
    """An imsx_StatusInfo."""
    field = {"imsx_codeMinorFieldName": "sourcedId", "imsx_codeMinorFieldValue": code}
    body = {
        "imsx_codeMajor": "failure",
        "imsx_severity": "error",
        "imsx_description": description,
        "imsx_codeMinor": {"imsx_codeMinorField": [field]},
    }
    return open_to_all(Response(json.dumps(body), status, content_type="application/json"))


def _address(query: Sequence[tuple[str, Any]]) -> str:
    """Built from the configured address (S-HOST-1)."""
    return f"{current_app.config['SETTINGS'].base_url}{request.path}?{urlencode(query)}"
