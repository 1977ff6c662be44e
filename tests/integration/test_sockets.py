"""The guard of the tests with sockets: the loopback interface and nothing else."""

from __future__ import annotations

import socket

import pytest


def test_loopback_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname(), timeout=5):
        connection, _ = server.accept()
        connection.close()


def test_other_addresses_cannot_be_reached() -> None:
    with socket.socket() as client, pytest.raises((RuntimeError, UserWarning), match="tried to use socket"):
        client.connect(("192.0.2.1", 443))
