"""The bar at the top: room for a page's title or tools, and the switch between French and English."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assistai.records import Language
from assistai.ui.state import assistai
from assistai.ui.text import language

NAMES = {"fr": "Français", "en": "English"}
_IN_WORDS = (
    *("library-sensitivity", "library-filter-state", "library-filter-validity", "where-sensitivity"),
    *("meeting-sensitivity", "details-sensitivity", "item-state", "writer"),
    *("write-kind-", "write-tone", "write-style", "write-sensitivity"),
)
"""How the keys of those lists begin of which the chosen entry is shown in the language of the screen."""

_SCRIPT = "export default ({ data }) => { document.documentElement.lang = data; };"


def top_bar() -> tuple[DeltaGenerator, DeltaGenerator]:
    """Render the bar and return the containers for the page's title or tools, and for which engine writes.

    The language is kept in the address (`?lang=English`), so that a refresh and another page keep it. Where nobody
    chose one it is that of the settings, then that of the browser.
    """
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        tools = st.container(horizontal=True, vertical_alignment="center", width="content", gap="small")
        with st.container(horizontal=True, vertical_alignment="center", width="content", gap="small"):
            engine = st.container(width="content")
            st.segmented_control(
                "Langue / Language",
                list(NAMES),
                format_func=NAMES.__getitem__,
                default=_usual(),
                required=True,
                key="lang",
                bind="query-params",
                on_change=_say_choices_anew,
                label_visibility="collapsed",
            )
    return tools, engine


def _usual() -> Language:
    settings = assistai().settings
    english = (st.context.locale or "").lower().startswith("en")
    return "en" if english and "language" not in settings.model_fields_set else settings.language


def _say_choices_anew() -> None:
    """Have lists show what is chosen in the new language: a list that is only drawn anew keeps the former words."""
    for key in [str(key) for key in st.session_state]:
        if key.startswith(_IN_WORDS) and st.session_state[key] is not None:
            st.session_state[key] = st.session_state[key]


def tell_browser() -> None:
    """Name the language of the screen in the page, for those who have it read aloud; Streamlit always says English."""
    show = st.components.v2.component("assistai_language", js=_SCRIPT)
    show(key="page-language", data=language(), height=1)
