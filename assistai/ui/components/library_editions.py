"""Which documents seem to be replaced by newer ones: proposed, for a person to confirm or not."""

from __future__ import annotations

from typing import Any

import streamlit as st

from assistai.documents.standing import Replacement
from assistai.errors import AssistAIError
from assistai.ui import state
from assistai.ui.components.errors import render_error
from assistai.ui.components.ingesting import alone
from assistai.ui.components.library_names import distinctions
from assistai.ui.text import named, plain, t
from assistai.workspace.document import Document

_SHOWN = 5


def render_editions(documents: tuple[Document, ...]) -> None:
    """Render what seems replaced, each with the two answers to it; nothing where nothing does."""
    proposed = state.assistai().documents.replacements()
    if not proposed:
        return
    with st.expander(t("editions", count=len(proposed)), icon=":material/history:", key="library-editions"):
        st.caption(t("editions_help"))
        apart = distinctions(documents)
        for one in proposed[:_SHOWN]:
            _render(one, apart)
        if len(proposed) > _SHOWN:
            st.caption(t("editions_more", count=len(proposed) - _SHOWN))


def _render(one: Replacement, apart: dict[str, str]) -> None:
    older, newer = one.older, one.newer
    called = [f"{each.name} ({apart[each.id]})" if each.id in apart else each.name for each in (older, newer)]
    with st.container(border=True, gap="xsmall"):
        st.markdown(t("edition_replaced", older=plain(called[0]), newer=plain(called[1])))
        with st.container(horizontal=True, gap="small"):
            superseded = {"validity": "superseded", "superseded_by": newer.id}
            if st.button(
                named(t("edition_confirm"), called[0]), icon=":material/check:", key=f"edition-confirm-{older.id}"
            ):
                _describe(older.id, superseded)
            if st.button(named(t("edition_keep"), called[0]), key=f"edition-keep-{older.id}", type="tertiary"):
                _describe(older.id, {"validity": "in_force"})


def _describe(document_id: str, changes: dict[str, Any]) -> None:
    try:
        with alone():
            state.assistai().documents.describe(document_id, **changes)
    except AssistAIError as error:
        render_error(error)
        return
    st.session_state["library-said"] = "described"
    st.rerun()
