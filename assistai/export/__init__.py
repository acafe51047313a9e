"""Reviewed minutes as files: JSON, Markdown, Word, PDF, calendar, CSV, HTML.

    export(minutes, "docx", settings=settings)   → bytes
    file_name(minutes, "docx")                   → "comite-de-direction_2026-03-02.docx"
    check_template(path)                         → the fields that a Word template uses, or TemplateError

Each format but JSON renders one view (`view.py`) in which every record is already in words (`wording.py`).
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from assistai.errors import ExportError
from assistai.export.file_names import safe_name
from assistai.meetings.minutes import Minutes
from assistai.meetings.transcript import Transcript
from assistai.records import Language
from assistai.settings import Settings

_MIME_TYPES = {
    "json": "application/json",
    "md": "text/markdown",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "ics": "text/calendar",
    "csv": "text/csv",
    "html": "text/html",
}
FORMATS: tuple[str, ...] = tuple(_MIME_TYPES)
"""The formats of `export`, by file extension."""


def export(
    minutes: Minutes,
    format: str,
    *,
    language: Language | None = None,
    settings: Settings,
    transcript: Transcript | None = None,
) -> bytes:
    """Return the minutes as a file of one of `FORMATS`; the same minutes give the same bytes.

    `language` is that of labels, by default the minutes' own; JSON is the contract's, without labels. The transcript,
    where given, adds the times of topics, checks their summaries and is searched for meetings to come. Word uses
    `settings.word_template` if set. Raises ExportError for an unknown format and TemplateError for a broken Word
    template.
    """
    if format not in FORMATS:
        raise ExportError("format_unknown", format=format, known=", ".join(FORMATS))
    if format == "json":
        return minutes.to_json().encode()

    from assistai.export import csv, docx, html, ics, markdown, pdf
    from assistai.export.wording import minutes_view

    created = minutes.provenance.created_at
    moment = created.astimezone(dt.UTC) if created.tzinfo else created.replace(tzinfo=dt.UTC)
    view = minutes_view(minutes, language or minutes.language, settings, transcript)
    if format == "md":
        return markdown.render(view)
    if format == "docx":
        return docx.render(view, moment, settings.word_template)
    if format == "pdf":
        return pdf.render(view, moment)
    if format == "ics":
        return ics.render(minutes, view, moment, settings.timezone, transcript)
    return csv.render(minutes, view) if format == "csv" else html.render(view)


def check_template(path: Path) -> list[str]:
    """Return the fields that a Word template uses, in order; an empty list if it is a letterhead without fields.

    Raises TemplateError if it is missing, not a Word file, has macros, is too large, has a Jinja error (with the line
    of text that it stands in) or names fields that do not exist (each with the nearest that does).
    """
    from assistai.export.word_template import read_template, used_fields

    return used_fields(read_template(path), path)


def file_name(minutes: Minutes, format: str) -> str:
    """Return a name for the file from title and date, safe on every system and at most 80 characters long."""
    ending = (f"_{minutes.date.isoformat()}" if minutes.date else "") + f".{format}"
    return safe_name(minutes.title, ending, "compte-rendu" if minutes.language == "fr" else "minutes")


def mime_type(format: str) -> str:
    """Return the media type of one of `FORMATS`; raises ExportError for any other."""
    if format not in FORMATS:
        raise ExportError("format_unknown", format=format, known=", ".join(FORMATS))
    return _MIME_TYPES[format]
