"""The first tables.

Written out, not taken from ``storage.tables``: what was once released stays as it is, whatever the tables become.
"""

from __future__ import annotations

from alembic import op

from issuer_service.storage.migrations.parts import (
    at,
    belongs,
    blob,
    check,
    flag,
    index,
    key,
    number,
    one_of,
    text,
    unique,
    word,
)  # fmt: skip

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


# fmt: off
def upgrade() -> None:
    """Make all tables."""
    op.create_table(
        "affiliates",
        text("id"), text("slug"), text("name"), text("description"), text("url"), text("email"), text("place"),
        text("language"), text("accent"), text("logo_id", empty=True), word("state"),
        text("issuer_id", empty=True), text("recipient_prefix"), number("undo_minutes"), at("created_at"),
        key("affiliates", "id"), unique("affiliates", "issuer_id"), unique("affiliates", "slug"),
        one_of("affiliates", "state", "pending", "approved", "closed"),
    )
    op.create_table(
        "known_issuers",
        text("issuer_id"), text("name"), text("note"), text("added_by"), at("added_at"),
        key("known_issuers", "issuer_id"),
    )
    op.create_table(
        "users",
        text("id"), text("login"), text("password_hash", empty=True), flag("is_operator"), text("language"),
        at("created_at"), flag("disabled"),
        key("users", "id"), unique("users", "login"),
    )
    op.create_table(
        "achievements",
        text("id"), text("affiliate_id"), word("state"), number("version"), flag("suspendable"),
        at("created_at"),
        key("achievements", "id"), unique("achievements", "id", "affiliate_id"),
        one_of("achievements", "state", "draft", "published", "archived"),
        belongs("achievements", "affiliate_id", "affiliates id"),
    )
    index("achievements", "affiliate_id")
    op.create_table(
        "images",
        text("id"), text("affiliate_id"), blob("png"), text("alt"), at("created_at"),
        key("images", "id"), belongs("images", "affiliate_id", "affiliates id"),
    )
    op.create_table(
        "keys",
        text("id"), text("affiliate_id"), word("kind"), text("public_multikey"), text("verification_method"),
        blob("sealed"), word("state"), at("created_at"),
        key("keys", "id"), unique("keys", "verification_method"),
        one_of("keys", "state", "active", "retired", "compromised"),
        belongs("keys", "affiliate_id", "affiliates id"),
    )
    index("keys", "affiliate_id")
    op.create_table(
        "links",
        text("id"), word("purpose"), text("secret_hash"), text("user_id", empty=True),
        text("affiliate_id", empty=True), word("role", empty=True), at("expires_at"), at("used_at", empty=True),
        key("links", "id"), unique("links", "secret_hash"), one_of("links", "purpose", "invitation", "reset"),
        belongs("links", "affiliate_id", "affiliates id"), belongs("links", "user_id", "users id"),
    )
    op.create_table(
        "memberships",
        text("user_id"), text("affiliate_id"), word("role"),
        key("memberships", "user_id", "affiliate_id"), one_of("memberships", "role", "owner", "awarder", "viewer"),
        belongs("memberships", "affiliate_id", "affiliates id"), belongs("memberships", "user_id", "users id"),
    )
    index("memberships", "affiliate_id")
    op.create_table(
        "remembered",
        text("affiliate_id"), text("key"), text("request_hash"), number("status"), blob("body"),
        at("created_at"),
        key("remembered", "affiliate_id", "key"), belongs("remembered", "affiliate_id", "affiliates id"),
    )
    index("remembered", "created_at")
    op.create_table(
        "sessions",
        text("id_hash"), text("user_id"), text("csrf"), at("created_at"), at("last_seen_at"),
        key("sessions", "id_hash"), belongs("sessions", "user_id", "users id"),
    )
    index("sessions", "user_id")
    op.create_table(
        "status_lists",
        text("id"), text("affiliate_id"), word("purpose"), number("length"), number("used"), at("changed_at"),
        at("signed_at", empty=True), text("signed_text", empty=True),
        key("status_lists", "id"), check("status_lists", "used", "used >= 0 AND used <= length"),
        one_of("status_lists", "purpose", "revocation", "suspension"),
        belongs("status_lists", "affiliate_id", "affiliates id"),
    )
    index("status_lists", "affiliate_id", "purpose")
    op.create_table(
        "tokens",
        text("id"), text("affiliate_id"), text("name"), text("prefix"), text("secret_hash"), text("scopes"),
        at("created_at"), at("expires_at"), at("last_used_at", empty=True), at("revoked_at", empty=True),
        key("tokens", "id"), unique("tokens", "prefix"), unique("tokens", "secret_hash"),
        belongs("tokens", "affiliate_id", "affiliates id"),
    )
    index("tokens", "affiliate_id")
    op.create_table(
        "status_indexes",
        text("list_id"), number("index"), text("award_id"),
        key("status_indexes", "list_id", "index"), unique("status_indexes", "list_id", "award_id"),
        belongs("status_indexes", "list_id", "status_lists id"),
    )
    index("status_indexes", "award_id")
    op.create_table(
        "versions",
        text("achievement_id"), number("number"), text("language"), text("name"), text("description"),
        text("criteria"), text("achievement_type"), text("method"), text("image_id", empty=True),
        number("valid_days", empty=True), text("tags"), text("alignments"), text("levels"), text("translations"),
        at("created_at"),
        key("versions", "achievement_id", "number"), belongs("versions", "achievement_id", "achievements id"),
        belongs("versions", "image_id", "images id"),
    )
    op.create_table(
        "batches",
        text("id"), text("affiliate_id"), text("achievement_id"), number("version"), text("created_by"),
        at("created_at"), at("send_at"),
        key("batches", "id"), unique("batches", "id", "affiliate_id"),
        belongs("batches", "achievement_id affiliate_id", "achievements id affiliate_id"),
        belongs("batches", "achievement_id version", "versions achievement_id number"),
    )
    index("batches", "send_at")
    op.create_table(
        "awards",
        text("id"), text("batch_id"), text("affiliate_id"), text("achievement_id"), number("version"),
        word("recipient_kind"), text("recipient_value", empty=True), text("recipient_search", empty=True),
        text("salt"), text("level", empty=True), text("narrative"), text("evidence"), text("language"),
        word("state"), word("visibility"), flag("show_name"), text("credential_id", empty=True),
        text("signed_json", empty=True), text("signed_jwt", empty=True), text("secret_hash", empty=True),
        at("awarded_at"), at("issued_at", empty=True), at("valid_until", empty=True), text("reason", empty=True),
        at("changed_at", empty=True), text("replaced_by", empty=True), text("revocation_list_id", empty=True),
        number("revocation_index", empty=True), text("suspension_list_id", empty=True),
        number("suspension_index", empty=True),
        key("awards", "id"), unique("awards", "credential_id"),
        unique("awards", "revocation_list_id", "revocation_index"), unique("awards", "secret_hash"),
        unique("awards", "suspension_list_id", "suspension_index"),
        one_of("awards", "recipient_kind", "username", "email", "did", "name"),
        one_of("awards", "state", "waiting", "undone", "issued", "suspended", "revoked", "erased"),
        one_of("awards", "visibility", "public", "unlisted", "hidden"),
        belongs("awards", "achievement_id affiliate_id", "achievements id affiliate_id"),
        belongs("awards", "achievement_id version", "versions achievement_id number"),
        belongs("awards", "batch_id affiliate_id", "batches id affiliate_id"),
        belongs("awards", "replaced_by", "awards id"), belongs("awards", "revocation_list_id", "status_lists id"),
        belongs("awards", "suspension_list_id", "status_lists id"),
    )
    index("awards", "achievement_id", "recipient_value")
    index("awards", "affiliate_id", "awarded_at")
    index("awards", "batch_id", "state")
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
