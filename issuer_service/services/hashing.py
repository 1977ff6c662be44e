"""Secrets and passwords: made from the system's random source, kept only as hashes."""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import Self

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

__all__ = ["Passwords", "fingerprint", "new_id", "new_secret"]


def new_id(seed: str = "") -> str:
    """A random id of 128 bits: it can be part of an address and not be guessed (S-PRIV-1).

    Args:
        seed: Something that cannot be guessed either: with the same one comes the same id, so that what was asked for
            twice is made once (S-IDEM-1).
    """
    return hashlib.sha256(f"id {seed}".encode()).hexdigest()[:32] if seed else secrets.token_hex(16)


def new_secret(seed: str = "") -> str:
    """256 random bits as 43 characters that an address or a cookie can hold; with a ``seed`` as in ``new_id``."""
    if not seed:
        return secrets.token_urlsafe(32)
    return base64.urlsafe_b64encode(hashlib.sha256(f"secret {seed}".encode()).digest()).decode("ascii").rstrip("=")


def fingerprint(secret: str) -> str:
    """What is kept of a secret. A plain SHA-256 is enough: the secrets have 256 random bits and cannot be tried out."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


class Passwords:
    """Argon2id. Asking about a user who does not exist takes as long as about one who does (S-SES-1)."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
        self._nobody = self._hasher.hash(new_secret())

    @classmethod
    def cheap(cls) -> Self:
        """The least work the algorithm allows: for tests, which sign in hundreds of times."""
        return cls(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))

    def hash(self, password: str) -> str:
        """What is kept of a password."""
        return self._hasher.hash(password)

    def matches(self, password_hash: str | None, password: str) -> bool:
        """Whether it is this password; without a hash the work is done all the same, and the answer is no."""
        try:
            self._hasher.verify(password_hash or self._nobody, password)
        except (Argon2Error, InvalidHashError, UnicodeEncodeError):
            return False
        return password_hash is not None

    def is_dated(self, password_hash: str) -> bool:
        """Whether the hash was made with less work than is asked for now."""
        return self._hasher.check_needs_rehash(password_hash)
