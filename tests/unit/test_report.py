"""A report is data: required checks have to be there and passed, and it is no truth value (P2)."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime
from typing import Any

import pytest

from openbadges.report import Check, Note, Outcome, ReportError, VerificationReport, outcome_of, passed

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def check(check_id: str, outcome: Outcome) -> Check:
    return Check(id=check_id, outcome=outcome, code="proof.good", params={"algorithm": "EdDSA"})


def report(*checks: Check, **members: Any) -> VerificationReport:
    required = frozenset(members.pop("required", {"a", "b"}))
    return VerificationReport(checks=checks, required=required, at=AT, verdict_code="verdict.pass", **members)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("pass", "pass", "pass"), ("pass", "fail", "fail"), ("unknown", "fail", "fail"), ("pass", "unknown", "unknown"),
        ("pass", "skipped", "unknown"), ("skipped", "skipped", "unknown"),
    ],
)  # fmt: skip
def test_the_worst_required_check_decides(a: str, b: str, expected: str) -> None:
    assert report(check("a", Outcome(a)), check("b", Outcome(b))).outcome == expected


def test_a_required_check_that_is_missing_is_unknown() -> None:
    assert report(check("a", Outcome.PASS)).outcome is Outcome.UNKNOWN
    assert report(check("a", Outcome.PASS), required=set()).outcome is Outcome.UNKNOWN
    assert report(required=set()).outcome is Outcome.UNKNOWN


def test_each_of_several_checks_with_one_id_has_to_pass() -> None:
    checks = (check("a", Outcome.PASS), check("a", Outcome.UNKNOWN), check("b", Outcome.PASS))
    assert report(*checks).outcome is Outcome.UNKNOWN
    assert report(*checks).of("a") == checks[:2]


def test_what_is_not_required_does_not_decide_and_an_error_always_fails() -> None:
    good = (check("a", Outcome.PASS), check("b", Outcome.PASS))
    assert report(*good, check("c", Outcome.FAIL)).outcome is Outcome.PASS
    assert report(*good, error=ReportError(code="json.empty")).outcome is Outcome.FAIL
    assert outcome_of(good, frozenset({"a"}), failed=True) is Outcome.FAIL


def test_a_report_is_not_a_truth_value() -> None:
    with pytest.raises(TypeError, match=r"ask report\.outcome"):
        bool(report())


def test_the_json_of_a_report() -> None:
    inner = report(check("a", Outcome.PASS))
    whole = report(
        check("a", Outcome.PASS),
        check("b", Outcome.PASS),
        credential={"id": "urn:x:1"},
        issuer={"id": "did:x:1"},
        key={"id": "did:x:1#k"},
        format="data-integrity",
        container="json",
        notes=(Note(code="note.unlisted_member", pointer="/x", params={"name": "x"}),),
        endorsements=(inner,),
    )
    shown = whole.to_json()
    assert shown["outcome"] == "pass"
    assert shown["verdict"] == "This badge is genuine and valid today."
    assert shown["at"] == "2026-11-22T12:00:00Z"
    assert shown["checks"][0] == {
        "id": "a", "outcome": "pass", "code": "proof.good", "params": {"algorithm": "EdDSA"},
        "detail": "The content is exactly what was signed (EdDSA).",
    }  # fmt: skip
    assert shown["notes"][0]["pointer"] == "/x"
    assert shown["endorsements"][0]["outcome"] == "unknown"
    assert "error" not in shown
    bare = report(error=ReportError(code="json.empty", pointer="/a")).to_json()
    assert (bare["credential"], bare["issuer"], bare["key"]) == (None, None, None)
    assert bare["error"]["code"] == "json.empty"
    assert bare["error"]["pointer"] == "/a"
    assert bare["error"]["detail"]
    assert "endorsements" not in bare


def test_a_check_that_passed_is_one_value_that_nobody_can_change() -> None:
    first, again = (passed("a", "proof.good", algorithm="EdDSA") for _ in range(2))
    assert first is again
    assert first == check("a", Outcome.PASS)
    assert passed("a", "proof.good", algorithm="ES256") != first
    with pytest.raises(TypeError):
        first.params["algorithm"] = "none"  # type: ignore[index]
    assert pickle.loads(pickle.dumps(first)) == first


def test_many_reports_travel_with_the_checks_that_passed_written_once() -> None:
    checks = [passed(f"check.{number}", "proof.good", algorithm="EdDSA") for number in range(10)]
    reports = [report(*checks) for _ in range(100)]
    sent = pickle.dumps(reports)
    assert pickle.loads(sent) == reports
    assert len(sent) < 100 * len(pickle.dumps(reports[0])) / 5
