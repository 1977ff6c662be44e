"""What a recipient does with the private link."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from issuer_service.services.errors import ConflictError, InvalidError, NotFoundError, StateError
from issuer_service.services.records import AwardState, RecipientKind, Visibility
from openbadges import Outcome, Recipient, present
from openbadges.testing import FixedClock, badge, fixed_key, sign

HOLDER = fixed_key("Ed25519", 5)
DID = HOLDER.did
ASKED = {"challenge": "c-1", "domain": "badges.example.org"}


def shown(**asked: str) -> str:
    """What the holder of the key signs."""
    return present(signer=HOLDER, clock=FixedClock(), **{**ASKED, **asked}).text


@pytest.fixture
def secret(kit: Any, riverside: Any, host: str) -> str:
    return kit.services.issuance.new_link(
        riverside.id, kit.award(riverside, host, "Canary Jones", narrative="Canary.").id
    )


@pytest.mark.on_disk
def test_secret_has_at_least_128_bits_and_is_kept_hashed(kit: Any, secret: str, tmp_path: Any) -> None:
    assert len(secret) == 43
    award = kit.services.receiving.by_secret(secret)
    kit.store.close()
    dump = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    assert secret.encode() not in dump
    assert award.secret_hash.encode() in dump
    assert secret not in award.signed_json


@pytest.mark.parametrize("wrong", ["", "x" * 43, "\ud800"])
def test_unknown_secret_opens_nothing(kit: Any, secret: str, wrong: str) -> None:
    receiving = kit.services.receiving
    for call in (receiving.by_secret, receiving.export, receiving.erase):
        with pytest.raises(NotFoundError):
            call(wrong)


def test_visibility_and_name_are_the_recipients_choice(kit: Any, secret: str) -> None:
    receiving = kit.services.receiving
    assert receiving.by_secret(secret).visibility is Visibility.UNLISTED
    assert not receiving.by_secret(secret).show_name
    assert receiving.set_visibility(secret, Visibility.PUBLIC).visibility is Visibility.PUBLIC
    assert receiving.show_name(secret, True).show_name
    assert not receiving.show_name(secret, False).show_name


def test_claim_to_a_key_moves_link_and_choices(kit: Any, riverside: Any, secret: str) -> None:
    receiving = kit.services.receiving
    old = receiving.show_name(secret, True)
    receiving.set_visibility(secret, Visibility.PUBLIC)
    new = receiving.claim_did(secret, shown(), **ASKED)
    assert json.loads(new.signed_json)["credentialSubject"]["id"] == DID
    assert (new.recipient_kind, new.visibility, new.show_name) == (RecipientKind.DID, Visibility.PUBLIC, False)
    assert new.awarded_at == old.awarded_at
    assert new.narrative == old.narrative
    assert receiving.by_secret(secret).id == new.id
    verdict = kit.services.verification.verify_award(new, recipient=Recipient("id", DID))
    assert verdict.report.outcome is Outcome.PASS
    assert kit.services.awarding.get(riverside.id, old.id).state is AwardState.REVOKED
    again = receiving.claim_did(secret, shown(), **ASKED)
    assert again.show_name is False


def test_claim_to_a_user_name_gets_the_prefix_and_keeps_the_end(kit: Any) -> None:
    affiliate = kit.affiliate("Prefixed", recipient_prefix="https://meta.example.org/wiki/User:")
    award = kit.award(affiliate, kit.achievement(affiliate, valid_days=30), "a@example.org")
    secret = kit.services.issuance.new_link(affiliate.id, award.id)
    kit.later(days=5)
    new = kit.services.receiving.claim_username(secret, "Ada_Lovelace")
    assert new.recipient_value == "https://meta.example.org/wiki/User:Ada Lovelace"
    assert new.valid_until == award.valid_until


@pytest.mark.parametrize(
    ("presentation", "because"),
    [
        (DID, "neither a badge"),
        ("", "nothing here"),
        (shown(challenge="c-2"), "for another occasion|challenge"),
        (shown(domain="evil.example"), "domain|somebody else"),
        (shown().replace(DID, fixed_key("Ed25519", 6).did), "."),
        (json.dumps({**json.loads(shown()), "holder": fixed_key("Ed25519", 6).did}), "."),
        (sign(badge(issuer=DID), HOLDER).text, "presentation"),
    ],
    ids=["a name", "nothing", "another challenge", "another asker", "another key", "another holder", "no presentation"],
)
def test_nobody_claims_a_key_that_they_do_not_have(kit: Any, secret: str, presentation: str, because: str) -> None:
    with pytest.raises(InvalidError, match="does not prove that the key is yours") as caught:
        kit.services.receiving.claim_did(secret, presentation, **ASKED)
    assert re.search(because, str(caught.value))
    assert kit.services.receiving.by_secret(secret).recipient_value == "Canary Jones"


def test_a_stranger_is_refused_before_anything_is_checked(kit: Any) -> None:
    with pytest.raises(NotFoundError):
        kit.services.receiving.claim_did("x" * 43, "{", **ASKED)


def test_withdrawn_badge_is_not_claimed(kit: Any, riverside: Any, secret: str) -> None:
    award = kit.services.receiving.by_secret(secret)
    kit.services.status_changes.revoke(riverside.id, award.id, "issuer_decision")
    with pytest.raises(ConflictError):
        kit.services.receiving.claim_did(secret, shown(), **ASKED)


def test_export_has_everything_that_is_kept(kit: Any, secret: str) -> None:
    found = kit.services.receiving.export(secret)
    award = kit.services.receiving.by_secret(secret)
    assert found["recipient"]["value"] == "Canary Jones"
    assert found["narrative"] == "Canary."
    assert found["badge"] == f"https://badges.example.org/b/{award.id}"
    assert found["signed"]["json"] == award.signed_json
    json.dumps(found)


def test_s_gdpr_1_erasing_leaves_the_index_and_no_name(kit: Any, riverside: Any, secret: str, tmp_path: Any) -> None:
    """The former badges of the same person go too; the bits are set and stay."""
    first = kit.services.receiving.by_secret(secret)
    text = first.signed_json
    second = kit.services.receiving.claim_username(secret, "Canary Smith")
    third = kit.services.status_changes.renew(riverside.id, second.id, user_id="staff")
    kit.services.receiving.erase(secret)
    for award in (first, second, third):
        left = kit.services.awarding.get(riverside.id, award.id)
        assert left.state is AwardState.ERASED
        assert left.revocation_index == award.revocation_index
        assert left.recipient_value is left.signed_json is left.signed_jwt is left.secret_hash is left.credential_id
        assert left.recipient_value is None
        assert (left.narrative, left.evidence, left.salt) == ("", (), "")
    report = kit.services.verification.verify_bytes(text).report
    assert report.verdict_code == "verdict.withdrawn"
    with pytest.raises(NotFoundError):
        kit.services.receiving.by_secret(secret)
    with pytest.raises(StateError, match="erased already"):
        kit.services.receiving.erase_award(riverside.id, first.id)
    with kit.store.write() as work:
        rows = work._db.exec_driver_sql("SELECT * FROM awards").fetchall()
    assert "Canary" not in repr(rows)
    assert "canary" not in repr(rows)


def test_erased_index_is_never_given_again(
    kit: Any, riverside: Any, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from issuer_service.services import status_lists

    award = kit.award(riverside, host)
    kit.services.receiving.erase_award(riverside.id, award.id)
    seen: list[bool] = []

    def allot(used: Any, length: int) -> int:
        seen.append(award.revocation_index in used)
        return (award.revocation_index + 1) % length

    monkeypatch.setattr(status_lists, "allot", allot)
    kit.award(riverside, host, "Ben")
    assert seen == [True]


def test_waiting_award_can_be_erased_and_is_never_signed(kit: Any, riverside: Any, host: str) -> None:
    given = kit.services.awarding.give(riverside.id, host, "Ada", user_id="staff", undo_minutes=0)
    kit.services.receiving.erase_award(riverside.id, given.awards[0].id)
    assert kit.services.awarding.issue_due() == 0


def test_claim_waits_when_the_issuer_cannot_sign_now(kit: Any, riverside: Any, secret: str) -> None:
    kit.services.affiliates.close(riverside.id)
    with pytest.raises(ConflictError):
        kit.services.receiving.claim_did(secret, shown(), **ASKED)
    assert kit.services.receiving.by_secret(secret).state is AwardState.ISSUED
