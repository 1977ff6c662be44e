"""The running site signs what is due by itself."""

from __future__ import annotations

import time
from typing import Any

from issuer_service.services.records import AwardState

LONGEST = 60.0  # seconds; it looks every five


def test_a_badge_is_signed_when_its_time_to_undo_is_over_though_nobody_visits(site: Any) -> None:
    achievement = site.achievement()
    services, group = site.services, site.group.id  # on the same database, so nothing is asked of the site
    given = services.awarding.give(group, achievement, "Ada", user_id="staff", undo_minutes=0)
    later = services.awarding.give(group, achievement, "Ben", user_id="staff", undo_minutes=10)
    assert given.awards[0].state is AwardState.WAITING
    until = time.monotonic() + LONGEST
    while (award := services.awarding.get(group, given.awards[0].id)).state is AwardState.WAITING:
        assert time.monotonic() < until, "nobody signed it"
        time.sleep(0.1)
    assert award.state is AwardState.ISSUED
    assert award.signed_json
    assert services.awarding.get(group, later.awards[0].id).state is AwardState.WAITING
