"""The drafts saved on this machine: reopen one, or delete it for good."""

from __future__ import annotations

from functools import partial

import streamlit as st

from assistai.ui import drafting, state
from assistai.ui.components.saved_work import Kind, SavedWork, render_saved_work
from assistai.ui.text import language, moment, plain, t, td
from assistai.workspace import DraftSummary


def render_saved_drafts() -> None:
    """Render the list, latest first; nothing where nothing is saved but a word on where work will be."""
    st.subheader(td("saved"), anchor=False)
    shelf = state.assistai().workspace.drafts
    entries = shelf.list()
    if not entries:
        st.info(td("saved_none"), icon=":material/lightbulb:")
        return
    names = {kind.id: kind.names.get(language())[0] for kind in state.assistai().drafts.kinds()}
    read = partial(_read, names=names)
    render_saved_work(entries, read, Kind("draft", drafting.open_saved, shelf.delete, td("delete_draft")))


def _read(entry: DraftSummary, names: dict[str, str]) -> SavedWork:
    to = f"  \n:small[{td('saved_to', names=plain(', '.join(entry.to)[:120]))}]" if entry.to else ""
    saved_at = moment(entry.updated_at, state.assistai().settings.timezone)
    subject = plain(entry.subject or td("no_subject"))
    return SavedWork(
        entry.id,
        f"**{subject}**{to}  \n"
        f":small[{plain(names.get(entry.kind, entry.kind))} · {t(f'status_{entry.status}')}]  \n"
        f":small[:gray[{td('saved_at', at=saved_at)}]]",
        td("delete_draft_ask", subject=subject),
    )
