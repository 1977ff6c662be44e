"""Keys as bytes of DER and PEM.

What the ``cryptography`` package has for files takes a tenth of a verifier's start and few badges need it, so it is
loaded when a key is read or written in one of these forms.
"""

from __future__ import annotations

from typing import Any, Literal, cast

__all__ = ["load_der_public_key", "load_pem_private_key", "load_pem_public_key", "private_pem", "public_bytes"]


def load_pem_public_key(pem: bytes) -> Any:
    """The public key object in a PEM; raises as ``cryptography`` does."""
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - see above

    return serialization.load_pem_public_key(pem)


def load_der_public_key(der: bytes) -> Any:
    """The public key object in DER; raises as ``cryptography`` does."""
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - see above

    return serialization.load_der_public_key(der)


def load_pem_private_key(pem: bytes, secret: bytes | None) -> Any:
    """The private key object in a PEM; raises as ``cryptography`` does."""
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - see above

    return serialization.load_pem_private_key(pem, secret)


def public_bytes(
    handle: Any,
    encoding: Literal["PEM", "DER", "X962"],
    form: Literal["SubjectPublicKeyInfo", "PKCS1", "CompressedPoint", "UncompressedPoint"],
) -> bytes:
    """A public key object, written."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat  # noqa: PLC0415 - see above

    return cast("bytes", handle.public_bytes(getattr(Encoding, encoding), getattr(PublicFormat, form)))


def private_pem(private: Any, secret: bytes | None) -> bytes:
    """A private key object as PKCS#8, encrypted when a passphrase is given.

    Raises:
        ValueError: OpenSSL takes no passphrase of this kind.
    """
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - see above

    scheme = serialization.NoEncryption() if secret is None else serialization.BestAvailableEncryption(secret)
    form = serialization.PrivateFormat.PKCS8
    return cast("bytes", private.private_bytes(serialization.Encoding.PEM, form, scheme))
