"""Key files: readable by their owner only, written whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from openbadges import jsontext
from openbadges.errors import KeyMaterialError, OpenBadgesError
from openbadges.keys.public import MAX_PEM_BYTES
from openbadges.keys.signing import SigningKey

__all__ = ["load_key", "save_key"]

_HAS_MODES = os.name == "posix"  # elsewhere the mode bits say nothing about who may read
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def load_key(path: str | os.PathLike[str], passphrase: str | bytes | None = None) -> SigningKey:
    """Read a private key file: PEM (PKCS#8 and the older forms) or JWK, found by content.

    Args:
        path: A regular file that only its owner may read (mode 0600 or 0400).
        passphrase: For an encrypted PEM.

    Raises:
        KeyMaterialError: Absent, no key at all, open to others (the sentence has the command that mends it), or not a
            usable key.
    """
    data = _read_private(Path(path))
    text = data.lstrip()
    if not text.startswith(b"{"):
        return SigningKey.from_pem(data, passphrase)
    if passphrase is not None:
        raise KeyMaterialError("signing_key.not_encrypted")
    try:
        jwk = jsontext.parse_object(data)
    except OpenBadgesError as error:
        raise KeyMaterialError("signing_key.unusable", reason=error.detail) from error
    return SigningKey.from_jwk(jwk)


def save_key(
    key: SigningKey,
    path: str | os.PathLike[str],
    passphrase: str | bytes | None = None,
    *,
    overwrite: bool = False,
) -> None:
    """Write a private key as PKCS#8 PEM with mode 0600; at no moment can others read it, or anyone read half of it.

    Args:
        key: What to write.
        path: Where; its folder has to exist.
        passphrase: Encrypts the file when given.
        overwrite: Whether an existing file may be replaced.

    Raises:
        KeyMaterialError: ``key_file.exists`` or ``key_file.not_written``.
    """
    target = Path(path)
    pem = key.to_pem(passphrase)
    draft = target.with_name(f".{target.name[:100]}.{os.urandom(8).hex()}")
    try:
        try:
            _write_new(draft, pem)
            if overwrite:
                draft.replace(target)
            else:
                target.hardlink_to(draft)  # unlike rename, fails when the target exists
        finally:
            draft.unlink(missing_ok=True)
    except FileExistsError as error:
        raise KeyMaterialError("key_file.exists", path=str(target)) from error
    except (OSError, ValueError) as error:
        raise KeyMaterialError("key_file.not_written", path=str(target), reason=_reason(error)) from error


def _write_new(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(descriptor)


def _read_private(path: Path) -> bytes:
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))  # a pipe must not make us wait
        try:
            mode = os.fstat(descriptor).st_mode
            if not stat.S_ISREG(mode):
                raise KeyMaterialError("key_file.not_regular", path=str(path))
            with os.fdopen(descriptor, "rb", closefd=False) as file:
                data = file.read(MAX_PEM_BYTES + 1)
        finally:
            os.close(descriptor)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise KeyMaterialError("key_file.not_read", path=str(path), reason=_reason(error)) from error
    if len(data) > MAX_PEM_BYTES:
        raise KeyMaterialError("key.pem_too_long", limit=MAX_PEM_BYTES)
    if not _may_be_key(data):  # whoever named the wrong file need not hide it
        raise KeyMaterialError("key_file.no_key", path=str(path))
    if _HAS_MODES and mode & _OTHERS:
        raise KeyMaterialError("key_file.open_to_others", path=str(path), mode=f"{stat.S_IMODE(mode):04o}")
    return data


def _may_be_key(data: bytes) -> bool:
    """Whether it is a PEM, or a JSON Web Key; JSON that cannot be read may be one."""
    if not data.lstrip().startswith(b"{"):
        return b"-----BEGIN " in data
    try:
        return "kty" in jsontext.parse_object(data)
    except OpenBadgesError:
        return True


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or type(error).__name__
