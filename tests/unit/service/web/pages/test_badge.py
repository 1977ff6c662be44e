"""The public page of a badge and its files."""

from __future__ import annotations

import dataclasses
import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from werkzeug.exceptions import NotFound

from issuer_service.services.photos import decode_qr
from issuer_service.services.records import KeyState, Visibility
from issuer_service.web.pages.badge import award_file
from openbadges import AnyIssuer, Outcome, Verifier, unbake

JSON_TYPES = ("application/vc", "application/vc+ld+json", "application/ld+json", "application/json")
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "media_type", "form"),
    [
        *[(kind, kind, "json") for kind in JSON_TYPES],
        ("*/*", "application/vc", "json"),
        ("application/*", "application/vc", "json"),
        ("application/json, text/plain, */*", "application/json", "json"),
        ("text/html;q=0, */*", "application/vc", "json"),
        ("application/vc, text/html", "application/vc", "json"),
        ('application/ld+json; profile="https://www.w3.org/ns/did/v1"', "application/ld+json", "json"),
        ("application/vc+jwt", "application/vc+jwt", "jwt"),
        ("application/jwt", "application/jwt", "jwt"),
        ("text/plain", "text/plain", "jwt"),
        ("text/*", "text/plain", "jwt"),
        ("image/png", "image/png", "png"),
        ("image/*", "image/png", "png"),
        ("image/svg+xml", "image/svg+xml", "svg"),
        ("text/html", "text/html", "html"),
        (BROWSER, "text/html", "html"),
        ("text/html, application/vc", "text/html", "html"),
        ("application/vc;q=0.5, text/html;q=0.4", "application/vc", "json"),
    ],
)
def test_the_accept_header_chooses_the_form(house: Any, award: Any, accept: str, media_type: str, form: str) -> None:
    answer = house.get(f"/b/{award.id}", Accept=accept)
    assert answer.status_code == 200
    assert answer.mimetype == media_type
    assert "Accept" in answer.vary
    if form == "json":
        assert answer.text == award.signed_json
    elif form == "jwt":
        assert answer.text == award.signed_jwt
    elif form != "html":
        assert unbake(answer.data).text == award.signed_json


def test_without_an_accept_header_it_is_the_json(house: Any, award: Any) -> None:
    answer = house.client.get(f"/b/{award.id}", base_url="https://badges.example.org")
    assert (answer.mimetype, answer.text) == ("application/vc", award.signed_json)


@pytest.mark.parametrize("accept", ["application/pdf", "*/*;q=0"])
def test_what_there_is_not_is_406(house: Any, award: Any, accept: str) -> None:
    answer = house.get(f"/b/{award.id}", Accept=accept)
    assert answer.status_code == 406
    assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize(
    ("suffix", "media_type"),
    [("json", "application/vc"), ("jwt", "application/vc+jwt"), ("png", "image/png"), ("svg", "image/svg+xml")],
)
def test_a_suffix_names_the_form_whatever_is_accepted(house: Any, award: Any, suffix: str, media_type: str) -> None:
    answer = house.get(f"/b/{award.id}.{suffix}")
    assert (answer.status_code, answer.mimetype) == (200, media_type)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    again = house.get(f"/b/{award.id}.{suffix}", **{"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_s_xss_1_a_baked_svg_is_only_ever_an_attachment(house: Any, award: Any) -> None:
    for answer in (house.get(f"/b/{award.id}.svg"), house.get(f"/b/{award.id}", Accept="image/svg+xml")):
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_s_hdr_1_badge_json_is_application_vc_and_not_sniffed(house: Any, award: Any) -> None:
    answer = house.get(f"/b/{award.id}", Accept="*/*")
    assert (answer.content_type, answer.headers["X-Content-Type-Options"]) == ("application/vc", "nosniff")


def test_every_form_verifies_with_the_library(house: Any, award: Any) -> None:
    verifier = Verifier(fetcher=house.services.documents, clock=house.clock)
    for suffix in ("json", "jwt", "png", "svg"):
        report = verifier.check(house.get(f"/b/{award.id}.{suffix}").data, policy=AnyIssuer())
        assert report.outcome is Outcome.PASS, suffix


def test_the_page_says_state_issuer_dates_and_criteria_in_this_order(house: Any, award: Any) -> None:
    page = house.page(f"/b/{award.id}")
    assert (page.verdict, page.look) == ("verdict.pass", "pass")
    places = [
        page.words.index(text)
        for text in (
            "Genuine and valid",
            "Edit-a-thon host Plans an event.",
            "Issued by Riverside User Group Porto",
            "This site knows the issuer",
            "Given to",
            "Given on",
            "What it took Host one event.",
            "What was checked",
            "Show it and keep it",
        )
    ]
    assert places == sorted(places)
    assert "does not expire" in page.words
    assert page.all("em")


def test_each_check_stands_on_its_own_line_and_says_what_it_does_not_prove(house: Any, award: Any) -> None:
    page = house.page(f"/b/{award.id}")
    shown = [found["data-check"] for found in page.all("li") if "data-check" in found]
    assert shown == [check.id for check in house.services.verification.verify_award(award).report.checks[:-1]]
    assert {"proof.signature", "issuer.binding", "status.revocation", "validity.window"} <= set(shown)
    assert page.words.count("What it does not prove") == len(shown)


def test_the_name_is_shown_only_by_choice(house: Any, award: Any) -> None:
    assert "Ada" not in house.get(f"/b/{award.id}").text
    house.services.receiving.show_name(house.link(award), True)
    assert "Ada shown by their own choice" in house.page(f"/b/{award.id}").words


def test_a_withdrawn_badge_says_so_and_why(house: Any, riverside: Any, award: Any) -> None:
    house.services.status_changes.revoke(riverside.id, award.id, "issued_in_error")
    page = house.page(f"/b/{award.id}")
    assert (page.verdict, page.look) == ("verdict.withdrawn", "fail")
    assert "Genuine, but withdrawn by the issuer Reason: issued in error." in page.words
    assert "LinkedIn" not in page.words
    assert house.get(f"/b/{award.id}.json").text == award.signed_json


def test_a_suspended_and_an_expired_badge_look_like_neither_success_nor_fraud(house: Any, riverside: Any) -> None:
    achievement = house.achievement(riverside, suspendable=True, valid_days=10)
    award = house.award(riverside, achievement)
    house.services.status_changes.suspend(riverside.id, award.id)
    page = house.page(f"/b/{award.id}")
    assert (page.verdict, page.look) == ("verdict.suspended", "warn")
    house.services.status_changes.reinstate(riverside.id, award.id)
    house.clock.move(timedelta(days=11))
    page = house.page(f"/b/{award.id}")
    assert (page.verdict, page.look) == ("verdict.expired", "warn")
    assert page.words.count("Genuine, but expired on 2 December 2026") == 2  # on the screen and on paper
    assert "Genuine, but it expired" not in page.words


def test_level_skills_evidence_and_method_are_shown(house: Any, riverside: Any) -> None:
    achievement = house.achievement(
        riverside,
        levels="Starter\nHost: alone\nMentor",
        method="event",
        tags="outreach",
        alignments=[
            {
                "targetName": "Facilitation",
                "targetUrl": "https://example.org/f",
                "targetFramework": "Skills",
                "targetCode": "S1",
            }
        ],
    )
    evidence = ({"url": "https://example.org/e", "name": "Summary", "narrative": ""},)
    award = house.award(riverside, achievement, level="Host", narrative="Well done", evidence=evidence)
    page = house.page(f"/b/{award.id}")
    assert "Level reached: \u2068Host\u2069 2 of 3" in page.words
    assert [
        item.get("class") for item in page.all("ol", class_="scale") and page.all("li") if item.get("class") == "on"
    ] == ["on", "on"]
    assert "Through: Event" in page.words
    assert page.all("a", href="https://example.org/e")[0]["rel"] == "nofollow noopener noreferrer"
    assert "Facilitation Skills · S1" in page.words
    assert "outreach" in page.words


def test_a_translation_of_the_issuer_is_used_and_marked(house: Any, riverside: Any) -> None:
    translations = {"es": {"name": "Anfitriona", "description": "Organiza.", "criteria": "Un encuentro."}}
    award = house.award(riverside, house.achievement(riverside, translations=translations))
    page = house.page(f"/b/{award.id}?lang=es")
    assert page.all("h1", lang="es")
    assert "Anfitriona" in page.words
    assert "Edit-a-thon" not in page.words
    assert "The badge was signed in" in page.words or "firm" in page.words


@pytest.mark.parametrize(("visibility", "preview"), [(Visibility.PUBLIC, True), (Visibility.UNLISTED, False)])
def test_s_priv_1_only_public_badges_have_previews_and_may_be_found(
    house: Any, award: Any, visibility: Visibility, preview: bool
) -> None:
    house.services.receiving.set_visibility(house.link(award), visibility)
    answer = house.get(f"/b/{award.id}")
    assert ("og:title" in answer.text) is preview
    assert ("noindex" in answer.text) is not preview
    assert ("X-Robots-Tag" in answer.headers) is not preview


@pytest.mark.parametrize("suffix", ["", ".json", ".jwt", ".png", ".svg", "/qr.svg", "/qr.png", "/verify"])
@pytest.mark.parametrize("accept", ["text/html", "*/*"])
def test_s_priv_1_hidden_and_absent_give_the_same_answer(house: Any, award: Any, suffix: str, accept: str) -> None:
    house.services.receiving.set_visibility(house.link(award), Visibility.HIDDEN)
    hidden = house.get(f"/b/{award.id}{suffix}", Accept=accept)
    absent = house.get(f"/b/{'0' * 32}{suffix}", Accept=accept)
    assert (hidden.status_code, hidden.data, dict(hidden.headers)) == (404, absent.data, dict(absent.headers))


@pytest.mark.parametrize("suffix", ["", ".json", "/qr.svg", "/verify"])
def test_s_priv_1_an_erased_badge_is_gone_without_a_name(house: Any, award: Any, suffix: str) -> None:
    house.services.receiving.erase(house.link(award))
    for accept in ("text/html", "*/*"):
        answer = house.get(f"/b/{award.id}{suffix}", Accept=accept)
        assert answer.status_code == 410
        assert "Ada" not in answer.text
        assert "Edit-a-thon" not in answer.text


def test_the_qr_codes_are_read_by_a_scanner(house: Any, award: Any) -> None:
    png = house.get(f"/b/{award.id}/qr.png")
    assert png.mimetype == "image/png"
    assert decode_qr(png.data) == f"https://badges.example.org/b/{award.id}"
    svg = house.get(f"/b/{award.id}/qr.svg")
    assert svg.mimetype == "image/svg+xml"
    assert len(svg.data) < 8_000


def test_the_linkedin_link_fills_in_every_field(house: Any, riverside: Any) -> None:
    award = house.award(riverside, house.achievement(riverside, valid_days=730))
    links = [
        found["href"] for found in house.page(f"/b/{award.id}").all("a") if "linkedin.com" in found.get("href", "")
    ]
    fields = {name: values[0] for name, values in parse_qs(urlsplit(links[0]).query).items()}
    assert fields == {
        "startTask": "CERTIFICATION_NAME",
        "name": "Edit-a-thon host",
        "organizationName": "Riverside User Group",
        "issueYear": str(award.awarded_at.year),
        "issueMonth": str(award.awarded_at.month),
        "expirationYear": str(award.valid_until.year),
        "expirationMonth": str(award.valid_until.month),
        "certUrl": f"https://badges.example.org/b/{award.id}",
        "certId": award.credential_id,
    }


def test_the_embed_snippet_is_a_linked_picture(house: Any, riverside: Any, read: Any) -> None:
    award = house.award(riverside, house.achievement(riverside, name='A "quoted" <b>name</b>'))
    page = house.page(f"/b/{award.id}")
    snippet = next(part for part in page.words.split("Copy this into your page")[1].split("<a ") if "img" in part)
    assert f'href="https://badges.example.org/b/{award.id}"' in snippet
    assert "&lt;b&gt;" in snippet
    assert "iframe" not in snippet


@pytest.mark.parametrize(
    ("kind", "text", "answer"),
    [
        ("username", "Ada", "yes"),
        ("username", " User:Ada ", "yes"),
        ("username", "Grace", "no"),
        ("email", "ada@example.org", "no"),
        ("name", "Ada", "no"),
    ],
)
def test_the_person_can_be_asked_about_and_nothing_is_kept(
    house: Any, award: Any, read: Any, kind: str, text: str, answer: str
) -> None:
    page = read(house.post(f"/b/{award.id}/verify", {"kind": kind, "recipient": text}))
    assert page.all("div", data_recipient=answer)
    assert text.strip() not in page.words.replace("Ada Lovelace", "") or text.strip() == "Name"
    assert not house.client.get_cookie("note")


def test_the_affiliates_prefix_belongs_to_the_name(house: Any, read: Any) -> None:
    affiliate = house.affiliate("Prefix Group", recipient_prefix="wiki:")
    award = house.award(affiliate, house.achievement(affiliate), "Ada_Lovelace")
    for typed in ("Ada Lovelace", "Ada_Lovelace", "wiki:Ada Lovelace"):
        page = read(house.post(f"/b/{award.id}/verify", {"kind": "username", "recipient": typed}))
        assert page.all("div", data_recipient="yes"), typed


def test_a_wrong_question_is_answered_with_what_to_do(house: Any, award: Any) -> None:
    assert house.post(f"/b/{award.id}/verify", {"kind": "shoe", "recipient": "42"}).status_code == 422
    answer = house.post(f"/b/{award.id}/verify", {"kind": "did", "recipient": "did:nothing"})
    assert answer.status_code == 422
    assert "This is not a key" in answer.text
    assert house.post(f"/b/{award.id}/verify", {"recipient": "  "}).status_code == 200


def test_the_report_is_there_for_programs(house: Any, award: Any) -> None:
    report = house.get(f"/b/{award.id}/verify", Accept="application/json").json
    assert report["outcome"] == "pass"
    assert json.dumps(report)


def test_a_replaced_badge_leads_to_the_newer_one(house: Any, riverside: Any, award: Any) -> None:
    newer = house.services.status_changes.renew(riverside.id, award.id, user_id="staff")
    page = house.page(f"/b/{award.id}")
    assert page.all("a", href=f"/b/{newer.id}")
    assert "replaced by a newer badge" in page.words


def test_what_is_printed_carries_the_code_and_the_state(house: Any, award: Any) -> None:
    page = house.page(f"/b/{award.id}")
    sheet = page.all("section", class_="sheet print-only")
    assert sheet
    assert f"badges.example.org/b/{award.id}" in page.words
    css = Path(house.app.static_folder, "site.css").read_text("utf-8")
    assert "inline-size: 35mm; block-size: 35mm" in css  # with its white border; at least 25 mm of code


def test_a_badge_whose_key_was_compromised_shows_only_that(house: Any, riverside: Any, award: Any) -> None:
    with house.services.store.write() as work:
        [key] = work.keys_of(riverside.id)
        work.save_key(dataclasses.replace(key, state=KeyState.COMPROMISED))
    page = house.page(f"/b/{award.id}")
    assert page.look in ("fail", "unknown")
    assert "What it took" not in page.words
    assert "LinkedIn" not in page.words


def test_what_is_not_signed_has_no_file(house: Any, award: Any) -> None:
    with house.app.test_request_context(), pytest.raises(NotFound):
        award_file(dataclasses.replace(award, signed_json=None), "json", "application/vc")
