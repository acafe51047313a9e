"""What the app remembers of the conversation with the documents: kept at every question, its reader's alone.

Whose it is a cookie of the browser tells, which nobody else can guess; the address names the conversation that is open.
"""

from __future__ import annotations

import re
import uuid
from contextlib import suppress
from typing import cast

import streamlit as st

from assistai.documents.answers import Answer
from assistai.documents.conversations import Conversation, Turn, from_saved, joined, to_save
from assistai.errors import WorkspaceError
from assistai.ui.state import assistai
from assistai.workspace import ConversationSummary, SavedConversation
from assistai.workspace.scope import Filter

COOKIE = "assistai-reader"
_ADDRESS = "conversation"
_READER = re.compile(r"[0-9a-f]{32}")


def reader() -> str:
    """Return who reads in this browser: the same at every visit, once its cookie is set."""
    if "reader" not in st.session_state:
        known = st.context.cookies.get(COOKIE) or ""
        st.session_state["reader"] = known if _READER.fullmatch(known) else uuid.uuid4().hex
        _delete_old()
    return cast(str, st.session_state["reader"])


def current() -> Conversation:
    """Return the open conversation; after a refresh or the browser's way back, the one that the address names."""
    asked_for = st.query_params.get(_ADDRESS)
    if asked_for and asked_for != st.session_state.get("conversation-address"):
        open_saved(asked_for)
    elif "conversation" not in st.session_state:
        _show(_empty())
    conversation = cast(Conversation, st.session_state["conversation"])
    if not conversation.begun:
        st.query_params.pop(_ADDRESS, None)
    elif asked_for != conversation.id:
        st.query_params[_ADDRESS] = conversation.id
    st.session_state["conversation-address"] = conversation.id
    return conversation


def ask(question: str) -> None:
    """Put a question at the end of those that wait for an answer: whatever is clicked meanwhile, it is kept."""
    conversation = current()
    _set(conversation.model_copy(update={"asked": (*conversation.asked, question)}))


def give_up() -> None:
    """Forget the oldest question that waits: it has no answer."""
    conversation = current()
    _set(conversation.model_copy(update={"asked": conversation.asked[1:]}))


def remember(answer: Answer, wanted: Filter, early: bool = False) -> None:
    """Put the answer to the oldest question that waits at the end of the conversation, and the filter it had.

    One that is `early` was given before all documents were there.
    """
    conversation = current()
    turn = Turn(answer=answer, at=assistai().clock(), wanted=wanted, early=early)
    _set(conversation.model_copy(update={"turns": (*conversation.turns, turn), "asked": conversation.asked[1:]}))


def judged(number: int) -> None:
    """Remember that the reader said what an answer is worth."""
    conversation = current()
    turns = list(conversation.turns)
    turns[number] = turns[number].model_copy(update={"judged": True})
    _set(conversation.model_copy(update={"turns": tuple(turns)}))


def begin_anew() -> None:
    """Open an empty conversation: the next question stands alone. The one before stays saved."""
    before = current()
    _show(_empty())
    st.session_state["conversation-before"] = before


def can_go_back() -> bool:
    """Tell whether a conversation was left for the new one that is open."""
    return st.session_state.get("conversation-before") is not None


def go_back() -> None:
    """Open the conversation again that was left for a new one."""
    _show(cast(Conversation, st.session_state["conversation-before"]))


def open_saved(conversation_id: str) -> None:
    """Open a saved conversation; where it cannot be read, keep the reason for the page to show."""
    try:
        conversation = from_saved(assistai().workspace.conversations.load(conversation_id, reader()))
    except WorkspaceError as error:
        _show(_empty())
        st.session_state["conversation-problem"] = error
    else:
        _show(conversation)
        st.session_state["conversation-kept"] = len(conversation.turns)


def saved() -> tuple[ConversationSummary, ...]:
    """Return the conversations of this reader, the last changed first."""
    return assistai().workspace.conversations.list(reader())


def delete(conversation_id: str) -> None:
    """Delete a conversation for good; raises WorkspaceError where that cannot be."""
    assistai().workspace.conversations.delete(conversation_id)
    before = cast("Conversation | None", st.session_state.get("conversation-before"))
    if before is not None and before.id == conversation_id:
        del st.session_state["conversation-before"]


def kept() -> int:
    """Return how many turns of the open conversation were answered at an earlier visit."""
    return cast(int, st.session_state.get("conversation-kept", 0))


def number() -> int:
    """Return which conversation of the session this is, so that widgets of the one before do not live on."""
    return cast(int, st.session_state.get("conversation-number", 0))


def save_again() -> None:
    """Try to save the open conversation once more."""
    _set(current())


def _delete_old() -> None:
    """Delete, at each visit, what is kept no longer: also of readers whose browser lost its cookie."""
    days = assistai().settings.conversation_days
    if days:
        with suppress(WorkspaceError):  # what cannot be used is said where conversations are listed
            assistai().workspace.conversations.delete_unchanged(days)


def _empty() -> Conversation:
    return Conversation(id=uuid.uuid4().hex, reader=reader())


def _show(conversation: Conversation) -> None:
    if "conversation" in st.session_state:
        st.session_state["conversation-number"] = number() + 1
    for key in ("conversation-before", "conversation-kept", "conversation-problem", "conversation-unsaved"):
        st.session_state.pop(key, None)
    st.session_state["conversation"] = conversation
    st.session_state["conversation-saved"] = to_save(conversation) if conversation.begun else None


def _set(conversation: Conversation) -> None:
    """Save; a failure is kept for the page to show, since the conversation itself goes on."""
    st.session_state["conversation"] = conversation
    st.session_state.pop("conversation-unsaved", None)
    shelf = assistai().workspace.conversations
    try:
        if conversation.begun:
            before = cast("SavedConversation | None", st.session_state.get("conversation-saved"))
            while not shelf.save(to_save(conversation), after=before):
                before = shelf.load(conversation.id, reader())
                own = len(conversation.turns)
                conversation = joined(conversation, from_saved(before))
                st.session_state["conversation"] = conversation
                st.session_state["conversation-joined"] = len(conversation.turns) > own
            st.session_state["conversation-saved"] = to_save(conversation)
        else:  # its only question could not be answered
            shelf.delete(conversation.id)
            st.session_state["conversation-saved"] = None
    except WorkspaceError as error:
        st.session_state["conversation-unsaved"] = error
