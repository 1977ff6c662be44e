"""What programs are answered, and how it is made of records. Hashes, salts and keys are in none of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from issuer_service.services.achievements import Held
from issuer_service.services.issuance import SHOWN
from issuer_service.services.previewing import PreviewRow
from issuer_service.services.records import (
    AchievementState,
    Affiliate,
    AffiliateState,
    ApiToken,
    Award,
    AwardState,
    Batch,
    Image,
    RecipientKind,
    Role,
    Visibility,
)
from issuer_service.services.site import Site

__all__ = [
    "AchievementCountOut",
    "AchievementOut",
    "AffiliateOut",
    "AwardOut",
    "BatchOut",
    "CountOut",
    "GivenOut",
    "ImageOut",
    "InvitationOut",
    "IssuedOut",
    "LinkOut",
    "LinksOut",
    "MemberOut",
    "MonthOut",
    "NewTokenOut",
    "PreviewOut",
    "RowOut",
    "StatisticsOut",
    "TokenOut",
    "VerifiedOut",
]


class Shown(BaseModel):
    """What all of them have in common."""

    model_config = ConfigDict(extra="forbid", frozen=True, from_attributes=True)


class AffiliateOut(Shown):
    """The issuer the token belongs to."""

    id: str
    slug: str
    name: str
    description: str
    url: str
    email: str
    place: str
    language: str
    accent: str
    state: AffiliateState
    issuer_id: str | None
    recipient_prefix: str
    undo_minutes: int
    logo_id: str | None
    created_at: datetime
    page: str

    @classmethod
    def of(cls, affiliate: Affiliate, site: Site) -> AffiliateOut:
        """From its record."""
        return cls.model_validate({**_own(cls, affiliate), "page": site.issuer_url(affiliate.slug)})


class MemberOut(Shown):
    """An account and its role."""

    user_id: str
    login: str
    role: Role


class InvitationOut(Shown):
    """A link with which one person joins, once. It is told now and never again."""

    link: str
    role: Role
    expires_at: datetime


class AchievementOut(Shown):
    """An achievement with its content as it is now."""

    id: str
    state: AchievementState
    version: int
    suspendable: bool
    created_at: datetime
    name: str
    description: str
    criteria: str
    language: str
    achievement_type: str
    method: str
    image_id: str | None
    valid_days: int | None
    tags: list[str]
    alignments: list[dict[str, Any]]
    levels: list[dict[str, str]]
    rubrics: list[dict[str, Any]]
    translations: dict[str, dict[str, str]]
    page: str

    @classmethod
    def of(cls, held: Held, site: Site) -> AchievementOut:
        """From its records."""
        content = {
            **_own(cls, held.version),
            "alignments": [dict(one) for one in held.version.alignments],
            "levels": [dict(one) for one in held.version.levels],
            "rubrics": [{**one, "levels": [dict(level) for level in one["levels"]]} for one in held.version.rubrics],
            "translations": {tag: dict(words) for tag, words in held.version.translations.items()},
        }
        page = site.achievement_url(held.achievement.id)
        return cls.model_validate({**content, **_own(cls, held.achievement), "page": page})


class ImageOut(Shown):
    """A picture, PNG."""

    id: str
    alt: str
    created_at: datetime
    address: str

    @classmethod
    def of(cls, image: Image, site: Site) -> ImageOut:
        """From its record."""
        return cls(id=image.id, alt=image.alt, created_at=image.created_at, address=site.image_url(image.id))


class AwardOut(Shown):
    """One badge of one person."""

    id: str
    batch_id: str
    achievement_id: str
    version: int
    recipient_kind: RecipientKind
    recipient_value: str | None
    level: str | None
    narrative: str
    evidence: list[dict[str, str]]
    language: str
    state: AwardState
    visibility: Visibility
    credential_id: str | None
    awarded_at: datetime
    issued_at: datetime | None
    valid_until: datetime | None
    reason: str | None
    changed_at: datetime | None
    replaced_by: str | None
    page: str | None

    @classmethod
    def of(cls, award: Award, site: Site) -> AwardOut:
        """From its record; a page there is once it is signed."""
        page = site.award_url(award.id) if award.state in SHOWN else None
        evidence = [dict(one) for one in award.evidence]
        return cls.model_validate({**_own(cls, award), "evidence": evidence, "page": page})


class RowOut(Shown):
    """What would happen, or why nothing happened, to one row."""

    line: int
    text: str
    kind: RecipientKind
    value: str
    ok: bool
    duplicate: bool
    reason: str | None

    @classmethod
    def of(cls, row: PreviewRow) -> RowOut:
        """From a row of the preview."""
        reason = None if row.reason is None else str(row.reason)
        return cls.model_validate({**_own(cls, row), "reason": reason})


class PreviewOut(Shown):
    """What would happen."""

    rows: list[RowOut]
    good: int
    bad: int
    duplicates: int


class BatchOut(Shown):
    """Awards that were given together; until ``send_at`` they can be undone. ``counts`` is by state, of all."""

    id: str
    achievement_id: str
    version: int
    created_at: datetime
    send_at: datetime
    counts: dict[str, int]
    awards: list[AwardOut]

    @classmethod
    def of(cls, batch: Batch, awards: Sequence[Award], counts: Mapping[AwardState, int], site: Site) -> BatchOut:
        """From its records."""
        shown = [AwardOut.of(award, site) for award in awards]
        numbers = {state.value: number for state, number in counts.items()}
        return cls.model_validate({**_own(cls, batch), "counts": numbers, "awards": shown})


class GivenOut(Shown):
    """What was given; ``replayed`` when an equal request with the same Idempotency-Key came before."""

    batch: BatchOut
    left_out: list[RowOut]
    replayed: bool


class CountOut(Shown):
    """How many awards it was done to."""

    count: int


class IssuedOut(CountOut):
    """How many were signed at once; those that are still waiting are signed by and by, as the batch tells."""

    waiting: int


class LinkOut(Shown):
    """A private link of a recipient. It is told once; an earlier one stops working."""

    award_id: str
    link: str


class LinksOut(Shown):
    """The private links of a batch that were not told yet."""

    links: list[LinkOut]


class TokenOut(Shown):
    """A token, without its secret."""

    id: str
    name: str
    prefix: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None

    @classmethod
    def of(cls, token: ApiToken) -> TokenOut:
        """From its record."""
        return cls.model_validate({**_own(cls, token), "scopes": list(token.scopes)})


class NewTokenOut(Shown):
    """A new token; the secret is told now and never again."""

    secret: str
    token: TokenOut


class AchievementCountOut(Shown):
    """Numbers of one achievement."""

    achievement_id: str
    name: str
    counts: dict[str, int]


class MonthOut(Shown):
    """Numbers of one month."""

    month: str
    issued: int
    revoked: int


class StatisticsOut(Shown):
    """Numbers of the affiliate."""

    total: int
    by_state: dict[str, int]
    by_achievement: list[AchievementCountOut]
    by_month: list[MonthOut]


class VerifiedOut(Shown):
    """The library's report, and whether this site knows the issuer."""

    report: dict[str, Any]
    issuer_known: bool


def _own(model: type[BaseModel], record: Any) -> dict[str, Any]:
    """The members of a record that the model shows."""
    return {name: _listed(getattr(record, name)) for name in model.model_fields if hasattr(record, name)}


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
