"""Drafts as files: a mail that is not sent yet, Word, PDF, an invitation, Markdown, text to paste, JSON.

    export_draft(draft, "eml", settings=settings)   → bytes
    draft_file_name(draft, "eml")                    → "re-devis_2026-03-03.eml"
    warnings(draft, "eml")                           → what to know before it leaves: placeholders, untraced facts…

Nothing is sent. The same draft gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from assistai.drafting.draft import Attendance, Draft, Recipient
from assistai.drafting.replies import speaks_of_attachment
from assistai.errors import ExportError
from assistai.export.file_names import safe_name
from assistai.files.encoding import one_line
from assistai.language.typography import format_date
from assistai.language.words import fold
from assistai.records import Notice
from assistai.settings import Settings

_MIME_TYPES = {
    "eml": "message/rfc822",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "ics": "text/calendar",
    "md": "text/markdown",
    "txt": "text/plain",
    "json": "application/json",
}
DRAFT_FORMATS: tuple[str, ...] = tuple(_MIME_TYPES)
"""The formats of `export_draft`, by file extension; "ics" only for drafts that invite (`draft.event`)."""

_LONGEST_LIST = 300


def export_draft(
    draft: Draft,
    format: str,
    *,
    settings: Settings,
    status: str = "projet",
    sender: Recipient | None = None,
    files: Mapping[str, bytes] | None = None,
) -> bytes:
    """Return the draft as a file of one of `DRAFT_FORMATS`.

    `status` is that of its review: Word and PDF say so where nobody has approved it. `sender` and `files` (attachments
    by name) go into the mail. Word uses `settings.draft_template` if set. Raises ExportError for an unknown format or
    an invitation without a meeting, TemplateError for a broken Word template.
    """
    if format not in DRAFT_FORMATS:
        raise ExportError("format_unknown", format=format, known=", ".join(DRAFT_FORMATS))
    if format == "json":
        return draft.to_json().encode()
    from assistai.export.drafts import docx, eml, ics, pdf, text
    from assistai.export.drafts.view import draft_view

    if format == "ics" and draft.event is None:
        raise ExportError("draft_no_event")
    calendar = ics.render(draft, draft.event, settings.timezone) if draft.event is not None else b""
    if format == "ics":
        return calendar
    if format == "txt":
        return text.plain(draft)
    if format == "eml":
        return eml.render(draft, sender=sender, files=files, calendar=calendar)
    view = draft_view(draft, settings, status=status)
    if format == "md":
        return text.markdown(view)
    created = draft.provenance.created_at.astimezone(dt.UTC)
    return docx.render(view, created, settings.draft_template) if format == "docx" else pdf.render(view, created)


def draft_formats(draft: Draft) -> tuple[str, ...]:
    """Return the formats that a draft can have."""
    return tuple(format for format in DRAFT_FORMATS if format != "ics" or draft.event is not None)


def draft_file_name(draft: Draft, format: str) -> str:
    """Return a name for the file from subject and date, safe on every system."""
    ending = f"_{draft.provenance.created_at.date().isoformat()}.{format}"
    return safe_name(draft.subject, ending, "brouillon" if draft.language == "fr" else "draft")


def draft_mime_type(format: str) -> str:
    """Return the media type of one of `DRAFT_FORMATS`; raises ExportError for any other."""
    if format not in DRAFT_FORMATS:
        raise ExportError("format_unknown", format=format, known=", ".join(DRAFT_FORMATS))
    return _MIME_TYPES[format]


def warnings(draft: Draft, format: str, *, files: Mapping[str, bytes] | None = None) -> tuple[Notice, ...]:
    """Return what to know before the draft leaves as a file of that format: codes of the `drafts` catalogue."""
    return tuple(_warnings(draft, format, set(files or {})))


def _warnings(draft: Draft, format: str, files: set[str]) -> Iterator[Notice]:
    if draft.placeholders:
        yield _listed("export_placeholders", draft.placeholders)
    if wrong := [fact.text for fact in draft.facts if fact.trace == "contradicted"]:
        yield _listed("export_contradicted", wrong)
    if doubtful := [fact.text for fact in draft.facts if fact.note and fact.trace != "contradicted"]:
        yield _listed("export_weekday", doubtful)
    if untold := [fact.text for fact in draft.facts if fact.trace == "untraced" and not fact.note]:
        yield _listed("export_untraced", untold)
    if promised := [promise.text for promise in draft.promises if promise.source is None]:
        yield _listed("export_promises", promised)
    if draft.unplaced:
        yield _listed("export_unplaced", draft.unplaced)
    if format in ("eml", "ics"):
        if not draft.recipients:
            yield Notice("export_no_recipient")
        if nameless := [one.name for one in draft.recipients if not one.address]:
            yield _listed("export_no_address", nameless)
    if format == "eml":
        if missing := [name for name in draft.attachments if name not in files]:
            yield _listed("export_files_missing", missing)
        elif not files and (said := speaks_of_attachment(draft.body)):
            yield Notice("draft_attachment_missing", params=(("text", one_line(said)[:200]),))
    if format in ("eml", "ics") and draft.event is not None:
        event = draft.event
        if event.organiser is None or not event.organiser.address:
            yield Notice("export_no_organiser")
        if event.start is None and event.day is None:
            yield Notice("export_no_start")
        elif event.start is not None and event.end is None:
            yield Notice("export_no_end")
        yield from _apart(draft, event)


def _apart(draft: Draft, event: Attendance) -> Iterator[Notice]:
    """Yield what the calendar says and the text does not: one of the two was changed alone."""
    words = fold(" ".join(draft.body.split()))
    days = [format_date(event.day, draft.language)] if event.day else []
    said = [*days, *([event.place] if event.place else [])]
    if missing := [text for text in said if fold(" ".join(text.split())) not in words]:
        yield _listed("export_event_apart", missing)


def _listed(code: str, found: list[str] | tuple[str, ...]) -> Notice:
    distinct = list(dict.fromkeys(map(one_line, found)))
    return Notice(code, params=(("count", str(len(distinct))), ("list", " ; ".join(distinct)[:_LONGEST_LIST])))
