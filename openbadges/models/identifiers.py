"""Identifiers of things (IdentifierEntry) and of recipients (IdentityObject)."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import ConfigDict

from openbadges.models.base import Model
from openbadges.models.identity import identity_hash, new_salt
from openbadges.models.markers import ABSENT, Maybe
from openbadges.models.types import Boolean, Exactly, IdentifierTypeTerm, NormalizedString, String

__all__ = ["IdentifierEntry", "IdentityObject"]


class IdentifierEntry(Model):
    """An identifier in some other system. Closed."""

    model_config = ConfigDict(extra="forbid")

    type: Annotated[str, Exactly("IdentifierEntry")] = "IdentifierEntry"
    identifier: NormalizedString
    identifier_type: IdentifierTypeTerm


class IdentityObject(Model):
    """A recipient's identifier, hashed or plain. Closed.

    Attributes:
        identity_hash: The hash, ``sha256$...``; the plain identifier when ``hashed`` is false.
        salt: What was hashed after the identifier; absent when nothing was.
    """

    model_config = ConfigDict(extra="forbid")

    type: Annotated[str, Exactly("IdentityObject")] = "IdentityObject"
    hashed: Boolean
    identity_hash: String
    identity_type: IdentifierTypeTerm
    salt: Maybe[String] = ABSENT

    @classmethod
    def hashed_of(cls, identity_type: str, value: str, salt: str | None = None) -> Self:
        """An identity by its salted SHA-256 hash.

        The salt stands in the badge, so whoever can guess the identifier can confirm the guess: a veil, not anonymity.

        Args:
            identity_type: A term of ``IdentifierType`` or an ``ext:`` term, e.g. ``"emailAddress"``.
            value: The identifier in plain text; it does not get into the badge.
            salt: Text to hash after it; 16 random bytes as hexadecimal digits when absent, none when empty.

        Raises:
            MalformedError: ``model.invalid`` for an unknown type; ``identity.not_text``.
        """
        used = new_salt() if salt is None else salt
        return cls(
            hashed=True, identity_hash=identity_hash(value, used), identity_type=identity_type, salt=used or None
        )

    @classmethod
    def plain(cls, identity_type: str, value: str) -> Self:
        """An identity in plain text, visible to everyone who sees the badge: only by the recipient's choice.

        Raises:
            MalformedError: ``model.invalid`` for an unknown type.
        """
        return cls(hashed=False, identity_hash=value, identity_type=identity_type)
