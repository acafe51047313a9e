"""Quotes under a line: what was said, by whom, when, and the way to the turn."""

from __future__ import annotations

import streamlit as st

from assistai.records import Quote
from assistai.ui import state
from assistai.ui.text import quoted, said, t


def render_evidence(evidence: tuple[Quote, ...], key: str, *, words: bool = True) -> None:
    """Render each quote with its button; without `words`, only the buttons, named by speaker and time."""
    if not words:
        with st.container(horizontal=True, gap="small"):
            for number, quote in enumerate(evidence):
                _render_button(quote, said(quote), f"see-{key}-{number}")
        return
    for number, quote in enumerate(evidence):
        with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
            st.markdown(f"{quoted(quote.quote)} :small[:gray[{said(quote)}]]", width="stretch")
            _render_button(quote, t("see"), f"see-{key}-{number}")


def _render_button(quote: Quote, label: str, key: str) -> None:
    st.button(
        label,
        icon=":material/format_quote:",
        key=key,
        type="tertiary",
        help=t("see_in_transcript"),
        on_click=state.focus,
        args=(quote.turn,),
    )
