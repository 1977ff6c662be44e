"""Achievement: what can be earned."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from openbadges.models.base import Model
from openbadges.models.identifiers import IdentifierEntry
from openbadges.models.markers import ABSENT, EMPTY, From, Many, Maybe, MaybeFrom
from openbadges.models.parts import Alignment, Criteria, Image, Related
from openbadges.models.profile import EndorsementCredential, Profile
from openbadges.models.results import ResultDescription
from openbadges.models.types import AchievementTypeTerm, CompactJws, Kind, LanguageCode, Number, String, Uri

__all__ = ["Achievement", "AchievementMembers"]


class AchievementMembers(Model):
    """What an achievement has in either version of the W3C data model."""

    id: Uri
    type: Annotated[tuple[str, ...], Kind(("Achievement",))] = ("Achievement",)
    name: String
    description: String
    criteria: From[Criteria, str]
    achievement_type: Maybe[AchievementTypeTerm] = ABSENT
    alignment: Many[Alignment] = EMPTY
    creator: Maybe[Any] = ABSENT
    credits_available: Maybe[Number] = ABSENT
    endorsement: Many[Any] = EMPTY
    endorsement_jwt: Many[CompactJws] = EMPTY
    field_of_study: Maybe[String] = ABSENT
    human_code: Maybe[String] = ABSENT
    image: MaybeFrom[Image, str] = ABSENT
    in_language: Maybe[LanguageCode] = ABSENT
    other_identifier: Many[IdentifierEntry] = EMPTY
    related: Many[Related] = EMPTY
    result_description: Many[ResultDescription] = EMPTY
    specialization: Maybe[String] = ABSENT
    tag: Many[String] = EMPTY
    version: Maybe[String] = ABSENT


class Achievement(AchievementMembers):
    """Something that can be earned, defined once and awarded to many.

    Attributes:
        id: An https URL of the issuer's, where the achievement can be read about.
        criteria: What has to be done; in Python a plain text is its narrative.
        creator: Who defined it, when that is not the issuer.
    """

    RULES: ClassVar[str] = "Achievement"

    creator: MaybeFrom[Profile, str] = ABSENT
    endorsement: Many[EndorsementCredential] = EMPTY
