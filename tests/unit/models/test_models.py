"""Building, reading and writing the models."""

from __future__ import annotations

import copy
import json
import pickle
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

import openbadges.models as models
from openbadges.errors import LimitError, MalformedError, OpenBadgesError, UnsupportedError
from openbadges.messages import MESSAGES
from openbadges.models import (
    Achievement,
    AchievementCredential,
    AchievementCredentialV1p1,
    AchievementSubject,
    AchievementType,
    Alignment,
    BitstringStatusListEntry,
    CredentialSchema,
    CredentialStatus,
    Criteria,
    EndorsementCredential,
    EndorsementCredentialV1p1,
    Evidence,
    GeoCoordinates,
    GetOpenBadgeCredentialsResponse,
    IdentityObject,
    Image,
    ImsxStatusInfo,
    Jwk,
    Jwks,
    Multikey,
    OpenBadgeCredential,
    Profile,
    Proof,
    RefreshService,
    Result,
    ResultDescription,
    ResultType,
    ServiceDescriptionDocument,
    VerifiableCredential,
    VerifiableCredentialV1p1,
    enums,
    read_model,
)
from openbadges.models.frozen import FrozenMap, frozen, thawed

V2 = "https://www.w3.org/ns/credentials/v2"
V1 = "https://www.w3.org/2018/credentials/v1"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
ISSUED = datetime(2026, 1, 15, 9, tzinfo=UTC)


class Clock:
    def now(self) -> datetime:
        return ISSUED


@pytest.fixture
def full(root: Path) -> dict[str, Any]:
    return json.loads((root / "tests/vectors/full-badge.json").read_text(encoding="utf-8"))["document"]


@pytest.fixture
def riverside() -> Profile:
    return Profile(id="did:key:z6Mkissuer", name="Riverside User Group")


@pytest.fixture
def host() -> Achievement:
    return Achievement(
        id="https://badges.example.org/achievements/host",
        name="Edit-a-thon host",
        description="Plans and hosts an editing event.",
        criteria="Host one event and publish its summary.",
    )


def refused(action: Any, pointer: str, code: str) -> MalformedError:
    with pytest.raises(MalformedError) as caught:
        action()
    error = caught.value
    assert error.code == "model.invalid"
    first = error.params["problems"][0]
    assert (error.pointer, first["code"]) == (pointer, code)
    assert first["detail"] in error.detail
    assert code in MESSAGES
    assert "{" not in error.detail
    return error


# building


def test_an_award_is_a_complete_badge(host: Achievement, riverside: Profile) -> None:
    badge = OpenBadgeCredential.award(host, issuer=riverside, recipient="did:key:z6Mkholder", clock=Clock())
    document = badge.to_document()
    assert document.pop("id").startswith("urn:uuid:")
    assert list(document.items()) == list(
        {
            "@context": [V2, OB],
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "name": "Edit-a-thon host",
            "awardedDate": "2026-01-15T09:00:00Z",
            "issuer": {"id": "did:key:z6Mkissuer", "type": ["Profile"], "name": "Riverside User Group"},
            "validFrom": "2026-01-15T09:00:00Z",
            "credentialSubject": {
                "id": "did:key:z6Mkholder",
                "type": ["AchievementSubject"],
                "achievement": {
                    "id": "https://badges.example.org/achievements/host",
                    "type": ["Achievement"],
                    "name": "Edit-a-thon host",
                    "description": "Plans and hosts an editing event.",
                    "criteria": {"narrative": "Host one event and publish its summary."},
                },
            },
        }.items()
    )


def test_each_award_has_its_own_random_id(host: Achievement, riverside: Profile) -> None:
    ids = {OpenBadgeCredential.award(host, issuer=riverside, recipient="did:x:y").id for _ in range(20)}
    assert len(ids) == 20


def test_an_award_reads_the_system_clock_by_default(host: Achievement, riverside: Profile) -> None:
    badge = OpenBadgeCredential.award(host, issuer=riverside, recipient="did:x:y")
    assert badge.valid_from.endswith("Z")
    assert badge.valid_from > "2025"


def test_an_award_takes_everything_the_specification_lets_it_say(host: Achievement, riverside: Profile) -> None:
    name = IdentityObject.plain("name", "Ana")
    badge = OpenBadgeCredential.award(
        host,
        issuer="did:key:z6Mkissuer",
        recipient="did:x:y",
        identifier=name,
        id="urn:uuid:1",
        name="Host",
        description="d",
        image="https://e.org/i.png",
        valid_from="2026-02-01T00:00:00+01:00",
        valid_until=datetime(2030, 1, 1, tzinfo=UTC),
        awarded_date="2025-02-01T00:00:00.5Z",
        evidence=[Evidence(name="page")],
        narrative="n",
        results=Result(value="5"),
        activity_start_date="2025-01-01T00:00:00",
        activity_end_date=datetime(2025, 1, 2, tzinfo=UTC),
        credits_earned=2,
        license_number="L",
        role="r",
        source="https://assessor.example.org",
        term="t",
        credential_status=[
            BitstringStatusListEntry(
                id="https://e.org/s#1",
                status_purpose=purpose,
                status_list_index="1",
                status_list_credential="https://e.org/s",
            )
            for purpose in ("revocation", "suspension")
        ],
        refresh_service=RefreshService(id="https://e.org/r", type="x"),
        terms_of_use=(),
        endorsement_jwt="a.b.c",
        clock=Clock(),
    )
    document = badge.to_document()
    assert document["awardedDate"] == "2025-02-01T00:00:00.5Z", "a text is kept as it came"
    assert document["validFrom"] == "2026-02-01T00:00:00+01:00"
    assert document["validUntil"] == "2030-01-01T00:00:00Z"
    assert document["credentialSubject"]["activityEndDate"] == "2025-01-02T00:00:00Z"
    assert document["credentialSubject"]["source"] == {"id": "https://assessor.example.org", "type": ["Profile"]}
    assert document["credentialSubject"]["identifier"] == [name.to_document()]
    assert document["issuer"] == {"id": "did:key:z6Mkissuer", "type": ["Profile"]}
    assert [entry["statusPurpose"] for entry in document["credentialStatus"]] == ["revocation", "suspension"]
    assert "termsOfUse" not in document
    assert read_model(document).to_document() == document


def test_valid_from_alone_is_the_award_date_too(host: Achievement, riverside: Profile) -> None:
    badge = OpenBadgeCredential.award(host, issuer=riverside, recipient="did:x:y", valid_from=ISSUED)
    assert badge.awarded_date == badge.valid_from == "2026-01-15T09:00:00Z"


def test_recipients_may_be_identities(host: Achievement, riverside: Profile) -> None:
    one, two = IdentityObject.hashed_of("emailAddress", "a@example.com"), IdentityObject.plain("name", "Ana")
    for recipient, more, expected in (
        (one, (), (one,)),
        (one, two, (one, two)),
        ([one, two], (), (one, two)),
        ((one,), [two], (one, two)),
    ):
        badge = OpenBadgeCredential.award(host, issuer=riverside, recipient=recipient, identifier=more)  # type: ignore[arg-type]
        assert badge.credential_subject.identifier == expected
        assert badge.credential_subject.id is None


@pytest.mark.parametrize("recipient", ["a@example.com", "Ana", "", None, 5])
def test_a_recipient_that_is_no_uri_is_refused_with_advice(
    host: Achievement, riverside: Profile, recipient: Any
) -> None:
    with pytest.raises(MalformedError) as caught:
        OpenBadgeCredential.award(host, issuer=riverside, recipient=recipient)
    assert caught.value.code == "model.recipient"
    assert "IdentityObject.hashed_of" in caught.value.detail


def test_nobody_is_no_recipient(host: Achievement, riverside: Profile) -> None:
    refused(
        lambda: OpenBadgeCredential.award(host, issuer=riverside, recipient=[]),
        "",
        "rule.recipient_missing",
    )


def test_what_is_awarded_has_to_be_an_achievement(riverside: Profile) -> None:
    refused(
        lambda: OpenBadgeCredential.award("host", issuer=riverside, recipient="did:x:y"),  # type: ignore[arg-type]
        "/achievement",
        "model.not_object",
    )


def test_an_endorsement_is_ready_to_sign(riverside: Profile) -> None:
    endorsement = EndorsementCredential.endorse(
        "did:x:y", issuer=riverside, name="Endorsed", comment="Good.", valid_until="2030-01-01T00:00:00Z", clock=Clock()
    )
    document = endorsement.to_document()
    assert list(document)[:4] == ["@context", "id", "type", "name"]
    assert document["type"] == ["VerifiableCredential", "EndorsementCredential"]
    assert document["validFrom"] == document["awardedDate"] == "2026-01-15T09:00:00Z"
    assert document["credentialSubject"] == {
        "id": "did:x:y",
        "type": ["EndorsementSubject"],
        "endorsementComment": "Good.",
    }
    assert EndorsementCredential.endorse("did:x:y", issuer=riverside, name="E", id="urn:x:1").id == "urn:x:1"


def test_a_wrong_argument_is_our_error_and_names_the_member() -> None:
    error = refused(lambda: Profile(name="x"), "/id", "model.member_missing")  # type: ignore[call-arg]
    assert str(error) == "Profile.id: “id” is missing. Add it. (at /id)"
    error = refused(lambda: Profile(id="did:x:y", nmae="x"), "", "model.unknown_argument")  # type: ignore[call-arg]
    assert "nmae" in error.detail


def test_all_problems_are_listed() -> None:
    error = refused(
        lambda: Achievement(id=5, name=None, criteria={}, tag=[5]),  # type: ignore[call-arg,arg-type]
        "/id",
        "model.not_text",
    )
    assert [item["pointer"] for item in error.params["problems"]] == ["/id", "/name", "/description", "/tag/0"]


def test_none_and_empty_sequences_mean_absent() -> None:
    assert Profile(id="did:x:y", name=None, endorsement=[], endorsement_jwt=()).to_document() == {
        "id": "did:x:y",
        "type": ["Profile"],
    }


def test_texts_stand_for_images_criteria_and_profiles_in_python(host: Achievement) -> None:
    profile = Profile(id="did:x:y", image="https://e.org/i.png")
    assert profile.image == Image(id="https://e.org/i.png")
    assert host.criteria == Criteria(narrative="Host one event and publish its summary.")
    subject = AchievementSubject(id="did:x:y", achievement=host, source="did:x:z")
    assert subject.source == Profile(id="did:x:z")


def test_one_value_may_be_given_without_a_list() -> None:
    node = Alignment(target_name="n", target_url="https://e.org")
    achievement = Achievement(
        id="urn:x:1", name="n", description="d", criteria="c", alignment=node, tag="one", achievement_type="ext:New"
    )
    assert achievement.alignment == (node,)
    assert achievement.to_document()["tag"] == ["one"]


def test_vocabulary_terms_are_plain_text_in_the_model() -> None:
    achievement = Achievement(
        id="urn:x:1", name="n", description="d", criteria="c", achievement_type=AchievementType.MICRO_CREDENTIAL
    )
    assert type(achievement.achievement_type) is str
    assert achievement.achievement_type == "MicroCredential"


def test_dates_of_birth_are_calendar_days() -> None:
    assert Profile(id="did:x:y", date_of_birth=date(1990, 2, 28)).date_of_birth == "1990-02-28"
    refused(lambda: Profile(id="did:x:y", date_of_birth=ISSUED), "/dateOfBirth", "model.not_text")
    refused(lambda: Profile(id="did:x:y", date_of_birth="1990-02-30"), "/dateOfBirth", "date.calendar")  # type: ignore[arg-type]


def test_a_datetime_without_zone_is_refused(host: Achievement, riverside: Profile) -> None:
    local = ISSUED.replace(tzinfo=None)
    refused(
        lambda: OpenBadgeCredential.award(host, issuer=riverside, recipient="did:x:y", valid_from=local),
        "/validFrom",
        "date.zone_missing",
    )


def test_extension_context_is_added_when_a_1edtech_type_is_used(host: Achievement, riverside: Profile) -> None:
    status = CredentialStatus(id="https://e.org/s", type="1EdTechRevocationList")
    schema = CredentialSchema(id="https://e.org/s", type="1EdTechJsonSchemaValidator2019")
    refresh = RefreshService(id="https://e.org/s", type="1EdTechCredentialRefresh")
    for parts in ({"credential_status": status}, {"credential_schema": [schema]}, {"refresh_service": refresh}):
        badge = OpenBadgeCredential.award(host, issuer=riverside, recipient="did:x:y", **parts)  # type: ignore[arg-type]
        assert badge.context == (V2, OB, EXTENSIONS)
    again = badge.replace(context=(V2, OB, {"a": "https://e.org/a"}))
    assert again.context == (V2, OB, {"a": "https://e.org/a"}, EXTENSIONS)
    assert again.replace(name="x").context == again.context, "it is not added twice"
    document = badge.to_document() | {"@context": [V2, OB]}
    assert OpenBadgeCredential.from_document(document).to_document() == document, "what is read is not completed"
    other = OpenBadgeCredential.award(
        host, issuer=riverside, recipient="did:x:y", refresh_service=RefreshService(id="https://e.org", type="Other")
    )
    assert other.context == (V2, OB)
    assert other.replace(refresh_service={"id": "https://e.org", "type": "1EdTechCredentialRefresh"}).context[2:] == (
        EXTENSIONS,
    )
    refused(lambda: badge.replace(context=V2), "/@context", "model.context_first")


def test_replace_checks_again_and_takes_away(host: Achievement, riverside: Profile) -> None:
    badge = OpenBadgeCredential.award(host, issuer=riverside, recipient="did:x:y", clock=Clock())
    assert badge.replace(valid_until="2027-01-01T00:00:00Z").valid_until == "2027-01-01T00:00:00Z"
    assert badge.valid_until is None
    assert "name" not in badge.replace(name=None).to_document()
    refused(lambda: badge.replace(valid_until="2025-01-01T00:00:00Z"), "/validUntil", "rule.validity_reversed")
    refused(lambda: badge.replace(valid_untl="x"), "", "model.unknown_argument")
    kept = Profile.from_document({"id": "did:x:y", "type": "Profile", "shelf": [1]}).replace(name="n")
    assert kept.to_document() == {"id": "did:x:y", "type": ["Profile"], "name": "n", "shelf": [1]}


# immutability


def test_models_cannot_be_changed_and_are_hashable(full: dict[str, Any]) -> None:
    badge = OpenBadgeCredential.from_document(full)
    with pytest.raises(Exception, match="frozen"):
        badge.name = "x"  # type: ignore[misc]
    assert isinstance(badge.evidence, tuple)
    shelf = (badge.model_extra or {})["shelf"]
    assert shelf["rows"] == (1, 2.0, None, "three")
    assert hash(badge) == hash(OpenBadgeCredential.from_document(full))
    assert badge == OpenBadgeCredential.from_document(full)


def test_the_document_that_was_read_and_the_model_share_nothing(full: dict[str, Any]) -> None:
    badge = OpenBadgeCredential.from_document(full)
    before = badge.to_document()
    full["shelf"]["rows"].append(4)
    full["@context"][3]["shelf"] = "changed"
    full["credentialSubject"]["achievement"]["tag"].append("x")
    assert badge.to_document() == before
    before["shelf"]["rows"].append(4)
    assert badge.to_document() != before


def test_models_survive_pickle_and_deepcopy(full: dict[str, Any]) -> None:
    badge = OpenBadgeCredential.from_document(full)
    assert pickle.loads(pickle.dumps(badge)) == badge
    assert copy.deepcopy(badge).to_document() == full


def test_frozen_values() -> None:
    value = frozen({"a": [1, {"b": None}]}, 5)
    assert value == {"a": (1, {"b": None})}
    assert len(value) == 1
    assert repr(value) == "FrozenMap({'a': (1, FrozenMap({'b': None}))})"
    assert {value: 1}[FrozenMap({"a": (1, FrozenMap({"b": None}))})] == 1
    assert thawed(value) == {"a": [1, {"b": None}]}
    with pytest.raises(ValueError, match="deep"):
        frozen([[[]]], 2)
    with pytest.raises(TypeError):
        frozen({1: 2}, 5)


# reading


def test_the_full_badge_survives_exactly_with_its_numbers_dates_and_order(full: dict[str, Any]) -> None:
    document = OpenBadgeCredential.from_document(full).to_document()
    assert document == full
    assert json.dumps(document["credentialSubject"]["creditsEarned"]) == "42.0"
    assert json.dumps(document["credentialSubject"]["achievement"]["creditsAvailable"]) == "1"
    assert list(document) == list(full)
    assert list(document["issuer"]) == list(full["issuer"])
    assert list(document["credentialSubject"]) == list(full["credentialSubject"])
    assert list(document["credentialSubject"]["achievement"]) == list(full["credentialSubject"]["achievement"])


def test_bare_values_and_a_bare_issuer_are_read_and_written_as_the_model_says(full: dict[str, Any]) -> None:
    full["issuer"] = "did:web:badges.example.org"
    full["evidence"] = full["evidence"][0]
    full["proof"] = full["proof"][0]
    full["credentialSubject"]["type"] = "AchievementSubject"
    full["credentialSubject"]["identifier"] = full["credentialSubject"]["identifier"][0]
    full["credentialStatus"] = [full["credentialStatus"]]
    document = OpenBadgeCredential.from_document(full).to_document()
    assert document["issuer"] == {"id": "did:web:badges.example.org", "type": ["Profile"]}
    assert isinstance(document["evidence"], list)
    assert isinstance(document["proof"], list)
    assert document["credentialSubject"]["type"] == ["AchievementSubject"]
    assert isinstance(document["credentialSubject"]["identifier"], list)
    assert document["credentialStatus"]["type"] == "BitstringStatusListEntry"


READING: list[tuple[str, Any, str, str]] = [
    ("@context", None, "/@context", "model.context_first"),
    ("@context", [OB, V2], "/@context", "model.context_first"),
    ("@context", [V2], "/@context", "model.context_second"),
    ("@context", [V2, "https://e.org"], "/@context", "model.context_second"),
    ("@context", [V2, {}], "/@context", "model.context_second"),
    ("@context", [V2, OB, 5], "/@context", "model.context_item"),
    ("id", "badge-1", "/id", "model.not_uri"),
    ("type", ["VerifiableCredential"], "/type", "model.type_missing"),
    ("type", ["OpenBadgeCredential"], "/type", "model.type_missing"),
    ("type", "OpenBadgeCredential", "/type", "model.type_missing"),
    ("type", [], "/type", "model.type_form"),
    ("type", {"a": 1}, "/type", "model.type_form"),
    ("type", [5], "/type", "model.type_form"),
    ("name", 5, "/name", "model.not_text"),
    ("name", None, "/name", "model.not_text"),
    ("name", b"x", "/name", "model.not_text"),
    ("image", "https://e.org/i.png", "/image", "model.not_object"),
    ("image", {"id": "https://e.org/i.png", "type": ["Image"]}, "/image/type", "model.type_exactly"),
    ("image", {"id": "https://e.org/i.png"}, "/image/type", "model.member_missing"),
    ("image", {"id": "https://e.org/i.png", "type": "Image", "x": 1}, "/image/x", "model.member_not_allowed"),
    ("issuer", "Riverside", "/issuer/id", "model.not_uri"),
    ("issuer", 5, "/issuer", "model.not_object"),
    ("issuer", {"id": "did:x:y"}, "/issuer/type", "model.member_missing"),
    ("issuer", {"id": "did:x:y", "type": "Profile", "phone": "1\n2"}, "/issuer/phone", "model.not_one_line"),
    (
        "issuer",
        {"id": "did:x:y", "type": "Profile", "endorsementJwt": ["a.b"]},
        "/issuer/endorsementJwt/0",
        "model.not_compact_jws",
    ),
    (
        "issuer",
        {"id": "did:x:y", "type": "Profile", "address": {"type": "Address", "addressCountryCode": "pt"}},
        "/issuer/address/addressCountryCode",
        "model.not_country_code",
    ),
    (
        "issuer",
        {
            "id": "did:x:y",
            "type": "Profile",
            "address": {"type": "Address", "geo": {"type": "GeoCoordinates", "latitude": True, "longitude": 1}},
        },
        "/issuer/address/geo/latitude",
        "model.not_number",
    ),
    (
        "issuer",
        {
            "id": "did:x:y",
            "type": "Profile",
            "otherIdentifier": {"type": "IdentifierEntry", "identifier": "1", "identifierType": "ext:"},
        },
        "/issuer/otherIdentifier/identifierType",
        "model.not_in_open_vocabulary",
    ),
    ("validFrom", "2026-01-15T09:00:00", "/validFrom", "date.zone_missing"),
    ("validFrom", "1" * 50, "/validFrom", "date.too_long"),
    ("evidence", [], "/evidence", "model.empty_array"),
    ("evidence", [5], "/evidence/0", "model.not_object"),
    ("endorsementJwt", ["a.b.c\n"], "/endorsementJwt/0", "model.not_compact_jws"),
    ("shelf", object(), "/shelf", "json.not_writable"),
]


@pytest.mark.parametrize(("member", "value", "pointer", "code"), READING)
def test_a_document_is_read_strictly(full: dict[str, Any], member: str, value: Any, pointer: str, code: str) -> None:
    full[member] = value
    refused(lambda: OpenBadgeCredential.from_document(full), pointer, code)


@pytest.mark.parametrize("member", ["@context", "id", "type", "issuer", "validFrom", "credentialSubject"])
def test_a_required_member_may_not_be_missing(full: dict[str, Any], member: str) -> None:
    del full[member]
    refused(lambda: OpenBadgeCredential.from_document(full), f"/{member}", "model.member_missing")


def test_rules_between_members_hold_when_reading(full: dict[str, Any]) -> None:
    full["credentialSubject"]["achievement"]["criteria"] = {}
    refused(
        lambda: OpenBadgeCredential.from_document(full),
        "/credentialSubject/achievement/criteria",
        "rule.criteria_empty",
    )


def test_python_names_are_not_members_of_documents(full: dict[str, Any]) -> None:
    full["valid_from"] = full.pop("validFrom")
    refused(lambda: OpenBadgeCredential.from_document(full), "/validFrom", "model.member_missing")


def test_a_result_status_is_a_closed_vocabulary() -> None:
    assert Result(status="OnHold").status == "OnHold"
    refused(lambda: Result(status="ext:Paused"), "/status", "model.not_in_vocabulary")


def test_flags_are_strict() -> None:
    document = {"type": "IdentityObject", "hashed": "true", "identityHash": "x", "identityType": "name"}
    refused(lambda: IdentityObject.from_document(document), "/hashed", "model.not_boolean")
    for number in (float("nan"), float("inf"), "1", None):
        refused(
            lambda number=number: GeoCoordinates(latitude=1, longitude=0).replace(latitude=number),
            "/latitude",
            "model.member_missing" if number is None else "model.not_number",
        )


def test_a_language_is_a_language_code() -> None:
    document = {"id": "urn:x:1", "type": "Related", "inLanguage": "en_US"}
    refused(lambda: models.Related.from_document(document), "/inLanguage", "model.not_language_code")


@pytest.mark.parametrize("junk", [None, 5, "x", [], [{}]])
def test_what_is_no_object_is_refused(junk: Any) -> None:
    refused(lambda: Profile.from_document(junk), "", "model.not_object")
    with pytest.raises(MalformedError) as caught:
        read_model(junk)
    assert caught.value.code == "model.not_document"


def test_any_mapping_is_read() -> None:
    inner = MappingProxyType({"id": "https://e.org/i.png", "type": "Image"})
    profile = Profile.from_document(MappingProxyType({"id": "did:x:y", "type": ("Profile",), "image": inner}))
    assert profile.image == Image(id="https://e.org/i.png")


def test_member_names_have_to_be_text() -> None:
    refused(lambda: Profile.from_document({"id": "did:x:y", "type": "Profile", 5: 1}), "", "model.member_name_not_text")  # type: ignore[dict-item]


def test_another_models_instance_is_not_taken() -> None:
    refused(lambda: Profile(id="did:x:y", image=Criteria(id="urn:x:1")), "/image", "model.not_object")  # type: ignore[arg-type]


def test_nesting_is_bounded() -> None:
    deep: Any = "x"
    for _ in range(40):
        deep = [deep]
    refused(
        lambda: Profile.from_document({"id": "did:x:y", "type": "Profile", "shelf": deep}), "/shelf", "json.too_deep"
    )
    cycle: dict[str, Any] = {"id": "did:x:y", "type": "Profile"}
    cycle["parentOrg"] = cycle
    with pytest.raises(MalformedError):
        Profile.from_document(cycle)


def test_too_deep_models_are_a_limit_error_not_a_recursion_error() -> None:
    def nest() -> None:
        profile = Profile(id="did:x:y")
        for _ in range(5_000):
            profile = Profile(id="did:x:y", parent_org=profile)

    with pytest.raises(LimitError) as caught:
        nest()
    assert caught.value.code == "json.too_deep"
    document: dict[str, Any] = {"id": "did:x:y", "type": "Profile"}
    for _ in range(2_000):
        document = {"id": "did:x:y", "type": "Profile", "parentOrg": document}
    with pytest.raises(MalformedError):
        Profile.from_document(document)
    while document:
        document = document.pop("parentOrg", {})


def test_reading_near_the_end_of_the_stack_is_a_limit_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr("openbadges.models.base.cross_field_problems", exhausted)
    with pytest.raises(LimitError):
        Profile.from_document({"id": "did:x:y", "type": "Profile"})


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every container of a document with each of its names or indexes."""
    steps = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    return [(value, step) for step in steps] + [place for step in steps for place in places(value[step])]


@pytest.mark.parametrize("junk", [None, 10**400, "\ud800", [[]], float("nan"), {5: 1}, {"\ud800": 1}], ids=repr)
def test_nothing_in_any_place_raises_anything_but_our_errors(full: dict[str, Any], junk: Any) -> None:
    said = set()
    for container, step in places(full):
        kept = container[step]
        container[step] = junk
        try:
            said.add(hash(read_model(full)))
        except OpenBadgesError as error:
            said.add(str(error).encode())
        container[step] = kept
    assert len(said) > 20


def test_long_facts_are_cut_and_at_most_twenty_problems_named() -> None:
    error = refused(lambda: Profile(id="x" * 10_000), "/id", "model.not_uri")
    assert len(error.params["problems"][0]["params"]["value"]) == 100
    error = refused(
        lambda: Achievement(id="urn:x:1", name="n", description="d", criteria="c", tag=[5] * 100),  # type: ignore[list-item]
        "/tag/0",
        "model.not_text",
    )
    assert len(error.params["problems"]) == 20


# other classes


def test_read_model_finds_the_class(full: dict[str, Any]) -> None:
    assert AchievementCredential is OpenBadgeCredential
    old = full | {"@context": [V1, OB], "issuanceDate": "2026-01-01T00:00:00Z"}
    old["issuer"] = {"id": "did:x:y", "type": "Profile"}
    old["credentialSubject"]["achievement"].pop("endorsementJwt")
    endorsement = full["issuer"]["endorsement"][0]
    vc = {
        "type": ["VerifiableCredential"],
        "issuer": "did:x:y",
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {},
    }
    vc1 = {"type": "VerifiableCredential", "issuer": {"id": "did:x:y", "type": "Profile"}, "credentialSubject": {}}
    cases: list[tuple[dict[str, Any], type]] = [
        (full, OpenBadgeCredential),
        (full | {"type": ["AchievementCredential", "VerifiableCredential"]}, OpenBadgeCredential),
        (old, AchievementCredentialV1p1),
        (endorsement, EndorsementCredential),
        (endorsement | {"@context": [V1, OB], "issuanceDate": "2026-01-01T00:00:00Z"}, EndorsementCredentialV1p1),
        (vc | {"@context": [V2]}, VerifiableCredential),
        (vc1 | {"@context": [V1], "issuanceDate": "2026-01-01T00:00:00Z"}, VerifiableCredentialV1p1),
        (full["credentialSubject"]["achievement"], Achievement),
        (full["issuer"], Profile),
    ]
    for document, expected in cases:
        model = read_model(document)
        assert type(model) is expected
        assert type(model).from_document(model.to_document()) == model
    with pytest.raises(UnsupportedError) as caught:
        read_model({"type": ["Person"]})
    assert caught.value.code == "model.unknown_type"


def test_a_vcdm_1_badge_needs_a_name_an_issuer_object_and_an_issuance_date(full: dict[str, Any]) -> None:
    old = full | {"@context": [V1, OB], "issuanceDate": "2026-01-01T00:00:00Z"}
    old["issuer"] = {"id": "did:x:y", "type": "Profile"}
    for member, value, pointer, code in (
        ("name", None, "/name", "model.not_text"),
        ("issuer", "did:x:y", "/issuer", "model.not_object"),
        ("issuanceDate", "2026-01-01", "/issuanceDate", "date.syntax"),
    ):
        refused(lambda changed=old | {member: value}: read_model(changed), pointer, code)


def test_status_entries_are_read_back_as_credential_status() -> None:
    entry = BitstringStatusListEntry(
        id="https://e.org/s#1",
        status_purpose="revocation",
        status_list_index="1",
        status_list_credential="https://e.org/s",
    )
    read = CredentialStatus.from_document(entry.to_document())
    assert read.to_document() == entry.to_document()


def test_results_point_into_their_own_achievement(host: Achievement) -> None:
    described = host.replace(
        result_description=ResultDescription(id="urn:x:1", name="State", result_type=ResultType.STATUS)
    )
    refused(
        lambda: AchievementSubject(id="did:x:y", achievement=described, result=Result(resultDescription="urn:x:1")),  # type: ignore[call-arg]
        "/result/0/status",
        "rule.status_missing",
    )


def test_api_documents() -> None:
    answer = GetOpenBadgeCredentialsResponse(compact_jws_string=["a.b.c"])
    assert answer.to_document() == {"compactJwsString": ["a.b.c"]}
    info = {
        "imsx_codeMajor": "failure",
        "imsx_severity": "error",
        "imsx_description": "No such badge",
        "imsx_codeMinor": {
            "imsx_codeMinorField": [
                {"imsx_codeMinorFieldName": "TargetEndSystem", "imsx_codeMinorFieldValue": "not_found"}
            ]
        },
    }
    assert ImsxStatusInfo.from_document(info).to_document() == info
    service = {
        "openapi": "3.0.1",
        "info": {
            "title": "t",
            "version": "1",
            "termsOfService": "https://e.org/t",
            "x-imssf-privacyPolicyUrl": "https://e.org/p",
            "x-imssf-image": "https://e.org/i",
        },
        "components": {
            "securitySchemes": {
                "OAuth2ACG": {
                    "type": "oauth2",
                    "description": "d",
                    "x-imssf-registrationUrl": "https://e.org/r",
                    "flows": {},
                }
            }
        },
        "paths": {},
    }
    assert ServiceDescriptionDocument.from_document(service).to_document() == service


def test_keys_are_public() -> None:
    key = {"kty": "OKP", "key_ops": ["verify"], "kid": "1", "x5t#S256": "x", "crv": "Ed25519", "x": "AA"}
    assert Jwks.from_document({"keys": [key]}).to_document() == {"keys": [key]}
    refused(lambda: Jwk.from_document(key | {"d": "AA"}), "", "model.private_key")
    multikey = {"id": "did:x:y#1", "type": "Multikey", "controller": "did:x:y", "publicKeyMultibase": "z6Mk"}
    assert Multikey.from_document(multikey).to_document() == multikey


def test_proofs_keep_their_own_members() -> None:
    proof = {"type": "DataIntegrityProof", "created": "2026-01-15T09:00:00Z", "previousProof": ["urn:x:1"]}
    assert Proof.from_document(proof).to_document() == proof


def test_the_vocabularies_are_complete() -> None:
    sizes = {
        enums.AchievementType: 31,
        enums.AlignmentTargetType: 7,
        enums.IdentifierType: 19,
        enums.ResultType: 12,
        enums.ResultStatusType: 7,
        enums.ImsxCodeMajor: 4,
        enums.ImsxSeverity: 3,
        enums.ImsxCodeMinorFieldValue: 13,
        enums.AuthorizationError: 7,
        enums.RegistrationError: 4,
        enums.TokenError: 7,
    }
    assert {vocabulary: len(vocabulary) for vocabulary in sizes} == sizes


def test_every_public_name_is_there_and_no_other() -> None:
    for name in models.__all__:
        assert getattr(models, name) is not None
    assert set(models.__all__) <= set(dir(models))
    with pytest.raises(AttributeError):
        _ = models.Badge  # type: ignore[attr-defined]
