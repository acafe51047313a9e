"""The switch between French and English."""

from __future__ import annotations

import streamlit as st

from assistai.ui.state import assistai

_NAMES = {"fr": "Français", "en": "English"}


def choose_language() -> None:
    """Show the switch and keep the choice in `st.session_state["language"]`, across pages."""
    st.session_state.setdefault("language", assistai().settings.language)
    with st.container(horizontal=True, horizontal_alignment="right"):
        chosen = st.segmented_control(
            "Langue / Language",
            list(_NAMES),
            format_func=_NAMES.__getitem__,
            default=st.session_state["language"],
            required=True,
            key="language_switch",
            label_visibility="collapsed",
        )
    st.session_state["language"] = chosen or st.session_state["language"]
