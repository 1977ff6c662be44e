"""Looking a status up: what is fetched, who may say it, what each answer is called (V-ST-1 to V-ST-4)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from openbadges.contexts import PinnedContexts
from openbadges.errors import LimitError, OpenBadgesError
from openbadges.limits import DEFAULT_LIMITS, Limits
from openbadges.ports import Fetched
from openbadges.report import Check, Note, Outcome, VerificationReport
from openbadges.testing import FIXED_NOW, FakeWeb, badge, fixed_key, sign, status_entry, status_list
from openbadges.verification.checks.status import check_status, status_ids
from openbadges.verification.inquiry import Inquiry
from openbadges.verification.reading import Source

KEY, OTHER = fixed_key(), fixed_key("Ed25519", 1)
HOST = "https://badges.example.org"
LIST = HOST + "/status/3"
OLD_LIST = HOST + "/revocations"
OLD_ENTRY = {"id": OLD_LIST, "type": "1EdTechRevocationList"}
DID_WEB = "did:web:badges.example.org"
BADGE_ID = badge()["id"]
UNSIGNED = (Note(code="status.list_unsigned", pointer="/credentialStatus"),)


class Web(FakeWeb):
    """Keeps what was asked for besides the address."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str, str, int, int | None]] = []

    def get(self, url: str, *, accept: str, max_bytes: int, redirects: int | None = None) -> Fetched:
        self.asked.append((url, accept, max_bytes, redirects))
        return super().get(url, accept=accept, max_bytes=max_bytes, redirects=redirects)


class Lists:
    """Says of every list what it was told to, and keeps what it was asked about."""

    def __init__(self, outcome: Outcome = Outcome.PASS) -> None:
        self._outcome = outcome
        self.asked: list[tuple[Source, Inquiry]] = []

    def __call__(self, source: Source, inquiry: Inquiry) -> VerificationReport:
        self.asked.append((source, inquiry))
        return _report(self._outcome)


def _report(outcome: Outcome) -> VerificationReport:
    from openbadges import AnyIssuer, Verifier

    report = Verifier.offline().check(sign(badge()), policy=AnyIssuer())
    if outcome is Outcome.PASS:
        return report
    return Verifier.offline().check(sign(badge()).text.replace("Edit-a-thon", "Other"), policy=AnyIssuer())


def inquiry(web: FakeWeb, limits: Limits = DEFAULT_LIMITS) -> Inquiry:
    return Inquiry(now=FIXED_NOW, fetcher=web, contexts=PinnedContexts(), limits=limits, depth=1)


def looked_up(
    entries: Any, web: FakeWeb, issuer: str = KEY.did, lists: Lists | None = None, limits: Limits = DEFAULT_LIMITS,
    badge_id: Any = BADGE_ID,
) -> tuple[list[tuple[str, str, str, dict[str, Any]]], tuple[Note, ...]]:  # fmt: skip
    document = {"credentialStatus": entries, "id": badge_id}
    checks, notes = check_status(document, issuer, inquiry(web, limits), lists or Lists())
    return [(one.id, one.outcome.value, one.code, dict(one.params)) for one in checks], notes


def published(*, set_indexes: Any = (), purpose: str = "revocation", **entry: Any) -> tuple[Web, dict[str, Any]]:
    web = Web()
    web.publish_status_list(LIST, purpose=purpose, set_indexes=set_indexes)
    return web, status_entry(LIST, 7, purpose=purpose) | entry


def test_the_checks_that_decide_are_revocation_and_suspension() -> None:
    names = ("status.revocation", "status.suspension", "status.message", "proof.signature")
    checks = tuple(Check(id=name, outcome=Outcome.PASS, code="x") for name in names)
    assert status_ids(checks) == {"status.revocation", "status.suspension"}


def test_no_status_is_no_check() -> None:
    assert looked_up(None, Web()) == ([], ())
    assert looked_up([], Web()) == ([], ())


@pytest.mark.parametrize(
    ("purpose", "set_indexes", "expected"),
    [
        ("revocation", (), ("status.revocation", "pass", "status.not_revoked", {})),
        ("revocation", (7,), ("status.revocation", "fail", "status.revoked", {})),
        ("suspension", (), ("status.suspension", "pass", "status.not_suspended", {})),
        ("suspension", (7,), ("status.suspension", "fail", "status.suspended", {})),
        ("message", (7,), ("status.message", "pass", "status.message_value", {"purpose": "message", "value": 1})),
        ("refresh", (), ("status.message", "pass", "status.refresh_not_wanted", {})),
        ("refresh", (7,), ("status.message", "pass", "status.refresh_wanted", {})),
    ],
)  # fmt: skip
def test_each_purpose_has_its_check_and_its_findings(purpose: str, set_indexes: Any, expected: Any) -> None:
    web, entry = published(purpose=purpose, set_indexes=set_indexes)
    assert looked_up(entry, web) == ([expected], ())
    assert looked_up([entry, entry], web) == ([expected, expected], ())


@pytest.mark.parametrize("purpose", ["revocation", "suspension", "message", "refresh"])
def test_the_issuers_words_for_a_value_are_told(purpose: str) -> None:
    words = [{"status": "0x0", "message": "fine"}, {"status": "0x1", "message": "left"}]
    web, entry = published(purpose=purpose, set_indexes=(7,), statusMessage=words)
    ((check_id, _, code, facts),), _ = looked_up(entry, web)
    assert check_id == f"status.{'message' if purpose == 'refresh' else purpose}"
    assert (code, facts) == {
        "revocation": ("status.revoked_reason", {"reason": "left"}),
        "suspension": ("status.suspended", {}),
        "message": ("status.message_found", {"purpose": "message", "value": 1, "message": "left"}),
        "refresh": ("status.message_found", {"purpose": "refresh", "value": 1, "message": "left"}),
    }[purpose]


def test_a_purpose_that_is_not_known_cannot_be_told() -> None:
    web, entry = published(purpose="weather")
    expected = ("status.revocation", "unknown", "status.purpose_unknown", {"purpose": "weather"})
    assert looked_up(entry, web) == ([expected], ())
    assert web.asked == []


@pytest.mark.parametrize(
    ("entry", "outcome", "code", "facts"),
    [
        ("x", "fail", "status.entry_object", {}),
        ({"type": "BitstringStatusListEntry"}, "fail", "status.index", {}),
        ({"type": "Weather"}, "unknown", "status.type_unknown", {"found": ("Weather",)}),
        (status_entry(LIST) | {"statusSize": 17}, "fail", "status.size_limit", {"limit": 16}),
        (status_entry("x" * 3000), "fail", "status.entry_url", {"limit": 2048}),
    ],
)
def test_an_entry_that_cannot_be_read_is_the_revocations_problem(
    entry: Any, outcome: str, code: str, facts: dict[str, Any]
) -> None:
    assert looked_up(entry, Web()) == ([("status.revocation", outcome, code, facts)], ())


def test_entries_are_read_within_the_limits() -> None:
    web, entry = published()
    code = looked_up(entry, web, limits=Limits(url_chars=len(LIST) - 1))[0][0][2]
    assert code == "status.entry_url"
    with pytest.raises(LimitError) as caught:
        looked_up([entry, entry], web, limits=Limits(status_entries=1))
    error = caught.value
    assert (error.code, error.pointer, error.params) == ("status.too_many", "/credentialStatus", {"limit": 1})
    assert len(looked_up([entry, entry], web, limits=Limits(status_entries=2))[0]) == 2


def test_an_index_outside_of_the_list_is_the_badges_fault() -> None:
    web, _ = published(purpose="suspension")
    entry = status_entry(LIST, 131_072, purpose="suspension")
    facts = {"index": 131_072, "entries": 131_072}
    assert looked_up(entry, web) == ([("status.suspension", "fail", "status.index_range", facts)], ())


def test_notes_of_entry_and_list_are_told_once_and_in_order() -> None:
    web, entry = published(statusListIndex=7)
    subject = status_list(LIST)["credentialSubject"] | {"ttl": "soon"}
    web.publish(LIST, sign(status_list(LIST, credentialSubject=subject)))
    _, notes = looked_up(entry, web)
    assert notes == tuple(
        Note(code=code, pointer="/credentialStatus") for code in ("status.index_number", "status.ttl_ignored")
    )
    _, twice = looked_up([entry, entry], web)
    assert twice == notes * 2


# --- what is fetched, and who says so ----------------------------------------------------------------------------


def test_a_list_is_fetched_as_what_it_is_within_the_limit() -> None:
    web, entry = published()
    looked_up(entry, web, limits=Limits(status_document_bytes=50_000))
    (url, accept, most, redirects), = web.asked  # fmt: skip
    assert (url, most, redirects) == (LIST, 50_000, None)
    assert accept.startswith("application/vc, application/vc+jwt")
    web.publish_revocation_list(OLD_LIST, issuer=DID_WEB)
    looked_up(OLD_ENTRY, web, DID_WEB)
    assert web.asked[1] == (OLD_LIST, "application/json", DEFAULT_LIMITS.status_document_bytes, None)


def test_a_list_is_checked_as_a_credential_one_level_deeper_and_may_be_larger() -> None:
    web, entry = published()
    lists = Lists()
    looked_up(entry, web, lists=lists, limits=Limits(status_document_bytes=60_000, document_bytes=100))
    ((source, deeper),) = lists.asked
    assert source.document["id"] == LIST
    assert deeper.depth == 2
    assert deeper.limits == Limits(status_document_bytes=60_000, document_bytes=60_000, json_string_bytes=60_000)
    text = sign(status_list(LIST), form="vc-jwt").text
    web.publish(LIST, f" \r\n\t{text}\t\r\n ")
    assert looked_up(entry, web, limits=Limits(document_bytes=100))[0][0][2] == "status.not_revoked"
    web.publish(LIST, " \r\n\t" + sign(status_list(LIST)).text)
    assert looked_up(entry, web, limits=Limits(document_bytes=100))[0][0][2] == "status.not_revoked"


def test_a_list_that_is_too_large_cannot_be_told_whoever_wrote_the_fetcher() -> None:
    web, entry = published()
    assert looked_up(entry, web, limits=Limits(status_document_bytes=100))[0][0][1:3] == ("unknown", "json.too_large")
    assert looked_up(entry, web, limits=Limits(json_depth=1))[0][0][2] == "json.too_deep"
    assert looked_up(entry, web, limits=Limits(status_list_bytes=100))[0][0][2] == "status.list_too_large"
    web.publish_revocation_list(OLD_LIST, issuer=DID_WEB, revoked={BADGE_ID: None})
    for limits, code in ((Limits(status_document_bytes=9), "json.too_large"), (Limits(json_depth=1), "json.too_deep")):
        assert looked_up(OLD_ENTRY, web, DID_WEB, limits=limits)[0][0][2] == code
    assert looked_up(OLD_ENTRY, web, DID_WEB, limits=Limits(document_bytes=9))[0][0][2] == "status.revoked"


def test_what_is_no_list_cannot_be_told() -> None:
    web, entry = published()
    unknown = ("status.revocation", "unknown")
    web.publish(LIST, sign(badge()))
    ((*head, code, facts),), _ = looked_up(entry, web)
    assert (tuple(head), code, facts) == (unknown, "status.list_type", {"found": ["an Open Badge"]})
    web.publish(LIST, "\u00e9.\u00e9.\u00e9")
    assert looked_up(entry, web)[0] == [(*unknown, "status.list_object", {})]
    for page in ("", "\u00e9", "gibberish", "<!doctype html><title>It. Is. Not. Here.</title>"):
        web.publish(LIST, page)
        assert looked_up(entry, web)[0] == [(*unknown, "status.list_unreadable", {"url": LIST})]
    web.fail(LIST)
    assert looked_up(entry, web)[0] == [(*unknown, "network.status", {"url": LIST, "status": 503})]


@pytest.mark.parametrize("around", ["X", "\x0c", "\x1f"])
def test_only_blanks_of_json_may_stand_around_a_list(around: str) -> None:
    web, entry = published()
    token = sign(status_list(LIST), form="vc-jwt").text
    for body, room in (
        (around + token, "jws"),
        (token + around, "jws"),
        (around + sign(status_list(LIST)).text, "status"),
    ):
        web.publish(LIST, body)
        ((_, outcome, code, _),), _ = looked_up(entry, web)
        assert (outcome, code.partition(".")[0]) == ("unknown", room)


def test_an_enveloped_list_is_opened() -> None:
    web, entry = published()
    envelope = {
        "@context": "https://www.w3.org/ns/credentials/v2",
        "type": "EnvelopedVerifiableCredential",
        "id": "data:application/vc+jwt," + sign(status_list(LIST), form="vc-jwt").text,
    }
    web.publish(LIST, envelope)
    assert looked_up(entry, web)[0][0][1:3] == ("pass", "status.not_revoked")


def test_v_st_2_a_list_of_another_issuer_says_nothing() -> None:
    web, entry = published()
    web.publish_status_list(LIST, signer=OTHER)
    facts = {"found": OTHER.did, "wanted": KEY.did}
    lists = Lists()
    assert looked_up(entry, web, lists=lists)[0] == [("status.revocation", "unknown", "status.list_issuer", facts)]
    assert lists.asked == []


def test_v_st_2_a_list_that_does_not_verify_says_nothing() -> None:
    web, entry = published(set_indexes=(7,))
    ((check_id, outcome, code, facts),), _ = looked_up(entry, web, lists=Lists(Outcome.FAIL))
    assert (check_id, outcome, code) == ("status.revocation", "unknown", "status.list_not_good")
    said = "Changed after it was signed. "
    assert facts == {"reason": said + _report(Outcome.FAIL).of("proof.signature")[0].detail}


# --- lists that are remembered -----------------------------------------------------------------------------------


class Remembering(Web):
    """Keeps how long it was told to remember, and says what it was told about ages."""

    def __init__(self, age_seconds: int = 0, *, stale: bool = False) -> None:
        super().__init__()
        self.limits: list[tuple[str, float]] = []
        self._age = {"age_seconds": age_seconds, "stale": stale}

    def get(self, url: str, *, accept: str, max_bytes: int, redirects: int | None = None) -> Fetched:
        found = super().get(url, accept=accept, max_bytes=max_bytes, redirects=redirects)
        return replace(found, **self._age)

    def limit_age(self, url: str, seconds: float) -> None:
        self.limits.append((url, seconds))


@pytest.mark.parametrize(
    ("members", "ttl", "limits"),
    [
        ({}, None, []),
        ({"validUntil": "2026-11-22T12:00:40Z"}, None, [40.0]),
        ({}, 1500, [1.5]),
        ({"validUntil": "2026-11-23T12:00:00Z"}, 60_000, [60.0, 86_400.0]),
    ],
)
def test_v_st_4_a_list_is_remembered_no_longer_than_it_lives(members: Any, ttl: Any, limits: list[float]) -> None:
    web = Remembering(30)
    document = status_list(LIST, **members)
    document["credentialSubject"] |= {} if ttl is None else {"ttl": ttl}
    web.publish(LIST, sign(document))
    assert looked_up(status_entry(LIST), web)[0][0][2] == "status.not_revoked"
    assert web.limits == [(LIST, seconds) for seconds in limits]


def test_v_st_4_a_list_that_did_not_serve_is_forgotten_and_one_that_is_too_old_is_reported_with_its_age() -> None:
    web = Remembering(3 * 3600 + 59, stale=True)
    web.publish_status_list(LIST, signer=OTHER)
    assert looked_up(status_entry(LIST), web)[0][0][2] == "status.list_issuer"
    assert web.limits == [(LIST, 0)]
    web.publish_status_list(LIST)
    checks, notes = looked_up(status_entry(LIST), web)
    assert checks[0][1:3] == ("pass", "status.not_revoked")
    (note,) = notes
    assert note == Note(code="status.list_stale", pointer="/credentialStatus", params={"url": LIST, "minutes": 180})
    assert "could not be had anew" in note.detail
    assert looked_up(status_entry(LIST + "9"), web)[0][0][2] == "network.status"
    assert web.limits == [(LIST, 0)]


# --- lists without a signature -----------------------------------------------------------------------------------


def test_an_unsigned_list_is_believed_at_the_issuers_own_origin() -> None:
    web = Web()
    web.publish_revocation_list(OLD_LIST, issuer=DID_WEB)
    assert looked_up(OLD_ENTRY, web, DID_WEB) == ([("status.revocation", "pass", "status.not_revoked", {})], UNSIGNED)
    web.publish_revocation_list(OLD_LIST, issuer=DID_WEB, revoked={BADGE_ID: "left"})
    revoked = ("status.revocation", "fail", "status.revoked_reason", {"reason": "left"})
    assert looked_up(OLD_ENTRY, web, DID_WEB) == ([revoked], UNSIGNED)
    web.publish_revocation_list(OLD_LIST, issuer=HOST + "/issuers/1", revoked={BADGE_ID: "left"})
    assert looked_up(OLD_ENTRY, web, HOST + "/issuers/1") == ([revoked], UNSIGNED)
    code = looked_up(OLD_ENTRY, web, HOST + "/issuers/1", badge_id=7)[0][0][2]
    assert code == "status.badge_without_id"


@pytest.mark.parametrize(
    ("url", "issuer", "same"),
    [
        (OLD_LIST, HOST + ":443/issuers/1", True),
        (HOST + ":443/r", HOST + "/issuers/1", True),
        (HOST + ":8443/r", HOST + ":8443/issuers/1", True),
        (HOST + ":8443/r", "did:web:badges.example.org%3A8443", True),
        (HOST + ":8443/r", HOST + ":9443/issuers/1", False),
        (HOST + ":444/r", HOST + "/issuers/1", False),
        (OLD_LIST, "https://www.badges.example.org/issuers/1", False),
        (OLD_LIST, KEY.did, False),
        (OLD_LIST, "http://badges.example.org:443/issuers/1", False),
        ("http://badges.example.org:443/r", HOST + "/issuers/1", False),
        ("http://badges.example.org/r", "http://badges.example.org/issuers/1", False),
        (HOST + ":x/r", HOST + ":x/issuers/1", False),
        ("https://evil.example:x/r", HOST + ":x/issuers/1", False),
        (HOST + ":0/r", HOST + "/issuers/1", False),
        ("https:/r", "https:/issuers/1", False),
        ("https:/r", HOST + "/issuers/1", False),
        (OLD_LIST, HOST + ":x/issuers/1", False),
    ],
)
def test_an_unsigned_list_elsewhere_says_nothing(url: str, issuer: str, same: bool) -> None:
    class Anything(Web):
        def get(self, url: str, *, accept: str, max_bytes: int, redirects: int | None = None) -> Fetched:
            return Fetched(url=url, body=b'{"id": "%s"}' % url.encode(), media_type="application/json")

    ((check_id, outcome, code, facts),), _ = looked_up({**OLD_ENTRY, "id": url}, Anything(), issuer)
    if same:
        assert (outcome, code) == ("pass", "status.not_revoked")
    else:
        assert (check_id, outcome, code) == ("status.revocation", "unknown", "status.list_other_origin")
        assert facts == {"url": url, "issuer": issuer}


def test_an_unsigned_list_that_a_redirect_leads_away_to_says_nothing() -> None:
    web = Web()
    web.publish(OLD_LIST, {"id": OLD_LIST}, final_url="https://evil.example/r")
    assert looked_up(OLD_ENTRY, web, DID_WEB)[0][0][1:3] == ("unknown", "status.list_other_origin")
    web.publish(OLD_LIST, {"id": OLD_LIST}, final_url=HOST + "/elsewhere")
    assert looked_up(OLD_ENTRY, web, DID_WEB)[0][0][2] == "status.not_revoked"


def test_an_error_of_the_list_check_cannot_be_told() -> None:
    web, entry = published()

    class Broken(Lists):
        def __call__(self, source: Source, inquiry: Inquiry) -> VerificationReport:
            raise OpenBadgesError("canon.work", limit=1)

    expected = ("status.revocation", "unknown", "canon.work", {"limit": 1})
    assert looked_up(entry, web, lists=Broken())[0] == [expected]
