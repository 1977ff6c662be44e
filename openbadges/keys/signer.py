"""What the library asks of whoever holds a private key."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from openbadges.errors import ConfigurationError
from openbadges.keys.public import PublicKey

__all__ = ["Signer", "check_signer"]


@runtime_checkable
class Signer(Protocol):
    """Signs bytes and says with which key. ``SigningKey`` is one; a key that never leaves a KMS or HSM is another.

    A key management service in ten lines (``client.sign`` stands for the service's own call)::

        class KmsSigner:
            def __init__(self, client, key_name, public_pem, verification_method):
                self._client, self._key_name = client, key_name
                self.public_key = PublicKey.from_pem(public_pem)
                self.algorithm = "ES256"
                self.verification_method = verification_method

            def sign(self, data):
                r, s = decode_dss_signature(self._client.sign(self._key_name, data))  # services answer DER
                return r.to_bytes(32, "big") + s.to_bytes(32, "big")
    """

    @property
    def algorithm(self) -> str:
        """JOSE name: ``EdDSA``, ``ES256``, ``ES384``, ``RS256`` or ``PS256``; one of ``public_key.algorithms``."""
        ...

    @property
    def public_key(self) -> PublicKey:
        """The public half."""
        ...

    @property
    def verification_method(self) -> str:
        """URL under which verifiers find the public half, such as ``did:web:badges.example.org#key-1``."""
        ...

    def sign(self, data: bytes) -> bytes:
        """The signature over ``data`` (not hashed yet); ECDSA as r||s of fixed length, not DER."""
        ...


def check_signer(signer: object) -> None:
    """Refuse what cannot sign before anything is done with it; its properties may cost something, and are not asked.

    Raises:
        ConfigurationError: ``issue.signer``.
    """
    if isinstance(signer, type) or not callable(getattr(signer, "sign", None)):
        raise ConfigurationError("issue.signer", kind=type(signer).__name__)
