"""Issuers: profile, approval, keys, and what they publish."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from issuer_service.services.errors import ConflictError, InvalidError, NotFoundError
from issuer_service.services.records import AffiliateState, KeyState, Role
from openbadges.dids import DidDocument
from openbadges.keys import KeySet


def test_new_issuer_waits_and_has_no_keys(kit: Any) -> None:
    owner = kit.services.accounts.create_user("ada", "correct horse battery")
    made = kit.services.affiliates.create({"name": "Zürich & Friends", "place": "Zürich"}, owner_id=owner.id)
    assert (made.slug, made.state, made.issuer_id) == ("zurich-friends", AffiliateState.PENDING, None)
    assert kit.services.accounts.role_in(owner.id, made.id) is Role.OWNER
    affiliates = kit.services.affiliates
    for call in (affiliates.did_document, affiliates.jwks, affiliates.profile):
        with pytest.raises(NotFoundError):
            call(made)


def test_slugs_are_made_when_none_is_given(kit: Any) -> None:
    affiliates = kit.services.affiliates
    first, second = (affiliates.create({"name": "Riverside"}) for _ in range(2))
    arabic = affiliates.create({"name": "مجموعة النهر"})
    assert first.slug == "riverside"
    assert second.slug.startswith("riverside-")
    assert arabic.slug.startswith("issuer-")
    assert arabic.name == "مجموعة النهر"
    assert affiliates.create({"name": "X", "slug": "own-name"}).slug == "own-name"


@pytest.mark.parametrize(
    ("fields", "field", "code"),
    [
        ({}, "name", "field.required"),
        ({"name": "x" * 121}, "name", "field.too_long"),
        ({"name": 7}, "name", "field.not_text"),
        ({"name": "a\nb"}, "name", "field.control"),
        ({"name": "a\x00b"}, "name", "field.control"),
        ({"name": "a\ufffe"}, "name", "field.control"),
        ({"url": "javascript:alert(1)"}, "url", "field.web_address"),
        ({"url": "https://[x"}, "url", "field.web_address"),
        ({"url": "https://a b"}, "url", "field.web_address"),
        ({"url": "https://me@example.org"}, "url", "field.web_address"),
        ({"email": "nobody"}, "email", "field.email"),
        ({"language": "x_y"}, "language", "field.language"),
        ({"accent": "blue"}, "accent", "field.colour"),
        ({"accent": "#ffee00"}, "accent", "field.colour_light"),
        ({"slug": "Not Good"}, "slug", "affiliate.slug_form"),
        ({"slug": "taken"}, "slug", "affiliate.slug_taken"),
        ({"undo_minutes": "soon"}, "undo_minutes", "field.number"),
        ({"undo_minutes": True}, "undo_minutes", "field.number"),
        ({"undo_minutes": 1_441}, "undo_minutes", "field.number"),
    ],
)
def test_profile_form_says_what_is_wrong(kit: Any, fields: Any, field: str, code: str) -> None:
    kit.services.affiliates.create({"name": "Taken", "slug": "taken"})
    with pytest.raises(InvalidError) as caught:
        kit.services.affiliates.create({"name": "X", **fields} if fields else fields)
    assert [(problem.field, problem.sentence.code) for problem in caught.value.problems] == [(field, code)]
    assert str(caught.value.problems[0].sentence) in str(caught.value)
    assert len(kit.services.affiliates.all()) == 1


@pytest.mark.parametrize("name", ["id", "state", "issuer_id", "created_at", "logo_id", "is_operator"])
def test_s_az_2_no_other_column_is_bound(kit: Any, riverside: Any, name: str) -> None:
    for call in (
        lambda: kit.services.affiliates.create({"name": "X", name: "approved"}),
        lambda: kit.services.affiliates.update(riverside.id, {name: "approved"}),
    ):
        with pytest.raises(InvalidError) as caught:
            call()
        assert caught.value.problems[0].sentence.code == "field.unknown"
    assert kit.services.affiliates.get(riverside.id) == riverside


def test_update_changes_only_what_is_named(kit: Any, riverside: Any) -> None:
    fields = {
        "description": "Line\r\nline", "url": "https://example.org/", "email": "us@example.org", "place": "Here",
        "language": "pt-BR", "accent": "#0B6B66", "recipient_prefix": "x:", "undo_minutes": "5", "slug": riverside.slug,
    }  # fmt: skip
    found = kit.services.affiliates.update(riverside.id, fields)
    assert (found.name, found.description, found.undo_minutes) == (riverside.name, "Line\nline", 5)
    assert found.accent == "#0b6b66"
    same = kit.services.affiliates.update(riverside.id, {"undo_minutes": "", "accent": ""})
    assert same.undo_minutes == 5
    profile = kit.services.affiliates.profile(found)
    assert (profile.url, profile.email, profile.description) == ("https://example.org/", "us@example.org", "Line\nline")
    with pytest.raises(NotFoundError):
        kit.services.affiliates.update("none", {"name": "X"})


def test_slug_is_fixed_once_it_is_part_of_an_id(kit: Any, riverside: Any) -> None:
    with pytest.raises(InvalidError, match="cannot change"):
        kit.services.affiliates.update(riverside.id, {"slug": "other"})
    pending = kit.services.affiliates.create({"name": "Y"})
    assert kit.services.affiliates.update(pending.id, {"slug": "why"}).slug == "why"


def test_approval_makes_keys_once(kit: Any, riverside: Any) -> None:
    affiliates = kit.services.affiliates
    assert riverside.issuer_id == "did:web:badges.example.org:issuers:riverside-user-group"
    affiliates.close(riverside.id)
    assert affiliates.approve(riverside.id) == riverside
    assert len(affiliates.keys(riverside)) == 1
    assert affiliates.by_slug(riverside.slug) == riverside
    assert affiliates.all(AffiliateState.PENDING) == []
    assert affiliates.all() == [riverside]
    for call in (lambda: affiliates.by_slug("x"), lambda: affiliates.get("x"), lambda: affiliates.approve("x")):
        with pytest.raises(NotFoundError):
            call()


def test_two_approvals_at_once_make_one_id(kit: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    affiliates = kit.services.affiliates
    made = affiliates.create({"name": "X"})
    make = kit.keystore.make

    def slow(affiliate_id: str, controller: str | None) -> Any:
        monkeypatch.setattr(kit.keystore, "make", make)
        affiliates.approve(made.id)
        return make(affiliate_id, controller)

    monkeypatch.setattr(kit.keystore, "make", slow)
    with pytest.raises(ConflictError):
        affiliates.approve(made.id)
    assert len(affiliates.keys(made)) == 1


def test_published_keys_are_current_and_retired_but_not_compromised(kit: Any, riverside: Any) -> None:
    keys = [kit.keystore.make(riverside.id, riverside.issuer_id) for _ in range(2)]
    with kit.store.write() as work:
        work.save_key(replace(keys[0], state=KeyState.RETIRED))
        work.save_key(replace(keys[1], state=KeyState.COMPROMISED))
    document = kit.services.affiliates.did_document(riverside)
    read = DidDocument.from_json(document, riverside.issuer_id)
    published = {method.public_key.to_multikey() for method in read.methods}
    assert keys[0].public_multikey in published
    assert keys[1].public_multikey not in published
    assert len(document["authentication"]) == 1
    assert len(document["assertionMethod"]) == 2
    key_set = KeySet.from_json(kit.services.affiliates.jwks(riverside))
    assert {entry.kid for entry in key_set.entries} == {method.id for method in read.methods}


def test_logo_has_to_be_ones_own(kit: Any, riverside: Any) -> None:
    from issuer_service.services.designer import Design

    other = kit.affiliate("Hilltop")
    image = kit.services.images.add_design(other.id, Design(alt="A star"))
    assert kit.services.affiliates.set_logo(other.id, image.id).logo_id == image.id
    assert kit.services.affiliates.set_logo(other.id, None).logo_id is None
    for image_id in (image.id, "none"):
        with pytest.raises(NotFoundError):
            kit.services.affiliates.set_logo(riverside.id, image_id)


# issuers from elsewhere


def test_known_issuers_are_added_changed_and_removed(kit: Any) -> None:
    known = kit.services.known_issuers
    known.add("did:web:b.example.org", "b", user_id="op")
    known.add("https://a.example.org/issuer", "A", "Met in person.", user_id="op")
    assert [one.name for one in known.all()] == ["A", "b"]
    known.add("did:web:b.example.org", "Bee", user_id="op")
    assert known.find("did:web:b.example.org").name == "Bee"
    known.remove("did:web:b.example.org")
    assert known.find("did:web:b.example.org") is None
    with pytest.raises(NotFoundError):
        known.remove("did:web:b.example.org")


@pytest.mark.parametrize(
    ("issuer_id", "name"), [("", "x"), ("Riverside", "x"), ("did:key:zz", "x"), ("did:web:a.example", "")]
)
def test_known_issuers_have_an_id_and_a_name(kit: Any, issuer_id: str, name: str) -> None:
    with pytest.raises(InvalidError):
        kit.services.known_issuers.add(issuer_id, name, user_id="op")
