"""The page of chat models: which engine writes, and those that can be had."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assistai.ui.components.engine import render_engine, say
from assistai.ui.components.local_models import render_local_models

_SERVER = """ASSISTAI_MODEL=openai:NAME
ASSISTAI_MODEL_URL=http://127.0.0.1:8080/v1
ASSISTAI_MODEL_KEY=…"""


def page(bar: DeltaGenerator) -> None:
    """Render the title in `bar`, the engine in use, the local models, and how a server is named."""
    bar.title(say("ui_title"), anchor=False, width="content")
    st.markdown(say("ui_lead"), width=900)
    engine, local = st.columns([2, 3], gap="large")
    in_use = engine.container()
    with engine:
        st.subheader(say("ui_server"), anchor=False)
        st.markdown(say("ui_server_text"))
        st.code(_SERVER, language="bash")
    with local:
        st.subheader(say("ui_local"), anchor=False)
        st.markdown(say("ui_local_text"))
        render_local_models()
    with in_use:  # last, since a trial takes its time
        st.subheader(say("ui_engine"), anchor=False)
        render_engine()
