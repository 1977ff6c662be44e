"""The formats that are exchanged, which peer has which, and why the others have not."""

from __future__ import annotations

import base64
import json
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import badges
from served import served

from openbadges import SecuredCredential, bake, issue
from openbadges.contexts import PinnedContexts
from openbadges.encoding.times import parse_instant
from openbadges.proofs import selective

PEERS = ("digitalbazaar", "openvc-core", "openbadgeslib", "jose", "did-jwt-vc")
BOTH = ("ours", "theirs")
NOT_THERE = "not implemented"
MANDATORY = ("/id", "/issuer", "/validFrom", "/validUntil", "/credentialSubject/type")
SELECTIVE = ("/credentialSubject/id", "/credentialSubject/achievement", "/name")
CREATED = "2024-05-01T10:00:00Z"


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One row of the table.

    Attributes:
        title: What the row is called.
        name: The suite, or ``vc-jwt`` (flat) or ``vc-jwt-1.1`` (in a ``vc`` claim).
        kind: Kind of key.
        peers: Peer -> the directions it is tried in: ``ours`` (we sign, it verifies), ``theirs``.
        version: Of the W3C data model.
        container: ``png`` or ``svg`` when the badge travels in a picture.
        with_status: Whether the badge names a status list; openbadgeslib wants that of every selective badge.
        served: Which form of the issuer service's badge it is, when it is that one.
        they_derive: Whether the peer derives the selective proof that we verify, from our base proof.
        missing: What holds for every peer that is not named: why it is not tried.
        why: Peer -> why it is not tried, where there is more to say.
        ours: Why we do not sign this, if we do not.
    """

    title: str
    name: str
    kind: str
    peers: Mapping[str, tuple[str, ...]]
    version: str = "2.0"
    container: str | None = None
    served: str = ""
    they_derive: bool = False
    with_status: bool = False
    missing: str = NOT_THERE
    why: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    ours: str = ""


_JWT_WHY = MappingProxyType(
    {
        "openvc-core": "reads and writes credentials in a `vc` claim only",
        "did-jwt-vc": "takes the context of version 1.1 only",
    }
)
_SERVED = "only the service issues it"
_OLD = "version 1.1 is read, never issued"

FORMATS = (
    Format(
        title="eddsa-rdfc-2022",
        name="eddsa-rdfc-2022",
        kind="Ed25519",
        peers={"digitalbazaar": BOTH, "openvc-core": BOTH, "openbadgeslib": BOTH},
    ),
    Format(
        title="eddsa-jcs-2022",
        name="eddsa-jcs-2022",
        kind="Ed25519",
        peers={"digitalbazaar": BOTH, "openvc-core": BOTH},
    ),
    *(
        Format(
            title=f"ecdsa-rdfc-2019, {kind}",
            name="ecdsa-rdfc-2019",
            kind=kind,
            peers={"digitalbazaar": BOTH, "openvc-core": BOTH},
        )
        for kind in ("P-256", "P-384")
    ),
    *(
        Format(title=f"ecdsa-jcs-2019, {kind}", name="ecdsa-jcs-2019", kind=kind, peers={"openvc-core": BOTH})
        for kind in ("P-256", "P-384")
    ),
    Format(
        title="ecdsa-sd-2023",
        name="ecdsa-sd-2023",
        kind="P-256",
        peers={"digitalbazaar": BOTH, "openvc-core": BOTH},
        why={"openbadgeslib": "see the next line"},
    ),
    Format(
        title="ecdsa-sd-2023 with a status entry",
        name="ecdsa-sd-2023",
        kind="P-256",
        with_status=True,
        peers={"openbadgeslib": ("ours",)},
        missing="as above",
        why={"openbadgeslib": "verifies only"},
    ),
    Format(
        title="ecdsa-sd-2023, our base proof, derived by the other",
        name="ecdsa-sd-2023",
        kind="P-256",
        they_derive=True,
        peers={"digitalbazaar": ("theirs",), "openvc-core": ("theirs",)},
    ),
    Format(
        title="Ed25519Signature2020",
        name="Ed25519Signature2020",
        kind="Ed25519",
        peers={"digitalbazaar": BOTH},
    ),
    Format(
        title="Ed25519Signature2020 on VCDM 1.1",
        name="Ed25519Signature2020",
        kind="Ed25519",
        version="1.1",
        ours=_OLD,
        peers={"digitalbazaar": ("theirs",)},
    ),
    *(
        Format(
            title=f"VC-JWT {algorithm}",
            name="vc-jwt",
            kind=kind,
            peers={"openbadgeslib": BOTH, "jose": BOTH},
            why=_JWT_WHY,
        )
        for algorithm, kind in (("EdDSA", "Ed25519"), ("ES256", "P-256"), ("RS256", "RSA"))
    ),
    *(
        Format(
            title=f"VC-JWT {algorithm}, VCDM 1.1 in a `vc` claim",
            name="vc-jwt-1.1",
            kind=kind,
            version="1.1",
            ours=_OLD,
            peers={"openvc-core": ("theirs",), "did-jwt-vc": ("theirs",)},
            why={"jose": "knows no credentials"},
        )
        for algorithm, kind in (("EdDSA", "Ed25519"), ("ES256", "P-256"))
    ),
    Format(
        title="badge of the issuer service",
        name="eddsa-rdfc-2022",
        kind="Ed25519",
        served="json",
        peers={"digitalbazaar": ("ours",), "openvc-core": ("ours",), "openbadgeslib": ("ours",)},
        why={"digitalbazaar": _SERVED, "openvc-core": _SERVED, "openbadgeslib": _SERVED},
    ),
    Format(
        title="badge of the issuer service, as a token",
        name="vc-jwt",
        kind="Ed25519",
        served="jwt",
        peers={"openbadgeslib": ("ours",), "jose": ("ours",)},
        why={**_JWT_WHY, "openbadgeslib": _SERVED, "jose": _SERVED},
    ),
    *(
        Format(
            title=f"badge of the issuer service, {container.upper()}",
            name="eddsa-rdfc-2022",
            kind="Ed25519",
            served=container,
            container=container,
            peers={"openbadgeslib": ("ours",)},
            missing="no pictures",
            why={"openbadgeslib": _SERVED},
        )
        for container in ("png", "svg")
    ),
    *(
        Format(
            title=f"{container.upper()} with {what}",
            name=name,
            kind=kind,
            container=container,
            peers={"openbadgeslib": BOTH},
            missing="no pictures",
        )
        for container in ("png", "svg")
        for what, name, kind in (("eddsa-rdfc-2022", "eddsa-rdfc-2022", "Ed25519"), ("VC-JWT RS256", "vc-jwt", "RSA"))
    ),
)


def picture(container: str) -> bytes:
    """A picture to bake a badge into."""
    if container == "svg":
        return b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="4"/></svg>'
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0\0")),
        (b"IEND", b""),
    )
    written = [
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(written)


def unsigned(row: Format) -> dict[str, Any]:
    document = badges.old_badge(row.kind) if row.version == "1.1" else badges.badge(row.kind)
    if row.name == "Ed25519Signature2020":
        document["@context"].append(badges.SUITE_2020)
    if row.name == "ecdsa-sd-2023":
        document["validUntil"] = "2099-12-31T23:59:59Z"
        # Objects without an id get one, "_:b0", in what openvc-core derives; that is not an id for Open Badges.
        document["credentialSubject"]["achievement"]["criteria"]["id"] = "https://badges.example.org/criteria/host"
    if row.with_status:
        document["credentialStatus"] = {
            "id": "https://badges.example.org/status/1#94567",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": "94567",
            "statusListCredential": "https://badges.example.org/status/1",
        }
    return document


def sign_here(row: Format, document: Mapping[str, Any] | None = None) -> str | bytes:
    """Our badge in this format: text, or the bytes of a picture."""
    if row.served:
        return served().forms[row.served]
    signer = badges.signing_key(row.kind)
    given = unsigned(row) if document is None else dict(document)
    if row.name == "vc-jwt":
        signed = issue(given, signer=signer, form="vc-jwt")
    else:
        signed = issue(
            given, signer=signer, suite=row.name, created=parse_instant(CREATED), mandatory_pointers=mandatory(row)
        )
    if row.name == "ecdsa-sd-2023" and not row.they_derive:
        shown = selective.derive(json.loads(signed.text), SELECTIVE, contexts=PinnedContexts())
        signed = SecuredCredential(json.dumps(shown, ensure_ascii=False))
    return signed.text if row.container is None else bake(picture(row.container), signed)


def mandatory(row: Format) -> tuple[str, ...]:
    if row.name != "ecdsa-sd-2023":
        return ()
    return (*MANDATORY, "/credentialStatus") if row.with_status else MANDATORY


def changed(badge: str | bytes) -> str | bytes:
    """The same badge with another recipient, which whoever verifies it has to notice."""
    if isinstance(badge, bytes):
        from openbadges import unbake

        text = str(changed(unbake(badge).text))
        return bake(picture("png" if badge.startswith(b"\x89PNG") else "svg"), text)
    if badge.startswith("{"):
        document = json.loads(badge)
        document["credentialSubject"]["id"] = "did:example:somebody-else"
        return json.dumps(document, ensure_ascii=False)
    head, payload, signature = badge.split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "=="))
    inside = claims.get("vc", claims)
    inside["credentialSubject"]["id"] = "did:example:somebody-else"
    if "sub" in claims:
        claims["sub"] = "did:example:somebody-else"
    written = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    return f"{head}.{written}.{signature}"
