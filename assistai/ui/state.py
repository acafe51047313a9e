"""What the app remembers between two runs of a page: the open meeting, its history and focus."""

from __future__ import annotations

import threading
import uuid
from dataclasses import replace
from typing import cast

import streamlit as st

from assistai.app import AssistAI
from assistai.errors import AssistAIError, WorkspaceError
from assistai.meetings import editing
from assistai.meetings.minutes import Minutes
from assistai.meetings.transcript import Transcript
from assistai.models.chat import ChatModel
from assistai.ui.composing import Composing
from assistai.workspace import Meeting

_STEPS = 100
_OF_A_MEETING = ("past", "future", "focus", "focused", "turn-search", "turn-show", "turn-start")


@st.cache_resource
def assistai() -> AssistAI:
    """Return the services, made once for all sessions."""
    return AssistAI()


@st.cache_resource
def writing() -> threading.Lock:
    """Return the lock that whoever writes to the library holds, one for all sessions."""
    return threading.Lock()


def current() -> Meeting | None:
    """Return the open meeting; after a browser refresh, the one that the address names."""
    if "meeting" not in st.session_state and (meeting_id := st.query_params.get("meeting")):
        open_saved(meeting_id)
    meeting = cast("Meeting | None", st.session_state.get("meeting"))
    if meeting is not None and st.query_params.get("meeting") != meeting.id:
        st.query_params["meeting"] = meeting.id
    return meeting


def begin(transcript: Transcript, minutes: Minutes, meeting_id: str | None = None) -> None:
    """Open a meeting that was just summarised, and save it, in place of the one of that id if there is one."""
    meeting = Meeting(meeting_id or uuid.uuid4().hex, transcript, minutes, minutes)
    _show(meeting)
    _save(meeting)


def chat_model() -> ChatModel | None:
    """Return the chat model that the settings name; None where they name none, or one that cannot be."""
    try:
        return assistai().chat_model
    except AssistAIError:
        return None


def compose(transcript: Transcript, minutes: Minutes) -> None:
    """Save the embedded engine's minutes, and let the chat model write over them."""
    meeting = Meeting(uuid.uuid4().hex, transcript, minutes, minutes)
    _save(meeting)
    st.session_state["composing"] = Composing(assistai(), meeting.id, transcript, minutes)


def composing() -> Composing | None:
    """Return the model's work on minutes, where one is under way."""
    return cast("Composing | None", st.session_state.get("composing"))


def stop_composing() -> None:
    """Stop the model; the embedded engine's minutes open."""
    if work := composing():
        work.stop()
        st.session_state["composing-stopped"] = True


def finish_composing() -> None:
    """Open the minutes that came of the model's work."""
    if work := cast("Composing | None", st.session_state.pop("composing", None)):
        begin(work.transcript, work.minutes, work.meeting_id)
        if work.failure is not None:
            raise work.failure
        if work.error is not None:
            st.session_state["problem"] = work.error


def open_saved(meeting_id: str) -> None:
    """Open a saved meeting; where it cannot be read, stay at the start and keep the reason in `problem`."""
    try:
        _show(assistai().workspace.load(meeting_id))
    except WorkspaceError as error:
        close()
        st.session_state["problem"] = error


def close() -> None:
    """Go back to the start; the meeting stays saved."""
    for key in ("meeting", *_OF_A_MEETING):
        st.session_state.pop(key, None)
    st.query_params.pop("meeting", None)


def change(minutes: Minutes, transcript: Transcript | None = None) -> None:
    """Put changed minutes (and transcript) in place of the present ones, save them, and remember those for undo.

    A signature stands for the words that were signed: any other change makes the text a draft again.
    """
    meeting = cast(Meeting, st.session_state["meeting"])
    signed = minutes.review.status != "projet"
    if signed and minutes.review == meeting.minutes.review:
        minutes = editing.review(minutes, "projet", None, assistai().clock())
        st.session_state["reopened"] = True
    st.session_state["past"] = [*st.session_state.get("past", [])[-_STEPS:], meeting]
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


def save_again() -> None:
    """Try to save the open meeting once more."""
    _save(cast(Meeting, st.session_state["meeting"]))


def focus(turn: int) -> None:
    """Show a turn in the transcript, whatever was searched there before."""
    st.session_state["focus"] = st.session_state["focused"] = turn
    st.session_state["turn-search"] = ""
    st.session_state["turn-show"] = "all"


def _show(meeting: Meeting) -> None:
    close()
    st.session_state["meeting"] = meeting


def _move(source: str, target: str) -> None:
    if st.session_state.get(source):
        st.session_state[target] = [*st.session_state.get(target, []), st.session_state["meeting"]]
        *rest, meeting = st.session_state[source]
        st.session_state[source] = rest
        _set(meeting)


def _set(meeting: Meeting) -> None:
    st.session_state["meeting"] = meeting
    _save(meeting)


def _save(meeting: Meeting) -> None:
    """Save; a failure is kept in `unsaved` for the page to show, since the work itself goes on."""
    st.session_state.pop("unsaved", None)
    try:
        assistai().workspace.save(meeting)
    except WorkspaceError as error:
        st.session_state["unsaved"] = error
