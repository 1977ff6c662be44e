"""The CASE service: what is told one by one is what the whole package says, strictly."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from werkzeug.test import TestResponse

from issuer_service.config import Settings
from issuer_service.services.all import Services, Site
from issuer_service.services.case_documents import CaseDocuments
from issuer_service.services.hashing import Passwords
from issuer_service.web import limits
from issuer_service.web.case_api import BLUEPRINT
from openbadges.frameworks import ExportOptions, starter_frameworks, write_framework
from openbadges.testing import FIXED_NOW, FakeWeb, FixedClock

BASE = "https://badges.example.org"
SETTINGS = Settings(base_url=BASE, secret_key="k" * 40, key_passphrase="a passphrase of many different letters")
TABLE = ((BLUEPRINT, "/ims/case/v1p1"),)
SKILLS, LEADERSHIP = starter_frameworks()
PACKAGES = {
    framework.id: json.loads(
        write_framework(framework, "case", options=ExportOptions(known=known, changed=FIXED_NOW.isoformat())).text
    )
    for framework, known in ((SKILLS, ()), (LEADERSHIP, (SKILLS,)))
}


@dataclass
class Reader:
    """A program that reads frameworks; it has no token."""

    app: Any
    services: Services

    def ask(self, path: str, **more: Any) -> TestResponse:
        return self.app.test_client().get(f"/ims/case/v1p1{path}", base_url=BASE, **more)

    def get(self, path: str) -> Any:
        answer = self.ask(path)
        assert answer.status_code == 200, answer.text
        assert answer.content_type == "application/json"
        return answer.json


@pytest.fixture
def reader(store: Any, get_app: Callable[..., Any]) -> Reader:
    services = Services(
        store=store, keystore=None, clock=FixedClock(), site=Site(base_url=BASE), fetcher=FakeWeb(),
        passwords=Passwords.cheap(),
    )  # fmt: skip
    services.framework_imports.init_starters()
    return Reader(get_app(SETTINGS, services, TABLE), services)


@pytest.fixture(scope="module")
def schema(root: Path) -> Any:
    return json.loads((root / "tests/vectors/case-1.1.schema.json").read_text())


def part(schema: Any, record: str) -> Any:
    return {"$schema": schema["$schema"], "$defs": schema["$defs"], "$ref": f"#/$defs/{record}"}


def test_documents_are_listed_with_links_to_their_packages(reader: Reader, schema: Any) -> None:
    found = reader.get("/CFDocuments")["CFDocuments"]
    assert [one["uri"] for one in found] == [LEADERSHIP.id, SKILLS.id]
    for one in found:
        link = one["CFPackageURI"]
        assert link["uri"] == f"{BASE}/ims/case/v1p1/CFPackages/{one['identifier']}"
        assert reader.get(f"/CFDocuments/{one['identifier']}") == one
        assert one["lastChangeDateTime"] == FIXED_NOW.isoformat()  # when it came here: readers ask again by it
        package = reader.get(f"/CFPackages/{link['identifier']}")
        assert package == PACKAGES[one["uri"]]
        jsonschema.Draft202012Validator(schema).validate(package)
        assert {**package["CFDocument"], "CFPackageURI": link} == one
        jsonschema.Draft202012Validator(part(schema, "CFDocument")).validate(package["CFDocument"])


@pytest.mark.sweep
@pytest.mark.parametrize("small", [2_000, 0])
def test_each_item_and_its_associations_are_those_of_the_package(reader: Reader, schema: Any, small: int) -> None:
    """Written from the whole framework or from what stands around the item, it has to be the same."""
    services = reader.services
    documents = CaseDocuments(services.case_documents.tools, services.case_documents.cache, small)
    item_schema = jsonschema.Draft202012Validator(part(schema, "CFItem"))
    for uri, package in PACKAGES.items():
        for item in package["CFItems"]:
            found, associations = documents.item_associations(item["identifier"])
            link = found["CFDocumentURI"]
            assert {name: value for name, value in found.items() if name != "CFDocumentURI"} == item
            assert (link["uri"], link["identifier"]) == (uri, package["CFDocument"]["identifier"])
            item_schema.validate(item)
            assert documents.item(item["identifier"]) == found
            expected = [
                one
                for one in package["CFAssociations"]
                if item["uri"] in (one["originNodeURI"]["uri"], one["destinationNodeURI"]["uri"])
            ]
            if small:
                assert associations == expected, item["uri"]
            else:  # the roles' requirements name skills that are not around them
                own = [one for one in expected if not one["associationType"].startswith("ext:requires")]
                got = [one for one in associations if not one["associationType"].startswith("ext:requires")]
                key = lambda one: one["identifier"]  # noqa: E731
                assert sorted(got, key=key) == sorted(own, key=key), item["uri"]


def test_an_item_by_itself_and_with_its_associations(reader: Reader) -> None:
    item = next(one for one in PACKAGES[SKILLS.id]["CFItems"] if one.get("humanCodingScheme") == "MS-T2")
    found = reader.get(f"/CFItems/{item['identifier']}")
    assert found["CFDocumentURI"]["uri"] == SKILLS.id
    answer = reader.get(f"/CFItemAssociations/{item['identifier']}")
    assert answer["CFItem"] == found
    assert {one["associationType"] for one in answer["CFAssociations"]} >= {"isChildOf"}
    assert reader.get(f"/CFItems/{item['identifier']}?fields=uri,fullStatement").keys() == {"uri", "fullStatement"}


def test_documents_can_be_chosen_ordered_and_read_in_parts(reader: Reader) -> None:
    def uris(query: str) -> list[str]:
        return [one["uri"] for one in reader.get(f"/CFDocuments?{query}")["CFDocuments"]]

    assert uris("sort=title&orderBy=desc") == [SKILLS.id, LEADERSHIP.id]
    assert uris("sort=title") == [LEADERSHIP.id, SKILLS.id]
    assert uris("filter=title~'SKILLS (st'") == [SKILLS.id]
    assert uris(f"filter=uri='{SKILLS.id}' OR uri='{LEADERSHIP.id}'") == [LEADERSHIP.id, SKILLS.id]
    assert uris(f"filter=language='en' AND uri!='{SKILLS.id}'") == [LEADERSHIP.id]
    assert uris("filter=version>'5'") == uris("filter=version>='5'") == []
    assert len(uris("filter=version<'5'")) == len(uris("filter=version<='5'")) == 2
    first = reader.ask("/CFDocuments?limit=1&fields=title")
    assert first.json["CFDocuments"] == [{"title": LEADERSHIP.title["en"]}]
    assert first.headers["X-Total-Count"] == "2"
    base = f"{BASE}/ims/case/v1p1/CFDocuments?fields=title&limit=1&offset="
    assert first.headers["Link"] == f'<{base}1>; rel="next", <{base}1>; rel="last"'
    assert reader.ask("/CFDocuments?limit=1&offset=1").headers["Link"].count("rel=") == 2
    assert "Link" not in reader.ask("/CFDocuments").headers


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/CFDocuments/6ba7b810-9dad-11d1-80b4-00c04fd430c8", 404, "unknownobject"),
        ("/CFPackages/6ba7b810-9dad-11d1-80b4-00c04fd430c8", 404, "unknownobject"),
        ("/CFItems/6ba7b810-9dad-11d1-80b4-00c04fd430c8", 404, "unknownobject"),
        ("/CFItemAssociations/6ba7b810-9dad-11d1-80b4-00c04fd430c8", 404, "unknownobject"),
        ("/CFItems/MS-T2", 404, "invaliduuid"),
        ("/CFItems/%00", 404, "invaliduuid"),
        ("/CFDocuments?limit=0", 400, "invalid_selection_field"),
        ("/CFDocuments?limit=x", 400, "invalid_selection_field"),
        ("/CFDocuments?offset=-1", 400, "invalid_selection_field"),
        ("/CFDocuments?offset=9999999999", 400, "invalid_selection_field"),
        ("/CFDocuments?sort=nothing", 400, "invalid_sort_field"),
        ("/CFDocuments?sort=title&orderBy=up", 400, "invalid_sort_field"),
        ("/CFDocuments?fields=nothing", 400, "invalid_selection_field"),
        ("/CFDocuments?filter=title", 400, "invalid_selection_field"),
        ("/CFDocuments?filter=nothing='x'", 400, "invalid_selection_field"),
        ("/CFDocuments?filter=title='a' AND title='b' OR title='c'", 400, "invalid_selection_field"),
        ("/CFDocuments?filter=" + "'" * 5_000, 400, "invalid_selection_field"),
    ],
)
def test_failures_are_told_in_the_words_of_case(reader: Reader, path: str, status: int, code: str) -> None:
    answer = reader.ask(path)
    assert answer.status_code == status, answer.text
    told = answer.json
    assert (told["imsx_codeMajor"], told["imsx_severity"], bool(told["imsx_description"])) == ("failure", "error", True)
    assert told["imsx_codeMinor"]["imsx_codeMinorField"][0]["imsx_codeMinorFieldValue"] == code


def test_what_was_taken_out_of_a_framework_is_no_item_any_more(reader: Reader) -> None:
    item = next(one for one in PACKAGES[SKILLS.id]["CFItems"] if one.get("humanCodingScheme") == "MS-P5")
    changed = copy.deepcopy(json.loads(write_framework(SKILLS, "json").text))
    changed["skills"] = [one for one in changed["skills"] if one["code"] != "MS-P5"]
    for one in (*changed["skills"], *changed["groups"]):
        for name in ("related", "narrower"):
            one[name] = [target for target in one.get(name, []) if target != "MS-P5"]
    reader.services.framework_imports.import_files([json.dumps(changed).encode()], user_id="u")
    assert reader.ask(f"/CFItems/{item['identifier']}").status_code == 404
    package = reader.get(f"/CFPackages/{PACKAGES[SKILLS.id]['CFDocument']['identifier']}")
    assert item["identifier"] not in {one["identifier"] for one in package["CFItems"]}


def test_programs_in_any_page_may_read_and_ask_again_for_less(reader: Reader) -> None:
    answer = reader.ask("/CFDocuments")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    again = reader.ask("/CFDocuments", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_s_rate_1_packages_are_not_asked_for_without_end(reader: Reader) -> None:
    path = f"/CFPackages/{PACKAGES[SKILLS.id]['CFDocument']['identifier']}"
    for _ in range(limits.LIMITS["export"].most):
        assert reader.ask(path).status_code == 200
    answer = reader.ask(path)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"]
    assert answer.json["imsx_codeMinor"]["imsx_codeMinorField"][0]["imsx_codeMinorFieldValue"] == "server_busy"


def test_s_az_1_every_address_is_open_to_all_and_for_reading_only(reader: Reader) -> None:
    rules = [rule for rule in reader.app.url_map.iter_rules() if rule.endpoint.startswith("case.")]
    assert {rule.rule.removeprefix("/ims/case/v1p1") for rule in rules} == {
        "/CFDocuments", "/CFDocuments/<identifier>", "/CFPackages/<identifier>", "/CFItems/<identifier>",
        "/CFItemAssociations/<identifier>",
    }  # fmt: skip
    for rule in rules:
        assert rule.methods == {"GET", "HEAD", "OPTIONS"}
        path = rule.rule.replace("<identifier>", PACKAGES[SKILLS.id]["CFDocument"]["identifier"])
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            assert reader.app.test_client().open(path, base_url=BASE, method=method).status_code == 405


@pytest.mark.parametrize("strange", ["%F0%9F%92%A9", "..%2f..%2f", "a" * 3000, "%ED%A0%80", "'%20OR%201=1", "%252e"])
def test_any_identifier_and_any_query_is_answered(reader: Reader, strange: str) -> None:
    for kind in ("CFDocuments", "CFPackages", "CFItems", "CFItemAssociations"):
        assert reader.ask(f"/{kind}/{strange}").status_code in (404, 308)
    for name in ("limit", "offset", "sort", "orderBy", "filter", "fields"):
        assert reader.ask(f"/CFDocuments?{name}={strange}").status_code in (200, 400)
