"""What a first verification loads: nothing that it does not use, because start-up is most of its time."""

from __future__ import annotations

import subprocess
import sys

import pytest

from openbadges.testing import badge, sign

HEAVY = {
    "cbor2", "email", "flask", "http", "jsonschema", "jwt", "lxml", "multiprocessing", "PIL",
    "pydantic", "pyld", "qrcode",
    "referencing", "socket", "sqlalchemy", "ssl", "tempfile", "tqdm", "zipfile",
    "openbadges.canon.expansion", "openbadges.canon.jsonld", "openbadges.issuing",
    "openbadges.legacy", "openbadges.models.credential", "openbadges.net",
    "openbadges.proofs.selective", "openbadges.bulk",
}  # fmt: skip
VERIFY = """
import sys
import openbadges
assert not [name for name in sys.modules if name.startswith("openbadges.") and name != "openbadges.errors"]
report = openbadges.Verifier.offline().check(sys.stdin.buffer.read(), policy=openbadges.AnyIssuer())
assert report.outcome is openbadges.Outcome.PASS, report.verdict
print(*sys.modules)
"""


def loaded(program: str, given: bytes) -> set[str]:
    done = subprocess.run([sys.executable, "-c", program], input=given, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return set(done.stdout.decode().split())


def test_a_first_verification_loads_only_what_it_uses():
    assert loaded(VERIFY, bytes(sign(badge()))) & HEAVY == set()


def test_a_first_verification_of_a_token_loads_only_what_it_uses():
    assert loaded(VERIFY, bytes(sign(badge(), form="vc-jwt"))) & HEAVY == set()


@pytest.mark.parametrize("name", ["verify_many", "issue_many"])
def test_many_in_one_process_loads_no_multiprocessing(name):
    program = f"import sys, openbadges; openbadges.{name}; print(*sys.modules)"
    assert loaded(program, b"") & {"multiprocessing", "concurrent.futures", "openbadges.verification"} == set()
