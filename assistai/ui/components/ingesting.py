"""Progress while documents are taken in, and the sample documents that are there from the first day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assistai.documents.ingestion import Progress
from assistai.errors import AssistAIError
from assistai.ui import state
from assistai.ui.components.errors import render_error
from assistai.ui.text import plain, t


def advancing(bar: DeltaGenerator) -> Callable[[Progress], None]:
    """Return the function that shows in `bar` how far taking in is."""

    def advance(progress: Progress) -> None:
        share = {"reading": 0.0, "embedding": 0.1 + 0.9 * progress.fraction, "done": 0.0}[progress.stage]
        number = min(progress.done + (progress.stage != "done"), progress.total)
        bar.progress(
            min((progress.done + share) / max(progress.total, 1), 1.0),
            text=t(f"ingest_{progress.stage}", name=plain(progress.name), number=number, total=progress.total),
        )

    return advance


@contextmanager
def alone() -> Iterator[None]:
    """Wait until no other window writes to the library, and say so: one at a time keeps every document whole."""
    lock = state.writing()
    place = st.empty()
    while not lock.acquire(timeout=0.3):
        place.info(t("busy"), icon=":material/hourglass_top:")
    try:
        place.empty()
        yield
    finally:
        lock.release()


def render_samples() -> None:
    """Take in the sample documents where that was never done; nothing is shown where there is nothing to do."""
    if st.session_state.get("samples-ready"):
        return
    place = st.empty()
    advance: Callable[[Progress], None] | None = None

    def show(progress: Progress) -> None:
        nonlocal advance
        if advance is None:
            status = place.status(t("samples_preparing"), expanded=True)
            advance = advancing(status.progress(0.0))
        advance(progress)

    lock = state.writing()
    if not lock.acquire(blocking=False):  # another window is at it: questions need not wait for it
        return
    try:
        state.assistai().documents.ensure_samples(show)
    except AssistAIError as error:
        place.empty()
        render_error(error)
        return
    finally:
        lock.release()
    st.session_state["samples-ready"] = True
    place.empty()
