"""Download the minutes in any format; each file is made when it is asked for."""

from __future__ import annotations

from functools import partial

import streamlit as st

from assistai.errors import TemplateError
from assistai.export import FORMATS, check_template, export, file_name, mime_type
from assistai.records import Language
from assistai.ui import state
from assistai.ui.text import language, plain, t
from assistai.workspace import Meeting

_ICONS = {"docx": "description", "pdf": "picture_as_pdf", "ics": "event", "csv": "table", "html": "language"}
_LANGUAGES: dict[Language, str] = {"fr": "Français", "en": "English"}


def render_downloads(meeting: Meeting) -> None:
    """Render the popover with a button a format."""
    minutes = meeting.minutes
    settings = state.assistai().settings
    with st.popover(t("download"), icon=":material/download:", type="primary"):
        if minutes.review.status == "projet":
            st.caption(t("download_unreviewed"))
        chosen = st.segmented_control(
            t("download_language"),
            list(_LANGUAGES),
            format_func=_LANGUAGES.__getitem__,
            default=minutes.language,
            required=True,
            key="download-language",
        )
        problem = _template_problem()
        if problem:
            st.error(problem, icon=":material/error:")
        for name in sorted(FORMATS, key=("docx", "pdf", "html", "md", "csv", "ics", "json").index):
            st.download_button(
                t(f"format_{name}"),
                data=partial(
                    export,
                    minutes,
                    name,
                    language=chosen or language(),
                    settings=settings,
                    transcript=meeting.transcript,
                ),
                file_name=file_name(minutes, name),
                mime=mime_type(name),
                icon=f":material/{_ICONS.get(name, 'draft')}:",
                key=f"download-{name}",
                on_click="ignore",
                disabled=name == "docx" and bool(problem),
                width="stretch",
            )


def _template_problem() -> str:
    """Return what is wrong with the organisation's Word template, so that the file is not asked for in vain."""
    template = state.assistai().settings.word_template
    if template is None:
        return ""
    try:
        check_template(template)
    except TemplateError as error:
        return plain(error.message(language()))
    return ""
