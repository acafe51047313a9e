"""Say more of documents: the dialog of the library that changes what is known of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import streamlit as st

from assistai.documents.moving import movable
from assistai.errors import AssistAIError
from assistai.records import SENSITIVITIES
from assistai.ui import state
from assistai.ui.components.dialogs import dialog
from assistai.ui.components.errors import render_error
from assistai.ui.components.ingesting import alone
from assistai.ui.components.library_names import full_names, names
from assistai.ui.text import plain, t
from assistai.workspace.document import Document

_LONGEST_TITLE = 300
_FIELDS = ("title", "collection", "owner", "sensitivity", "validity", "superseded_by", "effective_from", "effective_to")


def open_description(picked: list[Document], documents: tuple[Document, ...]) -> None:
    """Open the dialog that changes what is known of one or more documents."""
    several = len(picked) > 1

    @dialog(t("describe_many", count=len(picked)) if several else t("describe_one", title=plain(picked[0].title)))
    def form() -> None:
        st.caption(t("describe_many_help") if several else plain(full_names(picked, documents)[0]))
        before = {name: _common(picked, name) for name in _FIELDS}
        place = _ask_place(picked, before, documents)
        others = names([document for document in documents if document not in picked], documents)
        after = _ask(before, others) | place
        first, last = after["effective_from"], after["effective_to"]
        reversed_ = bool(first and last and last < first)
        if reversed_:
            st.warning(t("dates_reversed"), icon=":material/warning:")
        if not st.button(t("save"), type="primary", icon=":material/save:", key="describe-save", disabled=reversed_):
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


def _ask_place(picked: list[Document], before: dict[str, Any], documents: tuple[Document, ...]) -> dict[str, Any]:
    """Ask for the title, of one document, and for the collection, of those that can go to another."""
    after = {}
    if len(picked) == 1:
        title = st.text_input(
            t("field_title"),
            value=before["title"],
            max_chars=_LONGEST_TITLE,
            help=t("describe_title_help"),
            key="describe-title",
        )
        after["title"] = title.strip() or before["title"]
    collections = sorted({document.collection for document in documents})
    stays = not all(movable(document) for document in picked)
    collection = st.selectbox(
        t("collection"),
        collections,
        index=collections.index(before["collection"]) if before["collection"] is not None else None,
        accept_new_options=True,
        placeholder=t("describe_collections_differ"),
        disabled=stays,
        help=t("describe_collection_stays" if stays else "describe_collection_help"),
        key="describe-collection",
    )
    after["collection"] = (collection or "").strip() or before["collection"]
    return after


def _ask(before: dict[str, Any], others: dict[str, str]) -> dict[str, Any]:
    """Ask for what is said of documents; `others` are those that may replace them, by id, with their names."""
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
        ids = list(others)
        after["superseded_by"] = st.selectbox(
            t("superseded_by"),
            ids,
            index=ids.index(before["superseded_by"]) if before["superseded_by"] in others else None,
            format_func=others.__getitem__,
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
                help=t("date_help"),
                key=f"describe-{name}",
            )
            after[name] = day if isinstance(day, dt.date) else None
    return after
