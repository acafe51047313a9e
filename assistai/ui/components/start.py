"""The start: drop a file, paste text or pick a sample; and the meetings saved before."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import streamlit as st

from assistai.errors import AssistAIError
from assistai.language.typography import format_date
from assistai.meetings.readers.titles import title_from_name
from assistai.resources import sample_meetings
from assistai.ui import state
from assistai.ui.text import language, plain, t

_TYPES = ["vtt", "srt", "docx", "txt", "md", "json"]


def render_start() -> None:
    """Render the form and the saved meetings; a meeting that is summarised or reopened becomes the open one."""
    st.title(t("start_title"))
    st.markdown(t("start_lead"))
    form, saved = st.columns([3, 2], gap="large")
    with form:
        _render_form()
    with saved:
        _render_saved()


def _render_form() -> None:
    with st.container(border=True):
        kinds = ["file", "paste", "sample"]
        kind = st.segmented_control(
            t("source"),
            kinds,
            format_func=lambda name: t(f"source_{name}"),
            default="file",
            required=True,
            key="source",
        )
        source: Path | bytes | str | None = None
        name: str | None = None
        if kind == "file":
            upload = st.file_uploader(t("file"), type=_TYPES, help=t("file_help"), key="upload")
            if upload is not None:
                source, name = upload.getvalue(), upload.name
        elif kind == "paste":
            text = st.text_area(
                t("paste"), height=240, placeholder=t("paste_example"), key="pasted", persist_state="session"
            )
            source = text if text.strip() else None
        else:
            samples = sample_meetings()
            source = st.selectbox(
                t("sample"), samples, format_func=lambda path: title_from_name(path.name) or path.stem
            )
        date = st.date_input(t("date"), value=None, format="DD/MM/YYYY", help=t("date_help"), key="date")
        if st.button(t("summarise"), type="primary", icon=":material/play_arrow:", disabled=source is None, key="go"):
            _summarise(source, name, date if isinstance(date, dt.date) else None)
        if source is None:
            st.caption(t("nothing_yet"))


def _sample_name(path: Path) -> str:
    return f"{title_from_name(path.name) or path.stem} ({path.suffix[1:]})"


def _summarise(source: Path | bytes | str | None, name: str | None, date: dt.date | None) -> None:
    if source is None:
        return
    meetings = state.assistai().meetings
    failure = ""
    with st.status(t("working"), expanded=True) as status:
        bar = st.progress(0.0, text=t("stage_reading"))
        # A click runs the page anew, which stops this run at its next progress: that is all that cancelling takes.
        st.button(t("cancel"), icon=":material/close:", key="cancel")

        def advance(stage: str, done: float) -> None:
            bar.progress(done, text=t(f"stage_{stage}"))

        try:
            transcript = meetings.read(source, name=name, date=date)
            minutes = meetings.summarise(transcript, progress=advance)
            state.begin(transcript, minutes)
        except AssistAIError as error:
            status.update(label=t("failed"), state="error")
            failure = plain(error.message(language()))
    if failure:
        st.error(failure, icon=":material/error:")
    else:
        st.rerun()


def _render_saved() -> None:
    st.subheader(t("saved"))
    try:
        entries = state.assistai().workspace.list()
    except AssistAIError as error:
        st.error(plain(error.message(language())), icon=":material/error:")
        return
    if not entries:
        st.info(t("saved_none"), icon=":material/lightbulb:")
    for entry in entries[:20]:
        with st.container(border=True):
            st.markdown(f"**{plain(entry.title)}**")
            day = format_date(entry.date, language()) if entry.date else t("no_date")
            st.caption(f"{day} · {t(f'status_{entry.status}')}")
            with st.container(horizontal=True):
                if st.button(t("open"), icon=":material/folder_open:", key=f"open-{entry.id}"):
                    state.show(state.assistai().workspace.load(entry.id))
                    st.rerun()
                if st.button(t("delete"), icon=":material/delete:", key=f"forget-{entry.id}", type="tertiary"):
                    _confirm_delete(entry.id, entry.title)


def _confirm_delete(meeting_id: str, title: str) -> None:
    @st.dialog(t("delete_meeting"))
    def ask() -> None:
        st.markdown(t("delete_meeting_ask", title=plain(title)))
        if st.button(t("delete_meeting_yes"), type="primary", key="forget-yes"):
            state.assistai().workspace.delete(meeting_id)
            st.rerun()

    ask()
