"""Fixed keys, and signing that asks no questions: an attacker signs what the library would refuse to sign."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from generator import primes
from openbadges.canon import jcs, rdf
from openbadges.contexts import PinnedContexts
from openbadges.dids.jwk import did_jwk
from openbadges.encoding.base import encode_base58
from openbadges.keys import PublicKey

__all__ = [
    "EVE",
    "HOLDER",
    "ISSUER",
    "OTHER",
    "P256",
    "P384",
    "RSA",
    "RSA_OTHER",
    "RSA_WEAK",
    "STRANGER",
    "Key",
    "b64",
    "embed",
    "jws",
    "proof_for",
    "sign_with",
    "text_of",
    "token",
]

CONTEXTS = PinnedContexts(generic=True)
CREATED = "2026-01-15T09:00:00Z"


def b64(data: bytes | str) -> str:
    """Base64url without padding."""
    raw = data.encode("utf-8") if isinstance(data, str) else data
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def text_of(value: Any) -> str:
    """Compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True)
class Key:
    """A private key with the names it goes by."""

    private: Any
    kind: str

    @property
    def public(self) -> PublicKey:
        return PublicKey.from_cryptography(self.private.public_key())

    @property
    def multikey(self) -> str:
        return self.public.to_multikey()

    @property
    def did(self) -> str:
        return f"did:key:{self.multikey}"

    @property
    def method(self) -> str:
        return f"{self.did}#{self.multikey}"

    @property
    def did_jwk(self) -> str:
        return did_jwk(self.public)

    @property
    def jwk(self) -> dict[str, Any]:
        return dict(self.public.to_jwk())

    @property
    def algorithm(self) -> str:
        return {"Ed25519": "EdDSA", "P-256": "ES256", "P-384": "ES384", "RSA": "RS256"}[self.kind]


def _ed(number: int) -> Key:
    return Key(ed25519.Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32), "Ed25519")


def _ec(number: int, curve: ec.EllipticCurve) -> Key:
    return Key(ec.derive_private_key(number, curve), "P-256" if curve.key_size == 256 else "P-384")


def _rsa(p: int, q: int) -> Key:
    d = pow(65537, -1, (p - 1) * (q - 1))
    numbers = rsa.RSAPrivateNumbers(
        p, q, d, d % (p - 1), d % (q - 1), rsa.rsa_crt_iqmp(p, q), rsa.RSAPublicNumbers(65537, p * q)
    )
    return Key(numbers.private_key(), "RSA")


ISSUER, OTHER, EVE, STRANGER, HOLDER = _ed(1), _ed(2), _ed(3), _ed(4), _ed(5)
P256 = _ec(0x1234567890ABCDEF, ec.SECP256R1())
P384 = _ec(0xFEDCBA0987654321, ec.SECP384R1())
RSA = _rsa(primes.RSA_P, primes.RSA_Q)
RSA_OTHER = _rsa(primes.RSA_OTHER_P, primes.RSA_OTHER_Q)
RSA_WEAK = _rsa(primes.RSA_WEAK_P, primes.RSA_WEAK_Q)


def sign_with(key: Key, data: bytes, algorithm: str | None = None) -> bytes:
    """A signature that is the same every time, ECDSA as r||s."""
    if key.kind == "Ed25519":
        return bytes(key.private.sign(data))
    if key.kind == "RSA":
        if (algorithm or "RS256") == "PS256":
            return _pss(key, data)
        return bytes(key.private.sign(data, padding.PKCS1v15(), hashes.SHA256()))
    size, digest = (32, hashes.SHA256()) if key.kind == "P-256" else (48, hashes.SHA384())
    der = key.private.sign(data, ec.ECDSA(digest, deterministic_signing=True))
    r, s = decode_dss_signature(der)
    return r.to_bytes(size, "big") + s.to_bytes(size, "big")


def _pss(key: Key, data: bytes) -> bytes:
    """RSASSA-PSS with a fixed salt (RFC 8017 section 9.1.1)."""
    numbers = key.private.private_numbers()
    n = numbers.public_numbers.n
    salt = b"\x2a" * 32
    digest = hashlib.sha256(bytes(8) + hashlib.sha256(data).digest() + salt).digest()
    length = (n.bit_length() + 7) // 8
    block = bytes(length - 32 - 32 - 2) + b"\x01" + salt
    mask = b"".join(
        hashlib.sha256(digest + counter.to_bytes(4, "big")).digest() for counter in range(len(block) // 32 + 1)
    )
    masked = bytearray(one ^ other for one, other in zip(block, mask, strict=False))
    masked[0] &= 0xFF >> (8 * length - (n.bit_length() - 1))
    encoded = bytes(masked) + digest + b"\xbc"
    return pow(int.from_bytes(encoded, "big"), numbers.d, n).to_bytes(length, "big")


SUITES = {
    "eddsa-rdfc-2022": ("DataIntegrityProof", "rdfc"),
    "eddsa-2022": ("DataIntegrityProof", "rdfc"),
    "eddsa-jcs-2022": ("DataIntegrityProof", "jcs"),
    "ecdsa-rdfc-2019": ("DataIntegrityProof", "rdfc"),
    "ecdsa-jcs-2019": ("DataIntegrityProof", "jcs"),
    "Ed25519Signature2020": ("Ed25519Signature2020", "rdfc"),
}


def proof_for(
    document: dict[str, Any], key: Key, suite: str = "eddsa-rdfc-2022", *, made_as: str | None = None, **members: Any
) -> dict[str, Any]:
    """A proof for a document whose other proofs do not count, whatever it says.

    Args:
        document: With the proofs that ``previousProof`` names.
        key: Signs.
        suite: Canonical form and hash.
        made_as: The name the proof gives itself instead; ``members`` replace any member, None removes one.
    """
    kind, form = SUITES[suite]
    proof: dict[str, Any] = {"type": kind, "cryptosuite": made_as or suite, "created": CREATED}
    if kind != "DataIntegrityProof":
        del proof["cryptosuite"]
    proof |= {"verificationMethod": key.method, "proofPurpose": "assertionMethod"}
    if form == "jcs":
        proof = {"@context": document["@context"]} | proof
    proof = {name: value for name, value in (proof | members).items() if value is not None}
    bare = {name: value for name, value in document.items() if name != "proof"}
    previous = proof.get("previousProof", [])
    named = [previous] if isinstance(previous, str) else previous
    if named:
        present = document.get("proof", [])
        bare["proof"] = [one for one in (present if isinstance(present, list) else [present]) if one.get("id") in named]
    config = proof if form == "jcs" else proof | {"@context": document["@context"]}
    return proof | {"proofValue": "z" + encode_base58(sign_with(key, _signed_bytes(bare, config, key, form)))}


def _signed_bytes(document: dict[str, Any], config: dict[str, Any], key: Key, form: str) -> bytes:
    name = "sha384" if key.kind == "P-384" else "sha256"
    parts = []
    for one in (config, document):
        if form == "jcs":
            data = jcs.canonicalize(one)
        else:
            data = rdf.canonicalize(one, CONTEXTS, hash_name=name).encode("utf-8")
        parts.append(hashlib.new(name, data).digest())
    return b"".join(parts)


def embed(document: dict[str, Any], key: Key, suite: str = "eddsa-rdfc-2022", **members: Any) -> dict[str, Any]:
    """The document with one proof."""
    return document | {"proof": proof_for(document, key, suite, **members)}


def jws(header: Any, payload: Any, key: Key, algorithm: str | None = None) -> str:
    """A compact JWS of any header and payload; text stands as it is."""
    head = header if isinstance(header, str) else text_of(header)
    body = payload if isinstance(payload, (str, bytes)) else text_of(payload)
    signing_input = f"{b64(head)}.{b64(body)}"
    return f"{signing_input}.{b64(sign_with(key, signing_input.encode('ascii'), algorithm))}"


def token(
    document: dict[str, Any], key: Key, header: dict[str, Any] | None = None, claims: dict[str, Any] | None = None
) -> str:
    """A VC-JWT: ``header`` and ``claims`` replace members, None removes one."""
    head = {"alg": key.algorithm, "typ": "JWT"}
    head |= header if header and "kid" in header else {"kid": key.method} | (header or {})
    body = dict(document) | (claims or {})
    head = {name: value for name, value in head.items() if value is not None}
    body = {name: value for name, value in body.items() if value is not None}
    return jws(head, body, key, head.get("alg"))
