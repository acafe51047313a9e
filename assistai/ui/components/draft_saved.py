"""The drafts saved on this machine: reopen one, or delete it for good."""

from __future__ import annotations

import streamlit as st

from assistai.errors import AssistAIError
from assistai.ui import drafting, state
from assistai.ui.components.errors import render_error
from assistai.ui.text import language, moment, plain, t, td
from assistai.workspace import DraftSummary

_PAGE = 6


def render_saved_drafts() -> None:
    """Render the list, latest first; nothing where nothing is saved but a word on where work will be."""
    st.subheader(td("saved"), anchor=False)
    entries = state.assistai().workspace.drafts.list()
    if not entries:
        st.info(td("saved_none"), icon=":material/lightbulb:")
        return
    page = st.pagination(-(-len(entries) // _PAGE), key="drafts-page") if len(entries) > _PAGE else 1
    names = {kind.id: kind.names.get(language())[0] for kind in state.assistai().drafts.kinds()}
    for entry in entries[(page - 1) * _PAGE : page * _PAGE]:
        _render_entry(entry, names.get(entry.kind, entry.kind))


def _render_entry(entry: DraftSummary, kind: str) -> None:
    to = f"  \n:small[{td('saved_to', names=plain(', '.join(entry.to)[:120]))}]" if entry.to else ""
    saved_at = moment(entry.updated_at, state.assistai().settings.timezone)
    with st.container(border=True, horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(
            f"**{plain(entry.subject or td('no_subject'))}**{to}  \n"
            f":small[{plain(kind)} · {t(f'status_{entry.status}')}]  \n:small[:gray[{td('saved_at', at=saved_at)}]]",
            width="stretch",
        )
        st.button(
            t("open"),
            icon=":material/folder_open:",
            key=f"open-draft-{entry.id}",
            on_click=drafting.open_saved,
            args=(entry.id,),
        )
        if st.button(t("delete"), icon=":material/delete:", key=f"forget-draft-{entry.id}", type="tertiary"):
            _confirm_delete(entry)


def _confirm_delete(entry: DraftSummary) -> None:
    @st.dialog(td("delete_draft"))
    def ask() -> None:
        st.markdown(td("delete_draft_ask", subject=plain(entry.subject or td("no_subject"))))
        with st.container(horizontal=True):
            if st.button(t("delete_meeting_yes"), type="primary", icon=":material/delete:", key="forget-draft-yes"):
                try:
                    state.assistai().workspace.drafts.delete(entry.id)
                except AssistAIError as error:
                    render_error(error)
                    return
                st.rerun()
            if st.button(t("keep"), key="forget-draft-no"):
                st.rerun()

    ask()
