"""The meetings saved on this machine: reopen one, or delete it for good."""

from __future__ import annotations

import streamlit as st

from assistai.errors import AssistAIError
from assistai.language.typography import format_date
from assistai.ui import state
from assistai.ui.text import language, moment, plain, t
from assistai.workspace import MeetingSummary

_PAGE = 6


def render_saved() -> None:
    """Render the list, latest first; nothing where nothing is saved but a word on where work will be."""
    st.subheader(t("saved"), anchor=False)
    try:
        entries = state.assistai().workspace.list()
    except AssistAIError as error:
        st.error(plain(error.message(language())), icon=":material/error:")
        return
    if not entries:
        st.info(t("saved_none"), icon=":material/lightbulb:")
        return
    page = st.pagination(-(-len(entries) // _PAGE), key="saved-page") if len(entries) > _PAGE else 1
    for entry in entries[(page - 1) * _PAGE : page * _PAGE]:
        _render_entry(entry)


def _render_entry(entry: MeetingSummary) -> None:
    day = format_date(entry.date, language()) if entry.date else t("no_date")
    saved_at = moment(entry.updated_at, state.assistai().settings.timezone)
    with st.container(border=True, horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(
            f"**{plain(entry.title)}**  \n:small[{day} · {t(f'status_{entry.status}')}]  \n"
            f":small[:gray[{t('saved_at', at=saved_at)}]]",
            width="stretch",
        )
        st.button(
            t("open"),
            icon=":material/folder_open:",
            key=f"open-{entry.id}",
            on_click=state.open_saved,
            args=(entry.id,),
        )
        if st.button(t("delete"), icon=":material/delete:", key=f"forget-{entry.id}", type="tertiary"):
            _confirm_delete(entry)


def _confirm_delete(entry: MeetingSummary) -> None:
    @st.dialog(t("delete_meeting"))
    def ask() -> None:
        st.markdown(t("delete_meeting_ask", title=plain(entry.title)))
        with st.container(horizontal=True):
            if st.button(t("delete_meeting_yes"), type="primary", icon=":material/delete:", key="forget-yes"):
                try:
                    state.assistai().workspace.delete(entry.id)
                except AssistAIError as error:
                    st.error(plain(error.message(language())), icon=":material/error:")
                    return
                st.rerun()
            if st.button(t("keep"), key="forget-no"):
                st.rerun()

    ask()
