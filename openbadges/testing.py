"""For tests: fixed keys, a fixed clock, a web in memory, and documents to sign. Nothing here needs a network or pytest.

The keys are the same in every run and known to everybody who reads this file: never sign a real badge with them.
"""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from openbadges.contexts import PinnedContexts
from openbadges.dids.web import did_web_document, did_web_url
from openbadges.encoding.times import format_instant
from openbadges.errors import ConfigurationError, OpenBadgesError, UnreachableError
from openbadges.issuing import Form, issue
from openbadges.jsontext import dump
from openbadges.keys import PublicKey, Signer, SigningKey, jwks
from openbadges.keys.kinds import KindName
from openbadges.ports import Fetched
from openbadges.proofs import jws
from openbadges.proofs.data_integrity import create_proof, read_proofs, with_proofs
from openbadges.secured import SecuredCredential
from openbadges.status import build_list, build_revocation_list

__all__ = [
    "FIXED_NOW",
    "KEY_KINDS",
    "FakeWeb",
    "FixedClock",
    "add_proof",
    "badge",
    "endorsement",
    "fixed_key",
    "sign",
    "sign_token",
    "status_entry",
    "status_list",
]

FIXED_NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
KEY_KINDS: tuple[KindName, ...] = ("Ed25519", "P-256", "P-384", "RSA")

_VC_CONTEXT = "https://www.w3.org/ns/credentials/v2"
_OB_CONTEXT = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
_CURVES = {"P-256": ec.SECP256R1(), "P-384": ec.SECP384R1()}

# RSA keys cannot be computed quickly from a seed, so the primes of two stand here.
_PRIMES = (
    (
        0xFD38ABDF99B2C094A3C7A1641D34047C8D6726C767CA9EF1C84ECBD60CD3D45134AE312A6D0754939FC0EB46AB92EE32421F54DC024E1C93BE58AC1E5A17EA038FE5440A527F9EB1FD1294356CDDAEEE41F42630F3865E86B571C3F0C0A7CE4FA5169A776BC6B9784830E50A97AD1E156277630D4E82E167A868F0FD68A0160B,  # noqa: E501
        0xE1C2515F881D0833F7CDE4853E51E5866BBCA50627F7AFFEB8109CDD4B6D8BD4EED51FFBD26030E1CEB35BBD09C04C8D39B05AAC04F7C79535DCFC234EF3A228E820E619CDB60D8DBC884390A4C1AFC755DD401036FF51C5C95454DA5B54C8773E931DC8BD422E88ED46344D2364B8FEAE6A70EB9C4D93121768CB08D976E3F5,  # noqa: E501
    ),
    (
        0xC670E19F3B5C9E6B71C88D70294FAD32C1FDAF09682D51E9B671EA98E71A4551724516EAF1A880880474921F5CCC6FACC0F9CC28979B894B0476D15E3A1321F734BD0B379C0CF99F86496B0836F0C93FC72F6C015BE19D0BD4ABDC010A58C5F858EE60A06D9831EA00E44ECFC53B8F4A3CB4C3EDA46A3D8699608867FD7AC73B,  # noqa: E501
        0xC0D9E7B640DEDBD7FC1B5FBC0E38DE14A4F9460FC08F709064118DCA97A9721019CBFC83190C62E9FAC6EB123C2CFC5C805F40A60E40297BB76A1C0B9C33159BE84A256798BCD471A70EA7FEE65DBFB45596358E2B8A8823EA39B1DC4250AEF8AB104F894ECE4D1DD9DD11EDF5E79D6167FBA5E8840A0B1796EA7CB833A28F0D,  # noqa: E501
    ),
)


class FixedClock:
    """A clock that stands still until it is moved."""

    def __init__(self, at: datetime = FIXED_NOW) -> None:
        self._at = at

    def now(self) -> datetime:
        """The instant it stands at."""
        return self._at

    def move(self, by: timedelta) -> None:
        """Let time pass, or run back."""
        self._at += by


@cache
def fixed_key(kind: KindName = "Ed25519", number: int = 0) -> SigningKey:
    """A key that is the same in every run and differs for each ``number``; there are two of RSA.

    Raises:
        ConfigurationError: ``testing.no_such_key``.
    """
    seed = hashlib.sha384(f"openbadges.testing {kind} {number}".encode()).digest()
    if kind == "Ed25519":
        return SigningKey(ed25519.Ed25519PrivateKey.from_private_bytes(seed[:32]))
    if kind in _CURVES:
        return SigningKey(ec.derive_private_key(int.from_bytes(seed[:31], "big"), _CURVES[kind]))
    if kind != "RSA" or number not in range(len(_PRIMES)):
        raise ConfigurationError("testing.no_such_key", kind=kind, number=number)
    p, q = _PRIMES[number]
    d = pow(65537, -1, (p - 1) * (q - 1))
    public = rsa.RSAPublicNumbers(65537, p * q)
    numbers = rsa.RSAPrivateNumbers(p, q, d, d % (p - 1), d % (q - 1), pow(q, -1, p), public)
    return SigningKey(numbers.private_key())


def badge(*, issuer: str | None = None, **members: Any) -> dict[str, Any]:
    """An unsigned badge as JSON, a new object each time.

    Args:
        issuer: Its issuer's id; that of the default ``fixed_key()`` when absent.
        members: Replace members of the credential by name; None takes one away.
    """
    issuer = issuer or fixed_key().did
    document = {
        "@context": [_VC_CONTEXT, _OB_CONTEXT],
        "id": "urn:uuid:0b8f0c1e-7d0a-4a57-9a1e-2f0f2a6c8a11",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Edit-a-thon host",
        "issuer": {"id": issuer, "type": ["Profile"], "name": "Riverside User Group"},
        "validFrom": "2026-01-15T09:00:00Z",
        "awardedDate": "2026-01-10T12:00:00Z",
        "credentialSubject": {
            "id": fixed_key("Ed25519", 9).did,
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "https://badges.example.org/achievements/host",
                "type": ["Achievement"],
                "name": "Edit-a-thon host",
                "description": "Plans and hosts an editing event.",
                "criteria": {"narrative": "Host one event and publish its summary."},
            },
        },
    }
    return _changed(document, members)


def endorsement(*, about: str, issuer: str | None = None, **members: Any) -> dict[str, Any]:
    """An unsigned endorsement of what has the id ``about``; by default of ``fixed_key("Ed25519", 1)``."""
    document = {
        "@context": [_VC_CONTEXT, _OB_CONTEXT],
        "id": "urn:uuid:7d0a0c1e-7d0a-4a57-9a1e-2f0f2a6c8a11",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": "Endorsed by the foundation",
        "issuer": {"id": issuer or fixed_key("Ed25519", 1).did, "type": ["Profile"], "name": "Foundation"},
        "validFrom": "2026-01-15T09:00:00Z",
        "credentialSubject": {"id": about, "type": ["EndorsementSubject"], "endorsementComment": "Good work."},
    }
    return _changed(document, members)


def status_list(
    list_id: str, *, issuer: str | None = None, purpose: str = "revocation", set_indexes: Iterable[int] = (), **members: Any
) -> dict[str, Any]:
    """An unsigned Bitstring status list credential, valid from a day before ``FIXED_NOW``."""
    document = build_list(
        list_id=list_id,
        issuer=issuer or fixed_key().did,
        purpose=purpose,
        set_indexes=set_indexes,
        valid_from=FIXED_NOW - timedelta(days=1),
    )
    return _changed(document, members)


def status_entry(list_id: str, index: int = 7, *, purpose: str = "revocation") -> dict[str, Any]:
    """A ``credentialStatus`` that points into a Bitstring status list."""
    return {
        "id": f"{list_id}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": str(index),
        "statusListCredential": list_id,
    }


def sign(
    document: Mapping[str, Any], key: Signer | None = None, *, form: Form = "data-integrity", suite: str | None = None
) -> SecuredCredential:
    """Sign as ``openbadges.issue`` does, on the day of ``FIXED_NOW``; the signer is ``fixed_key()`` by default.

    Raises:
        IssuingError: As ``issue`` does.
    """
    return issue(document, signer=key or fixed_key(), form=form, suite=suite, created=FIXED_NOW)


def add_proof(
    document: Mapping[str, Any],
    key: Signer | None = None,
    *,
    suite: str = "eddsa-rdfc-2022",
    purpose: str = "assertionMethod",
    created: str | None = "2026-11-22T12:00:00Z",
    **options: Any,
) -> dict[str, Any]:
    """Add a proof to whatever it is, without the checks of ``issue``: for what no issuer would sign.

    Args:
        document: A JSON object with any contexts that are pinned; proofs it has stay.
        key: By default ``fixed_key()``.
        suite: A name from ``openbadges.proofs.suites.SUITES``.
        purpose: ``proofPurpose``.
        created: The date of the proof, or None.
        options: Further members of the proof, e.g. ``previousProof``.
    """
    proof = create_proof(
        document,
        key or fixed_key(),
        suite=suite,
        created=created,
        contexts=PinnedContexts(generic=True),
        purpose=purpose,
        options=options,
    )
    before = read_proofs(document) if "proof" in document else ()
    return with_proofs(document, [*before, proof])


def sign_token(payload: Mapping[str, Any], key: Signer | None = None, **header: Any) -> str:
    """Sign any payload as a compact JWS, without the checks of ``issue``.

    Args:
        payload: With the registered claims it shall have.
        key: By default ``fixed_key()``.
        header: Members of the header; ``typ`` and ``kid`` are there by default, and None takes one away.
    """
    signer = key or fixed_key()
    members = {"typ": "JWT", "kid": signer.verification_method} | header
    return jws.sign({name: value for name, value in members.items() if value is not None}, dump(dict(payload)), signer)


@dataclass(slots=True)
class _List:
    """A status list that the web serves, and what it takes to sign it again."""

    signer: Signer
    purpose: str
    indexes: set[int]
    form: Form


class FakeWeb:
    """A web in memory that implements ``openbadges.ports.Fetcher``; what is not published cannot be reached.

    Attributes:
        requests: Every URL that was asked for, in order.
    """

    def __init__(self) -> None:
        self.requests: list[str] = []
        self._pages: dict[str, Fetched] = {}
        self._failures: dict[str, OpenBadgesError] = {}
        self._lists: dict[str, _List] = {}
        self._revoked: dict[str, tuple[str, dict[str, str | None]]] = {}

    def get(self, url: str, *, accept: str, max_bytes: int, redirects: int | None = None) -> Fetched:  # noqa: ARG002 - the port's signature
        """As the port says; an address that redirects is refused where ``redirects`` is 0."""
        self.requests.append(url)
        if url in self._failures:
            raise self._failures[url]
        page = self._pages.get(url)
        if page is None or urlsplit(url).scheme != "https" or (redirects == 0 and page.url != url):
            raise UnreachableError("network.status", url=url, status=404)
        return page

    def publish(self, url: str, content: object, *, media_type: str = "application/json", final_url: str | None = None) -> None:
        """Serve something at a URL.

        Args:
            url: https, without fragment.
            content: Bytes, text, a signed credential, or anything that is JSON.
            media_type: Of the answer.
            final_url: Where a redirect leads to, if the content lies there.
        """
        if isinstance(content, (bytes, str, SecuredCredential)):
            body = content if isinstance(content, bytes) else str(content).encode()
        else:
            body = json.dumps(content).encode()
        self._failures.pop(url, None)
        self._pages[url] = Fetched(url=final_url or url, body=body, media_type=media_type)

    def publish_did(self, did: str, *keys: PublicKey, retired: Sequence[PublicKey] = ()) -> dict[str, Any]:
        """Serve the DID document of a did:web; gives the document."""
        document = did_web_document(did, keys, retired)
        self.publish(did_web_url(did), document, media_type="application/did+json")
        return document

    def publish_key_set(self, issuer: str, *keys: PublicKey) -> dict[str, Any]:
        """Serve the keys of an https issuer at ``/.well-known/jwks.json`` of its host; gives the key set."""
        document = jwks(keys, controller=issuer)
        self.publish(f"https://{urlsplit(issuer).netloc}/.well-known/jwks.json", document)
        return document

    def publish_status_list(
        self,
        list_id: str,
        *,
        signer: Signer | None = None,
        purpose: str = "revocation",
        set_indexes: Iterable[int] = (),
        form: Form = "data-integrity",
    ) -> SecuredCredential:
        """Sign and serve a Bitstring status list; gives it."""
        self._lists[list_id] = _List(signer or fixed_key(), purpose, set(set_indexes), form)
        return self._publish_list(list_id)

    def publish_revocation_list(self, list_id: str, *, issuer: str, revoked: Mapping[str, str | None] | None = None) -> None:
        """Serve a 1EdTech revocation list: reason (or None) by badge id."""
        self._revoked[list_id] = (issuer, dict(revoked or {}))
        self._publish_revoked(list_id)

    def revoke(self, credential: SecuredCredential | Mapping[str, Any], *, purpose: str = "revocation") -> None:
        """Set the status of a badge in the list that it names and this web serves.

        Raises:
            ConfigurationError: ``testing.no_status``: it names no such list.
        """
        document = credential.unverified if isinstance(credential, SecuredCredential) else credential
        value = document.get("credentialStatus", [])
        for entry in value if isinstance(value, list) else [value]:
            if entry.get("statusPurpose") == purpose and entry["statusListCredential"] in self._lists:
                self._lists[entry["statusListCredential"]].indexes.add(int(entry["statusListIndex"]))
                self._publish_list(entry["statusListCredential"])
                return
            if purpose == "revocation" and entry.get("id") in self._revoked:
                self._revoked[entry["id"]][1][str(document["id"])] = None
                self._publish_revoked(entry["id"])
                return
        raise ConfigurationError("testing.no_status", purpose=purpose)

    def fail(self, url: str, error: OpenBadgesError | None = None) -> None:
        """Let a URL fail, by default as if the host did not answer; publishing it again mends it."""
        self._failures[url] = error or UnreachableError("network.status", url=url, status=503)

    def _publish_list(self, list_id: str) -> SecuredCredential:
        served = self._lists[list_id]
        issuer = served.signer.verification_method.partition("#")[0]
        document = status_list(list_id, issuer=issuer, purpose=served.purpose, set_indexes=sorted(served.indexes))
        signed = sign(document, served.signer, form=served.form)
        self.publish(list_id, signed, media_type=signed.media_type)
        return signed

    def _publish_revoked(self, list_id: str) -> None:
        issuer, revoked = self._revoked[list_id]
        self.publish(list_id, build_revocation_list(list_id=list_id, issuer=issuer, revoked=revoked))


def _changed(document: Mapping[str, Any], members: Mapping[str, Any]) -> dict[str, Any]:
    """A deep copy with members replaced; None takes one away."""
    changed = {**document, **members}
    return {name: copy.deepcopy(value) for name, value in changed.items() if value is not None}
