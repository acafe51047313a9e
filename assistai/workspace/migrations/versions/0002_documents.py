"""Documents, their passages and the words of these; what answers were judged."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and the full-text index, which the store writes along with `passage`."""
    op.create_table(
        "document",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("collection", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("container", sa.Text()),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("format", sa.String(16), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("pages", sa.Integer()),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("page_starts", sa.Text(), nullable=False),
        sa.Column("unread", sa.Text(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("problem", sa.Text()),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("sensitivity", sa.Integer(), nullable=False),
        sa.Column("validity", sa.String(16), nullable=False),
        sa.Column("effective_from", sa.Date()),
        sa.Column("effective_to", sa.Date()),
        sa.Column("superseded_by", sa.String(32)),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.UniqueConstraint("collection", "source", name="uq_document_source"),
    )
    op.create_index("ix_document_sha256", "document", ["sha256"])
    op.create_index("ix_document_state", "document", ["state"])
    op.create_table(
        "passage",
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(64), nullable=False, unique=True),
        sa.Column("document_id", sa.String(32), sa.ForeignKey("document.id"), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer()),
        sa.Column("place", sa.Text()),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("embedded", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_passage_document", "passage", ["document_id", "ordinal"])
    op.create_index("ix_passage_embedded", "passage", ["embedded"])
    op.create_table("vector_to_delete", sa.Column("id", sa.String(64), primary_key=True))
    op.create_table(
        "vector_index",
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("dimension", sa.Integer(), nullable=False),
    )
    op.create_table(
        "judgement",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("helpful", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
    )
    op.execute(
        "CREATE VIRTUAL TABLE passage_words USING fts5(words, headings, exact,"
        " tokenize = \"unicode61 remove_diacritics 0 tokenchars '-_./@'\")"
    )
    op.execute("CREATE VIRTUAL TABLE passage_vocabulary USING fts5vocab(passage_words, 'row')")


def downgrade() -> None:
    """Remove them."""
    for table in (
        "passage_vocabulary",
        "passage_words",
        "judgement",
        "vector_index",
        "vector_to_delete",
        "passage",
        "document",
    ):
        op.execute(f"DROP TABLE {table}")
