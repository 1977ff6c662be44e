"""Every record comes back as it went in, on both databases."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy.exc import StatementError

from issuer_service.services import records
from issuer_service.storage import SqlStore


def _both(first: Any, second: Any) -> None:
    """Equal member by member, with tuples still tuples."""
    assert first == second
    for field in fields(first):
        assert type(getattr(first, field.name)) is type(getattr(second, field.name)), field.name


def test_people(store: SqlStore, samples: Any) -> None:
    user = samples.user(is_operator=True, language="es", disabled=True)
    bare = samples.user(id="u2", login="Zoë", password_hash=None)
    affiliate = samples.affiliate()
    member = records.Membership(user_id="u1", affiliate_id="a1", role=records.Role.AWARDER)
    with store.write() as unit:
        unit.save_user(bare)
        unit.save_user(user)
        unit.save_affiliate(affiliate)
        unit.save_membership(member)
    with store.read() as unit:
        _both(unit.get_user("u1"), user)
        _both(unit.user_by_login("Zoë"), bare)
        assert unit.user_by_login("zoë") is None
        assert list(unit.list_users()) == sorted([user, bare], key=lambda one: one.login)
        _both(unit.memberships_of("u1")[0], member)
        assert list(unit.members_of("a1")) == [member]
        assert list(unit.members_of("a2")) == list(unit.memberships_of("u2")) == []
    owner = replace(member, role=records.Role.OWNER)
    with store.write() as unit:
        unit.save_membership(owner)
        assert list(unit.members_of("a1")) == [owner]
        unit.remove_membership("u1", "a1")
        unit.remove_membership("u1", "a1")
        assert list(unit.members_of("a1")) == []


def test_links_are_used_once(store: SqlStore, samples: Any) -> None:
    later = samples.now + timedelta(hours=1)
    invitation = records.OneTimeLink(
        id="k1", purpose="invitation", secret_hash="h1", affiliate_id="a1", role=records.Role.VIEWER, expires_at=later
    )
    reset = records.OneTimeLink(id="k2", purpose="reset", secret_hash="h2", user_id="u1", expires_at=later)
    with store.write() as unit:
        unit.save_user(samples.user())
        unit.save_affiliate(samples.affiliate())
        unit.save_link(invitation)
        unit.save_link(reset)
    with store.write() as unit:
        _both(unit.link_by_secret("h1"), invitation)
        _both(unit.link_by_secret("h2"), reset)
        assert unit.link_by_secret("h3") is None
        assert unit.use_link("k1", samples.now)
        assert not unit.use_link("k1", later)
        assert not unit.use_link("k9", samples.now)
        _both(unit.link_by_secret("h1"), replace(invitation, used_at=samples.now))


def test_sessions(store: SqlStore, samples: Any) -> None:
    first = records.Session(id_hash="s1", user_id="u1", csrf="c", created_at=samples.now, last_seen_at=samples.now)
    others = [replace(first, id_hash="s2"), replace(first, id_hash="s3", user_id="u2")]
    with store.write() as unit:
        unit.save_user(samples.user())
        unit.save_user(samples.user(id="u2", login="b"))
        for session in (first, *others):
            unit.save_session(session)
        seen = replace(first, last_seen_at=samples.now + timedelta(minutes=5))
        unit.save_session(seen)
        _both(unit.get_session("s1"), seen)
        unit.remove_session("s1")
        assert unit.get_session("s1") is None
        unit.remove_sessions_of("u1")
        assert unit.get_session("s2") is None
        assert unit.get_session("s3") == others[1]


def test_affiliates_keys_and_tokens(store: SqlStore, samples: Any) -> None:
    affiliate = samples.affiliate()
    second = samples.affiliate(id="a2", slug="b", name="Alpha", issuer_id=None, logo_id=None)
    third = samples.affiliate(id="a3", slug="c", name="Beta", issuer_id=None)
    key = records.SigningKeyRecord(
        id="k1", affiliate_id="a1", kind="Ed25519", public_multikey="z1", verification_method="did:x#z1",
        sealed=b"\0\xff", state=records.KeyState.RETIRED, created_at=samples.now,
    )  # fmt: skip
    newer = replace(key, id="k0", verification_method="did:x#z2", created_at=samples.now + timedelta(days=1))
    token = records.ApiToken(
        id="t1", affiliate_id="a1", name="robot", prefix="p1", secret_hash="h1", scopes=("award", "read"),
        created_at=samples.now, expires_at=samples.now, last_used_at=samples.now, revoked_at=samples.now,
    )  # fmt: skip
    young = replace(
        token, id="t2", prefix="p2", secret_hash="h2", created_at=samples.now + timedelta(1), last_used_at=None
    )
    with store.write() as unit:
        for one in (affiliate, second, third):
            unit.save_affiliate(one)
        for one in (newer, key):
            unit.save_key(one)
        for one in (token, young):
            unit.save_token(one)
    with store.read() as unit:
        _both(unit.get_affiliate("a1"), affiliate)
        _both(unit.affiliate_by_slug("b"), second)
        assert unit.affiliate_by_issuer("did:key:z1") == affiliate
        assert unit.affiliate_by_issuer("did:key:z2") is None
        assert [one.name for one in unit.list_affiliates()] == ["Alpha", "Beta", affiliate.name]
        assert list(unit.keys_of("a1")) == [key, newer]
        _both(unit.keys_of("a1")[0], key)
        _both(unit.token_by_prefix("p1"), token)
        assert unit.token_by_prefix("h1") is None
        assert list(unit.tokens_of("a1")) == [young, token]
        assert list(unit.tokens_of("a2")) == list(unit.keys_of("a2")) == []


def test_achievements_versions_and_images(store: SqlStore, samples: Any) -> None:
    achievement = samples.achievement()
    newer = samples.achievement(id="h0", created_at=samples.now + timedelta(1), suspendable=False)
    version, image = samples.version(), samples.image()
    plain = records.AchievementVersion(
        achievement_id="h1", number=2, language="en", name="n", description="d", criteria="c", created_at=samples.now
    )
    with store.write() as unit:
        unit.save_version(version)  # before what it belongs to: the order inside a transaction is free
        unit.save_version(plain)
        unit.save_achievement(achievement)
        unit.save_achievement(newer)
        unit.save_image(image)
        unit.save_affiliate(samples.affiliate())
    with store.read() as unit:
        _both(unit.get_achievement("h1"), achievement)
        assert list(unit.list_achievements("a1")) == [newer, achievement]
        _both(unit.get_version("h1", 1), version)
        assert unit.get_version("h1", 2) == plain
        assert unit.get_version("h1", 3) is None
        _both(unit.get_image("i1"), image)
        assert unit.get_image("i2") is None


def test_awards(filled: SqlStore, samples: Any) -> None:
    full = samples.award(
        level="high", narrative="Well done", evidence=({"url": "https://e.example", "name": "n", "narrative": ""},),
        language="fr", state=records.AwardState.SUSPENDED, visibility=records.Visibility.PUBLIC, show_name=True,
        credential_id="urn:uuid:1", signed_json='{"é":"\\u0000"}', signed_jwt="a.b.c", secret_hash="s1",
        issued_at=samples.now, valid_until=samples.now, reason="r", changed_at=samples.now, replaced_by="w2",
        revocation_list_id="l1", revocation_index=131_071, suspension_list_id="l2", suspension_index=0,
    )  # fmt: skip
    bare = samples.award(id="w2", recipient_value=None, state=records.AwardState.ERASED)
    with filled.write() as unit:
        unit.save_status_list(
            samples.status_list(id="l2", purpose="suspension", signed_at=samples.now, signed_text="{}")
        )
        unit.add_award(full)
        unit.add_award(bare)
    with filled.read() as unit:
        _both(unit.get_award("w1"), full)
        _both(unit.get_award("w2"), bare)
        _both(unit.award_by_secret("s1"), full)
        assert unit.award_by_secret("s2") is None
        assert unit.get_award("w3") is None
        _both(unit.get_batch("b1", "a1"), samples.batch())
        _both(unit.get_status_list("l1"), samples.status_list())
        assert unit.get_status_list("l2").signed_at == samples.now


def test_operator_and_remembered_answers(filled: SqlStore, samples: Any) -> None:
    known = records.KnownIssuer(issuer_id="did:web:x", name="X", note="met", added_by="u1", added_at=samples.now)
    early = replace(known, issuer_id="did:web:w", name="A")
    answer = records.RememberedAnswer(
        affiliate_id="a1", key="k", request_hash="h", status=201, body=b"{}\0", created_at=samples.now
    )
    with filled.write() as unit:
        unit.save_known_issuer(known)
        unit.save_known_issuer(early)
        _both(unit.known_issuer("did:web:x"), known)
        assert list(unit.known_issuers()) == [early, known]
        unit.remove_known_issuer("did:web:w")
        assert unit.known_issuer("did:web:w") is None
        assert unit.remember(answer)
        assert not unit.remember(replace(answer, request_hash="other"))
        _both(unit.remembered("a1", "k"), answer)
        assert unit.remembered("a2", "k") is None
        unit.forget_answer("a2", "k")
        unit.forget_answer("a1", "other")
        assert unit.remembered("a1", "k") == answer
        unit.forget_answer("a1", "k")
        assert unit.remembered("a1", "k") is None
        assert unit.remember(answer)
        unit.forget_remembered(samples.now)
        assert unit.remembered("a1", "k") == answer
        unit.forget_remembered(samples.now + timedelta(microseconds=1))
        assert unit.remembered("a1", "k") is None


@pytest.mark.parametrize(
    "instant",
    [
        datetime(2026, 1, 1, tzinfo=UTC),
        datetime(2026, 3, 29, 2, 30, 0, 1, tzinfo=timezone(timedelta(hours=5, minutes=45))),
        datetime(1, 1, 2, tzinfo=UTC),
        datetime(9999, 12, 30, 23, 59, 59, 999_999, tzinfo=UTC),
    ],
)
def test_an_instant_comes_back_as_the_same_instant_in_utc(store: SqlStore, samples: Any, instant: datetime) -> None:
    with store.write() as unit:
        unit.save_user(samples.user(created_at=instant))
    with store.read() as unit:
        found = unit.get_user("u1").created_at
    assert found == instant
    assert found.utcoffset() == timedelta(0)


def test_an_instant_without_a_time_zone_is_refused(store: SqlStore, samples: Any) -> None:
    with pytest.raises(StatementError, match="needs a time zone"), store.write() as unit:
        unit.save_user(samples.user(created_at=datetime(2026, 1, 1)))  # noqa: DTZ001 - it is what is refused


def test_text_that_no_database_keeps_is_no_error(store: SqlStore, samples: Any) -> None:
    with store.write() as unit:
        unit.save_user(samples.user(login="a\0b\ud800"))
        assert unit.get_user("u1").login == "a\ufffdb\ufffd"
        assert unit.user_by_login("\0") is None
        assert unit.get_award("\udfff") is None
        assert unit.find_awards("a1", text="\0").total == 0
