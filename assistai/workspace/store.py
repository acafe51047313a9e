"""Save, list, load and delete meetings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from pydantic import TypeAdapter

from assistai.meetings.minutes import Minutes, Status
from assistai.meetings.transcript import Transcript
from assistai.workspace.conversations import ConversationShelf
from assistai.workspace.database import Database
from assistai.workspace.drafts import DraftShelf
from assistai.workspace.shelf import Shelf
from assistai.workspace.tables import MeetingRow

_TRANSCRIPT = TypeAdapter(Transcript)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting under review: `minutes` is the text as it stands, `proposal` what the engine wrote, which stays."""

    id: str
    transcript: Transcript
    minutes: Minutes
    proposal: Minutes


@dataclass(frozen=True, slots=True)
class MeetingSummary:
    """What a list of saved meetings shows; `updated_at` is in UTC."""

    id: str
    title: str
    date: dt.date | None
    status: Status
    updated_at: dt.datetime


class Workspace(Shelf[MeetingRow]):
    """The meetings, `drafts` and `conversations` saved in one SQLite file, made at first use; safe for several
    processes (WAL).

    Every method raises WorkspaceError where the file cannot be used or is from a newer version.
    """

    _table = MeetingRow
    _missing = "meeting_missing"

    def __init__(self, database: Database, clock: Callable[[], dt.datetime]) -> None:
        super().__init__(database, clock)
        self.drafts = DraftShelf(database, clock)
        self.conversations = ConversationShelf(database, clock)

    def save(self, meeting: Meeting) -> None:
        """Keep the meeting as it is now, in place of what its id held before."""
        self._keep(
            MeetingRow(
                id=meeting.id,
                title=meeting.minutes.title,
                date=meeting.minutes.date,
                status=meeting.minutes.review.status,
                transcript=_TRANSCRIPT.dump_json(meeting.transcript).decode(),
                proposal=meeting.proposal.to_json(),
                minutes=meeting.minutes.to_json(),
            )
        )

    def load(self, meeting_id: str) -> Meeting:
        """Return a saved meeting; raises WorkspaceError where there is none."""
        row = self._find(meeting_id)
        return Meeting(
            id=row.id,
            transcript=_TRANSCRIPT.validate_json(row.transcript),
            minutes=Minutes.from_json(row.minutes),
            proposal=Minutes.from_json(row.proposal),
        )

    def list(self) -> tuple[MeetingSummary, ...]:
        """Return the saved meetings, the last changed first."""
        rows = self._latest(MeetingRow.id, MeetingRow.title, MeetingRow.date, MeetingRow.status)
        return tuple(
            MeetingSummary(row.id, row.title, row.date, row.status, row.updated_at.replace(tzinfo=dt.UTC))
            for row in rows
        )
