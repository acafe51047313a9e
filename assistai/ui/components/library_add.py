"""Bring documents to the library: files or a folder, what is said of them, and what became of each."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import cast

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from assistai.documents.ingestion import Details, Ingested, Source
from assistai.documents.reading.formats import EXTENSIONS
from assistai.errors import AssistAIError
from assistai.ui import state
from assistai.ui.components.errors import render_error
from assistai.ui.components.ingesting import advancing, alone
from assistai.ui.text import language, plain, t
from assistai.workspace.library import SENSITIVITIES

_DEFAULT = "documents"
_RESULTS = 6
_ICONS = {"added": "check_circle", "updated": "update", "moved": "drive_file_move"}


def render_add() -> None:
    """Render the form, and what became of the files brought last."""
    with st.container(border=True):
        st.subheader(t("library_add"), anchor=False)
        sources = _choose_sources()
        details = _choose_details()
        go = st.button(
            t("library_go"), type="primary", icon=":material/library_add:", disabled=not sources, key="library-go"
        )
        if not sources:
            st.caption(t("library_nothing"))
        if go:
            _ingest(sources, details)
        _render_results()


def _choose_sources() -> list[Source]:
    kind = st.segmented_control(
        t("library_from"),
        ["files", "folder"],
        format_func=lambda name: t(f"library_{name}"),
        default="files",
        required=True,
        key="library-from",
        label_visibility="collapsed",
    )
    # A new key empties the field once its files are in.
    key = f"library-{kind}-{st.session_state.get('library-round', 0)}"
    largest = state.assistai().settings.max_document_megabytes
    files = st.file_uploader(
        t("library_drop_folder" if kind == "folder" else "library_drop"),
        type=list(EXTENSIONS),
        accept_multiple_files="directory" if kind == "folder" else True,
        max_upload_size=largest,
        help=t("library_drop_help", megabytes=largest),
        key=key,
    )
    return [_source(file) for file in files or []]


def _source(file: UploadedFile) -> Source:
    return Source(f"upload:{file.name}", PurePosixPath(file.name).name, file.getvalue)


def _choose_details() -> Details:
    collections = state.assistai().documents.collections()
    own = [name for name in collections if name != "exemples"]
    names = sorted({*collections, _DEFAULT})
    collection = st.selectbox(
        t("collection"),
        names,
        index=names.index(own[0] if own and _DEFAULT not in own else _DEFAULT),
        accept_new_options=True,
        placeholder=t("collection_placeholder"),
        help=t("collection_help"),
        key="library-collection",
    )
    left, right = st.columns(2)
    with left:
        owner = st.text_input(
            t("doc_owner"), placeholder=t("doc_owner_placeholder"), max_chars=200, key="library-owner"
        )
    with right:
        sensitivity = st.selectbox(
            t("sensitivity"),
            range(len(SENSITIVITIES)),
            index=1,
            format_func=lambda level: t(f"sensitivity_{SENSITIVITIES[level]}"),
            help=t("sensitivity_help"),
            key="library-sensitivity",
        )
    return Details(
        collection=(collection or _DEFAULT).strip() or _DEFAULT, owner=owner.strip(), sensitivity=sensitivity
    )


def _ingest(sources: list[Source], details: Details) -> None:
    results: list[Ingested] = []
    st.session_state["library-results"] = results  # filled as files are done, so that cancelling keeps what was done
    st.session_state["library-cut"] = True
    with st.status(t("library_working"), expanded=True) as status:
        bar = st.progress(0.0)
        # A click runs the page anew, which stops this run at its next progress: that is all that cancelling takes.
        st.button(t("cancel"), icon=":material/close:", key="library-cancel")
        try:
            with alone():
                for result in state.assistai().documents.ingest_each(sources, details, advancing(bar)):
                    results.append(result)
        except AssistAIError as error:
            status.update(label=t("library_failed"), state="error")
            render_error(error)
            return
    st.session_state["library-cut"] = False
    st.session_state["library-round"] = st.session_state.get("library-round", 0) + 1
    st.rerun()


def _render_results() -> None:
    results = cast("list[Ingested]", st.session_state.get("library-results") or [])
    cut = st.session_state.get("library-cut", False)
    if cut:
        st.warning(t("library_cancelled"), icon=":material/pause_circle:")
    if results:
        st.markdown(f"**{t('library_results')}**")
        with st.container(
            height=320 if len(results) > _RESULTS else "content", border=False, key="library-results-list"
        ):
            for result in results:
                st.markdown(_result(result))
    if results or cut:
        st.button(t("close"), key="library-results-close", on_click=_forget_results)


def _result(result: Ingested) -> str:
    name = f"**{plain(result.name)}**"
    if result.error is not None:
        message = plain(result.error.message(language()))
        told = message if plain(result.name) in message else t("outcome_line", name=name, outcome=message)
        return f":red[:material/error:] {told}"
    outcome = t(f"outcome_{result.outcome}", name=plain(result.document.name if result.document else ""))
    if result.document is not None and result.document.state == "partly":
        outcome, icon = t("outcome_partly", outcome=outcome), ":orange[:material/warning:]"
    else:
        icon = f":material/{_ICONS.get(result.outcome, 'info')}:"
    return f"{icon} {t('outcome_line', name=name, outcome=outcome)}"


def _forget_results() -> None:
    st.session_state.pop("library-results", None)
    st.session_state.pop("library-cut", None)
