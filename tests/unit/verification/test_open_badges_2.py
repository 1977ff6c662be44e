"""Open Badges 2.0 in the same report: only what was fetched or signed is shown (V-NET-4)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from openbadges import AnyIssuer, NotVerifiedError, Outcome, Recipient, TrustedIssuers, Verifier, baking
from openbadges.proofs import jws
from openbadges.testing import FIXED_NOW, FakeWeb, FixedClock, fixed_key

CONTEXT = "https://w3id.org/openbadges/v2"
ASSERTION = "https://example.org/assertions/1"
BADGE = "https://example.org/badges/host"
ISSUER = "https://example.org/issuer"
KEY_URL = "https://example.org/keys/1"
RSA = fixed_key("RSA")


def assertion(**members: Any) -> dict[str, Any]:
    document = {
        "@context": CONTEXT,
        "id": ASSERTION,
        "type": "Assertion",
        "recipient": {"type": "email", "hashed": False, "identity": "ana@example.org"},
        "badge": BADGE,
        "verification": {"type": "HostedBadge"},
        "issuedOn": "2026-01-10T12:00:00Z",
        **members,
    }
    return {name: value for name, value in document.items() if value is not None}


@pytest.fixture
def web() -> FakeWeb:
    made = FakeWeb()
    made.publish(ASSERTION, assertion())
    made.publish(
        BADGE,
        {
            "@context": CONTEXT,
            "id": BADGE,
            "type": "BadgeClass",
            "name": "Edit-a-thon host",
            "description": "Hosts.",
            "image": "https://example.org/i.png",
            "criteria": "https://example.org/c",
            "issuer": ISSUER,
        },
    )
    made.publish(
        ISSUER,
        {
            "@context": CONTEXT,
            "id": ISSUER,
            "type": "Issuer",
            "name": "Riverside User Group",
            "url": "https://example.org/",
            "email": "hello@example.org",
            "publicKey": KEY_URL,
        },
    )
    key = {"@context": CONTEXT, "id": KEY_URL, "type": "CryptographicKey", "owner": ISSUER}
    made.publish(KEY_URL, {**key, "publicKeyPem": RSA.public_key.to_pem().decode()})
    return made


def signed() -> str:
    body = assertion(id="urn:uuid:1", verification={"type": "SignedBadge", "creator": KEY_URL})
    return jws.sign({}, json.dumps(body).encode(), RSA)


def verifier(web: FakeWeb) -> Verifier:
    return Verifier(fetcher=web, clock=FixedClock())


def test_a_hosted_badge_in_the_same_report(web: FakeWeb) -> None:
    report = verifier(web).check(assertion(), policy=AnyIssuer())
    assert report.outcome is Outcome.PASS
    assert report.verdict == "This badge is genuine and valid today."
    assert (report.format, report.container) == ("ob2-hosted", "json")
    assert report.credential == {
        "id": ASSERTION, "type": ["Assertion"], "name": "Edit-a-thon host", "valid_from": "2026-01-10T12:00:00Z",
        "valid_until": None,
    }  # fmt: skip
    assert report.issuer == {"id": ISSUER, "name": "Riverside User Group", "trusted": None}
    assert report.key is None
    assert report.at == FIXED_NOW


def test_v_net_4_only_what_the_address_answers_is_shown(web: FakeWeb) -> None:
    forged = assertion(
        recipient={"type": "email", "hashed": False, "identity": "eve@example.org"}, expires="2099-01-01T00:00:00Z"
    )
    verified = verifier(web).verify(forged, policy=AnyIssuer())
    assert verified.document["recipient"]["identity"] == "ana@example.org"
    assert "expires" not in verified.document
    assert json.loads(verified.secured.text) == verified.document


def test_a_signed_badge_in_the_same_report(web: FakeWeb) -> None:
    report = verifier(web).check(signed(), policy=TrustedIssuers([ISSUER]))
    assert report.outcome is Outcome.PASS, [one.detail for one in report.checks]
    assert (report.format, report.container) == ("ob2-signed", "jwt")
    assert report.key == {"id": KEY_URL, "algorithm": "RS256"}
    assert report.of("issuer.trust")[0].outcome is Outcome.PASS
    verified = verifier(web).verify(signed(), policy=AnyIssuer())
    assert verified.secured.text == signed()
    assert verified.document["id"] == "urn:uuid:1"


def test_trust_recipient_and_offline(web: FakeWeb) -> None:
    stranger = verifier(web).check(assertion(), policy=TrustedIssuers(["https://other.example"]))
    assert stranger.outcome is Outcome.FAIL
    assert "is not one of those you trust" in stranger.verdict
    ana, eve = Recipient("emailAddress", "ana@example.org"), Recipient("emailAddress", "eve@example.org")
    assert verifier(web).check(assertion(), policy=AnyIssuer(), recipient=ana).outcome is Outcome.PASS
    assert verifier(web).check(assertion(), policy=AnyIssuer(), recipient=eve).outcome is Outcome.FAIL
    offline = Verifier.offline(clock=FixedClock())
    report = offline.check(assertion(), policy=AnyIssuer(), recipient=ana)
    assert report.outcome is Outcome.UNKNOWN
    assert report.credential is None
    assert report.issuer is None
    with pytest.raises(NotVerifiedError):
        offline.verify(assertion(), policy=AnyIssuer())


def test_revoked_and_expired_badges_get_the_same_sentences(web: FakeWeb) -> None:
    web.publish(ASSERTION, assertion(expires="2026-05-03T00:00:00Z"))
    expired = verifier(web).check(assertion(), policy=AnyIssuer())
    assert expired.outcome is Outcome.FAIL
    assert expired.verdict == "Genuine, but it expired on 3 May 2026."
    web.publish(ASSERTION, assertion(issuedOn="2027-05-03T00:00:00Z"))
    assert verifier(web).check(assertion(), policy=AnyIssuer()).verdict == "Genuine, but not valid before 3 May 2027."
    web.publish(ASSERTION, assertion(revoked=True))
    revoked = verifier(web).check(assertion(), policy=AnyIssuer())
    assert revoked.outcome is Outcome.FAIL
    assert revoked.verdict == "Genuine, but the issuer withdrew it."


def test_a_name_that_is_no_text_is_not_shown(web: FakeWeb) -> None:
    body = json.loads(web.get(BADGE, accept="*/*", max_bytes=10_000).body)
    web.publish(BADGE, {**body, "name": ["Host"]})
    report = verifier(web).check(assertion(), policy=AnyIssuer())
    assert report.credential is not None
    assert report.credential["name"] is None


@pytest.mark.parametrize("container", ["png", "svg"])
def test_baked_badges_of_version_2(container: str, web: FakeWeb) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="http://openbadges.org">{}</svg>'
    baked = {
        "svg": svg.format(f'<openbadges:assertion verify="{signed()}"/>').encode(),
        "png": _png(json.dumps(assertion())),
    }[container]
    report = verifier(web).check(baked, policy=AnyIssuer())
    assert report.outcome is Outcome.PASS, report.verdict
    assert report.container == container
    assert verifier(web).check(_png(ASSERTION), policy=AnyIssuer()).outcome is Outcome.PASS


def _png(text: str) -> bytes:
    import struct
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    badge = chunk(b"iTXt", b"openbadges\0\0\0\0\0" + text.encode())
    return b"\x89PNG\r\n\x1a\n" + head + badge + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("given", "outcome"),
    [
        (assertion(type="BadgeClass"), "fail"),
        (assertion(verification={"type": "https://example.org/types#Other"}), "unknown"),
        (assertion(**{"@context": [CONTEXT, {"name": "https://example.org/x"}]}), "unknown"),
        (assertion(id=5), "fail"),
        (_png("no badge at all"), "fail"),
        (_png("http://example.org/a"), "fail"),
        (_png("aaaa.bbbb.cccc"), "fail"),
        (_png("eyJhbGciOiJSUzI1NiJ9.e30.AAAA"), "fail"),
    ],
)
def test_what_cannot_be_read_ends_in_a_report(given: Any, outcome: str, web: FakeWeb) -> None:
    report = verifier(web).check(given, policy=AnyIssuer())
    assert report.outcome.value == outcome
    assert web.requests == []
    assert baking.container_of(b"{}") is None


def test_a_credential_that_also_names_the_old_context_is_a_credential(web: FakeWeb) -> None:
    from openbadges.testing import badge

    document = badge()
    document["@context"].append(CONTEXT)
    report = verifier(web).check(document, policy=AnyIssuer())
    assert report.format == "data-integrity"
