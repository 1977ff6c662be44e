from __future__ import annotations

from typing import Any

import pytest

from openbadges.errors import UnreachableError
from openbadges.legacy import LegacyResult, check, read_document, read_token
from openbadges.messages import MESSAGES
from openbadges.ports import NoNetwork
from openbadges.report import Outcome, outcome_of

BADGE = "https://example.org/badges/host"
ISSUER = "https://example.org/issuer"
KEY = "https://example.org/keys/1"
REVOKED = "https://example.org/revoked"


def run(world: Any, token: str | None = None, fetcher: Any = None) -> LegacyResult:
    badge = read_token(world.sign(world.signed_assertion()) if token is None else token)
    assert badge is not None
    result = check(badge, fetcher=fetcher or world, now=world.now)
    assert result.format == "ob2-signed"
    assert {item.code for item in result.checks} <= set(MESSAGES)
    assert not any("{" in item.detail for item in result.checks)
    return result


def found(result: LegacyResult, check_id: str) -> tuple[str, str]:
    return next((item.outcome.value, item.code) for item in result.checks if item.id == check_id)


def outcome(result: LegacyResult) -> Outcome:
    return outcome_of(result.checks, result.required)


def test_a_signed_badge_passes_with_issuer_and_key(world: Any) -> None:
    result = run(world)
    assert {item.outcome for item in result.checks} == {Outcome.PASS}
    assert (result.key_id, result.algorithm) == (KEY, "RS256")
    assert result.assertion is not None
    assert result.assertion.id == "urn:uuid:1"
    assert result.badge_class is not None
    assert result.badge_class.id == BADGE
    assert result.issuer is not None
    assert result.issuer.id == ISSUER
    assert world.asked == [BADGE, ISSUER, KEY, REVOKED]


def test_offline_a_signed_badge_is_unknown(world: Any) -> None:
    result = run(world, fetcher=NoNetwork())
    assert outcome(result) is Outcome.UNKNOWN
    assert found(result, "issuer.binding") == ("unknown", "network.offline")
    assert found(result, "proof.signature") == ("skipped", "legacy.not_made")
    assert result.issuer is None


def test_p1_a_signature_by_a_key_that_is_not_the_issuers_fails(world: Any) -> None:
    result = run(world, world.sign(world.signed_assertion(), key=1))
    assert found(result, "proof.signature") == ("fail", "signature.wrong")
    assert outcome(result) is Outcome.FAIL
    assert (result.assertion, result.key_id) == (None, None)


def test_p1_a_profile_embedded_by_a_forger_brings_no_key(world: Any, other_pem: str) -> None:
    own = {"id": KEY, "type": "CryptographicKey", "owner": ISSUER, "publicKeyPem": other_pem}
    badge_class = world.badge | {"issuer": world.issuer | {"publicKey": own}}
    result = run(world, world.sign(world.signed_assertion() | {"badge": badge_class}, key=1))
    assert found(result, "proof.signature") == ("fail", "signature.wrong")


def test_a_key_the_issuer_does_not_list_fails(world: Any, other_pem: str) -> None:
    forged = "https://evil.example/key"
    world.documents[forged] = {"id": forged, "owner": ISSUER, "publicKeyPem": other_pem}
    payload = world.signed_assertion() | {"verification": {"type": "SignedBadge", "creator": forged}}
    result = run(world, world.sign(payload, key=1))
    assert found(result, "issuer.binding") == ("fail", "legacy.key_not_listed")
    assert forged not in world.asked


@pytest.mark.parametrize("creator", [7, [KEY], {"type": "x"}])
def test_a_creator_of_an_unknown_form_is_not_listed(world: Any, creator: object) -> None:
    payload = world.signed_assertion() | {"verification": {"type": "SignedBadge", "creator": creator}}
    assert found(run(world, world.sign(payload)), "issuer.binding") == ("fail", "legacy.key_not_listed")


@pytest.mark.parametrize("owner", [None, "https://evil.example/", {"id": "https://evil.example/"}, [ISSUER]])
def test_a_key_that_names_another_owner_fails(world: Any, owner: object) -> None:
    world.documents[KEY]["owner"] = owner
    assert found(run(world), "issuer.binding") == ("fail", "legacy.key_owner")


@pytest.mark.parametrize("owner", [ISSUER, {"id": ISSUER}])
def test_a_key_embedded_in_the_issuers_own_profile_is_used(world: Any, owner: object) -> None:
    world.issuer["publicKey"] = [world.documents.pop(KEY) | {"owner": owner}, "https://example.org/keys/2"]
    assert outcome(run(world)) is Outcome.PASS


def test_a_creator_may_be_an_object(world: Any) -> None:
    payload = world.signed_assertion() | {"verification": {"type": ["SignedBadge"], "creator": {"id": KEY}}}
    assert outcome(run(world, world.sign(payload))) is Outcome.PASS


def test_a_key_may_be_a_part_of_a_document(world: Any) -> None:
    fragment = "https://example.org/keys#1"
    key = world.documents.pop(KEY) | {"id": fragment}
    world.issuer["publicKey"] = fragment
    payload = world.signed_assertion() | {"verification": {"type": "signed", "creator": fragment}}
    token = world.sign(payload)
    world.documents["https://example.org/keys"] = {"id": "https://example.org/keys", "publicKey": ["x", key]}
    assert outcome(run(world, token)) is Outcome.PASS
    world.documents["https://example.org/keys"] = {"id": "https://example.org/keys"}
    assert found(run(world, token), "issuer.binding") == ("fail", "legacy.not_own_address")


def test_without_creator_the_only_listed_key_counts(world: Any) -> None:
    token = world.sign(world.signed_assertion() | {"verification": {"type": "SignedBadge"}})
    assert outcome(run(world, token)) is Outcome.PASS
    world.issuer["publicKey"] = [KEY, "https://example.org/keys/2"]
    assert found(run(world, token), "issuer.binding") == ("unknown", "legacy.key_ambiguous")
    world.issuer["publicKey"] = []
    assert found(run(world, token), "issuer.binding") == ("fail", "legacy.no_key")


@pytest.mark.parametrize(
    ("pem", "code"), [(None, "legacy.member_missing"), (7, "legacy.member_missing"), ("junk", "key.pem")]
)
def test_a_key_document_without_a_readable_key_fails(world: Any, pem: object, code: str) -> None:
    world.documents[KEY]["publicKeyPem"] = pem
    assert found(run(world), "issuer.binding") == ("fail", code)


def test_a_document_that_says_signed_and_has_no_signature_fails(world: Any) -> None:
    result = check(read_document(world.signed_assertion()), fetcher=world, now=world.now)
    assert found(result, "proof.signature") == ("fail", "legacy.no_signature")
    assert world.asked == []


def test_a_token_around_a_hosted_badge_fails(world: Any) -> None:
    assert found(run(world, world.sign(world.assertion)), "proof.signature") == ("fail", "legacy.hosted_in_token")


def test_a_revoked_badge_says_so_itself(world: Any) -> None:
    result = run(world, world.sign(world.signed_assertion() | {"revoked": True}))
    assert found(result, "status.revocation") == ("fail", "legacy.revoked")


@pytest.mark.parametrize(
    "entry",
    ["urn:uuid:1", {"id": "urn:uuid:1"}, {"uid": "u1"}, {"id": "urn:uuid:1", "revoked": True}, "u1",
     {"id": "urn:uuid:1", "revoked": "false"}],
    ids=str,
)  # fmt: skip
def test_a_listed_badge_is_revoked(world: Any, entry: object) -> None:
    world.documents[REVOKED]["revokedAssertions"] = ["urn:uuid:0", entry]
    result = run(world, world.sign(world.signed_assertion() | {"uid": "u1"}))
    assert found(result, "status.revocation") == ("fail", "legacy.revoked")
    assert outcome(result) is Outcome.FAIL


def test_the_reason_of_a_list_is_shown(world: Any) -> None:
    world.documents[REVOKED]["revokedAssertions"] = [{"id": "urn:uuid:1", "revocationReason": "A wrong name"}]
    assert "A wrong name" in run(world).checks[-1].detail


@pytest.mark.parametrize(
    "entry", ["urn:uuid:10", {"id": "urn:uuid:1", "revoked": False}, {"uid": "urn:uuid:2"}], ids=str
)
def test_a_badge_that_is_not_listed_is_not_revoked(world: Any, entry: object) -> None:
    world.documents[REVOKED]["revokedAssertions"] = [entry]
    assert outcome(run(world, world.sign(world.signed_assertion() | {"uid": ["strange"]}))) is Outcome.PASS


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"revokedAssertions": None}, "legacy.member_form"),
        ({"revokedAssertions": {}}, "legacy.member_form"),
        ({"revokedAssertions": [7]}, "legacy.member_form"),
        ({"revokedAssertions": [{}]}, "legacy.member_form"),
        ({"revokedAssertions": ["urn:uuid:1", None]}, "legacy.member_form"),
        ({"id": "https://example.org/other"}, "legacy.not_own_address"),
        ({"issuer": "https://evil.example/"}, "legacy.list_issuer"),
        ({"issuer": {"id": "https://evil.example/"}}, "legacy.list_issuer"),
    ],
    ids=str,
)
def test_v_st_1_a_list_that_cannot_be_used_leaves_the_status_unknown(
    world: Any, change: dict[str, object], code: str
) -> None:
    world.documents[REVOKED].update(change)
    result = run(world)
    assert found(result, "status.revocation") == ("unknown", code)
    assert outcome(result) is Outcome.UNKNOWN


@pytest.mark.parametrize("failure", [None, UnreachableError("network.gone", url=REVOKED), b"{"])
def test_v_st_1_a_list_that_cannot_be_had_leaves_the_status_unknown(world: Any, failure: object) -> None:
    world.documents[REVOKED] = failure
    assert found(run(world), "status.revocation")[0] == "unknown"


def test_v_st_1_a_list_without_an_address_leaves_the_status_unknown(world: Any) -> None:
    world.issuer["revocationList"] = {"type": "RevocationList", "revokedAssertions": []}
    assert found(run(world), "status.revocation") == ("unknown", "legacy.member_form")


def test_an_issuer_without_list_leaves_nothing_to_ask(world: Any) -> None:
    del world.issuer["revocationList"]
    result = run(world)
    assert found(result, "status.revocation") == ("skipped", "legacy.no_revocation_list")
    assert outcome(result) is Outcome.PASS
    assert "status.revocation" not in result.required


def test_an_expired_signed_badge_fails(world: Any) -> None:
    result = run(world, world.sign(world.signed_assertion() | {"expires": "2026-02-01T00:00:00Z"}))
    assert found(result, "validity.window") == ("fail", "legacy.expired")
    assert outcome(result) is Outcome.FAIL
