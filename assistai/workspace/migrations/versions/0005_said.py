"""Whether a person has said the title of a document, and what was said of documents whose file is away."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column and the table: of titles that are there it is not known who gave them."""
    op.add_column("document", sa.Column("title_said", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "remembered",
        sa.Column("collection", sa.Text(), primary_key=True),
        sa.Column("source", sa.Text(), primary_key=True),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
    )
    op.create_index("ix_remembered_sha256", "remembered", ["sha256"])


def downgrade() -> None:
    """Remove them."""
    op.drop_table("remembered")
    with op.batch_alter_table("document") as table:
        table.drop_column("title_said")
