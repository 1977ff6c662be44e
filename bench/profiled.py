"""Where the time of one full check goes, by the functions of the pipeline, timed one by one in the run itself."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from types import ModuleType
from typing import Any

from subject import Subject

from openbadges import AnyIssuer, Verifier
from openbadges.keys import public
from openbadges.proofs.suites import Cryptosuite
from openbadges.verification import credential, verifier
from openbadges.verification.checks import content, proofs

# What is timed: (module, function), and what the page calls it. Inner ones are taken off the outer ones.
STEPS: tuple[tuple[ModuleType | type, str, str], ...] = (
    (verifier, "read_source", "strict JSON reading"),
    (credential, "check_badge_shape", "closed-shape check, and what the badge says as RDF"),
    (content, "ordinary_notes", "schema, both variants, and members it does not list"),
    (content, "cross_field_problems", "rules between members"),
    (proofs, "key_of_method", "the issuer's key"),
    (Cryptosuite, "signed_bytes", "canonical RDF and hashes, document and proof"),
    (public.PublicKey, "verify", "Ed25519"),
)
RUNS = 600


def shares(subject: Subject) -> dict[str, float]:
    """Milliseconds by step of one check of the eddsa-rdfc-2022 badge, ``"the rest"`` and ``"all"``; medians."""
    kept = [(owner, name, getattr(owner, name)) for owner, name, _ in STEPS]
    spent: dict[str, list[float]] = {label: [] for *_, label in STEPS}
    for (owner, name, original), (*_, label) in zip(kept, STEPS, strict=True):
        setattr(owner, name, _timed(original, spent[label]))
    checker, whole = Verifier.offline(), []
    try:
        for _ in range(RUNS):
            start = time.process_time()
            checker.check(subject.rdfc, policy=AnyIssuer())
            whole.append(time.process_time() - start)
    finally:
        for owner, name, original in kept:
            setattr(owner, name, original)
    found = {label: 1000 * statistics.median(_per_run(times)) for label, times in spent.items()}
    found["all"] = 1000 * statistics.median(whole)
    found["the rest"] = found["all"] - sum(value for label, value in found.items() if label != "all")
    return found


def _per_run(times: list[float]) -> list[float]:
    each = len(times) // RUNS
    return [sum(times[index : index + each]) for index in range(0, len(times), each)]


def _timed(original: Callable[..., Any], spent: list[float]) -> Callable[..., Any]:
    def timed(*arguments: Any, **named: Any) -> Any:
        start = time.process_time()
        try:
            return original(*arguments, **named)
        finally:
            spent.append(time.process_time() - start)

    return timed
