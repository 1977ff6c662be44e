"""The suite's own guard: outside integration and browser tests there is no socket."""

from __future__ import annotations

import socket

import pytest


def test_a_unit_test_cannot_make_a_socket() -> None:
    with pytest.raises((RuntimeError, UserWarning), match="tried to use socket"):
        socket.socket()


def test_a_unit_test_cannot_make_a_unix_socket() -> None:
    with pytest.raises((RuntimeError, UserWarning), match="tried to use socket"):
        socket.socket(socket.AF_UNIX)


def test_a_unit_test_cannot_look_up_a_name() -> None:
    with pytest.raises((RuntimeError, UserWarning), match="tried to use socket"):
        socket.getaddrinfo("badges.example.org", 443)
