"""The two rules of every test: no socket, and the same input every time. Shared fixtures, and what the tests cost.

Which room a test file lies in decides about sockets: only ``tests/integration`` and ``tests/browser`` may connect, and
only to the loopback interface; everywhere else creating a socket or looking up a name is an error.
"""

from __future__ import annotations

import gc
import os
import socket
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
LOOPBACK = ["127.0.0.1", "::1"]
ROOMS_WITH_SOCKETS = frozenset({"integration", "browser"})
UNIT_BUDGET_SECONDS = 100  # of processor time with collecting: well under a minute on two cores
COST = pytest.StashKey[Counter[str]]()

# The everyday run is repeatable and has no stopwatch; HYPOTHESIS_PROFILE=long searches further, with new examples.
settings.register_profile("everyday", derandomize=True, deadline=None, database=None)
settings.register_profile("long", max_examples=20_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "everyday"))


def pytest_configure(config: pytest.Config) -> None:
    """Collecting only makes objects that stay; looking among them for garbage would take a fifth of its time."""
    gc.disable()
    config.stash[COST] = Counter()


def pytest_collection_finish(session: pytest.Session) -> None:
    """From here garbage is collected as usual, without going through all that was collected each time."""
    gc.freeze()
    gc.enable()
    session.config.stash[COST]["collecting"] = _thousandths()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Count the processor time of each room; the clock on the wall would tell how busy the machine is."""
    before = _thousandths()
    try:
        return (yield)
    finally:
        item.config.stash[COST][_cost_of(item)] += _thousandths() - before


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker tells the main process."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["cost"] = dict(session.config.stash[COST])


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """The main process adds up."""
    node.config.stash[COST].update(getattr(node, "workeroutput", {}).get("cost", {}))


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """What the tests cost, dearest first. A broken budget is said and fails nothing: machines differ."""
    cost = config.stash[COST]
    parts = ", ".join(f"{room} {thousandths / 1_000:.0f}" for room, thousandths in cost.most_common())
    terminalreporter.write_line(f"seconds of processor time: {parts}")
    if set(cost) == {"unit", "collecting"} and cost.total() > 1_000 * UNIT_BUDGET_SECONDS:
        terminalreporter.write_line(
            f"The unit tests are meant to cost {UNIT_BUDGET_SECONDS} at most (CONTRIBUTING.md)."
        )


def _cost_of(item: pytest.Item) -> str:
    """What its cost is counted for: its room, or the sweeps."""
    return "sweep" if item.get_closest_marker("sweep") else _room(item)


def _room(item: pytest.Item) -> str:
    """The folder of ``tests`` that it is in."""
    return item.nodeid.split("/", 2)[1] if item.nodeid.startswith("tests/") else ""


def _thousandths() -> int:
    """The thousandths of seconds that this process and those that it started have used so far."""
    return round(1_000 * sum(os.times()[:4]))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give each test the marker of its room and the sockets that room has."""
    for item in items:
        room = _room(item)
        if not room:
            continue
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


@pytest.fixture(scope="session")
def run_service() -> Callable[[Mapping[str, str]], AbstractContextManager[None]]:
    """``issuer-service run`` with these settings, as long as the block lasts; it listens when the block begins.

    The port is that of ``ISSUER_BASE_URL``; ``free_base_url`` gives an address whose port is free.
    """

    @contextmanager
    def run(settings: Mapping[str, str]) -> Iterator[None]:
        port = settings["ISSUER_BASE_URL"].rpartition(":")[2]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("ISSUER_")}
        command = "from issuer_service.cli import main; raise SystemExit(main())"
        process = subprocess.Popen(
            [sys.executable, "-c", command, "run", "--port", port],
            env={**environment, **settings, "PYTHONUNBUFFERED": "1"},
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait_until_it_listens(process, int(port))
            yield
        finally:
            process.terminate()
            process.communicate(timeout=30)

    return run


@pytest.fixture(scope="session")
def free_base_url() -> Callable[[], str]:
    """An address on this machine at which nobody listens."""

    def find() -> str:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            return f"http://127.0.0.1:{free.getsockname()[1]}"

    return find


def _wait_until_it_listens(process: subprocess.Popen[bytes], port: int) -> None:
    pause = threading.Event()
    for _ in range(600):
        if process.poll() is not None:
            break
        with socket.socket() as asking:
            if asking.connect_ex(("127.0.0.1", port)) == 0:
                return
        pause.wait(0.1)
    pytest.fail(f"the site did not start (exit status {process.poll()})")
