"""Batches and awards: what is due, what is found, and of two changes one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from issuer_service.services.records import AwardState
from issuer_service.storage import SqlStore


def test_due_are_batches_whose_window_is_over_and_that_have_waiting_awards(filled: SqlStore, samples: Any) -> None:
    with filled.write() as unit:
        for name, minutes, state in (("late", 5, "waiting"), ("early", -5, "waiting"), ("done", -9, "issued")):
            unit.save_batch(samples.batch(id=name, send_at=samples.now + timedelta(minutes=minutes)))
            unit.add_award(samples.award(id=name, batch_id=name, state=AwardState(state)))
        unit.add_award(samples.award())
        assert [batch.id for batch in unit.due_batches(samples.now)] == ["early", "b1"]
        assert [batch.id for batch in unit.due_batches(samples.now - timedelta(minutes=1))] == ["early"]
        assert [award.id for award in unit.awards_of_batch("early")] == ["early"]


def test_an_update_wins_only_while_the_state_is_the_expected_one(filled: SqlStore, samples: Any) -> None:
    """S-RACE-1."""
    issued = samples.award(state=AwardState.ISSUED)
    revoked = replace(issued, state=AwardState.REVOKED, reason="mistake", changed_at=samples.now)
    with filled.write() as unit:
        unit.add_award(issued)
        assert not unit.update_award(revoked, was=AwardState.WAITING)
        assert unit.get_award("w1") == issued
        assert unit.update_award(revoked, was=AwardState.ISSUED)
        assert not unit.update_award(replace(issued, state=AwardState.SUSPENDED), was=AwardState.ISSUED)
        assert unit.get_award("w1") == revoked
        assert not unit.update_award(samples.award(id="none"), was=AwardState.WAITING)


def test_found_newest_first_by_parts(filled: SqlStore, samples: Any) -> None:
    with filled.write() as unit:
        unit.save_achievement(samples.achievement(id="h2"))
        unit.save_version(samples.version(achievement_id="h2"))
        unit.save_batch(samples.batch(id="b2", achievement_id="h2"))
        for number in range(7):
            at = samples.now + timedelta(minutes=number)
            unit.add_award(samples.award(id=f"w{number}", recipient_value=f"user {number}", awarded_at=at))
        other = samples.award(
            id="x", batch_id="b2", achievement_id="h2", state=AwardState.ISSUED, recipient_value="zoe"
        )
        unit.add_award(other)
    with filled.read() as unit:
        page = unit.find_awards("a1", offset=2, limit=3)
        assert ([award.id for award in page.items], page.total) == (["w4", "w3", "w2"], 8)
        assert unit.find_awards("a1", offset=90).items == []
        assert unit.find_awards("a1", achievement_id="h2").items == [other]
        assert unit.find_awards("a1", states=[AwardState.ISSUED, AwardState.REVOKED]).items == [other]
        assert unit.find_awards("a1", states=[AwardState.REVOKED]).total == 0
        assert unit.count_awards("a1") == {("h1", AwardState.WAITING): 7, ("h2", AwardState.ISSUED): 1}
        assert unit.count_awards("a2") == {}


@pytest.mark.parametrize(
    ("value", "text", "found"),
    [
        ("Élodie Müller", "ELODIE mu", True),
        ("straße", "STRASSE", True),
        ("مُحَمَّد", "محمد", True),
        ("100% sure", "100% ", True),
        ("100 sure", "100%", False),
        ("a_b", "a_b", True),
        ("axb", "a_b", False),
        ("back\\slash", "k\\s", True),
        ("anything", "  ", True),
        (None, "a", False),
    ],
)
def test_text_is_found_without_case_and_accents_and_taken_literally(
    filled: SqlStore, samples: Any, value: str | None, text: str, found: bool
) -> None:
    with filled.write() as unit:
        unit.add_award(samples.award(recipient_value=value))
        assert unit.find_awards("a1", text=text).total == int(found)


def test_an_erased_award_is_not_found_by_its_former_name(filled: SqlStore, samples: Any) -> None:
    """S-PRIV-1: nor is the name in any column."""
    with filled.write() as unit:
        unit.add_award(samples.award(recipient_value="Canary"))
        unit.update_award(samples.award(recipient_value=None, state=AwardState.ERASED), was=AwardState.WAITING)
        assert unit.find_awards("a1", text="canary").total == 0
        row = unit._db.exec_driver_sql("SELECT * FROM awards").mappings().one()
    assert "canary" not in repr(dict(row)).lower()


def test_duplicates_are_standing_awards_of_the_same_achievement(filled: SqlStore, samples: Any) -> None:
    states = {"anna": "waiting", "ben": "issued", "cleo": "suspended", "dan": "revoked", "eva": "undone"}
    with filled.write() as unit:
        for name, state in states.items():
            unit.add_award(samples.award(id=name, recipient_value=name, state=AwardState(state)))
        values = [*states, "anna", *(f"person {number}" for number in range(1200))]
        assert {award.id for award in unit.awards_to("a1", "h1", values)} == {"anna", "ben", "cleo"}
        assert len(unit.awards_to("a1", "h1", values)) == 3
        assert unit.awards_to("a1", "h2", values) == []
        assert unit.awards_to("a2", "h1", values) == []
        assert unit.awards_to("a1", "h1", []) == []


def test_a_batch_is_counted_and_read_in_parts(filled: SqlStore, samples: Any) -> None:
    states = [AwardState.WAITING] * 3 + [AwardState.ISSUED] * 3 + [AwardState.SUSPENDED, AwardState.UNDONE]
    awards = [
        samples.award(id=f"w{number}", recipient_value=f"user {number}", state=state)
        for number, state in enumerate(states)
    ]
    awards[3] = replace(awards[3], secret_hash="told")
    awards[4] = replace(awards[4], replaced_by="w5")
    with filled.write() as unit:
        unit.add_awards(awards)
        unit.add_awards([])
        unit.save_batch(samples.batch(id="b2", send_at=samples.now + timedelta(minutes=5)))
        unit.add_award(samples.award(id="later", batch_id="b2"))
    with filled.read() as unit:
        assert unit.count_batch("b1") == {
            AwardState.WAITING: 3, AwardState.ISSUED: 3, AwardState.SUSPENDED: 1, AwardState.UNDONE: 1,
        }  # fmt: skip
        assert unit.count_batch("none") == {}
        assert unit.count_unsent("b1") == 2  # w5 and the suspended one
        assert [one.id for one in unit.awards_of_batch("b1", offset=2, limit=2)] == ["w2", "w3"]
        assert unit.awards_of_batch("b1", limit=0) == []
        assert len(unit.awards_of_batch("b1")) == 8
        assert {one.id for one in unit.some_waiting("b1", 9)} == {"w0", "w1", "w2"}
        assert len(unit.some_waiting("b1", 2)) == 2
        assert unit.count_due(samples.now) == 3
        assert unit.count_due(samples.now + timedelta(hours=1)) == 4
        assert unit.count_all_awards()[AwardState.WAITING] == 4
        assert unit.find_awards("a1", batch_id="b2").total == 1
