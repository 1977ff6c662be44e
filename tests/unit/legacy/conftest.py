"""One issuer with a key, one badge class, one badge, hosted and signed, on a web of plain dictionaries."""

from __future__ import annotations

import base64
import copy
import functools
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from openbadges.errors import OpenBadgesError, UnreachableError
from openbadges.ports import Fetched

ASSERTION = "https://example.org/assertions/1"
BADGE = "https://example.org/badges/host"
ISSUER = "https://example.org/issuer"
KEY = "https://example.org/keys/1"
REVOKED = "https://example.org/revoked"
CONTEXT = "https://w3id.org/openbadges/v2"

# Two RSA keys made for these tests alone; they sign nothing else.
PRIMES = (
    (
        0xF3CE1D6AEEABBA140F68FB4ADF3E6B04ECD3E69F4EC349287D56EAD13D473FC46443DFC88684CC6853E2ADED5D612709A5E9D1B6D773CB9BF5E9700E839BF7A2C3A8C90B5E174A71CA55B199CA665AB5D6ABB7F5B712D848B283B105AD92F6EE97221F08F0CC9DBE4A0587CA2798EF8C89D82B0C905B81A52647D92C13E143D7,
        0xDCCD47764AC8ECDAE1680F2ABA55257434B233190DE93A7A10B6DB344C0DD7263BD3FB64C44B2F384B341BA17ADC448C413983BB809EDE5D2DECC7D2606BDEBAC2DC798AFC1374D0BE01C56FE6A890BF823FBC70774FC95B281CE08B28C93D2BD518CFADB7F589FEBA48B2C130D3F3CD708563C57F790D0BD3A6923054841311,
    ),
    (
        0xE0DC8A9D8FF42137DFD6371806785454C8FBEBC6C429C5CCA17931B236C317134F4B4E122E795A53F47D020A6DA44C81F03DE677F48625E5F60BB93D8E286B05F12696FD114FA516A72961FCF9172F7B6815376AAB7333F5EE7077CC385FDFE8EAEA737AA3366942875B36654711561CC939964305A754C7D27AEAB866CC31D1,
        0xC72ACD1F97C775B05BD28A862B8E1D3B10DD2DB592067D526B8BF9A6A163DD0D8A38D5EC59F83628AC4F660EA20E1A587857771EE969F7DD3B30D110A03FF0F8A25A976774C15354312E0FA77EB23E0415F3B753029A4F9E618DAF16ECC3ED92D18DED215B5186155A1A4A69DAB67BAC3C61A288AB92E34B594E5B0BD38D24A1,
    ),
)


@functools.cache
def rsa_key(number: int) -> rsa.RSAPrivateKey:
    p, q = PRIMES[number]
    d = pow(65537, -1, (p - 1) * (q - 1))
    public = rsa.RSAPublicNumbers(65537, p * q)
    return rsa.RSAPrivateNumbers(p, q, d, d % (p - 1), d % (q - 1), pow(q, -1, p), public).private_key()


def pem_of(number: int) -> str:
    public = rsa_key(number).public_key()
    return public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()


def part(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


@dataclass
class World:
    """The documents of the web by URL; what is not there is gone or unreachable as it says."""

    documents: dict[str, Any] = field(default_factory=dict)
    media_type: str = "application/ld+json"
    asked: list[str] = field(default_factory=list)
    now: datetime = datetime(2026, 11, 22, 12, tzinfo=UTC)

    def get(self, url: str, *, accept: str, max_bytes: int, redirects: int | None = None) -> Fetched:
        self.asked.append(url)
        found = self.documents.get(url)
        if found is None:
            raise UnreachableError("network.status", url=url, status=404)
        if isinstance(found, OpenBadgesError):
            raise found
        body = found if isinstance(found, bytes) else json.dumps(found).encode()
        return Fetched(url=url, body=body, media_type=self.media_type)

    @property
    def assertion(self) -> dict[str, Any]:
        return self.documents[ASSERTION]

    @property
    def badge(self) -> dict[str, Any]:
        return self.documents[BADGE]

    @property
    def issuer(self) -> dict[str, Any]:
        return self.documents[ISSUER]

    def signed_assertion(self) -> dict[str, Any]:
        assertion = copy.deepcopy(self.assertion)
        return assertion | {"id": "urn:uuid:1", "verification": {"type": "SignedBadge", "creator": KEY}}

    def sign(self, payload: Mapping[str, Any] | bytes, *, key: int = 0, header: Mapping[str, Any] | None = None) -> str:
        body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        head = json.dumps({"alg": "RS256"} if header is None else header).encode()
        signing_input = f"{part(head)}.{part(body)}"
        signature = rsa_key(key).sign(signing_input.encode(), padding.PKCS1v15(), hashes.SHA256())
        return f"{signing_input}.{part(signature)}"


@pytest.fixture
def world() -> World:
    return World(
        {
            ASSERTION: {
                "@context": CONTEXT,
                "id": ASSERTION,
                "type": "Assertion",
                "recipient": {
                    "type": "email",
                    "hashed": True,
                    "salt": "Kosher",
                    "identity": "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399",
                },
                "badge": BADGE,
                "verification": {"type": "HostedBadge"},
                "issuedOn": "2026-01-10T12:00:00+01:00",
            },
            BADGE: {
                "@context": CONTEXT,
                "id": BADGE,
                "type": "BadgeClass",
                "name": "Edit-a-thon host",
                "description": "Plans and hosts an editing event.",
                "image": "https://example.org/badges/host.png",
                "criteria": "https://example.org/badges/host/criteria",
                "issuer": ISSUER,
            },
            ISSUER: {
                "@context": CONTEXT,
                "id": ISSUER,
                "type": "Issuer",
                "name": "Riverside User Group",
                "url": "https://example.org/",
                "email": "hello@example.org",
                "publicKey": KEY,
                "revocationList": REVOKED,
            },
            KEY: {
                "@context": CONTEXT,
                "id": KEY,
                "type": "CryptographicKey",
                "owner": ISSUER,
                "publicKeyPem": pem_of(0),
            },
            REVOKED: {
                "@context": CONTEXT,
                "id": REVOKED,
                "type": "RevocationList",
                "issuer": ISSUER,
                "revokedAssertions": [],
            },
        }
    )


@pytest.fixture(scope="session")
def other_pem() -> str:
    return pem_of(1)


@pytest.fixture(scope="session")
def answers() -> Callable[[Any], dict[str, tuple[str, str]]]:
    """Outcome and code of each check, for comparing."""
    return lambda result: {check.id: (check.outcome.value, check.code) for check in result.checks}
