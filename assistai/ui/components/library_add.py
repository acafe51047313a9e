"""Bring documents to the library: files or a folder, what is said of them, and what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from assistai.documents.ingestion import Details, Ingested, Source
from assistai.documents.uploads import chosen_as, path_of
from assistai.records import SENSITIVITIES
from assistai.ui import state, works
from assistai.ui.components import library_files
from assistai.ui.components.ingesting import render_end, render_running
from assistai.ui.components.library_names import no_page_read
from assistai.ui.components.library_same_names import settle_names
from assistai.ui.taking import Taking
from assistai.ui.text import language, plain, quoted, t
from assistai.workspace.document import UPLOADED, Document

_DEFAULT = "documents"
_RESULTS = 6
_ICONS = {"added": "check_circle", "updated": "update", "described": "update", "moved": "drive_file_move"}
_USUAL = 1


def render_add(documents: tuple[Document, ...]) -> None:
    """Render the form, how far the files brought last are, and what became of them."""
    with st.container(border=True):
        st.subheader(t("library_add"), anchor=False)
        taking = works.present("adding")
        running = taking is not None and taking.running
        library_files.settle()
        largest = state.assistai().settings.max_document_megabytes
        files = library_files.choose_files(largest)
        details = _choose_details(documents)
        sources = settle_names(files, documents, details.collection, largest)
        st.button(
            t("library_go"),
            type="primary",
            icon=":material/library_add:",
            disabled=not sources or running,
            key="library-go",
            on_click=_begin,
            args=(files, sources, details),
        )
        if taking is None or not running:
            if not sources:
                st.caption(t("library_nothing"))
            if taking is not None:
                _render_outcome(taking, documents)
        else:
            if sources:
                st.caption(f":material/hourglass_top: {t('library_wait')}")
            render_running(taking, t("library_working"), follow=True)
            _render_results(taking, documents)


def _choose_details(documents: tuple[Document, ...]) -> Details:
    brought = [document for document in documents if document.source.startswith(UPLOADED)]
    last = max(brought, key=lambda document: document.added_at).collection if brought else _DEFAULT
    names = sorted({document.collection for document in documents} | {_DEFAULT})
    collection = st.selectbox(
        t("collection"),
        names,
        index=names.index(last),
        accept_new_options=True,
        placeholder=t("collection_placeholder"),
        help=t("collection_help"),
        key="library-collection",
        persist_state="session",
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
            index=_USUAL,
            format_func=lambda level: t(f"sensitivity_{SENSITIVITIES[level]}"),
            help=t("sensitivity_help"),
            key="library-sensitivity",
        )
    return Details(
        collection=(collection or _DEFAULT).strip() or _DEFAULT,
        owner=owner.strip() or None,
        sensitivity=None if sensitivity == _USUAL else sensitivity,  # as it stood: what is more sensitive stays so
    )


def _begin(files: Sequence[UploadedFile], sources: Sequence[Source], details: Details) -> None:
    documents = state.assistai().documents
    taking = works.begin("adding", lambda advance: documents.ingest_each(sources, details, advance))
    chosen = {file.file_id: chosen_as(source.source) for file, source in zip(files, sources, strict=True)}
    library_files.begin(files, chosen, taking)


def _render_outcome(taking: Taking, documents: tuple[Document, ...]) -> None:
    render_end(taking, "adding")
    if taking.stopped:
        said = "library_cancelled_left" if library_files.left() else "library_cancelled"
        st.warning(t(said), icon=":material/pause_circle:")
    _render_results(taking, documents)
    st.button(t("close"), key="library-results-close", on_click=works.forget, args=("adding",))


def _render_results(taking: Taking, documents: tuple[Document, ...]) -> None:
    """Render what became of each file that is done, also while others follow."""
    results = tuple(taking.results)
    if not results:
        return
    st.markdown(f"**{t('library_results')}**")
    height = 320 if len(results) > _RESULTS else "content"
    with st.container(height=height, border=False, key="library-results-list"):  # type: ignore[arg-type]
        for result in results:
            st.markdown(_result(result, documents))


def _result(result: Ingested, documents: tuple[Document, ...]) -> str:
    name = f"**{plain(PurePosixPath(path_of(chosen_as(result.source))).name if _is_beside(result) else result.name)}**"
    if result.error is not None:
        message = plain(result.error.message(language()))
        told = message if plain(result.name) in message else t("outcome_line", name=name, outcome=message)
        return f":red[:material/error:] {told}"
    there = result.document
    outcome = t(_outcome(result), name=plain(there.name if there is not None else ""))
    if there is not None and there.state == "partly":
        partly = "outcome_no_page" if no_page_read(there) else "outcome_partly"
        outcome, icon = t(partly, outcome=outcome), ":orange[:material/warning:]"
    else:
        icon = f":material/{_ICONS.get(result.outcome, 'info')}:"
    if there is not None and (elsewhere := _elsewhere(there, documents)):
        outcome = f"{outcome} · {elsewhere}"
    return f"{icon} {t('outcome_line', name=name, outcome=outcome)}"


def _outcome(result: Ingested) -> str:
    """Return the message of what became of a file."""
    there = result.document
    if result.outcome == "duplicate" and there is not None and there.name == result.name:
        return "outcome_duplicate_alike"
    if _is_beside(result):
        return "outcome_added_beside"
    return "outcome_replaced" if result.replaced else f"outcome_{result.outcome}"


def _is_beside(result: Ingested) -> bool:
    return result.outcome == "added" and chosen_as(result.source) != result.source


def _elsewhere(added: Document, documents: tuple[Document, ...]) -> str:
    """Return in which other collections the same file is, or another file from the same place."""
    others = [one for one in documents if one.collection != added.collection]
    same = sorted({one.collection for one in others if one.sha256 == added.sha256})
    changed = sorted({one.collection for one in others if one.source == added.source} - set(same))
    texts = [t("outcome_also_in", collections=_listed(same))] if same else []
    texts += [t("outcome_other_in", collections=_listed(changed))] if changed else []
    return " · ".join(texts)


def _listed(collections: list[str]) -> str:
    return ", ".join(quoted(name) for name in collections)
