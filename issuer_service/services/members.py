"""Who belongs to an affiliate, in which role, and the one-time links that invite."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from issuer_service.services.errors import ConflictError, InvalidError, NotFoundError
from issuer_service.services.hashing import fingerprint, new_id, new_secret
from issuer_service.services.ports import UnitOfWork
from issuer_service.services.records import AffiliateState, Membership, OneTimeLink, Role, User
from issuer_service.services.tools import Tools

__all__ = ["RANK", "Member", "Members"]

RANK = (Role.VIEWER, Role.AWARDER, Role.OWNER)  # each includes those before it
_MOST_INVITATION_DAYS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An account and its role in an affiliate."""

    user: User
    role: Role


@dataclass(frozen=True, slots=True)
class Members:
    """Use cases about memberships; part of ``Accounts``."""

    tools: Tools

    def memberships(self, user_id: str) -> Sequence[Membership]:
        """Where somebody belongs."""
        with self.tools.store.read() as work:
            return work.memberships_of(user_id)

    def role_in(self, user_id: str, affiliate_id: str) -> Role | None:
        """Somebody's role in an affiliate, None without one."""
        return next((one.role for one in self.memberships(user_id) if one.affiliate_id == affiliate_id), None)

    def members(self, affiliate_id: str) -> Sequence[Member]:
        """Who belongs to the affiliate, by name."""
        with self.tools.store.read() as work:
            found = [(work.get_user(one.user_id), one.role) for one in work.members_of(affiliate_id)]
        members = [Member(user=user, role=role) for user, role in found if user is not None]
        return sorted(members, key=lambda member: member.user.login)

    def set_role(self, affiliate_id: str, user_id: str, role: Role) -> None:
        """Change a member's role; the person signs in again (S-SES-1).

        Raises:
            NotFoundError: Not a member.
            ConflictError: It would leave the affiliate without an owner.
        """
        with self.tools.store.write() as work:
            _refuse_last_owner(work, affiliate_id, user_id, role)
            work.save_membership(Membership(user_id=user_id, affiliate_id=affiliate_id, role=role))
            work.remove_sessions_of(user_id)

    def remove_member(self, affiliate_id: str, user_id: str) -> None:
        """End a membership; the account stays.

        Raises:
            NotFoundError: Not a member.
            ConflictError: It would leave the affiliate without an owner.
        """
        with self.tools.store.write() as work:
            _refuse_last_owner(work, affiliate_id, user_id, None)
            work.remove_membership(user_id, affiliate_id)
            work.remove_sessions_of(user_id)

    # invitations

    def invite(self, affiliate_id: str, role: Role, *, days: int = 14, seed: str = "") -> str:
        """The secret of a link with which one person joins the affiliate, once. To be handed over in any way.

        With the seed of a link that works, it is that one (S-IDEM-1).

        Raises:
            NotFoundError: No such affiliate, or it is closed.
        """
        if not 1 <= days <= _MOST_INVITATION_DAYS:
            raise InvalidError.of("days", "field.number", least=1, most=_MOST_INVITATION_DAYS)
        with self.tools.store.read() as work:
            affiliate = work.get_affiliate(affiliate_id)
        if affiliate is None or affiliate.state is AffiliateState.CLOSED:
            raise NotFoundError("affiliate.not_found")
        ends = self.tools.now() + timedelta(days=days)
        return self._new_link("invitation", ends, seed, affiliate_id=affiliate_id, role=role)

    def invitation(self, secret: str) -> OneTimeLink:
        """What an invitation is for, to show it before it is accepted.

        Raises:
            NotFoundError: The link is unknown, used or too old.
        """
        return self._link(secret, "invitation")

    def join(self, secret: str, user_id: str) -> None:
        """Accept an invitation with an account one has.

        Raises:
            NotFoundError: The link is unknown, used or too old.
        """
        link = self._link(secret, "invitation")
        with self.tools.store.write() as work:
            self._take(work, link, user_id)

    def _take(self, work: UnitOfWork, link: OneTimeLink, user_id: str) -> None:
        if link.affiliate_id is None or link.role is None or not work.use_link(link.id, self.tools.now()):
            raise NotFoundError("link.not_found")
        held = next((one.role for one in work.memberships_of(user_id) if one.affiliate_id == link.affiliate_id), None)
        role = link.role if held is None else max(held, link.role, key=RANK.index)
        work.save_membership(Membership(user_id=user_id, affiliate_id=link.affiliate_id, role=role))

    def _new_link(self, purpose: str, expires_at: datetime, seed: str = "", **whose: Any) -> str:
        secret = new_secret(seed)
        link = OneTimeLink(
            id=new_id(seed), purpose=purpose, secret_hash=fingerprint(secret), expires_at=expires_at, **whose
        )
        with self.tools.store.write() as work:
            there = work.link_by_secret(link.secret_hash)
            if there is None:
                work.save_link(link)
        if there is not None and (there.used_at is not None or there.expires_at <= self.tools.now()):
            return self._new_link(purpose, expires_at, **whose)
        return secret

    def _link(self, secret: str, purpose: str) -> OneTimeLink:
        with self.tools.store.read() as work:
            link = work.link_by_secret(fingerprint(secret))
        if link is None or link.purpose != purpose or link.used_at is not None or link.expires_at <= self.tools.now():
            raise NotFoundError("link.not_found")
        return link


def _refuse_last_owner(work: UnitOfWork, affiliate_id: str, user_id: str, role: Role | None) -> None:
    members = work.members_of(affiliate_id)
    if user_id not in {one.user_id for one in members}:
        raise NotFoundError("member.not_found")
    owners = {one.user_id for one in members if one.role is Role.OWNER}
    if owners == {user_id} and role is not Role.OWNER:
        raise ConflictError("member.last_owner")
