from __future__ import annotations

import copy
from typing import Any

import pytest

from openbadges.errors import MalformedError, OpenBadgesError, RefusedError
from openbadges.legacy import Assertion, BadgeClass, Issuer, not_carried, upgrade, upgrade_profile

NEW_ISSUER = {"id": "did:web:example.org", "type": ["Profile"], "name": "Riverside User Group"}
OLD_ENTRY = {"type": "IdentifierEntry", "identifier": "https://example.org/issuer", "identifierType": "identifier"}


def upgraded(world: Any, **options: Any) -> dict[str, Any]:
    options = {"new_issuer": NEW_ISSUER, "now": world.now} | options
    return upgrade(Assertion(world.assertion), BadgeClass(world.badge), Issuer(world.issuer), **options)


def test_the_smallest_badge_becomes_this_credential(world: Any) -> None:
    before = copy.deepcopy(world.documents)
    credential = upgraded(world, credential_id="urn:uuid:7", achievement_id="https://example.org/achievements/host")
    assert credential == {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": "urn:uuid:7",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Edit-a-thon host",
        "issuer": {**NEW_ISSUER, "otherIdentifier": [OLD_ENTRY]},
        "validFrom": "2026-11-22T12:00:00Z",
        "awardedDate": "2026-01-10T12:00:00+01:00",
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [
                {
                    "type": "IdentityObject",
                    "hashed": True,
                    "identityHash": "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399",
                    "identityType": "emailAddress",
                    "salt": "Kosher",
                }
            ],
            "achievement": {
                "id": "https://example.org/achievements/host",
                "type": ["Achievement"],
                "name": "Edit-a-thon host",
                "description": "Plans and hosts an editing event.",
                "criteria": {"id": "https://example.org/badges/host/criteria"},
                "image": {"id": "https://example.org/badges/host.png", "type": "Image"},
                "related": [
                    {
                        "id": "https://example.org/badges/host",
                        "type": ["Related", "https://w3id.org/openbadges#BadgeClass"],
                        "version": "Open Badges v2p0",
                    }
                ],
            },
        },
        "evidence": [
            {
                "id": "https://example.org/assertions/1",
                "type": ["Evidence", "https://w3id.org/openbadges#Assertion"],
                "name": "Open Badges 2.0 badge",
                "description": "The badge that this one was issued in place of.",
            }
        ],
    }
    assert world.documents == before


def test_everything_that_has_a_place_is_carried(world: Any) -> None:
    world.assertion.update(
        {
            "expires": "2030-01-01T00:00:00Z",
            "narrative": "Hosted **two** events.",
            "image": {"id": "https://example.org/baked.png", "caption": "Baked"},
            "evidence": [
                "https://example.org/evidence/1",
                {
                    "id": "https://example.org/evidence/2",
                    "name": "Report",
                    "narrative": "n",
                    "genre": "text",
                    "type": "Evidence",
                },
                {"narrative": "Only words", "audience": "all", "description": "d"},
            ],
        }
    )
    world.badge.update(
        {
            "version": "2",
            "@language": "en",
            "image": {"id": "data:image/png;base64,AA==", "caption": "A bridge", "author": "somebody"},
            "criteria": {"id": "https://example.org/c", "type": "Criteria", "narrative": "Host one."},
            "tags": ["events", "hosting"],
            "alignment": [
                {
                    "targetName": "LD-D1",
                    "targetUrl": "https://example.org/ld#d1",
                    "targetCode": "D1",
                    "targetFramework": "LD",
                },
                {
                    "targetName": "X",
                    "targetUrl": "https://example.org/x",
                    "targetDescription": "d",
                    "type": "Alignment",
                },
            ],
            "related": [
                {"id": "https://example.org/badges/host/de", "@language": "de", "version": "2"},
                "https://example.org/r",
            ],
        }
    )
    credential = upgraded(world)
    subject = credential["credentialSubject"]
    achievement = subject["achievement"]
    assert credential["validUntil"] == "2030-01-01T00:00:00Z"
    assert subject["narrative"] == "Hosted **two** events."
    assert subject["image"] == {"id": "https://example.org/baked.png", "type": "Image", "caption": "Baked"}
    assert credential["evidence"][:-1] == [
        {"id": "https://example.org/evidence/1", "type": ["Evidence"]},
        {
            "id": "https://example.org/evidence/2",
            "type": ["Evidence"],
            "narrative": "n",
            "name": "Report",
            "genre": "text",
        },
        {"type": ["Evidence"], "narrative": "Only words", "description": "d", "audience": "all"},
    ]
    assert (achievement["version"], achievement["inLanguage"]) == ("2", "en")
    assert achievement["image"] == {"id": "data:image/png;base64,AA==", "type": "Image", "caption": "A bridge"}
    assert achievement["criteria"] == {"id": "https://example.org/c", "narrative": "Host one."}
    assert achievement["tag"] == ["events", "hosting"]
    assert achievement["alignment"] == [
        {
            "type": ["Alignment"],
            "targetName": "LD-D1",
            "targetUrl": "https://example.org/ld#d1",
            "targetFramework": "LD",
            "targetCode": "D1",
        },
        {"type": ["Alignment"], "targetName": "X", "targetUrl": "https://example.org/x", "targetDescription": "d"},
    ]
    assert achievement["related"][:-1] == [
        {"id": "https://example.org/badges/host/de", "type": ["Related"], "inLanguage": "de", "version": "2"},
        {"id": "https://example.org/r", "type": ["Related"]},
    ]


def test_ids_are_fresh_for_a_badge_and_the_same_for_an_achievement(world: Any) -> None:
    first, second = upgraded(world), upgraded(world)
    assert first["id"].startswith("urn:uuid:")
    assert first["id"] != second["id"]
    one, two = (item["credentialSubject"]["achievement"]["id"] for item in (first, second))
    assert one == two
    other = upgraded(world, new_issuer=NEW_ISSUER | {"id": "did:web:other.example"})
    assert one != other["credentialSubject"]["achievement"]["id"]


@pytest.mark.parametrize(
    ("recipient", "expected"),
    [
        ({"type": "id", "hashed": False, "identity": "did:key:z6Mk"}, {"id": "did:key:z6Mk"}),
        ({"type": "url", "hashed": False, "identity": "https://a.example/"}, "ext:url"),
        ({"type": ["telephone"], "hashed": False, "identity": "1", "salt": "left out"}, "ext:telephone"),
        ({"type": "something", "hashed": False, "identity": "1"}, "identifier"),
    ],
)
def test_a_recipient_gets_the_new_name_of_its_type(world: Any, recipient: dict[str, Any], expected: object) -> None:
    world.assertion["recipient"] = recipient
    subject = upgraded(world)["credentialSubject"]
    if isinstance(expected, dict):
        assert subject["id"] == expected["id"]
        assert "identifier" not in subject
    else:
        assert subject["identifier"] == [
            {"type": "IdentityObject", "hashed": False, "identityHash": recipient["identity"], "identityType": expected}
        ]


@pytest.mark.parametrize(("identity", "reason"), [("md5$" + "0" * 32, "md5"), ("sha256$" + "0" * 64, "unsalted")])
def test_v_rec_1_a_recipient_that_can_never_match_needs_a_new_id(world: Any, identity: str, reason: str) -> None:
    world.assertion["recipient"] = {"type": "email", "hashed": True, "identity": identity}
    with pytest.raises(RefusedError) as caught:
        upgraded(world)
    assert (caught.value.code, caught.value.params) == ("legacy.upgrade_recipient", {"reason": reason})
    subject = upgraded(world, recipient_id="did:key:z6Mk")["credentialSubject"]
    assert subject["id"] == "did:key:z6Mk"
    assert "identifier" not in subject


@pytest.mark.parametrize(
    ("place", "change", "code"),
    [
        ("assertion", {"revoked": True}, "legacy.upgrade_revoked"),
        ("assertion", {"expires": "2026-11-22T12:00:00Z"}, "legacy.upgrade_expired"),
        ("assertion", {"expires": "soon"}, "date.syntax"),
        ("assertion", {"issuedOn": "2026-01-10"}, "date.syntax"),
        ("assertion", {"badge": "https://example.org/other"}, "legacy.upgrade_badge"),
        ("assertion", {"narrative": 7}, "legacy.member_form"),
        ("assertion", {"evidence": [7]}, "legacy.member_form"),
        ("badge", {"issuer": "https://example.org/other"}, "legacy.upgrade_issuer"),
        ("badge", {"name": None}, "legacy.member_missing"),
        ("badge", {"name": ["x"]}, "legacy.member_form"),
        ("badge", {"criteria": 7}, "legacy.member_form"),
        ("badge", {"criteria": {"type": "Criteria"}}, "legacy.member_form"),
        ("badge", {"tags": ["a", 7]}, "legacy.member_form"),
        ("badge", {"alignment": ["x"]}, "legacy.member_form"),
        ("badge", {"alignment": [{"targetName": "x"}]}, "legacy.member_missing"),
        ("badge", {"related": [{"version": "1"}]}, "legacy.member_form"),
        ("badge", {"image": ["a:b", "c:d"]}, "legacy.member_form"),
        ("badge", {"image": {"caption": "no id"}}, "legacy.member_form"),
        ("issuer", {"type": "Assertion"}, "legacy.wrong_type"),
    ],
    ids=str,
)
def test_what_cannot_be_upgraded_says_why(world: Any, place: str, change: dict[str, Any], code: str) -> None:
    getattr(world, place).update(change)
    with pytest.raises((RefusedError, MalformedError)) as caught:
        upgraded(world)
    assert caught.value.code == code
    assert "{" not in caught.value.detail


@pytest.mark.parametrize(
    "profile",
    [
        {},
        {"id": 7, "type": ["Profile"]},
        {"id": "urn:x", "type": ["Profile"]},
        {"id": "did:web:a.example", "type": "Issuer"},
    ],
)
def test_a_new_issuer_needs_an_id_and_a_type(world: Any, profile: dict[str, Any]) -> None:
    with pytest.raises(OpenBadgesError) as caught:
        upgraded(world, new_issuer=profile)
    assert caught.value.code == "legacy.upgrade_new_issuer"


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ({"otherIdentifier": [OLD_ENTRY]}, [OLD_ENTRY]),
        ({"otherIdentifier": {"identifier": "x"}}, [{"identifier": "x"}, OLD_ENTRY]),
        ({"id": "https://example.org/issuer"}, None),
    ],
)  # fmt: skip
def test_the_old_id_is_named_once(world: Any, profile: dict[str, Any], expected: object) -> None:
    assert upgraded(world, new_issuer=NEW_ISSUER | profile)["issuer"].get("otherIdentifier") == expected


def test_words_instead_of_an_address_are_the_criteria(world: Any) -> None:
    world.badge["criteria"] = "Host one event."
    assert upgraded(world)["credentialSubject"]["achievement"]["criteria"] == {"narrative": "Host one event."}


def test_a_badge_class_needs_no_image(world: Any) -> None:
    del world.badge["image"]
    assert "image" not in upgraded(world)["credentialSubject"]["achievement"]


def test_a_profile_moves_to_its_new_id(world: Any) -> None:
    world.issuer.update({"telephone": "+1 555 0100", "image": "https://example.org/logo.png"})
    assert upgrade_profile(Issuer(world.issuer), new_id="did:web:example.org") == {
        "id": "did:web:example.org",
        "type": ["Profile"],
        "name": "Riverside User Group",
        "url": "https://example.org/",
        "email": "hello@example.org",
        "phone": "+1 555 0100",
        "image": {"id": "https://example.org/logo.png", "type": "Image"},
        "otherIdentifier": [OLD_ENTRY],
    }


def test_what_is_left_behind_is_said(world: Any) -> None:
    views = (Assertion(world.assertion), BadgeClass(world.badge), Issuer(world.issuer))
    assert not_carried(*views) == ()
    world.assertion["endorsement"] = []
    world.badge["extensions:X"] = {}
    notes = not_carried(*views)
    assert [note.params["member"] for note in notes] == ["Assertion.endorsement", "BadgeClass.extensions:X"]
    assert "Assertion.endorsement" in notes[0].detail
