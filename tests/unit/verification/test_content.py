"""Schema, rules between members, declared schemas, linked digests, recipients and dates (V-REC-1, V-PAR-2, V-NET-3)."""

from __future__ import annotations

import base64
import copy
import hashlib
import re
from typing import Any

import pytest

from openbadges import AnyIssuer, IdentityObject, Limits, Outcome, Recipient, Verifier
from openbadges.contexts import PINNED
from openbadges.encoding.base import encode_base64url, encode_multibase
from openbadges.errors import ConfigurationError, IssuingError
from openbadges.limits import DEFAULT_LIMITS
from openbadges.models.identity import identity_hash
from openbadges.testing import (
    FIXED_NOW,
    FakeWeb,
    FixedClock,
    add_proof,
    badge,
    endorsement,
    fixed_key,
    sign,
)

VC, OB = badge()["@context"]
SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"


def edited(path: str, value: Any) -> dict[str, Any]:
    document = badge()
    *steps, last = path.split("/")
    place = document
    for step in steps:
        place = place[step]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return document


@pytest.mark.parametrize(
    "document",
    [
        edited("credentialSubject/achievement/criteria", None),
        edited("credentialSubject/achievement/creditsAvailable", "2"),
        edited("credentialSubject/achievement/name", ["Host"]),
        edited("issuer/type", None),
        edited("validFrom", None),
        edited("credentialSubject/achievement/achievementType", "Medal"),
        edited("credentialSubject/id", None),
        edited("credentialSubject/result", [{"type": ["Result"], "resultDescription": "urn:x:1"}]),
        endorsement(about="urn:x:1", issuer=fixed_key().did, name=None),
    ],
)
def test_what_the_schema_or_a_rule_refuses_fails(document: dict[str, Any], check: Any) -> None:
    report = check(add_proof(document))
    assert report.outcome is Outcome.FAIL
    [conformance] = report.of("schema.conformance") or [None]
    if conformance is not None:
        assert conformance.outcome is Outcome.FAIL
        assert conformance.params["problems"]
        assert conformance.params["pointer"].startswith("/")
    thing = "endorsement" if "EndorsementCredential" in document["type"] else "badge"
    expected = {f"Signed, but not a valid {thing}.", "This could not be read as a badge."}
    assert report.verdict in expected


def test_v_net_3_declared_schemas_are_built_in_and_never_fetched(check: Any, web: Any, found: Any) -> None:
    declared = badge(credentialSchema=[{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}])
    declared["@context"].append(EXTENSIONS)
    report = check(sign(declared))
    assert report.outcome is Outcome.PASS
    assert found(report, "schema.declared") == [("pass", "schema.declared_good")]
    other = copy.deepcopy(declared)
    other["credentialSchema"].append({"id": "https://other.example/s.json", "type": "1EdTechJsonSchemaValidator2019"})
    report = check(add_proof(other))
    assert report.outcome is Outcome.UNKNOWN
    assert found(report, "schema.declared") == [("unknown", "schema.declared_unknown")]
    foreign = badge(credentialSchema={"id": "https://other.example/s.json", "type": "https://example.org/types#Schema"})
    assert found(check(sign(foreign)), "schema.declared") == []
    del declared["@context"][-1]  # so no context defines this kind of schema
    report = check(add_proof(declared, suite="eddsa-jcs-2022"))
    assert report.outcome is Outcome.UNKNOWN
    assert found(report, "contexts.known") == [("unknown", "context.missing_for_type")]
    assert report.reason == (
        "No context of this document defines the type “1EdTechJsonSchemaValidator2019”, so it is not certain what is "
        f"meant. The context {EXTENSIONS} defines it: whoever issues the document has to add that to “@context” and "
        "sign again."
    )
    with pytest.raises(IssuingError, match=re.escape(EXTENSIONS)):
        sign(declared)
    declared["credentialSchema"][0]["type"] = "OtherValidator"  # which nothing carried here defines
    report = check(add_proof(declared, suite="eddsa-jcs-2022"))
    assert found(report, "contexts.known") == [("unknown", "schema.type_unknown")]
    assert web.requests == []


def test_an_unlisted_member_has_its_plain_form(check: Any) -> None:
    document = edited("credentialSubject/name", ["Ana"])
    report = check(add_proof(document))
    assert report.error is not None
    assert report.error.code == "shape.one_item_list"
    assert report.error.pointer == "/credentialSubject/name"


def test_members_of_other_specifications_are_not_noted(check: Any) -> None:
    document = badge(termsOfUse=[{"id": "urn:x:1", "type": "https://example.org/types#T", "name": "Terms"}])
    assert check(sign(document)).notes == ()


# --- linked files ------------------------------------------------------------------------------------------------


def related(**resource: Any) -> dict[str, Any]:
    return add_proof(badge(relatedResource=[{"id": VC, **resource}]))


SHA256 = bytes.fromhex(PINNED[VC].sha256[0])
SHA384 = bytes.fromhex(PINNED[VC].sha384[0])


SHA512 = bytes(64)
PICTURE_URL = "https://badges.example.org/picture.png"
PICTURE = b"picture"


def sri(algorithm: str, data: bytes = PICTURE) -> str:
    return f"{algorithm}-{base64.b64encode(hashlib.new(algorithm, data).digest()).decode()}"


def multihash(code: int, digest: bytes) -> str:
    return "u" + encode_base64url(bytes((code, len(digest))) + digest)


@pytest.mark.parametrize(
    ("digests", "code"),
    [
        ({"digestMultibase": "u" + encode_base64url(SHA256)}, "related.good"),
        ({"digestMultibase": multihash(0x12, SHA256)}, "related.good"),
        ({"digestMultibase": multihash(0x20, SHA384)}, "related.good"),
        ({"digestMultibase": encode_multibase(SHA256)}, "related.good"),
        ({"digestSRI": "sha384-" + base64.b64encode(SHA384).decode()}, "related.good"),
        ({"digestSRI": "sha256-" + base64.b64encode(SHA256).decode()}, "related.good"),
        ({"digestMultibase": multihash(0x13, SHA512)}, "related.not_fetched"),
        ({"digestMultibase": "u" + encode_base64url(bytes(32))}, "related.changed"),
        ({"digestMultibase": "u" + encode_base64url(SHA256), "digestSRI": sri("sha256")}, "related.changed"),
    ],
)
def test_the_digest_of_a_pinned_context_is_compared(digests: dict[str, Any], code: str, check: Any) -> None:
    report = check(related(**digests))
    assert [one.code for one in report.of("related.digest")] == [code]
    assert report.outcome is (Outcome.FAIL if code == "related.changed" else Outcome.PASS)
    if code == "related.changed":
        assert report.verdict == "Genuine, but a file that belongs to it was changed."


def test_v_net_3_other_files_are_not_fetched_to_be_compared(check: Any, web: Any, found: Any) -> None:
    web.publish(PICTURE_URL, b"another picture")
    document = badge(relatedResource=[{"id": PICTURE_URL, "digestSRI": sri("sha384")}])
    report = check(add_proof(document))
    assert report.outcome is Outcome.PASS
    assert found(report, "related.digest") == [("skipped", "related.not_fetched")]
    assert report.of("related.digest")[0].params == {"count": 1}
    assert web.requests == []


class HandedOver(FakeWeb):
    """A web whose pages were handed over, so that asking for them tells nobody anything."""

    def __init__(self) -> None:
        super().__init__()
        self.accepted: list[tuple[str, int]] = []

    def holds(self, url: str) -> bool:
        return url == PICTURE_URL

    def get(self, url: str, *, accept: str, max_bytes: int, redirects: int | None = None) -> Any:
        self.accepted.append((accept, max_bytes))
        return super().get(url, accept=accept, max_bytes=max_bytes, redirects=redirects)


@pytest.mark.parametrize(
    ("digests", "outcome", "code"),
    [
        ({"digestSRI": sri("sha256")}, "pass", "related.good"),
        ({"digestSRI": [sri("sha384"), sri("sha512")]}, "pass", "related.good"),
        ({"digestMultibase": multihash(0x13, hashlib.sha512(PICTURE).digest())}, "pass", "related.good"),
        ({"digestMultibase": encode_multibase(hashlib.sha384(PICTURE).digest())}, "pass", "related.good"),
        ({"digestMultibase": multihash(0x16, bytes(32)), "digestSRI": sri("sha256")}, "pass", "related.good"),
        ({"digestSRI": sri("sha256", b"other")}, "fail", "related.changed"),
        ({"digestSRI": [sri("sha256"), sri("sha384", b"other")]}, "fail", "related.changed"),
        ({"digestMultibase": multihash(0x12, hashlib.sha384(PICTURE).digest()[:32])}, "fail", "related.changed"),
        ({"digestMultibase": multihash(0x16, bytes(32))}, "unknown", "related.algorithm"),
    ],
)
def test_a_file_that_was_handed_over_is_compared_and_decides(digests: Any, outcome: str, code: str) -> None:
    web = HandedOver()
    web.publish(PICTURE_URL, PICTURE)
    verifier = Verifier(fetcher=web, clock=FixedClock())
    resource = {"id": PICTURE_URL, "mediaType": "image/png", **digests}
    other = {"id": PICTURE_URL + "?2", "digestSRI": sri("sha256")}
    for listed, expected in ((resource, code), ([other, resource], code)):
        report = verifier.check(add_proof(badge(relatedResource=listed)), policy=AnyIssuer())
        (found,) = report.of("related.digest")
        if expected == "related.good" and isinstance(listed, list):
            assert (found.code, report.outcome) == ("related.not_fetched", Outcome.PASS)
        else:
            assert (found.outcome.value, found.code, report.outcome.value) == (outcome, expected, outcome)
    assert set(web.accepted) <= {("image/png", DEFAULT_LIMITS.png_bytes)}
    assert set(web.requests) <= {PICTURE_URL}


def test_a_file_that_was_handed_over_and_cannot_be_read_is_unknown() -> None:
    web = HandedOver()
    verifier = Verifier(fetcher=web, clock=FixedClock(), limits=Limits(png_bytes=6))
    signed = add_proof(badge(relatedResource={"id": PICTURE_URL, "digestSRI": sri("sha256")}))
    report = verifier.check(signed, policy=AnyIssuer())
    assert (report.outcome, report.of("related.digest")[0].code) == (Outcome.UNKNOWN, "network.status")
    assert report.verdict == "We could not check a file that belongs to it."
    web.publish(PICTURE_URL, PICTURE)
    report = verifier.check(signed, policy=AnyIssuer())
    assert (report.outcome, report.of("related.digest")[0].code) == (Outcome.UNKNOWN, "network.body_too_large")


@pytest.mark.parametrize(
    "resource",
    [
        {},
        {"digestSRI": "sha256-!!"},
        {"digestSRI": "md5-AAAA"},
        {"digestSRI": "sha256-AAAA"},
        {"digestSRI": "sha256-" + base64.b64encode(SHA384).decode()},
        {"digestSRI": "sha256" + base64.b64encode(SHA256).decode()},
        {"digestMultibase": "u!"},
        {"digestMultibase": "u" + encode_base64url(bytes(31))},
        {"digestMultibase": multihash(0x12, bytes(20))},
        {"digestMultibase": "u" + "A" * 300},
        {"digestMultibase": 1},
        {"digestSRI": sri("sha256"), "mediaType": 5},
    ],
)
def test_a_malformed_digest_is_an_error(resource: dict[str, Any], check: Any) -> None:
    report = check(add_proof(badge(relatedResource=[{"id": VC, **resource}]), suite="eddsa-jcs-2022"))
    assert report.outcome is Outcome.FAIL
    assert report.error is not None


def test_a_resource_stands_once_and_has_an_id(check: Any) -> None:
    digest = "u" + encode_base64url(SHA256)
    twice = [{"id": VC, "digestMultibase": digest}, {"id": VC, "digestMultibase": multihash(0x12, SHA256)}]
    for value in (twice, [{"digestMultibase": digest}], {"digestMultibase": digest}):
        report = check(add_proof({**badge(), "type": ["VerifiableCredential"], "relatedResource": value}), profile="vc")
        assert report.error is not None, value
        assert report.error.code == "related.malformed"


# --- recipients --------------------------------------------------------------------------------------------------


def given_to(**identity: Any) -> Any:
    document = badge()
    document["credentialSubject"]["identifier"] = [
        {"type": "IdentityObject", "identityType": "emailAddress", **identity}
    ]
    return sign(document)


MAIL = "Ana@Example.org"
LOWER = identity_hash(MAIL.lower(), "s")


@pytest.mark.parametrize(
    ("identity", "value", "code"),
    [
        ({"hashed": False, "identityHash": MAIL}, MAIL, "recipient.identifier"),
        ({"hashed": False, "identityHash": MAIL.lower()}, MAIL, "recipient.identifier_lower"),
        ({"hashed": False, "identityHash": MAIL}, MAIL.lower(), "recipient.no_match"),
        ({"hashed": True, "identityHash": identity_hash(MAIL, "s"), "salt": "s"}, MAIL, "recipient.identifier"),
        ({"hashed": True, "identityHash": LOWER, "salt": "s"}, MAIL, "recipient.identifier_lower"),
        ({"hashed": True, "identityHash": identity_hash(MAIL, "s"), "salt": "t"}, MAIL, "recipient.no_match"),
        ({"hashed": True, "identityHash": identity_hash(MAIL, "s").upper().replace("SHA", "sha"), "salt": "s"}, MAIL,
         "recipient.identifier"),
        ({"hashed": True, "identityHash": identity_hash(MAIL, "")}, MAIL, "recipient.weak_hash"),
        ({"hashed": True, "identityHash": "md5$" + "0" * 32, "salt": "s"}, MAIL, "recipient.weak_hash"),
        ({"hashed": False, "identityHash": MAIL, "identityType": "name"}, MAIL, "recipient.no_match"),
    ],
)  # fmt: skip
def test_v_rec_1_only_salted_sha_256_and_plain_text_match(
    identity: dict[str, Any], value: str, code: str, check: Any, found: Any
) -> None:
    report = check(given_to(**identity), recipient=Recipient("emailAddress", value))
    outcome = "pass" if code in ("recipient.identifier", "recipient.identifier_lower") else "fail"
    assert found(report, "recipient.match") == [(outcome, code)]
    assert report.outcome.value == outcome


def test_v_rec_1_values_are_compared_in_constant_time(check: Any, monkeypatch: Any) -> None:
    compared: list[bytes] = []

    def constant(one: bytes, other: bytes) -> bool:
        compared.extend((one, other))
        return one == other

    monkeypatch.setattr("openbadges.verification.checks.recipient.hmac.compare_digest", constant)
    for identity in (
        {"hashed": False, "identityHash": "other@example.org"},
        {"hashed": True, "identityHash": identity_hash("other@example.org", "s"), "salt": "s"},
    ):
        compared.clear()
        check(given_to(**identity), recipient=Recipient("emailAddress", MAIL))
        assert str(identity["identityHash"]).encode() in compared
    check(sign(badge()), recipient=Recipient("id", badge()["credentialSubject"]["id"]))
    assert badge()["credentialSubject"]["id"].encode() in compared


def test_v_rec_1_a_salted_hash_of_an_address_is_found_by_guessing() -> None:
    """Why people who have to stay unknown get a random id of their own: the salt stands in the badge (decision 13)."""
    shown = IdentityObject.hashed_of("emailAddress", "member-7312@example.org")
    guesses = (f"member-{number}@example.org" for number in range(10_000))
    assert next(guess for guess in guesses if identity_hash(guess, shown.salt) == shown.identity_hash) == (
        "member-7312@example.org"
    )


def test_v_rec_1_lower_case_is_tried_for_addresses_only(check: Any) -> None:
    signed = given_to(hashed=False, identityHash="ana", identityType="userName")
    assert check(signed, recipient=Recipient("userName", "Ana")).outcome is Outcome.FAIL
    assert check(signed, recipient=Recipient("userName", "ana")).outcome is Outcome.PASS


def test_recipients_are_read_from_text() -> None:
    assert Recipient.parse("emailAddress:a@example.org") == Recipient("emailAddress", "a@example.org")
    assert Recipient.parse("id:did:key:z6Mk") == Recipient("id", "did:key:z6Mk")
    assert Recipient.parse("did:key:z6Mk") == Recipient("id", "did:key:z6Mk")
    for text in ("a@example.org", ":x", "name:"):
        with pytest.raises(ConfigurationError, match="TYPE:VALUE"):
            Recipient.parse(text)


@pytest.mark.parametrize(
    "subject",
    [{"id": "urn:x:1"}, {"id": "urn:x:1", "identifier": ["a", {"identityType": "name", "identityHash": 1}]}, "urn:x"],
)
def test_subjects_of_other_credentials_match_nobody(subject: Any) -> None:
    from openbadges.verification.checks.recipient import check_recipient

    assert check_recipient(subject, Recipient("name", "Ana")).outcome is Outcome.FAIL
    assert check_recipient(subject, Recipient("id", "urn:x:2")).outcome is Outcome.FAIL


# --- dates -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [
        ("2026-01-15T09:00:00Z", None, "validity.no_end"),
        ("2026-01-15T09:00:00Z", "2026-11-22T12:00:00Z", "validity.good"),
        ("2026-01-15T09:00:00Z", "2026-11-22T11:59:59Z", "validity.expired"),
        ("2026-11-22T12:01:00Z", None, "validity.no_end"),
        ("2026-11-22T12:01:01Z", None, "validity.not_yet"),
        ("2026-01-15T09:00:00+14:00", "9999-12-31T23:59:59Z", "validity.good"),
    ],
)
def test_validity_is_judged_at_one_instant(start: str, end: Any, code: str, check: Any) -> None:
    report = check(sign(badge(validFrom=start, validUntil=end)))
    assert [one.code for one in report.of("validity.window")] == [code]
    assert report.outcome is (Outcome.PASS if code in ("validity.good", "validity.no_end") else Outcome.FAIL)


def test_a_badge_that_has_not_begun_says_when(check: Any) -> None:
    assert (
        check(sign(badge(validFrom="2027-01-02T00:00:00Z"))).verdict == "Genuine, but not valid before 2 January 2027."
    )


@pytest.mark.parametrize(
    "end", ["never", "2026-02-30T00:00:00Z", "2030-01-01T00:00:00", "2026-W01-1", "2030", "2" * 50]
)
def test_v_par_2_a_bad_end_is_never_no_end(end: str, check: Any) -> None:
    for name in ("validUntil", "validFrom"):
        report = check(add_proof(badge(**{name: end})))
        assert report.outcome is Outcome.FAIL
        assert report.of("validity.window") == () or report.of("validity.window")[0].outcome is not Outcome.PASS


def test_v_par_2_dates_of_documents_that_no_schema_looked_at() -> None:
    from openbadges.contexts import PinnedContexts
    from openbadges.limits import DEFAULT_LIMITS
    from openbadges.ports import NoNetwork
    from openbadges.verification.checks.dates import check_validity
    from openbadges.verification.inquiry import Inquiry

    inquiry = Inquiry(now=FIXED_NOW, fetcher=NoNetwork(), contexts=PinnedContexts(), limits=DEFAULT_LIMITS)
    for members, code in (
        ({"validUntil": 5}, "date.not_text"),
        ({"validUntil": "soon"}, "date.form"),
        ({"validFrom": "2026-02-01T00:00:00Z", "validUntil": "2026-01-01T00:00:00Z"}, "validity.end_before_start"),
        (
            {"@context": "https://www.w3.org/2018/credentials/v1", "expirationDate": "2025-01-01T00:00:00Z"},
            "validity.expired",
        ),
        ({}, "validity.no_end"),
    ):
        assert check_validity(members, inquiry).code.startswith(code.partition(".")[0]), members
        assert (check_validity(members, inquiry).outcome is Outcome.PASS) is (code == "validity.no_end")
