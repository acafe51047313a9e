"""The bar at the top: room for a page's title or tools, and the switch between French and English."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assistai.ui.state import assistai
from assistai.ui.text import language

NAMES = {"fr": "Français", "en": "English"}
_SCRIPT = "export default ({ data }) => { document.documentElement.lang = data; };"


def top_bar() -> tuple[DeltaGenerator, DeltaGenerator]:
    """Render the bar and return the containers for the page's title or tools, and for which engine writes.

    The language is kept in the address (`?lang=English`), so that a refresh and another page keep it.
    """
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        tools = st.container(horizontal=True, vertical_alignment="center", width="content", gap="small")
        with st.container(horizontal=True, vertical_alignment="center", width="content", gap="small"):
            engine = st.container(width="content")
            st.segmented_control(
                "Langue / Language",
                list(NAMES),
                format_func=NAMES.__getitem__,
                default=assistai().settings.language,
                required=True,
                key="lang",
                bind="query-params",
                label_visibility="collapsed",
            )
    return tools, engine


def tell_browser() -> None:
    """Name the language of the screen in the page, for those who have it read aloud; Streamlit always says English."""
    show = st.components.v2.component("assistai_language", js=_SCRIPT)
    show(key="page-language", data=language(), height=1)
