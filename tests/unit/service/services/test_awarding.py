"""Preview, give, undo, and the end of the window."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from issuer_service.services.awarding import ErasedError
from issuer_service.services.errors import ConflictError, InvalidError, NotFoundError, StateError
from issuer_service.services.idempotency import Once
from issuer_service.services.records import AwardState, RecipientKind, Visibility
from issuer_service.services.tools import Tools
from openbadges.testing import FIXED_NOW


def test_preview_says_why_for_each_row_and_keeps_nothing(kit: Any, riverside: Any) -> None:
    host = kit.achievement(riverside, levels=[{"name": "Gold"}])
    kit.award(riverside, host, "Zoe")
    paste = "username,level\nAda,gold\nada_x,\nAda,\nZoe,\n192.0.2.7,\nBen,Platinum\n"
    found = kit.services.awarding.preview(riverside.id, host, paste)
    assert [(row.line, row.value, row.ok, row.reason and row.reason.code) for row in found.rows] == [
        (2, "Ada", True, None),
        (3, "ada x", True, None),
        (4, "Ada", False, "row.twice"),
        (5, "Zoe", False, "row.has_it"),
        (6, "192.0.2.7", False, "recipient.ip_address"),
        (7, "Ben", False, "row.level"),
    ]
    assert found.rows[0].level == "Gold"
    assert str(found.rows[2].reason) == "This is the same person as in line 2."
    assert (found.good, found.duplicates, found.bad) == (2, 2, 2)
    assert kit.services.awarding.find(riverside.id).total == 1
    again = kit.services.awarding.preview(riverside.id, host, "Zoe", allow_duplicates=True)
    assert again.good == 1


def test_a_column_of_levels_is_passed_over_where_there_are_none(kit: Any, riverside: Any, host: str) -> None:
    found = kit.services.awarding.preview(riverside.id, host, "username,level\nAda,7\n")
    assert found.rows[0].ok
    assert found.rows[0].level is None


def test_give_leaves_bad_rows_out_and_tells(kit: Any, riverside: Any, host: str) -> None:
    given = kit.services.awarding.give(
        riverside.id, host, "name;comment;link\nAda;Spoke;https://a.example/1\nBen;;\nBen;;\n", user_id="staff",
        narrative="Took part.", evidence=["https://a.example/event"], visibility=Visibility.PUBLIC,
        awarded_at=FIXED_NOW - timedelta(days=7),
    )  # fmt: skip
    ada, ben = sorted(given.awards, key=lambda award: award.recipient_value)
    assert (ada.narrative, ben.narrative) == ("Spoke", "Took part.")
    assert [one["url"] for one in ada.evidence] == ["https://a.example/1", "https://a.example/event"]
    assert ben.evidence == ({"url": "https://a.example/event"},)
    assert ada.awarded_at == FIXED_NOW - timedelta(days=7)
    assert ada.visibility is Visibility.PUBLIC
    assert [row.reason.code for row in given.left_out] == ["row.twice"]
    assert given.batch.send_at == FIXED_NOW + timedelta(minutes=10)
    assert all(award.state is AwardState.WAITING and award.signed_json is None for award in given.awards)
    assert len(ada.id) == 32  # S-PRIV-1: 128 random bits


def test_rows_of_a_request(kit: Any, riverside: Any, host: str) -> None:
    rows = [
        {"recipient": "Ada", "kind": "name", "narrative": None},
        {"recipient": "b@example.org", "evidence": ["https://a.example/1", "https://a.example/2"]},
    ]
    given = kit.services.awarding.give(riverside.id, host, rows, user_id="token")
    kinds = {award.recipient_value: (award.recipient_kind, len(award.evidence)) for award in given.awards}
    assert kinds == {"Ada": (RecipientKind.NAME, 0), "b@example.org": (RecipientKind.EMAIL, 2)}


@pytest.mark.parametrize(
    "row",
    [
        "Ada",
        {},
        {"recipient": "Ada", "state": "issued"},
        {"recipient": "Ada", "affiliate_id": "x"},
        {"recipient": 7},
        {"recipient": "Ada", "kind": "king"},
        {"recipient": "Ada", "evidence": [7]},
    ],
)
def test_s_az_2_rows_with_other_members_are_refused(kit: Any, riverside: Any, host: str, row: Any) -> None:
    with pytest.raises(InvalidError) as caught:
        kit.services.awarding.preview(riverside.id, host, [row])
    assert caught.value.problems[0].sentence.code == "row.form"


def test_at_most_ten_thousand_rows(kit: Any, riverside: Any, host: str) -> None:
    rows = [{"recipient": "Ada"}] * 10_001
    with pytest.raises(InvalidError, match="10000 at most"):
        kit.services.awarding.preview(riverside.id, host, rows)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"narrative": "x" * 5_001}, "narrative"),
        ({"narrative": "\x07"}, "narrative"),
        ({"evidence": ["javascript:alert(1)"]}, "evidence"),
        ({"evidence": [{"url": "https://a.example", "id": "x"}]}, "evidence"),
        ({"evidence": [7]}, "evidence"),
        ({"evidence": [{"name": 7}]}, "evidence"),
        ({"evidence": ["https://a.example/"] * 11}, "evidence"),
        ({"level": "Gold"}, "level"),
        ({"awarded_at": FIXED_NOW + timedelta(days=2)}, "awarded_at"),
        ({"awarded_at": datetime(2026, 1, 1)}, "awarded_at"),  # noqa: DTZ001 - without zone on purpose
        ({"undo_minutes": -1}, "undo_minutes"),
        ({"undo_minutes": 1_441}, "undo_minutes"),
        ({"rows": "192.0.2.1"}, "recipients"),
        ({"rows": ""}, "recipients"),
    ],
)
def test_what_cannot_be_given_is_refused_whole(kit: Any, riverside: Any, host: str, changes: Any, field: str) -> None:
    asked = {"rows": "Ada", "user_id": "staff", **changes}
    with pytest.raises(InvalidError) as caught:
        kit.services.awarding.give(riverside.id, host, **asked)
    assert [problem.field for problem in caught.value.problems] == [field]
    assert kit.services.awarding.find(riverside.id).total == 0


def test_only_published_achievements_are_given(kit: Any, riverside: Any, host: str) -> None:
    kit.services.achievements.archive(riverside.id, host)
    with pytest.raises(ConflictError, match="Publish"):
        kit.services.awarding.give(riverside.id, host, "Ada", user_id="staff")


def test_other_affiliates_find_nothing_s_az_1(kit: Any, riverside: Any, host: str) -> None:
    other = kit.affiliate("Hilltop")
    award = kit.award(riverside, host)
    awarding = kit.services.awarding
    for call in (
        lambda: awarding.preview(other.id, host, "Ada"),
        lambda: awarding.give(other.id, host, "Ada", user_id="x"),
        lambda: awarding.get(other.id, award.id),
        lambda: awarding.batch(other.id, award.batch_id),
        lambda: awarding.undo(other.id, award.batch_id),
        lambda: awarding.undo_one(other.id, award.id),
        lambda: awarding.issue_now(other.id, award.batch_id),
    ):
        with pytest.raises(NotFoundError):
            call()
    assert awarding.find(other.id).total == 0


# the undo window


def test_nothing_is_signed_inside_the_window(kit: Any, riverside: Any, host: str) -> None:
    given = kit.services.awarding.give(riverside.id, host, "Ada\nBen\nCleo", user_id="staff")
    kit.later(minutes=9, seconds=59)
    assert kit.services.awarding.issue_due() == 0
    undone = kit.services.awarding.undo_one(riverside.id, given.awards[0].id)
    assert undone.state is AwardState.UNDONE
    kit.later(seconds=1)
    assert kit.services.awarding.issue_due() == 2
    assert kit.services.awarding.issue_due() == 0
    states = sorted(award.state for award in kit.services.awarding.batch(riverside.id, given.batch.id).awards)
    assert states == [AwardState.ISSUED, AwardState.ISSUED, AwardState.UNDONE]
    with pytest.raises(ConflictError, match="not taken back before is signed"):
        kit.services.awarding.undo(riverside.id, given.batch.id)
    with pytest.raises(StateError, match="taken back already"):
        kit.services.awarding.undo_one(riverside.id, undone.id)
    with pytest.raises(ConflictError, match="too late"):
        kit.services.awarding.undo_one(riverside.id, given.awards[1].id)


def test_undo_takes_everything_back(kit: Any, riverside: Any, host: str) -> None:
    given = kit.services.awarding.give(riverside.id, host, "Ada\nBen", user_id="staff")
    assert kit.services.awarding.undo(riverside.id, given.batch.id) == 2
    kit.later(days=1)
    assert kit.services.awarding.issue_due() == 0
    assert kit.services.awarding.give(riverside.id, host, "Ada", user_id="staff").awards  # no duplicate any more


def test_issue_now_ends_the_window(kit: Any, riverside: Any, host: str) -> None:
    given = kit.services.awarding.give(riverside.id, host, "Ada\nBen", user_id="staff")
    assert kit.services.awarding.issue_now(riverside.id, given.batch.id) == 2
    assert kit.services.awarding.issue_now(riverside.id, given.batch.id) == 0


def test_a_caller_in_a_hurry_signs_a_part(kit: Any, riverside: Any, host: str) -> None:
    for names in ("Ada\nBen\nCleo", "Dan"):
        kit.services.awarding.give(riverside.id, host, names, user_id="staff", undo_minutes=0)
    assert [kit.services.awarding.issue_due(most=2) for _ in range(3)] == [2, 2, 0]


def test_thousands_are_signed_piece_by_piece_and_hold_up_nobody(
    kit: Any, riverside: Any, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("issuer_service.services.awarding.AT_ONCE", 4)
    names = "\n".join(f"P{number}" for number in range(9))
    many = kit.services.awarding.give(riverside.id, host, names, user_id="staff")
    few = kit.services.awarding.give(riverside.id, host, "Ada", user_id="staff", undo_minutes=0)
    kit.later(seconds=1)
    assert kit.services.awarding.issue_now(riverside.id, many.batch.id) == 4
    assert kit.services.awarding.issue_due(most=4) == 4  # the one of the other batch, and three more
    view = kit.services.awarding.batch(riverside.id, many.batch.id, limit=2)
    assert (view.waiting, view.total, view.unsent, len(view.awards)) == (2, 9, 7, 2)
    assert kit.services.awarding.batch(riverside.id, few.batch.id).waiting == 0
    assert [kit.services.awarding.issue_due(most=4) for _ in range(2)] == [2, 0]


def test_what_cannot_be_signed_holds_up_no_other(
    kit: Any, riverside: Any, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from issuer_service.services import issuance

    kit.services.awarding.give(riverside.id, host, "Ada\nBen\nCleo", user_id="staff", undo_minutes=0)
    real = issuance.sign_badge

    def refuse(tools: Any, key: Any, credential: Any) -> Any:
        if credential.credential_subject.identifier[0].salt == salt:
            raise ConflictError("award.not_signed", reason="no")
        return real(tools, key, credential)

    salt = kit.services.awarding.find(riverside.id, text="Ada").items[0].salt
    monkeypatch.setattr(issuance, "sign_badge", refuse)
    for _ in range(40):  # one at a time, in no order: sooner or later both others had their turn
        kit.services.awarding.issue_due(most=1)
    states = {one.recipient_value: one.state for one in kit.services.awarding.find(riverside.id).items}
    assert states == {"Ada": AwardState.WAITING, "Ben": AwardState.ISSUED, "Cleo": AwardState.ISSUED}


@pytest.mark.on_disk
def test_two_processes_sign_each_award_once(kit: Any, riverside: Any, host: str) -> None:
    kit.services.awarding.give(
        riverside.id, host, "\n".join(f"P{n}" for n in range(6)), user_id="staff", undo_minutes=0
    )
    numbers: list[int] = []
    threads = [threading.Thread(target=lambda: numbers.append(kit.services.awarding.issue_due())) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(numbers) == 6
    awards = kit.services.awarding.find(riverside.id).items
    assert len({award.credential_id for award in awards}) == 6


def test_undo_wins_over_a_signature_under_way(
    kit: Any, riverside: Any, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``update_award(was=WAITING)`` decides: what was undone while it was being signed stays undone."""
    given = kit.services.awarding.give(riverside.id, host, "Ada", user_id="staff", undo_minutes=0)
    opened = kit.keystore.signer

    def slow(record: Any) -> Any:
        kit.services.awarding.undo(riverside.id, given.batch.id)
        return opened(record)

    monkeypatch.setattr(kit.keystore, "signer", slow)
    assert kit.services.issuance.sign(given.awards[0]) is None
    award = kit.services.awarding.get(riverside.id, given.awards[0].id)
    assert award.state is AwardState.UNDONE
    assert award.signed_json is None


# S-IDEM-1


def test_s_idem_1_equal_requests_give_one_batch(kit: Any, riverside: Any, host: str) -> None:
    once = Once(key="order-1", request_hash="abc")
    first = kit.services.awarding.give(riverside.id, host, "Ada", user_id="token", idempotency=once)
    second = kit.services.awarding.give(riverside.id, host, "Ada", user_id="token", idempotency=once)
    assert (first.replayed, second.replayed) == (False, True)
    assert second.batch == first.batch
    assert [one.id for one in second.awards] == [one.id for one in first.awards]
    with pytest.raises(ConflictError, match="another request"):
        kit.services.awarding.give(
            riverside.id, host, "Ben", user_id="token", idempotency=replace(once, request_hash="x")
        )
    kit.later(hours=25)
    third = kit.services.awarding.give(
        riverside.id, host, "Ada", user_id="token", idempotency=once, allow_duplicates=True
    )
    assert not third.replayed


@pytest.mark.on_disk
def test_s_idem_1_twenty_parallel_equal_posts_give_one_badge(kit: Any, riverside: Any, host: str) -> None:
    once = Once(key="order-2", request_hash="abc")
    found: list[str] = []

    def post() -> None:
        given = kit.services.awarding.give(
            riverside.id, host, "Ada", user_id="t", idempotency=once, allow_duplicates=True
        )
        found.append(given.awards[0].id)

    threads = [threading.Thread(target=post) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 20
    assert len(set(found)) == 1
    assert kit.services.awarding.find(riverside.id).total == 1


def test_s_idem_1_a_refused_request_is_not_remembered(kit: Any, riverside: Any, host: str) -> None:
    once = Once(key="order-3", request_hash="abc")
    with pytest.raises(InvalidError):
        kit.services.awarding.give(riverside.id, host, "", user_id="t", idempotency=once)
    assert not kit.services.awarding.give(riverside.id, host, "Ada", user_id="t", idempotency=once).replayed


def test_remembered_answers_of_other_requests(kit: Any, riverside: Any) -> None:
    memory, once = kit.services.idempotency, Once(key="k", request_hash="h")
    assert memory.begin(riverside.id, once) is None
    with pytest.raises(ConflictError, match=r"has not ended|under_way"):
        memory.begin(riverside.id, once)
    memory.drop(riverside.id, once)
    assert memory.begin(riverside.id, once) is None
    memory.finish(riverside.id, once, 201, b"{}")
    kept = memory.begin(riverside.id, once)
    assert (kept.status, kept.body) == (201, b"{}")
    assert memory.begin(kit.affiliate("Hillside").id, once) is None
    with pytest.raises(ConflictError):
        memory.begin(riverside.id, Once(key="k", request_hash="other"))
    kit.later(hours=24, seconds=1)
    assert memory.begin(riverside.id, once) is None
    for key in ("", "x" * 256, "a\nb"):
        with pytest.raises(InvalidError):
            Once(key=key, request_hash="h")


# S-PRIV-1


def test_s_priv_1_hidden_waiting_and_absent_answer_alike(kit: Any, riverside: Any, host: str) -> None:
    award = kit.award(riverside, host)
    waiting = kit.services.awarding.give(riverside.id, host, "Ben", user_id="staff").awards[0]
    public = kit.services.awarding.public(award.id)
    assert public.award == award
    assert public.affiliate == riverside
    assert public.version.name == "Edit-a-thon host"
    secret = kit.services.issuance.new_link(riverside.id, award.id)
    kit.services.receiving.set_visibility(secret, Visibility.HIDDEN)
    answers = []
    for award_id in (award.id, waiting.id, "0" * 32):
        with pytest.raises(NotFoundError) as caught:
            kit.services.awarding.public(award_id)
        answers.append((type(caught.value), str(caught.value)))
    assert len(set(answers)) == 1


def test_s_priv_1_erased_is_gone_without_a_name(kit: Any, riverside: Any, host: str) -> None:
    award = kit.award(riverside, host)
    kit.services.receiving.erase_award(riverside.id, award.id)
    with pytest.raises(ErasedError) as caught:
        kit.services.awarding.public(award.id)
    assert "Ada" not in str(caught.value)


def test_now_has_no_fraction(kit: Any) -> None:
    kit.later(microseconds=5)
    tools = Tools(store=kit.store, keystore=kit.keystore, clock=kit.clock, site=kit.services.site)
    assert tools.now() == FIXED_NOW
