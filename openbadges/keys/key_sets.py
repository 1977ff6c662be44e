"""JWK Sets (RFC 7517 section 5): built for publishing, and read strictly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from openbadges.errors import LimitError, MalformedError, OpenBadgesError, RefusedError
from openbadges.keys.jwk import refuse_secrets
from openbadges.keys.problems import located
from openbadges.keys.public import PublicKey
from openbadges.limits import DEFAULT_LIMITS, Limits

__all__ = ["KeySet", "KeySetEntry", "jwks"]


def jwks(keys: Iterable[PublicKey], *, controller: str | None = None) -> dict[str, Any]:
    """The JSON of a JWK Set, ``application/jwk-set+json``.

    Args:
        keys: What to publish, in this order.
        controller: When given, each ``kid`` is ``controller#multikey``, as ``SigningKey.controlled_by`` names keys;
            else it is the RFC 7638 thumbprint.
    """
    entries = []
    for key in keys:
        name = key.thumbprint() if controller is None else f"{controller}#{key.to_multikey()}"
        entries.append({**key.to_jwk(), "kid": name, "use": "sig", "alg": key.algorithms[0]})
    return {"keys": entries}


@dataclass(frozen=True, slots=True, kw_only=True)
class KeySetEntry:
    """One key of a set: its ``kid`` and ``iss`` where it has them, and the key or why it cannot be used."""

    kid: str | None
    issuer: str | None = None
    public_key: PublicKey | None
    problem: OpenBadgesError | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class KeySet:
    """A published JWK Set."""

    entries: tuple[KeySetEntry, ...]

    @classmethod
    def from_json(cls, document: Mapping[str, Any], limits: Limits = DEFAULT_LIMITS) -> KeySet:
        """Read a JWK Set; a key that cannot be used is kept with the reason and does not spoil the others.

        Raises:
            MalformedError: Not an object with a list of objects under ``keys``.
            LimitError: More keys than ``limits.did_document_methods``.
            RefusedError: A ``kid`` stands twice, or the set holds a private or symmetric key.
        """
        if not isinstance(document, Mapping):
            raise MalformedError("key_set.form")
        keys = document.get("keys")
        if not isinstance(keys, (list, tuple)):
            raise MalformedError("key_set.form", pointer="/keys")
        if len(keys) > limits.did_document_methods:
            raise LimitError("key_set.too_many", pointer="/keys", limit=limits.did_document_methods)
        entries = tuple(_entry(jwk, f"/keys/{position}") for position, jwk in enumerate(keys))
        names = [entry.kid for entry in entries if entry.kid is not None]
        for name in names:
            if names.count(name) > 1:
                raise RefusedError("key_set.duplicate_kid", pointer="/keys", kid=name)
        return cls(entries)

    def key_for(self, kid: str, *, issuer: str | None = None) -> PublicKey:
        """The key named ``kid``.

        Args:
            kid: Compared byte for byte.
            issuer: When given, an entry that names another issuer (``iss``) is refused.

        Raises:
            RefusedError: ``key_set.not_found``, ``key_set.other_issuer``, or why the key is unsafe.
            MalformedError, UnsupportedError: Why the key cannot be read.
        """
        entry = next((entry for entry in self.entries if entry.kid == kid), None)
        if entry is None:
            raise RefusedError("key_set.not_found", kid=kid)
        if issuer is not None and entry.issuer not in (None, issuer):
            raise RefusedError("key_set.other_issuer", kid=kid, issuer=entry.issuer)
        if entry.public_key is None:
            assert entry.problem is not None
            raise located(entry.problem)
        return entry.public_key

    def names(self, kid: str) -> bool:
        """Whether an entry, usable or not, has this ``kid``."""
        return any(entry.kid == kid for entry in self.entries)

    def holds(self, key: PublicKey, *, issuer: str | None = None) -> bool:
        """Whether the set publishes this very key (for that issuer, where entries name one)."""
        return any(
            entry.public_key == key and (issuer is None or entry.issuer in (None, issuer)) for entry in self.entries
        )


def _entry(jwk: object, pointer: str) -> KeySetEntry:
    if not isinstance(jwk, Mapping):
        raise MalformedError("jwk.not_object", pointer=pointer)
    try:
        refuse_secrets(jwk)
    except RefusedError as error:
        raise located(error, pointer) from error
    kid, issuer = jwk.get("kid"), jwk.get("iss")
    for name, value in (("kid", kid), ("iss", issuer)):
        if value is not None and not isinstance(value, str):
            raise MalformedError("jwk.member_text", pointer=f"{pointer}/{name}", name=name)
    try:
        return KeySetEntry(kid=kid, issuer=issuer, public_key=PublicKey.from_jwk(jwk))
    except OpenBadgesError as error:
        return KeySetEntry(kid=kid, issuer=issuer, public_key=None, problem=located(error, pointer))
