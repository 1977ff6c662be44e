"""Achievements: the form, versions, states, languages."""

from __future__ import annotations

from typing import Any

import pytest

from issuer_service.services.designer import Design
from issuer_service.services.drafts import ACHIEVEMENT_TYPES, read_draft
from issuer_service.services.errors import ConflictError, InvalidError, NotFoundError
from issuer_service.services.records import AchievementState
from openbadges import Achievement
from openbadges.models.enums import AchievementType

GOOD = {"name": "Host", "description": "Hosts.", "criteria": "Host one."}


def test_form_texts_become_lists() -> None:
    draft = read_draft({
        **GOOD, "tags": "wiki, events،wiki;\n", "levels": "New: first steps\n\nSeasoned：later", "valid_days": " 30 ",
        "language": "", "translations": {"fr": {"name": "Hôte"}, "de": {}}, "alignments": "", "image_id": "",
    }, language="es")  # fmt: skip
    assert draft.tags == ("wiki", "events")
    assert draft.valid_days == 30
    assert draft.language == "es"
    assert [dict(level) for level in draft.levels] == [
        {"name": "New", "description": "first steps"},
        {"name": "Seasoned", "description": "later"},
    ]
    assert draft.translations == {"fr": {"name": "Hôte"}}
    assert draft.image_id is None


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": ""}, "name"),
        ({"criteria": "x" * 20_001}, "criteria"),
        ({"achievement_type": "Crown"}, "achievement_type"),
        ({"method": "magic"}, "method"),
        ({"valid_days": 0}, "valid_days"),
        ({"tags": 7}, "tags"),
        ({"tags": ["x"] * 21}, "tags"),
        ({"tags": ",".join(f"t{n}" for n in range(21))}, "tags"),
        ({"tags": ["x" * 61]}, "tags"),
        ({"tags": [7]}, "tags"),
        ({"alignments": ["x"]}, "alignments"),
        ({"alignments": [{"targetName": "x", "extra": "y"}]}, "alignments"),
        ({"alignments": [{"targetName": "x"}]}, "alignments"),
        ({"alignments": [{"targetName": "x", "targetUrl": 7}]}, "alignments"),
        ({"alignments": [{"targetName": "x", "targetUrl": "no address"}]}, "alignments"),
        ({"levels": [{"description": "x"}]}, "levels"),
        ({"levels": ["x"]}, "levels"),
        ({"levels": [{"name": "x"}, {"name": "x"}]}, "levels"),
        ({"levels": "\n".join(f"L{n}" for n in range(11))}, "levels"),
        ({"translations": []}, "translations"),
        ({"translations": {"!": {"name": "x"}}}, "translations"),
        ({"translations": {"fr": {"criteria": "x"}}}, "translations"),
        ({"translations": {"fr": {"name": "x", "id": "y"}}}, "translations"),
        ({"translations": {"fr": {"name": 7}}}, "translations"),
        ({"translations": {f"a{chr(97 + n)}": {"name": "x"} for n in range(21)}}, "translations"),
        # S-AZ-2: nobody names an owner, a state or a version
        ({"affiliate_id": "x"}, "affiliate_id"),
        ({"state": "published"}, "state"),
        ({"number": 9}, "number"),
        ({"created_at": "x"}, "created_at"),
    ],
)
def test_form_says_which_field_is_wrong_s_az_2(fields: Any, field: str) -> None:
    with pytest.raises(InvalidError) as caught:
        read_draft({**GOOD, **fields})
    assert [problem.field for problem in caught.value.problems] == [field]


def test_offered_types_are_open_badges_types() -> None:
    assert set(ACHIEVEMENT_TYPES) <= {str(one) for one in AchievementType}


def test_edit_makes_a_version_and_leaves_the_old_one(kit: Any, riverside: Any) -> None:
    achievements = kit.services.achievements
    held = achievements.create(riverside.id, read_draft(GOOD))
    achievement_id = held.achievement.id
    assert (held.achievement.state, held.version.number) == (AchievementState.DRAFT, 1)
    new = achievements.update(riverside.id, achievement_id, read_draft({**GOOD, "name": "Event host"}))
    assert new.version.number == 2
    assert not new.achievement.suspendable
    assert achievements.version(achievement_id, 1).name == "Host"
    assert achievements.get(riverside.id, achievement_id).version.name == "Event host"
    assert achievements.update(riverside.id, achievement_id, read_draft(GOOD), suspendable=True).achievement.suspendable
    with pytest.raises(NotFoundError):
        achievements.version(achievement_id, 9)


def test_drafts_are_not_public_and_archived_ones_are(kit: Any, riverside: Any) -> None:
    achievements = kit.services.achievements
    achievement_id = achievements.create(riverside.id, read_draft(GOOD)).achievement.id
    for call in (lambda: achievements.public(achievement_id), lambda: achievements.document(achievement_id)):
        with pytest.raises(NotFoundError):
            call()
    with pytest.raises(ConflictError):
        achievements.archive(riverside.id, achievement_id)
    achievements.publish(riverside.id, achievement_id)
    assert achievements.public(achievement_id)[0] == riverside
    assert achievements.archive(riverside.id, achievement_id).achievement.state is AchievementState.ARCHIVED
    document = achievements.document(achievement_id)
    assert document["creator"]["id"] == riverside.issuer_id
    assert Achievement.from_document(document).name == "Host"
    assert achievements.all(riverside.id, [AchievementState.PUBLISHED]) == []
    assert [held.version.name for held in achievements.all(riverside.id)] == ["Host"]


def test_public_achievement_of_an_issuer_without_keys(kit: Any) -> None:
    pending = kit.services.affiliates.create({"name": "X"})
    achievement_id = kit.services.achievements.create(pending.id, read_draft(GOOD)).achievement.id
    kit.services.achievements.publish(pending.id, achievement_id)
    assert "creator" not in kit.services.achievements.document(achievement_id)


def test_s_az_1_other_affiliates_find_nothing(kit: Any, host: str) -> None:
    other = kit.affiliate("Hilltop")
    achievements = kit.services.achievements
    for call in (
        lambda: achievements.get(other.id, host),
        lambda: achievements.update(other.id, host, read_draft(GOOD)),
        lambda: achievements.publish(other.id, host),
        lambda: achievements.archive(other.id, host),
        lambda: achievements.create("none", read_draft(GOOD)),
    ):
        with pytest.raises(NotFoundError):
            call()


def test_picture_has_to_be_the_affiliates_own(kit: Any, riverside: Any) -> None:
    other = kit.affiliate("Hilltop")
    image = kit.services.images.add_design(other.id, Design(alt="A star"))
    for image_id in (image.id, "none"):
        with pytest.raises(InvalidError):
            kit.services.achievements.create(riverside.id, read_draft({**GOOD, "image_id": image_id}))


@pytest.mark.parametrize(
    ("wanted", "language", "name"),
    [(["es"], "es", "Anfitrión"), (["ES-mx", "fr"], "es", "Anfitrión"), (["pt", "fr"], "fr", "Hôte"),
     (["zh"], "en", "Host"),
     ([], "en", "Host"), (["en-GB"], "en", "Host")],
)  # fmt: skip
def test_words_fall_back_to_the_language_without_region_and_the_original(
    kit: Any, riverside: Any, wanted: list[str], language: str, name: str
) -> None:
    texts = {"es": {"name": "Anfitrión", "description": "x", "criteria": "y"}, "fr": {"name": "Hôte"}}
    held = kit.services.achievements.create(riverside.id, read_draft({**GOOD, "translations": texts}))
    words = kit.services.achievements.in_language(held.version, wanted)
    assert (words.language, words.name) == (language, name)
    assert words.description == ("x" if language == "es" else "Hosts.")
