"""People who sign in: accounts, passwords, sessions."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from issuer_service.services.errors import InvalidError, NotFoundError, SignInError
from issuer_service.services.forms import LANGUAGE
from issuer_service.services.hashing import Passwords, fingerprint, new_id, new_secret
from issuer_service.services.members import Members
from issuer_service.services.ports import UnitOfWork
from issuer_service.services.records import OneTimeLink, Session, User
from issuer_service.services.tools import Tools

__all__ = ["LONGEST_SESSION", "MOST_IDLE", "SHORTEST_PASSWORD", "Accounts"]

LONGEST_SESSION = timedelta(hours=12)
MOST_IDLE = timedelta(minutes=30)
SHORTEST_PASSWORD = 10
_LONGEST_PASSWORD = 256  # the work of hashing grows with it
_LONGEST_LOGIN = 80
_SEEN_EVERY = timedelta(minutes=1)  # so that not every page writes


@dataclass(frozen=True, slots=True)
class Accounts(Members):
    """Use cases about accounts. Who may use them is asked by whoever calls."""

    tools: Tools
    passwords: Passwords

    def create_user(
        self,
        login: str,
        password: str | None = None,
        *,
        operator: bool = False,
        language: str = "en",
        seed: str = "",
    ) -> User:
        """A new account; without a password it waits for a reset link. With the seed of one that is there, that one.

        Raises:
            InvalidError: A name or password that cannot be used, or a name that is taken.
        """
        user = self._new_user(login, password, operator=operator, language=language)
        if seed:
            user = replace(user, id=new_id(seed))
        with self.tools.store.write() as work:
            there = work.get_user(user.id)
            if there is not None:
                return there
            _refuse_taken(work, user.login)
            work.save_user(user)
        return user

    def get(self, user_id: str) -> User:
        """The account with this id.

        Raises:
            NotFoundError: There is none.
        """
        with self.tools.store.read() as work:
            return _user(work, user_id)

    def by_login(self, login: str) -> User:
        """The account with this name.

        Raises:
            NotFoundError: There is none.
        """
        with self.tools.store.read() as work:
            user = work.user_by_login(_plain(login))
        if user is None:
            raise NotFoundError("account.not_found")
        return user

    def all_users(self) -> Sequence[User]:
        """Every account."""
        with self.tools.store.read() as work:
            return work.list_users()

    def set_disabled(self, user_id: str, disabled: bool) -> User:
        """Lock an account, which signs it out everywhere, or open it again."""
        with self.tools.store.write() as work:
            user = replace(_user(work, user_id), disabled=disabled)
            work.save_user(user)
            work.remove_sessions_of(user_id)
        return user

    def set_language(self, user_id: str, language: str) -> User:
        """The language the person wants to read."""
        if not LANGUAGE.fullmatch(language):
            raise InvalidError.of("language", "field.language")
        with self.tools.store.write() as work:
            user = replace(_user(work, user_id), language=language)
            work.save_user(user)
        return user

    # signing in

    def sign_in(self, login: str, password: str) -> tuple[str, Session]:
        """Open a session; the secret is for the cookie and is not kept.

        Raises:
            SignInError: Unknown name, wrong password or locked account: one answer, after the same work (S-SES-1).
        """
        with self.tools.store.read() as work:
            user = work.user_by_login(_plain(login))
        good = self.passwords.matches(user.password_hash if user else None, password[: _LONGEST_PASSWORD + 1])
        if not good or user is None or user.disabled:
            raise SignInError("account.sign_in")
        if user.password_hash is not None and self.passwords.is_dated(user.password_hash):
            with self.tools.store.write() as work:
                work.save_user(replace(_user(work, user.id), password_hash=self.passwords.hash(password)))
        return self.open_session(user.id)

    def open_session(self, user_id: str) -> tuple[str, Session]:
        """A new session for somebody whose identity is known (just signed in, joined or reset)."""
        now, secret = self.tools.now(), new_secret()
        session = Session(
            id_hash=fingerprint(secret), user_id=user_id, csrf=new_secret(), created_at=now, last_seen_at=now
        )
        with self.tools.store.write() as work:
            work.save_session(session)
        return secret, session

    def session(self, cookie_secret: str) -> tuple[User, Session] | None:
        """Who is signed in with this cookie: None for nobody, after 12 hours, or after 30 minutes without a page."""
        now, id_hash = self.tools.now(), fingerprint(cookie_secret)
        with self.tools.store.read() as work:
            session = work.get_session(id_hash)
            user = work.get_user(session.user_id) if session else None
        if session is None:
            return None
        if user is None or user.disabled or _is_over(session, now):
            self.sign_out(cookie_secret)
            return None
        if now - session.last_seen_at >= _SEEN_EVERY:
            session = self._seen(session, now)
        return (user, session) if session else None

    def _seen(self, session: Session, now: datetime) -> Session | None:
        with self.tools.store.write() as work:
            if work.get_session(session.id_hash) is None:  # signed out since: it stays so
                return None
            session = replace(session, last_seen_at=now)
            work.save_session(session)
        return session

    def sign_out(self, cookie_secret: str) -> None:
        """End this session on the server: the cookie is worth nothing from now on."""
        with self.tools.store.write() as work:
            work.remove_session(fingerprint(cookie_secret))

    def sign_out_everywhere(self, user_id: str) -> None:
        """End every session of the account."""
        with self.tools.store.write() as work:
            work.remove_sessions_of(user_id)

    # passwords

    def change_password(self, user_id: str, old: str, new: str) -> User:
        """Change one's own password; every session ends, so that a stolen one does too.

        Raises:
            SignInError: The old one is wrong.
            InvalidError: The new one cannot be used.
        """
        user = self.get(user_id)
        if not self.passwords.matches(user.password_hash, old):
            raise SignInError("account.old_password")
        return self._set_password(user, new)

    def reset_link(self, user_id: str, *, hours: int = 24, seed: str = "") -> str:
        """The secret of a link with which this person sets a new password, once. To be handed over in any way."""
        self.get(user_id)
        return self._new_link("reset", self.tools.now() + timedelta(hours=hours), seed, user_id=user_id)

    def check_reset(self, secret: str) -> None:
        """Whether a reset link still works, to say so before somebody thinks of a password.

        Raises:
            NotFoundError: The link is unknown, used or too old.
        """
        self._link(secret, "reset")

    def reset(self, secret: str, password: str, *, language: str = "") -> User:
        """Set a new password with a reset link.

        Args:
            secret: Of the link.
            password: The new password.
            language: In which the person reads the page; who comes for the first time reads the desk in it, too.

        Raises:
            NotFoundError: The link is unknown, used or too old.
            InvalidError: The password cannot be used; the link still can.
        """
        link = self._link(secret, "reset")
        user = self.get(link.user_id or "")
        is_first = user.password_hash is None
        user = self._set_password(user, password, link)
        return self.set_language(user.id, language) if is_first and language else user

    def _set_password(self, user: User, password: str, link: OneTimeLink | None = None) -> User:
        problem = _password_problem(password, user.login)
        if problem:
            raise InvalidError.of("password", problem, shortest=SHORTEST_PASSWORD, longest=_LONGEST_PASSWORD)
        password_hash = self.passwords.hash(password)
        with self.tools.store.write() as work:
            if link is not None and not work.use_link(link.id, self.tools.now()):
                raise NotFoundError("link.not_found")
            user = replace(_user(work, user.id), password_hash=password_hash)
            work.save_user(user)
            work.remove_sessions_of(user.id)
        return user

    # invitations

    def accept_invitation(self, secret: str, login: str, password: str, *, language: str = "en") -> User:
        """Make an account with an invitation, and the membership that comes with it.

        Args:
            secret: Of the invitation.
            login: The name to sign in with.
            password: The password.
            language: In which the person reads.

        Raises:
            NotFoundError: The link is unknown, used or too old.
            InvalidError: Name or password cannot be used; the link still can.
        """
        link = self._link(secret, "invitation")
        user = self._new_user(login, password, language=language)
        with self.tools.store.write() as work:
            _refuse_taken(work, user.login)
            work.save_user(user)
            self._take(work, link, user.id)
        return user

    def _new_user(self, login: str, password: str | None, *, operator: bool = False, language: str = "en") -> User:
        name = _plain(login)
        problems = []
        if not name or len(name) > _LONGEST_LOGIN or not name.isprintable():
            problems.append(("login", "account.login_form"))
        if not LANGUAGE.fullmatch(language):
            problems.append(("language", "field.language"))
        if password is not None and (problem := _password_problem(password, name)):
            problems.append(("password", problem))
        for field, code in problems:
            raise InvalidError.of(field, code, shortest=SHORTEST_PASSWORD, longest=_LONGEST_PASSWORD)
        return User(
            id=new_id(),
            login=name,
            password_hash=None if password is None else self.passwords.hash(password),
            is_operator=operator,
            language=language,
            created_at=self.tools.now(),
        )


def _plain(login: str) -> str:
    """Names are compared without regard to case and width, so that no two look the same."""
    return unicodedata.normalize("NFKC", login).strip().casefold()


def _password_problem(password: str, login: str) -> str | None:
    try:
        password.encode("utf-8")
    except UnicodeEncodeError:
        return "account.password_text"
    if not SHORTEST_PASSWORD <= len(password) <= _LONGEST_PASSWORD:
        return "account.password_length"
    if _plain(password) == login or len(set(password)) < 4:
        return "account.password_easy"
    return None


def _is_over(session: Session, now: datetime) -> bool:
    return now - session.created_at >= LONGEST_SESSION or now - session.last_seen_at >= MOST_IDLE


def _user(work: UnitOfWork, user_id: str) -> User:
    user = work.get_user(user_id)
    if user is None:
        raise NotFoundError("account.not_found")
    return user


def _refuse_taken(work: UnitOfWork, login: str) -> None:
    if work.user_by_login(login) is not None:
        raise InvalidError.of("login", "account.login_taken")
