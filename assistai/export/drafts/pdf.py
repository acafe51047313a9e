"""Drafts as PDF: a page as the letter would be printed."""

from __future__ import annotations

import dataclasses
import datetime as dt

from assistai.export.drafts.view import DraftView
from assistai.export.pdf import set_pages


def render(view: DraftView, created_at: dt.datetime) -> bytes:
    """Return the PDF, the same bytes for the same draft; raises ExportError where it cannot be set."""
    return set_pages("draft", dataclasses.asdict(view), created_at)
