"""Issuers, achievements, pictures and status lists for everybody; the start page; operation."""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest

from issuer_service.services.designer import PLAIN
from openbadges import AnyIssuer, Verifier
from openbadges.dids import resolve


def test_the_start_page_lists_approved_issuers_only(house: Any, riverside: Any) -> None:
    house.services.affiliates.create({"name": "Waiting Room"})
    page = house.page("/")
    assert page.all("a", href=f"/issuers/{riverside.slug}")
    assert "Waiting Room" not in page.words
    assert page.all("a", href="/verify")
    assert page.all("a", href="/desk/sign-in")


def test_an_empty_start_page_says_what_will_stand_there(house: Any) -> None:
    assert "Nobody yet. As soon as a group is approved, it stands here." in house.page("/").words


@pytest.mark.parametrize("path", ["/about", "/privacy"])
def test_texts_have_headings_in_order(house: Any, path: str) -> None:
    page = house.page(path)
    levels = [int(tag[1]) for tag, _ in page.tags if tag in ("h1", "h2", "h3")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_an_issuers_page_shows_what_it_gives(house: Any, riverside: Any, host: str) -> None:
    page = house.page(f"/issuers/{riverside.slug}")
    assert page.all("a", href=f"/achievements/{host}")
    assert riverside.issuer_id in page.words
    assert page.all("link", href=f"/look/{riverside.accent[1:]}.css")


def test_drafts_and_issuers_that_wait_are_not_there(house: Any) -> None:
    waiting = house.services.affiliates.create({"name": "Waiting Room"})
    for rest in ("", "/did.json", "/jwks.json"):
        assert house.get(f"/issuers/{waiting.slug}{rest}").status_code == 404
        assert house.get(f"/issuers/nobody{rest}").status_code == 404


def test_a_closed_issuers_keys_stay_because_its_badges_do(house: Any, riverside: Any) -> None:
    house.services.affiliates.close(riverside.id)
    assert "gives no more badges" in house.page(f"/issuers/{riverside.slug}").words
    assert house.get(f"/issuers/{riverside.slug}/did.json").status_code == 200


def test_a_badge_of_a_closed_issuer_says_that_it_gives_no_more(house: Any, riverside: Any, award: Any) -> None:
    house.services.affiliates.close(riverside.id)
    for words in (house.page(f"/b/{award.id}").words, house.post("/verify", {"text": award.signed_json}).text):
        assert "gives no more since the people who run this site closed it" in words
        assert "have approved it" not in words


def test_the_did_document_resolves_from_its_own_address(house: Any, riverside: Any) -> None:
    answer = house.get(f"/issuers/{riverside.slug}/did.json")
    assert answer.mimetype == "application/did+json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    house.web.publish(
        f"https://badges.example.org/issuers/{riverside.slug}/did.json", answer.data, media_type=answer.mimetype
    )
    assert resolve(riverside.issuer_id, fetcher=house.web).id == riverside.issuer_id


def test_the_key_set_holds_public_keys_only(house: Any, riverside: Any) -> None:
    answer = house.get(f"/issuers/{riverside.slug}/jwks.json")
    assert answer.mimetype == "application/jwk-set+json"
    assert answer.json["keys"]
    assert all("d" not in key for key in answer.json["keys"])


def test_a_status_list_is_signed_cacheable_and_tagged(house: Any, award: Any) -> None:
    path = f"/status/{award.revocation_list_id}"
    answer = house.get(path, Accept="*/*")
    assert (answer.status_code, answer.mimetype) == (200, "application/vc")
    assert "public" in answer.headers["Cache-Control"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in answer.headers
    again = house.get(path, **{"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    house.services.status_changes.revoke(award.affiliate_id, award.id, "issued_in_error")
    changed = house.get(path, **{"If-None-Match": answer.headers["ETag"]})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != answer.headers["ETag"]
    verifier = Verifier(fetcher=house.services.documents, clock=house.clock, profile="vc")
    assert verifier.check(changed.data, policy=AnyIssuer()).outcome == "pass"
    assert house.get("/status/nothing").status_code == 404


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [("*/*", "application/ld+json"), ("application/json", "application/json"), ("text/html", "text/html")],
)
def test_an_achievement_is_a_page_or_json(house: Any, host: str, accept: str, media_type: str) -> None:
    answer = house.get(f"/achievements/{host}", Accept=accept)
    assert (answer.status_code, answer.mimetype) == (200, media_type)
    assert "Accept" in answer.vary
    if media_type != "text/html":
        assert json.loads(answer.text)["id"] == f"https://badges.example.org/achievements/{host}"


def test_an_achievement_speaks_the_language_that_is_asked_for(house: Any, riverside: Any) -> None:
    words = {"name": "Gastgeberin", "description": "Plant.", "criteria": "Ein Treffen."}
    achievement = house.achievement(
        riverside, translations={"de": words}, levels="One\nTwo: more", valid_days=3, method="event"
    )
    assert house.get(f"/achievements/{achievement}?lang=de", Accept="*/*").json["name"] == "Gastgeberin"
    page = house.page(f"/achievements/{achievement}?lang=de")
    assert "Gastgeberin" in page.words
    assert "Valid for 3 days." in page.words
    assert "Two more" in page.words
    assert "Edit-a-thon host" in house.page(f"/achievements/{achievement}?lang=en").words


def test_an_archived_achievement_stays_readable_and_a_draft_is_not(house: Any, riverside: Any, host: str) -> None:
    house.services.achievements.archive(riverside.id, host)
    assert "not given any more" in house.page(f"/achievements/{host}").words
    from issuer_service.services.drafts import read_draft

    draft = house.services.achievements.create(
        riverside.id, read_draft({"name": "Secret", "description": "d", "criteria": "c"})
    )
    for accept in ("*/*", "text/html"):
        assert house.get(f"/achievements/{draft.achievement.id}", Accept=accept).status_code == 404


def test_pictures_never_change_and_are_open(house: Any, riverside: Any) -> None:
    import dataclasses

    image = house.services.images.add_design(riverside.id, dataclasses.replace(PLAIN, alt="A star"))
    answer = house.get(f"/images/{image.id}.png", Accept="image/*")
    assert (answer.mimetype, answer.data) == ("image/png", image.png)
    assert "immutable" in answer.headers["Cache-Control"]
    assert house.get(f"/images/{image.id}.png", **{"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert house.get("/images/none.png").status_code == 404
    plain = house.get("/images/plain.png")
    assert plain.data.startswith(b"\x89PNG")
    assert "immutable" not in plain.headers["Cache-Control"]
    award = house.award(riverside, house.achievement(riverside, image_id=image.id))
    assert house.page(f"/b/{award.id}").all("img", src=f"/images/{image.id}.png", alt="A star")


def test_a_logo_stands_beside_the_issuer(house: Any, riverside: Any, award: Any) -> None:
    import dataclasses

    image = house.services.images.add_design(riverside.id, dataclasses.replace(PLAIN, alt="Logo"))
    house.services.affiliates.set_logo(riverside.id, image.id)
    for path in ("/", f"/issuers/{riverside.slug}", f"/b/{award.id}"):
        assert house.page(path).all("img", src=f"/images/{image.id}.png")


@pytest.mark.parametrize("colour", ["2a4b8d", "ffee00", "101010", "777777", "00ff00"])
def test_an_accent_can_be_read_on_light_and_dark_paper(house: Any, colour: str) -> None:
    import re

    from issuer_service.web.colours import contrast

    def parts(text: str) -> tuple[int, int, int]:
        return int(text[1:3], 16), int(text[3:5], 16), int(text[5:], 16)

    answer = house.get(f"/look/{colour}.css")
    assert answer.mimetype == "text/css"
    (light, on_light), (dark, on_dark) = re.findall("--accent:(#[0-9a-f]{6});--on-accent:(#[0-9a-f]{6})", answer.text)
    assert contrast(parts(light), parts("#f7f5f0")) >= 4.5
    assert contrast(parts(dark), parts("#201f1d")) >= 4.5
    assert contrast(parts(light), parts(on_light)) >= 4.5
    assert contrast(parts(dark), parts(on_dark)) >= 4.5


@pytest.mark.parametrize("colour", ["fff", "zzzzzz", "2A4B8D", "};body{x:y"])
def test_a_colour_that_is_none_is_not_there(house: Any, colour: str) -> None:
    assert house.get(f"/look/{colour}.css").status_code == 404


def test_alive_and_ready(house: Any) -> None:
    for path in ("/healthz", "/readyz"):
        answer = house.client.get(path, base_url="http://10.0.0.7:8000")  # under the address of the container
        assert (answer.status_code, answer.text) == (200, "ok\n")
        assert answer.headers["Cache-Control"] == "no-store"


def test_not_ready_without_storage(house: Any) -> None:
    class Broken:
        def read(self) -> Any:
            raise OSError

    object.__setattr__(house.services, "store", Broken())
    assert house.get("/readyz").status_code == 503
    assert house.get("/healthz").status_code == 200
