"""API tokens."""

from __future__ import annotations

from typing import Any

import pytest

from issuer_service.services.errors import InvalidError, NotFoundError
from issuer_service.services.tokens import SCOPES, VC_API_SCOPE


@pytest.fixture
def tokens(kit: Any) -> Any:
    return kit.services.tokens


@pytest.mark.on_disk
def test_s_tok_1_the_secret_is_shown_once_and_kept_as_a_hash(
    kit: Any, tokens: Any, riverside: Any, tmp_path: Any
) -> None:
    secret, token = tokens.create(riverside.id, "CI", ["awards:read", "awards:read"], 30)
    assert len(secret) == 60
    assert token.scopes == ("awards:read",)
    assert tokens.authenticate(secret).id == token.id
    assert tokens.all(riverside.id) == [tokens.authenticate(secret)]
    kit.store.close()
    dump = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    assert secret.encode() not in dump
    assert secret[17:].encode() not in dump
    assert token.prefix.encode() in dump


def test_s_tok_1_wrong_old_and_revoked_tokens_open_nothing(kit: Any, tokens: Any, riverside: Any) -> None:
    secret, token = tokens.create(riverside.id, "CI", ["awards:read"], 1)
    other, _ = tokens.create(riverside.id, "CI", ["awards:read"], 1)
    wrong = secret[:-1] + ("a" if secret[-1] != "a" else "b")
    mixed = secret[:17] + other[17:]
    for guess in (
        "",
        "x",
        wrong,
        mixed,
        token.prefix,
        f"Bearer {secret}",
        "obk_aaaaaaaaaaaa_" + "x" * 43,
        secret + "\n",
    ):
        assert tokens.authenticate(guess) is None
    assert tokens.authenticate(secret)
    revoked = tokens.revoke(riverside.id, token.id)
    assert tokens.revoke(riverside.id, token.id) == revoked
    assert revoked.revoked_at == kit.clock.now()
    assert tokens.authenticate(secret) is None
    assert tokens.authenticate(other)
    kit.later(days=1)
    assert tokens.authenticate(other) is None


def test_last_use_is_kept_by_the_minute(kit: Any, tokens: Any, riverside: Any) -> None:
    secret, token = tokens.create(riverside.id, "CI", ["awards:read"], 1)
    assert token.last_used_at is None
    first = tokens.authenticate(secret).last_used_at
    kit.later(seconds=59)
    assert tokens.authenticate(secret).last_used_at == first
    kit.later(seconds=1)
    assert tokens.authenticate(secret).last_used_at == kit.clock.now()


def test_revoking_wins_over_a_request_under_way(kit: Any, tokens: Any, riverside: Any) -> None:
    _, token = tokens.create(riverside.id, "CI", ["awards:read"], 1)
    tokens.revoke(riverside.id, token.id)
    assert tokens._seen(token) is None
    assert tokens.all(riverside.id)[0].revoked_at is not None


def test_tokens_of_a_closed_affiliate_open_nothing(kit: Any, tokens: Any, riverside: Any) -> None:
    secret, _ = tokens.create(riverside.id, "CI", list(SCOPES), 400)
    own, token = tokens.create(riverside.id, "VC", [VC_API_SCOPE], 400)
    kit.services.affiliates.close(riverside.id)
    assert tokens.authenticate(secret) is None
    assert tokens.authenticate(own).scopes == (VC_API_SCOPE,)
    other = kit.affiliate("Hilltop")
    with pytest.raises(NotFoundError):
        tokens.revoke(other.id, token.id)


@pytest.mark.parametrize(
    ("name", "scopes", "days", "field"),
    [
        ("", ["awards:read"], 1, "name"),
        ("x", [], 1, "scopes"),
        ("x", ["everything"], 1, "scopes"),
        ("x", ["awards:read", VC_API_SCOPE], 1, "scopes"),
        ("x", ["awards:read"], 0, "days"),
        ("x", ["awards:read"], 401, "days"),
        ("x", ["awards:read"], None, "days"),
    ],
)
def test_tokens_have_a_name_scopes_and_an_end(
    tokens: Any, riverside: Any, name: str, scopes: Any, days: Any, field: str
) -> None:
    with pytest.raises(InvalidError) as caught:
        tokens.create(riverside.id, name, scopes, days)
    assert [problem.field for problem in caught.value.problems] == [field]


def test_s_idem_1_a_form_sent_again_shows_the_token_that_works_and_never_one_that_does_not(
    kit: Any, tokens: Any, riverside: Any
) -> None:
    def sent() -> str:
        secret, _ = tokens.create(riverside.id, "CI", ["awards:read"], 2, seed="of this form")
        assert tokens.authenticate(secret) is not None
        return str(secret)

    first = sent()
    assert sent() == first
    kit.later(days=3)
    assert sent() != first
