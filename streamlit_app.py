"""The app's router: page settings, the bar at the top, navigation. `assistai ui` or `make run` starts it."""

from functools import partial

import streamlit as st

from assistai.resources import root
from assistai.ui.components.engine import render_engine_link, say
from assistai.ui.components.language import tell_browser, top_bar
from assistai.ui.pages import ask, guide, library, minutes, model, write
from assistai.ui.text import t, td

icon = str(root() / "static" / "icon.svg")
st.set_page_config(page_title="assistai", page_icon=icon, layout="wide")
st.logo(icon, size="large")
bar, engine = top_bar()
writing = st.Page(partial(write.page, bar), title=td("page_write"), icon=":material/edit_square:", url_path="write")
st.session_state["writing-page"] = writing
models = st.Page(partial(model.page, bar), title=say("ui_page"), icon=":material/memory:", url_path="model")
pages = [
    st.Page(
        partial(minutes.page, bar),
        title=t("page_minutes"),
        icon=":material/summarize:",
        url_path="minutes",
        default=True,
    ),
    writing,
    st.Page(partial(ask.page, bar), title=t("page_ask"), icon=":material/forum:", url_path="ask"),
    st.Page(partial(library.page, bar), title=t("page_library"), icon=":material/library_books:", url_path="library"),
    models,
    st.Page(partial(guide.page, bar), title=t("page_guide"), icon=":material/help:", url_path="guide"),
]
page = st.navigation(pages, position="top")
st.set_page_config(page_title=f"{page.title} – assistai")
with engine:
    render_engine_link(models)
page.run()
tell_browser()
