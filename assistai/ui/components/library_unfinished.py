"""How many documents are in which state, and what a run that was cut short left to be finished."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from assistai.documents.ingestion import Ingested, Progress
from assistai.documents.service import Documents
from assistai.ui import state, works
from assistai.ui.components.ingesting import render_end, render_running
from assistai.ui.text import t
from assistai.workspace.document import UNFINISHED, Document


def render_unfinished(documents: tuple[Document, ...]) -> None:
    """Render the counts, and where documents are to be finished, the button that does it and how far it is."""
    counts = {name: sum(document.state == name for document in documents) for name in ("indexed", "partly", "failed")}
    counts["unfinished"] = sum(document.state in UNFINISHED for document in documents)
    st.caption(" · ".join(t(f"library_states_{name}", count=count) for name, count in counts.items() if count))
    taking = works.present("finishing")
    if taking is not None:
        if taking.running:
            render_running(taking, t("finishing"), follow=True)
            return
        works.forget("finishing")
        render_end(taking, "finishing")
    if not counts["unfinished"] or state.writing().locked():  # being taken in at this moment
        return
    st.warning(t("unfinished", count=counts["unfinished"]), icon=":material/pending:")
    st.button(t("finish"), icon=":material/play_arrow:", key="library-finish", on_click=_begin)


def _begin() -> None:
    works.begin("finishing", partial(_finish, state.assistai().documents))


def _finish(documents: Documents, advance: Callable[[Progress], None]) -> tuple[Ingested, ...]:
    documents.resume(advance)
    return ()
