"""Start-up: what a fresh interpreter needs for the import, to the first verification, and at most in memory."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys

from subject import Subject

OURS = """
import sys, time
start = time.process_time()
import openbadges
openbadges.Verifier, openbadges.AnyIssuer, openbadges.Outcome
imported = time.process_time()
badge = sys.stdin.buffer.read()
verifier = openbadges.Verifier.offline()
assert verifier.check(badge, policy=openbadges.AnyIssuer()).outcome is openbadges.Outcome.PASS
first = time.process_time()
for _ in range(50):
    verifier.check(badge, policy=openbadges.AnyIssuer())
"""
THEIRS = """
import sys, time
start = time.process_time()
from openbadgeslib.ob3 import OB3LdpVerifier
imported = time.process_time()
badge = sys.stdin.buffer.read().decode()
verifier = OB3LdpVerifier()
verifier.verify(badge)
first = time.process_time()
for _ in range(50):
    verifier.verify(badge)
"""
THEIRS_JWT = """
import json, sys, time
given = json.loads(sys.stdin.buffer.read())
start = time.process_time()
from openbadgeslib.ob3 import OB3Verifier
imported = time.process_time()
verifier = OB3Verifier(given["pem"], issuer_did=given["did"])
verifier.verify(given["token"])
first = time.process_time()
for _ in range(50):
    verifier.verify(given["token"])
"""
END = """
import json
with open("/proc/self/status") as status:  # what getrusage says still holds the parent's memory
    peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024
print(json.dumps([1000 * (imported - start), 1000 * (first - start), peak]))
"""
Start = tuple[float, float, float]  # milliseconds to the import, to the first verification; peak megabytes


def starts(subject: Subject, *, repeats: int = 5, with_peer: bool) -> dict[str, Start]:
    """By name: milliseconds of the import, milliseconds to the first verification, peak megabytes."""
    token = subject.tokens["EdDSA"]
    rows = {
        "openbadges-kit, eddsa-rdfc-2022": _median(OURS, subject.rdfc, repeats),
        "openbadges-kit, VC-JWT EdDSA": _median(OURS, token.encode(), repeats),
    }
    if with_peer:
        key = subject.keys["EdDSA"]
        from openbadgeslib.ob3 import OB3Signer  # noqa: PLC0415 - a peer may be absent
        from openbadgeslib.ob3.credential import OpenBadgeCredential  # noqa: PLC0415

        credential = OpenBadgeCredential.from_jwt_payload(subject.credential())
        theirs = OB3Signer(key.to_pem(), algorithm="EdDSA").sign(credential)
        given = {"pem": key.public_key.to_pem().decode(), "did": key.did, "token": theirs}
        rows["openbadgeslib, eddsa-rdfc-2022"] = _median(THEIRS, subject.rdfc, repeats)
        rows["openbadgeslib, VC-JWT EdDSA"] = _median(THEIRS_JWT, json.dumps(given).encode(), repeats)
    return rows


def _median(program: str, given: bytes, repeats: int) -> Start:
    _run(program, given)  # compiles what is not compiled yet
    runs = [_run(program, given) for _ in range(repeats)]
    imported, first, peak = (statistics.median(run[index] for run in runs) for index in range(3))
    return imported, first, peak


def _run(program: str, given: bytes) -> Start:
    command = [sys.executable, "-c", program + END]
    done = subprocess.run(command, input=given, capture_output=True, check=True)  # noqa: S603 - the programs above
    imported, first, peak = json.loads(done.stdout)
    return imported, first, peak
