"""Users, memberships, one-time links and sessions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update

from issuer_service.services.records import Membership, OneTimeLink, Session, User
from issuer_service.storage import rows
from issuer_service.storage.rows import Rows

__all__ = ["People"]


class People(Rows):
    """Part of the unit of work; the methods are those of ``services.ports.UnitOfWork``."""

    def get_user(self, user_id: str) -> User | None:
        """By id."""
        return self._get(rows.USERS, id=user_id)

    def user_by_login(self, login: str) -> User | None:
        """By the exact login."""
        return self._get(rows.USERS, login=login)

    def list_users(self) -> Sequence[User]:
        """Everybody, by login."""
        return self._list(rows.USERS, order=[rows.USERS.table.c.login])

    def save_user(self, user: User) -> None:
        """Insert or replace."""
        self._save(rows.USERS, user)

    def memberships_of(self, user_id: str) -> Sequence[Membership]:
        """The affiliates of a user."""
        columns = rows.MEMBERSHIPS.table.c
        return self._list(rows.MEMBERSHIPS, columns.user_id == user_id, order=[columns.affiliate_id])

    def members_of(self, affiliate_id: str) -> Sequence[Membership]:
        """The users of an affiliate."""
        columns = rows.MEMBERSHIPS.table.c
        return self._list(rows.MEMBERSHIPS, columns.affiliate_id == affiliate_id, order=[columns.user_id])

    def save_membership(self, membership: Membership) -> None:
        """Insert, or change the role."""
        self._save(rows.MEMBERSHIPS, membership)

    def remove_membership(self, user_id: str, affiliate_id: str) -> None:
        """Nothing happens when there is none."""
        self._remove(rows.MEMBERSHIPS, user_id=user_id, affiliate_id=affiliate_id)

    def save_link(self, link: OneTimeLink) -> None:
        """Insert or replace."""
        self._save(rows.LINKS, link)

    def link_by_secret(self, secret_hash: str) -> OneTimeLink | None:
        """By the hash of its secret; also when used or over."""
        return self._get(rows.LINKS, secret_hash=secret_hash)

    def use_link(self, link_id: str, at: datetime) -> bool:
        """True for the one who used it first."""
        table = rows.LINKS.table
        statement = update(table).where(table.c.id == link_id, table.c.used_at.is_(None)).values(used_at=at)
        return self._db.execute(statement).rowcount == 1

    def save_session(self, session: Session) -> None:
        """Insert or replace."""
        self._save(rows.SESSIONS, session)

    def get_session(self, id_hash: str) -> Session | None:
        """By the hash of the cookie; whether it is over is for the caller to say."""
        return self._get(rows.SESSIONS, id_hash=id_hash)

    def remove_session(self, id_hash: str) -> None:
        """Sign out one browser."""
        self._remove(rows.SESSIONS, id_hash=id_hash)

    def remove_sessions_of(self, user_id: str) -> None:
        """Sign out everywhere."""
        self._remove(rows.SESSIONS, user_id=user_id)
