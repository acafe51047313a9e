"""Say more of documents, or delete them: the two dialogs of the library."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import streamlit as st

from assistai.errors import AssistAIError
from assistai.records import SENSITIVITIES
from assistai.ui import state
from assistai.ui.components.dialogs import dialog
from assistai.ui.components.errors import render_error
from assistai.ui.components.ingesting import alone
from assistai.ui.text import plain, t
from assistai.workspace.document import Document

_FIELDS = ("owner", "sensitivity", "validity", "superseded_by", "effective_from", "effective_to")


def open_description(picked: list[Document], documents: tuple[Document, ...]) -> None:
    """Open the dialog that changes what is known of one or more documents."""
    several = len(picked) > 1

    @dialog(t("describe_many", count=len(picked)) if several else t("describe_one"))
    def form() -> None:
        st.caption(t("describe_many_help") if several else plain(picked[0].title))
        before = {name: _common(picked, name) for name in _FIELDS}
        after = _ask(before, [document for document in documents if document not in picked])
        if after["effective_from"] and after["effective_to"] and after["effective_to"] < after["effective_from"]:
            st.warning(t("dates_reversed"), icon=":material/warning:")
            return
        if not st.button(t("save"), type="primary", icon=":material/save:", key="describe-save"):
            return
        changes = {name: value for name, value in after.items() if value != before[name]}
        try:
            with alone():
                for document in picked if changes else ():
                    state.assistai().documents.describe(document.id, **changes)
        except AssistAIError as error:
            render_error(error)
            return
        st.session_state["library-said"] = "described"
        st.rerun()

    form()


def _common(picked: list[Document], name: str) -> Any:
    """Return what all documents have in a field, None where they differ."""
    values = {getattr(document, name) for document in picked}
    return values.pop() if len(values) == 1 else None


def _ask(before: dict[str, Any], others: list[Document]) -> dict[str, Any]:
    after = dict(before)
    owner = st.text_input(
        t("doc_owner"),
        value=before["owner"] or "",
        placeholder=t("doc_owner_placeholder"),
        max_chars=200,
        key="describe-owner",
    )
    if owner.strip() != (before["owner"] or ""):
        after["owner"] = owner.strip()
    after["sensitivity"] = st.selectbox(
        t("sensitivity"),
        range(len(SENSITIVITIES)),
        index=before["sensitivity"],
        format_func=lambda level: t(f"sensitivity_{SENSITIVITIES[level]}"),
        help=t("sensitivity_help"),
        key="describe-sensitivity",
    )
    choices = ("in_force", "draft", "superseded")
    after["validity"] = st.segmented_control(
        t("validity"),
        choices,
        default=before["validity"],
        format_func=lambda name: t(f"validity_{name}"),
        required=before["validity"] is not None,
        key="describe-validity",
    )
    if after["validity"] == "superseded":
        names = Counter(document.title for document in others)
        titles = {
            document.id: document.title if names[document.title] == 1 else f"{document.title} ({document.name})"
            for document in others
        }
        ids = list(titles)
        after["superseded_by"] = st.selectbox(
            t("superseded_by"),
            ids,
            index=ids.index(before["superseded_by"]) if before["superseded_by"] in titles else None,
            format_func=titles.__getitem__,
            placeholder=t("superseded_unknown"),
            key="describe-superseded-by",
        )
    elif after["validity"] is not None:
        after["superseded_by"] = None
    left, right = st.columns(2)
    for column, name in ((left, "effective_from"), (right, "effective_to")):
        with column:
            day = st.date_input(
                t(name),
                value=before[name],
                min_value=dt.date(1900, 1, 1),
                max_value=dt.date(2199, 12, 31),
                format="DD/MM/YYYY",
                key=f"describe-{name}",
            )
            after[name] = day if isinstance(day, dt.date) else None
    return after


def confirm_delete(picked: list[Document]) -> None:
    """Open the dialog that deletes documents once that is confirmed."""

    @dialog(t("delete_documents"))
    def ask() -> None:
        several = len(picked) > 1
        title = plain(picked[0].title)
        st.markdown(t("delete_documents_ask", count=len(picked)) if several else t("delete_document_ask", title=title))
        with st.container(horizontal=True):
            if st.button(t("delete_meeting_yes"), type="primary", icon=":material/delete:", key="forget-yes"):
                _delete(picked)
            if st.button(t("keep"), key="forget-no"):
                st.rerun()

    ask()


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
