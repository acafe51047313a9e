"""Meetings under review."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of meetings."""
    op.create_table(
        "meeting",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("date", sa.Date()),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("transcript", sa.Text(), nullable=False),
        sa.Column("proposal", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Text(), nullable=False),
    )
    op.create_index("ix_meeting_updated_at", "meeting", ["updated_at"])


def downgrade() -> None:
    """Remove it."""
    op.drop_table("meeting")
