"""A chat model at work on a draft: its words as they come, the button that stops it, and the text that stands."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assistai.ui import drafting, state
from assistai.ui.components.composing import AT_ONCE, render_unchecked
from assistai.ui.redrafting import Redrafting
from assistai.ui.text import plain, td

_LEAST = 200
"""Characters of a short message: the bar of the progress counts on no fewer."""


def render_redrafting(work: Redrafting, bar: DeltaGenerator) -> None:
    """Render the work until it ends, its title in `bar`; then the draft opens."""
    draft = work.saved.draft
    bar.title(plain(draft.subject) or td("write_title"), anchor=False, width="content")
    st.markdown(td("redrafting_lead" if work.first else "redrafting_change_lead"), width=900)
    _render_progress(work)
    st.caption(f":material/draft: {td('redrafting_kept' if work.first else 'redrafting_present')}")
    with st.container(border=True, key="redrafting-kept"):
        for paragraph in filter(None, (block.strip() for block in draft.body.split("\n\n"))):
            st.markdown("  \n".join(plain(line) for line in paragraph.splitlines()))


@st.fragment(run_every=AT_ONCE)
def _render_progress(work: Redrafting) -> None:
    if not work.running:
        drafting.finish_redrafting(seen=True)
        st.rerun()
    model = state.chat_model()
    with st.container(border=True):
        st.markdown(f"**{td('redrafting', model=plain(model.name if model else ''))}**")
        share = min(0.95, len(work.words) / max(_LEAST, len(work.saved.draft.body)))
        st.progress(share, text=td("redrafting_writing" if work.words else "redrafting_waiting"))
        st.button(
            td("redrafting_stop" if work.first else "redrafting_change_stop"),
            icon=":material/stop_circle:",
            key="redrafting-stop",
            on_click=drafting.stop_redrafting,
        )
        render_unchecked(work.words)
