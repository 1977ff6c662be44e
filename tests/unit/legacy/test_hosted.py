from __future__ import annotations

from typing import Any

import pytest

from openbadges.errors import ConfigurationError, UnreachableError
from openbadges.legacy import LegacyResult, check, check_hosted, read_document, read_url
from openbadges.messages import MESSAGES
from openbadges.ports import NoNetwork
from openbadges.report import Outcome, outcome_of

ASSERTION = "https://example.org/assertions/1"
BADGE = "https://example.org/badges/host"
ISSUER = "https://example.org/issuer"
EVIL = "https://example.org.evil.example/assertions/1"


def run(world: Any, url: str = ASSERTION) -> LegacyResult:
    result = check_hosted(url, fetcher=world, now=world.now)
    assert {item.code for item in result.checks} <= set(MESSAGES)
    assert not any("{" in item.detail for item in result.checks)
    assert [item.id for item in result.checks] == [
        "document.format", "document.shape", "proof.signature", "issuer.binding", "validity.window",
        "status.revocation",
    ]  # fmt: skip
    return result


def found(result: LegacyResult, check_id: str) -> tuple[str, str]:
    return next((item.outcome.value, item.code) for item in result.checks if item.id == check_id)


def outcome(result: LegacyResult) -> Outcome:
    return outcome_of(result.checks, result.required)


def test_a_hosted_badge_passes_and_shows_what_its_address_answered(world: Any) -> None:
    result = run(world)
    assert {item.outcome for item in result.checks} == {Outcome.PASS}
    assert outcome(result) is Outcome.PASS
    assert (result.format, result.key_id, result.algorithm) == ("ob2-hosted", None, None)
    assert result.assertion is not None
    assert result.assertion.id == ASSERTION
    assert result.badge_class is not None
    assert result.badge_class.id == BADGE
    assert result.issuer is not None
    assert result.issuer.id == ISSUER
    assert world.asked == [ASSERTION, BADGE, ISSUER]


def test_v_net_4_nothing_but_the_id_of_a_handed_over_file_is_believed(world: Any) -> None:
    changed = world.assertion | {
        "issuedOn": "1999-01-01T00:00:00Z",
        "badge": {"id": BADGE, "type": "BadgeClass", "name": "X"},
    }
    result = check(read_document(changed), fetcher=world, now=world.now)
    assert result.assertion is not None
    assert result.assertion.issued_on == "2026-01-10T12:00:00+01:00"


def test_a_png_with_only_an_address_is_checked_there(world: Any) -> None:
    assert outcome(check(read_url(f" {ASSERTION}\n"), fetcher=world, now=world.now)) is Outcome.PASS


def test_offline_a_hosted_badge_is_unknown(world: Any) -> None:
    result = check_hosted(ASSERTION, fetcher=NoNetwork(), now=world.now)
    assert outcome(result) is Outcome.UNKNOWN
    assert found(result, "proof.signature") == ("unknown", "network.offline")
    assert found(result, "document.shape") == ("skipped", "legacy.not_made")
    assert (result.assertion, result.badge_class, result.issuer) == (None, None, None)


@pytest.mark.parametrize("url", [BADGE, ISSUER])
def test_a_badge_class_or_profile_that_cannot_be_had_is_unknown(world: Any, url: str) -> None:
    del world.documents[url]
    result = run(world)
    assert outcome(result) is Outcome.UNKNOWN
    assert found(result, "issuer.binding") == ("unknown", "network.status")
    assert result.assertion is None


def test_a_mistake_of_the_caller_is_not_written_down_as_the_badges(world: Any) -> None:
    world.documents[ASSERTION] = ConfigurationError("network.accept")
    with pytest.raises(ConfigurationError):
        check_hosted(ASSERTION, fetcher=world, now=world.now)


def test_410_means_revoked(world: Any) -> None:
    world.documents[ASSERTION] = UnreachableError("network.gone", url=ASSERTION)
    result = run(world)
    assert outcome(result) is Outcome.FAIL
    assert found(result, "status.revocation") == ("fail", "legacy.gone")


@pytest.mark.parametrize("revoked", [True, "yes", 1, None])
def test_a_body_that_says_revoked_is_revoked_even_with_nothing_else(world: Any, revoked: object) -> None:
    world.documents[ASSERTION] = {"id": ASSERTION, "revoked": revoked, "revocationReason": "By mistake"}
    result = run(world)
    assert outcome(result) is Outcome.FAIL
    assert found(result, "status.revocation") == ("fail", "legacy.revoked")
    assert "By mistake" in result.checks[-1].detail


def test_revoked_false_is_not_revoked(world: Any) -> None:
    world.assertion["revoked"] = False
    assert outcome(run(world)) is Outcome.PASS


@pytest.mark.parametrize(
    "identifier", [None, "https://example.org/assertions/2", ASSERTION + "/", [ASSERTION], {"a": 1}]
)
def test_the_body_has_to_name_its_own_address(world: Any, identifier: object) -> None:
    world.assertion["id"] = identifier
    result = run(world)
    assert found(result, "proof.signature") == ("fail", "legacy.not_own_address")
    assert outcome(result) is Outcome.FAIL


@pytest.mark.parametrize(
    ("body", "code"), [(b"", "json.empty"), (b"[]", "json.not_object"), (b'{"a": 1, "a": 2}', "json.duplicate_key")]
)
def test_a_body_that_is_no_json_object_fails(world: Any, body: bytes, code: str) -> None:
    world.documents[ASSERTION] = body
    assert found(run(world), "proof.signature") == ("fail", code)


@pytest.mark.parametrize(
    ("media_type", "expected"),
    [("", "pass"), ("application/json", "pass"), ("application/vnd.x+json", "pass"), ("text/html", "unknown")],
)
def test_an_answer_that_is_no_json_by_its_media_type_is_not_the_document(
    world: Any, media_type: str, expected: str
) -> None:
    world.media_type = media_type
    assert outcome(run(world)).value == expected


def test_an_issuer_with_a_text_that_starts_alike_is_another_origin(world: Any) -> None:
    """V-NET-4: startsWith is compared by parsed origin, never as text."""
    world.documents[EVIL] = world.assertion | {"id": EVIL}
    for rules in ({}, {"startsWith": "https://example.org"}, {"allowedOrigins": ["example.org"]}):
        world.issuer["verification"] = rules
        result = run(world, EVIL)
        assert found(result, "issuer.binding") == ("fail", "legacy.out_of_scope"), rules
        assert outcome(result) is Outcome.FAIL
        assert result.assertion is None


def test_v_net_4_an_embedded_profile_does_not_widen_its_own_scope(world: Any) -> None:
    profile = world.issuer | {"verification": {"allowedOrigins": "example.org.evil.example"}}
    badge_class = world.badge | {"issuer": profile}
    world.documents[EVIL] = world.assertion | {"id": EVIL, "badge": badge_class}
    result = run(world, EVIL)
    assert found(result, "issuer.binding") == ("fail", "legacy.out_of_scope")
    assert ISSUER in world.asked


def test_an_embedded_badge_class_is_not_fetched_again(world: Any) -> None:
    world.assertion["badge"] = world.documents.pop(BADGE)
    assert outcome(run(world)) is Outcome.PASS
    assert world.asked == [ASSERTION, ISSUER]


@pytest.mark.parametrize(
    ("identifier", "expected"), [("urn:uuid:2", "pass"), ("http://example.org/badges/host", "fail")]
)
def test_an_embedded_badge_class_belongs_to_the_issuer_too(world: Any, identifier: str, expected: str) -> None:
    world.assertion["badge"] = world.documents.pop(BADGE) | {"id": identifier}
    assert outcome(run(world)).value == expected


def test_a_badge_class_of_another_host_is_out_of_scope(world: Any) -> None:
    foreign = "https://other.example/badges/1"
    world.documents[foreign] = world.badge | {"id": foreign}
    world.assertion["badge"] = foreign
    assert found(run(world), "issuer.binding") == ("fail", "legacy.out_of_scope")


def test_a_badge_class_without_id_cannot_be_had(world: Any) -> None:
    world.badge["issuer"] = {"type": "Issuer", "name": "No id"}
    assert found(run(world), "issuer.binding") == ("fail", "legacy.member_missing")


def test_an_issuer_without_https_address_is_unknown(world: Any) -> None:
    world.badge["issuer"] = "urn:uuid:5"
    result = run(world)
    assert found(result, "issuer.binding") == ("unknown", "legacy.issuer_address")


def test_an_assertion_that_names_another_issuer_fails(world: Any) -> None:
    world.assertion["issuer"] = {"id": "https://other.example/"}
    assert found(run(world), "issuer.binding") == ("fail", "legacy.other_issuer")
    world.assertion["issuer"] = ISSUER
    assert outcome(run(world)) is Outcome.PASS


@pytest.mark.parametrize("document", [BADGE, ISSUER])
def test_a_linked_document_of_another_type_fails(world: Any, document: str) -> None:
    world.documents[document]["type"] = "Endorsement"
    assert found(run(world), "issuer.binding") == ("fail", "legacy.wrong_type")


def test_a_body_that_says_it_is_signed_is_not_hosted(world: Any) -> None:
    world.assertion["verification"] = {"type": "SignedBadge"}
    assert found(run(world), "document.shape") == ("fail", "legacy.no_signature")


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ({"issuedOn": "2026-11-22T12:01:00Z"}, ("pass", "legacy.valid_now")),
        ({"issuedOn": "2026-11-22T12:01:01Z"}, ("fail", "legacy.not_yet")),
        ({"expires": "2026-11-22T12:00:01Z"}, ("pass", "legacy.valid_now")),
        ({"expires": "2026-11-22T12:00:00Z"}, ("fail", "legacy.expired")),
        ({"expires": "never"}, ("fail", "date.syntax")),
        ({"expires": ""}, ("fail", "date.syntax")),
        ({"issuedOn": "2026-01-10"}, ("fail", "date.syntax")),
        ({"issuedOn": "2026-01-10T12:00:00"}, ("fail", "date.zone_missing")),
    ],
)
def test_the_dates_decide_and_a_bad_one_is_never_no_date(
    world: Any, dates: dict[str, str], expected: tuple[str, str]
) -> None:
    world.assertion.update(dates)
    assert found(run(world), "validity.window") == expected
