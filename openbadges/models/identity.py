"""Hashed identities: how a recipient is named without being named (Open Badges 3.0, IdentityObject and IdentityHash).

Nothing here needs Pydantic, so that a verifier can compare identities cheaply.
"""

from __future__ import annotations

import hashlib
import os
import re

from openbadges.errors import MalformedError

__all__ = ["SALT_BYTES", "identity_hash", "is_identity_hash", "new_salt"]

SALT_BYTES = 16  # random bytes a salt; written as twice as many hexadecimal digits

_IDENTITY_HASH = re.compile(r"(?:md5\$[0-9a-fA-F]{32}|sha256\$[0-9a-fA-F]{64})")


def identity_hash(value: str, salt: str = "") -> str:
    """The IdentityHash of an identifier: ``sha256$`` and the hexadecimal digest of UTF-8(value) then UTF-8(salt).

    Args:
        value: The identifier in plain text, exactly as the recipient will give it, e.g. ``"a@example.com"``.
        salt: The text of the ``salt`` member; empty when there is none.

    Raises:
        MalformedError: ``identity.not_text`` when one of the two cannot be written as UTF-8.
    """
    try:
        digest = hashlib.sha256(value.encode("utf-8") + salt.encode("utf-8"))
    except (UnicodeEncodeError, AttributeError) as error:
        raise MalformedError("identity.not_text") from error
    return f"sha256${digest.hexdigest()}"


def is_identity_hash(text: object) -> bool:
    """Whether ``text`` has the form of an IdentityHash: ``md5$`` or ``sha256$`` and the digest's hexadecimal digits."""
    return isinstance(text, str) and _IDENTITY_HASH.fullmatch(text) is not None


def new_salt() -> str:
    """A fresh random salt, ``SALT_BYTES`` bytes as hexadecimal digits."""
    return os.urandom(SALT_BYTES).hex()
