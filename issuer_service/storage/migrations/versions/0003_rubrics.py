"""How far each skill of an achievement goes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Achievements that are there have none."""
    op.add_column("versions", sa.Column("rubrics", sa.Text, nullable=False, server_default="[]"))


def downgrade() -> None:
    """Remove it."""
    op.drop_column("versions", "rubrics")
