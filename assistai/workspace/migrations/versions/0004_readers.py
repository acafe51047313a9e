"""Which readers read a document, where its rows begin, and whether a person has said its validity."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns: what was there before was read by earlier readers."""
    op.add_column("document", sa.Column("readers", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("document", sa.Column("place_starts", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("document", sa.Column("validity_said", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Remove them."""
    with op.batch_alter_table("document") as table:
        table.drop_column("validity_said")
        table.drop_column("place_starts")
        table.drop_column("readers")
