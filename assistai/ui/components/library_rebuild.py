"""The index made anew where another model is to be used or documents are to be read anew; questions are answered
meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from assistai.documents.ingestion import Ingested, Progress
from assistai.documents.service import Documents
from assistai.ui import state, works
from assistai.ui.components.ingesting import render_end, render_running
from assistai.ui.text import t


def render_rebuild() -> None:
    """Render why the index is to be made anew, the button that does it, and how far it is."""
    taking = works.present("rebuilding")
    if taking is not None and taking.running:
        render_running(taking, t("rebuilding"))
        return
    documents = state.assistai().documents
    earlier = len(documents.read_by_earlier)
    if documents.rebuild_needed:
        st.warning(t("rebuild_needed"), icon=":material/warning:")
    elif earlier:
        st.info(t("read_by_earlier", count=earlier), icon=":material/update:")
    else:
        return
    if taking is not None:
        render_end(taking, "rebuilding")
    label = t("rebuild" if documents.rebuild_needed else "read_anew")
    st.button(label, icon=":material/autorenew:", key="library-rebuild", on_click=_begin)


def _begin() -> None:
    works.begin("rebuilding", partial(_rebuild, state.assistai().documents))


def _rebuild(documents: Documents, advance: Callable[[Progress], None]) -> tuple[Ingested, ...]:
    documents.rebuild(lambda share: advance(Progress(0, 1, "", "embedding", share)))
    return ()
