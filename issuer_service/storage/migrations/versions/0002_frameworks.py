"""Skill frameworks, the index of their items, and which achievements name which skill.

Written out, not taken from ``storage.tables``: what was once released stays as it is, whatever the tables become.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

import sqlalchemy as sa
from alembic import op

from issuer_service.storage.migrations.parts import at, belongs, blob, flag, index, key, number, text, unique, word

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ALIGNMENTS = """
    SELECT v.achievement_id, v.alignments FROM versions v
    JOIN achievements a ON a.id = v.achievement_id AND a.version = v.number WHERE v.alignments <> '[]'
"""


# fmt: off
def upgrade() -> None:
    """Make the tables, and find the skills that achievements name already."""
    op.create_table(
        "frameworks",
        text("id"), text("slug"), text("uri"), text("affiliate_id", empty=True), flag("layer"), number("version"),
        at("created_at"),
        key("frameworks", "id"), unique("frameworks", "slug"), unique("frameworks", "affiliate_id", "uri"),
        belongs("frameworks", "affiliate_id", "affiliates id"),
    )
    index("frameworks", "uri")
    op.create_table(
        "framework_versions",
        text("framework_id"), number("number"), text("digest"), word("source_format"), text("head"),
        number("item_count"), text("changes"), text("imported_by"), at("imported_at"),
        key("framework_versions", "framework_id", "number"),
        belongs("framework_versions", "framework_id", "frameworks id"),
    )
    op.create_table(
        "framework_contents",
        text("framework_id"), number("number"), blob("content"),
        key("framework_contents", "framework_id", "number"),
        belongs("framework_contents", "framework_id number", "framework_versions framework_id number"),
    )
    op.create_table(
        "framework_items",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False), text("framework_id"), text("key"),
        text("uri"), text("code", empty=True), text("identifier"), text("kind"), number("place"),
        number("last_version"), text("document"),
        key("framework_items", "id"), unique("framework_items", "framework_id", "key"),
        unique("framework_items", "framework_id", "uri"),
        belongs("framework_items", "framework_id", "frameworks id"),
    )
    index("framework_items", "uri")
    index("framework_items", "identifier")
    index("framework_items", "code")
    op.create_table(
        "framework_links",
        text("framework_id"), text("source"), text("type"), text("target"), number("place"),
        key("framework_links", "framework_id", "source", "type", "target"),
        belongs("framework_links", "framework_id", "frameworks id"),
    )
    index("framework_links", "framework_id", "target", "type")
    index("framework_links", "target")
    op.create_table(
        "framework_texts",
        sa.Column("id", sa.BigInteger, nullable=False, autoincrement=False), number("item_id"), text("framework_id"),
        text("language"), text("label"), text("names"), text("more"), text("marks"),
        key("framework_texts", "id"), belongs("framework_texts", "item_id", "framework_items id"),
        belongs("framework_texts", "framework_id", "frameworks id"),
    )
    index("framework_texts", "item_id")
    index("framework_texts", "framework_id")
    op.create_table(
        "framework_terms",
        text("framework_id"), number("number"), text("term"),
        key("framework_terms", "framework_id", "number"), belongs("framework_terms", "framework_id", "frameworks id"),
    )
    index("framework_terms", "framework_id", "term")
    op.create_table(
        "framework_grams",
        text("framework_id"), text("gram"), blob("numbers"),
        key("framework_grams", "framework_id", "gram"), belongs("framework_grams", "framework_id", "frameworks id"),
    )
    _make_words()
    op.create_table(
        "aligned",
        text("achievement_id"), number("place"), text("url"), text("code", empty=True),
        key("aligned", "achievement_id", "place"), belongs("aligned", "achievement_id", "achievements id"),
    )
    index("aligned", "url")
    index("aligned", "code")
    _find_alignments()
# fmt: on


def _make_words() -> None:
    """Full text: each database has a table of its own kind; the words come folded and parted (decision 0029)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE TABLE framework_words (text_id bigint PRIMARY KEY, words tsvector NOT NULL)")
        op.execute("CREATE INDEX ix_framework_words_words ON framework_words USING gin (words)")
        return
    op.execute("""
        CREATE VIRTUAL TABLE framework_words USING fts5(
            label, names, more, marks, content='framework_texts', content_rowid='id',
            tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* Co'"
        )
    """)


def _find_alignments() -> None:
    connection = op.get_bind()
    columns: tuple[sa.ColumnClause[Any], ...] = (
        sa.column("achievement_id"),
        sa.column("place"),
        sa.column("url"),
        sa.column("code"),
    )
    rows = [
        {
            "achievement_id": achievement_id,
            "place": place,
            "url": _key(str(alignment.get("targetUrl", ""))),
            "code": _key(str(alignment["targetCode"])) if alignment.get("targetCode") else None,
        }
        for achievement_id, alignments in connection.execute(sa.text(_ALIGNMENTS)).all()
        for place, alignment in enumerate(json.loads(alignments))
    ]
    if rows:
        connection.execute(sa.table("aligned", *columns).insert(), rows)


def _key(value: str) -> str:
    data = value.encode("utf-8", "surrogatepass")
    return value if len(data) <= 500 else f"sha256:{hashlib.sha256(data).hexdigest()}"


def downgrade() -> None:
    """Remove them."""
    for table in (
        "aligned",
        "framework_words",
        "framework_grams",
        "framework_terms",
        "framework_texts",
        "framework_links",
        "framework_items",
        "framework_contents",
        "framework_versions",
        "frameworks",
    ):
        op.drop_table(table)
