"""A form that comes when its session is over: what was filled in goes on, and only from pages of this site."""

from __future__ import annotations

import html
import re
from typing import Any

PASSWORD = "correct horse battery"
BY_A_BUTTON = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"}
NAMES = 'Ada\nمريم\n<b>"Bo"</b>'


def _field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return html.unescape(found[1])


def _late(desk: Any, path: str, data: dict[str, Any], headers: dict[str, str] = BY_A_BUTTON) -> tuple[Any, Any]:
    """Somebody fills in a form for 31 minutes."""
    browser = desk.browser("owner")
    desk.later(minutes=31)
    return browser, browser.post(path, data, headers=headers)


def _sign_in(browser: Any, page: str, password: str = PASSWORD, **changed: str) -> Any:
    sent = {name: _field(page, name) for name in ("csrf", "next", "kept")}
    return browser.post("/desk/sign-in", {**sent, "login": "owner", "password": password, **changed})


def test_what_was_pasted_outlives_the_session(desk: Any) -> None:
    path = f"/desk/g/{desk.group.slug}/give/{desk.achievement()}"
    browser, late = _late(desk, path, {"recipients": NAMES, "do": "preview"})
    assert late.status_code == 401
    assert "What you filled in is not lost" in late.text
    wrong = _sign_in(browser, late.text, "wrong wrong wrong")
    assert wrong.status_code == 422
    again = _sign_in(browser, wrong.text)
    assert again.status_code == 200
    assert again.headers["Cache-Control"] == "no-store"
    assert f'action="{path}"' in again.text
    sent = {name: _field(again.text, name) for name in ("csrf", "recipients", "do")}
    assert sent["recipients"] == NAMES
    browser.csrf = sent["csrf"]
    preview = browser.post(path, sent, headers=BY_A_BUTTON)
    assert preview.status_code == 200
    assert "2 will get it" in preview.text


def test_who_signed_in_elsewhere_meanwhile_sends_the_form_once_more(desk: Any) -> None:
    browser, path = desk.browser("owner"), f"/desk/g/{desk.group.slug}/settings"
    good, browser.csrf = browser.csrf, "of the session before"
    answer = browser.post(path, {"name": "Riverside", "place": "By the river"}, headers=BY_A_BUTTON)
    assert answer.status_code == 400
    assert _field(answer.text, "csrf") == good
    assert _field(answer.text, "place") == "By the river"
    assert desk.services.affiliates.get(desk.group.id).place != "By the river"  # S-CSRF-1: nothing was done


def test_a_file_cannot_be_kept_and_the_page_says_so(desk: Any) -> None:
    from io import BytesIO

    data = {"name": "Host", "image": (BytesIO(b"x"), "x.png")}
    browser, late = _late(desk, f"/desk/g/{desk.group.slug}/badges/new", data)
    again = _sign_in(browser, late.text, files=_field(late.text, "files"))
    assert "the file you had chosen could not be kept" in again.text
    assert _field(again.text, "name") == "Host"


def test_s_csrf_1_forms_of_other_sites_and_scripts_are_not_offered_again(desk: Any) -> None:
    for headers in ({}, {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"}, {"Sec-Fetch-Site": "same-site"}):
        _, late = _late(desk, "/desk/new", {"name": "Planted"}, headers)
        assert late.status_code == 401
        assert "Planted" not in late.text


def test_passwords_are_not_written_into_a_page(desk: Any) -> None:
    browser, late = _late(desk, "/desk/account", {"do": "password", "old": PASSWORD, "password": "a new one, secret"})
    assert PASSWORD not in late.text
    assert "a new one, secret" not in late.text
    planted = _sign_in(browser, late.text, kept='[["password", "planted"], ["do", "password"]]')
    assert "planted" not in planted.text


def test_what_is_no_form_of_the_desk_is_left_out(desk: Any) -> None:
    wrong = [{"kept": text} for text in ("{", '[["a"]]', '[["a", 1]]', "[" * 9000)]
    for changed in (*wrong, {"next": "/verify"}):
        browser, late = _late(desk, "/desk/new", {"name": "Hills"})
        assert _sign_in(browser, late.text, **changed).status_code == 303, changed
        desk.later(minutes=2)  # S-RATE-1


def test_signing_out_after_the_session_ended_is_signing_out(desk: Any) -> None:
    _, late = _late(desk, "/desk/sign-out", {})
    assert (late.status_code, late.headers["Location"]) == (303, "/desk/sign-in")
