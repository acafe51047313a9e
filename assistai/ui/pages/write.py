"""The writing page: bring a brief or a mail to answer, or work on the draft that is open."""

from __future__ import annotations

from typing import cast

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assistai.errors import AssistAIError
from assistai.ui import drafting
from assistai.ui.components.draft_open import render_draft
from assistai.ui.components.draft_redrafting import render_redrafting
from assistai.ui.components.draft_start import render_draft_start
from assistai.ui.components.errors import render_error
from assistai.ui.text import td


def page(bar: DeltaGenerator) -> None:
    """Render the start, a model at work on a draft, or the open draft, with its title or tools in `bar`."""
    saved = drafting.current()
    if said := cast("str | None", st.session_state.pop("draft-said", None)):
        st.toast(said, icon=":material/check:")
    if problem := cast("AssistAIError | None", st.session_state.pop("draft-problem", None)):
        render_error(problem)
    try:
        if work := drafting.redrafting():
            render_redrafting(work, bar)
        elif saved is None:
            bar.title(td("write_title"), anchor=False, width="content")
            render_draft_start()
        else:
            render_draft(saved, bar)
    except AssistAIError as error:
        render_error(error)
