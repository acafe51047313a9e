"""The meetings saved on this machine: reopen one, or delete it for good."""

from __future__ import annotations

import streamlit as st

from assistai.errors import AssistAIError
from assistai.language.typography import format_date
from assistai.ui import state
from assistai.ui.components.errors import render_error
from assistai.ui.components.saved_work import Kind, SavedWork, render_saved_work
from assistai.ui.text import language, moment, plain, t
from assistai.workspace import MeetingSummary


def render_saved() -> None:
    """Render the list, latest first; nothing where nothing is saved but a word on where work will be."""
    st.subheader(t("saved"), anchor=False)
    workspace = state.assistai().workspace
    try:
        entries = workspace.list()
    except AssistAIError as error:
        render_error(error)
        return
    if not entries:
        st.info(t("saved_none"), icon=":material/lightbulb:")
        return
    render_saved_work(entries, _read, Kind("meeting", state.open_saved, workspace.delete, t("delete_meeting")))


def _read(entry: MeetingSummary) -> SavedWork:
    day = format_date(entry.date, language()) if entry.date else t("no_date")
    saved_at = moment(entry.updated_at, state.assistai().settings.timezone)
    title = plain(entry.title)
    return SavedWork(
        entry.id,
        f"**{title}**  \n:small[{day} · {t(f'status_{entry.status}')}]  \n:small[:gray[{t('saved_at', at=saved_at)}]]",
        t("delete_meeting_ask", title=title),
    )
