"""S-PRIV-1 over HTTP: whether a badge is there cannot be told from a thousand answers, nor from how long they take."""

from __future__ import annotations

import random
import secrets
import statistics
import time
from typing import Any

PEOPLE, ROUNDS = 25, 20


def test_s_priv_1_a_thousand_hidden_and_absent_addresses_answer_alike_and_as_fast(site: Any) -> None:
    body = {
        "achievement_id": site.achievement(),
        "recipients": [{"recipient": f"Person {number}"} for number in range(PEOPLE)],
        "visibility": "hidden",
        "undo_minutes": 0,
    }
    given = site.api("POST", "/awards", body).json["batch"]
    site.api("POST", f"/batches/{given['id']}/issue-now")
    hidden = [award["id"] for award in site.api("GET", f"/batches/{given['id']}").json["awards"]]
    assert len(hidden) == PEOPLE
    asked = [(True, one) for one in hidden * ROUNDS]
    asked += [(False, secrets.token_hex(16)) for _ in range(PEOPLE * ROUNDS)]
    random.Random(5).shuffle(asked)
    answers: set[tuple[int, bytes, str]] = set()
    took: dict[bool, list[float]] = {True: [], False: []}
    for there, one in asked:
        began = time.perf_counter()
        answer = site.get(f"/b/{one}", Accept="text/html")
        took[there].append(time.perf_counter() - began)
        answers.add((answer.status, answer.body, str([pair for pair in answer.headers if pair[0] != "Date"])))
    assert {status for status, _, _ in answers} == {404}
    assert len(answers) == 1
    fast = {
        there: statistics.quantiles(times, n=4)[0] for there, times in took.items()
    }  # when nothing else was going on
    assert abs(fast[True] - fast[False]) < 0.4 * fast[False], fast
