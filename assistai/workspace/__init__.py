"""Saved work: meetings and drafts under review, conversations, kept in SQL: nothing is lost between two visits."""

from assistai.workspace.conversations import ConversationSummary, SavedConversation
from assistai.workspace.drafts import DraftSummary, SavedDraft
from assistai.workspace.store import Meeting, MeetingSummary, Workspace

__all__ = [
    "ConversationSummary",
    "DraftSummary",
    "Meeting",
    "MeetingSummary",
    "SavedConversation",
    "SavedDraft",
    "Workspace",
]
