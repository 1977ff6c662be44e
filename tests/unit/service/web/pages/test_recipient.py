"""The recipient's private page."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from openbadges import present
from openbadges.testing import FixedClock, fixed_key

SECTIONS = ("", "/erase", "/data.json", "/badge.json", "/badge.jwt", "/badge.png", "/badge.svg")
FORMS = ("visibility", "name", "claim", "erase")


@pytest.fixture
def secret(house: Any, award: Any) -> str:
    return house.link(award)


@pytest.fixture
def csrf(house: Any, secret: str) -> str:
    return house.page(f"/r/{secret}").csrf()


def test_the_page_tells_the_exact_text_and_needs_no_account(house: Any, award: Any, secret: str) -> None:
    page = house.page(f"/r/{secret}")
    assert page.answer.status_code == 200
    assert "tell them exactly this text: Ada" in page.words
    assert page.all("input", id="address", value=f"https://badges.example.org/b/{award.id}")
    assert "Set-Cookie" not in page.answer.headers


@pytest.mark.parametrize("section", SECTIONS)
def test_nobody_keeps_or_finds_what_is_private(house: Any, secret: str, section: str) -> None:
    answer = house.get(f"/r/{secret}{section}")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("section", SECTIONS)
def test_s_priv_1_a_wrong_secret_is_nothing(house: Any, award: Any, section: str) -> None:
    for wrong in ("x", "0" * 43, award.id):
        assert house.get(f"/r/{wrong}{section}").status_code == 404


def test_the_secret_is_nowhere_but_in_its_own_page(house: Any, award: Any, secret: str) -> None:
    for path in (f"/b/{award.id}", f"/b/{award.id}.json", f"/b/{award.id}/qr.svg", f"/r/{secret}/data.json"):
        assert secret not in house.get(path).text
    shared = [found["data-share"] for found in house.page(f"/r/{secret}").all("button") if "data-share" in found]
    assert shared == [f"https://badges.example.org/b/{award.id}"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("token", ["", "x", "é", "0" * 64])
def test_s_csrf_1_a_form_needs_the_token_of_the_secret(house: Any, secret: str, form: str, token: str) -> None:
    answer = house.post(
        f"/r/{secret}/{form}", {"csrf": token, "visibility": "hidden", "sure": "1", "kind": "username", "value": "x"}
    )
    assert answer.status_code == 400
    assert "This form is too old" in answer.text
    assert house.services.receiving.by_secret(secret).visibility == "unlisted"


def test_s_csrf_1_the_token_of_one_secret_is_not_that_of_another(
    house: Any, riverside: Any, host: str, csrf: str
) -> None:
    other = house.link(house.award(riverside, host, "Grace"))
    assert house.page(f"/r/{other}").csrf() != csrf
    assert house.post(f"/r/{other}/erase", {"csrf": csrf, "sure": "1"}).status_code == 400


@pytest.mark.parametrize("form", FORMS[:3])
def test_s_csrf_1_reading_changes_nothing(house: Any, secret: str, form: str) -> None:
    assert house.get(f"/r/{secret}/{form}").status_code == 405


def test_the_badge_can_be_hidden_and_shown_again(house: Any, award: Any, secret: str, csrf: str) -> None:
    answer = house.post(f"/r/{secret}/visibility", {"csrf": csrf, "visibility": "hidden"})
    assert answer.status_code == 303
    assert "Saved." in house.page(answer.headers["Location"]).words
    assert house.get(f"/b/{award.id}").status_code == 404
    page = house.page(f"/r/{secret}")
    assert "Your badge is hidden now" in page.words
    assert f"/b/{award.id}" not in page.answer.text
    assert house.get(f"/r/{secret}/badge.png").status_code == 200
    house.post(f"/r/{secret}/visibility", {"csrf": csrf, "visibility": "public"})
    assert "og:title" in house.get(f"/b/{award.id}").text
    assert house.post(f"/r/{secret}/visibility", {"csrf": csrf, "visibility": "all"}).status_code == 400


def test_only_known_messages_can_be_linked_to(house: Any, secret: str) -> None:
    assert "Pay me" not in house.get(f"/r/{secret}?done=Pay+me").text


def test_the_name_is_shown_and_taken_back(house: Any, award: Any, secret: str, csrf: str) -> None:
    house.post(f"/r/{secret}/name", {"csrf": csrf, "show": "1"})
    assert "Ada" in house.page(f"/b/{award.id}").words
    house.post(f"/r/{secret}/name", {"csrf": csrf})
    assert "Ada" not in house.page(f"/b/{award.id}").words


def test_who_sees_it_and_the_name_are_saved_together(house: Any, award: Any, secret: str, csrf: str) -> None:
    house.post(f"/r/{secret}/visibility", {"csrf": csrf, "visibility": "public", "with_name": "1", "show": "1"})
    assert "Ada" in house.page(f"/b/{award.id}").words
    house.post(f"/r/{secret}/visibility", {"csrf": csrf, "visibility": "public"})
    assert "Ada" in house.page(f"/b/{award.id}").words
    house.post(f"/r/{secret}/visibility", {"csrf": csrf, "visibility": "public", "with_name": "1"})
    assert "Ada" not in house.page(f"/b/{award.id}").words


def challenge_of(house: Any, secret: str) -> str:
    found = re.search(r'name="challenge" value="([^"]+)"', house.page(f"/r/{secret}").answer.text)
    assert found
    return found[1]


def keyed(challenge: str) -> dict[str, str]:
    """The form of somebody who has the key, with what was signed for this challenge."""
    holder = fixed_key("Ed25519", 5)
    signed = present(signer=holder, challenge=challenge, domain="badges.example.org", clock=FixedClock()).text
    return {"kind": "did", "challenge": challenge, "value": signed}


def test_a_badge_is_made_out_to_a_key_that_was_proved_and_the_page_moves_on(
    house: Any, award: Any, secret: str, csrf: str
) -> None:
    sent = {"csrf": csrf, **keyed(challenge_of(house, secret))}
    answer = house.post(f"/r/{secret}/claim", sent)
    assert answer.status_code == 303
    page = house.page(answer.headers["Location"])
    assert fixed_key("Ed25519", 5).did in page.words
    assert "This is your new badge" in page.words
    assert house.page(f"/b/{award.id}").verdict == "verdict.withdrawn"
    again = house.post(f"/r/{secret}/claim", sent)  # the words were for the badge before
    assert again.status_code == 422
    assert "more than an hour ago" in again.text


def test_the_words_to_sign_are_this_sites_own_and_good_for_an_hour(house: Any, secret: str, csrf: str) -> None:
    challenge = challenge_of(house, secret)
    for other in ("", "x", f"0-{'0' * 32}", challenge[:-1], challenge + "0", f"é{challenge[1:]}"):
        answer = house.post(f"/r/{secret}/claim", {"csrf": csrf, **keyed("c"), "challenge": other})
        assert answer.status_code == 422, other
        assert "more than an hour ago" in answer.text
    house.clock.move(timedelta(hours=1, seconds=1))
    assert house.post(f"/r/{secret}/claim", {"csrf": csrf, **keyed(challenge)}).status_code == 422
    answer = house.post(f"/r/{secret}/claim", {"csrf": csrf, **keyed("c"), "challenge": challenge_of(house, secret)})
    assert "This does not prove that the key is yours." in answer.text  # another challenge was signed


def test_a_badge_is_made_out_to_a_new_name(house: Any, secret: str, csrf: str) -> None:
    assert house.post(f"/r/{secret}/claim", {"csrf": csrf, "kind": "username", "value": "Countess"}).status_code == 303
    assert "exactly this text: Countess" in house.page(f"/r/{secret}").words


@pytest.mark.parametrize(("kind", "value"), [("did", "did:key:nonsense"), ("username", ""), ("did", "{}")])
def test_a_claim_that_cannot_be_says_why(house: Any, secret: str, csrf: str, kind: str, value: str) -> None:
    answer = house.post(f"/r/{secret}/claim", {"csrf": csrf, "kind": kind, "value": value})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert house.post(f"/r/{secret}/claim", {"csrf": csrf, "kind": "shoe", "value": "42"}).status_code == 400


def test_a_withdrawn_badge_cannot_be_claimed(house: Any, riverside: Any, award: Any, secret: str, csrf: str) -> None:
    house.services.status_changes.revoke(riverside.id, award.id, "issued_in_error")
    assert house.post(f"/r/{secret}/claim", {"csrf": csrf, "kind": "username", "value": "X"}).status_code == 409
    assert "Have it made out" not in house.page(f"/r/{secret}").words


def test_s_rate_1_claims_are_limited_to_ten_a_minute(house: Any, secret: str, csrf: str) -> None:
    sent = {"csrf": csrf, "kind": "did", "value": "x"}
    assert {house.post(f"/r/{secret}/claim", sent).status_code for _ in range(10)} == {422}
    assert house.post(f"/r/{secret}/claim", sent).status_code == 429


def test_the_data_file_is_everything_that_is_kept(house: Any, award: Any, secret: str) -> None:
    answer = house.get(f"/r/{secret}/data.json")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.json["recipient"]["value"] == "Ada"
    assert answer.json["signed"]["json"] == award.signed_json


def test_s_gdpr_1_erasing_names_what_cannot_be_undone_and_asks_for_a_tick(house: Any, award: Any, secret: str) -> None:
    page = house.page(f"/r/{secret}/erase")
    assert "What cannot be undone The badge cannot be brought back." in page.words
    assert "Copies that you or others downloaded or printed cannot be called back." in page.words
    csrf = page.csrf()
    answer = house.post(f"/r/{secret}/erase", {"csrf": csrf})
    assert answer.status_code == 422
    assert house.get(f"/b/{award.id}").status_code == 200
    answer = house.post(f"/r/{secret}/erase", {"csrf": csrf, "sure": "1"})
    assert (answer.status_code, "Your badge is erased" in answer.text) == (200, True)
    assert house.get(f"/b/{award.id}").status_code == 410
    assert house.get(f"/r/{secret}").status_code == 404


def test_a_badge_that_is_not_signed_yet_asks_for_a_little_patience(
    house: Any, riverside: Any, secret: str, csrf: str
) -> None:
    import dataclasses

    real = house.services.receiving

    class Slow:
        def __getattr__(self, name: str) -> Any:
            return getattr(real, name)

        def claim_username(self, secret: str, name: str) -> Any:
            from issuer_service.services.records import AwardState

            return dataclasses.replace(real.by_secret(secret), state=AwardState.WAITING)

    object.__setattr__(house.services, "receiving", Slow())
    answer = house.post(f"/r/{secret}/claim", {"csrf": csrf, "kind": "username", "value": "X"})
    assert "Your new badge is being made" in answer.text
