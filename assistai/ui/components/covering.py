"""From minutes to the mails that go with them, in one step: one a participant, the minutes in Word attached."""

from __future__ import annotations

import streamlit as st

from assistai.errors import AssistAIError
from assistai.export import export, file_name
from assistai.ui import drafting, state
from assistai.ui.components.errors import render_error
from assistai.ui.text import td
from assistai.workspace import Meeting


def render_covering(meeting: Meeting) -> None:
    """Render the button; the mails are saved as drafts, and the writing page lists them."""
    if not st.button(td("covering"), icon=":material/forward_to_inbox:", key="covering", help=td("covering_help")):
        return
    ai = state.assistai()
    try:
        with st.spinner(td("writing")):
            name = file_name(meeting.minutes, "docx")
            document = export(meeting.minutes, "docx", settings=ai.settings, transcript=meeting.transcript)
            notes = ai.drafts.covering_notes(meeting.minutes, attachments=[name])
            for draft in reversed(notes):
                drafting.keep(draft, {name: document})
    except AssistAIError as error:
        render_error(error)
        return
    drafting.close()
    st.session_state["draft-said"] = td("covering_done", count=len(notes))
    st.switch_page(st.session_state["writing-page"])
