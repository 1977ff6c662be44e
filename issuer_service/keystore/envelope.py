"""The sealed form of a key: everything that is needed to open it, except the passphrase.

Byte layout, version 1: ``b"OBK1"``, log2 of scrypt's N (1 byte), r (1 byte), p (1 byte), salt (16 bytes), AES-GCM nonce
(12 bytes), then the ciphertext with its 16-byte tag.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from issuer_service.services.ports import KeystoreError

__all__ = ["NONCE_BYTES", "SALT_BYTES", "Cost", "Envelope"]

SALT_BYTES = 16
NONCE_BYTES = 12
_TAG_BYTES = 16
_HEAD = struct.Struct(f"4sBBB{SALT_BYTES}s{NONCE_BYTES}s")
_MAGIC = b"OBK1"
_MOST_BYTES = 512
_MOST_MEMORY = 1 << 28  # bytes; a changed row must not make the service ask for more


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one guess of the passphrase costs: scrypt with N = 2**log_n, r, p (RFC 7914); memory is 128 * N * r bytes.

    The default takes 64 MiB and about a third of a second on a small server, once per process and salt.
    """

    log_n: int = 16
    r: int = 8
    p: int = 2

    def is_sane(self) -> bool:
        """Whether scrypt takes these numbers (RFC 7914, section 2) and this machine can be asked for the memory."""
        in_range = 1 <= self.r <= 32 and 1 <= self.p <= 16 and 1 <= self.log_n < min(25, 16 * self.r)
        return in_range and 128 * self.r << self.log_n <= _MOST_MEMORY


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """A sealed secret with the public facts of its sealing."""

    cost: Cost
    salt: bytes
    nonce: bytes
    sealed: bytes

    def to_bytes(self) -> bytes:
        """The bytes that are stored."""
        head = _HEAD.pack(_MAGIC, self.cost.log_n, self.cost.r, self.cost.p, self.salt, self.nonce)
        return head + self.sealed

    @classmethod
    def from_bytes(cls, data: bytes) -> Envelope:
        """Read the stored bytes.

        Raises:
            KeystoreError: They are not of this form, or name a cost that cannot be meant.
        """
        if not _HEAD.size + _TAG_BYTES <= len(data) <= _MOST_BYTES or not data.startswith(_MAGIC):
            raise KeystoreError("A stored key has an unknown form; restore the database from a backup.")
        _, log_n, r, p, salt, nonce = _HEAD.unpack_from(data)
        cost = Cost(log_n=log_n, r=r, p=p)
        if not cost.is_sane():
            raise KeystoreError("A stored key was changed; restore the database from a backup.")
        return cls(cost=cost, salt=salt, nonce=nonce, sealed=data[_HEAD.size :])
