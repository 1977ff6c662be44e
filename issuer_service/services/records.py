"""The facts the service keeps, as values. Rows are data: nothing here knows how it is stored or shown."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Role(enum.StrEnum):
    """What a member may do in one affiliate; each includes the ones below it."""

    OWNER = "owner"
    AWARDER = "awarder"
    VIEWER = "viewer"


class AffiliateState(enum.StrEnum):
    """An operator approves new issuers before they can issue."""

    PENDING = "pending"
    APPROVED = "approved"
    CLOSED = "closed"


class AchievementState(enum.StrEnum):
    """Only published achievements are awarded; archived ones stay readable."""

    DRAFT = "draft"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class AwardState(enum.StrEnum):
    """Where an award is; nothing is signed before ISSUED."""

    WAITING = "waiting"
    UNDONE = "undone"
    ISSUED = "issued"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    ERASED = "erased"


class Visibility(enum.StrEnum):
    """Who can open the badge page: everybody, who has the link, nobody but the recipient."""

    PUBLIC = "public"
    UNLISTED = "unlisted"
    HIDDEN = "hidden"


class RecipientKind(enum.StrEnum):
    """How a recipient is named; the value of DID goes into the badge as it is, the others as salted hashes."""

    USERNAME = "username"
    EMAIL = "email"
    DID = "did"
    NAME = "name"


class KeyState(enum.StrEnum):
    """Retired keys stay published so that their badges stay good; compromised ones do not."""

    ACTIVE = "active"
    RETIRED = "retired"
    COMPROMISED = "compromised"


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A person who signs in. ``login`` is chosen, need not be a name, and is never shown to the public."""

    id: str
    login: str
    password_hash: str | None
    is_operator: bool = False
    language: str = "en"
    created_at: datetime
    disabled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Affiliate:
    """An issuer: a chapter, a user group. ``issuer_id`` is its DID once keys were made."""

    id: str
    slug: str
    name: str
    description: str = ""
    url: str = ""
    email: str = ""
    place: str = ""
    language: str = "en"
    accent: str = "#2a4b8d"
    logo_id: str | None = None
    state: AffiliateState = AffiliateState.PENDING
    issuer_id: str | None = None
    recipient_prefix: str = ""
    undo_minutes: int = 10
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """One user's role in one affiliate."""

    user_id: str
    affiliate_id: str
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class OneTimeLink:
    """An invitation or a password reset; only the hash of its secret is kept."""

    id: str
    purpose: str  # "invitation" | "reset"
    secret_hash: str
    user_id: str | None = None
    affiliate_id: str | None = None
    role: Role | None = None
    expires_at: datetime
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A signed-in browser; only the hash of the cookie is kept."""

    id_hash: str
    user_id: str
    csrf: str
    created_at: datetime
    last_seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiToken:
    """A bearer token of one affiliate (or of a VC-API instance); only its hash and first characters are kept."""

    id: str
    affiliate_id: str
    name: str
    prefix: str
    secret_hash: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None = None
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningKeyRecord:
    """A key pair of an affiliate; the private half is sealed and opened only by the keystore."""

    id: str
    affiliate_id: str
    kind: str  # "Ed25519" | "P-256" | "P-384"
    public_multikey: str
    verification_method: str
    sealed: bytes = field(repr=False)
    state: KeyState = KeyState.ACTIVE
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture that was decoded and encoded again here; always PNG."""

    id: str
    affiliate_id: str
    png: bytes = field(repr=False)
    alt: str = ""
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Achievement:
    """What can be awarded. Its content is in versions; an edit makes a new one and never changes what was issued."""

    id: str
    affiliate_id: str
    state: AchievementState = AchievementState.DRAFT
    version: int = 1
    suspendable: bool = False
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AchievementVersion:
    """The content of an achievement at one time.

    ``alignments`` are Open Badges Alignment objects, ``levels`` lists of ``{"name", "description"}`` from low to high,
    ``rubrics`` are as ``services.rubrics`` says, ``translations`` maps a language to ``{"name", "description",
    "criteria"}``.
    """

    achievement_id: str
    number: int
    language: str
    name: str
    description: str
    criteria: str
    achievement_type: str = "Badge"
    method: str = ""
    image_id: str | None = None
    valid_days: int | None = None
    tags: tuple[str, ...] = ()
    alignments: tuple[Mapping[str, Any], ...] = ()
    levels: tuple[Mapping[str, str], ...] = ()
    rubrics: tuple[Mapping[str, Any], ...] = ()
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: _NOTHING)
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Awards given together; until ``send_at`` they can be undone."""

    id: str
    affiliate_id: str
    achievement_id: str
    version: int
    created_by: str
    created_at: datetime
    send_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """One badge of one person. ``id`` (128 random bits) is its public address; the signed texts are the truth."""

    id: str
    batch_id: str
    affiliate_id: str
    achievement_id: str
    version: int
    recipient_kind: RecipientKind
    recipient_value: str | None  # None once erased
    salt: str
    level: str | None = None
    narrative: str = ""
    evidence: tuple[Mapping[str, str], ...] = ()  # {"url", "name", "narrative"}
    language: str = "en"
    state: AwardState = AwardState.WAITING
    visibility: Visibility = Visibility.UNLISTED
    show_name: bool = False
    credential_id: str | None = None
    signed_json: str | None = field(default=None, repr=False)
    signed_jwt: str | None = field(default=None, repr=False)
    secret_hash: str | None = field(default=None, repr=False)
    awarded_at: datetime
    issued_at: datetime | None = None
    valid_until: datetime | None = None
    reason: str | None = None
    changed_at: datetime | None = None
    replaced_by: str | None = None
    revocation_list_id: str | None = None
    revocation_index: int | None = None
    suspension_list_id: str | None = None
    suspension_index: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusListRecord:
    """A status list and the credential it was last signed as; bits are facts of the awards, never of this row."""

    id: str
    affiliate_id: str
    purpose: str  # "revocation" | "suspension"
    length: int
    used: int
    changed_at: datetime
    signed_at: datetime | None = None
    signed_text: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownIssuer:
    """An issuer from elsewhere that this site's operator knows."""

    issuer_id: str
    name: str
    note: str = ""
    added_by: str
    added_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RememberedAnswer:
    """The answer to a request with an Idempotency-Key."""

    affiliate_id: str
    key: str
    request_hash: str
    status: int
    body: bytes
    created_at: datetime
