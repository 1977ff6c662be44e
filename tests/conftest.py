"""Shared fixtures and the two rules of every test: no socket, and the same input every time.

Which room a test file lies in decides about sockets: only ``tests/integration`` and ``tests/browser`` may connect, and
only to the loopback interface; everywhere else creating a socket or looking up a name is an error.
"""

from __future__ import annotations

import gc
import os
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
LOOPBACK = ["127.0.0.1", "::1"]
ROOMS_WITH_SOCKETS = frozenset({"integration", "browser"})

# The everyday run is repeatable and has no stopwatch; HYPOTHESIS_PROFILE=long searches further, with new examples.
settings.register_profile("everyday", derandomize=True, deadline=None, database=None)
settings.register_profile("long", max_examples=20_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "everyday"))


def pytest_configure() -> None:
    """Collecting only makes objects that stay; looking among them for garbage would take a fifth of its time."""
    gc.disable()


def pytest_collection_finish() -> None:
    """From here garbage is collected as usual, without going through all that was collected each time."""
    gc.freeze()
    gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give each test the marker of its room and the sockets that room has."""
    for item in items:
        if not item.path.is_relative_to(ROOT / "tests"):
            continue
        room = item.path.relative_to(ROOT / "tests").parts[0]
        if room in ROOMS_WITH_SOCKETS:
            item.add_marker(room)
            item.add_marker(pytest.mark.allow_hosts(LOOPBACK))
        else:
            item.add_marker(pytest.mark.disable_socket)


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared material beside the checkout: specifications' known answers that are too large to keep here."""
    path = ROOT.parent / "shared"
    if path.is_dir():
        return path
    reason = "the shared material is not beside this checkout (../shared)"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
