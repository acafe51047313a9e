"""Rename a speaker, or make two into one."""

from __future__ import annotations

import streamlit as st

from assistai.meetings import editing
from assistai.ui import state
from assistai.ui.text import t
from assistai.workspace import Meeting


def render_speakers(meeting: Meeting) -> None:
    """Render the button that opens the dialog."""
    names = meeting.transcript.participants
    if st.button(t("speakers"), icon=":material/group:", key="speakers", disabled=not names):
        _open(meeting)


def _open(meeting: Meeting) -> None:
    @st.dialog(t("speakers"))
    def form() -> None:
        names = list(meeting.transcript.participants)
        st.caption(t("speakers_help"))
        with st.form("speaker", border=False):
            old = st.selectbox(t("speaker_old"), names, key="speaker-old")
            new = st.selectbox(
                t("speaker_new"),
                names,
                index=None,
                accept_new_options=True,
                placeholder=t("person_placeholder"),
                key="speaker-new",
            )
            if not st.form_submit_button(t("save"), type="primary"):
                return
        if not old or not new or not new.strip() or new.strip() == old:
            st.error(t("speaker_missing"))
            return
        transcript, minutes = editing.rename_speaker(meeting.transcript, meeting.minutes, old, new.strip())
        state.change(minutes, transcript)
        st.rerun()

    form()
