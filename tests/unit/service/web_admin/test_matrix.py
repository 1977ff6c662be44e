"""S-AZ-1 and S-CSRF-1: every address of the desk, tried by everybody. An address without a row fails."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.sweep

VIEWER, AWARDER, OWNER, SIGNED_IN, OPERATOR, OPEN = "viewer", "awarder", "owner", "signed in", "operator", "open"
_RANK = [VIEWER, AWARDER, OWNER]
# name: least role for GET, least role for POST
ROWS: dict[str, tuple[str | None, str | None]] = {
    "sign_in": (OPEN, OPEN),
    "sign_out": (None, OPEN),
    "join": (OPEN, OPEN),
    "reset": (OPEN, OPEN),
    "account": (SIGNED_IN, SIGNED_IN),
    "home": (SIGNED_IN, None),
    "new_issuer": (SIGNED_IN, SIGNED_IN),
    "group": (VIEWER, None),
    "settings": (OWNER, OWNER),
    "members": (OWNER, OWNER),
    "member": (None, OWNER),
    "tokens": (OWNER, OWNER),
    "token_revoke": (None, OWNER),
    "badges": (VIEWER, None),
    "badge_new": (OWNER, OWNER),
    "badge": (VIEWER, OWNER),
    "badge_state": (None, OWNER),
    "draw": (VIEWER, None),
    "give_choose": (AWARDER, None),
    "give": (AWARDER, AWARDER),
    "batch": (VIEWER, None),
    "batch_undo": (None, AWARDER),
    "batch_issue": (None, AWARDER),
    "batch_links": (None, AWARDER),
    "awards": (VIEWER, None),
    "awards_csv": (VIEWER, None),
    "withdraw": (None, AWARDER),
    "award": (VIEWER, None),
    "award_undo": (None, AWARDER),
    "award_suspend": (None, AWARDER),
    "award_reinstate": (None, AWARDER),
    "award_renew": (None, AWARDER),
    "award_replace": (None, AWARDER),
    "award_link": (None, AWARDER),
    "award_erase": (None, OWNER),
    "numbers": (VIEWER, None),
    "skills_own": (VIEWER, None),
    "layer": (AWARDER, None),
    "layer_about": (AWARDER, AWARDER),
    "layer_item": (AWARDER, AWARDER),
    "layer_role": (AWARDER, AWARDER),
    "layer_more": (AWARDER, AWARDER),
    "layer_words": (AWARDER, AWARDER),
    "layer_adopt": (AWARDER, AWARDER),
    "layer_restore": (None, AWARDER),
    "import_own": (OWNER, OWNER),
    "staged_own": (OWNER, OWNER),
    "skills_shared": (OPERATOR, None),
    "import_shared": (OPERATOR, OPERATOR),
    "staged_shared": (OPERATOR, OPERATOR),
    "site": (OPERATOR, None),
    "site_issuer": (None, OPERATOR),
    "site_users": (OPERATOR, OPERATOR),
    "site_user": (None, OPERATOR),
    "site_known": (OPERATOR, OPERATOR),
    "site_known_remove": (None, OPERATOR),
}
PEOPLE = ("anonymous", "stranger", "viewer", "awarder", "owner", "operator")


@pytest.fixture
def addresses(desk: Any) -> dict[str, str]:
    """The address of every rule, with things of the group in it."""
    achievement_id = desk.achievement()
    given = desk.give(achievement_id)
    _, token = desk.services.tokens.create(desk.group.id, "robot", ["awards:read"], 30)
    desk.services.framework_imports.init_starters()
    desk.services.local_layers.save(desk.group.id, desk.services.local_layers.get(desk.group.id), user_id="u")
    waiting = {who: _waiting(desk, who) for who in ("owner", "operator")}
    values = {
        "slug": desk.group.slug,
        "achievement_id": achievement_id,
        "batch_id": given.batch.id,
        "award_id": given.awards[0].id,
        "user_id": desk.people["viewer"].id,
        "token_id": token.id,
        "issuer": desk.group.slug,
        "number": 1,
        "staged_id": waiting["owner"],
    }
    found = {}
    with desk.app.test_request_context(base_url="https://badges.example.org"):
        for rule in desk.app.url_map.iter_rules():
            if rule.endpoint.startswith("admin."):
                name = rule.endpoint.removeprefix("admin.")
                own = {"secret": "x" * 43}  # of nobody; links that work are tested elsewhere
                own |= {"staged_id": waiting["operator"]} if name == "staged_shared" else {}
                wanted = {key: value for key, value in {**values, **own}.items() if key in rule.arguments}
                from flask import url_for

                found[name] = url_for(rule.endpoint, **wanted)
    return found


def _waiting(desk: Any, who: str) -> str:
    """A list that this person has read, for the group or for the whole site."""
    framework = desk.services.frameworks.whole("movement-skills")
    group = desk.group.id if who == "owner" else None
    return str(
        desk.services.framework_staging.stage(
            framework, source_format="json", user_id=desk.people[who].id, affiliate_id=group
        )
    )


def _expected(least: str | None, who: str, method: str) -> set[int]:
    done = {200, 303, 302, 400, 404, 409, 422}  # got past the guard; what happens there is tested elsewhere
    if least is None:
        return {405}
    if least == OPEN:
        return done
    if who == "anonymous":
        return {302} if method == "GET" else {401}
    if least == SIGNED_IN:
        return done
    if least == OPERATOR:
        return done - {404} if who == "operator" else {404}
    if who in ("stranger", "operator"):
        return {404}
    return done - {404} if _RANK.index(who) >= _RANK.index(least) else {403}


def test_s_az_1_every_route_of_the_desk_has_a_row(desk: Any) -> None:
    rules = [rule for rule in desk.app.url_map.iter_rules() if rule.endpoint.startswith("admin.")]
    assert {rule.endpoint.removeprefix("admin.") for rule in rules} == set(ROWS)
    for rule in rules:
        get, post = ROWS[rule.endpoint.removeprefix("admin.")]
        assert ("GET" in rule.methods, "POST" in rule.methods) == (get is not None, post is not None), rule


@pytest.mark.parametrize("who", PEOPLE)
def test_s_az_1_every_route_lets_in_only_who_may(desk: Any, addresses: dict[str, str], who: str) -> None:
    for name, (get, post) in ROWS.items():
        for method, least in (("GET", get), ("POST", post)):
            browser = desk.browser(None if who == "anonymous" else who)
            send = browser.get if method == "GET" else browser.post
            data = {"data": {"issuer_id": "did:web:unknown.example"}} if name == "site_known_remove" else {}
            answer = send(addresses[name], **(data if method == "POST" else {}))
            if name == "site_known_remove" and who == "operator" and method == "POST":
                assert answer.status_code == 404  # nothing of that id is on the list
                continue
            assert answer.status_code in _expected(least, who, method), (who, method, name, answer.status_code)
            if who == "anonymous" and answer.status_code == 302:
                assert answer.headers["Location"].startswith("/desk/sign-in"), name


def test_s_az_1_things_of_another_group_are_not_found_under_ones_own(desk: Any, addresses: dict[str, str]) -> None:
    browser = desk.browser("stranger")
    for name, (get, post) in ROWS.items():
        if not addresses[name].startswith(f"/desk/g/{desk.group.slug}/"):
            continue
        rule = next(rule for rule in desk.app.url_map.iter_rules() if rule.endpoint == f"admin.{name}")
        if not rule.arguments - {"slug"}:
            continue
        path = addresses[name].replace(desk.group.slug, "hilltop", 1)
        if get:
            assert browser.get(path).status_code == 404, path
        if post and name not in ("member", "badge_state", "award_erase"):
            assert browser.post(path).status_code == 404, path
    path = addresses["member"].replace(desk.group.slug, "hilltop", 1)
    assert browser.post(path, {"do": "remove"}).status_code == 404
    path = addresses["badge_state"].replace(desk.group.slug, "hilltop", 1)
    assert browser.post(path, {"do": "archive"}).status_code == 404
    path = addresses["award_erase"].replace(desk.group.slug, "hilltop", 1)
    assert browser.post(path, {"sure": "1"}).status_code == 404
    hilltop = desk.services.affiliates.by_slug("hilltop")
    award_id = addresses["award"].rpartition("/")[2]
    assert browser.post(f"/desk/g/{hilltop.slug}/withdraw", {"award": award_id, "do": "withdraw"}).status_code == 404
    assert desk.award(award_id).state == "issued"


def test_s_csrf_1_every_form_needs_the_token_of_the_session(desk: Any, addresses: dict[str, str]) -> None:
    for name, (_, post) in ROWS.items():
        if post is None:
            continue
        browser = desk.browser("operator" if post == OPERATOR else "owner")
        for wrong in ("", "x" * 43, desk.browser("viewer").csrf):
            browser.csrf = wrong
            answer = browser.post(addresses[name])
            assert answer.status_code == 400, (name, wrong)
            assert "too old" in answer.text


def test_s_csrf_1_a_form_from_another_site_is_refused_even_with_the_token(desk: Any, addresses: dict[str, str]) -> None:
    browser = desk.browser("owner")
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert browser.post(addresses["batch_undo"], headers=headers).status_code == 400


def test_s_csrf_1_looking_changes_nothing(desk: Any, addresses: dict[str, str]) -> None:
    def dump() -> Any:
        with desk.store.read() as work:
            awards = work.find_awards(desk.group.id).items
            return awards, work.list_achievements(desk.group.id), work.tokens_of(desk.group.id), work.list_affiliates()

    before, browser = dump(), desk.browser("owner")
    for name, (get, _) in ROWS.items():
        if get is not None:
            browser.get(addresses[name])
    assert dump() == before


def test_s_hdr_1_pages_of_the_desk_are_not_kept_and_run_nothing_inline(desk: Any, addresses: dict[str, str]) -> None:
    for name, (get, _) in ROWS.items():
        answer = desk.browser("operator" if get == OPERATOR else "owner").get(addresses[name]) if get else None
        if answer is None or answer.mimetype != "text/html" or answer.status_code != 200:
            continue
        assert answer.headers["Cache-Control"] == "no-store", name
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
        assert " style=" not in answer.text, name
        assert " onclick" not in answer.text, name
        assert "<style" not in answer.text, name
