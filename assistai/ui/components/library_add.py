"""Bring documents to the library: files or a folder, what is said of them, and what became of each."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import cast

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from assistai.documents.ingestion import Details, Ingested, Source
from assistai.documents.reading.formats import EXTENSIONS
from assistai.errors import LimitExceeded, UnreadableInput
from assistai.records import SENSITIVITIES
from assistai.ui import state, works
from assistai.ui.components.ingesting import render_end, render_running
from assistai.ui.components.library_names import no_page_read
from assistai.ui.taking import Taking
from assistai.ui.text import language, plain, quoted, t
from assistai.workspace.document import Document

_DEFAULT = "documents"
_UPLOADED = "upload:"
_RESULTS = 6
_ICONS = {"added": "check_circle", "updated": "update", "described": "update", "moved": "drive_file_move"}
_USUAL = 1
_LARGER = 4
_LEFT_THERE = ("Thumbs.db", "desktop.ini")


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
            if any(source.source not in _begun() for source in sources):
                st.caption(f":material/hourglass_top: {t('library_wait')}")
            render_running(taking, t("library_working"), follow=True)
            _render_results(taking)


def _present() -> Taking | None:
    """Return what was begun last, in whatever session; where this one began it and it has ended well, its field of
    files is emptied by a new key, unless other files were chosen meanwhile."""
    taking = works.present("adding")
    if taking is None or taking.running:
        return taking
    own = taking is st.session_state.get("library-begun")
    if own:
        ended_well = not taking.stopped and taking.error is None
        chosen = st.session_state.get(_field(st.session_state.get("library-from") or "files")) or []
        if ended_well and all(f"{_UPLOADED}{file.name}" in _begun() for file in chosen):
            st.session_state["library-round"] = st.session_state.get("library-round", 0) + 1
        del st.session_state["library-begun"]
    return taking


def _begun() -> frozenset[str]:
    """Return where the files come from that this session brought last."""
    return cast("frozenset[str]", st.session_state.get("library-begun-files", frozenset()))


def _field(kind: str) -> str:
    return f"library-{kind}-{st.session_state.get('library-round', 0)}"


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
    largest = state.assistai().settings.max_document_megabytes
    files = st.file_uploader(
        t("library_drop_folder" if kind == "folder" else "library_drop"),
        accept_multiple_files="directory" if kind == "folder" else True,
        max_upload_size=_LARGER * largest,
        help=t("library_drop_help", megabytes=largest),
        key=_field(kind),
    )
    st.caption(t("library_kinds", megabytes=largest))
    return [_source(file, largest) for file in files or [] if not _hidden(file.name)]


def _source(file: UploadedFile, largest: int) -> Source:
    """Return what was brought; what is too large, or of a kind that is not read, says so as it is taken in.

    Streamlit would turn it away too, and nothing would tell of it in the end.
    """
    name = PurePosixPath(file.name).name

    def read() -> bytes:
        if file.size > largest * 1_000_000:
            raise LimitExceeded("document_too_large", name=name, size=round(file.size / 1e6), limit=largest)
        if PurePosixPath(name).suffix.lower() not in EXTENSIONS:
            raise UnreadableInput("document_kind_not_read", name=name)
        return file.getvalue()

    return Source(f"{_UPLOADED}{file.name}", name, read)


def _hidden(name: str) -> bool:
    """Tell whether a file of a folder is one that systems and Office leave there."""
    return any(part.startswith((".", "~$")) or part in _LEFT_THERE for part in PurePosixPath(name).parts)


def _choose_details() -> Details:
    documents = state.assistai().documents.list()
    brought = [document for document in documents if document.source.startswith(_UPLOADED)]
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


def _begin(sources: list[Source], details: Details) -> None:
    documents = state.assistai().documents
    st.session_state["library-begun-files"] = frozenset(source.source for source in sources)
    st.session_state["library-begun"] = works.begin(
        "adding", lambda advance: documents.ingest_each(sources, details, advance)
    )


def _render_outcome(taking: Taking) -> None:
    render_end(taking, "adding")
    if taking.stopped:
        st.warning(t("library_cancelled"), icon=":material/pause_circle:")
    _render_results(taking)
    st.button(t("close"), key="library-results-close", on_click=works.forget, args=("adding",))


def _render_results(taking: Taking) -> None:
    """Render what became of each file that is done, also while others follow."""
    results = tuple(taking.results)
    if not results:
        return
    documents = state.assistai().documents.list()
    st.markdown(f"**{t('library_results')}**")
    height = 320 if len(results) > _RESULTS else "content"
    with st.container(height=height, border=False, key="library-results-list"):  # type: ignore[arg-type]
        for result in results:
            st.markdown(_result(result, documents))


def _result(result: Ingested, documents: tuple[Document, ...]) -> str:
    name = f"**{plain(result.name)}**"
    if result.error is not None:
        message = plain(result.error.message(language()))
        told = message if plain(result.name) in message else t("outcome_line", name=name, outcome=message)
        return f":red[:material/error:] {told}"
    there = result.document
    again = "outcome_duplicate_alike" if there is not None and there.name == result.name else "outcome_duplicate"
    key = again if result.outcome == "duplicate" else f"outcome_{result.outcome}"
    outcome = t(key, name=plain(there.name if there is not None else ""))
    if there is not None and there.state == "partly":
        partly = "outcome_no_page" if no_page_read(there) else "outcome_partly"
        outcome, icon = t(partly, outcome=outcome), ":orange[:material/warning:]"
    else:
        icon = f":material/{_ICONS.get(result.outcome, 'info')}:"
    if there is not None and (elsewhere := _elsewhere(there, documents)):
        outcome = f"{outcome} · {elsewhere}"
    return f"{icon} {t('outcome_line', name=name, outcome=outcome)}"


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
