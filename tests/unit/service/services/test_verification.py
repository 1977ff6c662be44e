"""Checking badges here, and this site's own documents."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import Any

import pytest
import qrcode

from issuer_service.services.errors import InvalidError, NotFoundError
from issuer_service.services.records import AffiliateState
from issuer_service.services.site import Site
from openbadges import Outcome, Recipient
from openbadges.errors import LimitError, UnreachableError
from openbadges.testing import badge, fixed_key, sign, sign_token


@pytest.fixture
def award(kit: Any, riverside: Any, host: str) -> Any:
    return kit.award(riverside, host)


def fetch(kit: Any, path: str, *, most: int = 10**7) -> Any:
    return kit.services.documents.get(f"https://badges.example.org{path}", accept="*/*", max_bytes=most)


def test_own_documents_come_from_storage_and_never_over_the_network(kit: Any, riverside: Any, award: Any) -> None:
    slug = riverside.slug
    for path, key, value in (
        (f"/issuers/{slug}/did.json", "id", riverside.issuer_id),
        (f"/issuers/{slug}/jwks.json", "keys", None),
        (f"/status/{award.revocation_list_id}", "type", ["VerifiableCredential", "BitstringStatusListCredential"]),
        (f"/achievements/{award.achievement_id}", "name", "Edit-a-thon host"),
        (f"/achievements/{award.achievement_id}?lang=es", "name", "Edit-a-thon host"),
        (f"/b/{award.id}", "id", award.credential_id),
        (f"/b/{award.id}.json", "id", award.credential_id),
    ):
        document = json.loads(fetch(kit, path).body)
        assert key in document
        assert value is None or document[key] == value
    assert fetch(kit, f"/b/{award.id}.jwt").body.decode() == award.signed_jwt
    for path in (
        "/",
        "/issuers/none/did.json",
        "/issuers/x",
        "/status/none",
        "/status/a/b/c",
        "/b/none",
        "/other/x",
        "/b",
    ):
        with pytest.raises(UnreachableError) as caught:
            fetch(kit, path)
        assert caught.value.code == "network.status"
    assert kit.web.requests == []
    with pytest.raises(LimitError):
        fetch(kit, f"/b/{award.id}", most=10)
    kit.web.publish("https://elsewhere.example/x", {"a": 1})
    assert kit.services.documents.get("https://elsewhere.example/x", accept="*/*", max_bytes=99).body == b'{"a": 1}'


def test_erased_badge_is_gone_and_hidden_one_not_found(kit: Any, riverside: Any, award: Any) -> None:
    kit.services.receiving.erase_award(riverside.id, award.id)
    with pytest.raises(UnreachableError) as caught:
        fetch(kit, f"/b/{award.id}")
    assert caught.value.code == "network.gone"
    with pytest.raises(NotFoundError):
        kit.services.verification.verify_award(kit.services.awarding.get(riverside.id, award.id))


@pytest.mark.parametrize(
    ("base_url", "url", "path"),
    [
        ("https://a.example", "https://a.example/x?y#z", "/x"),
        ("https://a.example/", "HTTPS://A.Example:443/x", "/x"),
        ("https://a.example/badges", "https://a.example/badges/x", "/x"),
        ("https://a.example/badges", "https://a.example/badgesx", None),
        ("https://a.example", "https://a.example.org/x", None),
        ("https://a.example", "http://a.example/x", None),
        ("https://a.example", "https://a.example:8443/x", None),
        ("https://a.example", "https://[x/", None),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000/b/1", "/b/1"),
    ],
)
def test_own_addresses_are_recognised(base_url: str, url: str, path: str | None) -> None:
    assert Site(base_url=base_url).path_of(url) == path


def test_addresses_are_built_from_the_configuration_alone() -> None:
    site = Site(base_url="https://a.example/")
    assert site.is_https
    assert not Site(base_url="http://a.example").is_https
    assert [site.award_url("1"), site.recipient_url("2"), site.status_url("3"), site.issuer_url("4")] == [
        "https://a.example/b/1", "https://a.example/r/2", "https://a.example/status/3", "https://a.example/issuers/4",
    ]  # fmt: skip


# checking


def test_changed_badge_shows_nothing_as_true(kit: Any, award: Any) -> None:
    verdict = kit.services.verification.verify_bytes(
        award.signed_json.replace("Edit-a-thon host", "Site administrator")
    )
    assert verdict.report.verdict_code == "verdict.changed"
    assert verdict.document is None
    assert not verdict.is_known


def test_good_badge_of_an_unknown_issuer_passes_and_is_not_known(kit: Any) -> None:
    foreign = sign(badge())
    verdict = kit.services.verification.verify_text(f"  {foreign.text}\n")
    assert verdict.report.outcome is Outcome.PASS
    assert not verdict.is_known
    assert verdict.report.issuer["trusted"] is None
    assert verdict.document["name"] == "Edit-a-thon host"
    kit.services.known_issuers.add(fixed_key().did, "Riverside", user_id="op")
    assert kit.services.verification.verify_bytes(foreign.text.encode()).known.name == "Riverside"


def test_what_lies_around_an_enveloped_badge_is_not_shown(kit: Any) -> None:
    envelope = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["EnvelopedVerifiableCredential"],
        "id": f"data:application/vc+jwt,{sign_token(badge())}",
    }
    verdict = kit.services.verification.verify_bytes(json.dumps(envelope))
    assert verdict.report.outcome is Outcome.PASS
    assert verdict.document["name"] == "Edit-a-thon host"
    forged = kit.services.verification.verify_bytes(json.dumps({**envelope, "name": "Site administrator"}))
    assert forged.document is None or forged.document["name"] == "Edit-a-thon host"


def test_issuer_that_waits_for_approval_is_not_known(kit: Any, riverside: Any, award: Any) -> None:
    with kit.store.write() as work:
        work.save_affiliate(replace(riverside, state=AffiliateState.PENDING))
    assert not kit.services.verification.verify_award(award).is_known
    with kit.store.write() as work:
        work.save_affiliate(replace(riverside, state=AffiliateState.CLOSED))
    assert kit.services.verification.verify_award(award).is_known


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"{}", "nonsense", b"a.b.c", b"<svg/>", "\ud800"])
def test_nonsense_is_a_report_and_no_error(kit: Any, data: Any) -> None:
    assert kit.services.verification.verify_bytes(data).report.outcome is Outcome.FAIL


def test_badge_of_open_badges_2_is_checked(kit: Any) -> None:
    assertion = {
        "@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": "https://a.example/1",
        "recipient": {"type": "email", "hashed": False, "identity": "a@example.org"},
        "issuedOn": "2020-01-01T00:00:00Z",
        "badge": "https://a.example/badge", "verification": {"type": "HostedBadge"},
    }  # fmt: skip
    report = kit.services.verification.verify_bytes(json.dumps(assertion)).report
    assert report.format == "ob2-hosted"
    assert report.outcome is not Outcome.PASS
    issuer = {"@context": "https://w3id.org/openbadges/v2", "type": "Issuer", "id": "https://a.example/issuer",
              "name": "A",
              "url": "https://a.example/", "email": "a@a.example"}  # fmt: skip
    badge_class = {"@context": "https://w3id.org/openbadges/v2", "type": "BadgeClass", "id": "https://a.example/badge",
                   "name": "Host", "description": "x", "image": "https://a.example/i.png", "issuer": issuer["id"],
                   "criteria": {"narrative": "x"}}  # fmt: skip
    for document in (assertion, badge_class, issuer):
        kit.web.publish(document["id"], document)
    verdict = kit.services.verification.verify_bytes(json.dumps(assertion))
    assert verdict.report.outcome is Outcome.PASS
    assert verdict.document is None
    kit.services.known_issuers.add("https://a.example/issuer", "A", user_id="op")
    assert kit.services.verification.verify_bytes(json.dumps(assertion)).is_known


def test_address_of_a_badge_here_and_elsewhere(kit: Any, award: Any) -> None:
    check = kit.services.verification.verify_url
    for path in ("", ".json", ".jwt", "/verify", "/qr.svg", "?lang=es#top"):
        verdict = check(f" https://badges.example.org/b/{award.id}{path} ", recipient=Recipient("userName", "Ada"))
        assert verdict.report.outcome is Outcome.PASS
    assert kit.web.requests == []
    kit.web.publish("https://elsewhere.example/1", sign(badge()))
    assert check("https://elsewhere.example/1#x").report.outcome is Outcome.PASS


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("nonsense", "field.web_address"),
        ("file:///etc/passwd", "field.web_address"),
        ("http://elsewhere.example/1", "verify.not_https"),
        ("https://elsewhere.example/none", "verify.unreachable"),
        ("https://badges.example.org/b/none", "verify.nothing_here"),
        (f"https://badges.example.org/r/{'x' * 43}", "verify.nothing_here"),
    ],
)
def test_addresses_without_a_badge_say_why(kit: Any, url: str, code: str) -> None:
    with pytest.raises(InvalidError) as caught:
        kit.services.verification.verify_url(url)
    assert caught.value.problems[0].sentence.code == code


def test_photo_of_a_code_is_followed(kit: Any, award: Any) -> None:
    out = io.BytesIO()
    qrcode.make(kit.services.site.award_url(award.id)).get_image().convert("RGB").save(out, "JPEG")
    assert kit.services.verification.verify_file(out.getvalue()).report.outcome is Outcome.PASS
    out = io.BytesIO()
    qrcode.make(f"https://badges.example.org/b/{award.id}").get_image().save(out, "PNG")
    assert kit.services.verification.verify_file(out.getvalue()).report.outcome is Outcome.PASS
    with pytest.raises(InvalidError):
        kit.services.verification.verify_file(b"RIFF\0\0\0\0WEBPnonsense")


def test_files_are_told_by_their_content(kit: Any, award: Any) -> None:
    check = kit.services.verification.verify_file
    assert check(award.signed_jwt.encode()).document["id"] == award.credential_id
    assert check(b"\x89PNG\r\n\x1a\nbroken").report.outcome is Outcome.FAIL
