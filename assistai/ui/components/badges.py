"""A badge with words from a document: st.badge shows the backslashes that keep them harmless."""

from __future__ import annotations

import streamlit as st


def render_badge(label: str, *, color: str, icon: str = "", help: str | None = None) -> None:
    """Render harmless Markdown as a badge."""
    st.markdown(f":{color}-badge[{f'{icon} ' if icon else ''}{label}]", width="content", help=help)
