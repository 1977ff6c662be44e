"""Start-up: what a fresh interpreter needs for the import, to the first verification, and at most in memory."""

from __future__ import annotations

import json
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


def starts(subject: Subject, *, repeats: int = 9, with_peer: bool) -> dict[str, list[Start]]:
    """By name, for each round in which all took a turn."""
    token = subject.tokens["EdDSA"]
    programs = {
        "openbadges-kit, eddsa-rdfc-2022": (OURS, subject.rdfc),
        "openbadges-kit, VC-JWT EdDSA": (OURS, token.encode()),
    }
    if with_peer:
        key = subject.keys["EdDSA"]
        from openbadgeslib.ob3 import OB3Signer  # noqa: PLC0415 - a peer may be absent
        from openbadgeslib.ob3.credential import OpenBadgeCredential  # noqa: PLC0415

        credential = OpenBadgeCredential.from_jwt_payload(subject.credential())
        theirs = OB3Signer(key.to_pem(), algorithm="EdDSA").sign(credential)
        given = {"pem": key.public_key.to_pem().decode(), "did": key.did, "token": theirs}
        programs["openbadgeslib, eddsa-rdfc-2022"] = THEIRS, subject.rdfc
        programs["openbadgeslib, VC-JWT EdDSA"] = THEIRS_JWT, json.dumps(given).encode()
    for program, badge in programs.values():
        _run(program, badge)  # compiles what is not compiled yet
    rounds = [{name: _run(*one) for name, one in programs.items()} for _ in range(repeats)]
    return {name: [one[name] for one in rounds] for name in programs}


def _run(program: str, given: bytes) -> Start:
    command = [sys.executable, "-c", program + END]
    done = subprocess.run(command, input=given, capture_output=True, check=True)  # noqa: S603 - the programs above
    imported, first, peak = json.loads(done.stdout)
    return imported, first, peak
