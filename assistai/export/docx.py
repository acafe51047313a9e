"""Minutes as Word: the organisation's own template filled by docxtpl, or the one that ships.

A template that names none of `topics`, `decisions`, `actions` and `questions` is taken for letter paper: the minutes
follow its text, in its own heading, list and table styles. Where a template shows decisions or actions without their
`mark`, the mark is put into the text; where it never shows `notice`, the notice is put at the end.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import docxtpl
import jinja2
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from assistai.errors import TemplateError
from assistai.export import letter_paper
from assistai.export.view import MinutesView
from assistai.export.word_template import environment, read_template, used_fields
from assistai.records import Language

_CONTENT = frozenset({"topics", "decisions", "actions", "questions"})
_LONGEST_PROPERTY = 255
_SAME_MOMENT = (1980, 1, 1, 0, 0, 0)
NOT_FILLED = (  # what Jinja, an expression of the template, and lxml (SyntaxError) raise
    jinja2.TemplateError,
    SyntaxError,
    TypeError,
    ValueError,
    ArithmeticError,
    AttributeError,
    LookupError,
)


def default_template() -> Path:
    """Return the template that ships: open it in Word, change it, and name it in ASSISTAI_WORD_TEMPLATE."""
    return Path(str(files("assistai.export").joinpath("templates", "minutes.docx")))


def render(view: MinutesView, created_at: dt.datetime, template: Path | None = None) -> bytes:
    """Return the Word file, `created_at` (UTC) as its date.

    Raises TemplateError where the template is not usable or its fields are wrong.
    """
    path = template or default_template()
    content = read_template(path)
    fields = used_fields(content, path)
    document = FilledTemplate(io.BytesIO(content))
    try:
        document.render(_fields(_marked(view, fields)), environment())
    except NOT_FILLED as error:
        raise TemplateError("template_failed", path=path, reason=error) from error
    if _CONTENT.isdisjoint(fields):
        letter_paper.append(document.docx, view)
    elif "notice" not in fields:
        document.docx.add_paragraph(view.notice)
    _describe(document.docx, view, created_at)
    if template is None:
        set_language(document.docx, view.text_language)
    written = io.BytesIO()
    document.save(written)
    return timeless(written.getvalue())


class FilledTemplate(docxtpl.DocxTemplate):  # type: ignore[misc]
    """A docxtpl template that fails where docxtpl would drop malformed text, and leaves properties to `_describe`."""

    def fix_tables(self, xml: str) -> Any:
        """Return the document's element; raises SyntaxError where the filled XML is malformed."""
        parse_xml(xml)
        return super().fix_tables(xml)

    def render_properties(self, context: dict[str, Any], jinja_env: jinja2.Environment | None = None) -> None:
        """Leave the file's properties to who fills the template."""


def _fields(view: MinutesView) -> dict[str, object]:
    return {name: getattr(view, name) for name in view.__slots__}


def _marked(view: MinutesView, fields: list[str]) -> MinutesView:
    """Return the view with the marks inside the text of what the template shows without them."""
    changed: dict[str, object] = {}
    if not {"decisions.mark", "decisions.state"} <= set(fields):
        changed["decisions"] = tuple(replace(item, text=str(item), mark="", state="") for item in view.decisions)
    if "actions.mark" not in fields:
        changed["actions"] = tuple(replace(item, task=str(item)) for item in view.actions)
    if "questions.mark" not in fields:
        changed["questions"] = tuple(replace(item, text=str(item)) for item in view.questions)
    if "topics.summary.mark" not in fields:
        changed["topics"] = tuple(
            replace(topic, summary=tuple(replace(line, text=str(line)) for line in topic.summary))
            for topic in view.topics
        )
    return replace(view, **changed)  # type: ignore[arg-type]


def _describe(document: Any, view: MinutesView, created_at: dt.datetime) -> None:
    """Write the file's properties: those of these minutes, not of the template."""
    properties = document.core_properties
    moment = created_at.replace(tzinfo=None, microsecond=0)
    properties.title = view.title[:_LONGEST_PROPERTY]
    properties.subject = view.labels["minutes_of"]
    properties.author = view.organisation[:_LONGEST_PROPERTY]
    properties.last_modified_by = ""
    properties.comments = view.notice[:_LONGEST_PROPERTY]
    properties.language = view.language
    properties.created = properties.modified = moment
    properties.revision = 1


def set_language(document: Any, language: Language) -> None:
    """Tell Word in which language to check the spelling."""
    for element in document.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), {"fr": "fr-FR", "en": "en-GB"}[language])


def timeless(content: bytes) -> bytes:
    """Return the package with one fixed time stamp for all parts, so that the same minutes give the same file."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(target, "w") as copy:
        for part in package.infolist():
            entry = zipfile.ZipInfo(part.filename, _SAME_MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            copy.writestr(entry, package.read(part))
    return target.getvalue()
