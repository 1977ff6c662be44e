"""Every fuzz target runs over its seeds and mutations of them, without atheris: no exception, quick, no forgery."""

from __future__ import annotations

import random
import subprocess
import sys
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent
ITERATIONS = 200
SIGNED = (
    "badge.png", "badge.svg", "chain.json", "clr.json", "endorsed.json", "endorsed.jwt", "enveloped.json", "jcs.json",
    "p-384.json", "rdfc.json", "rich.json", "rubric.json", "selective.json", "token.jwt", "v1.json", "v1.jwt",
)  # fmt: skip


def _load(name: str) -> ModuleType:
    spec = spec_from_file_location(f"fuzz_{name}", HERE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their own module up
    spec.loader.exec_module(module)
    return module


targets = _load("targets")
runner = _load("run")


@pytest.mark.parametrize("name", targets.TARGETS)
def test_target_survives_its_seeds_and_mutations(name: str) -> None:
    target = targets.TARGETS[name]
    seeds = targets.seeds_of(target)
    chance = random.Random(name)
    for seed in seeds:
        targets.run_once(target, seed)
    for _ in range(ITERATIONS):
        targets.run_once(target, _mutated(chance.choice(seeds), target, chance))


@pytest.mark.parametrize("name", SIGNED)
def test_signed_seeds_pass_so_that_forgeries_have_something_to_start_from(name: str) -> None:
    data = (targets.SEEDS / "verify" / name).read_bytes()
    report = targets.Verifier.offline().check(data, policy=targets.AnyIssuer(), at=targets._NOW)
    assert report.outcome is targets.Outcome.PASS, report.verdict


def test_a_foreign_exception_is_a_finding() -> None:
    def broken(_: bytes) -> None:
        raise KeyError("x")

    with pytest.raises(KeyError):
        targets.run_once(targets.Target(run=broken, seeds="json"), b"")


def test_a_slow_input_is_a_finding() -> None:
    def slow(_: bytes) -> None:
        sum(range(200_000))

    with pytest.raises(targets.FindingError):
        targets.run_once(targets.Target(run=slow, seeds="json"), b"", slowest=0.0)


def test_a_passing_badge_that_nobody_signed_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(targets, "_signed", frozenset)
    seed = (targets.SEEDS / "verify" / "token.jwt").read_bytes()
    with pytest.raises(targets.FindingError, match="nobody signed"):
        targets.run_once(targets.TARGETS["verify"], seed)


def test_an_unknown_target_is_wrong_usage() -> None:
    done = subprocess.run(
        [sys.executable, str(HERE / "run.py"), "--minutes", "1", "no-such-target"], capture_output=True, check=False
    )
    assert done.returncode == 2
    expected = b"unknown target" if find_spec("atheris") else b"pip install atheris"
    assert expected in done.stderr


def _mutated(data: bytes, target: Any, chance: random.Random) -> bytes:
    if target.is_json and chance.random() < 0.7:
        changed: bytes | None = runner._changed_json(data, chance)
        if changed is not None:
            return changed
    changed_bytes = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(changed_bytes) + 1)
        what = chance.randrange(3)
        if what == 0:
            changed_bytes[place : place + chance.randint(1, 8)] = b""
        elif what == 1:
            changed_bytes[place:place] = chance.randbytes(chance.randint(1, 4))
        elif changed_bytes:
            changed_bytes[place % len(changed_bytes)] = chance.randrange(256)
    return bytes(changed_bytes)
