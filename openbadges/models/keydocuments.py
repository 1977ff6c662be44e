"""Public keys as documents: Multikey and JWK. The room ``openbadges.keys`` does the cryptography."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from pydantic import ConfigDict, model_validator

from openbadges.models.base import Model
from openbadges.models.markers import ABSENT, EMPTY, Many, Maybe
from openbadges.models.types import String, Uri, problem

__all__ = ["Jwk", "Jwks", "Multikey"]

_PRIVATE = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})  # RFC 7518, section 6
_JWK_NAMES = {"x5t_s256": "x5t#S256"}


class Multikey(Model):
    """A public key in multibase, with its type of the W3C's Controlled Identifiers 1.0.

    The texts of Open Badges 3.0 that fix other values for ``type`` and ``cryptosuite`` are out of date.
    """

    id: Uri
    type: Maybe[String] = ABSENT
    cryptosuite: Maybe[String] = ABSENT
    controller: Maybe[Uri] = ABSENT
    public_key_multibase: String


class Jwk(Model):
    """A public key as JSON Web Key (RFC 7517). Members of the key type are kept; private ones are refused."""

    model_config = ConfigDict(alias_generator=lambda name: _JWK_NAMES.get(name, name))

    kty: String
    use: Maybe[String] = ABSENT
    key_ops: Many[String] = EMPTY
    alg: Maybe[String] = ABSENT
    kid: Maybe[String] = ABSENT
    x5u: Maybe[Uri] = ABSENT
    x5c: Many[String] = EMPTY
    x5t: Maybe[String] = ABSENT
    x5t_s256: Maybe[String] = ABSENT

    @model_validator(mode="after")
    def _public(self) -> Self:
        members: Mapping[str, Any] = self.model_extra or {}
        if not _PRIVATE.isdisjoint(members):
            raise problem("model.private_key")
        return self


class Jwks(Model):
    """A set of public keys."""

    keys: Many[Jwk]
