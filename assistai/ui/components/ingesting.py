"""Progress while documents are taken in, and what the app takes in by itself: sample documents, saved minutes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assistai.app import AssistAI
from assistai.documents.ingestion import Ingested, Progress
from assistai.ui import state
from assistai.ui.components.errors import render_error
from assistai.ui.taking import Taking
from assistai.ui.text import plain, t

_AT_ONCE = 0.5
_STEP = 0.3


@st.fragment(run_every=_AT_ONCE)
def render_running(taking: Taking, label: str) -> None:
    """Render how far it is, again and again, with the button that stops it; then run the page anew."""
    if not taking.running:
        st.rerun()
    status = st.status(label, expanded=True)
    _render_progress(taking, status.empty())
    status.button(
        t("cancel"),
        icon=":material/close:",
        key=f"cancel-{id(taking)}",
        on_click=taking.cancel,
        disabled=taking.cancelled,
    )


def _render_progress(taking: Taking, place: DeltaGenerator) -> None:
    progress = taking.progress
    if taking.waiting:
        place.info(t("busy"), icon=":material/hourglass_top:")
    elif progress is None:
        place.progress(0.0)
    else:
        share = 0.1 + 0.9 * progress.fraction if progress.stage == "embedding" else 0.0
        number = min(progress.done + (progress.stage != "done"), progress.total)
        text = t(f"ingest_{progress.stage}", name=plain(progress.name), number=number, total=progress.total)
        share = min((progress.done + share) / max(progress.total, 1), 1.0)
        place.progress(share, text=text if progress.name else None)


@contextmanager
def alone() -> Iterator[None]:
    """Wait until nobody else writes to the library, and say so: one at a time keeps every document whole."""
    lock = state.writing()
    place = st.empty()
    while not lock.acquire(timeout=_STEP):
        place.info(t("busy"), icon=":material/hourglass_top:")
    try:
        place.empty()
        yield
    finally:
        lock.release()


def render_own() -> None:
    """Take in the sample documents on the first day, and the minutes saved since; nothing is shown where none are.

    While somebody adds documents this is left for later: questions need not wait for it.
    """
    taking = _latest().get("own")
    if taking is None or not taking.running:
        if state.writing().locked():
            return
        taking = _latest()["own"] = Taking(partial(_take_in_own, state.assistai()), state.writing())
    if not taking.wait(_AT_ONCE):
        place = st.empty()
        bar = place.status(t("own_preparing"), expanded=True).empty()
        while not taking.wait(_STEP):
            _render_progress(taking, bar)
        place.empty()
    render_end(taking)


@st.cache_resource(show_spinner=False)
def _latest() -> dict[str, Taking]:
    return {}


def _take_in_own(assistai: AssistAI, advance: Callable[[Progress], None]) -> tuple[Ingested, ...]:
    assistai.documents.ensure_samples(advance)
    assistai.documents.take_in_minutes(assistai.workspace, advance)
    return ()


def render_end(taking: Taking) -> None:
    """Render why taking in stopped, where it did not end well."""
    if taking.failure is not None:
        raise taking.failure
    if taking.error is not None:
        render_error(taking.error)
