"""Private keys that sign. Nothing here shows a secret unless the method's name says so."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NoReturn, TypeVar

from cryptography.exceptions import UnsupportedAlgorithm

from openbadges.encoding.multikey import decode_multikey, encode_multikey
from openbadges.errors import ConfigurationError, KeyMaterialError, OpenBadgesError
from openbadges.keys.jwk import check_allowed, jwk_kind
from openbadges.keys.kinds import KindName, kind_named
from openbadges.keys.public import MAX_PEM_BYTES, PublicKey
from openbadges.keys.serialized import load_pem_private_key, private_pem
from openbadges.limits import DEFAULT_LIMITS, Limits

__all__ = ["SigningKey"]

_Loaded = TypeVar("_Loaded")
_CONTROLLER = re.compile(r"(?:did:[a-z0-9]+:|https://)[^\s#]+")
_FRAGMENT = re.compile(r"[^\s#]+")


class SigningKey:
    """A private key in memory; a ``Signer``. Immutable, not picklable, and its ``repr`` shows the public half only.

    Make one with ``generate``, ``from_pem``, ``from_jwk`` or ``from_multikey``. Until ``controlled_by`` says otherwise
    it speaks as its own did:key.
    """

    __slots__ = ("_private", "_public_key", "_verification_method")
    _private: Any
    _public_key: PublicKey
    _verification_method: str

    def __init__(self, private: object, *, verification_method: str | None = None) -> None:
        """Wrap a private key object of the ``cryptography`` package.

        Raises:
            KeyMaterialError: ``signing_key.unusable``: another kind of key, or an unsafe one.
        """
        public_key = _usable(lambda: _public_half(private))
        multikey = public_key.to_multikey()
        object.__setattr__(self, "_private", private)
        object.__setattr__(self, "_public_key", public_key)
        object.__setattr__(self, "_verification_method", verification_method or f"did:key:{multikey}#{multikey}")

    @classmethod
    def generate(cls, kind: KindName = "Ed25519", *, bits: int | None = None) -> SigningKey:
        """A fresh key from the operating system's random source.

        Args:
            kind: ``"Ed25519"``, ``"P-256"``, ``"P-384"`` or ``"RSA"``.
            bits: For RSA, 2048 to 8192; 3072 by default.

        Raises:
            UnsupportedError: Another kind.
            ConfigurationError: ``key.rsa_size``.
        """
        return cls(kind_named(kind).generate(bits))

    @classmethod
    def from_pem(cls, pem: bytes, passphrase: str | bytes | None = None) -> SigningKey:
        """Read a private key in PEM: PKCS#8, encrypted or not, or the older forms of RSA and EC.

        Raises:
            KeyMaterialError: Not readable, a passphrase missing, wrong or superfluous, or an unsafe key.
        """
        if len(pem) > MAX_PEM_BYTES:
            raise KeyMaterialError("key.pem_too_long", limit=MAX_PEM_BYTES)
        if b"PRIVATE KEY-----" not in pem:
            raise KeyMaterialError("signing_key.pem")
        encrypted = b"ENCRYPTED" in pem
        secret = _passphrase_bytes(passphrase)
        if encrypted and secret is None:
            raise KeyMaterialError("signing_key.passphrase_needed")
        if secret is not None and not encrypted:
            raise KeyMaterialError("signing_key.not_encrypted")
        try:
            handle = load_pem_private_key(pem, secret)
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            raise KeyMaterialError("signing_key.passphrase_wrong" if encrypted else "signing_key.pem") from error
        return cls(handle)

    @classmethod
    def from_jwk(cls, jwk: Mapping[str, Any]) -> SigningKey:
        """Read a private JWK; its public members have to belong to the private ones.

        Raises:
            KeyMaterialError: ``signing_key.unusable`` with the reason, or ``signing_key.mismatch``.
        """
        if not isinstance(jwk, Mapping):
            raise KeyMaterialError("jwk.not_object")
        private, public_raw = _usable(lambda: _halves_of_jwk(jwk))
        key = cls(private)
        if key.public_key.raw != public_raw:
            raise KeyMaterialError("signing_key.mismatch")
        return key

    @classmethod
    def from_multikey(cls, text: str, limits: Limits = DEFAULT_LIMITS) -> SigningKey:
        """Read a secret Multikey of Ed25519, P-256 or P-384 (``secretKeyMultibase``).

        Raises:
            KeyMaterialError: ``signing_key.unusable`` with the reason, or ``signing_key.public_only``.
        """
        multikey = _usable(lambda: decode_multikey(text, limits))
        if not multikey.secret:
            raise KeyMaterialError("signing_key.public_only")
        return cls(_usable(lambda: kind_named(multikey.kind).open_private(multikey.key)))

    @property
    def kind(self) -> KindName:
        """``"Ed25519"``, ``"P-256"``, ``"P-384"`` or ``"RSA"``."""
        return self._public_key.kind

    @property
    def algorithm(self) -> str:
        """JOSE name of what ``sign`` makes: EdDSA, ES256, ES384 or RS256."""
        return kind_named(self.kind).algorithms[0]

    @property
    def public_key(self) -> PublicKey:
        """The public half."""
        return self._public_key

    @property
    def did(self) -> str:
        """The did:key of the public half."""
        return f"did:key:{self._public_key.to_multikey()}"

    @property
    def verification_method(self) -> str:
        """URL that proofs name as their key; the did:key's own by default."""
        return self._verification_method

    def controlled_by(self, controller: str, fragment: str | None = None) -> SigningKey:
        """The same key, speaking for ``controller``.

        Args:
            controller: DID (or https URL of a controlled identifier document) that publishes the public half.
            fragment: The key's name there, without ``#``; by default its Multikey.

        Raises:
            ConfigurationError: ``signing_key.controller``: the controller is neither DID nor https URL, or either is
                empty or holds ``#`` or a blank.
        """
        name = self._public_key.to_multikey() if fragment is None else fragment
        for form, part in ((_CONTROLLER, controller), (_FRAGMENT, name)):
            if not _has_form(form, part):
                raise ConfigurationError("signing_key.controller", controller=controller, fragment=name)
        return SigningKey(self._private, verification_method=f"{controller}#{name}")

    def sign(self, data: bytes) -> bytes:
        """Signature over ``data``: 64 bytes for EdDSA, r||s for ECDSA, as long as the modulus for RSA."""
        return kind_named(self.kind).sign(self._private, data)

    def to_pem(self, passphrase: str | bytes | None = None) -> bytes:
        """The SECRET key as PKCS#8 PEM, encrypted when a passphrase is given.

        Raises:
            KeyMaterialError: ``signing_key.passphrase_empty`` or ``signing_key.passphrase_text``.
        """
        secret = _passphrase_bytes(passphrase)
        try:
            return private_pem(self._private, secret)
        except ValueError as error:  # OpenSSL takes no more than 1023 bytes
            raise KeyMaterialError("signing_key.passphrase_text") from error

    def private_jwk(self) -> dict[str, str]:
        """The SECRET key as JWK."""
        return {**self._public_key.to_jwk(), **kind_named(self.kind).private_members(self._private)}

    def private_multikey(self) -> str:
        """The SECRET key as Multikey; Ed25519, P-256 and P-384 only.

        Raises:
            ConfigurationError: ``signing_key.no_rsa_multikey``.
        """
        return encode_multikey(self.kind, kind_named(self.kind).raw_private(self._private), secret=True)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, SigningKey):
            return NotImplemented
        return (self._public_key, self._verification_method) == (other._public_key, other._verification_method)

    def __hash__(self) -> int:
        return hash((self._public_key, self._verification_method))

    def __repr__(self) -> str:
        return f"<SigningKey {self.kind} {self._verification_method}>"

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise ConfigurationError("signing_key.immutable")

    def __delattr__(self, name: str) -> NoReturn:
        raise ConfigurationError("signing_key.immutable")

    def __copy__(self) -> SigningKey:
        return self

    def __deepcopy__(self, memo: object) -> SigningKey:
        return self

    def __reduce__(self) -> NoReturn:
        raise ConfigurationError("signing_key.not_picklable")


def _usable(load: Callable[[], _Loaded]) -> _Loaded:
    """Run ``load``, and say of whatever it refuses that the key cannot be used."""
    try:
        return load()
    except OpenBadgesError as error:
        raise KeyMaterialError("signing_key.unusable", reason=error.detail) from error


def _has_form(form: re.Pattern[str], part: object) -> bool:
    return isinstance(part, str) and form.fullmatch(part) is not None


def _public_half(private: Any) -> PublicKey:
    public_key = getattr(private, "public_key", None)
    return PublicKey.from_cryptography(public_key() if callable(public_key) else None)


def _halves_of_jwk(jwk: Mapping[str, Any]) -> tuple[Any, bytes]:
    kind = jwk_kind(jwk)
    check_allowed(jwk, kind, "sign")
    return kind.private_from_jwk(jwk), kind.raw_from_jwk(jwk)


def _passphrase_bytes(passphrase: str | bytes | None) -> bytes | None:
    if passphrase is None:
        return None
    if not passphrase:
        raise KeyMaterialError("signing_key.passphrase_empty")
    try:
        return passphrase.encode("utf-8") if isinstance(passphrase, str) else passphrase
    except UnicodeEncodeError as error:
        raise KeyMaterialError("signing_key.passphrase_text") from error
