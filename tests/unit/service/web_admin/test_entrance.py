"""Signing in, invitations, resets: S-SES-1, S-RED-1, S-RATE-1."""

from __future__ import annotations

import re
from typing import Any

import pytest

PASSWORD = "correct horse battery"


def _sign_in(browser: Any, login: str = "owner", password: str = PASSWORD, **more: str) -> Any:
    browser.form_token()
    return browser.post("/desk/sign-in", {"login": login, "password": password, **more})


def test_s_ses_1_signing_in_sets_a_host_cookie_and_leads_to_the_desk(desk: Any) -> None:
    browser = desk.browser()
    answer = _sign_in(browser)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/desk/")
    cookie = next(line for line in answer.headers.getlist("Set-Cookie") if line.startswith("__Host-session="))
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie
    assert browser.get("/desk/").headers["Location"] == f"/desk/g/{desk.group.slug}/"


def test_s_ses_1_unknown_names_and_wrong_passwords_get_the_same_page(desk: Any) -> None:
    pages = []
    for login, password in (("owner", "wrong wrong wrong"), ("nobody", PASSWORD)):
        answer = _sign_in(desk.browser(), login, password)
        assert answer.status_code == 422
        pages.append(re.sub(r'value="[^"]*"', "", answer.text))
    assert pages[0] == pages[1]


def test_s_ses_1_a_session_planted_before_is_worth_nothing_after_signing_in(desk: Any) -> None:
    browser = desk.browser("viewer")
    planted = browser.cookie()
    browser.form_token("/desk/account")
    browser.post("/desk/sign-in", {"login": "owner", "password": PASSWORD})
    assert browser.cookie() not in (None, planted)
    assert desk.services.accounts.session(planted) is None


def test_s_ses_1_signing_out_kills_the_cookie_on_the_server(desk: Any) -> None:
    browser = desk.browser("owner")
    cookie = browser.cookie()
    assert browser.post("/desk/sign-out").status_code == 303
    assert browser.cookie() is None
    assert desk.services.accounts.session(cookie) is None


def test_s_ses_1_half_an_hour_without_a_page_ends_the_session(desk: Any) -> None:
    browser = desk.browser("owner")
    desk.later(minutes=31)
    assert browser.get("/desk/").headers["Location"].startswith("/desk/sign-in")


def test_s_rate_1_five_tries_a_minute_for_a_name_whatever_its_spelling(desk: Any) -> None:
    browser = desk.browser()
    tried = ("owner", "OWNER", " owner ", "Owner", "ｏｗｎｅｒ")
    assert [_sign_in(browser, login, "wrong wrong wrong").status_code for login in tried] == [422] * 5
    answer = _sign_in(browser)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert _sign_in(browser, "viewer").status_code == 303


def test_s_csrf_1_the_sign_in_form_needs_the_token_of_this_browser(desk: Any) -> None:
    other = desk.browser()
    browser = desk.browser()
    browser.csrf = other.form_token()
    assert browser.post("/desk/sign-in", {"login": "owner", "password": PASSWORD}).status_code == 400


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)", "/a\nb",
     "/\tb", "evil.example", "http:evil.example", "///evil.example", "/%0a\r", "", "/ /evil.example"],
)  # fmt: skip
def test_s_red_1_next_leads_nowhere_else(desk: Any, target: str) -> None:
    assert _sign_in(desk.browser(), next=target).headers["Location"] == "/desk/"


def test_s_red_1_next_leads_back_to_where_one_was(desk: Any) -> None:
    browser = desk.browser()
    path = f"/desk/g/{desk.group.slug}/given?q=Ada"
    location = browser.get(path).headers["Location"]
    page = browser.get(location)
    assert f'value="{path}"' in page.text
    assert _sign_in(browser, next=path).headers["Location"] == path
    assert browser.get("/desk/sign-in", query_string={"next": path}).headers["Location"] == path


def test_an_invitation_makes_an_account_and_works_once(desk: Any) -> None:
    secret = desk.services.accounts.invite(desk.group.id, "awarder")
    browser, path = desk.browser(), f"/desk/join/{secret}"
    browser.form_token(path)
    page = browser.get(path)
    assert "Awarder" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    refused = browser.post(path, {"login": "newcomer", "password": "short"})
    assert refused.status_code == 422
    assert 'id="e-password"' in refused.text
    assert 'value="newcomer"' in refused.text
    joined = browser.post(path, {"login": "newcomer", "password": PASSWORD})
    assert joined.headers["Location"] == f"/desk/g/{desk.group.slug}/"
    assert browser.get(joined.headers["Location"]).status_code == 200
    assert desk.browser().get(path).status_code == 404


def test_an_invitation_can_be_taken_with_the_account_one_has(desk: Any) -> None:
    secret = desk.services.accounts.invite(desk.group.id, "viewer")
    browser, path = desk.browser("stranger"), f"/desk/join/{secret}"
    assert "signed in as stranger" in browser.get(path).text
    assert browser.post(path).status_code == 303
    assert desk.services.accounts.role_in(desk.people["stranger"].id, desk.group.id) == "viewer"


def test_a_reset_link_sets_a_password_and_signs_in(desk: Any) -> None:
    elsewhere = desk.browser("viewer")
    secret = desk.services.accounts.reset_link(desk.people["viewer"].id)
    browser, path = desk.browser(), f"/desk/reset/{secret}"
    browser.form_token(path)
    assert browser.post(path, {"password": "short"}).status_code == 422
    assert browser.post(path, {"password": "a wholly new password"}).status_code == 303
    assert browser.get("/desk/").status_code == 302
    assert elsewhere.get("/desk/").headers["Location"].startswith("/desk/sign-in")
    assert browser.post(path, {"password": "a wholly new password"}).status_code in (400, 404)
    used = desk.browser().get(path)
    assert used.status_code == 404
    assert "it was used already" in used.text


def test_ones_own_password_and_language(desk: Any) -> None:
    browser = desk.browser("viewer")
    wrong = browser.post("/desk/account", {"do": "password", "old": "nope", "password": "another good one"})
    assert (wrong.status_code, 'id="e-old"' in wrong.text) == (422, True)
    short = browser.post("/desk/account", {"do": "password", "old": PASSWORD, "password": "short"})
    assert (short.status_code, 'id="e-password"' in short.text) == (422, True)
    before = browser.cookie()
    assert browser.post("/desk/account", {"old": PASSWORD, "password": "another good one"}).status_code == 303
    assert browser.cookie() != before
    page = browser.get("/desk/account")
    assert page.status_code == 200
    browser.form_token("/desk/account")
    assert browser.post("/desk/account", {"do": "language", "language": "xx"}).status_code == 200
    browser.get("/desk/account?lang=fr")  # chosen below a page before
    saved = browser.post("/desk/account", {"do": "language", "language": "ar"})
    assert saved.status_code == 303
    assert '<html lang="ar"' in browser.get(saved.headers["Location"]).text
    assert '<html lang="ar"' in browser.get("/desk/account").text
    assert 'dir="rtl"' in browser.get("/desk/account").text


def test_home_lists_groups_and_tells_those_without_one_what_to_do(desk: Any) -> None:
    desk.services.affiliates.create({"name": "Waiting group"}, owner_id=desk.people["stranger"].id)
    assert "Waiting group" in desk.browser("stranger").get("/desk/").text
    operator = desk.browser("operator").get("/desk/").text
    assert "do not belong to a group" in operator
    assert "1 issuer waits" in operator


def test_the_desk_speaks_the_language_in_which_somebody_came(desk: Any) -> None:
    spanish = {"Accept-Language": "es-MX,es;q=0.9,en;q=0.5"}
    accounts = desk.services.accounts
    founder = accounts.create_user("founder")
    links = {"reset": accounts.reset_link(founder.id), "join": accounts.invite(desk.group.id, "viewer")}
    for kind, secret in links.items():
        browser, path = desk.browser(), f"/desk/{kind}/{secret}"
        browser.csrf = re.findall(r'name="csrf" value="([^"]+)"', browser.get(path, headers=spanish).text)[0]
        entered = browser.post(path, {"login": "nueva", "password": PASSWORD}, headers=spanish)
        assert entered.status_code == 303
        assert '<html lang="es"' in browser.get("/desk/new").text, kind  # also without what the browser says
        assert 'name="language" type="text" value="es"' in browser.get("/desk/new").text
    accounts.reset(accounts.reset_link(founder.id), PASSWORD, language="fr")  # forgotten: what was chosen stays
    assert accounts.get(founder.id).language == "es"
