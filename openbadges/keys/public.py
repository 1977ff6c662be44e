"""Public keys: one frozen value for every form a key is published in, checked when it is made."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, cast

from cryptography.exceptions import UnsupportedAlgorithm

from openbadges.encoding.base import encode_base64url
from openbadges.encoding.multikey import decode_multikey, encode_multikey
from openbadges.errors import LimitError, MalformedError, RefusedError
from openbadges.keys.jwk import check_allowed, jwk_kind, refuse_secrets
from openbadges.keys.kinds import KeyKind, KindName, kind_named, kind_owning
from openbadges.keys.serialized import load_pem_public_key, public_bytes
from openbadges.limits import DEFAULT_LIMITS, Limits

__all__ = ["MAX_PEM_BYTES", "PublicKey"]

MAX_PEM_BYTES = 32 * 1024  # RSA 8192 with comments is a fifth of it


@dataclass(frozen=True, slots=True, repr=False)
class PublicKey:
    """A public key that has passed every check: exact length, on its curve, of large order, of sound size.

    Two keys are equal when they are the same key, whatever form they came in.

    Args:
        kind: ``"Ed25519"``, ``"P-256"``, ``"P-384"`` or ``"RSA"``.
        raw: The bytes a Multikey has after its prefix: 32 bytes; the compressed point; PKCS#1 DER.
        only_algorithm: The one algorithm the key's JWK binds it to (``alg``), else None.

    Raises:
        MalformedError: ``raw`` is not a key of that kind.
        RefusedError: It is one, and unsafe.
        UnsupportedError: Another kind.
    """

    kind: KindName
    raw: bytes
    only_algorithm: str | None = field(default=None, kw_only=True, compare=False)
    cryptography_key: Any = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "cryptography_key", self._kind.open_public(self.raw))

    @classmethod
    def from_multikey(cls, text: str, limits: Limits = DEFAULT_LIMITS) -> PublicKey:
        """Read ``z6Mk...``, ``zDn...``, ``z82...`` or an RSA Multikey.

        Raises:
            LimitError, MalformedError, RefusedError, UnsupportedError: As ``decode_multikey`` and the key's checks say.
        """
        return _of_multikey(text, limits)

    @classmethod
    def from_jwk(cls, jwk: Mapping[str, Any]) -> PublicKey:
        """Read a public JWK (RFC 7517) strictly; ``kid`` and members for certificates are not looked at.

        Raises:
            MalformedError: A member is absent, of another type or length, or not strict base64url.
            RefusedError: Private or symmetric, not for verifying, ``alg`` of another kind, or an unsafe key.
            UnsupportedError: ``jwk.unsupported``.
        """
        if not isinstance(jwk, Mapping):
            raise MalformedError("jwk.not_object")
        refuse_secrets(jwk)
        kind = jwk_kind(jwk)
        algorithm = check_allowed(jwk, kind, "verify")
        return cls(cast("KindName", kind.name), kind.raw_from_jwk(jwk), only_algorithm=algorithm)

    @classmethod
    def from_pem(cls, pem: bytes) -> PublicKey:
        """Read ``-----BEGIN PUBLIC KEY-----`` (SubjectPublicKeyInfo) or ``-----BEGIN RSA PUBLIC KEY-----``.

        Raises:
            LimitError, MalformedError: Too long or not such a PEM.
            RefusedError: A private key, or an unsafe one.
            UnsupportedError: Another kind of key.
        """
        if len(pem) > MAX_PEM_BYTES:
            raise LimitError("key.pem_too_long", limit=MAX_PEM_BYTES)
        if b"PRIVATE KEY-----" in pem:
            raise RefusedError("key.secret_published")
        try:
            handle = load_pem_public_key(pem)
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            raise MalformedError("key.pem") from error
        return cls.from_cryptography(handle)

    @classmethod
    def from_cryptography(cls, handle: object) -> PublicKey:
        """Wrap a public key object of the ``cryptography`` package.

        Raises:
            RefusedError: An unsafe key.
            UnsupportedError: Another kind of key.
        """
        kind = kind_owning(handle)
        return cls(cast("KindName", kind.name), kind.raw_public(handle))

    @property
    def algorithms(self) -> tuple[str, ...]:
        """JOSE algorithms a signature by this key may have: of its kind, or the one its JWK names."""
        return self._kind.algorithms if self.only_algorithm is None else (self.only_algorithm,)

    def to_multikey(self) -> str:
        """Multikey text, the last part of a did:key."""
        return encode_multikey(self.kind, self.raw)

    def to_jwk(self) -> dict[str, str]:
        """Public JWK with the required members only."""
        return self._kind.jwk(self.cryptography_key)

    def to_pem(self) -> bytes:
        """SubjectPublicKeyInfo as PEM."""
        return public_bytes(self.cryptography_key, "PEM", "SubjectPublicKeyInfo")

    def thumbprint(self) -> str:
        """JWK thumbprint (RFC 7638) with SHA-256, as base64url."""
        text = json.dumps(self.to_jwk(), separators=(",", ":"), sort_keys=True)
        return encode_base64url(hashlib.sha256(text.encode("ascii")).digest())

    def check_signature_form(self, signature: bytes, algorithm: str) -> None:
        """Refuse what cannot be right whatever was signed: a foreign algorithm, a wrong length, numbers out of range.

        Raises:
            RefusedError: ``algorithm.wrong_key``, ``signature.length`` or ``signature.form``.
        """
        if algorithm not in self.algorithms:
            raise RefusedError("algorithm.wrong_key", algorithm=algorithm, kind=self.kind, allowed=self.algorithms)
        self._kind.check_form(self.cryptography_key, signature)

    def verify(self, signature: bytes, data: bytes, algorithm: str) -> None:
        """Check a signature; returning means that it fits.

        Args:
            signature: 64 bytes for EdDSA; r||s for ES256 and ES384; as long as the modulus for RS256 and PS256.
            data: What was signed, not hashed.
            algorithm: JOSE name, one of ``algorithms``.

        Raises:
            RefusedError: ``signature.wrong``, or a code of ``check_signature_form``.
        """
        self.check_signature_form(signature, algorithm)
        if not self._kind.verify(self.cryptography_key, signature, data, algorithm):
            raise RefusedError("signature.wrong")

    @property
    def _kind(self) -> KeyKind:
        return kind_named(self.kind)

    def __repr__(self) -> str:
        return f"<PublicKey {self.kind} {self.to_multikey()}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (self.kind, self.raw, self.only_algorithm)


@lru_cache(maxsize=512)
def _of_multikey(text: str, limits: Limits) -> PublicKey:
    """Kept because an issuer's key comes with each of its badges, and its checks cost as much as a signature."""
    multikey = decode_multikey(text, limits)
    if multikey.secret:
        raise RefusedError("key.secret_published")
    return PublicKey(cast("KindName", multikey.kind), multikey.key)


def _restore(kind: KindName, raw: bytes, only_algorithm: str | None) -> PublicKey:
    """Unpickle, with all checks again."""
    return PublicKey(kind, raw, only_algorithm=only_algorithm)
