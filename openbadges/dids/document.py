"""DID documents and controlled identifier documents: which keys they publish, and for what.

Controlled Identifiers 1.0 section 3.3 (retrieve verification method), DID Core 1.0 section 5.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from openbadges.dids.methods_of_document import VerificationMethod, read_methods
from openbadges.errors import ConfigurationError, MalformedError, RefusedError
from openbadges.keys import PublicKey
from openbadges.keys.problems import located
from openbadges.limits import DEFAULT_LIMITS, Limits

__all__ = ["ControllerDocument", "DidDocument", "VerificationMethod"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DidDocument:
    """What a DID (or the https URL of a controlled identifier document) resolves to.

    Args:
        id: The DID or URL.
        methods: All verification methods, those embedded in relationships included.
        relationships: Name of a relationship -> full ids of the methods that may be used for it.
        raw: The JSON document.
    """

    id: str
    methods: tuple[VerificationMethod, ...]
    relationships: Mapping[str, frozenset[str]] = field(hash=False)
    raw: Mapping[str, Any] = field(compare=False, repr=False)

    @classmethod
    def from_json(cls, document: Mapping[str, Any], expected_id: str, limits: Limits = DEFAULT_LIMITS) -> DidDocument:
        """Read a document that was found under ``expected_id``.

        A method whose key cannot be used is kept with the reason, and does not spoil the others.

        Raises:
            MalformedError: A member is absent or of another JSON type.
            LimitError: More methods or references than ``limits.did_document_methods``.
            RefusedError: ``did.other_id``, ``did.deactivated`` or ``did.duplicate_id``.
        """
        if not isinstance(document, Mapping):
            raise MalformedError("did.not_object")
        identifier = document.get("id")
        if not isinstance(identifier, str):
            raise MalformedError("did.member_text", pointer="/id", name="id")
        if identifier != expected_id:
            raise RefusedError("did.other_id", pointer="/id", found=identifier, expected=expected_id)
        if document.get("deactivated") not in (None, False):
            raise RefusedError("did.deactivated", pointer="/deactivated", did=identifier)
        methods, relationships = read_methods(document, identifier, limits)
        return cls(id=identifier, methods=methods, relationships=MappingProxyType(relationships), raw=document)

    def key_for(self, method_id: str, purpose: str, now: datetime | None = None) -> PublicKey:
        """The key that this document publishes as ``method_id``, for ``purpose``.

        Args:
            method_id: Full id, compared byte for byte: the document's id, ``#`` and a fragment.
            purpose: Name of a relationship: ``"assertionMethod"`` for badges, ``"authentication"`` for presentations.
            now: The instant that is asked about, with a time zone. Without it a key that has an end is refused.

        Raises:
            RefusedError: ``key.not_listed``, ``key.foreign_controller``, ``key.wrong_purpose``, ``key.revoked``,
                ``key.expired``, or why the key is unsafe.
            MalformedError, UnsupportedError: Why the key cannot be read.
            ConfigurationError: ``now`` has no time zone.
        """
        if now is not None and now.utcoffset() is None:
            raise ConfigurationError("did.now_without_zone")
        method = next((method for method in self.methods if method.id == method_id), None)
        if method is None:
            raise RefusedError("key.not_listed", key=method_id, did=self.id)
        if method.controller != self.id or not method_id.startswith(self.id + "#"):
            raise RefusedError("key.foreign_controller", key=method_id, controller=method.controller, did=self.id)
        if method_id not in self.relationships.get(purpose, frozenset()):
            raise RefusedError("key.wrong_purpose", key=method_id, purpose=purpose)
        if method.revoked is not None and (now is None or method.revoked <= now):
            raise RefusedError("key.revoked", key=method_id, since=method.revoked.isoformat())
        if method.expires is not None and (now is None or method.expires <= now):
            raise RefusedError("key.expired", key=method_id, since=method.expires.isoformat())
        if method.public_key is None:
            assert method.problem is not None
            raise located(method.problem)
        return method.public_key

    def to_json(self) -> dict[str, Any]:
        """A copy of the JSON document, as for a resolver's answer."""
        return copy.deepcopy(dict(self.raw))


ControllerDocument = DidDocument
