"""Delete documents: the dialog of the library that says which, and asks."""

from __future__ import annotations

import streamlit as st

from assistai.errors import AssistAIError
from assistai.ui import state
from assistai.ui.components.dialogs import dialog
from assistai.ui.components.errors import render_error
from assistai.ui.components.ingesting import alone
from assistai.ui.components.library_names import full_names, place_text
from assistai.ui.text import plain, t
from assistai.workspace.document import INSIDE, Document

_SHOWN = 8


def confirm_delete(picked: list[Document], documents: tuple[Document, ...], hidden: int = 0) -> None:
    """Open the dialog that deletes documents once that is confirmed; `hidden` of them the filter does not show."""

    @dialog(t("delete_documents"))
    def ask() -> None:
        several = len(picked) > 1
        inside = [one for one in documents if one not in picked and any(_holds(outer, one) for outer in picked)]
        if several:
            st.markdown(t("delete_documents_ask", count=len(picked)))
            _render_lines(full_names(picked, documents))
        else:
            st.markdown(t("delete_document_ask", document=plain(full_names(picked, documents)[0])))
        if inside:
            st.markdown(t("delete_inside", count=len(inside)))
            _render_lines(full_names(inside, documents))
        copies = state.assistai().documents.copies()
        if places := [place for one in (*picked, *inside) for place in copies.get(one.id, ())]:
            st.markdown(t("delete_copies", count=len(places)))
            _render_lines([place_text(place) for place in places])
        if hidden:
            st.warning(t("delete_hidden", count=hidden), icon=":material/filter_alt:")
        st.markdown(t("delete_for_good"))
        with st.container(horizontal=True):
            if st.button(t("delete_meeting_yes"), type="primary", icon=":material/delete:", key="forget-yes"):
                _delete(picked)
            if st.button(t("keep"), key="forget-no"):
                st.rerun()

    ask()


def _holds(outer: Document, one: Document) -> bool:
    return one.collection == outer.collection and one.source.startswith(f"{outer.source}{INSIDE}")


def _render_lines(lines: list[str]) -> None:
    height = 240 if len(lines) > _SHOWN else "content"
    with st.container(height=height, border=False):  # type: ignore[arg-type]
        st.markdown("\n".join(f"- {plain(line)}" for line in lines))


def _delete(picked: list[Document]) -> None:
    documents = state.assistai().documents
    try:
        with alone():
            for document in picked:
                if any(one.id == document.id for one in documents.list()):  # it may have gone with what contained it
                    documents.delete(document.id)
    except AssistAIError as error:
        render_error(error)
        return
    st.session_state["library-said"] = "documents_deleted"
    st.rerun()
