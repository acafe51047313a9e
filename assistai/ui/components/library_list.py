"""The documents of the library: filters, one card a document, and what can be done with those that are chosen."""

from __future__ import annotations

import datetime as dt
from pathlib import PurePosixPath

import streamlit as st

from assistai.documents.uploads import path_of
from assistai.documents.wording import unread_texts
from assistai.errors import AssistAIError
from assistai.language.typography import format_date
from assistai.language.words import fold
from assistai.records import SENSITIVITIES
from assistai.ui import state
from assistai.ui.components.errors import render_error
from assistai.ui.components.ingesting import alone
from assistai.ui.components.library_delete import confirm_delete
from assistai.ui.components.library_edit import open_description
from assistai.ui.components.library_names import distinctions, names, no_page_read, place_text
from assistai.ui.components.library_unfinished import render_unfinished
from assistai.ui.text import language, named, plain, quoted, spoken, t
from assistai.workspace.document import INSIDE, READ, UNFINISHED, Document

_PAGE = 20
_UNREAD = 8
_PLACES = 2
_STATES = (*READ, "failed", *UNFINISHED)
_VALIDITIES = ("in_force", "draft", "superseded")
_COLOURS = {"indexed": "green", "partly": "orange", "failed": "red"}
_SENSITIVITY_COLOURS = ("gray", "blue", "orange", "red")


def render_list(documents: tuple[Document, ...]) -> None:
    """Render the filters and the documents that they let through."""
    if not documents:
        st.info(t("library_empty"), icon=":material/lightbulb:")
        return
    heading = st.empty()
    render_unfinished(documents)
    shown = _filtered(documents)
    few = len(shown) < len(documents)
    label = t("library_shown", shown=len(shown), count=len(documents)) if few else ""
    heading.subheader(label or t("library_documents", count=len(documents)), anchor=False)
    _render_tools(shown, documents)
    if not shown:
        st.info(t("library_none"), icon=":material/filter_alt_off:")
        return
    first = 0
    if (pages := -(-len(shown) // _PAGE)) > 1:
        first = (st.pagination(pages, key=f"library-page-of-{pages}", persist_state="session") - 1) * _PAGE
    called, apart = names(documents), distinctions(documents)
    on_page = shown[first : first + _PAGE]
    copies = state.assistai().documents.copies([document.id for document in on_page])
    alike = [document for document in on_page if called[document.id] != document.title]
    beginnings = state.assistai().documents.beginnings(alike)
    for document in on_page:
        also = _also(copies.get(document.id, ()))
        facts = _facts(document, called, apart.get(document.id, ""), also)
        _render_card(document, documents, called[document.id], facts, beginnings.get(document.id, ""))


def _filtered(documents: tuple[Document, ...]) -> list[Document]:
    words = st.text_input(
        t("library_search"),
        placeholder=t("library_search"),
        icon=":material/search:",
        key="library-search",
        label_visibility="collapsed",
        persist_state="session",
    )
    first, second, third = st.columns(3)
    with first:
        collection = st.selectbox(
            t("collection"),
            sorted({document.collection for document in documents}),
            index=None,
            placeholder=t("every_collection"),
            key="library-filter-collection",
            persist_state="session",
        )
    with second:
        there = {document.state for document in documents}
        wanted = st.selectbox(
            t("library_state"),
            [name for name in _STATES if name in there],
            index=None,
            format_func=lambda name: t(f"state_{name}"),
            placeholder=t("library_all"),
            key="library-filter-state",
            persist_state="session",
        )
    with third:
        validity = st.selectbox(
            t("validity"),
            _VALIDITIES,
            index=None,
            format_func=lambda name: t(f"validity_{name}"),
            placeholder=t("every_validity"),
            key="library-filter-validity",
            persist_state="session",
        )
    words = fold(words).strip()
    return [
        document
        for document in documents
        if words in fold(f"{document.name}\n{document.title}\n{document.owner}")
        and collection in (None, document.collection)
        and wanted in (None, document.state)
        and validity in (None, document.validity)
    ]


def _render_tools(shown: list[Document], documents: tuple[Document, ...]) -> None:
    """Render what can be done with all documents that are chosen, those of other pages and filters included."""
    picked = [document for document in documents if st.session_state.get(f"doc-pick-{document.id}")]
    others = [document for document in shown if not st.session_state.get(f"doc-pick-{document.id}")]
    hidden = len(picked) - (len(shown) - len(others))
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="library-tools"):
        if picked:
            said = t("picked_hidden", count=len(picked), hidden=hidden) if hidden else t("picked", count=len(picked))
            st.markdown(f"**{said}**", width="content")
            if st.button(t("describe"), icon=":material/edit:", key="describe-picked"):
                open_description(picked, documents)
            if st.button(t("delete"), icon=":material/delete:", key="delete-picked"):
                confirm_delete(picked, documents, hidden)
        if others and len(shown) > 1:
            label = t("pick_all", count=len(shown))
            st.button(label, key="pick-all", type="tertiary", on_click=_pick, args=(others,))
        if picked:
            st.button(t("pick_none"), key="pick-none", type="tertiary", on_click=_pick, args=(picked, False))


def _pick(documents: list[Document], pick: bool = True) -> None:
    for document in documents:
        st.session_state[f"doc-pick-{document.id}"] = pick


def _render_card(document: Document, documents: tuple[Document, ...], name: str, facts: str, beginning: str) -> None:
    """Render a document; `beginning` is that of its text, where others have its title."""
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
            st.checkbox(
                spoken(name), key=f"doc-pick-{document.id}", persist_state="session", label_visibility="collapsed"
            )
            st.markdown(f"**{plain(document.title)}**", width="stretch")
        st.markdown(f":small[:gray[{facts}]]")
        if beginning:
            st.markdown(f":small[:gray[{quoted(beginning)}]]")
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.badge(_state(document), color=_COLOURS.get(document.state, "blue"))  # type: ignore[arg-type]
            st.badge(
                t(f"sensitivity_{SENSITIVITIES[document.sensitivity]}"),
                icon=":material/lock:" if document.sensitivity > 1 else None,
                color=_SENSITIVITY_COLOURS[document.sensitivity],  # type: ignore[arg-type]
            )
            if document.state != "failed":
                in_force = document.in_force_on(state.assistai().clock().date())
                st.badge(_validity(document, in_force=in_force), color="green" if in_force else "orange")
        _render_unread(document)
        with st.container(horizontal=True, gap="small"):
            if document.state in ("failed", "partly") and st.button(
                named(t("retry"), name), icon=":material/refresh:", key=f"retry-{document.id}"
            ):
                _retry(document)
            label = named(t("describe"), name)
            if st.button(label, icon=":material/edit:", key=f"describe-{document.id}", type="tertiary"):
                open_description([document], documents)
            st.download_button(
                named(t("original"), name),
                data=lambda: state.assistai().documents.original(document.id) or b"",
                file_name=document.name,
                icon=":material/download:",
                key=f"original-{document.id}",
                on_click="ignore",
                type="tertiary",
            )
            label = named(t("delete"), name)
            if st.button(label, icon=":material/delete:", key=f"forget-{document.id}", type="tertiary"):
                confirm_delete([document], documents)


def _state(document: Document) -> str:
    if document.state in UNFINISHED and state.writing().locked():
        return t("state_working")
    return t("state_no_page" if no_page_read(document) else f"state_{document.state}")


def _facts(document: Document, called: dict[str, str], apart: str, also: str) -> str:
    """Return what is known of a document; `apart` tells it from one of the same name, `also` where else its file is."""
    kind = "slide" if document.format == "pptx" else "page"
    count = f"{kind}_one" if document.pages == 1 else f"{kind}s_count"
    added = document.added_at.replace(tzinfo=dt.UTC).date()
    first, last = (
        format_date(day, language()) if day else "" for day in (document.effective_from, document.effective_to)
    )
    dates = "valid_between" if first and last else "valid_from" if first else "valid_to"
    container = PurePosixPath(path_of((document.container or "").rpartition(INSIDE)[2])).name
    facts = (
        document.name,
        apart or (t("inside_of", name=container) if container else ""),
        document.collection,
        document.owner,
        t(count, count=document.pages) if document.pages else "",
        t("added_on", day=format_date(added, language())),
        also,
        t("superseded_by_title", title=called[document.superseded_by]) if document.superseded_by in called else "",
        t(dates, first=first, last=last) if first or last else "",
    )
    return " · ".join(plain(fact) for fact in facts if fact)


def _also(places: tuple[str, ...]) -> str:
    shown = ", ".join(place_text(place) for place in places[:_PLACES])
    more = len(places) - _PLACES
    return "" if not places else t("also_at_more", places=shown, count=more) if more > 0 else t("also_at", places=shown)


def _validity(document: Document, *, in_force: bool) -> str:
    outdated = document.validity == "in_force" and not in_force
    return t("validity_out_of_date" if outdated else f"validity_{document.validity}")


def _render_unread(document: Document) -> None:
    unread = unread_texts(document, language())
    if document.problem is not None:
        st.error(plain(unread.pop(0)), icon=":material/error:")
    if not unread:
        return
    with st.expander(t("unread", count=len(unread)), icon=":material/warning:"):
        for line in unread[:_UNREAD]:
            st.markdown(f"- {plain(line)}")
        if len(unread) > _UNREAD:
            st.caption(t("unread_more", count=len(unread) - _UNREAD))


def _retry(document: Document) -> None:
    try:
        with alone(), st.spinner(t("retrying")):
            again = state.assistai().documents.retry(document.id)
    except AssistAIError as error:
        render_error(error)
        return
    st.session_state["library-said"] = f"retried_{again.state}"
    st.rerun()
