"""Frameworks, the local layer and roles over the API."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from issuer_service.web.limits import LIMITS
from openbadges.frameworks import starter_frameworks, to_document, write_framework

SKILLS = starter_frameworks()[0]
GARDEN = {
    "format": "openbadges-framework/1",
    "id": "https://else.example/frameworks/garden",
    "title": {"en": "Gardening"},
    "groups": [{"code": "GA-A", "label": {"en": "Soil"}}],
    "skills": [
        {
            "code": "GA-1", "group": "GA-A", "label": {"en": "Digging", "fr": "Bêcher"},
            "altLabels": {"en": ["Spading"]},
            "mappings": {"esco": [{"uri": "http://data.europa.eu/esco/skill/x", "match": "exact", "label_en": "dig"}]},
        }
    ],
}  # fmt: skip
LAYER = {
    "format": "openbadges-framework/1", "id": "https://mosaic.example/f", "title": {"en": "Mosaic"},
    "extends": [SKILLS.id], "skills": [{"code": "MOS-1", "label": {"en": "Oral"}, "broader": ["MS-F"]}],
    "roles": [{"code": "MOS-R", "label": {"en": "Host"}, "basedOn": "LR-organiser",
               "requires": [{"skill": "MOS-1", "level": 2}]}],
}  # fmt: skip


@pytest.fixture
def started(program: Any) -> Any:
    program.services.framework_imports.init_starters()
    return program


def send(program: Any, document: Any, query: str = "", **headers: str) -> Any:
    data = document if isinstance(document, bytes) else json.dumps(document).encode()
    return program.call("POST", f"/v1/frameworks{query}", data=data, headers=headers)


def test_s_rate_1_whole_frameworks_are_not_asked_for_without_end(started: Any) -> None:
    for _ in range(LIMITS["export"].most):
        started.get("/v1/frameworks/leadership/document")
    assert started.call("GET", "/v1/frameworks/leadership/document").status_code == 429
    assert started.call("GET", "/v1/frameworks/leadership").status_code == 200


def test_a_framework_is_brought_in_changed_and_read(started: Any) -> None:
    made = send(started, GARDEN)
    assert made.status_code == 201, made.text
    assert (made.json["is_new"], made.json["framework"]["slug"], made.json["framework"]["owner"]) == (
        True, "garden", "riverside",
    )  # fmt: skip
    assert send(started, GARDEN).json["is_changed"] is False
    changed = send(started, {**GARDEN, "title": {"en": "Garden work"}}).json
    assert changed["changes"]["counts"] == {"framework": {"changed": 1}}
    assert [one["number"] for one in started.get("/v1/frameworks/garden/versions")["items"]] == [2, 1]
    assert started.get("/v1/frameworks/garden/versions/2")["changes"] == changed["changes"]
    assert started.get("/v1/frameworks/garden")["title"] == {"en": "Garden work"}
    assert started.get("/v1/frameworks/movement-skills/document")["document"] == to_document(SKILLS)
    assert started.get("/v1/frameworks?mine=true")["total"] == 1
    assert started.get("/v1/frameworks?limit=1")["total"] == 3
    for path in (
        "/garden/versions/3",
        "/garden/versions/x",
        "/garden/versions/999999999999",
        "/nothing",
        "/garden/items/x",
    ):
        assert started.call("GET", f"/v1/frameworks{path}").status_code == 404, path


def test_items_are_told_as_a_tree_with_what_a_badge_cites(started: Any) -> None:
    send(started, GARDEN)
    top = started.get("/v1/frameworks/garden/items")
    assert ([one["key"] for one in top["items"]], top["total"]) == (["ga-a"], 1)
    below = started.get("/v1/frameworks/garden/items?parent=ga-a&language=fr")
    assert below["items"][0]["alignment"]["targetName"] == "Bêcher"
    detail = started.get("/v1/frameworks/garden/items/ga-1")
    assert detail["item"]["alignment"]["targetUrl"] == "https://else.example/frameworks/garden/items/ga-1"
    assert detail["suggested"][0]["targetUrl"] == "http://data.europa.eu/esco/skill/x"
    assert [one["key"] for one in detail["parents"]] == ["ga-a"]
    achievement = started.achievement(alignments=[detail["item"]["alignment"], *detail["suggested"]])
    used = started.get("/v1/frameworks/garden/items/ga-1")["used_by"]
    assert [one["achievement"].rpartition("/")[2] for one in used] == [achievement]
    found = started.get("/v1/frameworks/search?q=spadng&language=fr")
    assert (found["items"][0]["label"], found["items"][0]["found_as"], found["total"]) == ("Bêcher", "Spading", 1)
    assert started.get("/v1/frameworks/search?q=digging&framework=movement-skills")["total"] == 0
    assert started.call("GET", "/v1/frameworks/search").status_code == 422


def test_several_tables_of_esco_come_in_one_form(started: Any) -> None:
    esco = "http://data.europa.eu/esco/skill/1"
    tables = [(io.BytesIO(f"conceptUri,preferredLabel\n{esco},{name}\n".encode()), f"skills_{tag}.csv")
              for tag, name in (("en", "dig"), ("fr", "bêcher"))]  # fmt: skip
    made = started.call("POST", "/v1/frameworks?version=1.2", data={"file": tables})
    assert made.status_code == 201, made.text
    assert (made.json["framework"]["languages"], made.json["framework"]["stated_version"]) == (["en", "fr"], "1.2")


def test_what_is_wrong_with_a_file_is_listed_and_nothing_is_kept(started: Any) -> None:
    wrong = send(started, {**GARDEN, "skills": [{"label": {}}, {"code": "x"}]})
    assert wrong.status_code == 422
    assert [one["field"] for one in wrong.json["problems"]] == ["/skills/0/label", "/skills/1", "/skills/0"]
    for data in (b"", b"{", b"\xff\xfe", b"a", b"<xml/>", b"[" * 100_000):
        assert send(started, data).status_code == 422, data
    assert send(started, GARDEN, "?format=nothing").status_code == 422
    shared = send(started, to_document(SKILLS))
    assert (shared.status_code, "everybody" in shared.json["detail"]) == (409, True)
    assert started.get("/v1/frameworks?mine=true")["total"] == 0


def test_a_file_may_be_larger_than_other_requests_and_not_without_end(started: Any) -> None:
    padded = {**GARDEN, "note": "x" * 3_000_000}
    assert send(started, padded, **{"Idempotency-Key": "k"}).status_code == 201
    assert send(started, b" " * (33 * 1024 * 1024)).status_code == 413


def test_s_idem_1_the_same_key_brings_nothing_in_twice_and_no_other_file(started: Any) -> None:
    first = send(started, GARDEN, **{"Idempotency-Key": "k"})
    again = send(started, GARDEN, **{"Idempotency-Key": "k"})
    assert again.json == first.json
    assert again.json["is_new"]
    other = send(started, {**GARDEN, "title": {"en": "x"}}, **{"Idempotency-Key": "k"})
    assert other.status_code == 409
    assert started.get("/v1/frameworks/garden/versions")["total"] == 1


def test_s_idem_1_the_files_of_a_form_count_with_their_names(started: Any) -> None:
    def bring(document: Any, name: str) -> Any:
        form = {"file": (io.BytesIO(json.dumps(document).encode()), name)}
        return started.call("POST", "/v1/frameworks", data=form, headers={"Idempotency-Key": "k"})

    first = bring(GARDEN, "a.json")
    assert (first.status_code, bring(GARDEN, "a.json").json) == (201, first.json)
    other = {**GARDEN, "title": {"en": "x"}}
    assert (bring(other, "a.json").status_code, bring(GARDEN, "b.json").status_code) == (409, 409)


def test_the_local_layer_and_what_roles_ask(started: Any, stranger: Any) -> None:
    blank = started.get("/v1/local-layer")["document"]
    assert SKILLS.id in blank["extends"]
    kept = started.call("PUT", "/v1/local-layer", {"document": LAYER})
    assert kept.status_code == 200, kept.text
    assert started.get("/v1/local-layer")["document"]["skills"][0]["code"] == "MOS-1"
    assert [one["code"] for one in started.get("/v1/roles")["items"]][-1] == "MOS-R"
    profile = started.get("/v1/roles/profile?role=MOS-R&context=LX-small-or-new&language=fr")
    assert (profile["levels"]["MOS-1"], profile["context"]) == (2, "LX-small-or-new")
    assert all(one["reasons"] and one["alignment"] for one in profile["skills"])
    assert stranger.call("GET", "/v1/roles/profile?role=MOS-R").status_code == 422
    assert stranger.get("/v1/local-layer")["document"] != LAYER
    refused = started.call("PUT", "/v1/local-layer", {"document": {**LAYER, "skills": [
        {"code": "MS-F2", "label": {"en": "Mine"}, "broader": ["MS-F"]}]}})  # fmt: skip
    assert refused.status_code == 422
    assert "MS-F2" in refused.json["problems"][0]["detail"]


def test_s_az_1_a_framework_of_another_issuer_is_read_and_not_changed(started: Any, stranger: Any) -> None:
    send(started, GARDEN)
    assert stranger.get("/v1/frameworks")["total"] == 2
    assert stranger.get("/v1/frameworks/search?q=digging")["total"] == 0
    own = send(stranger, {**GARDEN, "title": {"en": "Theirs"}}).json
    assert own["framework"]["slug"] != "garden"
    assert started.get("/v1/frameworks/garden")["title"] == {"en": "Gardening"}
    assert started.get("/v1/frameworks/garden/versions")["total"] == 1


def test_every_format_is_read(started: Any) -> None:
    text = write_framework(SKILLS, "csv").text.encode()
    made = send(started, text, "?framework_id=https://else.example/t&title=Table&language=en&format=csv")
    assert (made.status_code, made.json["framework"]["source_format"]) == (201, "csv"), made.text


def test_two_programs_that_change_the_local_layer_do_not_overwrite_each_other(started: Any) -> None:
    path, other = "/v1/local-layer", {**LAYER, "title": {"en": "Another"}}
    blank = started.call("GET", path).headers["ETag"]
    first = started.call("PUT", path, {"document": LAYER}, headers={"If-Match": blank})
    assert first.status_code == 200, first.text
    assert started.call("PUT", path, {"document": other}, headers={"If-Match": blank}).status_code == 412
    read = started.call("GET", path)
    assert read.json["document"]["title"] == LAYER["title"]
    assert read.headers["ETag"] == first.headers["ETag"]
    assert started.call("PUT", path, {"document": other}, headers={"If-Match": read.headers["ETag"]}).status_code == 200
