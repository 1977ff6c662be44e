"""What the operations do."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from typing import Any

import pytest

from issuer_service.services import records
from issuer_service.web.api.table import OPERATIONS
from openbadges.testing import FakeWeb


def test_the_profile_is_read_and_changed(program: Any) -> None:
    assert program.get("/v1/affiliate")["issuer_id"] == "did:web:badges.example.org:issuers:riverside"
    changed = program.call("PATCH", "/v1/affiliate", {"place": "Riverside", "undo_minutes": 5})
    assert changed.json["place"] == "Riverside"
    assert changed.json["name"] == "Riverside"
    assert program.call("PATCH", "/v1/affiliate", {"accent": "#ffffff"}).json["problems"][0]["field"] == "accent"


def test_members_are_invited_listed_changed_and_removed(program: Any) -> None:
    ada = program.member("ada")
    made = program.post("/v1/members/invitations", {"role": "viewer", "days": 3}, 201)
    assert (made["role"], made["expires_at"]) == ("viewer", "2026-11-25T12:00:00Z")
    path, _, secret = made["link"].rpartition("/")
    assert path == "https://badges.example.org/desk/join"
    ben = program.services.accounts.accept_invitation(secret, "ben", "correct horse battery").id
    assert program.get("/v1/members")["items"][1] == {"user_id": ben, "login": "ben", "role": "viewer"}
    assert program.call("PATCH", f"/v1/members/{ben}", {"role": "awarder"}).json["role"] == "awarder"
    assert program.call("PATCH", f"/v1/members/{ada}", {"role": "viewer"}).status_code == 409  # the last owner
    assert program.call("DELETE", f"/v1/members/{ada}").status_code == 409
    answer = program.call("DELETE", f"/v1/members/{ben}")
    assert (answer.status_code, answer.data) == (204, b"")
    assert [one["login"] for one in program.get("/v1/members")["items"]] == ["ada"]
    program.post("/v1/members/invitations", {"role": "emperor"}, 422)
    program.post("/v1/members/invitations", {"role": "viewer", "days": 61}, 422)


def test_the_logo_is_one_of_the_pictures(program: Any) -> None:
    drawn = program.post("/v1/images/designs", {"shape": "circle", "colour": "blue", "alt": "A circle"}, 201)["id"]
    assert program.call("PUT", "/v1/affiliate/logo", {"image_id": drawn}).json["logo_id"] == drawn
    assert program.get("/v1/affiliate")["logo_id"] == drawn
    assert program.call("PUT", "/v1/affiliate/logo", {"image_id": None}).json["logo_id"] is None
    assert program.call("PUT", "/v1/affiliate/logo", {"image_id": "nothing"}).status_code == 404
    assert program.call("PUT", "/v1/affiliate/logo", {}).status_code == 422


def test_s_csv_1_the_table_holds_no_formulas(program: Any) -> None:
    program.award(program.achievement(name="=1+1"), "=cmd()")
    answer = program.call("GET", "/v1/awards.csv")
    assert answer.content_type == "text/csv; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    cells = next(csv.reader(io.StringIO(answer.text.splitlines()[1])))
    assert "'=cmd()" in cells
    assert "'=1+1" in cells


def test_a_person_is_forgotten_with_a_scope_of_its_own(program: Any) -> None:
    award = program.award(program.achievement())
    path = f"/v1/awards/{award['id']}/erase"
    assert program.with_token("awards:write").call("POST", path).status_code == 403
    erased = program.post(path)
    assert (erased["state"], erased["recipient_value"], erased["page"]) == ("erased", None, None)
    assert program.call("POST", path).status_code == 409
    assert program.app.test_client().get(f"/b/{award['id']}", base_url="https://badges.example.org").status_code == 410
    assert program.post("/v1/verify", {"badge": "{}"})["report"]["outcome"] == "fail"


def test_a_batch_tells_how_far_it_is_and_is_issued_in_parts(program: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("issuer_service.services.awarding.AT_ONCE", 2)
    body = {"achievement_id": program.achievement(), "recipients": "Ada\nBen\nCleo", "undo_minutes": 5}
    given = program.post("/v1/awards", body, 201)["batch"]
    assert given["counts"] == {"waiting": 3}
    path = f"/v1/batches/{given['id']}"
    assert program.post(f"{path}/issue-now") == {"count": 2, "waiting": 1}
    found = program.get(f"{path}?limit=1&offset=1")
    assert found["counts"] == {"issued": 2, "waiting": 1}
    assert [one["recipient_value"] for one in found["awards"]] == ["Ben"]
    assert program.get(f"/v1/awards?batch_id={given['id']}&state=issued")["total"] == 2
    assert program.get("/v1/awards?batch_id=other")["total"] == 0


def test_an_achievement_from_draft_to_archive(program: Any) -> None:
    sent = {
        "name": "Host", "description": "Hosts.", "criteria": "Host.", "tags": ["event"], "valid_days": 30,
        "levels": [{"name": "Basic"}, {"name": "Good", "description": "Alone"}],
        "translations": {"es": {"name": "Anfitrión"}}, "suspendable": True,
        "alignments": [{"type": ["Alignment"], "targetName": "X", "targetUrl": "https://x.example/1"}],
    }  # fmt: skip
    made = program.post("/v1/achievements", sent, 201)
    assert made["state"] == "draft"
    assert made["page"] == f"https://badges.example.org/achievements/{made['id']}"
    path = f"/v1/achievements/{made['id']}"
    assert program.call("POST", f"{path}/archive").status_code == 409
    assert program.post(f"{path}/publish")["state"] == "published"
    updated = program.call("PUT", path, {"name": "Host 2", "description": "x", "criteria": "y"})
    assert (updated.json["version"], updated.json["suspendable"]) == (2, True)
    updated = program.call("PUT", path, {"name": "H", "description": "x", "criteria": "y", "suspendable": False})
    assert (updated.json["version"], updated.json["suspendable"]) == (3, False)
    assert program.get(path)["name"] == "H"
    assert program.post(f"{path}/archive")["state"] == "archived"
    assert program.get("/v1/achievements?state=published")["total"] == 0
    assert program.get("/v1/achievements?state=archived")["total"] == 1


def test_pictures_are_drawn_anew(program: Any) -> None:
    drawn = program.post("/v1/images/designs", {"shape": "circle", "colour": "blue", "alt": "A circle"}, 201)
    png = program.services.images.get(drawn["id"]).png
    answer = program.call("POST", "/v1/images?alt=Medal", data=png, headers={"Content-Type": "image/png"})
    assert answer.status_code == 201, answer.text
    assert program.get(f"/v1/images/{answer.json['id']}")["alt"] == "Medal"
    wrong = program.call("POST", "/v1/images?alt=Medal", data=b"no", headers={"Content-Type": "image/png"})
    assert wrong.status_code == 422
    assert program.call("POST", "/v1/images", data=png).status_code == 422
    program.post("/v1/images/designs", {"shape": "blob", "colour": "blue", "alt": "A circle"}, 422)


def test_preview_then_give_then_undo(program: Any) -> None:
    achievement = program.achievement()
    body = {"achievement_id": achievement, "recipients": "Ada\nAda\n127.0.0.1"}
    seen = program.post("/v1/awards/preview", body)
    assert (seen["good"], seen["bad"], seen["duplicates"]) == (1, 1, 1)
    assert seen["rows"][1]["reason"]
    given = program.post("/v1/awards", body, 201)
    assert len(given["left_out"]) == 2
    batch = given["batch"]["id"]
    assert program.get(f"/v1/batches/{batch}")["awards"][0]["state"] == "waiting"
    assert program.post(f"/v1/batches/{batch}/undo") == {"count": 1}
    assert program.call("POST", f"/v1/batches/{batch}/undo").status_code == 409
    row = {"recipient": "ben@example.org", "kind": "email", "evidence": ["https://x.example/1"]}
    sent = {**body, "recipients": [row], "evidence": [{"url": "https://x.example/2"}]}
    more = program.post("/v1/awards", sent, 201)
    award = more["batch"]["awards"][0]
    assert [one["url"] for one in award["evidence"]] == ["https://x.example/1", "https://x.example/2"]
    assert program.post(f"/v1/awards/{award['id']}/undo")["state"] == "undone"


def test_s_idem_1_an_equal_request_gives_nothing_twice_and_another_is_refused(program: Any) -> None:
    body = {"achievement_id": program.achievement(), "recipients": "Ada"}
    first = program.post("/v1/awards", body, 201, **{"Idempotency-Key": "k1"})
    second = program.post("/v1/awards", body, 201, **{"Idempotency-Key": "k1"})
    assert second["batch"] == first["batch"]
    assert (first["replayed"], second["replayed"]) == (False, True)
    program.post("/v1/awards", {**body, "recipients": "Ben"}, 409, **{"Idempotency-Key": "k1"})
    program.post("/v1/awards", body, 422, **{"Idempotency-Key": "k" * 256})
    assert program.get("/v1/awards")["total"] == 1


def test_s_idem_1_whatever_makes_or_changes_something_may_be_sent_again(program: Any) -> None:
    achievement = program.achievement(suspendable=True)
    award = f"/v1/awards/{program.award(achievement)['id']}"
    keys = (f"k{number}" for number in range(100))

    def twice(path: str, body: Any = None, status: int = 200) -> Any:
        key = {"Idempotency-Key": next(keys)}
        first, second = (program.post(path, body, status, **key) for _ in range(2))
        assert first == second
        return first

    draft = twice("/v1/achievements", {"name": "Host", "description": "Hosts.", "criteria": "Host one."}, 201)
    assert twice(f"/v1/achievements/{draft['id']}/publish")["state"] == "published"
    assert twice(f"/v1/achievements/{draft['id']}/archive")["state"] == "archived"
    design = {"shape": "circle", "colour": "teal", "symbol": "star", "text": "", "alt": "A star"}
    twice("/v1/images/designs", design, 201)
    assert twice(f"{award}/suspend", {})["state"] == "suspended"
    assert twice(f"{award}/reinstate")["state"] == "issued"
    renewed = twice(f"{award}/renew", {"valid_days": 10}, 201)
    replaced = twice(f"/v1/awards/{renewed['id']}/replace", {"recipient": "Adele"}, 201)
    assert twice(f"/v1/awards/{replaced['id']}/revoke", {"reason": "issued_in_error"})["state"] == "revoked"
    waiting = program.post("/v1/awards", {"achievement_id": achievement, "recipients": "Ben"}, 201)["batch"]["awards"]
    assert twice(f"/v1/awards/{waiting[0]['id']}/undo")["state"] == "undone"
    assert twice(f"/v1/awards/{replaced['id']}/erase")["state"] == "erased"
    assert program.get("/v1/awards")["total"] == 4
    assert program.get("/v1/achievements")["total"] == 2


def test_s_idem_1_nothing_is_kept_of_what_failed_and_nothing_of_a_person(program: Any) -> None:
    award = program.award(program.achievement())
    path, key = f"/v1/awards/{award['id']}", {"Idempotency-Key": "k"}
    program.post(f"{path}/suspend", {}, 409, **key)  # this achievement allows no suspending
    assert program.post(f"{path}/revoke", {"reason": "issued_in_error"}, **key)["state"] == "revoked"
    program.post(f"{path}/undo", None, 409, **key)  # the key is another request's now
    with program.services.store.read() as work:
        kept = work.remembered(program.affiliate_id, "k")
    assert kept.body == award["id"].encode()


def test_s_idem_1_an_upload_is_equal_when_its_bytes_are(program: Any) -> None:
    drawn = [
        program.post("/v1/images/designs", {"shape": "circle", "colour": colour, "alt": "A circle"}, 201)
        for colour in ("blue", "teal")
    ]
    picture, other = (program.services.images.get(one["id"]).png for one in drawn)

    def upload(data: bytes, alt: str = "x") -> Any:
        return program.call("POST", f"/v1/images?alt={alt}", data=data, headers={"Idempotency-Key": "k"})

    first, second = upload(picture), upload(picture)
    assert (first.status_code, first.json) == (201, second.json)
    assert (upload(other).status_code, upload(picture, "y").status_code) == (409, 409)


def test_the_status_of_a_badge(program: Any) -> None:
    achievement = program.achievement(suspendable=True)
    award = program.award(achievement)
    path = f"/v1/awards/{award['id']}"
    assert award["page"] == f"https://badges.example.org/b/{award['id']}"
    assert program.post(f"{path}/suspend", {})["state"] == "suspended"
    assert program.post(f"{path}/suspend", {}, 409)["state"] == "suspended"
    assert program.post(f"{path}/reinstate")["state"] == "issued"
    assert program.post(f"{path}/reinstate", None, 409)["state"] == "issued"
    renewed = program.post(f"{path}/renew", {"valid_days": 10}, 201)
    assert renewed["valid_until"]
    assert program.get(path)["replaced_by"] == renewed["id"]
    path = f"/v1/awards/{renewed['id']}"
    replaced = program.post(f"{path}/replace", {"recipient": "Adele", "narrative": "Corrected"}, 201)
    assert (replaced["recipient_value"], replaced["narrative"]) == ("Adele", "Corrected")
    path = f"/v1/awards/{replaced['id']}"
    link = program.post(f"{path}/link", None, 201)["link"]
    assert link.startswith("https://badges.example.org/r/")
    assert program.post(f"{path}/revoke", {"reason": "issued_in_error"})["state"] == "revoked"
    again = program.post(f"{path}/revoke", {"reason": "issued_in_error"}, 409)
    assert (again["state"], again["detail"]) == (
        "revoked",
        "This badge is withdrawn already, since 22 November 2026, 12:00 UTC.",
    )
    program.post(f"{path}/revoke", {"reason": "because"}, 422)
    numbers = program.get("/v1/statistics")
    assert numbers["by_state"]["revoked"] == 3
    assert numbers["by_achievement"][0]["name"] == "Host"
    assert numbers["by_month"]


def test_private_links_of_a_batch_are_told_once(program: Any) -> None:
    award = program.award(program.achievement())
    first = program.post(f"/v1/batches/{award['batch_id']}/links", None, 201)["links"]
    assert [one["award_id"] for one in first] == [award["id"]]
    assert program.post(f"/v1/batches/{award['batch_id']}/links", None, 201)["links"] == []


def test_lists_come_in_parts_with_links_to_the_others(program: Any) -> None:
    names = "\n".join(f"Person {number}" for number in range(5))
    program.post("/v1/awards", {"achievement_id": program.achievement(), "recipients": names}, 201)
    base = "https://badges.example.org/api/v1/awards"
    first = program.call("GET", "/v1/awards?limit=2&state=waiting")
    assert first.headers["Link"] == f'<{base}?state=waiting&limit=2&offset=2>; rel="next"'
    assert (first.json["total"], len(first.json["items"])) == (5, 2)
    middle = program.call("GET", "/v1/awards?limit=2&offset=2").headers["Link"]
    assert [part.rpartition("rel=")[2] for part in middle.split(", ")] == ['"first"', '"prev"', '"next"']
    last = program.call("GET", "/v1/awards?limit=2&offset=4")
    assert 'rel="next"' not in last.headers["Link"]
    assert "Link" not in program.call("GET", "/v1/awards").headers
    assert program.get("/v1/awards?text=person%203")["total"] == 1
    assert len(program.get("/v1/achievements?limit=1")["items"]) == 1
    for query in ("limit=0", "limit=101", "offset=-1", "limit=x", "state=x", "more=1"):
        assert program.call("GET", f"/v1/awards?{query}").status_code == 422, query


def test_a_badge_is_checked_and_a_bad_one_is_an_answer_too(program: Any) -> None:
    award = program.services.awarding.get(program.affiliate_id, program.award(program.achievement())["id"])
    known = {"type": "userName", "value": "Ada"}
    found = program.post("/v1/verify", {"badge": json.loads(award.signed_json), "recipient": known})
    assert (found["report"]["outcome"], found["issuer_known"]) == ("pass", True)
    assert program.post("/v1/verify", {"badge": award.signed_jwt})["report"]["outcome"] == "pass"
    address = f"https://badges.example.org/b/{award.id}"
    assert program.post("/v1/verify", {"badge": address})["report"]["outcome"] == "pass"
    assert program.post("/v1/verify", {"badge": "nonsense"})["report"]["outcome"] == "fail"
    assert isinstance(program.services.fetcher, FakeWeb)
    program.post("/v1/verify", {"badge": "https://nobody.example/"}, 422)


def test_s_rate_1_checking_is_limited(program: Any) -> None:
    codes = [program.call("POST", "/v1/verify", {"badge": "x"}).status_code for _ in range(31)]
    assert codes[:30] == [200] * 30
    assert codes[30] == 429


COLUMNS = sorted(
    {column.name for kind in (records.Affiliate, records.Achievement, records.AchievementVersion, records.Award,
                              records.Batch, records.ApiToken, records.Image)
     for column in dataclasses.fields(kind)}
)  # fmt: skip


@pytest.mark.parametrize("one", [one for one in OPERATIONS if one.body], ids=lambda one: one.name)
def test_s_az_2_no_column_can_be_set_by_naming_it(program: Any, one: Any) -> None:
    path = one.rule
    for name in ("achievement_id", "award_id", "batch_id"):
        path = path.replace(f"<{name}>", "a" * 32)
    unnamed = [column for column in COLUMNS if column not in one.body.model_fields]
    assert "affiliate_id" in unnamed
    assert "id" in unnamed
    assert "state" in unnamed
    answer = program.call(one.method, path, dict.fromkeys(unnamed, "x"))
    assert answer.status_code == 422
    assert set(unnamed) <= {problem["field"] for problem in answer.json["problems"]}


@pytest.mark.parametrize("body", ["", "[]", "{", '{"name": "a", "name": "b"}', "null", '"x"', "\ufeff{}"])
def test_what_is_no_json_object_is_refused(program: Any, body: str) -> None:
    answer = program.call("POST", "/v1/achievements", data=body.encode(), headers={"Content-Type": "application/json"})
    assert answer.status_code == (422 if body == "" else 400)
    assert answer.content_type == "application/problem+json"


def test_an_unknown_address_and_a_wrong_method_are_problems_too(program: Any) -> None:
    for method, path, status in (("GET", "/v1/nothing", 404), ("DELETE", "/v1/awards", 405)):
        answer = program.call(method, path)
        assert answer.status_code == status
        assert answer.content_type == "application/problem+json"


def test_answers_are_kept_by_nobody_and_hold_no_secrets(program: Any) -> None:
    award = program.award(program.achievement())
    answer = program.call("GET", f"/v1/awards/{award['id']}")
    assert answer.headers["Cache-Control"] == "no-store"
    assert not {"salt", "secret_hash", "signed_json"} & set(answer.json)


HOST = {"name": "Host", "description": "Hosts.", "criteria": "Host."}


def changed(program: Any, path: str, body: Any, etag: str | None, method: str = "PUT") -> Any:
    return program.call(method, path, body, headers={} if etag is None else {"If-Match": etag})


def test_two_programs_that_change_an_achievement_do_not_overwrite_each_other(program: Any) -> None:
    made = program.call("POST", "/v1/achievements", HOST)
    path = f"/v1/achievements/{made.json['id']}"
    read = program.call("GET", path).headers["ETag"]
    assert made.headers["ETag"] == read
    first = changed(program, path, {**HOST, "name": "First"}, read)
    assert (first.status_code, first.json["version"]) == (200, 2)
    second = changed(program, path, {**HOST, "name": "Second"}, read)
    assert (second.status_code, second.content_type) == (412, "application/problem+json")
    assert second.json["detail"] == (
        "This was changed after you read it, so nothing was saved: read it again, put your change into what you find, "
        "and send that with its new ETag."
    )
    assert program.get(path)["name"] == "First"
    assert changed(program, path, {**HOST, "name": "Second"}, first.headers["ETag"]).json["version"] == 3
    present = program.call("GET", path).headers["ETag"]
    assert program.call("GET", path, headers={"If-None-Match": present}).status_code == 304
    assert program.post(f"{path}/publish")["state"] == "published"
    assert changed(program, path, {**HOST, "name": "Third"}, present).status_code == 412  # it is open to all by now
    for wrong in (f"W/{program.call('GET', path).headers['ETag']}", "nothing", "", '"x", "y"'):
        assert changed(program, path, {**HOST, "name": "Third"}, wrong).status_code == 412, wrong
    assert changed(program, path, {**HOST, "name": "Any"}, "*").json["version"] == 4
    assert changed(program, path, {**HOST, "name": "Unasked"}, None).json["version"] == 5


def test_two_programs_that_change_the_profile_do_not_overwrite_each_other(program: Any) -> None:
    read = program.call("GET", "/v1/affiliate").headers["ETag"]
    first = changed(program, "/v1/affiliate", {"place": "Here"}, read, "PATCH")
    assert first.status_code == 200
    assert changed(program, "/v1/affiliate", {"place": "There"}, read, "PATCH").status_code == 412
    assert program.get("/v1/affiliate")["place"] == "Here"
    assert program.call("GET", "/v1/affiliate").headers["ETag"] == first.headers["ETag"]
