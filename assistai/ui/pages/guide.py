"""The help page: what the app does, what it does not, and how to read a line."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assistai.ui.text import t


def page(bar: DeltaGenerator) -> None:
    """Render the help page, its title in `bar`."""
    bar.title(t("guide_title"), anchor=False, width="content")
    sections = st.columns(2, gap="large")
    for number, section in enumerate(
        (
            "does",
            "does_not",
            "files",
            "date",
            "reading",
            "verify",
            "edit",
            "private",
            "sign",
            "formats",
            "write",
            "ask",
            "library",
            "model",
        )
    ):
        with sections[number % 2]:
            st.subheader(t(f"guide_{section}_title"), anchor=False)
            st.markdown(t(f"guide_{section}"))
