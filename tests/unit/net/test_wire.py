"""Which addresses are connected to, with no socket; the conversation itself is in tests/integration."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from openbadges.errors import UnreachableError
from openbadges.net import GuardedFetcher


def test_v_net_1_exactly_the_checked_addresses_are_connected_to_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[tuple[Any, float]] = []

    def connect(address: object, timeout: float) -> None:
        made.append((address, timeout))
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    found = ["1.1.1.1", "2606:4700::1", "8.8.8.8", "9.9.9.9", "8.8.4.4"]
    fetcher = GuardedFetcher(resolver=lambda _host, _port: found, timer=lambda: 0.0)
    with pytest.raises(UnreachableError) as caught:
        fetcher.get("https://badges.example/", accept="*/*", max_bytes=1)
    assert caught.value.code == "network.connection"
    assert made == [
        (("1.1.1.1", 443), 5 / 4),
        (("2606:4700::1", 443), 5 / 3),
        (("8.8.8.8", 443), 5 / 2),
        (("9.9.9.9", 443), 5),
    ]
