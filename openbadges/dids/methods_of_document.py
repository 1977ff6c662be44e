"""Verification methods and relationships of a DID document, read from its JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from openbadges.encoding.times import parse_instant
from openbadges.errors import LimitError, MalformedError, OpenBadgesError, RefusedError, UnsupportedError
from openbadges.jsontext import pointer_to
from openbadges.keys import PublicKey
from openbadges.keys.problems import located
from openbadges.limits import Limits

__all__ = ["RELATIONSHIPS", "VerificationMethod", "read_methods"]

RELATIONSHIPS = ("assertionMethod", "authentication", "keyAgreement", "capabilityInvocation", "capabilityDelegation")

_SECRETS = ("secretKeyMultibase", "privateKeyMultibase", "secretKeyJwk", "privateKeyJwk", "privateKeyBase58")
_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationMethod:
    """One published key.

    Args:
        id: Full id, a ``#fragment`` completed with the document's id.
        controller: Who controls it.
        public_key: The key, None when it cannot be used.
        problem: Why it cannot be used.
        expires: From this instant on it must not be used.
        revoked: Since this instant it must not be used.
    """

    id: str
    controller: str
    public_key: PublicKey | None
    problem: OpenBadgesError | None = field(default=None, compare=False)
    expires: datetime | None = None
    revoked: datetime | None = None


def read_methods(
    document: Mapping[str, Any], identifier: str, limits: Limits
) -> tuple[tuple[VerificationMethod, ...], dict[str, frozenset[str]]]:
    """All methods of a document, and the ids listed under each relationship.

    Raises:
        MalformedError: Not lists of objects and texts, or a method without id, type or controller.
        LimitError: ``did.too_many_methods``.
        RefusedError: ``did.duplicate_id``.
    """
    methods: dict[str, VerificationMethod] = {}

    def add(entry: Mapping[str, Any], pointer: str) -> str:
        method = _method(entry, identifier, limits, pointer)
        if method.id in methods:
            raise RefusedError("did.duplicate_id", pointer=pointer, id=method.id)
        if len(methods) >= limits.did_document_methods:
            raise LimitError("did.too_many_methods", limit=limits.did_document_methods)
        methods[method.id] = method
        return method.id

    for entry, pointer in _entries(document, "verificationMethod", limits):
        if not isinstance(entry, Mapping):
            raise MalformedError("did.method_object", pointer=pointer)
        add(entry, pointer)
    relationships: dict[str, frozenset[str]] = {}
    for name in RELATIONSHIPS:
        listed = set()
        for entry, pointer in _entries(document, name, limits):
            if isinstance(entry, str):
                listed.add(_full_id(entry, identifier))
            elif isinstance(entry, Mapping):
                listed.add(add(entry, pointer))
            else:
                raise MalformedError("did.method_object", pointer=pointer)
        relationships[name] = frozenset(listed)
    return tuple(methods.values()), relationships


def _entries(document: Mapping[str, Any], name: str, limits: Limits) -> Iterator[tuple[Any, str]]:
    """The entries of a list with their pointers; a single one may stand without the list (JSON-LD writes it so)."""
    value = document.get(name)
    if value is None:
        return
    if isinstance(value, (list, tuple)):
        if len(value) > limits.did_document_methods:
            raise LimitError("did.too_many_methods", pointer=pointer_to(name), limit=limits.did_document_methods)
        yield from ((entry, pointer_to(name, position)) for position, entry in enumerate(value))
    else:
        yield value, pointer_to(name)


def _full_id(text: str, identifier: str) -> str:
    return identifier + text if text.startswith("#") else text


def _method(entry: Mapping[str, Any], identifier: str, limits: Limits, pointer: str) -> VerificationMethod:
    identity, kind, controller = (_text(entry, name, pointer) for name in ("id", "type", "controller"))
    key: PublicKey | None = None
    problem: OpenBadgesError | None = None
    expires = revoked = None
    try:
        expires = _instant(entry, "expires", limits)
        revoked = _instant(entry, "revoked", limits)
        key = _key(entry, kind, limits)
    except OpenBadgesError as error:
        problem = located(error, pointer)
    return VerificationMethod(
        id=_full_id(identity, identifier),
        controller=controller,
        public_key=key,
        problem=problem,
        expires=expires,
        revoked=revoked,
    )


def _text(entry: Mapping[str, Any], name: str, pointer: str) -> str:
    value = entry.get(name)
    if not isinstance(value, str):
        raise MalformedError("did.member_text", pointer=f"{pointer}/{name}", name=name)
    return value


def _instant(entry: Mapping[str, Any], name: str, limits: Limits) -> datetime | None:
    value = entry.get(name)
    if value is None or value is False:
        return None
    if value is True:  # older documents mark a revoked key so
        return _LONG_AGO
    try:
        return parse_instant(value, limits)
    except OpenBadgesError as error:
        raise located(error, f"/{name}") from error


def _key(entry: Mapping[str, Any], kind: str, limits: Limits) -> PublicKey:
    for name in _SECRETS:
        if name in entry:
            raise RefusedError("key.secret_published", pointer=f"/{name}")
    if entry.get("deactivated") not in (None, False):
        raise RefusedError("key.deactivated", pointer="/deactivated")
    read = _KEY_READERS.get(kind)
    if read is None:
        raise UnsupportedError("did.method_type", pointer="/type", type=kind)
    if "publicKeyMultibase" in entry and "publicKeyJwk" in entry:
        raise RefusedError("did.two_keys")
    return read(entry, limits)


def _multikey(entry: Mapping[str, Any], limits: Limits) -> PublicKey:
    text = _text(entry, "publicKeyMultibase", "")
    return PublicKey.from_multikey(text, limits)


def _ed25519_2020(entry: Mapping[str, Any], limits: Limits) -> PublicKey:
    key = _multikey(entry, limits)
    if key.kind != "Ed25519":
        raise RefusedError("did.key_of_other_kind", pointer="/publicKeyMultibase", kind=key.kind)
    return key


def _jwk(entry: Mapping[str, Any], limits: Limits) -> PublicKey:  # noqa: ARG001 - one shape for the table
    try:
        return PublicKey.from_jwk(entry.get("publicKeyJwk", ""))
    except OpenBadgesError as error:
        raise located(error, "/publicKeyJwk") from error


_KEY_READERS: Mapping[str, Callable[[Mapping[str, Any], Limits], PublicKey]] = MappingProxyType(
    {
        "Multikey": _multikey,
        "Ed25519VerificationKey2020": _ed25519_2020,
        "JsonWebKey": _jwk,
        "JsonWebKey2020": _jwk,
    }
)
