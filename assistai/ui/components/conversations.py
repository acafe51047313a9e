"""The conversations that this browser's reader held: reopen one, or delete it for good."""

from __future__ import annotations

import streamlit as st

from assistai.errors import AssistAIError
from assistai.ui import conversing, state
from assistai.ui.components.errors import render_error
from assistai.ui.components.saved_work import Kind, SavedWork, render_saved_work
from assistai.ui.text import moment, plain, t
from assistai.workspace import ConversationSummary

_LONGEST = 200
_SCRIPT = """
export default ({ data }) => {
  document.cookie = `${data.name}=${data.reader}; path=/; max-age=34560000; SameSite=Strict`;
};
"""


def render_conversations() -> None:
    """Render the list, latest first, and where it is kept; where there is none, where it will be."""
    try:
        entries = conversing.saved()
    except AssistAIError as error:
        render_error(error)
        return
    if not entries:
        st.caption(f":material/lock: {t('conversations_none', until=_until())}")
        return
    st.subheader(t("conversations"), anchor=False)
    st.caption(f":material/lock: {t('conversations_kept', until=_until())}")
    kind = Kind("conversation", conversing.open_saved, conversing.delete, t("delete_conversation"))
    render_saved_work(entries, _read, kind)


def _until() -> str:
    days = state.assistai().settings.conversation_days
    return t("conversations_until", days=days) if days else t("conversations_until_deleted")


def render_reader() -> None:
    """Have the browser keep whose conversations these are; Streamlit reads cookies, and has no call that sets one."""
    show = st.components.v2.component("assistai_reader", js=_SCRIPT)
    show(key="reader-cookie", data={"name": conversing.COOKIE, "reader": conversing.reader()}, height=1)


def _read(entry: ConversationSummary) -> SavedWork:
    at = moment(entry.updated_at, state.assistai().settings.timezone)
    question = plain(entry.question[:_LONGEST])
    return SavedWork(
        entry.id,
        f"**{question}**  \n:small[:gray[{t('conversation_at', at=at)}]]",
        t("delete_conversation_ask", question=question),
    )
