"""Where else the file of a document stands."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table: places of before are known once they are brought again."""
    op.create_table(
        "copy",
        sa.Column("document_id", sa.String(32), sa.ForeignKey("document.id"), primary_key=True),
        sa.Column("source", sa.Text(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("container", sa.Text()),
        sa.Column("sha256", sa.String(64), nullable=False),
    )


def downgrade() -> None:
    """Remove it."""
    op.drop_table("copy")
