"""Operations about the issuer itself: profile, members, tokens, numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from pydantic import BaseModel

from issuer_service.services.errors import InvalidError, NotAllowedError
from issuer_service.web.api.operations import Asked, Part
from issuer_service.web.api.preconditions import check_if_match, etag_of
from issuer_service.web.api.shown import (
    AchievementCountOut,
    AffiliateOut,
    InvitationOut,
    MemberOut,
    MonthOut,
    NewTokenOut,
    StatisticsOut,
    TokenOut,
)

__all__ = [
    "affiliate",
    "change_affiliate",
    "change_member",
    "invite",
    "make_token",
    "members",
    "remove_member",
    "revoke_token",
    "set_logo",
    "statistics",
    "tokens",
]


def affiliate(asked: Asked) -> AffiliateOut:
    """The affiliate of the token."""
    return AffiliateOut.of(asked.services.affiliates.get(asked.affiliate_id), asked.services.site)


def change_affiliate(asked: Asked) -> AffiliateOut:
    """Change what is named."""
    site = asked.services.site
    changed = asked.services.affiliates.update(
        asked.affiliate_id,
        asked.body.model_dump(exclude_none=True),
        before=lambda kept: check_if_match(etag_of(AffiliateOut.of(kept, site))),
    )
    return AffiliateOut.of(changed, site)


def members(asked: Asked) -> Part:
    """Who belongs to it."""
    found = asked.services.accounts.members(asked.affiliate_id)
    shown = [MemberOut(user_id=one.user.id, login=one.user.login, role=one.role) for one in found]
    return _part(asked, shown)


def invite(asked: Asked) -> InvitationOut:
    """A link with which one person joins; to be handed over in any way."""
    body, services = asked.body, asked.services
    secret = services.accounts.invite(asked.affiliate_id, body.role, days=body.days)
    link = services.accounts.invitation(secret)
    return InvitationOut(link=services.site.join_url(secret), role=body.role, expires_at=link.expires_at)


def change_member(asked: Asked) -> MemberOut:
    """Another role.

    Raises:
        NotFoundError: Not a member.
    """
    user_id, accounts = asked.path["user_id"], asked.services.accounts
    accounts.set_role(asked.affiliate_id, user_id, asked.body.role)
    return MemberOut(user_id=user_id, login=accounts.get(user_id).login, role=asked.body.role)


def remove_member(asked: Asked) -> None:
    """End a membership."""
    asked.services.accounts.remove_member(asked.affiliate_id, asked.path["user_id"])


def set_logo(asked: Asked) -> AffiliateOut:
    """A picture that was sent before, or none."""
    changed = asked.services.affiliates.set_logo(asked.affiliate_id, asked.body.image_id)
    return AffiliateOut.of(changed, asked.services.site)


def tokens(asked: Asked) -> Part:
    """Its tokens, revoked ones too."""
    return _part(asked, [TokenOut.of(one) for one in asked.services.tokens.all(asked.affiliate_id)])


def make_token(asked: Asked) -> NewTokenOut:
    """A token that can do no more and lives no longer than the one it is made with.

    Raises:
        NotAllowedError: It would have another scope.
        InvalidError: It would live longer.
    """
    if set(asked.body.scopes) - set(asked.token.scopes):
        raise NotAllowedError("field.choice", allowed=", ".join(asked.token.scopes))
    left = asked.token.expires_at - asked.services.clock.now()
    if timedelta(days=asked.body.days) > left:
        raise InvalidError.of("days", "field.number", least=1, most=left.days)
    made = asked.services.tokens.create(asked.affiliate_id, asked.body.name, asked.body.scopes, asked.body.days)
    return NewTokenOut(secret=made[0], token=TokenOut.of(made[1]))


def revoke_token(asked: Asked) -> TokenOut:
    """Make a token worthless from the next request on."""
    return TokenOut.of(asked.services.tokens.revoke(asked.affiliate_id, asked.path["token_id"]))


def statistics(asked: Asked) -> StatisticsOut:
    """Counts by state, achievement and month."""
    found = asked.services.statistics.summary(asked.affiliate_id)
    return StatisticsOut(
        total=found.total,
        by_state={state.value: number for state, number in found.by_state.items()},
        by_achievement=[
            AchievementCountOut(
                achievement_id=one.achievement_id,
                name=one.name,
                counts={state.value: number for state, number in one.counts.items()},
            )
            for one in found.by_achievement
        ],
        by_month=[MonthOut(month=one.month, issued=one.issued, revoked=one.revoked) for one in found.by_month],
    )


def _part(asked: Asked, shown: Sequence[BaseModel]) -> Part:
    start = asked.query.offset
    return Part(items=shown[start : start + asked.query.limit], total=len(shown), limit=asked.query.limit, offset=start)
