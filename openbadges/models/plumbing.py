"""The parts that every verifiable credential has: schema, status, refresh, terms and proof."""

from __future__ import annotations

from datetime import datetime

from openbadges.models.base import Model
from openbadges.models.markers import ABSENT, Maybe, MaybeFrom
from openbadges.models.types import DateTime, Number, String, Uri

__all__ = [
    "BitstringStatusListEntry",
    "CredentialSchema",
    "CredentialStatus",
    "Proof",
    "RefreshService",
    "TermsOfUse",
]


class CredentialSchema(Model):
    """A JSON Schema that the credential follows, for those who want to check it."""

    id: Uri
    type: String


class CredentialStatus(Model):
    """Where to learn whether the credential was revoked or suspended. Members of the status method are kept."""

    id: Uri
    type: String


class BitstringStatusListEntry(CredentialStatus):
    """One bit of a Bitstring Status List (W3C Bitstring Status List 1.0); read back as a ``CredentialStatus``.

    Attributes:
        status_list_index: Zero-based position in the list, a decimal number as text.
        status_size: Bits an entry takes; 1 when absent.
    """

    type: String = "BitstringStatusListEntry"
    status_purpose: String
    status_list_index: String
    status_list_credential: Uri
    status_size: Maybe[Number] = ABSENT


class RefreshService(Model):
    """Where a newer edition of the credential can be had."""

    id: Uri
    type: String


class TermsOfUse(Model):
    """Under which terms the credential was issued."""

    id: Maybe[Uri] = ABSENT
    type: String


class Proof(Model):
    """An embedded proof (W3C Data Integrity). Its own members are kept; the suites judge them."""

    type: String
    created: MaybeFrom[DateTime, datetime] = ABSENT
    cryptosuite: Maybe[String] = ABSENT
    challenge: Maybe[String] = ABSENT
    domain: Maybe[String] = ABSENT
    nonce: Maybe[String] = ABSENT
    proof_purpose: Maybe[String] = ABSENT
    proof_value: Maybe[String] = ABSENT
    verification_method: Maybe[Uri] = ABSENT
