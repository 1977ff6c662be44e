"""S-RATE-1: badges are checked in processes with little memory and time, and nothing that they do stops the site."""

from __future__ import annotations

import sys
import textwrap
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from issuer_service.jobs.checkers import Checkers
from issuer_service.services.checking import InThisProcess, Question
from issuer_service.services.errors import BusyError, InvalidError
from issuer_service.web.qr import qr_png
from openbadges import Outcome, Recipient, present
from openbadges.ports import NoNetwork
from openbadges.testing import FakeWeb, badge, fixed_key, sign

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ASKED = Question(now=NOW)
AWAY = "did:web:badges.example.org"
AWAY_KEY = fixed_key().controlled_by(AWAY)
SHOWN = present(signer=fixed_key(), challenge="c").text


@pytest.fixture(scope="module")
def checkers() -> Iterator[Checkers]:
    made = Checkers(1)
    yield made
    made.close()


@pytest.fixture
def odd() -> Iterator[Any]:
    """Makes one whose process does something else than checking when it is given the text "bad"."""
    made = []

    def make(what: str, **options: float) -> Checkers:
        program = f"""
            import os, sys, time
            from issuer_service.jobs import checker
            good = checker.InThisProcess.check
            def check(self, data, asked, fetcher):
                if data == "bad":
                    {what}
                return good(self, data, asked, fetcher)
            checker.InThisProcess.check = check
            sys.exit(checker.main())
        """
        made.append(Checkers(1, command=(sys.executable, "-P", "-c", textwrap.dedent(program)), **options))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.mark.parametrize(
    ("data", "asked"),
    [
        (sign(badge()).text, ASKED),
        (sign(badge(), form="vc-jwt").text.encode(), ASKED),
        (sign(badge()).text, Question(now=NOW, recipient=Recipient("emailAddress", "a@example.org"))),
        (sign(badge()).text, Question(now=NOW, profile="vc")),
        (sign(badge(issuer=AWAY), AWAY_KEY).text, ASKED),
        (SHOWN, Question(now=NOW, profile="vc", presented=True, challenge="c")),
        (SHOWN, Question(now=NOW, profile="vc", presented=True, challenge="d")),
        ("{", ASKED),
        (b"\x89PNG\r\n\x1a\nno", ASKED),
        ("", ASKED),
    ],
    ids=[
        "json",
        "token",
        "person",
        "any",
        "unreachable",
        "shown",
        "shown for another",
        "broken",
        "no picture",
        "empty",
    ],
)
def test_the_answer_is_the_same_as_in_this_process(checkers: Checkers, data: Any, asked: Question) -> None:
    there = checkers.check(data, asked, FakeWeb())
    assert there == InThisProcess().check(data, asked, FakeWeb())
    assert all(one.detail for one in there.report.checks)


def test_what_a_badge_needs_from_elsewhere_is_fetched_by_the_site(checkers: Checkers) -> None:
    web = FakeWeb()
    web.publish_did(AWAY, AWAY_KEY.public_key)
    found = checkers.check(sign(badge(issuer=AWAY), AWAY_KEY).text, ASKED, web)
    assert found.report.outcome is Outcome.PASS, found.report.verdict
    assert found.document is not None
    assert web.requests == ["https://badges.example.org/.well-known/did.json"]


def test_codes_are_read_and_what_is_no_picture_is_said(checkers: Checkers) -> None:
    assert checkers.read_code(qr_png("https://badges.example.org/b/1")) == "https://badges.example.org/b/1"
    with pytest.raises(InvalidError, match="cannot be read"):
        checkers.read_code(b"no picture")


@pytest.mark.skipif(not Path("/proc/self/limits").exists(), reason="this system does not tell what a process may do")
def test_s_key_1_the_process_has_none_of_the_sites_secrets_and_little_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ISSUER_KEY_PASSPHRASE", "canary")
    fresh = Checkers(1)
    fresh.check("{", ASKED, NoNetwork())
    process = Path("/proc") / str(fresh._all[0]._running.pid)
    environment, limits = (process / "environ").read_bytes(), (process / "limits").read_text()
    fresh.close()
    assert b"ISSUER" not in environment
    assert b"canary" not in environment
    soft = {line[:26].strip(): line[26:].split()[0] for line in limits.splitlines()}
    assert soft["Max data size"] == str(300 * 1024 * 1024)
    assert soft["Max file size"] == soft["Max core file size"] == "0"
    assert int(soft["Max cpu time"]) < 20


@pytest.mark.parametrize(
    "what",
    ["while True: pass", "bytearray(400 * 1024 * 1024)", "os.abort()", "sys.exit(3)", "os.write(1, b'nonsense')"],
    ids=["endless work", "much memory", "a crash", "an exit", "nonsense"],
)
def test_s_rate_1_a_badge_that_takes_too_much_is_stopped_and_the_next_is_checked(odd: Any, what: str) -> None:
    made = odd(what, longest=60.0)
    with pytest.raises(InvalidError, match="took more work than a badge ever needs"):
        made.check("bad", ASKED, NoNetwork())
    assert made.check(sign(badge()).text, ASKED, NoNetwork()).report.outcome is Outcome.PASS


def test_one_that_does_not_answer_is_ended_by_the_clock(odd: Any) -> None:
    made = odd("time.sleep(600)", longest=1.0)
    began = time.monotonic()
    with pytest.raises(InvalidError):
        made.check("bad", ASKED, NoNetwork())
    assert time.monotonic() - began < 60


def test_who_comes_while_all_are_at_work_is_told_to_come_again(odd: Any) -> None:
    made = odd("time.sleep(600)", patience=0.2, longest=5.0)
    with ThreadPoolExecutor(2) as pool:
        answers = [pool.submit(made.check, "bad", ASKED, NoNetwork()) for _ in range(2)]
        assert {type(answer.exception()) for answer in answers} == {InvalidError, BusyError}


def test_a_process_that_cannot_start_is_no_fault_of_the_badge() -> None:
    made = Checkers(1, command=(sys.executable, "-c", "raise SystemExit(1)"))
    with pytest.raises(BusyError):
        made.check("x", ASKED, NoNetwork())
    made.close()
