"""What every answer keeps to: headers, hosts, forms, languages, limits, errors."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask, abort

from issuer_service.services.errors import ConflictError, InvalidError, NotAllowedError, ServiceError
from issuer_service.services.ports import StoreError
from issuer_service.web import auth, due
from issuer_service.web.limits import Limit, SlidingWindow, _address
from issuer_service.web.pages import ROUTES
from issuer_service.web.security import safe_next

PUBLIC = (
    "/",
    "/verify",
    "/about",
    "/privacy",
    "/healthz",
    "/b/none",
    "/r/none",
    "/issuers/none",
    "/status/none",
    "/nowhere",
)


# S-HDR-1


@pytest.mark.parametrize("path", PUBLIC)
def test_s_hdr_1_every_answer_has_the_headers(house: Any, path: str) -> None:
    headers = house.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Strict-Transport-Security"].startswith("max-age=")


def test_s_hdr_1_pages_load_nothing_from_elsewhere_and_hold_no_styles_or_scripts(house: Any, award: Any) -> None:
    for path in ("/", "/verify", f"/b/{award.id}", f"/r/{house.link(award)}"):
        page = house.page(path)
        for tag, found in page.tags:
            assert "style" not in found, (path, tag)
            assert tag != "style"
            address = found.get("src", found.get("href", "") if tag == "link" else "")
            assert not address.startswith("//")
            assert not address.startswith("http") or found.get("rel") in ("canonical", "alternate"), (path, address)
        assert all(found.get("src") for found in page.all("script"))


def test_without_https_nothing_promises_it(make_house: Any) -> None:
    house = make_house("http://127.0.0.1:8000")
    answer = house.client.get("/", base_url="http://127.0.0.1:8000")
    assert "Strict-Transport-Security" not in answer.headers


# S-HOST-1


@pytest.mark.parametrize(
    ("host", "more"),
    [
        ("evil.example", {}),
        ("badges.example.org:8080", {}),
        ("badges.example.org", {"X-Forwarded-Host": "evil.example"}),
        ("badges.example.org", {"X-Forwarded-Host": "badges.example.org, evil.example"}),
    ],
)
def test_s_host_1_a_foreign_host_is_refused_and_not_repeated(house: Any, host: str, more: dict[str, str]) -> None:
    for path in ("/", "/b/x", "/status/x", "/verify"):
        answer = house.client.get(path, base_url=f"https://{host}", headers={"Accept": "text/html", **more})
        assert answer.status_code == 400
        assert "evil" not in answer.text
        assert "https://badges.example.org" in answer.text


def test_s_host_1_the_right_name_in_a_proxys_header_is_fine(house: Any) -> None:
    assert house.get("/", **{"Accept": "text/html", "X-Forwarded-Host": "Badges.example.org"}).status_code == 200


def test_s_host_1_addresses_are_built_from_the_settings(house: Any, award: Any) -> None:
    answer = house.get(
        f"/b/{award.id}", **{"Accept": "text/html", "X-Forwarded-Proto": "gopher", "Forwarded": "host=evil.example"}
    )
    assert "evil" not in answer.text
    assert "gopher" not in answer.text


def test_only_as_many_proxies_as_configured_are_believed(make_house: Any) -> None:
    seen = []
    for trusted in (0, 1):
        house = make_house(trusted_proxies=trusted, apart=True)
        house.app.before_request(lambda: seen.append(_address()))
        house.get("/healthz", **{"X-Forwarded-For": "6.6.6.6, 203.0.113.9"})
    assert seen == ["127.0.0.1", "203.0.113.9"]


# S-CSRF-1 and S-RED-1


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://evil.example"}, 400),
        ({"Origin": "http://badges.example.org"}, 400),
        ({"Origin": "https://badges.example.org.evil.example"}, 400),
        ({"Origin": "http://["}, 400),
        ({"Sec-Fetch-Site": "cross-site"}, 400),
        ({"Origin": "null", "Sec-Fetch-Site": "cross-site"}, 400),
        ({"Origin": "https://badges.example.org", "Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, 200),
        ({}, 200),
    ],
)
def test_s_csrf_1_forms_come_from_this_site(house: Any, headers: dict[str, str], status: int) -> None:
    assert house.post("/verify", {"text": "x"}, **headers).status_code == status


@pytest.mark.parametrize(("_", "name", "view", "methods"), ROUTES)
def test_s_csrf_1_every_address_reads_or_is_a_form(_: str, name: str, view: Any, methods: tuple[str, ...]) -> None:
    assert set(methods) <= {"GET", "POST"}
    sends = {"verify", "badge_verify", "recipient_visibility", "recipient_name", "recipient_claim", "recipient_erase"}
    sends |= {"roles", "recipient_roles", "verify_code"}
    assert ("POST" in methods) == (name in sends)


BAD_TARGETS = (
    "",
    "https://evil.example",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\\/evil.example",
    "http:evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "evil.example",
    "./x",
    "../x",
    "?next=//evil.example",
    "#x",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r/evil.example",
    "/ /evil.example",
    " /x",
    "\t/x",
    "/x\x00",
    "/\x7fevil",
    "/x y",
    "/a\\b",
    "/a/..\\..\\evil",
    "https:/evil.example",
    "https:evil.example",
    "ftp://evil.example",
    "mailto:a@example.org",
    "//evil.example/%2f..",
    "//user@evil.example",
    "//evil.example:443/",
    "//[::1]/",
    "/\x0bevil",
    "\x01/x",
    "//",
    "///",
    "/\\",
    "\\",
)


@pytest.mark.parametrize("target", [None, *BAD_TARGETS])
def test_s_red_1_only_a_path_on_this_site_is_gone_on_to(target: str | None) -> None:
    assert safe_next(target, "/desk") == "/desk"


@pytest.mark.parametrize("target", ["/", "/desk/x?y=1&z=//a", "/b/1#person"])
def test_s_red_1_a_path_is_kept(target: str) -> None:
    assert safe_next(target, "/desk") == target


# S-RATE-1


def test_s_rate_1_the_window_slides() -> None:
    now = [0.0]
    window = SlidingWindow(Limit(2, 10), now=lambda: now[0])
    assert (window.wait("a"), window.wait("b")) == (0, 0)
    now[0] = 4.0
    assert (window.wait("a"), window.wait("a")) == (0, 6)
    now[0] = 9.9
    assert window.wait("a") == 1
    now[0] = 10.0
    assert (window.wait("a"), window.wait("a")) == (0, 4)


def test_s_rate_1_what_costs_more_counts_more_often_and_is_never_shut_out() -> None:
    now = [0.0]
    window = SlidingWindow(Limit(3, 10), now=lambda: now[0])
    assert (window.wait("a", 2), window.wait("a", 2), window.wait("a")) == (0, 10, 0)
    now[0] = 10.0
    assert (window.wait("a", 50), window.wait("a"), window.wait("b", 50)) == (0, 10, 0)


def test_s_rate_1_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("issuer_service.web.limits._MOST_KEYS", 3)
    window = SlidingWindow(Limit(1), now=lambda: 0.0)
    for key in "abcd":
        assert window.wait(key) == 0
    assert window.wait("d") > 0
    assert window.wait("a") == 0


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("unix:", "unix:"),
    ],
)
def test_s_rate_1_a_household_is_one_address(house: Any, address: str, counted: str) -> None:
    with house.app.test_request_context(environ_base={"REMOTE_ADDR": address}):
        assert _address() == counted


# languages


@pytest.mark.parametrize(
    ("asked", "accepted", "tag", "direction"),
    [
        ("", "en", "en", "ltr"),
        ("", "ar-EG,ar;q=0.9", "ar", "rtl"),
        ("", "fr-CH, en;q=0.5", "fr", "ltr"),
        ("", "xx", "en", "ltr"),
        ("ar", "en", "ar", "rtl"),
        ("xx", "es", "es", "ltr"),
    ],
)
def test_the_language_is_chosen(house: Any, asked: str, accepted: str, tag: str, direction: str) -> None:
    answer = house.get(f"/?lang={asked}", **{"Accept": "text/html", "Accept-Language": accepted})
    assert f'<html lang="{tag}" dir="{direction}">' in answer.text
    assert ("Set-Cookie" in answer.headers) is (asked == "ar")


def test_a_chosen_language_stays(house: Any) -> None:
    cookie = house.get("/?lang=ar").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "Secure" in cookie
    assert 'dir="rtl"' in house.get("/about").text


def test_every_page_can_be_had_in_every_language_by_a_link(house: Any) -> None:
    page = house.page("/verify")
    assert [found["href"] for found in page.all("a") if found.get("hreflang")] == [
        "?lang=en",
        "?lang=es",
        "?lang=fr",
        "?lang=ar",
    ]


# errors


def boom(app: Flask, error: Exception) -> None:
    def view() -> Any:
        raise error

    app.add_url_rule("/boom", "boom", view)
    app.add_url_rule("/api/boom", "api_boom", view)


@pytest.mark.parametrize(
    ("error", "status", "text"),
    [
        (NotAllowedError("account.sign_in"), 403, "Name and password do not belong together"),
        (ConflictError("award.changed"), 409, "Somebody else changed this badge"),
        (InvalidError.of("url", "field.required"), 422, "Please fill this in."),
        (ServiceError("award.changed"), 400, "Somebody else changed"),
        (RuntimeError("secret words"), 500, "Something went wrong here"),
    ],
)
@pytest.mark.parametrize("path", ["/boom", "/api/boom"])
def test_errors_say_what_happened_as_a_page_or_as_problem_json(
    house_apart: Any, path: str, error: Exception, status: int, text: str
) -> None:
    boom(house_apart.app, error)
    answer = house_apart.get(path)
    assert answer.status_code == status
    assert text in answer.text
    assert "secret words" not in answer.text
    assert answer.mimetype == ("text/html" if path == "/boom" else "application/problem+json")


def test_an_api_problem_lists_the_fields(house_apart: Any) -> None:
    boom(house_apart.app, InvalidError.of("url", "field.required"))
    assert house_apart.get("/api/boom").json["problems"] == [{"field": "url", "detail": "Please fill this in."}]


def test_a_teapot_is_some_error_too(house_apart: Any) -> None:
    house_apart.app.add_url_rule("/teapot", "teapot", lambda: abort(418))
    assert house_apart.get("/teapot").status_code == 418


def test_a_method_that_is_not_there_names_those_that_are(house: Any) -> None:
    answer = house.client.delete("/about", base_url="https://badges.example.org")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


# sessions


def test_the_session_cookie_is_kept_to_this_host(house_apart: Any, make_house: Any) -> None:
    house_apart.app.add_url_rule("/in", "in", lambda: _with_session(house_apart.app))
    cookie = house_apart.get("/in").headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=secret;")
    for part in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"):
        assert part in cookie
    assert "Domain" not in cookie
    plain = make_house("http://127.0.0.1:8000")
    with plain.app.test_request_context():
        assert auth.cookie_name() == "session"
    assert plain.app.config["SESSION_COOKIE_NAME"] != "session"


def _with_session(app: Flask) -> Any:
    answer = app.make_response("in")
    auth.set_session(answer, "secret")
    return answer


def test_a_page_for_somebody_signed_in_is_not_stored(house: Any) -> None:
    user = house.services.accounts.create_user("ada", "several good words 17")
    secret, _ = house.services.accounts.open_session(user.id)
    house.client.set_cookie("__Host-session", secret, domain="badges.example.org", secure=True)
    answer = house.get("/")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "My badges desk" in answer.text
    assert "Cookie" in answer.vary


# signing what is due


def test_what_is_due_is_signed_at_the_first_request_after(house: Any, riverside: Any, host: str) -> None:
    given = house.services.awarding.give(riverside.id, host, "Ada", user_id="staff", undo_minutes=10)
    award = given.awards[0]
    assert house.get(f"/b/{award.id}").status_code == 404
    from datetime import timedelta

    house.clock.move(timedelta(minutes=11))
    app = Flask("other")
    now = [0.0]
    due.init_app(app, now=lambda: now[0])
    looked = []

    class Awarding:
        def issue_due(self, most: int) -> int:
            looked.append(now[0])
            if len(looked) == 2:
                raise StoreError("busy")
            return house.services.awarding.issue_due(most=most)

    class Cases:
        awarding = Awarding()

    def hand_over() -> None:
        from flask import g

        g.services = Cases()

    app.before_request_funcs.setdefault(None, []).insert(0, hand_over)
    app.add_url_rule("/x", "x", lambda: "x")
    client = app.test_client()
    for instant in (0.0, 1.0, 5.0, 6.0, 10.0):
        now[0] = instant
        assert client.get("/x").status_code == 200
    assert looked == [0.0, 5.0, 10.0]
    assert house.get(f"/b/{award.id}").status_code == 200
