"""Measure the main job on this machine: one process, one badge, the median of several repeats.

Run ``make bench``. The floor is what nobody can avoid: one raw Ed25519 operation over the badge's bytes, and reading
its JSON. Ratios to the floor say more than times, which belong to the machine.
"""

from __future__ import annotations

import json
import platform
import statistics
import time
from collections.abc import Callable
from importlib.metadata import version

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import openbadges

REPEATS = 7
SECONDS_A_REPEAT = 0.3
PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="4"/></svg>'


def median_seconds(work: Callable[[], object]) -> float:
    """Seconds one call of ``work`` takes: the median over repeats that are each long enough to be timed."""
    start = time.perf_counter()
    work()
    calls = max(1, int(SECONDS_A_REPEAT / max(time.perf_counter() - start, 1e-7)))
    return statistics.median(_repeat(work, calls) for _ in range(REPEATS))


def _repeat(work: Callable[[], object], calls: int) -> float:
    start = time.perf_counter()
    for _ in range(calls):
        work()
    return (time.perf_counter() - start) / calls


def main() -> None:
    """Print one table."""
    key = openbadges.SigningKey.generate("Ed25519")
    issuer = openbadges.Profile(id=key.did, name="Riverside User Group")
    host = openbadges.Achievement(
        id="https://badges.example.org/achievements/host",
        name="Edit-a-thon host",
        description="Plans and hosts an editing event.",
        criteria="Host one event and publish its summary.",
    )
    credential = openbadges.OpenBadgeCredential.award(host, issuer=issuer, recipient=key.did)
    badge = openbadges.issue(credential, signer=key)
    baked = openbadges.bake(PICTURE, badge)
    text = openbadges.unbake(baked).text.encode()
    verifier, policy = openbadges.Verifier.offline(), openbadges.TrustedIssuers([key.did])
    assert verifier.check(badge, policy=policy).outcome is openbadges.Outcome.PASS

    raw = Ed25519PrivateKey.generate()
    signature, public = raw.sign(text), raw.public_key()
    rows = {
        "floor: raw verify and json.loads": lambda: (public.verify(signature, text), json.loads(text)),
        "floor: raw sign and json.dumps": lambda: (raw.sign(text), json.dumps({"text": text.decode()})),
        "issue": lambda: openbadges.issue(credential, signer=key),
        "check": lambda: verifier.check(badge, policy=policy),
        "bake (SVG)": lambda: openbadges.bake(PICTURE, badge),
        "unbake (SVG)": lambda: openbadges.unbake(baked),
    }
    print(
        f"openbadges-kit {version('openbadges-kit')}, Python {platform.python_version()}, a badge of {len(text)} bytes"
    )
    floor = None
    for name, work in rows.items():
        seconds = median_seconds(work)
        floor = floor or seconds
        print(f"{name:34} {seconds * 1000:9.3f} ms {seconds / floor:9.1f} x floor")


if __name__ == "__main__":
    main()
