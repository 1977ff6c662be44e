"""What one line of the table of routes says, and how a request goes through it: token, query, body, answer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal
from urllib.parse import urlencode

from flask import Response, current_app, g, request
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import BadRequest

from issuer_service.services.all import Services
from issuer_service.services.idempotency import Once
from issuer_service.services.records import ApiToken
from issuer_service.web.bearer import bearer_token
from issuer_service.web.errors import problem
from openbadges import jsontext
from openbadges.errors import OpenBadgesError

__all__ = ["Asked", "Operation", "Part", "request_digest", "view_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request that was let in and read.

    Attributes:
        token: Whose request it is; ``affiliate_id`` is the only affiliate it can touch (S-AZ-1).
        body: The model of the operation, None where it has none.
        query: The same for the part after the question mark.
        path: What stood in the address.
    """

    services: Services
    token: ApiToken
    body: Any = None
    query: Any = None
    path: Mapping[str, str] = field(default_factory=dict)

    @property
    def affiliate_id(self) -> str:
        """The affiliate of the token."""
        return self.token.affiliate_id

    @property
    def user_id(self) -> str:
        """Who is written down as having done it: the token, since no person did."""
        return f"token:{self.token.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a list, as an answer.

    Attributes:
        items: Models.
        total: How many there are altogether.
    """

    items: Sequence[BaseModel]
    total: int
    limit: int
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation of the API: what serves it and what the document says about it.

    Attributes:
        method: ``GET``, ``POST`` ...
        rule: Address below ``/api``, in Flask's notation.
        name: Its ``operationId``.
        summary: One sentence.
        tag: What it is about.
        scope: What the token has to allow; None where any token of an affiliate will do.
        view: Called with ``Asked``; gives a model or a ``Part``.
        body, query: Models of what is sent.
        answer: Model of the answer, of one item where ``listed``.
        status: Of a success.
        listed: Whether the answer is a ``Part``.
        binary: Media types of a body that is no JSON.
        largest: Bytes of the body, where it may be larger than other requests.
        produces: Media type of an answer that is no JSON; the view gives its text.
        once: Whether an ``Idempotency-Key`` is heeded (S-IDEM-1): no; yes, as told in ``again``; or by the use case.
        etag: Of an answer, the tag of what it shows; ``PUT`` and ``PATCH`` then heed ``If-Match``.
        again: How an equal request is answered: the name of the id in an address, and the view that shows what has it.
            Without it the answer itself is kept for a day, so nothing personal may be in it.
    """

    method: str
    rule: str
    name: str
    summary: str
    tag: str
    scope: str | None
    view: Callable[[Asked], Any]
    body: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    answer: type[BaseModel] | None = None
    status: int = 200
    listed: bool = False
    binary: tuple[str, ...] = ()
    largest: int | None = None
    produces: str = ""
    once: Literal["", "here", "use case"] = ""
    again: tuple[str, Callable[[Asked], Any]] | None = None
    etag: Callable[[Any], str] | None = None


def view_of(operation: Operation) -> Callable[..., Response]:
    """The function that Flask calls for an operation."""

    def run(**path: str) -> Response:
        token = bearer_token(operation.scope)
        if operation.scope is None and token.scopes == ("vc-api",):
            token = bearer_token("awards:read")  # the VC-API's tokens open nothing here
        if operation.largest is not None:
            request.max_content_length = operation.largest
        try:
            asked = Asked(services=g.services, token=token, body=_body(operation), query=_query(operation), path=path)
        except ValidationError as error:
            return _invalid(error)
        key = request.headers.get("Idempotency-Key")
        if key is None or operation.once != "here":
            return _answered(operation, operation.view(asked))
        return _first_or_again(operation, asked, Once(key=key, request_hash=request_digest()))

    return run


def request_digest() -> str:
    """What makes two requests equal: method, address and body; of a form its files, which stay readable."""
    digest = hashlib.sha256(f"{request.method} {request.full_path}\n".encode())
    if request.mimetype != "multipart/form-data":
        digest.update(request.get_data())
    for name, file in request.files.items(multi=True):
        digest.update(f"{name}\n{file.filename}\n".encode("utf-8", "replace"))
        digest.update(hashlib.sha256(file.stream.read()).digest())
        file.stream.seek(0)
    return digest.hexdigest()


def _first_or_again(operation: Operation, asked: Asked, once: Once) -> Response:
    memory = asked.services.idempotency
    kept = memory.begin(asked.affiliate_id, once)
    if kept is not None and operation.again is None:
        answer = Response(kept.body, kept.status, content_type="application/json")
        answer.headers["Cache-Control"] = "no-store"
        return answer
    if kept is not None and operation.again is not None:
        name, view = operation.again
        return _answered(operation, view(replace(asked, path={name: kept.body.decode("ascii")})))
    try:
        found = operation.view(asked)
    except BaseException:
        memory.drop(asked.affiliate_id, once)
        raise
    answer = _answered(operation, found)
    body = answer.get_data() if operation.again is None else str(found.id).encode("ascii")
    memory.finish(asked.affiliate_id, once, operation.status, body)
    return answer


def _body(operation: Operation) -> Any:
    if operation.body is None:
        return None
    try:
        given = jsontext.parse_object(request.get_data() or b"{}")
    except OpenBadgesError as error:
        raise BadRequest from error
    return operation.body.model_validate_json(json.dumps(given))


def _query(operation: Operation) -> Any:
    given = {name: values[0] if len(values) == 1 else values for name, values in request.args.lists()}
    return None if operation.query is None else operation.query.model_validate(given)


def _invalid(error: ValidationError) -> Response:
    listed = [
        {"field": ".".join(str(step) for step in one["loc"]) or "body", "detail": one["msg"]}
        for one in error.errors(include_url=False, include_context=False, include_input=False)
    ]
    return problem(422, "Some of it cannot be used", " ".join(one["detail"] for one in listed[:3]), problems=listed)


def _answered(operation: Operation, found: Any) -> Response:
    if isinstance(found, Part):
        items = [_plain(item) for item in found.items]
        answer = _json({"items": items, "total": found.total, "limit": found.limit, "offset": found.offset}, 200)
        link = _links(found)
        if link:
            answer.headers["Link"] = link
    elif operation.produces:
        answer = Response(found, content_type=f"{operation.produces}; charset=utf-8")
    elif operation.answer is None:
        answer = Response(status=operation.status)
    else:
        answer = _json(_plain(found), operation.status)
    answer.headers["Cache-Control"] = "no-store"
    if operation.etag is not None:
        answer.set_etag(operation.etag(found))
        answer.make_conditional(request)  # of GET only: what a program has already is not sent again
    return answer


def _plain(model: BaseModel) -> Any:
    return model.model_dump(mode="json")


def _json(value: Any, status: int) -> Response:
    return Response(json.dumps(value, ensure_ascii=False), status, content_type="application/json")


def _links(part: Part) -> str:
    """RFC 8288; built from the configured address (S-HOST-1)."""
    places = {"first": 0, "prev": max(part.offset - part.limit, 0), "next": part.offset + part.limit}
    if part.offset == 0:
        del places["prev"], places["first"]
    if part.offset + part.limit >= part.total:
        del places["next"]
    base = f"{current_app.config['SETTINGS'].base_url}{request.path}"
    kept = [(name, value) for name, value in request.args.items(multi=True) if name not in ("offset", "limit")]
    return ", ".join(
        f'<{base}?{urlencode([*kept, ("limit", part.limit), ("offset", offset)])}>; rel="{relation}"'
        for relation, offset in places.items()
    )
