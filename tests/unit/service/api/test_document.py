"""The OpenAPI document and the page about it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from issuer_service.services.tokens import SCOPES
from issuer_service.web.api.openapi import path_of
from issuer_service.web.api.table import OPERATIONS


def fetched(program: Any) -> Any:
    answer = program.app.test_client().get("/api/openapi.json", base_url="https://badges.example.org")
    assert answer.status_code == 200
    return answer.json


@pytest.mark.sweep
def test_the_document_is_openapi_3_1(program: Any) -> None:
    document = fetched(program)
    assert document["openapi"] == "3.1.0"
    OpenAPIV31SpecValidator(document).validate()


def test_every_route_in_the_map_is_in_the_document(program: Any) -> None:
    paths = fetched(program)["paths"]
    routes = {
        (path_of(rule.rule.removeprefix("/api")), method.lower())
        for rule in program.app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert routes == {(path, method) for path, methods in paths.items() for method in methods}
    assert len(routes) == len(OPERATIONS) >= 30


def test_every_operation_names_a_known_scope_or_is_open_to_any_token() -> None:
    assert {one.scope for one in OPERATIONS} <= {*SCOPES, None}
    assert [one.name for one in OPERATIONS if one.scope is None] == ["verifyBadge"]
    assert all(one.scope.endswith(":write") for one in OPERATIONS if one.method in ("PUT", "PATCH", "DELETE"))
    assert all(one.answer or one.produces or one.status == 204 for one in OPERATIONS)


def test_unknown_members_are_said_to_be_refused(program: Any) -> None:
    schemas = fetched(program)["components"]["schemas"]
    for one in OPERATIONS:
        for model in (one.body, one.query, one.answer):
            if model is not None:
                assert schemas[model.__name__]["additionalProperties"] is False


def test_the_page_shows_every_operation_and_loads_nothing_from_elsewhere(program: Any) -> None:
    answer = program.app.test_client().get("/api/docs", base_url="https://badges.example.org")
    assert answer.status_code == 200
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert all(f'id="{one.name}"' in answer.text for one in OPERATIONS)
    loaded = re.findall(r'(?:src|<link[^>]*href)="([^"]+)"', answer.text)
    assert loaded
    assert all(address.startswith("/") and not address.startswith("//") for address in loaded)
    assert "<script>" not in answer.text
    assert " style=" not in answer.text


def test_whatever_is_read_and_changed_at_one_address_says_how_not_to_overwrite_others(program: Any) -> None:
    paths = fetched(program)["paths"]
    heeding = set()
    for path, methods in paths.items():
        for method in {"put", "patch"} & methods.keys() if "get" in methods else ():
            heeding.add(path)
            said = methods[method]
            assert "If-Match" in {one["name"] for one in said["parameters"]}
            assert "412" in said["responses"]
            assert all("ETag" in methods[one]["responses"]["200"]["headers"] for one in ("get", method))
    assert heeding == {"/v1/affiliate", "/v1/achievements/{achievement_id}", "/v1/local-layer"}
