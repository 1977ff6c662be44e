"""Withdrawing, suspending, renewing, replacing, and the lists that say so."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from issuer_service.services.errors import ConflictError, InvalidError, NotFoundError, StateError
from issuer_service.services.records import AwardState, KeyState, RecipientKind, Visibility
from issuer_service.services.status_changes import REASONS, STAFF_REASONS, Correction
from issuer_service.services.status_lists import LIST_LIFETIME
from openbadges import Outcome
from openbadges.status import LEAST_ENTRIES, StatusBits
from openbadges.testing import FIXED_NOW


def bits_of(text: str) -> set[int]:
    encoded = json.loads(text)["credentialSubject"]["encodedList"]
    return set(StatusBits.from_encoded(encoded))


def test_revoked_badge_is_refused_and_says_why(kit: Any, riverside: Any, host: str) -> None:
    award = kit.award(riverside, host)
    revoked = kit.services.status_changes.revoke(riverside.id, award.id, "issued_in_error")
    assert (revoked.state, revoked.reason, revoked.changed_at) == (AwardState.REVOKED, "issued_in_error", FIXED_NOW)
    report = kit.services.verification.verify_award(revoked).report
    assert report.outcome is Outcome.FAIL
    assert report.verdict_code == "verdict.withdrawn"
    assert kit.services.awarding.public(award.id).award.reason == "issued_in_error"
    kit.later(minutes=5)
    for call in ("revoke", "suspend"):
        with pytest.raises(StateError, match="withdrawn already") as caught:
            getattr(kit.services.status_changes, call)(riverside.id, award.id, "issuer_decision")
        assert (caught.value.state, caught.value.sentence.params["since"]) == ("revoked", FIXED_NOW)
    assert kit.services.awarding.get(riverside.id, award.id) == revoked


@pytest.mark.parametrize("reason", ["", "was rude to everybody", "replaced"])
def test_reasons_are_a_short_list_without_free_text(kit: Any, riverside: Any, host: str, reason: str) -> None:
    award = kit.award(riverside, host)
    for call in (kit.services.status_changes.revoke, kit.services.status_changes.suspend):
        with pytest.raises(InvalidError):
            call(riverside.id, award.id, reason)
    assert set(STAFF_REASONS) < set(REASONS)


def test_waiting_award_is_not_revoked(kit: Any, riverside: Any, host: str) -> None:
    award = kit.services.awarding.give(riverside.id, host, "Ada", user_id="staff").awards[0]
    with pytest.raises(StateError, match="not signed yet"):
        kit.services.status_changes.revoke(riverside.id, award.id, "issued_in_error")
    other = kit.affiliate("Hilltop")
    with pytest.raises(NotFoundError):
        kit.services.status_changes.revoke(other.id, award.id, "issued_in_error")


def test_suspension_comes_and_goes_where_it_is_switched_on(kit: Any, riverside: Any) -> None:
    award = kit.award(riverside, kit.achievement(riverside, suspendable=True))
    purposes = [entry["statusPurpose"] for entry in json.loads(award.signed_json)["credentialStatus"]]
    assert purposes == ["revocation", "suspension"]
    changes = kit.services.status_changes
    assert changes.suspend(riverside.id, award.id).state is AwardState.SUSPENDED
    with pytest.raises(StateError, match="suspended already"):
        changes.suspend(riverside.id, award.id)
    report = kit.services.verification.verify_award(award).report
    assert report.verdict_code == "verdict.suspended"
    back = changes.reinstate(riverside.id, award.id)
    assert (back.state, back.reason) == (AwardState.ISSUED, None)
    assert kit.services.verification.verify_award(award).report.outcome is Outcome.PASS
    with pytest.raises(StateError, match="no suspension to end"):
        changes.reinstate(riverside.id, award.id)
    changes.suspend(riverside.id, award.id)
    assert changes.revoke(riverside.id, award.id, "issuer_decision").state is AwardState.REVOKED


def test_badge_without_the_switch_cannot_be_suspended(kit: Any, riverside: Any, host: str) -> None:
    award = kit.award(riverside, host)
    with pytest.raises(ConflictError, match="switch"):
        kit.services.status_changes.suspend(riverside.id, award.id)


# renewing and replacing


def test_renewed_badge_has_a_new_validity_and_the_old_date(kit: Any, riverside: Any) -> None:
    achievement = kit.achievement(riverside, valid_days=30)
    award = kit.award(riverside, achievement)
    secret = kit.services.issuance.new_link(riverside.id, award.id)
    kit.later(days=31)
    assert kit.services.verification.verify_award(award).report.verdict_code == "verdict.expired"
    new = kit.services.status_changes.renew(riverside.id, award.id, user_id="staff")
    assert new.state is AwardState.ISSUED
    assert new.id != award.id
    assert new.salt != award.salt
    assert new.awarded_at == FIXED_NOW
    assert new.valid_until == FIXED_NOW + timedelta(days=61)
    assert kit.services.verification.verify_award(new).report.outcome is Outcome.PASS
    old = kit.services.awarding.get(riverside.id, award.id)
    assert (old.state, old.reason, old.replaced_by) == (AwardState.REVOKED, "replaced", new.id)
    assert kit.services.awarding.public(award.id).replaced_by == new.id
    assert kit.services.receiving.by_secret(secret).id == new.id
    longer = kit.services.status_changes.renew(riverside.id, new.id, user_id="staff", valid_days=400)
    assert longer.valid_until == kit.clock.now() + timedelta(days=400)
    with pytest.raises(InvalidError):
        kit.services.status_changes.renew(riverside.id, longer.id, user_id="staff", valid_days=0)
    for call in (kit.services.status_changes.renew, kit.services.status_changes.replace):
        more = [] if call == kit.services.status_changes.renew else [Correction()]
        with pytest.raises(StateError, match="took the place of this one already"):
            call(riverside.id, award.id, *more, user_id="staff")


def test_replaced_badge_carries_the_corrections(kit: Any, riverside: Any, host: str) -> None:
    from issuer_service.services.drafts import read_draft

    award = kit.award(riverside, host, "Ada", narrative="Wrong.")
    draft = read_draft({**kit.draft, "name": "Event host", "levels": "Gold"})
    kit.services.achievements.update(riverside.id, host, draft)
    correction = Correction(recipient="Eva_Maria", narrative="Right.", evidence=["https://a.example/"], level="Gold")
    new = kit.services.status_changes.replace(riverside.id, award.id, correction, user_id="staff")
    badge = json.loads(new.signed_json)
    assert (new.recipient_value, new.narrative, new.level, new.version) == ("Eva Maria", "Right.", "Gold", 2)
    assert badge["name"] == "Event host"
    assert badge["evidence"][0]["id"] == "https://a.example/"
    assert json.loads(kit.services.awarding.get(riverside.id, award.id).signed_json)["name"] == "Edit-a-thon host"
    # S-PRIV-1: the old page does not say under which name the person is known now
    assert kit.services.awarding.public(award.id).replaced_by is None
    none = kit.services.status_changes.replace(riverside.id, new.id, Correction(level=""), user_id="staff")
    assert none.level is None
    assert none.narrative == "Right."


@pytest.mark.parametrize(
    ("correction", "field"),
    [
        (Correction(recipient="192.0.2.1"), "recipient"),
        (Correction(recipient="x", kind=RecipientKind.EMAIL), "recipient"),
        (Correction(level="Gold"), "level"),
        (Correction(narrative="x" * 5_001), "narrative"),
        (Correction(evidence=["ftp://x"]), "evidence"),
    ],
)
def test_bad_corrections_change_nothing(kit: Any, riverside: Any, host: str, correction: Any, field: str) -> None:
    award = kit.award(riverside, host)
    with pytest.raises(InvalidError) as caught:
        kit.services.status_changes.replace(riverside.id, award.id, correction, user_id="staff")
    assert caught.value.problems[0].field == field
    assert kit.services.awarding.get(riverside.id, award.id) == award


def test_successor_is_not_told_while_it_is_hidden(kit: Any, riverside: Any, host: str) -> None:
    award = kit.award(riverside, host)
    secret = kit.services.issuance.new_link(riverside.id, award.id)
    kit.services.status_changes.renew(riverside.id, award.id, user_id="staff")
    kit.services.receiving.set_visibility(secret, Visibility.HIDDEN)
    assert kit.services.awarding.public(award.id).replaced_by is None


# the lists


def test_list_is_signed_once_and_again_after_a_change(kit: Any, riverside: Any, host: str) -> None:
    award = kit.award(riverside, host)
    lists = kit.services.status_lists
    first = lists.current(award.revocation_list_id)
    opened = kit.keystore.opened
    assert lists.current(award.revocation_list_id) == first
    assert kit.keystore.opened == opened
    document = json.loads(first.text)
    assert document["id"] == f"https://badges.example.org/status/{award.revocation_list_id}"
    assert document["issuer"] == riverside.issuer_id
    assert first.valid_until == FIXED_NOW + LIST_LIFETIME
    assert bits_of(first.text) == set()
    kit.services.status_changes.revoke(riverside.id, award.id, "issuer_decision")
    second = lists.current(award.revocation_list_id)
    assert second.etag != first.etag
    assert bits_of(second.text) == {award.revocation_index}
    with pytest.raises(NotFoundError):
        lists.current("nothing")


def test_list_is_signed_again_before_it_ends(kit: Any, riverside: Any, host: str) -> None:
    award = kit.award(riverside, host)
    first = kit.services.status_lists.current(award.revocation_list_id)
    kit.later(days=3)
    assert kit.services.status_lists.current(award.revocation_list_id) == first
    kit.later(days=1)
    second = kit.services.status_lists.current(award.revocation_list_id)
    assert second.valid_until == kit.clock.now() + LIST_LIFETIME
    kit.later(days=-2)  # a clock that was set back: no list from the future
    assert kit.services.status_lists.current(award.revocation_list_id).signed_at == kit.clock.now()


def test_list_is_signed_again_with_a_new_key(kit: Any, riverside: Any, host: str) -> None:
    award = kit.award(riverside, host)
    first = kit.services.status_lists.current(award.revocation_list_id)
    kit.later(seconds=1)
    new_key = kit.keystore.make(riverside.id, riverside.issuer_id)
    with kit.store.write() as work:
        work.save_key(replace(work.keys_of(riverside.id)[0], state=KeyState.RETIRED))
        work.save_key(new_key)
    second = kit.services.status_lists.current(award.revocation_list_id)
    assert json.loads(second.text)["proof"]["verificationMethod"] == new_key.verification_method
    assert first.etag != second.etag
    assert kit.services.verification.verify_award(award).report.outcome is Outcome.PASS  # by the retired key


def test_list_that_another_process_signed_meanwhile_is_served(kit: Any, riverside: Any, host: str) -> None:
    award = kit.award(riverside, host)
    first = kit.services.status_lists.current(award.revocation_list_id)
    opened = kit.keystore.opened
    assert kit.services.status_lists._signed_again(award.revocation_list_id, FIXED_NOW) == first
    assert kit.keystore.opened == opened


def test_s_priv_1_lists_are_long_and_shared(kit: Any, riverside: Any, host: str) -> None:
    given = kit.services.awarding.give(riverside.id, host, "\n".join(f"P{n}" for n in range(50)), user_id="staff")
    other = kit.achievement(riverside)
    more = kit.services.awarding.give(riverside.id, other, "Ada", user_id="staff")
    awards = [*given.awards, *more.awards]
    assert {award.revocation_list_id for award in awards} == {awards[0].revocation_list_id}
    with kit.store.read() as work:
        record = work.get_status_list(awards[0].revocation_list_id)
    assert record.length >= LEAST_ENTRIES
    assert record.used == 51


@pytest.mark.on_disk
def test_s_race_1_indexes_are_random_and_never_twice(kit: Any, riverside: Any, host: str) -> None:
    names = iter(f"P{number}" for number in range(1_000))
    indexes: list[int] = []
    lock = threading.Lock()

    def give() -> None:
        for _ in range(3):
            with lock:
                some = "\n".join(next(names) for _ in range(5))
            given = kit.services.awarding.give(riverside.id, host, some, user_id="staff")
            indexes.extend(award.revocation_index for award in given.awards)

    threads = [threading.Thread(target=give) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(indexes) == len(set(indexes)) == 90
    assert indexes != sorted(indexes)  # the order of giving does not show


@pytest.mark.on_disk
def test_s_race_1_concurrent_revocations_set_every_bit(kit: Any, riverside: Any, host: str) -> None:
    given = kit.services.awarding.give(
        riverside.id, host, "\n".join(f"P{n}" for n in range(8)), user_id="x", undo_minutes=0
    )
    kit.services.awarding.issue_due()
    list_id = given.awards[0].revocation_list_id

    def revoke(award_id: str) -> None:
        kit.services.status_changes.revoke(riverside.id, award_id, "issuer_decision")
        kit.services.status_lists.current(list_id)

    threads = [threading.Thread(target=revoke, args=[award.id]) for award in given.awards]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert bits_of(kit.services.status_lists.current(list_id).text) == {one.revocation_index for one in given.awards}


def test_s_race_1_one_of_two_changes_wins(kit: Any, riverside: Any, host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from issuer_service.storage import SqlUnitOfWork

    award = kit.award(riverside, host)
    monkeypatch.setattr(SqlUnitOfWork, "update_award", lambda self, award, *, was: False)
    with pytest.raises(ConflictError, match="same moment"):
        kit.services.status_changes.revoke(riverside.id, award.id, "issuer_decision")


def test_half_full_list_is_followed_by_another(kit: Any, riverside: Any, host: str) -> None:
    award = kit.award(riverside, host)
    with kit.store.write() as work:
        work._db.exec_driver_sql("UPDATE status_lists SET used = 65536")
    other = kit.award(riverside, host, "Ben")
    assert other.revocation_list_id != award.revocation_list_id
