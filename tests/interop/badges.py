"""Fixed keys, honest badges, and our own verdict on a badge."""

from __future__ import annotations

import hashlib
import json
import random
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from openbadges import AnyIssuer, Outcome, SigningKey, VerificationReport, Verifier
from openbadges.encoding.base import encode_multibase

VC_V1 = "https://www.w3.org/2018/credentials/v1"
VC_V2 = "https://www.w3.org/ns/credentials/v2"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
SUITE_2020 = "https://w3id.org/security/suites/ed25519-2020/v1"
RFC_KEYS = Path(__file__).parents[1] / "vectors" / "jose.json"


@cache
def signing_key(kind: str, owner: str = "issuer") -> SigningKey:
    """The key of somebody in these tests; the same in every run."""
    seed = hashlib.sha256(f"{owner} {kind}".encode()).digest()
    if kind == "Ed25519":
        return SigningKey(ed25519.Ed25519PrivateKey.from_private_bytes(seed))
    if kind == "RSA":  # the key printed in RFC 7520, which everybody has
        rows = json.loads(RFC_KEYS.read_text("utf-8"))["signed"]
        return SigningKey.from_jwk(next(row["key"] for row in rows if row["key"]["kty"] == "RSA"))
    curve = ec.SECP256R1() if kind == "P-256" else ec.SECP384R1()
    return SigningKey(ec.derive_private_key(int.from_bytes(seed, "big") >> 1, curve))


@cache
def described(kind: str, owner: str = "issuer") -> dict[str, Any]:
    """A key in every form a peer may want it in."""
    key = signing_key(kind, owner)
    public = key.public_key
    pem = public.cryptography_key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    found = {
        "id": key.verification_method,
        "controller": key.did,
        "algorithm": key.algorithm,
        "jwk": key.private_jwk(),
        "public_jwk": public.to_jwk(),
        "pem": key.to_pem().decode(),
        "public_pem": pem.decode(),
    }
    if kind == "Ed25519":  # the older form of secret Multikeys: prefix, seed and public half
        seed = key._private.private_bytes_raw()
        found["long_secret"] = encode_multibase(bytes.fromhex("8026") + seed + public.raw)
    return found


def badge(kind: str = "Ed25519", **changes: Any) -> dict[str, Any]:
    """A small honest badge of the issuer with this kind of key, unsigned."""
    return {
        "@context": [VC_V2, OB],
        "id": "urn:uuid:5d1a4a7e-7f51-4cf7-9f7c-3a1f4d0c1b2a",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Edit-a-thon host",
        "issuer": {"id": signing_key(kind).did, "type": ["Profile"], "name": "Riverside User Group"},
        "validFrom": "2024-05-01T10:00:00Z",
        "credentialSubject": {
            "id": "did:example:recipient",
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "https://badges.example.org/achievements/host",
                "type": ["Achievement"],
                "name": "Edit-a-thon host",
                "description": "Plans and hosts an editing event.",
                "criteria": {"narrative": "Host one event and publish its summary."},
            },
        },
    } | changes


def old_badge(kind: str = "Ed25519") -> dict[str, Any]:
    """The same on version 1.1 of the W3C data model: read, never issued."""
    document = badge(kind)
    document["@context"] = [VC_V1, OB]
    document["issuanceDate"] = document.pop("validFrom")
    return document


_WORDS = [
    "river",
    "map",
    "über",
    "naïve",
    "編集",
    "résumé",
    "workshop",
    "data",
    "café",
    "sources",
    "Ωmega",
    "photo",
    "“quoted”",
    "a\\b",
    "tab\there",
]


def varied_badge(chance: random.Random, kind: str) -> dict[str, Any]:
    """An honest badge with more members than it needs."""

    def text() -> str:
        return " ".join(chance.choices(_WORDS, k=chance.randint(1, 6)))

    document = badge(kind, id=f"urn:uuid:00000000-0000-4000-8000-{chance.getrandbits(48):012x}", name=text())
    subject: dict[str, Any] = document["credentialSubject"]
    achievement: dict[str, Any] = subject["achievement"]
    optional: list[tuple[dict[str, Any], str, Any]] = [
        (document, "description", text()),
        (document, "validUntil", "2099-12-31T23:59:59Z"),
        (document, "awardedDate", "2024-04-30T09:00:00Z"),
        (document, "evidence", [{"id": "https://example.org/e/1", "type": ["Evidence"], "narrative": text()}]),
        (document["issuer"], "url", "https://example.org/"),
        (document["issuer"], "description", text()),
        (subject, "creditsEarned", chance.choice([1, 2.5, 0.125, 40])),
        (subject, "narrative", text()),
        (subject, "role", text()),
        (achievement, "tag", sorted({text() for _ in range(3)})),
        (achievement, "achievementType", chance.choice(["Badge", "Certificate", "Award"])),
        (achievement, "creditsAvailable", chance.choice([3, 4.75])),
        (achievement, "humanCode", text()),
        (
            achievement,
            "alignment",
            [
                {
                    "type": ["Alignment"],
                    "targetName": text(),
                    "targetUrl": f"https://example.org/skills/{number}",
                    "targetFramework": text(),
                }
                for number in range(chance.randint(1, 3))
            ],
        ),
    ]
    for place, name, value in optional:
        if chance.random() < 0.5:
            place[name] = value
    return document


def check(text: str | bytes) -> VerificationReport:
    """Our own report, offline, by the closed badge profile."""
    return Verifier.offline().check(text, policy=AnyIssuer())


def passes(text: str | bytes) -> bool:
    return check(text).outcome is Outcome.PASS


def why_not(text: str | bytes) -> str:
    """The first finding that is not a pass."""
    report = check(text)
    if report.error is not None:
        return report.error.detail
    found = [one for one in report.checks if one.outcome in (Outcome.FAIL, Outcome.UNKNOWN)]
    return found[0].detail if found else ""
