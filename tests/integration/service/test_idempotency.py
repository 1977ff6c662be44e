"""S-IDEM-1 over HTTP: many equal requests at once give one batch of badges, on SQLite and on PostgreSQL."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

THREADS = 20


def test_s_idem_1_twenty_parallel_equal_requests_give_one_batch(start_site: Any, url: str) -> None:
    with start_site(url) as site:
        body = {"achievement_id": site.achievement(), "recipients": "Ada\nBen\nCleo", "undo_minutes": 0}

        def give(_: int) -> Any:
            return site.api("POST", "/awards", body, Idempotency_Key="the same")

        with ThreadPoolExecutor(THREADS) as pool:
            answers = list(pool.map(give, range(THREADS)))
        assert {answer.status for answer in answers} == {201}
        assert len({answer.json["batch"]["id"] for answer in answers}) == 1
        assert sum(not answer.json["replayed"] for answer in answers) == 1
        assert site.api("GET", "/awards").json["total"] == 3
        other = site.api("POST", "/awards", {**body, "recipients": "Dan"}, Idempotency_Key="the same")
        assert (other.status, other.kind) == (409, "application/problem+json")
        batch = answers[0].json["batch"]["id"]

        def issue(_: int) -> Any:
            return site.api("POST", f"/batches/{batch}/issue-now")

        with ThreadPoolExecutor(THREADS) as pool:
            counts = [answer.json["count"] for answer in pool.map(issue, range(THREADS))]
        found = site.api("GET", f"/batches/{batch}").json
        assert found["counts"] == {"issued": 3}
        assert sum(counts) <= 3  # the timer may have been faster; each was signed once
        assert len({award["credential_id"] for award in found["awards"]}) == 3


def test_s_idem_1_twenty_parallel_equal_requests_make_one_thing(start_site: Any, url: str) -> None:
    """Who comes while the first is at work is told so, and later gets what it made."""
    with start_site(url) as site:
        body = {"name": "Host", "description": "Hosts an event.", "criteria": "Host one event."}

        def make(_: int) -> Any:
            return site.api("POST", "/achievements", body, Idempotency_Key="the same")

        with ThreadPoolExecutor(THREADS) as pool:
            answers = [*pool.map(make, range(THREADS)), make(THREADS)]
        assert {answer.status for answer in answers} <= {201, 409}
        assert answers[-1].status == 201
        assert {answer.json["id"] for answer in answers if answer.status == 201} == {answers[-1].json["id"]}
        assert site.api("GET", "/achievements").json["total"] == 1
