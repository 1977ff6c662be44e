"""Requests and answers of the VC-API."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Response, request

from issuer_service.services.errors import InvalidError
from issuer_service.services.records import ApiToken
from issuer_service.services.tokens import VC_API_SCOPE
from issuer_service.web.bearer import bearer_token
from issuer_service.web.errors import problem
from openbadges import jsontext
from openbadges.contexts import PinnedContexts
from openbadges.errors import MalformedError, OpenBadgesError

__all__ = [
    "GENERIC",
    "answer",
    "member",
    "object_member",
    "options_of",
    "read_body",
    "refused",
    "unusable",
    "with_token",
]

View = TypeVar("View", bound=Callable[..., Any])
GENERIC = PinnedContexts(generic=True)


def with_token(view: View) -> View:
    """Hand the view the token; without one of this scope it is not called."""

    @wraps(view)
    def guarded(**values: Any) -> Any:
        token: ApiToken = bearer_token(VC_API_SCOPE)
        return view(token, **values)

    return cast("View", guarded)


def read_body(*allowed: str) -> dict[str, Any]:
    """The JSON object that was sent, read strictly.

    Args:
        allowed: The members it may have; ``options`` besides.

    Raises:
        MalformedError: Not JSON, or not an object.
        InvalidError: There is another member.
    """
    body = jsontext.parse_object(request.get_data())
    for name in body:
        if name not in (*allowed, "options"):
            raise InvalidError.of(name[:100], "field.unknown")
    return body


def options_of(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """The options; none is the same as an empty object."""
    return object_member(body, "options") if "options" in body else {}


def object_member(body: Mapping[str, Any], name: str) -> dict[str, Any]:
    """A member that is an object.

    Raises:
        MalformedError: It is missing or something else.
    """
    value = body.get(name)
    if not isinstance(value, dict):
        raise MalformedError("generic.object", pointer=jsontext.pointer_to(name), name=name)
    return value


def member(body: Mapping[str, Any], name: str) -> dict[str, Any] | str:
    """A member that is an object, or the text of a token.

    Raises:
        MalformedError: It is missing or something else.
    """
    value = body.get(name)
    return value if isinstance(value, str) else object_member(body, name)


def answer(body: Mapping[str, Any], status: int = 200) -> Response:
    """JSON that nobody keeps."""
    made = Response(json.dumps(body, ensure_ascii=False), status, content_type="application/json")
    made.headers["Cache-Control"] = "no-store"
    return made


def refused(error: OpenBadgesError) -> Response:
    """What the library refuses, as problem details with the place and the reason."""
    found = {"code": error.code, "detail": error.detail, "pointer": error.pointer}
    return problem(400, "The request cannot be used", error.detail, errors=[found])


def unusable(error: InvalidError) -> Response:
    """A request with members that it cannot have."""
    found = [
        {"code": one.sentence.code, "detail": str(one.sentence), "pointer": f"/{one.field}"} for one in error.problems
    ]
    return problem(400, "The request cannot be used", str(error), errors=found)
