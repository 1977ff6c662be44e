"""People who sign in."""

from __future__ import annotations

from typing import Any

import pytest

from issuer_service.services.errors import ConflictError, InvalidError, NotFoundError, SignInError
from issuer_service.services.hashing import Passwords
from issuer_service.services.records import Role

PASSWORD = "correct horse battery"


@pytest.fixture
def accounts(kit: Any) -> Any:
    return kit.services.accounts


@pytest.fixture
def ada(accounts: Any) -> Any:
    return accounts.create_user("Ada", PASSWORD, language="es")


def test_names_are_compared_without_case_and_width(accounts: Any, ada: Any) -> None:
    assert ada.login == "ada"
    assert ada.password_hash.startswith("$argon2id$")
    assert ada.language == "es"
    assert accounts.by_login(" ＡＤＡ ").id == ada.id
    with pytest.raises(InvalidError, match="taken"):
        accounts.create_user("ADA", PASSWORD)
    assert [user.login for user in accounts.all_users()] == ["ada"]
    assert accounts.get(ada.id) == ada
    for call in (lambda: accounts.get("x"), lambda: accounts.by_login("x")):
        with pytest.raises(NotFoundError):
            call()


@pytest.mark.parametrize(
    ("login", "password", "field"),
    [
        ("", PASSWORD, "login"),
        ("a\nb", PASSWORD, "login"),
        ("x" * 81, PASSWORD, "login"),
        ("ben", "short", "password"),
        ("ben", "x" * 257, "password"),
        ("ben", "aaaaaaaaaaaaaa", "password"),
        ("benbenbenben", "BenBenBenBen", "password"),
        ("ben", "correct horse \ud800", "password"),
    ],
)
def test_bad_names_and_passwords_are_refused(accounts: Any, login: str, password: str, field: str) -> None:
    with pytest.raises(InvalidError) as caught:
        accounts.create_user(login, password)
    assert caught.value.problems[0].field == field
    with pytest.raises(InvalidError):
        accounts.create_user("ben", PASSWORD, language="!")


# S-SES-1


def test_s_ses_1_sign_in_and_out(accounts: Any, ada: Any) -> None:
    cookie, session = accounts.sign_in("ada", PASSWORD)
    assert len(cookie) == 43
    assert session.id_hash != cookie
    assert cookie not in repr(session)
    user, found = accounts.session(cookie)
    assert user == ada
    assert found.csrf == session.csrf
    assert accounts.sign_in("ada", PASSWORD)[0] != cookie  # a new secret each time: no fixation
    accounts.sign_out(cookie)
    assert accounts.session(cookie) is None
    assert accounts.session("guess") is None


def test_s_ses_1_unknown_user_wrong_password_and_locked_account_answer_alike(accounts: Any, ada: Any) -> None:
    waiting = accounts.create_user("ben")
    locked = accounts.create_user("cleo", PASSWORD)
    accounts.set_disabled(locked.id, True)
    answers = set()
    for login, password in (("ada", "wrong password"), ("nobody", PASSWORD), ("ben", PASSWORD), ("cleo", PASSWORD)):
        with pytest.raises(SignInError) as caught:
            accounts.sign_in(login, password)
        answers.add(str(caught.value))
    assert len(answers) == 1
    assert waiting.password_hash is None


def test_s_ses_1_the_same_work_is_done_for_unknown_users(monkeypatch: pytest.MonkeyPatch) -> None:
    passwords = Passwords.cheap()
    asked = []
    hasher = type(passwords._hasher)
    monkeypatch.setattr(hasher, "verify", lambda self, kept, given: asked.append(kept) or True)
    assert not passwords.matches(None, PASSWORD)
    assert asked[0].startswith("$argon2id$")


def test_s_ses_1_a_session_ends_after_12_hours_and_after_30_idle_minutes(kit: Any, accounts: Any, ada: Any) -> None:
    cookie, _ = accounts.sign_in("ada", PASSWORD)
    for _ in range(24):
        kit.later(minutes=29)
        assert accounts.session(cookie) is not None
    kit.later(minutes=29)
    assert accounts.session(cookie) is None
    cookie, _ = accounts.sign_in("ada", PASSWORD)
    kit.later(minutes=30)
    assert accounts.session(cookie) is None
    kit.later(minutes=-30)
    assert accounts.session(cookie) is None  # it was removed, not only refused


def test_not_every_page_writes(kit: Any, accounts: Any, ada: Any) -> None:
    cookie, session = accounts.sign_in("ada", PASSWORD)
    kit.later(seconds=59)
    assert accounts.session(cookie)[1].last_seen_at == session.last_seen_at
    kit.later(seconds=1)
    assert accounts.session(cookie)[1].last_seen_at == kit.clock.now()


def test_signing_out_wins_over_a_page_under_way(kit: Any, accounts: Any, ada: Any) -> None:
    cookie, session = accounts.sign_in("ada", PASSWORD)
    kit.later(minutes=2)
    accounts.sign_out_everywhere(ada.id)
    assert accounts._seen(session, kit.clock.now()) is None
    assert accounts.session(cookie) is None


def test_s_ses_1_lock_role_change_and_new_password_end_sessions(
    kit: Any, accounts: Any, ada: Any, riverside: Any
) -> None:
    ben = accounts.create_user("ben", PASSWORD)
    for user, role in ((ada, Role.OWNER), (ben, Role.OWNER)):
        accounts.join(accounts.invite(riverside.id, role), user.id)
    for change in (
        lambda: accounts.set_role(riverside.id, ben.id, Role.VIEWER),
        lambda: accounts.change_password(ben.id, PASSWORD, "another good phrase"),
        lambda: accounts.remove_member(riverside.id, ben.id),
        lambda: accounts.set_disabled(ben.id, True),
    ):
        cookie, _ = accounts.open_session(ben.id)
        assert accounts.session(cookie) is not None
        change()
        assert accounts.session(cookie) is None
    accounts.set_disabled(ben.id, False)
    assert accounts.sign_in("ben", "another good phrase")


def test_session_of_an_account_locked_meanwhile_is_refused(kit: Any, accounts: Any, ada: Any) -> None:
    from dataclasses import replace

    cookie, _ = accounts.sign_in("ada", PASSWORD)
    with kit.store.write() as work:
        work.save_user(replace(ada, disabled=True))
    assert accounts.session(cookie) is None


def test_language_is_kept(accounts: Any, ada: Any) -> None:
    assert accounts.set_language(ada.id, "ar").language == "ar"
    with pytest.raises(InvalidError):
        accounts.set_language(ada.id, "../x")


# passwords


def test_own_password_needs_the_old_one(accounts: Any, ada: Any) -> None:
    with pytest.raises(SignInError):
        accounts.change_password(ada.id, "wrong password", "another good phrase")
    with pytest.raises(InvalidError):
        accounts.change_password(ada.id, PASSWORD, "short")


def test_reset_link_works_once_and_for_a_day(kit: Any, accounts: Any, ada: Any) -> None:
    secret = accounts.reset_link(ada.id)
    with pytest.raises(InvalidError):
        accounts.reset(secret, "short")
    accounts.reset(secret, "another good phrase")
    assert accounts.sign_in("ada", "another good phrase")
    late = accounts.reset_link(ada.id)
    for wrong in (secret, "guess", late):
        kit.later(hours=24)
        with pytest.raises(NotFoundError):
            accounts.reset(wrong, "yet another phrase")
    with pytest.raises(NotFoundError):
        accounts.reset_link("nobody")


def test_dated_hash_is_made_anew_at_sign_in(kit: Any, accounts: Any, ada: Any) -> None:
    from dataclasses import replace

    from argon2 import PasswordHasher

    stronger = Passwords(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    renewed = replace(accounts, passwords=stronger)
    renewed.sign_in("ada", PASSWORD)
    assert accounts.get(ada.id).password_hash != ada.password_hash
    assert not stronger.is_dated(accounts.get(ada.id).password_hash)


def test_default_work_is_what_is_recommended_today() -> None:
    assert "$m=19456,t=2,p=1$" in Passwords().hash(PASSWORD)


def test_damaged_hash_is_no_password() -> None:
    assert not Passwords.cheap().matches("nonsense", PASSWORD)


# members


def test_invitation_makes_an_account_and_a_membership_once(kit: Any, accounts: Any, riverside: Any) -> None:
    secret = accounts.invite(riverside.id, Role.AWARDER)
    assert accounts.invitation(secret).affiliate_id == riverside.id
    with pytest.raises(InvalidError):
        accounts.accept_invitation(secret, "ben", "short")
    user = accounts.accept_invitation(secret, "Ben", PASSWORD)
    assert accounts.role_in(user.id, riverside.id) is Role.AWARDER
    assert accounts.role_in(user.id, "other") is None
    for wrong in (secret, "guess", accounts.reset_link(user.id)):
        with pytest.raises(NotFoundError):
            accounts.accept_invitation(wrong, "cleo", PASSWORD)
    assert [member.user.login for member in accounts.members(riverside.id)] == ["ben"]


def test_two_clicks_make_one_account(accounts: Any, riverside: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = accounts.invite(riverside.id, Role.VIEWER)
    link = accounts.invitation(secret)
    accounts.accept_invitation(secret, "ben", PASSWORD)
    monkeypatch.setattr(type(accounts), "_link", lambda self, secret, purpose: link)
    with pytest.raises(NotFoundError):
        accounts.accept_invitation(secret, "cleo", PASSWORD)
    with pytest.raises(NotFoundError):
        accounts.by_login("cleo")
    with pytest.raises(InvalidError, match="taken"):
        accounts.accept_invitation(secret, "ben", PASSWORD)


def test_reset_twice_at_once_sets_one_password(accounts: Any, ada: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = accounts.reset_link(ada.id)
    link = accounts._link(secret, "reset")
    accounts.reset(secret, "another good phrase")
    monkeypatch.setattr(type(accounts), "_link", lambda self, secret, purpose: link)
    with pytest.raises(NotFoundError):
        accounts.reset(secret, "yet another phrase")
    assert accounts.sign_in("ada", "another good phrase")


def test_joining_never_lowers_a_role(accounts: Any, ada: Any, riverside: Any) -> None:
    for role, now in ((Role.AWARDER, Role.AWARDER), (Role.VIEWER, Role.AWARDER), (Role.OWNER, Role.OWNER)):
        accounts.join(accounts.invite(riverside.id, role), ada.id)
        assert accounts.role_in(ada.id, riverside.id) is now


def test_invitations_end(kit: Any, accounts: Any, riverside: Any) -> None:
    secret = accounts.invite(riverside.id, Role.VIEWER, days=1)
    kit.later(days=1)
    with pytest.raises(NotFoundError):
        accounts.invitation(secret)
    for days in (0, 61):
        with pytest.raises(InvalidError):
            accounts.invite(riverside.id, Role.VIEWER, days=days)
    kit.services.affiliates.close(riverside.id)
    for affiliate_id in (riverside.id, "none"):
        with pytest.raises(NotFoundError):
            accounts.invite(affiliate_id, Role.VIEWER)


def test_the_last_owner_stays(accounts: Any, ada: Any, riverside: Any) -> None:
    accounts.join(accounts.invite(riverside.id, Role.OWNER), ada.id)
    with pytest.raises(ConflictError):
        accounts.set_role(riverside.id, ada.id, Role.VIEWER)
    with pytest.raises(ConflictError):
        accounts.remove_member(riverside.id, ada.id)
    accounts.set_role(riverside.id, ada.id, Role.OWNER)
    ben = accounts.create_user("ben", PASSWORD)
    for call in (
        lambda: accounts.set_role(riverside.id, ben.id, Role.OWNER),
        lambda: accounts.remove_member(riverside.id, ben.id),
    ):
        with pytest.raises(NotFoundError):
            call()
    accounts.join(accounts.invite(riverside.id, Role.OWNER), ben.id)
    accounts.remove_member(riverside.id, ada.id)
    assert accounts.role_in(ada.id, riverside.id) is None
