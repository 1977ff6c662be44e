"""This library's rows, and the floor that nobody gets under."""

from __future__ import annotations

import gzip
import json
import random
import tracemalloc
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from nacl.bindings import crypto_sign, crypto_sign_keypair, crypto_sign_open
from subject import Subject, grown
from timing import Pace

from openbadges import AnyIssuer, Outcome, SigningKey, TrustedIssuers, Verifier, issue, jsontext
from openbadges.canon import rdf
from openbadges.contexts import PinnedContexts
from openbadges.limits import DEFAULT_LIMITS
from openbadges.proofs.data_integrity import create_proof, read_proofs, verify_proof
from openbadges.status.bits import StatusBits, decode, value_at
from openbadges.status.building import build_list

Rows = dict[str, float]

SODIUM = "EdDSA, libsodium"
FLIPPED, REBUILT = "flip, rebuild, sign", "rebuild from all rows, sign"

_ENTRIES = 1_000_000
_LIST = "https://badges.riverside.example/status/1"
_START = datetime(2026, 10, 1, tzinfo=UTC)


def floor(subject: Subject, pace: Pace) -> Rows:
    """Raw signatures of the ``cryptography`` package over the credential's bytes, and reading or writing its JSON.

    For Ed25519 those of libsodium too, with which this library verifies.
    """
    rows: Rows = {}
    data = subject.rdfc
    credential = subject.credential()
    for name, key in subject.keys.items():
        signature, public = key.sign(data), key.public_key
        rows[f"floor verify {name}"] = pace.median_ms(lambda: (json.loads(data), public.verify(signature, data, name)))
        rows[f"floor sign {name}"] = pace.median_ms(lambda: (json.dumps(credential), key.sign(data)))
    handle = subject.keys["EdDSA"].public_key.cryptography_key
    raw = subject.keys["EdDSA"].sign(data)
    rows["floor verify EdDSA"] = pace.median_ms(lambda: (json.loads(data), handle.verify(raw, data)))
    signed, public_bytes = raw + data, handle.public_bytes_raw()
    _, secret = crypto_sign_keypair()
    rows[f"floor verify {SODIUM}"] = pace.median_ms(lambda: (json.loads(data), crypto_sign_open(signed, public_bytes)))
    rows[f"floor sign {SODIUM}"] = pace.median_ms(lambda: (json.dumps(credential), crypto_sign(data, secret)))
    return rows


def data_integrity(subject: Subject, pace: Pace) -> Rows:
    """Both EdDSA suites: the proof alone, everything, and issuing."""
    key, contexts = subject.keys["EdDSA"], PinnedContexts()
    credential, verifier, policy = subject.credential(), Verifier.offline(), TrustedIssuers([key.did])
    rows: Rows = {}
    for suite, badge in (("eddsa-rdfc-2022", subject.rdfc), ("eddsa-jcs-2022", subject.jcs)):

        def proof_only(badge: bytes = badge) -> None:
            document = jsontext.parse_object(badge)
            (proof,) = read_proofs(document)
            verify_proof(document, proof, key.public_key, contexts=contexts)

        def sign_only(suite: str = suite) -> bytes:
            proof = create_proof(credential, key, suite=suite, created="2026-10-04T09:30:00Z", contexts=contexts)
            return jsontext.dump(credential | {"proof": proof})

        assert verifier.check(badge, policy=policy).outcome is Outcome.PASS
        assert verifier.check(badge.replace(b"newcomers", b"new comers"), policy=policy).outcome is Outcome.FAIL
        rows[f"{suite} proof only"] = pace.median_ms(proof_only)
        rows[f"{suite} check"] = pace.median_ms(lambda badge=badge: verifier.check(badge, policy=policy))  # type: ignore[misc]
        rows[f"{suite} issue"] = pace.median_ms(lambda suite=suite: issue(credential, signer=key, suite=suite))  # type: ignore[misc]
        rows[f"{suite} sign only"] = pace.median_ms(sign_only)
    return rows


def vc_jwt(subject: Subject, pace: Pace) -> Rows:
    """Tokens with each kind of key: everything, and issuing."""
    rows: Rows = {}
    for name, key in subject.keys.items():
        verifier, policy = Verifier.offline(), TrustedIssuers([key.did])
        token, credential = subject.tokens[name].encode(), subject.credential(name)
        assert verifier.check(token, policy=policy).outcome is Outcome.PASS
        rows[f"vc-jwt {name} check"] = pace.median_ms(lambda: verifier.check(token, policy=policy))
        rows[f"vc-jwt {name} issue"] = pace.median_ms(lambda: issue(credential, signer=key, form="vc-jwt"))
    return rows


def growth(subject: Subject, pace: Pace) -> list[tuple[int, int, float]]:
    """Bytes, quads and milliseconds of a check, for growing credentials up to the limit of 5,000 quads."""
    key, verifier = subject.keys["EdDSA"], Verifier.offline()
    points = []
    for alignments in (1, 50, 100, 200, 300, 400, 500, 600, 700):
        badge = bytes(issue(grown(subject.credential(), alignments), signer=key))
        report = verifier.check(badge, policy=AnyIssuer())
        assert report.outcome is Outcome.PASS, report.verdict
        document = {name: value for name, value in json.loads(badge).items() if name != "proof"}
        quads = len(rdf.dataset(document, PinnedContexts(), limits=DEFAULT_LIMITS))
        points.append((len(badge), quads, pace.median_ms(lambda: verifier.check(badge, policy=AnyIssuer()))))
    return points


def status(pace: Pace) -> dict[str, Rows]:
    """A status list of 1,000,000 entries, 1 % set, with one more, signed and read.

    One who keeps the list flips the entry in it; one who keeps rows, as the service does, rebuilds the list from them.

    Twice: set at random, as indexes are allotted, and every hundredth, which gzip packs in no time: then next to
    nothing hides what this library does beside it.
    """
    at_random = random.Random(1).sample(range(_ENTRIES), _ENTRIES // 100)  # noqa: S311 - the same in each run
    return {"at random": _list(pace, sorted(at_random)), "every hundredth": _list(pace, range(0, _ENTRIES, 100))}


def _list(pace: Pace, taken: Sequence[int]) -> Rows:
    key = SigningKey.generate("Ed25519")

    def rebuilt(rows: Sequence[int]) -> dict[str, Any]:
        return build_list(
            list_id=_LIST, issuer=key.did, purpose="revocation", set_indexes=rows, valid_from=_START, length=_ENTRIES
        )

    made = rebuilt(taken)
    signed = bytes(issue(made, signer=key))
    encoded = made["credentialSubject"]["encodedList"]

    def flipped() -> dict[str, Any]:
        bits = StatusBits.from_encoded(encoded)
        bits[12_345] = 1
        return made | {"credentialSubject": made["credentialSubject"] | {"encodedList": bits.encoded()}}

    raw = decode(encoded)
    verifier = Verifier.offline(profile="vc")
    assert verifier.check(signed, policy=AnyIssuer()).outcome is Outcome.PASS
    tracemalloc.start()
    value_at(decode(encoded), 12_300)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return {
        "gzip alone": pace.median_ms(lambda: gzip.compress(raw, compresslevel=9, mtime=0)),  # the level of the library
        FLIPPED: pace.median_ms(lambda: issue(flipped(), signer=key)),
        REBUILT: pace.median_ms(lambda: issue(rebuilt([*taken, 12_345]), signer=key)),
        "verify the signed list": pace.median_ms(lambda: verifier.check(signed, policy=AnyIssuer())),
        "read one entry": pace.median_ms(lambda: value_at(decode(encoded), 12_300)),
        "list, bytes": len(raw),
        "reading one entry, peak bytes": peak,
    }
