"""The tables. A column is named like the field of the record it keeps (``services.records``).

Foreign keys are checked at the end of the transaction, so that the order of writing inside it is free. Where a row
belongs to an affiliate and points at another row of the affiliate, the key holds both ids: a badge of one affiliate
cannot hang on an achievement of another even by mistake (S-AZ-1).
"""

from __future__ import annotations

import enum
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from issuer_service.services.records import (
    AchievementState,
    AffiliateState,
    AwardState,
    KeyState,
    RecipientKind,
    Role,
    Visibility,
)
from issuer_service.storage.types import Choice, Instant, JsonText, PlainText

__all__ = ["METADATA"]

METADATA = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def _id(name: str = "id", *, empty: bool = False) -> Column[Any]:
    return Column(name, PlainText, nullable=empty)


def _text(name: str, *, empty: bool = False) -> Column[Any]:
    return Column(name, PlainText, nullable=empty)


def _at(name: str, *, empty: bool = False) -> Column[Any]:
    return Column(name, Instant, nullable=empty)


def _number(name: str, *, empty: bool = False) -> Column[Any]:
    return Column(name, Integer, nullable=empty)


def _flag(name: str) -> Column[Any]:
    return Column(name, Boolean, nullable=False)


def _one_of(name: str, choices: type[enum.StrEnum], *, empty: bool = False) -> Column[Any]:
    return Column(name, Choice(choices), nullable=empty)


def _known(name: str, choices: type[enum.StrEnum]) -> CheckConstraint:
    return CheckConstraint(f"{name} IN ({', '.join(repr(str(choice)) for choice in choices)})", name=name)


def _belongs(columns: str, to: str) -> ForeignKeyConstraint:
    """``columns`` here name the row of ``to`` with the same ids, e.g. ``"batch_id affiliate_id", "batches.id ..."``."""
    table, *targets = to.split()
    return ForeignKeyConstraint(
        columns.split(), [f"{table}.{target}" for target in targets], deferrable=True, initially="DEFERRED"
    )


USERS = Table(
    "users", METADATA,
    _id(), _text("login"), _text("password_hash", empty=True), _flag("is_operator"), _text("language"),
    _at("created_at"), _flag("disabled"),
    PrimaryKeyConstraint("id"), UniqueConstraint("login"),
)  # fmt: skip

AFFILIATES = Table(
    "affiliates", METADATA,
    _id(), _text("slug"), _text("name"), _text("description"), _text("url"), _text("email"), _text("place"),
    _text("language"), _text("accent"),
    _id("logo_id", empty=True),  # no foreign key: images point here, and SQLite cannot add the way back later
    _one_of("state", AffiliateState), _text("issuer_id", empty=True), _text("recipient_prefix"),
    _number("undo_minutes"), _at("created_at"),
    PrimaryKeyConstraint("id"), UniqueConstraint("slug"), UniqueConstraint("issuer_id"),
    _known("state", AffiliateState),
)  # fmt: skip

MEMBERSHIPS = Table(
    "memberships", METADATA,
    _id("user_id"), _id("affiliate_id"), _one_of("role", Role),
    PrimaryKeyConstraint("user_id", "affiliate_id"), _known("role", Role),
    _belongs("user_id", "users id"), _belongs("affiliate_id", "affiliates id"), Index(None, "affiliate_id"),
)  # fmt: skip

LINKS = Table(
    "links", METADATA,
    _id(), Column("purpose", String(20), nullable=False), _text("secret_hash"), _id("user_id", empty=True),
    _id("affiliate_id", empty=True), _one_of("role", Role, empty=True), _at("expires_at"), _at("used_at", empty=True),
    PrimaryKeyConstraint("id"), UniqueConstraint("secret_hash"),
    CheckConstraint("purpose IN ('invitation', 'reset')", name="purpose"),
    _belongs("user_id", "users id"), _belongs("affiliate_id", "affiliates id"),
)  # fmt: skip

SESSIONS = Table(
    "sessions", METADATA,
    _id("id_hash"), _id("user_id"), _text("csrf"), _at("created_at"), _at("last_seen_at"),
    PrimaryKeyConstraint("id_hash"), _belongs("user_id", "users id"), Index(None, "user_id"),
)  # fmt: skip

TOKENS = Table(
    "tokens", METADATA,
    _id(), _id("affiliate_id"), _text("name"), _text("prefix"), _text("secret_hash"),
    Column("scopes", JsonText(tuple), nullable=False), _at("created_at"), _at("expires_at"),
    _at("last_used_at", empty=True), _at("revoked_at", empty=True),
    PrimaryKeyConstraint("id"), UniqueConstraint("prefix"), UniqueConstraint("secret_hash"),
    _belongs("affiliate_id", "affiliates id"), Index(None, "affiliate_id"),
)  # fmt: skip

KEYS = Table(
    "keys", METADATA,
    _id(), _id("affiliate_id"), Column("kind", String(20), nullable=False), _text("public_multikey"),
    _text("verification_method"), Column("sealed", LargeBinary, nullable=False), _one_of("state", KeyState),
    _at("created_at"),
    PrimaryKeyConstraint("id"), UniqueConstraint("verification_method"), _known("state", KeyState),
    _belongs("affiliate_id", "affiliates id"), Index(None, "affiliate_id"),
)  # fmt: skip

IMAGES = Table(
    "images", METADATA,
    _id(), _id("affiliate_id"), Column("png", LargeBinary, nullable=False), _text("alt"), _at("created_at"),
    PrimaryKeyConstraint("id"), _belongs("affiliate_id", "affiliates id"),
)  # fmt: skip

ACHIEVEMENTS = Table(
    "achievements", METADATA,
    _id(), _id("affiliate_id"), _one_of("state", AchievementState), _number("version"), _flag("suspendable"),
    _at("created_at"),
    PrimaryKeyConstraint("id"), UniqueConstraint("id", "affiliate_id"), _known("state", AchievementState),
    _belongs("affiliate_id", "affiliates id"), Index(None, "affiliate_id"),
)  # fmt: skip

VERSIONS = Table(
    "versions", METADATA,
    _id("achievement_id"), _number("number"), _text("language"), _text("name"), _text("description"),
    _text("criteria"), _text("achievement_type"), _text("method"), _id("image_id", empty=True),
    _number("valid_days", empty=True), Column("tags", JsonText(tuple), nullable=False),
    Column("alignments", JsonText(tuple), nullable=False), Column("levels", JsonText(tuple), nullable=False),
    Column("rubrics", JsonText(tuple), nullable=False),
    Column("translations", JsonText(dict), nullable=False), _at("created_at"),
    PrimaryKeyConstraint("achievement_id", "number"),
    _belongs("achievement_id", "achievements id"), _belongs("image_id", "images id"),
)  # fmt: skip

BATCHES = Table(
    "batches", METADATA,
    _id(), _id("affiliate_id"), _id("achievement_id"), _number("version"), _id("created_by"), _at("created_at"),
    _at("send_at"),
    PrimaryKeyConstraint("id"), UniqueConstraint("id", "affiliate_id"),
    _belongs("achievement_id affiliate_id", "achievements id affiliate_id"),
    _belongs("achievement_id version", "versions achievement_id number"), Index(None, "send_at"),
)  # fmt: skip

AWARDS = Table(
    "awards", METADATA,
    _id(), _id("batch_id"), _id("affiliate_id"), _id("achievement_id"), _number("version"),
    _one_of("recipient_kind", RecipientKind), _text("recipient_value", empty=True),
    _text("recipient_search", empty=True),  # recipient_value without case and accents; no field of the record
    _text("salt"), _text("level", empty=True), _text("narrative"), Column("evidence", JsonText(tuple), nullable=False),
    _text("language"), _one_of("state", AwardState), _one_of("visibility", Visibility), _flag("show_name"),
    _text("credential_id", empty=True),
    Column("signed_json", Text), Column("signed_jwt", Text),  # exactly as signed, or not at all
    _text("secret_hash", empty=True), _at("awarded_at"), _at("issued_at", empty=True), _at("valid_until", empty=True),
    _text("reason", empty=True), _at("changed_at", empty=True), _id("replaced_by", empty=True),
    _id("revocation_list_id", empty=True), _number("revocation_index", empty=True),
    _id("suspension_list_id", empty=True), _number("suspension_index", empty=True),
    PrimaryKeyConstraint("id"), UniqueConstraint("credential_id"), UniqueConstraint("secret_hash"),
    UniqueConstraint("revocation_list_id", "revocation_index"),
    UniqueConstraint("suspension_list_id", "suspension_index"),
    _known("recipient_kind", RecipientKind), _known("state", AwardState), _known("visibility", Visibility),
    _belongs("batch_id affiliate_id", "batches id affiliate_id"),
    _belongs("achievement_id affiliate_id", "achievements id affiliate_id"),
    _belongs("achievement_id version", "versions achievement_id number"),
    _belongs("replaced_by", "awards id"),
    _belongs("revocation_list_id", "status_lists id"), _belongs("suspension_list_id", "status_lists id"),
    Index(None, "batch_id", "state"), Index(None, "affiliate_id", "awarded_at"),
    Index(None, "achievement_id", "recipient_value"),
)  # fmt: skip

STATUS_LISTS = Table(
    "status_lists", METADATA,
    _id(), _id("affiliate_id"), Column("purpose", String(20), nullable=False), _number("length"), _number("used"),
    _at("changed_at"), _at("signed_at", empty=True), Column("signed_text", Text),
    PrimaryKeyConstraint("id"), CheckConstraint("purpose IN ('revocation', 'suspension')", name="purpose"),
    CheckConstraint("used >= 0 AND used <= length", name="used"),
    _belongs("affiliate_id", "affiliates id"), Index(None, "affiliate_id", "purpose"),
)  # fmt: skip

# Who was given which bit. Rows are never changed or removed, so that an index is never given twice (S-RACE-1). The
# holder is not a foreign key: credentials that are no awards (those of the VC-API) take indexes too.
STATUS_INDEXES = Table(
    "status_indexes", METADATA,
    _id("list_id"), _number("index"), _id("award_id"),
    PrimaryKeyConstraint("list_id", "index"), UniqueConstraint("list_id", "award_id"),
    _belongs("list_id", "status_lists id"), Index(None, "award_id"),
)  # fmt: skip

KNOWN_ISSUERS = Table(
    "known_issuers", METADATA,
    _id("issuer_id"), _text("name"), _text("note"), _text("added_by"), _at("added_at"),
    PrimaryKeyConstraint("issuer_id"),
)  # fmt: skip

REMEMBERED = Table(
    "remembered", METADATA,
    _id("affiliate_id"), _text("key"), _text("request_hash"), _number("status"),
    Column("body", LargeBinary, nullable=False), _at("created_at"),
    PrimaryKeyConstraint("affiliate_id", "key"), _belongs("affiliate_id", "affiliates id"), Index(None, "created_at"),
)  # fmt: skip

FRAMEWORKS = Table(
    "frameworks", METADATA,
    _id(), _text("slug"), _text("uri"), _id("affiliate_id", empty=True), _flag("layer"), _number("version"),
    _at("created_at"),
    PrimaryKeyConstraint("id"), UniqueConstraint("slug"), UniqueConstraint("affiliate_id", "uri"),
    _belongs("affiliate_id", "affiliates id"), Index(None, "uri"),
)  # fmt: skip

FRAMEWORK_VERSIONS = Table(
    "framework_versions", METADATA,
    _id("framework_id"), _number("number"), _text("digest"), Column("source_format", String(20), nullable=False),
    Column("head", JsonText(dict), nullable=False),
    _number("item_count"), Column("changes", JsonText(dict), nullable=False), _text("imported_by"),
    _at("imported_at"),
    PrimaryKeyConstraint("framework_id", "number"), _belongs("framework_id", "frameworks id"),
)  # fmt: skip

# Apart, so that reading the facts of a version does not read its megabytes.
FRAMEWORK_CONTENTS = Table(
    "framework_contents", METADATA,
    _id("framework_id"), _number("number"), Column("content", LargeBinary, nullable=False),  # compressed (zlib)
    PrimaryKeyConstraint("framework_id", "number"),
    _belongs("framework_id number", "framework_versions framework_id number"),
)  # fmt: skip

# What follows is an index of the newest versions; it can be made again from their content.
FRAMEWORK_ITEMS = Table(
    "framework_items", METADATA,
    Column("id", Integer, nullable=False, autoincrement=False), _id("framework_id"), _text("key"), _text("uri"),
    _text("code", empty=True), _text("identifier"), _text("kind"), _number("place"), _number("last_version"),
    Column("document", JsonText(dict, ascii_only=False), nullable=False),
    PrimaryKeyConstraint("id"), UniqueConstraint("framework_id", "key"), UniqueConstraint("framework_id", "uri"),
    _belongs("framework_id", "frameworks id"), Index(None, "uri"), Index(None, "identifier"), Index(None, "code"),
)  # fmt: skip

FRAMEWORK_LINKS = Table(
    "framework_links", METADATA,
    _id("framework_id"), _text("source"), _text("type"), _text("target"), _number("place"),
    PrimaryKeyConstraint("framework_id", "source", "type", "target"), _belongs("framework_id", "frameworks id"),
    Index(None, "framework_id", "target", "type"), Index(None, "target"),
)  # fmt: skip

FRAMEWORK_TEXTS = Table(
    "framework_texts", METADATA,
    Column("id", BigInteger, nullable=False, autoincrement=False), _number("item_id"), _id("framework_id"),
    _text("language"), _text("label"), _text("names"), _text("more"), _text("marks"),
    PrimaryKeyConstraint("id"), _belongs("item_id", "framework_items id"),
    _belongs("framework_id", "frameworks id"), Index(None, "item_id"), Index(None, "framework_id"),
)  # fmt: skip

# The different words of names, numbered, and which of them have three letters in a row: for typing errors.
FRAMEWORK_TERMS = Table(
    "framework_terms", METADATA,
    _id("framework_id"), _number("number"), _text("term"),
    PrimaryKeyConstraint("framework_id", "number"), _belongs("framework_id", "frameworks id"),
    Index(None, "framework_id", "term"),
)  # fmt: skip

FRAMEWORK_GRAMS = Table(
    "framework_grams", METADATA,
    _id("framework_id"), _text("gram"), Column("numbers", LargeBinary, nullable=False),
    PrimaryKeyConstraint("framework_id", "gram"), _belongs("framework_id", "frameworks id"),
)  # fmt: skip

STAGED_FRAMEWORKS = Table(
    "staged_frameworks", METADATA,
    _id(), _id("user_id"), _id("affiliate_id", empty=True), Column("source_format", String(20), nullable=False),
    Column("content", LargeBinary, nullable=False), _at("created_at"),  # compressed (zlib)
    PrimaryKeyConstraint("id"), _belongs("user_id", "users id"), _belongs("affiliate_id", "affiliates id"),
    Index(None, "user_id", "created_at"), Index(None, "created_at"),
)  # fmt: skip

# Which achievements name which skill, in their present versions.
ALIGNED = Table(
    "aligned", METADATA,
    _id("achievement_id"), _number("place"), _text("url"), _text("code", empty=True),
    PrimaryKeyConstraint("achievement_id", "place"), _belongs("achievement_id", "achievements id"),
    Index(None, "url"), Index(None, "code"),
)  # fmt: skip
