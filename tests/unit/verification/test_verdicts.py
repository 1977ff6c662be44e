"""One sentence for everybody: the gravest finding speaks, and it speaks plainly."""

from __future__ import annotations

import pytest

from openbadges import Check, Outcome
from openbadges.messages import MESSAGES, render
from openbadges.verification.verdicts import verdict_of

BADGE = "badge"
CHANGED = "Changed after it was signed."
EXPIRED = "Genuine, but it expired on 3 May 2026."
FAIL, UNKNOWN, PASS = Outcome.FAIL, Outcome.UNKNOWN, Outcome.PASS


def sentence(*checks: Check, required: frozenset[str] | None = None) -> str:
    wanted = frozenset(check.id for check in checks) if required is None else required
    code, params = verdict_of(checks, wanted, BADGE)
    return render(code, params)


def test_every_verdict_is_one_sentence() -> None:
    verdicts = {code: text for code, text in MESSAGES.items() if code.startswith("verdict.")}
    assert len(verdicts) > 20
    assert [code for code, text in verdicts.items() if text.count(".") != 1 or not text.endswith(".")] == []
    assert [code for code, text in verdicts.items() if "{reason}" in text] == []


@pytest.mark.parametrize(
    ("kind", "verdict"),
    [
        (BADGE, "This badge is genuine and valid today."),
        ("endorsement", "This endorsement is genuine and valid today."),
        ("other", "This credential is genuine and valid today."),
    ],
)
def test_success_names_what_it_is(kind: str, verdict: str) -> None:
    good = one("proof.signature", PASS, "proof.good")
    assert render(*verdict_of([good], frozenset({"proof.signature"}), kind)) == verdict


@pytest.mark.parametrize(
    ("kind", "thing"),
    [
        ("badge", "badge"),
        ("endorsement", "endorsement"),
        ("clr", "Comprehensive Learner Record"),
        ("status_list", "status list"),
        ("presentation", "presentation"),
        ("other", "credential"),
        ("unknown", "document"),
    ],
)
def test_a_verdict_that_names_the_document_names_its_kind(kind: str, thing: str) -> None:
    found = [
        one("proof.signature", FAIL, "proof.missing"),
        one("schema.conformance", FAIL, "schema.first_problem", pointer="/x", problem="wrong"),
        one("endorsements", FAIL, "endorsements.bad", bad=1, count=1),
        one("contexts.known", UNKNOWN, "context.unknown", url="https://x.example"),
    ]
    assert [render(*verdict_of([check], frozenset({check.id}), kind)) for check in found] == [
        f"This {thing} is not signed, so nobody vouches for it.",
        f"Signed, but not a valid {thing}.",
        f"The {thing} is genuine, but an endorsement in it is not.",
        f"We could not check this {thing}, because it uses words we do not know.",
    ]


def one(check_id: str, outcome: Outcome, code: str, **params: object) -> Check:
    return Check(id=check_id, outcome=outcome, code=code, params=params)


@pytest.mark.parametrize(
    ("check", "verdict"),
    [
        (one("proof.signature", FAIL, "signature.wrong"), CHANGED),
        (one("proof.signature", FAIL, "proof.missing"), "This badge is not signed, so nobody vouches for it."),
        (one("status.revocation", FAIL, "status.revoked"), "Genuine, but the issuer withdrew it."),
        (one("status.revocation", FAIL, "legacy.gone"), "Genuine, but the issuer withdrew it."),
        (one("status.suspension", FAIL, "status.suspended"), "Genuine, but the issuer has suspended it for now."),
        (one("credentials", FAIL, "clr.bad"), "Genuine, but a badge inside it is not good."),
        (one("credentials", UNKNOWN, "clr.undecided"), "We could not check every badge inside it."),
        (one("related.digest", FAIL, "related.changed"), "Genuine, but a file that belongs to it was changed."),
        (one("related.digest", UNKNOWN, "related.algorithm"), "We could not check a file that belongs to it."),
        (one("document.kind", FAIL, "kind.presentation", kind="some kind"), "This is some kind, not a badge."),
        (one("recipient.match", FAIL, "recipient.no_match"), "Genuine, but it was not given to this person."),
        (one("validity.window", FAIL, "validity.expired", end="2026-05-03T00:00:00Z"), EXPIRED),
        (one("validity.window", FAIL, "legacy.expired", expires="2026-05-03T00:00:00Z"), EXPIRED),
        (one("proof.signature", PASS, "proof.good"), "This badge is genuine and valid today."),
    ],
)  # fmt: skip
def test_the_sentences_people_read(check: Check, verdict: str) -> None:
    assert sentence(check) == verdict


def test_a_failure_outweighs_what_is_unknown_and_what_does_not_decide_is_silent() -> None:
    unknown = one("status.revocation", UNKNOWN, "network.offline", url="https://x.example")
    failed = one(
        "validity.window", FAIL, "validity.end_before_start", start="2026-05-03T00:00:00Z", end="2026-05-02T00:00:00Z"
    )
    assert sentence(unknown, failed) == "Signed, but its dates cannot be right."
    assert sentence(unknown) == "We could not check whether it was withdrawn."
    good = one("proof.signature", PASS, "proof.good")
    assert sentence(failed, good, required=frozenset({"proof.signature"})) == "This badge is genuine and valid today."


def test_a_required_check_that_was_not_made_is_not_a_pass() -> None:
    good = one("proof.signature", PASS, "proof.good")
    code, params = verdict_of([good], frozenset({"proof.signature", "validity.window"}), BADGE)
    assert render(code, params) == "We could not check everything."
    assert params == {"reason": "Some checks could not be made."}
