"""Bring documents to the library: files or a folder, what is said of them, and what became of each."""

from __future__ import annotations

from pathlib import PurePosixPath

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from assistai.documents.ingestion import Details, Ingested, Source
from assistai.documents.reading.formats import EXTENSIONS
from assistai.records import SENSITIVITIES
from assistai.ui import state, works
from assistai.ui.components.ingesting import render_end, render_running
from assistai.ui.taking import Taking
from assistai.ui.text import language, plain, t

_DEFAULT = "documents"
_RESULTS = 6
_ICONS = {"added": "check_circle", "updated": "update", "moved": "drive_file_move"}


def render_add() -> None:
    """Render the form, how far the files brought last are, and what became of them."""
    with st.container(border=True):
        st.subheader(t("library_add"), anchor=False)
        taking = _present()
        running = taking is not None and taking.running
        sources = _choose_sources()
        details = _choose_details()
        st.button(
            t("library_go"),
            type="primary",
            icon=":material/library_add:",
            disabled=not sources or running,
            key="library-go",
            on_click=_begin,
            args=(sources, details),
        )
        if taking is None or not running:
            if not sources:
                st.caption(t("library_nothing"))
            if taking is not None:
                _render_outcome(taking)
        else:
            render_running(taking, t("library_working"), follow=True)
            _render_results(taking)


def _present() -> Taking | None:
    """Return what was begun last, in whatever session; where this one began it and it has ended well, its field of
    files is emptied by a new key."""
    taking = works.present("adding")
    if taking is None or taking.running:
        return taking
    own = taking is st.session_state.get("library-begun")
    if own:
        del st.session_state["library-begun"]
        if not taking.cancelled and taking.error is None:
            st.session_state["library-round"] = st.session_state.get("library-round", 0) + 1
    return taking


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


def _begin(sources: list[Source], details: Details) -> None:
    documents = state.assistai().documents
    st.session_state["library-begun"] = works.begin(
        "adding", lambda advance: documents.ingest_each(sources, details, advance)
    )


def _render_outcome(taking: Taking) -> None:
    render_end(taking, "adding")
    if taking.cancelled:
        st.warning(t("library_cancelled"), icon=":material/pause_circle:")
    _render_results(taking)
    st.button(t("close"), key="library-results-close", on_click=works.forget, args=("adding",))


def _render_results(taking: Taking) -> None:
    """Render what became of each file that is done, also while others follow."""
    results = tuple(taking.results)
    if not results:
        return
    st.markdown(f"**{t('library_results')}**")
    height = 320 if len(results) > _RESULTS else "content"
    with st.container(height=height, border=False, key="library-results-list"):  # type: ignore[arg-type]
        for result in results:
            st.markdown(_result(result))


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
