"""The tables of the workspace; `migrations/` makes and changes them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Date, DateTime, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The root of the mapped classes; its metadata is what migrations compare with."""


class MeetingRow(Base):
    """A meeting under review: the transcript, the engine's proposal and the text as it stands, each as JSON."""

    __tablename__ = "meeting"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    date: Mapped[dt.date | None] = mapped_column(Date)
    status: Mapped[str] = mapped_column(String(16))
    updated_at: Mapped[dt.datetime] = mapped_column(DateTime, index=True)
    transcript: Mapped[str] = mapped_column(Text)
    proposal: Mapped[str] = mapped_column(Text)
    minutes: Mapped[str] = mapped_column(Text)
