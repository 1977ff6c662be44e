"""Reports and facts in words, and the view of a badge that a stranger wrote."""

from __future__ import annotations

import dataclasses
import json
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from issuer_service.services.errors import InvalidError
from issuer_service.services.sentences import Sentence
from issuer_service.web.badge_view import read_badge, read_report
from issuer_service.web.i18n import said
from issuer_service.web.report_tables import CHECKS, STATES
from issuer_service.web.report_words import check_lines, sentence, state_of, verdict
from issuer_service.web.words import clean, day, language_name, moment, month, web_link
from openbadges import AnyIssuer, Check, Outcome, VerificationReport, Verifier
from openbadges.messages import MESSAGES, render
from openbadges.report import ReportError
from openbadges.testing import add_proof, badge, status_list

AT = datetime(2026, 5, 3, 14, 5, tzinfo=UTC)


@pytest.fixture
def english(house: Any) -> Any:
    with house.app.test_request_context(headers={"Accept-Language": "en"}):
        yield


@pytest.fixture
def arabic(house: Any) -> Any:
    with house.app.test_request_context(headers={"Accept-Language": "ar"}):
        yield


def report(code: str, check: Check | None = None, **params: Any) -> VerificationReport:
    return VerificationReport(
        checks=(check,) if check else (), required=frozenset(), at=AT, verdict_code=code, verdict_params=params
    )


def test_every_verdict_of_the_library_has_a_state() -> None:
    assert {code for code in MESSAGES if code.startswith("verdict.")} == set(STATES)


def test_every_check_of_the_library_has_words(root: Path) -> None:
    text = (root / "docs/reference/checks.md").read_text("utf-8")
    named = set(re.findall(r"^### `([a-z.]+)`$", text, re.MULTILINE))
    assert named == set(CHECKS)


def test_every_state_has_an_icon_and_a_look_of_its_own(root: Path) -> None:
    icons = (root / "issuer_service/templates/partials/icons.html").read_text("utf-8")
    css = (root / "issuer_service/static/site.css").read_text("utf-8")
    for state in STATES.values():
        assert f'"{state.icon}":' in icons
        assert f".state.{state.look}" in css


@pytest.mark.usefixtures("english")
def test_every_sentence_of_the_library_can_be_rendered_with_and_without_its_facts() -> None:
    for code, template in MESSAGES.items():
        facts = re.findall(r"{(\w+)", template)
        own = template.count("…")
        assert sentence(code, dict.fromkeys(facts, "2026-05-03")).count("…") == own, code
        assert sentence(code, {}).count("…") == own + len(facts), code


@pytest.mark.usefixtures("english")
def test_facts_are_safe_and_dates_are_in_the_readers_words() -> None:
    assert sentence("verdict.expired", {"end": "2026-05-03T00:00:00Z"}) == "Genuine, but it expired on 3 May 2026."
    assert "\\u202e" in sentence("trust.not_trusted", {"issuer": "a\u202eb"})
    assert sentence("proof.unknown_suite", {"suite": ["a", "b"]}).count("a, b") == 1
    assert sentence("verdict.expired", {"end": "soon"}) == "Genuine, but it expired on soon."
    assert sentence("no.such.code", {}) == "no.such.code"


@pytest.mark.usefixtures("arabic")
def test_facts_stand_apart_from_the_direction_of_an_arabic_sentence() -> None:
    assert "\u2068did:key:x\u2069" in sentence("trust.not_trusted", {"issuer": "did:key:x"})


@pytest.mark.usefixtures("english")
def test_what_the_headline_says_is_not_said_again() -> None:
    check = Check(id="proof.signature", outcome=Outcome.FAIL, code="signature.wrong", params={})
    state = state_of(report("verdict.changed", check, reason=check.detail), known=False)
    assert state.headline == "Changed after it was signed"
    assert state.detail
    assert "Changed after" not in state.detail
    expired = state_of(report("verdict.expired", end="2026-05-03T00:00:00Z"), known=True)
    assert (expired.headline, expired.detail) == ("Genuine, but expired on 3 May 2026", "")


@pytest.mark.usefixtures("arabic")
def test_where_nothing_is_to_be_said_no_empty_line_stands() -> None:
    assert state_of(report("verdict.pass"), known=True).detail == ""


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(("code", "again"), [("proof.unknown_suite", False), ("network.timeout", True)])
def test_trying_again_is_advised_only_where_it_can_help(code: str, again: bool) -> None:
    check = Check(id="proof.signature", outcome=Outcome.UNKNOWN, code=code, params={})
    state = state_of(report("verdict.unknown_signature", check, reason=check.detail), known=False)
    assert ("Try again in a few minutes" in state.advice) == again


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("code", "outcome", "said_of_it"),
    [
        ("status.revoked_reason", Outcome.FAIL, "withdrawn"),
        ("validity.expired", Outcome.FAIL, "expired"),
        ("signature.wrong", Outcome.FAIL, "failed"),
        ("status.not_revoked", Outcome.PASS, "passed"),
    ],
)
def test_a_line_says_what_is_the_case(code: str, outcome: Outcome, said_of_it: str) -> None:
    (line,) = check_lines(report("verdict.pass", Check(id="status.revocation", outcome=outcome, code=code, params={})))
    assert line.said == said_of_it


@pytest.mark.usefixtures("english")
def test_a_reason_inside_a_verdict_is_rendered_from_its_own_code(monkeypatch: pytest.MonkeyPatch) -> None:
    check = Check(id="proof.signature", outcome=Outcome.UNKNOWN, code="proof.unknown_suite", params={"suite": "x-1"})
    found = report("verdict.unknown_signature", check, reason=check.detail)
    monkeypatch.setattr("issuer_service.web.report_words.gettext", lambda text: f"<{text}>")
    assert verdict(found) == (
        "<We could not check the signature.> <It is signed in a way this program does not know (x-1), so the "
        "signature could not be checked. Check it with a program that knows this.>"
    )
    fixed = report("verdict.unreadable", reason=render("json.empty", {}))
    assert verdict(fixed) == "<This could not be read as a badge.> <The document is empty.>"
    error = ReportError(code="json.too_large", params={"limit": 5})
    unread = dataclasses.replace(report("verdict.unreadable", reason=error.detail), error=error)
    assert verdict(unread) == (
        "<This could not be read as a badge.> <The document is larger than 5 bytes. "
        "Leave out embedded images or link to them.>"
    )


@pytest.mark.usefixtures("arabic")
@pytest.mark.parametrize(
    "document",
    [
        add_proof(status_list("https://badges.example.org/status/1")),
        add_proof({**badge(), "type": ["VerifiableCredential"]}),
        add_proof({name: value for name, value in badge().items() if name != "validFrom"}),
        {**badge(), "@context": [*badge()["@context"], "https://unknown.example/v1"]},
        {**badge(), "nonsense": 1},
        {},
    ],
    ids=["another kind", "no kind", "incomplete", "unknown words", "undefined", "nothing"],
)
def test_no_english_word_of_the_library_stands_in_an_arabic_report(document: Any) -> None:
    found = Verifier.offline().check(json.dumps(document), policy=AnyIssuer())
    said = [verdict(found), *(line.detail for line in check_lines(found))]
    facts = re.compile("\u2068[^\u2069]*\u2069|«[^»]*»|“[^”]*”")  # what stands in the document itself, set apart
    known = {"vc", "W3C", "Open", "Badges", "Badge", "JSON", "LD", "DID", "context", "type"}
    left = {word for text in said for word in re.findall("[A-Za-z]{2,}", facts.sub("", text))}
    assert left <= known, said


@pytest.mark.usefixtures("arabic")
def test_reasons_inside_the_sites_own_sentences_are_translated_too() -> None:
    inner = InvalidError.of("url", "field.required")
    assert not re.search("[A-Za-z]", said(inner.sentence))
    assert not re.search("[A-Za-z]", said(Sentence("verify.unreachable", {"reason": render("json.empty", {})})))
    assert str(inner) == "Some fields cannot be used. Please fill this in."


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("code", sorted(STATES))
def test_only_success_of_a_known_issuer_looks_like_success(code: str) -> None:
    known, stranger = state_of(report(code), known=True), state_of(report(code), known=False)
    assert (known.look == "pass") == code.startswith("verdict.pass")
    assert stranger.look != "pass"
    assert known.headline
    assert known.shows_badge == (
        known.look in ("pass", "warn")
        or code
        in (
            "verdict.withdrawn",
            "verdict.not_recipient",
            "verdict.unknown_status",
            "verdict.bad_status",
            "verdict.not_trusted",
        )
    )


@pytest.mark.usefixtures("english")
def test_a_verdict_of_a_later_library_could_not_be_checked() -> None:
    assert state_of(report("verdict.new"), known=True).look == "unknown"
    [line] = check_lines(report("x", Check(id="new.check", outcome=Outcome.SKIPPED, code="check.skipped")))
    assert (line.name, line.means, line.does_not, line.look) == ("new.check", "", "", "skipped")


@pytest.mark.usefixtures("english")
def test_days_and_moments_are_utc() -> None:
    assert day(date(2026, 5, 3)) == "3 May 2026"
    assert moment(AT) == "3 May 2026, 14:05 UTC"
    assert month("2026-05") == "May 2026"
    assert moment(AT.replace(tzinfo=None)) == "3 May 2026, 14:05 UTC"
    assert language_name("es") == "Spanish"
    assert (language_name("xx-nothing-at-all"), language_name("")) == ("xx-nothing-at-all", "")
    assert said(Sentence("field.number", {"least": 1, "most": 2})) == "Write a whole number from 1 to 2."


def test_text_and_addresses_of_strangers_are_cleaned() -> None:
    assert clean("a\x00b\u202ec\u200dd") == "abc\u200dd"
    assert clean("x" * 20, 10) == "x" * 9 + "…"
    assert web_link("https://example.org/x") == "https://example.org/x"
    for bad in (
        "javascript:alert(1)",
        "//x",
        "https://",
        "https:///x",
        None,
        5,
        "https://\\b",
        "ftp://x",
        "https://x/" + "y" * 3000,
    ):
        assert web_link(bad) == ""


JUNK = (None, 5, "x", [], {}, [None], [[]], {"id": 5}, {"narrative": []}, [{"id": "https://x.example/"}], True)


@pytest.mark.parametrize(
    "member", ["issuer", "credentialSubject", "evidence", "validUntil", "awardedDate", "id", "image"]
)
@pytest.mark.parametrize("value", JUNK)
def test_no_document_makes_the_view_stumble(member: str, value: Any) -> None:
    read_badge({member: value})


@pytest.mark.parametrize("member", ["achievement", "identifier", "result", "narrative", "id"])
@pytest.mark.parametrize("value", JUNK)
def test_no_subject_makes_the_view_stumble(member: str, value: Any) -> None:
    read_badge({"credentialSubject": {member: value}})


@pytest.mark.parametrize("member", ["criteria", "image", "alignment", "tag", "resultDescription", "name", "inLanguage"])
@pytest.mark.parametrize("value", JUNK)
def test_no_achievement_makes_the_view_stumble(member: str, value: Any) -> None:
    read_badge({"credentialSubject": {"achievement": {member: value}, "result": [{"resultDescription": "r"}]}})


def test_the_view_reads_what_is_there() -> None:
    levels = [{"id": "l1", "name": "One"}, {"id": "l2", "name": "Two", "description": "more"}]
    view = read_badge(
        {
            "issuer": "https://issuer.example/",
            "validFrom": "nonsense",
            "issuanceDate": "2026-01-02T00:00:00Z",
            "evidence": ["https://proof.example/", {"narrative": "seen"}, {}],
            "credentialSubject": {
                "identifier": [
                    {"hashed": True, "identityHash": "x"},
                    {"hashed": False, "identityHash": "Ada", "identityType": "name"},
                ],
                "achievement": {
                    "name": "N",
                    "image": {"id": "data:image/png;base64,AAAA", "caption": "c"},
                    "resultDescription": [{"id": "r", "rubricCriterionLevel": levels}],
                },
                "result": [{"resultDescription": "r", "achievedLevel": "l2"}],
            },
        }
    )
    assert (view.issuer_host, view.recipient, view.recipient_hashed) == ("issuer.example", "Ada", False)
    assert view.awarded == datetime(2026, 1, 2, tzinfo=UTC)
    assert [one.url or one.narrative for one in view.evidence] == ["https://proof.example/", "seen"]
    assert view.image_url.startswith("data:image/png")
    assert view.level is not None
    assert (view.level.name, view.level.place, list(view.level.scale)) == ("Two", 2, ["One", "Two"])
    other = read_badge(
        {"credentialSubject": {"result": [{"value": "A+"}], "achievement": {"image": "data:image/svg+xml;base64,AAAA"}}}
    )
    assert other.level is not None
    assert (other.level.name, other.level.place, other.image_url) == ("A+", 0, "")
    assert read_badge({"issuer": {"id": "x", "url": "https://[broken"}}).issuer_host == ""


def test_an_older_badge_is_shown_from_its_report() -> None:
    old = dataclasses.replace(
        report("verdict.pass"),
        credential={
            "id": "https://x.example/1",
            "name": "Old",
            "valid_from": "2020-01-01T00:00:00Z",
            "valid_until": None,
        },
        issuer={"id": "https://x.example/i", "name": "Old Issuer"},
    )
    view = read_report(old)
    assert (view.name, view.issuer_name, view.issuer_host, view.ends) == ("Old", "Old Issuer", "x.example", None)
    assert read_report(report("verdict.pass")).name == ""
