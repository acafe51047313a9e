"""Drafts as Word: the organisation's own template, or the one that ships, a letter by French usage (NF Z 11-001).

A template that does not name `paragraphs` is taken for letter paper: the draft follows its text in its own styles.
What stands to be completed is highlighted.
"""

from __future__ import annotations

import copy
import datetime as dt
import io
from importlib.resources import files
from pathlib import Path
from typing import Any

from docx.enum.text import WD_COLOR_INDEX
from docx.shared import Cm

from assistai.drafting.placeholders import PLACEHOLDER
from assistai.errors import TemplateError
from assistai.export.docx import NOT_FILLED, FilledTemplate, set_language, timeless
from assistai.export.drafts.view import DraftView
from assistai.export.word_template import environment, read_template, used_fields

_LONGEST_PROPERTY = 255
_RIGHT = Cm(9)
_LIST_STYLES = ("List Bullet", "Liste à puces")


def default_template() -> Path:
    """Return the template that ships: open it in Word, change it, and name it in ASSISTAI_DRAFT_TEMPLATE."""
    return Path(str(files("assistai.export").joinpath("templates", "draft.docx")))


def render(view: DraftView, created_at: dt.datetime, template: Path | None = None) -> bytes:
    """Return the Word file, `created_at` (UTC) as its date.

    Raises TemplateError where the template is not usable or its fields are wrong.
    """
    path = template or default_template()
    content = read_template(path)
    fields = used_fields(content, path, DraftView, "drafts")
    document = FilledTemplate(io.BytesIO(content))
    try:
        document.render({name: getattr(view, name) for name in view.__slots__}, environment())
    except NOT_FILLED as error:
        raise TemplateError("template_failed", path=path, reason=error) from error
    if "paragraphs" not in fields:
        _append(document.docx, view)
    if view.mark and "mark" not in fields:
        document.docx.add_paragraph(view.mark)
    _highlight(document.docx)
    _describe(document.docx, view, created_at)
    if template is None:
        set_language(document.docx, view.language)
    written = io.BytesIO()
    document.save(written)
    return timeless(written.getvalue())


def _append(document: Any, view: DraftView) -> None:
    """Write the draft after the text of letter paper."""
    names = {style.name.casefold(): style for style in document.styles if style.name}
    bullet = next((names[name.casefold()] for name in _LIST_STYLES if name.casefold() in names), None)
    for line in (*view.recipients, view.place_and_date):
        if line:
            document.add_paragraph(line).paragraph_format.left_indent = _RIGHT
    if view.heading:
        document.add_paragraph().add_run(view.heading).bold = True
    if view.subject:
        document.add_paragraph().add_run(f"{view.labels['subject']} {view.subject}").bold = True
    for paragraph in view.paragraphs:
        if paragraph.item and bullet is not None:
            document.add_paragraph(paragraph.text, style=bullet)
        else:
            document.add_paragraph(str(paragraph))
    for line in view.signature:
        document.add_paragraph(line).paragraph_format.left_indent = _RIGHT


def _highlight(document: Any) -> None:
    """Put a colour behind what stands to be completed."""
    for paragraph in document.paragraphs:
        for run in list(paragraph.runs):
            matches = list(PLACEHOLDER.finditer(run.text))
            if not matches:
                continue
            text, position, last = run.text, 0, run
            for match in matches:
                last = _after(last, run, text[position : match.start()], None)
                last = _after(last, run, match.group(), WD_COLOR_INDEX.YELLOW)
                position = match.end()
            _after(last, run, text[position:], None)
            run._element.getparent().remove(run._element)


def _after(last: Any, model: Any, text: str, colour: Any) -> Any:
    """Add a run like another after the last one, and return it; nothing where there is no text."""
    from docx.text.run import Run

    if not text:
        return last
    element = copy.deepcopy(model._element)
    last._element.addnext(element)
    run = Run(element, model._parent)
    run.text = text
    if colour is not None:
        run.font.highlight_color = colour
    return run


def _describe(document: Any, view: DraftView, created_at: dt.datetime) -> None:
    properties = document.core_properties
    properties.title = (view.subject or view.heading)[:_LONGEST_PROPERTY]
    properties.subject = ""
    properties.author = view.organisation[:_LONGEST_PROPERTY]
    properties.last_modified_by = ""
    properties.comments = view.mark[:_LONGEST_PROPERTY]
    properties.language = view.language
    properties.created = properties.modified = created_at.replace(tzinfo=None, microsecond=0)
    properties.revision = 1
