"""The first tables.

Written out, not taken from ``storage.tables``: what was once released stays as it is, whatever the tables become.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _text(name: str, *, empty: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text, nullable=empty)


def _word(name: str, *, empty: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.String(20), nullable=empty)


def _number(name: str, *, empty: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer, nullable=empty)


def _flag(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean, nullable=False)


def _bytes(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.LargeBinary, nullable=False)


def _at(name: str, *, empty: bool = False) -> sa.Column[Any]:
    kind = sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql")
    return sa.Column(name, kind, nullable=empty)


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_{table}"))


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def _one_of(table: str, column: str, *values: str) -> sa.CheckConstraint:
    return _check(table, column, f"{column} IN ({', '.join(map(repr, values))})")


def _belongs(table: str, columns: str, to: str) -> sa.ForeignKeyConstraint:
    parent, *targets = to.split()
    return sa.ForeignKeyConstraint(
        columns.split(),
        [f"{parent}.{target}" for target in targets],
        name=op.f(f"fk_{table}_{columns.replace(' ', '_')}"),
        deferrable=True,
        initially="DEFERRED",
    )


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, columns)


# fmt: off
def upgrade() -> None:
    """Make all tables."""
    op.create_table(
        "affiliates",
        _text("id"), _text("slug"), _text("name"), _text("description"), _text("url"), _text("email"), _text("place"),
        _text("language"), _text("accent"), _text("logo_id", empty=True), _word("state"),
        _text("issuer_id", empty=True), _text("recipient_prefix"), _number("undo_minutes"), _at("created_at"),
        _key("affiliates", "id"), _unique("affiliates", "issuer_id"), _unique("affiliates", "slug"),
        _one_of("affiliates", "state", "pending", "approved", "closed"),
    )
    op.create_table(
        "known_issuers",
        _text("issuer_id"), _text("name"), _text("note"), _text("added_by"), _at("added_at"),
        _key("known_issuers", "issuer_id"),
    )
    op.create_table(
        "users",
        _text("id"), _text("login"), _text("password_hash", empty=True), _flag("is_operator"), _text("language"),
        _at("created_at"), _flag("disabled"),
        _key("users", "id"), _unique("users", "login"),
    )
    op.create_table(
        "achievements",
        _text("id"), _text("affiliate_id"), _word("state"), _number("version"), _flag("suspendable"),
        _at("created_at"),
        _key("achievements", "id"), _unique("achievements", "id", "affiliate_id"),
        _one_of("achievements", "state", "draft", "published", "archived"),
        _belongs("achievements", "affiliate_id", "affiliates id"),
    )
    _index("achievements", "affiliate_id")
    op.create_table(
        "images",
        _text("id"), _text("affiliate_id"), _bytes("png"), _text("alt"), _at("created_at"),
        _key("images", "id"), _belongs("images", "affiliate_id", "affiliates id"),
    )
    op.create_table(
        "keys",
        _text("id"), _text("affiliate_id"), _word("kind"), _text("public_multikey"), _text("verification_method"),
        _bytes("sealed"), _word("state"), _at("created_at"),
        _key("keys", "id"), _unique("keys", "verification_method"),
        _one_of("keys", "state", "active", "retired", "compromised"),
        _belongs("keys", "affiliate_id", "affiliates id"),
    )
    _index("keys", "affiliate_id")
    op.create_table(
        "links",
        _text("id"), _word("purpose"), _text("secret_hash"), _text("user_id", empty=True),
        _text("affiliate_id", empty=True), _word("role", empty=True), _at("expires_at"), _at("used_at", empty=True),
        _key("links", "id"), _unique("links", "secret_hash"), _one_of("links", "purpose", "invitation", "reset"),
        _belongs("links", "affiliate_id", "affiliates id"), _belongs("links", "user_id", "users id"),
    )
    op.create_table(
        "memberships",
        _text("user_id"), _text("affiliate_id"), _word("role"),
        _key("memberships", "user_id", "affiliate_id"), _one_of("memberships", "role", "owner", "awarder", "viewer"),
        _belongs("memberships", "affiliate_id", "affiliates id"), _belongs("memberships", "user_id", "users id"),
    )
    _index("memberships", "affiliate_id")
    op.create_table(
        "remembered",
        _text("affiliate_id"), _text("key"), _text("request_hash"), _number("status"), _bytes("body"),
        _at("created_at"),
        _key("remembered", "affiliate_id", "key"), _belongs("remembered", "affiliate_id", "affiliates id"),
    )
    _index("remembered", "created_at")
    op.create_table(
        "sessions",
        _text("id_hash"), _text("user_id"), _text("csrf"), _at("created_at"), _at("last_seen_at"),
        _key("sessions", "id_hash"), _belongs("sessions", "user_id", "users id"),
    )
    _index("sessions", "user_id")
    op.create_table(
        "status_lists",
        _text("id"), _text("affiliate_id"), _word("purpose"), _number("length"), _number("used"), _at("changed_at"),
        _at("signed_at", empty=True), _text("signed_text", empty=True),
        _key("status_lists", "id"), _check("status_lists", "used", "used >= 0 AND used <= length"),
        _one_of("status_lists", "purpose", "revocation", "suspension"),
        _belongs("status_lists", "affiliate_id", "affiliates id"),
    )
    _index("status_lists", "affiliate_id", "purpose")
    op.create_table(
        "tokens",
        _text("id"), _text("affiliate_id"), _text("name"), _text("prefix"), _text("secret_hash"), _text("scopes"),
        _at("created_at"), _at("expires_at"), _at("last_used_at", empty=True), _at("revoked_at", empty=True),
        _key("tokens", "id"), _unique("tokens", "prefix"), _unique("tokens", "secret_hash"),
        _belongs("tokens", "affiliate_id", "affiliates id"),
    )
    _index("tokens", "affiliate_id")
    op.create_table(
        "status_indexes",
        _text("list_id"), _number("index"), _text("award_id"),
        _key("status_indexes", "list_id", "index"), _unique("status_indexes", "list_id", "award_id"),
        _belongs("status_indexes", "list_id", "status_lists id"),
    )
    _index("status_indexes", "award_id")
    op.create_table(
        "versions",
        _text("achievement_id"), _number("number"), _text("language"), _text("name"), _text("description"),
        _text("criteria"), _text("achievement_type"), _text("method"), _text("image_id", empty=True),
        _number("valid_days", empty=True), _text("tags"), _text("alignments"), _text("levels"), _text("translations"),
        _at("created_at"),
        _key("versions", "achievement_id", "number"), _belongs("versions", "achievement_id", "achievements id"),
        _belongs("versions", "image_id", "images id"),
    )
    op.create_table(
        "batches",
        _text("id"), _text("affiliate_id"), _text("achievement_id"), _number("version"), _text("created_by"),
        _at("created_at"), _at("send_at"),
        _key("batches", "id"), _unique("batches", "id", "affiliate_id"),
        _belongs("batches", "achievement_id affiliate_id", "achievements id affiliate_id"),
        _belongs("batches", "achievement_id version", "versions achievement_id number"),
    )
    _index("batches", "send_at")
    op.create_table(
        "awards",
        _text("id"), _text("batch_id"), _text("affiliate_id"), _text("achievement_id"), _number("version"),
        _word("recipient_kind"), _text("recipient_value", empty=True), _text("recipient_search", empty=True),
        _text("salt"), _text("level", empty=True), _text("narrative"), _text("evidence"), _text("language"),
        _word("state"), _word("visibility"), _flag("show_name"), _text("credential_id", empty=True),
        _text("signed_json", empty=True), _text("signed_jwt", empty=True), _text("secret_hash", empty=True),
        _at("awarded_at"), _at("issued_at", empty=True), _at("valid_until", empty=True), _text("reason", empty=True),
        _at("changed_at", empty=True), _text("replaced_by", empty=True), _text("revocation_list_id", empty=True),
        _number("revocation_index", empty=True), _text("suspension_list_id", empty=True),
        _number("suspension_index", empty=True),
        _key("awards", "id"), _unique("awards", "credential_id"),
        _unique("awards", "revocation_list_id", "revocation_index"), _unique("awards", "secret_hash"),
        _unique("awards", "suspension_list_id", "suspension_index"),
        _one_of("awards", "recipient_kind", "username", "email", "did", "name"),
        _one_of("awards", "state", "waiting", "undone", "issued", "suspended", "revoked", "erased"),
        _one_of("awards", "visibility", "public", "unlisted", "hidden"),
        _belongs("awards", "achievement_id affiliate_id", "achievements id affiliate_id"),
        _belongs("awards", "achievement_id version", "versions achievement_id number"),
        _belongs("awards", "batch_id affiliate_id", "batches id affiliate_id"),
        _belongs("awards", "replaced_by", "awards id"), _belongs("awards", "revocation_list_id", "status_lists id"),
        _belongs("awards", "suspension_list_id", "status_lists id"),
    )
    _index("awards", "achievement_id", "recipient_value")
    _index("awards", "affiliate_id", "awarded_at")
    _index("awards", "batch_id", "state")
# fmt: on


def downgrade() -> None:
    """Remove all tables."""
    for table in (
        "awards",
        "batches",
        "versions",
        "status_indexes",
        "tokens",
        "status_lists",
        "sessions",
        "remembered",
        "memberships",
        "links",
        "keys",
        "images",
        "achievements",
        "users",
        "known_issuers",
        "affiliates",
    ):
        op.drop_table(table)
