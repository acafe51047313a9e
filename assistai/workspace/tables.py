"""The tables of the workspace; `migrations/` makes and changes them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Date, DateTime, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The root of the mapped classes; its metadata is what migrations compare with."""


class SavedRow(Base):
    """Saved work, and when it was last changed."""

    __abstract__ = True

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    updated_at: Mapped[dt.datetime] = mapped_column(DateTime, index=True)


class ReviewedRow(SavedRow):
    """Work under review: what was proposed, as JSON, and how far it is."""

    __abstract__ = True

    status: Mapped[str] = mapped_column(String(16))
    proposal: Mapped[str] = mapped_column(Text)


class MeetingRow(ReviewedRow):
    """A meeting under review: the transcript and the text as it stands, each as JSON."""

    __tablename__ = "meeting"

    title: Mapped[str] = mapped_column(Text)
    date: Mapped[dt.date | None] = mapped_column(Date)
    transcript: Mapped[str] = mapped_column(Text)
    minutes: Mapped[str] = mapped_column(Text)


class DraftRow(ReviewedRow):
    """A draft under review: the text as it stands and who answers for it, each as JSON."""

    __tablename__ = "draft"

    subject: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(64))
    draft: Mapped[str] = mapped_column(Text)
    review: Mapped[str] = mapped_column(Text)


class ConversationRow(SavedRow):
    """A conversation with the documents as JSON, its first question, and whose it is."""

    __tablename__ = "conversation"

    reader: Mapped[str] = mapped_column(String(64), index=True)
    question: Mapped[str] = mapped_column(Text)
    conversation: Mapped[str] = mapped_column(Text)


class DocumentRow(Base):
    """A document: what is known of it, and its text, into which passages point."""

    __tablename__ = "document"
    __table_args__ = (UniqueConstraint("collection", "source", name="uq_document_source"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    collection: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    container: Mapped[str | None] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    format: Mapped[str] = mapped_column(String(16))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int]
    language: Mapped[str] = mapped_column(String(2))
    pages: Mapped[int | None]
    text: Mapped[str] = mapped_column(Text)
    page_starts: Mapped[str] = mapped_column(Text)
    place_starts: Mapped[str] = mapped_column(Text, server_default="[]")
    unread: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16), index=True)
    problem: Mapped[str | None] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(Text)
    sensitivity: Mapped[int]
    validity: Mapped[str] = mapped_column(String(16))
    effective_from: Mapped[dt.date | None] = mapped_column(Date)
    effective_to: Mapped[dt.date | None] = mapped_column(Date)
    superseded_by: Mapped[str | None] = mapped_column(String(32))
    readers: Mapped[int] = mapped_column(server_default="0")
    validity_said: Mapped[bool] = mapped_column(server_default=false())
    title_said: Mapped[bool] = mapped_column(server_default=false())
    added_at: Mapped[dt.datetime] = mapped_column(DateTime)
    updated_at: Mapped[dt.datetime] = mapped_column(DateTime)


class CopyRow(Base):
    """Another place where the file of a document stands, with the bytes that were found there."""

    __tablename__ = "copy"

    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"), primary_key=True)
    source: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    container: Mapped[str | None] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))


class RememberedRow(Base):
    """What was said of a document whose file went away, as JSON: kept until the file is back."""

    __tablename__ = "remembered"

    collection: Mapped[str] = mapped_column(Text, primary_key=True)
    source: Mapped[str] = mapped_column(Text, primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    said: Mapped[str] = mapped_column(Text)


class PassageRow(Base):
    """A passage; `number` is its row in the full-text index, `id` its name in the vector index."""

    __tablename__ = "passage"
    __table_args__ = (Index("ix_passage_document", "document_id", "ordinal"),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(String(64), unique=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"))
    ordinal: Mapped[int]
    start: Mapped[int]
    end: Mapped[int]
    page: Mapped[int | None]
    place: Mapped[str | None] = mapped_column(Text)
    heading: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2))
    embedded: Mapped[bool] = mapped_column(index=True)


class VectorToDeleteRow(Base):
    """A vector that must leave the vector index: kept until it has."""

    __tablename__ = "vector_to_delete"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)


class VectorIndexRow(Base):
    """Which embedding model the vector index in use was made with: one row, or none."""

    __tablename__ = "vector_index"

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    dimension: Mapped[int]


class JudgementRow(Base):
    """What a user thought of an answer, the answer as JSON."""

    __tablename__ = "judgement"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(DateTime)
    question: Mapped[str] = mapped_column(Text)
    helpful: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text)
