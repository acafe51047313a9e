"""A chat model at work on minutes: how far it is, its words as they come, and the button that stops it."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assistai.models.usage import number_text
from assistai.ui import state
from assistai.ui.composing import Composing
from assistai.ui.text import language, plain, t

AT_ONCE = 0.5
"""Seconds between two looks at the work."""

_SHOWN = 600
"""Characters of the model's words that are shown: the last ones."""


def render_composing(composing: Composing, bar: DeltaGenerator) -> None:
    """Render the work until it ends, its title in `bar`; then the meeting opens."""
    bar.title(plain(composing.minutes.title), anchor=False, width="content")
    st.markdown(t("composing_lead"), width=900)
    _render_progress(composing)


@st.fragment(run_every=AT_ONCE)
def _render_progress(composing: Composing) -> None:
    if not composing.running:
        state.finish_composing()
        st.rerun()
    writing = composing.writing
    model = state.chat_model()
    with st.container(border=True):
        st.markdown(f"**{t('composing', model=plain(model.name if model else ''))}**")
        if writing is None:
            st.progress(0.0, text=t("composing_waiting"))
        else:
            share = min(0.95, len(writing.text) / _LONGEST_REPLY)
            done = (writing.part - 1 + share) / writing.parts
            st.progress(done, text=t("composing_part", part=writing.part, parts=writing.parts))
            read, written = (number_text(value, language()) for value in (writing.usage.read, writing.usage.written))
            st.caption(t("composing_tokens", read=read, written=written))
        st.button(
            t("composing_stop"), icon=":material/stop_circle:", key="composing-stop", on_click=state.stop_composing
        )
        render_unchecked(" ".join(writing.sentences) if writing else "")


def render_unchecked(words: str) -> None:
    """Render a model's words as they come, the last ones, told apart from what was checked."""
    st.caption(f":material/edit_note: {t('composing_unchecked')}")
    with st.container(height=180, border=False):
        st.markdown(f":gray[{plain(('… ' if len(words) > _SHOWN else '') + words[-_SHOWN:]) or '…'}]")


_LONGEST_REPLY = 6000
"""Characters of a reply of usual length, by which the bar moves within a part."""
