"""The OpenAPI 3.1 document, made of the same table as the routes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from issuer_service.services.records import AwardState
from issuer_service.services.tokens import SCOPES
from issuer_service.web.api.operations import Operation

__all__ = ["openapi_document"]

_SCHEMAS = "#/components/schemas/{model}"
_PROBLEM = {"$ref": "#/components/responses/Problem"}
_FAILURES = {
    "400": "What was sent is no JSON object, or not what this takes.",
    "401": "No token, or one that does not work any more.",
    "403": "The token does not allow this.",
    "404": "There is no such thing, or it is somebody else's.",
    "409": "Not in its present state, or the Idempotency-Key was used for another request. What is done to an award"
    " already is not done twice: “state” says what the award is now, “detail” since when.",
    "413": "Larger than 2 MiB.",
    "422": "Something in it cannot be used; “problems” says what, field by field.",
    "429": "Too many requests; “Retry-After” says when to ask again.",
}

_SAID = {**_FAILURES, "412": "Somebody changed it since it was read: “If-Match” has another ETag. Nothing was done."}
_ETAG = {"description": "Of what is there now; for “If-Match”.", "schema": {"type": "string"}}


def openapi_document(operations: Sequence[Operation], *, base_url: str, title: str) -> dict[str, Any]:
    """The document for these operations.

    Args:
        operations: The table.
        base_url: Where the site is, from its settings.
        title: What it calls itself.
    """
    schemas = _schemas(operations)
    paths: dict[str, dict[str, Any]] = {}
    for one in operations:
        paths.setdefault(path_of(one.rule), {})[one.method.lower()] = _operation(one, schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{title}: management API",
            "version": "1",
            "summary": "Achievements, awards, their status and skill frameworks, for programs.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": f"{base_url}/api"}],
        "security": [{"token": []}],
        "tags": [{"name": name} for name in dict.fromkeys(one.tag for one in operations)],
        "paths": paths,
        "components": {
            "schemas": {**schemas, "Problem": _problem_schema()},
            "responses": {
                "Problem": {
                    "description": "Why not (RFC 9457).",
                    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
                }
            },
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A token of one issuer. Scopes: " + ", ".join(SCOPES) + ".",
                }
            },
        },
    }


def path_of(rule: str) -> str:
    """A rule of Flask in the notation of OpenAPI."""
    return re.sub(r"<(?:[a-z]+:)?([a-z_]+)>", r"{\1}", rule)


def _schemas(operations: Sequence[Operation]) -> dict[str, Any]:
    sent = {model for one in operations for model in (one.body, one.query) if model is not None}
    shown = {one.answer for one in operations if one.answer is not None}
    wanted: list[Any] = [(model, "validation") for model in sorted(sent, key=_name)]
    wanted += [(model, "serialization") for model in sorted(shown, key=_name)]
    _, document = models_json_schema(wanted, ref_template=_SCHEMAS)
    return dict(document["$defs"])


def _name(model: type[BaseModel]) -> str:
    return model.__name__


def _operation(one: Operation, schemas: dict[str, Any]) -> dict[str, Any]:
    scope = f"Needs the scope `{one.scope}`." if one.scope else "Any token of an issuer will do."
    made: dict[str, Any] = {
        "operationId": one.name,
        "summary": one.summary,
        "description": scope,
        "tags": [one.tag],
        "parameters": _parameters(one, schemas),
        "responses": {str(one.status): _success(one), **dict.fromkeys(_FAILURES, _PROBLEM)},
    }
    if one.etag is not None:
        made["responses"][str(one.status)]["headers"] = {"ETag": _ETAG}
    if _heeds_if_match(one):
        made["responses"]["412"] = _PROBLEM
    elif one.etag is not None and one.method == "GET":
        made["responses"]["304"] = {"description": "It is still as “If-None-Match” says."}
    if one.body is not None:
        made["requestBody"] = {"required": True, "content": {"application/json": {"schema": _ref(one.body)}}}
    elif one.binary:
        made["requestBody"] = {"required": True, "content": {kind: {} for kind in one.binary}}
    return made


def _parameters(one: Operation, schemas: dict[str, Any]) -> list[dict[str, Any]]:
    found = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"{([a-z_]+)}", path_of(one.rule))
    ]
    if one.query is not None:
        model = schemas[one.query.__name__]
        for name, schema in model["properties"].items():
            required = name in model.get("required", ())
            found.append({"name": name, "in": "query", "required": required, "schema": schema})
    if one.once:
        text = {"type": "string", "minLength": 1, "maxLength": 255}
        found.append(
            {
                "name": "Idempotency-Key",
                "in": "header",
                "required": False,
                "schema": text,
                "description": "An equal request within 24 hours does nothing and is told what came of the first.",
            }
        )
    if _heeds_if_match(one):
        found.append(
            {
                "name": "If-Match",
                "in": "header",
                "required": False,
                "schema": {"type": "string"},
                "description": "The ETag with which it was read: nothing is done where somebody changed it since (412)."
                " Without it, whoever sends last wins.",
            }
        )
    return found


def _heeds_if_match(one: Operation) -> bool:
    return one.etag is not None and one.method in ("PUT", "PATCH")


def _success(one: Operation) -> dict[str, Any]:
    if one.produces:
        return {"description": "Done.", "content": {one.produces: {"schema": {"type": "string"}}}}
    if one.answer is None:
        return {"description": "Done."}
    schema = _ref(one.answer)
    if not one.listed:
        return {"description": "Done.", "content": {"application/json": {"schema": schema}}}
    number = {"type": "integer", "minimum": 0}
    part = {
        "type": "object",
        "required": ["items", "total", "limit", "offset"],
        "properties": {
            "items": {"type": "array", "items": schema},
            "total": number,
            "limit": number,
            "offset": number,
        },
    }
    link = {"description": "Addresses of the first, previous and next part (RFC 8288).", "schema": {"type": "string"}}
    return {
        "description": "A part of the list.",
        "headers": {"Link": link},
        "content": {"application/json": {"schema": part}},
    }


def _ref(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": _SCHEMAS.format(model=model.__name__)}


def _problem_schema() -> dict[str, Any]:
    text = {"type": "string"}
    problem = {"type": "object", "required": ["field", "detail"], "properties": {"field": text, "detail": text}}
    return {
        "type": "object",
        "description": "One of: " + " ".join(f"{status}: {said}" for status, said in sorted(_SAID.items())),
        "required": ["type", "title", "status"],
        "properties": {
            "type": text,
            "title": text,
            "status": {"type": "integer"},
            "detail": text,
            "state": {**text, "enum": [state.value for state in AwardState]},
            "problems": {"type": "array", "items": problem},
        },
    }
