"""Saved work: meetings under review, kept in SQL so that nothing is lost between two visits."""

from assistai.workspace.store import Meeting, MeetingSummary, Workspace

__all__ = ["Meeting", "MeetingSummary", "Workspace"]
