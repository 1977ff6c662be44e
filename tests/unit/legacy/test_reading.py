from __future__ import annotations

from typing import Any

import pytest

from openbadges.errors import MalformedError, OpenBadgesError, RefusedError, UnsupportedError
from openbadges.legacy import BadgeClass, Issuer, is_legacy, read_document, read_token, read_url

CONTEXT = "https://w3id.org/openbadges/v2"


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({"@context": CONTEXT}, True),
        ({"@context": [CONTEXT, "https://example.org/ext"]}, True),
        ({"@context": ["https://www.w3.org/ns/credentials/v2", CONTEXT]}, False),
        ({"@context": ["https://www.w3.org/2018/credentials/v1", CONTEXT]}, False),
        ({"@context": "https://w3id.org/openbadges/v1"}, False),
        ({"@context": {"a": CONTEXT}}, False),
        ({"type": "Assertion"}, False),
        ([CONTEXT], False),
        ("x", False),
    ],
)
def test_a_badge_is_known_by_its_context(document: object, expected: bool) -> None:
    assert is_legacy(document) is expected


def test_a_hosted_document_is_read(world: Any) -> None:
    badge = read_document(world.assertion)
    assert (badge.format, badge.id, badge.token) == ("ob2-hosted", "https://example.org/assertions/1", None)
    assert badge.assertion is not None
    assert badge.assertion.document == world.assertion


@pytest.mark.parametrize("types", ["hosted", ["HostedBadge", "extensions:X"], "HostedBadge"])
def test_verify_is_the_old_name_of_verification(world: Any, types: object) -> None:
    del world.assertion["verification"]
    world.assertion["verify"] = {"type": types}
    assert read_document(world.assertion).format == "ob2-hosted"


def test_verification_wins_over_its_old_name(world: Any) -> None:
    world.assertion["verify"] = {"type": "hosted"}
    world.assertion["verification"] = {"type": "SignedBadge"}
    assert read_document(world.assertion).format == "ob2-signed"


def test_a_revoked_badge_may_have_lost_the_rest() -> None:
    document = {"@context": CONTEXT, "id": "https://example.org/1", "revoked": True}
    assert read_document(document).id == "https://example.org/1"


@pytest.mark.parametrize(
    ("change", "kind", "code", "pointer"),
    [
        ({"id": None}, MalformedError, "legacy.member_missing", "/id"),
        ({"id": ""}, MalformedError, "legacy.member_missing", "/id"),
        ({"id": 7}, MalformedError, "legacy.member_form", "/id"),
        ({"type": "BadgeClass"}, MalformedError, "legacy.not_assertion", "/type"),
        ({"type": None}, MalformedError, "legacy.not_assertion", "/type"),
        ({"@context": "https://example.org/"}, MalformedError, "legacy.context", "/@context"),
        ({"@context": [CONTEXT, {"badge": "x:y"}]}, UnsupportedError, "legacy.inline_context", "/@context"),
        ({"@context": [CONTEXT, 7]}, UnsupportedError, "legacy.inline_context", "/@context"),
        ({"recipient": None}, MalformedError, "legacy.member_missing", "/recipient"),
        ({"recipient": "a@example.com"}, MalformedError, "legacy.member_form", "/recipient"),
        ({"recipient": {"type": "email", "hashed": "yes", "identity": "x"}},
         MalformedError, "legacy.member_form", "/recipient"),
        ({"recipient": {"type": "email", "hashed": True}}, MalformedError, "legacy.member_form", "/recipient"),
        ({"recipient": {"hashed": True, "identity": "x"}}, MalformedError, "legacy.member_form", "/recipient"),
        ({"recipient": {"type": "email", "hashed": True, "identity": "x", "salt": 1}},
         MalformedError, "legacy.member_form", "/recipient"),
        ({"badge": []}, MalformedError, "legacy.member_missing", "/badge"),
        ({"badge": 7}, MalformedError, "legacy.member_form", "/badge"),
        ({"badge": [[]]}, MalformedError, "legacy.member_form", "/badge"),
        ({"badge": ["https://a.example/", "https://b.example/"]}, MalformedError, "legacy.member_form", "/badge"),
        ({"badge": {"type": "BadgeClass"}}, MalformedError, "legacy.member_form", "/badge"),
        ({"badge": {"id": 7, "name": "x"}}, MalformedError, "legacy.member_form", "/badge"),
        ({"issuedOn": None}, MalformedError, "legacy.member_missing", "/issuedOn"),
        ({"issuedOn": 1262304000}, MalformedError, "legacy.member_form", "/issuedOn"),
        ({"expires": 1262304000}, MalformedError, "legacy.member_form", "/expires"),
        ({"verification": None}, MalformedError, "legacy.member_missing", "/verification"),
        ({"verification": "hosted"}, MalformedError, "legacy.member_form", "/verification"),
        ({"verification": {"type": "Blockchain"}}, UnsupportedError, "legacy.verification_type", "/verification/type"),
        ({"verification": {"type": ["hosted", "signed"]}},
         UnsupportedError, "legacy.verification_type", "/verification/type"),
    ],
    ids=str,
)  # fmt: skip
def test_a_member_that_cannot_be_read_is_named(
    world: Any, change: dict[str, object], kind: type[OpenBadgesError], code: str, pointer: str
) -> None:
    with pytest.raises(kind) as caught:
        read_document(world.assertion | change)
    assert (caught.value.code, caught.value.pointer) == (code, pointer)
    assert "{" not in caught.value.detail


def test_a_language_of_its_own_is_no_foreign_context(world: Any) -> None:
    world.assertion["@context"] = [CONTEXT, {"@language": "de"}]
    assert read_document(world.assertion).format == "ob2-hosted"


def test_no_verification_at_all_is_named_by_its_new_name(world: Any) -> None:
    del world.assertion["verification"]
    with pytest.raises(MalformedError) as caught:
        read_document(world.assertion)
    assert caught.value.params["member"] == "verification"


def test_an_embedded_object_and_a_mere_reference_are_told_apart(world: Any) -> None:
    badge_class = BadgeClass(world.badge)
    assert badge_class.issuer.embedded is None
    reference = BadgeClass(world.badge | {"issuer": {"id": "https://example.org/i", "type": "Issuer"}}).issuer
    assert (reference.id, reference.embedded) == ("https://example.org/i", None)
    assert BadgeClass(world.badge | {"issuer": world.issuer}).issuer.embedded == world.issuer


def test_what_an_issuer_says_about_verification_is_an_object() -> None:
    assert Issuer({}).verification == {}
    with pytest.raises(MalformedError):
        _ = Issuer({"verification": ["x"]}).verification


def test_a_signed_badge_is_read_from_its_token(world: Any) -> None:
    badge = read_token(world.sign(world.signed_assertion()))
    assert badge is not None
    assert (badge.format, badge.id) == ("ob2-signed", "urn:uuid:1")


def test_a_token_of_something_else_is_left_to_others(world: Any) -> None:
    assert read_token(world.sign({"@context": ["https://www.w3.org/ns/credentials/v2"]})) is None


@pytest.mark.parametrize(("payload", "code"), [(b"[]", "json.not_object"), (b"x", "json.syntax")])
def test_a_token_without_an_object_inside_is_malformed(world: Any, payload: bytes, code: str) -> None:
    with pytest.raises(MalformedError) as caught:
        read_token(world.sign(payload))
    assert caught.value.code == code


def test_a_token_with_a_misshapen_badge_is_malformed(world: Any) -> None:
    payload = world.signed_assertion()
    del payload["recipient"]
    with pytest.raises(MalformedError):
        read_token(world.sign(payload))


@pytest.mark.parametrize("header", [{"alg": "none"}, {"alg": "HS256"}])
def test_v_jwt_1_forbidden_algorithms_are_refused(world: Any, header: dict[str, str]) -> None:
    with pytest.raises(RefusedError):
        read_token(world.sign(world.signed_assertion(), header=header))


@pytest.mark.parametrize("url", ["http://example.org/1", "https://u@example.org/1", "x", "", "https://example.org/1#a"])
def test_a_bare_address_has_to_be_a_plain_https_one(url: str) -> None:
    with pytest.raises(MalformedError) as caught:
        read_url(url)
    assert caught.value.code == "legacy.bare_url"
