"""Many badges in processes of their own: the same answers in the same order."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest

from openbadges import AnyIssuer, Outcome, TrustedIssuers
from openbadges.bulk import answer_many, issue_many, verify_many
from openbadges.errors import ConfigurationError, IssuingError, MalformedError
from openbadges.secured import SecuredCredential
from openbadges.testing import FIXED_NOW, badge, fixed_key, sign


def some(count: int) -> Iterator[tuple[str, bytes]]:
    for number in range(count):
        yield str(number), b"{" if number == 3 else bytes(sign(badge(name=f"Badge {number}")))


@pytest.mark.parametrize("jobs", [1, 2])
def test_reports_come_in_order_and_one_bad_badge_stops_nothing(jobs):
    found = list(verify_many(some(12), policy=AnyIssuer(), at=FIXED_NOW, jobs=jobs))
    assert [name for name, _ in found] == [str(number) for number in range(12)]
    assert [report.outcome for _, report in found].count(Outcome.PASS) == 11
    assert found[3][1].error is not None
    assert found[5][1].credential is not None
    assert found[5][1].credential["name"] == "Badge 5"


def test_one_job_and_two_say_the_same():
    policy = TrustedIssuers([fixed_key().did])
    one, two = (list(verify_many(some(6), policy=policy, at=FIXED_NOW, jobs=jobs)) for jobs in (1, 2))
    assert one == two


def credentials() -> list[Any]:
    return [badge(), badge(issuer="did:key:zOther"), 7, badge(name="Last")]


@pytest.mark.parametrize("jobs", [1, 2])
def test_issuing_many_gives_the_badge_or_the_error_for_each(jobs):
    made = list(issue_many(credentials(), signer=fixed_key, created=FIXED_NOW, jobs=jobs))
    assert isinstance(made[0], SecuredCredential)
    assert isinstance(made[1], IssuingError)
    assert isinstance(made[2], MalformedError)
    assert made[2].code == "bulk.unexpected"
    assert isinstance(made[3], SecuredCredential)
    assert made[0] == sign(badge())


def doubler() -> Any:
    return partial(int.__mul__, 2)


def leaver() -> Any:
    return os._exit


def test_any_function_can_be_spread_over_processes():
    assert list(answer_many(doubler, range(100), jobs=2)) == [2 * number for number in range(100)]
    assert list(answer_many(doubler, [], jobs=2)) == []


def process() -> Any:
    return lambda _: (os.getpid(), gc.get_freeze_count())


def test_only_in_workers_is_what_they_loaded_put_out_of_the_collectors_way():
    here = os.getpid(), gc.get_freeze_count()
    found = set(answer_many(process, range(200), jobs=2))
    assert max(count for pid, count in found if pid != os.getpid()) > 1_000
    assert {one for one in found if one[0] == os.getpid()} == {here}


def test_workers_that_end_early_are_said():
    with pytest.raises(ConfigurationError) as caught:
        list(answer_many(leaver, [1], jobs=2))
    assert caught.value.code == "bulk.workers_lost"


def test_jobs_in_processes_of_their_own(root, tmp_path):
    (tmp_path / "plain.json").write_bytes(bytes(sign(badge())))
    command = [sys.executable, "-m", "openbadges", "verify", "plain.json", "plain.json", "--offline", "--jobs", "2"]
    environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        command, env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "2 checked: 2 pass, 0 fail, 0 unknown"
