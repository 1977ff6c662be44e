"""S-IDEM-1 at the desk: a form that makes something, sent twice on a slow line, makes one thing."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

import pytest

from issuer_service.services.designer import PLAIN, draw
from issuer_service.services.records import AwardState, Role

BADGE = {"name": "Host", "description": "Hosts.", "criteria": "One.", "language": "en", "picture": "design"}
SKILL = {"label": "Tents", "only_local": "1"}


def _once(page: str) -> str:
    found = re.search(r'name="once" value="([^"]+)"', page)
    assert found
    return found[1]


def _twice(browser: Any, path: str, data: Mapping[str, Any], at: str | None = None) -> list[Any]:
    """The same form of one page, its button pressed twice."""
    number = _once(browser.get(at or path).text)
    return [browser.post(path, {**data, "once": number}) for _ in range(2)]


def test_the_button_of_a_new_badge_pressed_twice_makes_one(desk: Any) -> None:
    browser, path = desk.browser("owner"), f"/desk/g/{desk.group.slug}/badges/new"
    number = _once(browser.get(path).text)
    answers = [browser.post(path, {**BADGE, "once": number, "do": do}) for do in ("save", "publish", "publish")]
    (held,) = desk.services.achievements.all(desk.group.id)
    assert held.achievement.state == "published"
    assert answers[1].headers["Location"] == answers[2].headers["Location"]
    assert browser.get(answers[2].headers["Location"]).text.count("Published. Now you can give it.") == 1
    # what was changed after going back is another badge, and so is that of a form opened anew
    browser.post(path, {**BADGE, "name": "Helper", "once": number, "do": "save"})
    browser.post(path, {**BADGE, "once": _once(browser.get(path).text), "do": "save"})
    assert len(desk.services.achievements.all(desk.group.id)) == 3
    # a form that was shown again because of an error keeps its number
    assert _once(browser.post(path, {**BADGE, "name": "", "once": number, "do": "save"}).text) == number


def test_a_picture_that_was_uploaded_is_part_of_what_is_the_same(desk: Any) -> None:
    browser, path = desk.browser("owner"), f"/desk/g/{desk.group.slug}/badges/new"
    number = _once(browser.get(path).text)

    def send(alt: str) -> Any:
        picture = (io.BytesIO(draw(PLAIN)), "host.png")
        form = {**BADGE, "picture": "upload", "image": picture, "alt": alt, "once": number, "do": "save"}
        return browser.post(path, form, content_type="multipart/form-data").headers["Location"]

    assert send("A medal") == send("A medal") != send("A star")
    assert len(desk.services.achievements.all(desk.group.id)) == 2


def test_a_group_is_set_up_once(desk: Any) -> None:
    first, second = _twice(desk.browser("viewer"), "/desk/new", {"name": "Lakeside", "slug": "lake"})
    assert first.headers["Location"] == second.headers["Location"] == "/desk/g/lake/"
    assert [one.name for one in desk.services.affiliates.all()].count("Lakeside") == 1


@pytest.mark.parametrize(
    ("who", "path", "data", "id_of_secret"),
    [
        ("owner", "/desk/g/{slug}/members", {"role": "viewer"}, "invitation"),
        ("owner", "/desk/g/{slug}/tokens", {"name": "CI", "scopes": "awards:read", "days": "9"}, "token"),
        ("operator", "/desk/site/users", {"login": "cleo"}, "reset"),
    ],
)
def test_a_secret_is_made_once_and_shown_by_both_answers(
    desk: Any, who: str, path: str, data: Mapping[str, str], id_of_secret: str
) -> None:
    browser, path = desk.browser(who), path.format(slug=desk.group.slug)
    answers = _twice(browser, path, data)
    found = [re.search(rf'id="{id_of_secret}" readonly value="([^"]+)"', answer.text) for answer in answers]
    assert found[0]
    assert found[1]
    assert found[0][1] == found[1][1]
    number = _once(answers[1].text)  # of a form that is new again
    third = browser.post(path, {**data, "once": number}).text
    assert found[0][1] not in third
    assert len(desk.services.tokens.all(desk.group.id)) == (2 if id_of_secret == "token" else 0)
    assert [one.login for one in desk.services.accounts.all_users()].count("cleo") == (id_of_secret == "reset")


def test_what_does_not_work_any_more_is_not_shown_again(desk: Any) -> None:
    browser, tokens = desk.browser("owner"), desk.services.tokens
    path, data = f"/desk/g/{desk.group.slug}/tokens", {"name": "CI", "scopes": "awards:read", "days": "9"}
    data["once"] = _once(browser.get(path).text)
    browser.post(path, data)
    tokens.revoke(desk.group.id, tokens.all(desk.group.id)[0].id)
    browser.post(path, data)
    assert sum(one.revoked_at is None for one in tokens.all(desk.group.id)) == 1
    members = f"/desk/g/{desk.group.slug}/members"
    form = {"role": "viewer", "once": _once(browser.get(members).text)}
    links = []
    for _ in range(2):
        found = re.search(r'id="invitation" readonly value="[^"]+/([^"/]+)"', browser.post(members, form).text)
        assert found
        links.append(found[1])
        desk.services.accounts.join(found[1], desk.people["stranger"].id)
    assert links[0] != links[1]


def test_a_badge_is_renewed_and_corrected_once(desk: Any) -> None:
    browser = desk.browser("awarder")
    (award,) = desk.give(desk.achievement(valid_days="30")).awards
    page = f"/desk/g/{desk.group.slug}/given/{award.id}"
    first, second = _twice(browser, f"{page}/renew", {"valid_days": "9"}, page)
    assert first.headers["Location"] == second.headers["Location"] != page
    page = first.headers["Location"]
    first, second = _twice(browser, f"{page}/replace", {"recipient": "Adele"}, page)
    assert first.headers["Location"] == second.headers["Location"] != page
    other = browser.post(f"{page}/replace", {"recipient": "Adela", "once": "another form"})
    assert other.headers["Location"] == page  # which says that it was replaced
    states = [one.state for one in desk.services.awarding.find(desk.group.id, limit=9).items]
    assert states.count(AwardState.ISSUED) == 1
    assert len(states) == 3


SINCE = "22 November 2026, 12:00 UTC"
GIVEN = "/desk/g/{slug}/given/{id}"


@pytest.mark.parametrize(
    ("path", "data", "before", "done", "again"),
    [
        (
            "/desk/g/{slug}/withdraw",
            {"award": "{id}", "do": "withdraw", "reason": "issued_in_error"},
            "",
            "1 badge is withdrawn.",
            f"This badge is withdrawn already, since {SINCE}.",
        ),
        (f"{GIVEN}/suspend", {}, "", "Suspended.", f"This badge is suspended already, since {SINCE}."),
        (f"{GIVEN}/reinstate", {}, "suspend", "It is good again.", "This badge is in force: there is no suspension"),
        (f"{GIVEN}/undo", {}, "waiting", "Taken back.", f"This badge was taken back already, on {SINCE}."),
        (f"{GIVEN}/erase", {"sure": "1"}, "", "Erased.", f"This badge was erased already, on {SINCE}."),
    ],
)
def test_what_is_done_already_is_said_with_its_time_and_changes_nothing(
    desk: Any, path: str, data: Mapping[str, str], before: str, done: str, again: str
) -> None:
    (award,) = desk.give(desk.achievement(suspendable=True), issue=before != "waiting").awards
    if before == "suspend":
        desk.services.status_changes.suspend(desk.group.id, award.id)
    address = path.format(slug=desk.group.slug, id=award.id)
    form = {name: text.format(id=award.id) for name, text in data.items()}
    browsers = [desk.browser("owner"), desk.browser("owner")]
    first = browsers[0].post(address, form)
    assert done in browsers[0].get(first.headers["Location"]).text
    there = desk.award(award.id)
    desk.later(minutes=3)
    for browser in browsers:  # the same person once more, then somebody else who had the page open
        second = browser.post(address, form)
        assert second.headers["Location"] == first.headers["Location"]
        page = browser.get(second.headers["Location"]).text
        assert re.search(rf'<div class="note info" role="status">{re.escape(again)}', page)
        assert done not in page
    assert desk.award(award.id) == there


def test_private_links_that_nobody_saw_are_shown_again(desk: Any) -> None:
    browser = desk.browser("awarder")
    batch = desk.give(desk.achievement(), "Ada\nBen").batch
    page = f"/desk/g/{desk.group.slug}/batches/{batch.id}"
    first, second = _twice(browser, f"{page}/links", {"do": "show"}, page)
    links = re.findall(r'<code id="l-\d">([^<]+)', first.text)
    assert len(links) == 2
    assert re.findall(r'<code id="l-\d">([^<]+)', second.text) == links
    assert browser.get(links[0].removeprefix("https://badges.example.org")).status_code == 200
    later = browser.post(f"{page}/links", {"do": "show", "once": "another form"})
    assert later.headers["Location"] == page


def test_a_list_is_read_once_and_kept_once(desk: Any) -> None:
    browser, base = desk.browser("owner"), f"/desk/g/{desk.group.slug}/skills"
    data = {"text": "id,name\nT-1,Pitching a tent\n", "title": "Camping", "language": "en"}
    first, second = _twice(browser, f"{base}/import", data)
    assert first.headers["Location"] == second.headers["Location"]
    staged = first.headers["Location"]
    answers = [browser.post(staged, {"do": "keep"}) for _ in range(2)]
    assert [one.headers["Location"] for one in answers] == [base, base]
    page = browser.get(base).text
    assert "“Camping” is here now." in page
    assert "If you kept it, it is below; if not, read the file again." in page
    assert browser.get(staged).status_code == 404


@pytest.mark.parametrize(("kind", "rest"), [("skill", {}), ("role", {"based_on": "LR-organiser"})])
def test_a_skill_or_role_of_the_group_is_added_once(desk: Any, kind: str, rest: Mapping[str, str]) -> None:
    desk.services.framework_imports.init_starters()
    browser, base = desk.browser("awarder"), f"/desk/g/{desk.group.slug}/skills/local"
    answers = [browser.post(f"{base}/{kind}", {**SKILL, **rest}) for _ in range(2)]
    assert [one.headers.get("Location") for one in answers] == [base, base]
    layer = desk.services.local_layers.get(desk.group.id)
    assert len(layer.items if kind == "skill" else layer.roles) == 1
    browser.post(f"{base}/{kind}", {**SKILL, **rest, "label": "Campfires"})
    layer = desk.services.local_layers.get(desk.group.id)
    assert len(layer.items if kind == "skill" else layer.roles) == 2


def test_who_joins_twice_is_in(desk: Any) -> None:
    path = f"/desk/join/{desk.services.accounts.invite(desk.group.id, Role.VIEWER)}"
    browser = desk.browser()
    browser.form_token(path)
    cookies = browser.client.get_cookie("__Host-note", domain="badges.example.org")
    form = {"login": "cleo", "password": "correct horse battery"}
    assert browser.post(path, form).status_code == 303
    browser = desk.browser()  # as it was when the button was pressed again
    browser.client.set_cookie("__Host-note", cookies.value, domain="badges.example.org", secure=True)
    browser.csrf = re.search(r'name="csrf" value="([^"]+)"', browser.get("/desk/sign-in").text)[1]
    again = browser.post(path, form)
    assert (again.status_code, again.headers["Location"]) == (303, "/desk/")
    assert browser.get(f"/desk/g/{desk.group.slug}/").status_code == 200
    for wrong in ({**form, "password": "something else"}, {"login": "cleo"}):
        other = desk.browser()
        other.form_token()
        assert other.post(path, wrong).status_code == 404
