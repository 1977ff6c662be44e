"""Frameworks that were read and wait for somebody to say yes."""

from __future__ import annotations

from alembic import op

from issuer_service.storage.migrations.parts import at, belongs, blob, index, key, text, word

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


# fmt: off
def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "staged_frameworks",
        text("id"), text("user_id"), text("affiliate_id", empty=True), word("source_format"), blob("content"),
        at("created_at"),
        key("staged_frameworks", "id"), belongs("staged_frameworks", "user_id", "users id"),
        belongs("staged_frameworks", "affiliate_id", "affiliates id"),
    )
    index("staged_frameworks", "user_id", "created_at")
    index("staged_frameworks", "created_at")
# fmt: on


def downgrade() -> None:
    """Remove it."""
    op.drop_table("staged_frameworks")
