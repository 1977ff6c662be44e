"""What programs send. A member that is not named here is refused: no id, state or owner comes from a body (S-AZ-2)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StrictBool, StrictInt

from issuer_service.services.records import AchievementState, AwardState, RecipientKind, Role, Visibility
from issuer_service.services.status_changes import STAFF_REASONS
from issuer_service.services.tokens import LONGEST_DAYS, SCOPES

__all__ = [
    "AchievementIn",
    "AchievementUpdate",
    "AchievementsQuery",
    "AffiliateIn",
    "AwardsQuery",
    "BatchQuery",
    "DesignIn",
    "GiveIn",
    "ImageQuery",
    "InvitationIn",
    "LogoIn",
    "MemberIn",
    "PageQuery",
    "PreviewIn",
    "ReasonIn",
    "RenewIn",
    "ReplaceIn",
    "SuspendIn",
    "TokenIn",
    "VerifyIn",
]

_ROWS = 10_000
Reason = Literal[STAFF_REASONS]  # type: ignore[valid-type]  # the members of one visible table


def _known_scope(scope: str) -> str:
    if scope not in SCOPES:
        message = f"Choose one of: {', '.join(SCOPES)}"
        raise ValueError(message)
    return scope


Scope = Annotated[str, AfterValidator(_known_scope), Field(json_schema_extra={"enum": list(SCOPES)})]


class Sent(BaseModel):
    """What all of them have in common: nothing but what is named."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class AffiliateIn(Sent):
    """Changes of the issuer's profile; what is not named stays."""

    name: str | None = None
    slug: str | None = Field(None, description="The short address; it is fixed once an operator approved the issuer.")
    description: str | None = None
    url: str | None = None
    email: str | None = None
    place: str | None = None
    language: str | None = None
    accent: str | None = Field(None, description="A colour on which white letters can be read, such as #2a4b8d.")
    recipient_prefix: str | None = Field(None, description="Put before user names that stand without one.")
    undo_minutes: StrictInt | None = Field(None, ge=0, le=1440)


class LogoIn(Sent):
    """A picture that was sent before; none takes the logo away."""

    image_id: str | None


class InvitationIn(Sent):
    """For whom the link will be."""

    role: Role
    days: StrictInt = Field(14, ge=1, le=60, description="How long the link works.")


class MemberIn(Sent):
    """Another role; the person signs in again."""

    role: Role


class Words(Sent):
    """The words of an achievement in another language."""

    name: str
    description: str | None = None
    criteria: str | None = None


class LevelIn(Sent):
    """One level of an achievement, the lowest first."""

    name: str
    description: str = ""


class RubricLevelIn(LevelIn):
    """One level of a skill."""

    level: StrictInt = Field(ge=1, le=100, description="Its place on the scale; 1 is the lowest.")


class RubricIn(Sent):
    """The levels of one skill, the lowest first."""

    skill: str = Field(description="The targetUrl of one of the alignments.")
    required: StrictInt | None = Field(None, description="The level that the badge asks at least.")
    levels: list[RubricLevelIn] = Field(min_length=1, max_length=20)


class AchievementIn(Sent):
    """The content of an achievement."""

    name: str
    description: str
    criteria: str = Field(description="What one has to do for it; Markdown.")
    language: str | None = None
    achievement_type: str = "Badge"
    method: str = ""
    image_id: str | None = None
    valid_days: StrictInt | None = Field(None, ge=1, le=36500)
    tags: list[str] = Field([], max_length=20)
    alignments: list[dict[str, Any]] = Field([], max_length=20, description="Open Badges Alignment objects.")
    levels: list[LevelIn] = Field([], max_length=10)
    rubrics: list[RubricIn] = Field([], max_length=20, description="Levels of single skills of the alignments.")
    translations: dict[str, Words] = Field({}, description="By language code.")
    suspendable: StrictBool = Field(False, description="Whether its badges can be suspended.")


class AchievementUpdate(AchievementIn):
    """The new content. Badges that were given keep the old one."""


class PageQuery(Sent):
    """Which part of a list."""

    limit: int = Field(50, ge=1, le=100)
    offset: int = Field(0, ge=0, le=10_000_000)


class BatchQuery(Sent):
    """Which part of its awards, by recipient."""

    limit: int = Field(100, ge=0, le=1000)
    offset: int = Field(0, ge=0, le=10_000_000)


class AchievementsQuery(PageQuery):
    """Which achievements."""

    state: AchievementState | None = None


class AwardsQuery(PageQuery):
    """Which awards, newest first."""

    achievement_id: str | None = None
    batch_id: str | None = None
    state: AwardState | None = None
    text: str = Field("", max_length=200, description="Looked for in the recipient.")


class ImageQuery(Sent):
    """What the picture shows, for people who do not see it."""

    alt: str


class DesignIn(Sent):
    """A picture of the built-in designer."""

    shape: str
    colour: str
    symbol: str = "none"
    text: str = ""
    alt: str


class EvidenceIn(Sent):
    """A piece of evidence."""

    url: str
    name: str = ""
    narrative: str = ""


class RowIn(Sent):
    """One recipient."""

    recipient: str
    kind: RecipientKind | None = None
    narrative: str = ""
    evidence: list[str] = Field([], max_length=10)
    level: str = ""


class PreviewIn(Sent):
    """To whom: rows, or text as one would paste it."""

    achievement_id: str
    recipients: Annotated[list[RowIn], Field(max_length=_ROWS)] | str
    allow_duplicates: StrictBool = False


class GiveIn(PreviewIn):
    """To whom, and what is said in all these badges."""

    narrative: str = ""
    evidence: list[EvidenceIn] = Field([], max_length=10)
    level: str | None = None
    awarded_at: AwareDatetime | None = Field(None, description="When it was earned; now by default.")
    undo_minutes: StrictInt | None = Field(None, ge=0, le=1440, description="0 signs at the next occasion.")
    language: str | None = None
    visibility: Visibility = Visibility.UNLISTED


class ReasonIn(Sent):
    """Why, from a short list: there is no free text, so that nobody is shamed in public."""

    reason: Reason


class SuspendIn(Sent):
    """Why."""

    reason: Reason = "issuer_decision"


class RenewIn(Sent):
    """For how long from now; the achievement's own validity by default."""

    valid_days: StrictInt | None = Field(None, ge=1, le=36500)


class ReplaceIn(Sent):
    """What is corrected; what is not named stays."""

    recipient: str | None = None
    kind: RecipientKind | None = None
    narrative: str | None = None
    evidence: list[EvidenceIn] | None = Field(None, max_length=10)
    level: str | None = None


class TokenIn(Sent):
    """A token that can do no more and lives no longer than the one it is made with."""

    name: str
    scopes: list[Scope] = Field(min_length=1)
    days: StrictInt = Field(ge=1, le=LONGEST_DAYS)


class RecipientIn(Sent):
    """Who the badge should have been given to."""

    type: str = Field(description="emailAddress, userName, name, or id for a DID.")
    value: str


class VerifyIn(Sent):
    """A badge: JSON, the text of a token, or the address of one."""

    badge: dict[str, Any] | str
    recipient: RecipientIn | None = None
