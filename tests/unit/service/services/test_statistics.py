"""Numbers, and the list of awards as a table."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from issuer_service.services import statistics
from issuer_service.services.records import AwardState
from issuer_service.services.statistics import safe_cell


def test_counts_by_state_achievement_and_month(
    kit: Any, riverside: Any, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statistics, "_PAGE", 2)
    unused = kit.achievement(riverside, name="Another")
    awards = [kit.award(riverside, host, f"P{number}") for number in range(3)]
    kit.later(days=10)
    kit.award(riverside, host, "Late")
    kit.services.status_changes.revoke(riverside.id, awards[0].id, "issuer_decision")
    kit.services.receiving.erase_award(riverside.id, awards[1].id)
    kit.services.awarding.give(riverside.id, host, "Waiting", user_id="staff")
    other = kit.services.awarding.give(riverside.id, host, "Never issued", user_id="staff").awards[0]
    kit.services.receiving.erase_award(riverside.id, other.id)
    found = kit.services.statistics.summary(riverside.id)
    assert found.total == 5
    assert found.by_state == {
        AwardState.ISSUED: 2, AwardState.REVOKED: 1, AwardState.ERASED: 2, AwardState.WAITING: 1,
    }  # fmt: skip
    assert [(one.achievement_id, one.issued) for one in found.by_achievement] == [(unused, 0), (host, 2)]
    assert [(one.month, one.issued, one.revoked) for one in found.by_month] == [("2026-11", 3, 0), ("2026-12", 1, 1)]


def test_empty_affiliate_has_empty_numbers(kit: Any, riverside: Any) -> None:
    found = kit.services.statistics.summary(riverside.id)
    assert (found.total, found.by_month) == (0, [])
    assert kit.services.statistics.export_csv(riverside.id).count("\n") == 1


def test_s_csv_1_no_cell_is_a_formula(kit: Any, riverside: Any) -> None:
    host = kit.achievement(riverside, name='=HYPERLINK("https://evil.example")', levels=[{"name": "@SUM"}])
    for name in ("=1+1", "+1", "-1", "@x", 'a"b', "ＡＤＡ"):
        kit.award(riverside, host, [{"recipient": name, "kind": "name"}], level="@SUM")
    undone = kit.services.awarding.give(riverside.id, host, "Undone", user_id="staff")
    kit.services.awarding.undo(riverside.id, undone.batch.id)
    text = kit.services.statistics.export_csv(riverside.id)
    assert text.startswith("\ufeff")
    assert "Undone" not in text
    rows = list(csv.DictReader(io.StringIO(text[1:])))
    assert {row["recipient"] for row in rows} == {"'=1+1", "'+1", "'-1", "'@x", 'a"b', "ＡＤＡ"}
    assert rows[0]["achievement"].startswith("'=")
    assert rows[0]["level"] == "'@SUM"
    assert rows[0]["badge"].startswith("https://badges.example.org/b/")
    assert (rows[0]["state"], rows[0]["issued"], rows[0]["valid_until"]) == ("issued", "2026-11-22", "")


@pytest.mark.parametrize(
    "text", ["=1", "+1", "-1", "@x", "\tx", "\rx", "\nx", " =1", "\u00a0=1", "＝1", "＋1", "－1", "＠x"]
)
def test_s_csv_1_what_could_be_a_formula_gets_an_apostrophe(text: str) -> None:
    assert safe_cell(text) == "'" + text


@pytest.mark.parametrize("text", ["", "Ada", "a=b", "'x", "1-2"])
def test_other_cells_stay_as_they_are(text: str) -> None:
    assert safe_cell(text) == text
