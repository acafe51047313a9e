"""The help page: what the app does, what it does not, and how to read a line."""

from __future__ import annotations

import streamlit as st

from assistai.ui.text import t


def page() -> None:
    """Render the help page."""
    st.title(t("guide_title"))
    for section in ("does", "does_not", "files", "date", "reading", "private", "sign"):
        st.subheader(t(f"guide_{section}_title"))
        st.markdown(t(f"guide_{section}"))
