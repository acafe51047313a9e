"""What the app remembers between two runs of a page: the open meeting, its history, the turn in focus."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import cast

import streamlit as st

from assistai.app import AssistAI
from assistai.errors import WorkspaceError
from assistai.meetings.minutes import Minutes
from assistai.meetings.transcript import Transcript
from assistai.workspace import Meeting

_STEPS = 100


@st.cache_resource
def assistai() -> AssistAI:
    """Return the services, made once for all sessions."""
    return AssistAI()


def current() -> Meeting | None:
    """Return the open meeting; after a browser refresh, the one that the address names."""
    if "meeting" not in st.session_state and (meeting_id := st.query_params.get("meeting")):
        try:
            show(assistai().workspace.load(meeting_id))
        except WorkspaceError:
            close()
    return cast("Meeting | None", st.session_state.get("meeting"))


def begin(transcript: Transcript, minutes: Minutes) -> None:
    """Open a meeting that was just summarised, and save it."""
    meeting = Meeting(uuid.uuid4().hex, transcript, minutes, minutes)
    assistai().workspace.save(meeting)
    show(meeting)


def show(meeting: Meeting) -> None:
    """Open a meeting, with nothing to undo."""
    st.session_state.update(meeting=meeting, past=[], future=[], focus=None, focused=None, first_turn=0)
    st.query_params["meeting"] = meeting.id


def close() -> None:
    """Go back to the start; the meeting stays saved."""
    for key in ("meeting", "past", "future", "focus", "focused", "first_turn"):
        st.session_state.pop(key, None)
    st.query_params.pop("meeting", None)


def change(minutes: Minutes, transcript: Transcript | None = None) -> None:
    """Put changed minutes (and transcript) in place of the present ones, save them, and remember those for undo."""
    meeting = cast(Meeting, st.session_state["meeting"])
    st.session_state["past"] = [*st.session_state["past"][-_STEPS:], meeting]
    st.session_state["future"] = []
    _set(replace(meeting, minutes=minutes, transcript=transcript or meeting.transcript))


def undo() -> None:
    """Take the last change back."""
    _move("past", "future")


def redo() -> None:
    """Make the change that was taken back again."""
    _move("future", "past")


def can_undo() -> bool:
    """Tell whether there is a change to take back."""
    return bool(st.session_state.get("past"))


def can_redo() -> bool:
    """Tell whether there is a change to make again."""
    return bool(st.session_state.get("future"))


def focus(turn: int | None) -> None:
    """Show a turn in the transcript."""
    st.session_state["focus"] = turn


def _move(source: str, target: str) -> None:
    if st.session_state.get(source):
        st.session_state[target] = [*st.session_state[target], st.session_state["meeting"]]
        _set(st.session_state[source].pop())


def _set(meeting: Meeting) -> None:
    st.session_state["meeting"] = meeting
    assistai().workspace.save(meeting)
