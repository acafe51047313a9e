"""Saved work: meetings and drafts under review, kept in SQL so that nothing is lost between two visits."""

from assistai.workspace.drafts import DraftSummary, SavedDraft
from assistai.workspace.store import Meeting, MeetingSummary, Workspace

__all__ = ["DraftSummary", "Meeting", "MeetingSummary", "SavedDraft", "Workspace"]
