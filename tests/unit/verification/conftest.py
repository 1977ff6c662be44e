"""A verifier on a web in memory, and what a report says in a form that is easy to compare."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from openbadges import AnyIssuer, VerificationReport, Verifier
from openbadges.testing import FakeWeb, FixedClock

Check = Callable[..., VerificationReport]


@pytest.fixture
def web() -> FakeWeb:
    return FakeWeb()


@pytest.fixture
def check(web: FakeWeb) -> Check:
    """Check a badge on ``web`` with a policy that trusts nobody in particular."""

    def run(
        badge: Any, *, policy: Any = None, profile: Any = "badge", limits: Any = None, **asked: Any
    ) -> VerificationReport:
        given = {} if limits is None else {"limits": limits}
        verifier = Verifier(fetcher=web, clock=FixedClock(), profile=profile, **given)
        return verifier.check(badge, policy=policy or AnyIssuer(), **asked)

    return run


@pytest.fixture(scope="session")
def found() -> Callable[[VerificationReport, str], list[tuple[str, str]]]:
    """Outcome and code of every check with an id."""
    return lambda report, check_id: [(one.outcome.value, one.code) for one in report.of(check_id)]
