"""Setting up, members, tokens, settings and what operators do."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest

from issuer_service.services.records import AffiliateState, Role

PNG = b"\x89PNG\r\n\x1a\n" + b"broken"


def _png() -> bytes:
    from issuer_service.services.designer import PLAIN, draw

    return draw(PLAIN)


def test_a_group_is_set_up_in_one_short_form(desk: Any) -> None:
    browser = desk.browser("operator")
    assert browser.get("/desk/new").status_code == 200
    wrong = browser.post("/desk/new", {"name": "", "url": "nonsense"})
    assert wrong.status_code == 422
    assert 'id="e-name"' in wrong.text
    assert 'value="nonsense"' in wrong.text
    done = browser.post("/desk/new", {"name": "New Group", "description": "We edit."})
    assert done.headers["Location"] == "/desk/g/new-group/"
    page = browser.get("/desk/g/new-group/").text
    assert "to approve it" in page
    assert "Three steps" in page


def test_s_az_2_no_form_sets_what_it_does_not_show(desk: Any) -> None:
    browser = desk.browser("owner")
    columns = {"id": "x", "state": "closed", "issuer_id": "did:web:evil", "affiliate_id": "x", "created_at": "1",
               "logo_id": "x", "is_operator": "1", "operator": "1", "slug": "other", "role": "owner"}  # fmt: skip
    assert browser.post(f"/desk/g/{desk.group.slug}/settings", {"name": "Renamed", **columns}).status_code == 303
    after = desk.services.affiliates.get(desk.group.id)
    same = ("id", "slug", "state", "issuer_id", "logo_id", "created_at")
    assert [getattr(after, name) for name in same] == [getattr(desk.group, name) for name in same]
    assert after.name == "Renamed"
    desk.browser("operator").post("/desk/site/users", {"login": "small", **columns})
    assert desk.services.accounts.by_login("small").is_operator is False
    browser.post("/desk/new", {"name": "Mine", **columns, "slug": "mine"})
    made = desk.services.affiliates.by_slug("mine")
    assert (made.state, made.issuer_id) == (AffiliateState.PENDING, None)


def test_settings_say_what_is_wrong_beside_the_field(desk: Any) -> None:
    browser, path = desk.browser("owner"), f"/desk/g/{desk.group.slug}/settings"
    answer = browser.post(path, {"name": "Riverside", "undo_minutes": "99999"})
    assert answer.status_code == 422
    assert 'id="e-undo_minutes"' in answer.text
    assert browser.post(path, {"name": "Riverside", "undo_minutes": "5"}).status_code == 303
    assert desk.services.affiliates.get(desk.group.id).undo_minutes == 5


def test_two_owners_who_change_settings_at_once_keep_both_changes(desk: Any) -> None:
    browser, path = desk.browser("owner"), f"/desk/g/{desk.group.slug}/settings"
    desk.services.affiliates.update(desk.group.id, {"description": "Line 1\nLine 2"})
    opened = dict(re.findall(r'name="was-(\w+)" value="([^"]*)"', browser.get(path).text))
    sent = {f"was-{name}": text for name, text in opened.items()} | opened | {"description": "Line 1\r\nLine 2"}
    desk.services.affiliates.update(desk.group.id, {"place": "By the river", "description": "Changed meanwhile"})
    assert browser.post(path, {**sent, "url": "https://river.example"}).status_code == 303
    kept = desk.services.affiliates.get(desk.group.id)
    assert (kept.place, kept.description, kept.url) == ("By the river", "Changed meanwhile", "https://river.example")


def test_the_short_address_can_change_until_the_group_is_approved(desk: Any) -> None:
    made = desk.services.affiliates.create({"name": "Fresh"}, owner_id=desk.people["owner"].id)
    browser = desk.browser("owner")
    assert 'name="slug"' in browser.get("/desk/g/fresh/settings").text
    answer = browser.post("/desk/g/fresh/settings", {"name": "Fresh", "slug": "fresher"})
    assert answer.headers["Location"] == "/desk/g/fresher/settings"
    assert desk.services.affiliates.get(made.id).slug == "fresher"
    assert 'name="slug"' not in browser.get(f"/desk/g/{desk.group.slug}/settings").text


def test_s_up_1_a_logo_is_drawn_anew_or_refused_with_a_reason(desk: Any) -> None:
    browser, path = desk.browser("owner"), f"/desk/g/{desk.group.slug}/settings"
    for name in ("../../etc/passwd", "a\x00.png", "logo.png"):
        answer = browser.post(path, {"image": (io.BytesIO(PNG), name)})
        assert (answer.status_code, "cannot be read" in answer.text) == (422, True)
    assert desk.services.affiliates.get(desk.group.id).logo_id is None
    assert "no_logo" not in browser.get(path).text
    assert browser.post(path, {"image": (io.BytesIO(_png()), "logo.png"), "place": "Here"}).status_code == 303
    kept = desk.services.affiliates.get(desk.group.id)
    assert (bool(kept.logo_id), kept.place) == (True, "Here")
    browser.post(path, {"image": (io.BytesIO(_png()), "logo.png"), "no_logo": "1"})  # the file was chosen, so it counts
    assert desk.services.affiliates.get(desk.group.id).logo_id not in (None, kept.logo_id)
    browser.post(path, {"no_logo": "1"})
    assert desk.services.affiliates.get(desk.group.id).logo_id is None
    assert "The logo is gone" in browser.get(path).text


def test_s_up_1_a_logo_that_is_too_large_leaves_what_was_filled_in_beside_it(desk: Any) -> None:
    browser, path = desk.browser("owner"), f"/desk/g/{desk.group.slug}/settings"
    opened = dict(re.findall(r'name="was-(\w+)" value="([^"]*)"', browser.get(path).text))
    sent = {f"was-{name}": text for name, text in opened.items()} | opened
    sent |= {"description": "We edit together.", "undo_minutes": "many"}
    page = browser.upload(path, sent, ("image", _png() + bytes(2 << 20)))
    assert page.status_code == 422
    assert re.search(r'id="e-image">.*larger than 2 MiB\. Save it smaller', page.text)
    assert '<a href="#f-image">Logo – This picture is larger than 2 MiB.' in page.text
    assert '<a href="#f-undo_minutes">Minutes to undo – Write a whole number' in page.text
    assert 'id="e-undo_minutes"' in page.text  # everything that is wrong is said at once
    assert "We edit together.</textarea>" in page.text
    assert desk.services.affiliates.get(desk.group.id) == desk.group
    page = browser.upload(path, sent, ("image", _png()))
    assert page.status_code == 422
    kept = desk.services.affiliates.get(desk.group.id)
    assert kept.logo_id  # a good picture need not be sent twice
    assert kept.logo_id in page.text
    assert kept.description == ""
    sent |= {"undo_minutes": "7"}
    assert browser.upload(path, sent, ("image", _png() + bytes(2 << 20))).status_code == 422
    assert desk.services.affiliates.get(desk.group.id) == kept  # one thing is wrong, so nothing is saved
    assert browser.post(path, sent).status_code == 303
    assert desk.services.affiliates.get(desk.group.id).description == "We edit together."


def test_s_up_1_what_is_too_large_is_not_read_and_the_page_says_what_fits(desk: Any) -> None:
    def send(who: str | None, path: str, size: int, **headers: str) -> Any:
        kind = "multipart/form-data; boundary=x"
        return desk.browser(who).client.post(
            path, base_url="https://badges.example.org", data=b"x" * size, content_type=kind, headers=headers
        )

    group = f"/desk/g/{desk.group.slug}"
    for path, most in ((f"{group}/settings", 12), (f"{group}/badges/new", 12), (f"{group}/members", 2)):
        answer = send("owner", path, (most << 20) + 1)
        assert answer.status_code == 413
        assert f"larger than {most} MiB" in answer.text
        assert f'href="{path}">Back to the form' in answer.text
    pressed = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"}
    photo = ("image", bytes(3 << 20))
    page = desk.browser().upload(f"{group}/badges/new", {"name": "Host"}, photo, headers=pressed)
    assert page.status_code == 401  # signed out meanwhile
    assert "Host" in page.text
    assert send(None, f"{group}/badges/new", (12 << 20) + 1, **pressed).status_code == 413


def test_s_up_1_a_form_of_very_many_parts_is_not_read(desk: Any) -> None:
    browser, path = desk.browser("owner"), f"/desk/g/{desk.group.slug}/settings"
    part = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n'
    for number, status in ((150, 400), (201, 413), (30_000, 413)):  # 400: the token of the form is missing
        answer = browser.client.post(
            path, base_url="https://badges.example.org", data=part * number + b"--x--\r\n",
            content_type="multipart/form-data; boundary=x",
        )  # fmt: skip
        assert answer.status_code == status, number
    assert "too large" in answer.text


def test_an_invitation_link_is_shown_once_to_hand_over(desk: Any) -> None:
    browser, path = desk.browser("owner"), f"/desk/g/{desk.group.slug}/members"
    page = browser.post(path, {"role": "viewer"})
    link = re.search(r'value="(https://badges\.example\.org/desk/join/[\w-]+)"', page.text)
    assert link
    assert page.headers["Cache-Control"] == "no-store"
    assert desk.services.accounts.invitation(link[1].rpartition("/")[2]).role == "viewer"
    assert link[1] not in browser.get(path).text
    assert browser.post(path, {"role": "king"}).status_code == 400


def test_roles_change_and_memberships_end_but_an_owner_stays(desk: Any) -> None:
    browser = desk.browser("owner")
    path = f"/desk/g/{desk.group.slug}/members/"
    elsewhere = desk.browser("viewer")
    browser.post(path + desk.people["viewer"].id, {"do": "role", "role": "awarder"})
    assert desk.services.accounts.role_in(desk.people["viewer"].id, desk.group.id) == "awarder"
    assert elsewhere.get("/desk/").headers["Location"].startswith("/desk/sign-in")  # S-SES-1: rotated at role change
    browser.post(path + desk.people["viewer"].id, {"do": "remove"})
    assert desk.services.accounts.role_in(desk.people["viewer"].id, desk.group.id) is None
    browser.post(path + desk.people["owner"].id, {"do": "remove"})
    assert "at least one owner" in browser.get(f"/desk/g/{desk.group.slug}/members").text
    assert browser.post(path + desk.people["owner"].id, {"do": "dance"}).status_code == 400
    desk.services.accounts.set_role(desk.group.id, desk.people["awarder"].id, Role.OWNER)
    assert browser.post(path + desk.people["owner"].id, {"do": "remove"}).headers["Location"] == "/desk/"


def test_a_token_is_shown_once_and_can_be_revoked(desk: Any) -> None:
    browser, path = desk.browser("owner"), f"/desk/g/{desk.group.slug}/tokens"
    wrong = browser.post(path, {"name": "robot", "days": "9999"})
    assert (wrong.status_code, 'id="e-days"' in wrong.text, 'id="e-scopes"' in wrong.text) == (422, True, True)
    page = browser.post(path, {"name": "robot", "days": "30", "scopes": ["awards:write", "vc-api"]})
    secret = re.search(r"obk_[\w-]+", page.text)
    assert secret
    token = desk.services.tokens.authenticate(secret[0])
    assert token.scopes == ("awards:write",)
    assert secret[0] not in browser.get(path).text
    assert browser.post(f"{path}/{token.id}/revoke").status_code == 303
    assert desk.services.tokens.authenticate(secret[0]) is None
    assert "Revoked" in browser.get(path).text
    assert browser.post(f"{path}/nothing/revoke").status_code == 404


def test_operators_approve_and_close_groups(desk: Any) -> None:
    made = desk.services.affiliates.create({"name": "Newcomers"})
    browser = desk.browser("operator")
    assert "Newcomers" in browser.get("/desk/site").text
    for do, state in (("approve", "approved"), ("close", "closed"), ("approve", "approved")):
        assert browser.post("/desk/site/issuers/newcomers", {"do": do}).status_code == 303
        assert desk.services.affiliates.get(made.id).state == state
    assert browser.post("/desk/site/issuers/newcomers", {"do": "dance"}).status_code == 400


def test_operators_make_accounts_reset_links_and_locks(desk: Any) -> None:
    browser = desk.browser("operator")
    assert browser.post("/desk/site/users", {"login": "owner"}).status_code == 422
    page = browser.post("/desk/site/users", {"login": "fresh"})
    assert re.search(r"https://badges\.example\.org/desk/reset/[\w-]+", page.text)
    path = f"/desk/site/users/{desk.people['viewer'].id}"
    assert "/desk/reset/" in browser.post(path, {"do": "reset"}).text
    browser.post(path, {"do": "disable"})
    assert desk.services.accounts.get(desk.people["viewer"].id).disabled
    assert "Locked" in browser.get("/desk/site/users").text
    browser.post(path, {"do": "enable"})
    assert not desk.services.accounts.get(desk.people["viewer"].id).disabled
    browser.post(f"/desk/site/users/{desk.people['operator'].id}", {"do": "disable"})
    assert "cannot lock your own" in browser.get("/desk/site/users").text
    assert browser.post(path, {"do": "dance"}).status_code == 400


def test_operators_keep_the_list_of_known_issuers(desk: Any) -> None:
    browser = desk.browser("operator")
    wrong = browser.post("/desk/site/known", {"issuer_id": "what", "name": ""})
    assert (wrong.status_code, 'id="e-issuer_id"' in wrong.text) == (422, True)
    good = {"issuer_id": "did:web:friends.example", "name": "Friends", "note": "Met in 2024"}
    assert browser.post("/desk/site/known", good).status_code == 303
    assert "Met in 2024" in browser.get("/desk/site/known").text
    assert browser.post("/desk/site/known/remove", {"issuer_id": good["issuer_id"]}).status_code == 303
    assert desk.services.known_issuers.all() == []


def test_the_first_run_ends(desk: Any) -> None:
    browser, path = desk.browser("owner"), f"/desk/g/{desk.group.slug}/"
    assert browser.get(path).text.count('class="open"') == 3
    desk.services.affiliates.update(desk.group.id, {"description": "We edit."})
    achievement_id = desk.achievement()
    assert browser.get(path).text.count('<li class="done"') == 2
    given = desk.give(achievement_id)
    assert "Three steps" not in browser.get(path).text
    assert "you are done" in browser.get(f"/desk/g/{desk.group.slug}/batches/{given.batch.id}").text


def test_the_desk_says_what_needs_attention(desk: Any) -> None:
    browser, path = desk.browser("owner"), f"/desk/g/{desk.group.slug}/"
    desk.services.affiliates.update(desk.group.id, {"description": "We edit."})
    assert "What needs attention" not in browser.get(path).text  # the first steps come first
    desk.achievement(publish=False, name="Half made")
    achievement_id = desk.achievement()
    desk.give(achievement_id, "Ada", issue=False)
    desk.give(achievement_id, "Berta\nCarla")
    page = browser.get(path).text
    for sentence in (
        "“Half made” is a draft",
        "“Edit-a-thon host”: 1 badge is waiting",
        "“Edit-a-thon host” of 22 November 2026: 2 private links were not handed over yet.",
    ):
        assert sentence in page
    assert "is a draft" not in desk.browser("awarder").get(path).text
    assert "private link" not in desk.browser("viewer").get(path).text
    assert "Nothing at the moment" in desk.browser("viewer").get(path).text


@pytest.mark.parametrize("who", ["viewer", "awarder"])
def test_others_see_no_buttons_they_may_not_press(desk: Any, who: str) -> None:
    desk.achievement()
    page = desk.browser(who).get(f"/desk/g/{desk.group.slug}/").text
    assert "/settings" not in page
    assert ('/give"' in page) == (who == "awarder")
    badges = desk.browser(who).get(f"/desk/g/{desk.group.slug}/badges").text
    assert "Archive</button>" not in badges
