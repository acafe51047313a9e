"""An error on the screen: what happened and what to do next, never a traceback."""

from __future__ import annotations

import streamlit as st

from assistai.errors import AssistAIError
from assistai.ui.text import language, plain


def render_error(error: AssistAIError) -> None:
    """Render what an error says to the user."""
    st.error(plain(error.message(language())), icon=":material/error:")
