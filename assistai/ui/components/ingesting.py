"""Progress while documents are taken in, and what the app takes in by itself: sample documents, saved minutes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assistai.app import AssistAI
from assistai.documents.ingestion import Ingested, Progress
from assistai.ui import state, works
from assistai.ui.components.dialogs import dialog_open
from assistai.ui.components.errors import render_error
from assistai.ui.taking import Taking
from assistai.ui.text import plain, t
from assistai.workspace.document import UNFINISHED

_AT_ONCE = 0.5
_STEP = 0.3
_REST = 3.0
_ALL: tuple[works.Name, ...] = ("adding", "finishing", "rebuilding")


def render_running(taking: Taking, label: str, *, note: str = "", stoppable: bool = True, follow: bool = False) -> None:
    """Render how far it is, again and again, with the button that stops it; then run the page anew.

    With `follow` the page is run anew as files are done, too.
    """
    shown = (taking.done, time.monotonic() + _REST) if follow else None
    with st.container():  # a fragment at the top of the page takes with it what follows, once it runs by itself
        _render_running(taking, label, note, stoppable, shown)


@st.fragment(run_every=_AT_ONCE)
def _render_running(taking: Taking, label: str, note: str, stoppable: bool, shown: tuple[int, float] | None) -> None:
    more = shown is not None and taking.done != shown[0] and time.monotonic() > shown[1]
    if (more or not taking.running) and not dialog_open():
        st.rerun()
    status = st.status(t("stopping") if taking.stopped else label, expanded=True)
    _render_progress(taking, status.empty())
    if taking.left > 1:
        status.caption(t("library_left", count=taking.left))
    if note:
        status.caption(note)
    if stoppable:
        status.button(
            t("cancel"),
            icon=":material/close:",
            key=f"cancel-{id(taking)}",
            on_click=taking.stop,
            disabled=taking.stopped,
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
        with place.container():
            st.info(t("busy"), icon=":material/hourglass_top:")
            if (work := works.running(*_ALL)) is not None:
                _render_progress(work, st.empty())
    try:
        place.empty()
        yield
    finally:
        lock.release()


def render_own(*, follow: bool = False) -> bool:
    """Take in the sample documents on the first day, and the minutes saved since; return whether that goes on.

    What a process that ended left half done is finished first. Nothing is shown where all is done at once. While
    somebody adds documents this is left for later: questions need not wait for it, nor for what is taken in here.
    With `follow` the page is run anew as files are done.
    """
    own = _own()
    taking = own.get("taking")
    if taking is None:
        if state.writing().locked():
            return False
        work = partial(_take_in_own, state.assistai(), first="taking" not in own)
        taking = own["taking"] = Taking(work, state.writing())
        taking.wait(_AT_ONCE)
    if taking.running:
        render_running(taking, t("own_preparing"), note=t("own_meanwhile"), stoppable=False, follow=follow)
        return True
    own["taking"] = None
    render_end(taking)
    return False


def render_added() -> bool:
    """Render how far documents are that somebody adds or finishes, for pages that do not do that; return whether any
    are."""
    taking = works.running("adding", "finishing")
    if taking is not None:
        render_running(taking, t("ask_adding"), note=t("own_meanwhile"), stoppable=False)
    return taking is not None


@st.cache_resource(show_spinner=False)
def _own() -> dict[str, Taking | None]:
    """What is taken in for all sessions: nothing yet in this process, what is under way, or None between two."""
    return {}


def _take_in_own(assistai: AssistAI, advance: Callable[[Progress], None], *, first: bool) -> tuple[Ingested, ...]:
    documents = assistai.documents
    if first and any(document.state in UNFINISHED for document in documents.list()):
        documents.resume(advance)
    documents.ensure_samples(advance)
    documents.take_in_minutes(assistai.workspace, advance)
    return ()


def render_end(taking: Taking, name: works.Name | None = None) -> None:
    """Render why taking in stopped, where it did not end well; what nobody foresaw is told once."""
    if taking.failure is not None:
        if name is not None:
            works.forget(name)
        raise taking.failure
    if taking.error is not None:
        render_error(taking.error)
