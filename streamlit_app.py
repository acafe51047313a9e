"""The app's router: page settings, language, navigation. `assistai ui` or `make run` starts it."""

import streamlit as st

from assistai.ui.components.language import choose_language
from assistai.ui.pages import guide, minutes
from assistai.ui.text import t

st.set_page_config(page_title="assistai", page_icon=":material/fact_check:", layout="wide")
choose_language()
pages = [
    st.Page(minutes.page, title=t("page_minutes"), icon=":material/summarize:", url_path="minutes", default=True),
    st.Page(guide.page, title=t("page_guide"), icon=":material/help:", url_path="guide"),
]
st.navigation(pages, position="top").run()
