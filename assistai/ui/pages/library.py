"""The library page: bring documents, see what became of them, say what they are."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assistai.errors import AssistAIError
from assistai.ui import state
from assistai.ui.components.dialogs import close_dialogs
from assistai.ui.components.errors import render_error
from assistai.ui.components.ingesting import render_own
from assistai.ui.components.library_add import render_add
from assistai.ui.components.library_editions import render_editions
from assistai.ui.components.library_list import render_list
from assistai.ui.components.library_rebuild import render_rebuild
from assistai.ui.text import t

_ICONS = {"retried_failed": ":material/error:", "retried_partly": ":material/warning:"}


def page(bar: DeltaGenerator) -> None:
    """Render the title in `bar`, the form that adds documents and the list of those that are there."""
    close_dialogs()
    bar.title(t("library_title"), anchor=False, width="content")
    st.markdown(t("library_lead"), width=900)
    if said := st.session_state.pop("library-said", None):
        st.toast(t(said), icon=_ICONS.get(said, ":material/check:"))
    with st.container():  # what comes and goes here moves nothing below it
        render_own(follow=True)
    try:
        with st.container():
            render_rebuild()
        form, entries = st.columns([2, 3], gap="large")
        with form:
            render_add(state.assistai().documents.list())
        with entries:
            documents = state.assistai().documents.list()  # some may be finished since
            render_editions(documents)
            render_list(documents)
    except AssistAIError as error:
        render_error(error)
