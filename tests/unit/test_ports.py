"""The library has no clock and no network of its own (P5)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from openbadges.errors import UnreachableError
from openbadges.ports import Fetched, NoNetwork, SystemClock


def test_without_a_network_nothing_can_be_reached() -> None:
    with pytest.raises(UnreachableError, match=r"https://x\.example is needed") as caught:
        NoNetwork().get("https://x.example", accept="*/*", max_bytes=1)
    assert caught.value.code == "network.offline"


def test_the_systems_clock_has_a_zone() -> None:
    before = datetime.now(UTC)
    assert before <= SystemClock().now() <= datetime.now(UTC)


def test_an_answer_is_ok_unless_it_says_otherwise() -> None:
    answer = Fetched(url="https://x.example", body=b"")
    assert (answer.status, answer.media_type) == (200, "")
