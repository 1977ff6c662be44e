"""Who may ask: tokens, scopes, tenants (S-TOK-1, S-AZ-1)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from issuer_service.web.api.table import OPERATIONS

IDS = {
    "achievement_id": "a" * 32, "award_id": "b" * 32, "batch_id": "c" * 32, "token_id": "d" * 32, "image_id": "e",
    "user_id": "f" * 32,
}  # fmt: skip


def path_for(rule: str, ids: dict[str, str]) -> str:
    for name, value in ids.items():
        rule = rule.replace(f"<{name}>", value)
    return rule


@pytest.mark.parametrize("one", OPERATIONS, ids=lambda one: one.name)
def test_s_az_1_every_operation_wants_a_token_with_its_scope(program: Any, one: Any) -> None:
    path = path_for(one.rule, IDS)
    for value in ("", "Bearer", "Bearer x", f"Basic {program.token}", f"Bearer {program.token[:-1]}x", program.token):
        answer = program.call(one.method, path, headers={"Authorization": value})
        assert answer.status_code == 401, value
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        assert answer.content_type == "application/problem+json"
    others = ["vc-api"] if one.scope is None else ["profile:read" if one.scope != "profile:read" else "awards:read"]
    assert program.with_token(*others).call(one.method, path).status_code == 403


@pytest.mark.parametrize("one", OPERATIONS, ids=lambda one: one.name)
def test_s_tok_1_a_cookie_is_no_token(program: Any, one: Any) -> None:
    user = program.services.accounts.create_user("ada", "correct horse battery", operator=True)
    secret, _ = program.services.accounts.open_session(user.id)
    client = program.app.test_client()
    client.set_cookie("__Host-session", secret, domain="badges.example.org", secure=True)
    path = f"/api{path_for(one.rule, IDS)}"
    assert client.open(path, method=one.method, base_url="https://badges.example.org").status_code == 401


def test_s_az_1_what_belongs_to_another_issuer_is_not_there(program: Any, stranger: Any) -> None:
    achievement = program.achievement(suspendable=True)
    award = program.award(achievement)
    image = program.post("/v1/images/designs", {"shape": "circle", "colour": "blue", "alt": "A circle"}, 201)
    ids = {
        "achievement_id": achievement,
        "award_id": award["id"],
        "batch_id": award["batch_id"],
        "image_id": image["id"],
        "token_id": program.get("/v1/tokens")["items"][0]["id"],
        "user_id": program.member("ada"),
    }
    bodies = {
        "updateAchievement": {"name": "x", "description": "x", "criteria": "x"},
        "revokeAward": {"reason": "issued_in_error"},
        "changeMember": {"role": "viewer"},
        "setLogo": {"image_id": image["id"]},
        "giveAwards": {"achievement_id": achievement, "recipients": "Eve"},
        "previewAwards": {"achievement_id": achievement, "recipients": "Eve"},
    }
    checked = 0
    for one in OPERATIONS:
        if "<" in one.rule or one.name in ("giveAwards", "previewAwards", "setLogo"):
            answer = stranger.call(one.method, path_for(one.rule, ids), bodies.get(one.name, {}))
            assert answer.status_code == 404, (one.name, answer.text)
            checked += 1
    assert checked >= 22
    assert stranger.get("/v1/awards")["total"] == 0
    assert stranger.get("/v1/achievements")["total"] == 0
    assert program.get(f"/v1/awards/{award['id']}")["state"] == "issued"
    assert [one["role"] for one in program.get("/v1/members")["items"]] == ["owner"]


def test_s_tok_1_a_revoked_or_old_token_opens_nothing(program: Any) -> None:
    short = program.with_token("profile:read", days=1)
    assert short.call("GET", "/v1/affiliate").status_code == 200
    program.clock.move(timedelta(days=2))
    assert short.call("GET", "/v1/affiliate").status_code == 401
    mine = program.with_token("profile:read", "profile:write")
    token_id = mine.get("/v1/tokens")["items"][0]["id"]
    revoked = mine.call("DELETE", f"/v1/tokens/{token_id}")
    assert revoked.json["revoked_at"]
    assert mine.call("GET", "/v1/affiliate").status_code == 401


def test_s_tok_1_a_token_makes_none_that_can_do_more_or_lives_longer(program: Any) -> None:
    mine = program.with_token("profile:write", "awards:read", days=5)
    made = mine.post("/v1/tokens", {"name": "x", "scopes": ["awards:read"], "days": 5}, 201)
    assert made["secret"].startswith("obk_")
    assert "secret_hash" not in made["token"]
    assert made["secret"] not in str(program.get("/v1/tokens"))
    mine.post("/v1/tokens", {"name": "x", "scopes": ["awards:write"], "days": 5}, 403)
    mine.post("/v1/tokens", {"name": "x", "scopes": ["vc-api"], "days": 5}, 422)
    mine.post("/v1/tokens", {"name": "x", "scopes": ["awards:read"], "days": 6}, 422)
    mine.post("/v1/tokens", {"name": "x", "scopes": [], "days": 1}, 422)
