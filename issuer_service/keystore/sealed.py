"""Signing keys sealed under a passphrase: AES-256-GCM, its key derived by scrypt (S-KEY-1).

The passphrase and the derived keys live in this process's memory only. A sealed key is bound to its affiliate and its
id, so that it opens nowhere else. No secret is ever held by a local name, so that not even a traceback with local
variables shows one.
"""

from __future__ import annotations

import os
import threading
from typing import NoReturn

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from issuer_service.keystore.envelope import NONCE_BYTES, SALT_BYTES, Cost, Envelope
from issuer_service.services.ports import Clock, KeystoreError
from issuer_service.services.records import KeyState, SigningKeyRecord
from openbadges import Signer, SigningKey
from openbadges.errors import OpenBadgesError
from openbadges.ports import SystemClock

__all__ = ["Cost", "SealedKeystore"]

_KINDS = ("Ed25519", "P-256", "P-384")
_MOST_DERIVED = 64  # one for each process that ever made a key; more are derived again when needed


class SealedKeystore:
    """Makes and opens signing keys; implements ``services.ports.Keystore``.

    One salt serves all keys that one keystore makes, so that opening many keys derives once.

    Args:
        passphrase: The secret that opens the keys; ``Settings.key_passphrase``.
        clock: Dates new keys.
        cost: Of new keys; stored keys say their own.
    """

    __slots__ = ("_ciphers", "_clock", "_cost", "_lock", "_passphrase", "_salt")

    def __init__(self, passphrase: str, *, clock: Clock | None = None, cost: Cost | None = None) -> None:
        if not passphrase:
            raise KeystoreError("Set ISSUER_KEY_PASSPHRASE: without it no key can be sealed.")
        self._passphrase = passphrase.encode("utf-8", "surrogateescape")
        self._clock = clock or SystemClock()
        self._cost = cost or Cost()
        self._salt = os.urandom(SALT_BYTES)
        self._ciphers: dict[tuple[Cost, bytes], AESGCM] = {}
        self._lock = threading.Lock()

    def make(self, affiliate_id: str, controller: str | None, kind: str = "Ed25519") -> SigningKeyRecord:
        """A new key pair, sealed.

        Args:
            affiliate_id: Whose it is; it opens for no other.
            controller: The DID that will publish it under ``#`` and its Multikey; None for a did:key of its own.
            kind: ``"Ed25519"``, ``"P-256"`` or ``"P-384"``.

        Raises:
            KeystoreError: Another kind of key, or a controller that is no DID.
        """
        if kind not in _KINDS:
            raise KeystoreError(f"Choose one of the kinds of key {', '.join(_KINDS)}.")
        key = SigningKey.generate(kind)  # type: ignore[arg-type]  # one of the names, see above
        key = key if controller is None else _spoken_for(key, controller)
        public = key.public_key.to_multikey()
        return SigningKeyRecord(
            id=public,  # key ids come from the public key
            affiliate_id=affiliate_id,
            kind=kind,
            public_multikey=public,
            verification_method=key.verification_method,
            sealed=self._seal(key, _bound_to(affiliate_id, public)),
            state=KeyState.ACTIVE,
            created_at=self._clock.now(),
        )

    def signer(self, record: SigningKeyRecord) -> Signer:
        """Open a sealed key for signing.

        Raises:
            KeystoreError: The passphrase is not the one it was sealed with, or the row was changed.
        """
        envelope = Envelope.from_bytes(record.sealed)
        cipher = self._cipher(envelope.cost, envelope.salt)
        bound_to = _bound_to(record.affiliate_id, record.id)
        try:
            key = SigningKey.from_multikey(cipher.decrypt(envelope.nonce, envelope.sealed, bound_to).decode("ascii"))
        except InvalidTag as error:
            raise KeystoreError(
                "A signing key does not open: set ISSUER_KEY_PASSPHRASE to the passphrase that it was sealed with, "
                "or restore the database if its keys were changed."
            ) from error
        controller, _, fragment = record.verification_method.partition("#")
        if key.public_key.to_multikey() != record.public_multikey:
            raise KeystoreError("A stored key does not belong to its public half; restore the database from a backup.")
        return _spoken_for(key, controller, fragment)

    def _seal(self, key: SigningKey, bound_to: bytes) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        cipher = self._cipher(self._cost, self._salt)
        sealed = cipher.encrypt(nonce, key.private_multikey().encode("ascii"), bound_to)
        return Envelope(cost=self._cost, salt=self._salt, nonce=nonce, sealed=sealed).to_bytes()

    def _cipher(self, cost: Cost, salt: bytes) -> AESGCM:
        with self._lock:  # one derivation at a time: each takes much memory
            if (cost, salt) not in self._ciphers:
                if len(self._ciphers) >= _MOST_DERIVED:
                    self._ciphers.clear()
                scrypt = Scrypt(salt=salt, length=32, n=1 << cost.log_n, r=cost.r, p=cost.p)
                try:
                    self._ciphers[cost, salt] = AESGCM(scrypt.derive(self._passphrase))
                except MemoryError as error:
                    mebibytes = 128 * cost.r << cost.log_n >> 20
                    raise KeystoreError(
                        f"Give the service more memory: opening a key takes {mebibytes} MiB."
                    ) from error
            return self._ciphers[cost, salt]

    def __repr__(self) -> str:
        return "<SealedKeystore>"

    def __reduce__(self) -> NoReturn:
        raise KeystoreError("A keystore cannot be copied or pickled: it holds the passphrase.")


def _bound_to(affiliate_id: str, key_id: str) -> bytes:
    """The associated data, unambiguous whatever the ids hold."""
    return b"|".join((str(len(affiliate_id)).encode(), affiliate_id.encode("utf-8"), key_id.encode("utf-8")))


def _spoken_for(key: SigningKey, controller: str, fragment: str | None = None) -> SigningKey:
    try:
        return key.controlled_by(controller, fragment)
    except OpenBadgesError as error:
        raise KeystoreError(f"A key cannot speak for {controller!r}: name a DID without a fragment.") from error
