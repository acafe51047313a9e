"""Minutes written by a chat model in a thread: it goes on while the page runs anew, and whatever page its user sees."""

from __future__ import annotations

from assistai.app import AssistAI
from assistai.meetings.minutes import Minutes
from assistai.meetings.transcript import Transcript
from assistai.meetings.writing import Writing
from assistai.ui.background import Background
from assistai.workspace import Meeting


class Composing(Background):
    """What a model is writing of a meeting: how far it is, and the minutes in the end.

    `minutes` are the embedded engine's until the model's are done, and for good where its user stops it or it fails.
    """

    def __init__(self, assistai: AssistAI, meeting_id: str, transcript: Transcript, minutes: Minutes) -> None:
        super().__init__("composing")
        self.meeting_id = meeting_id
        self.transcript = transcript
        self.minutes = minutes
        self.writing: Writing | None = None
        self._assistai = assistai
        self._begin()

    def _work(self) -> None:
        found = self.minutes
        written = self._assistai.meetings.write(found, self.transcript, watch=self._watch)
        if self.stopped:
            return
        self.minutes = written
        # Where the page is gone (a refresh, a closed window), the work is not; what a person changed stays.
        workspace = self._assistai.workspace
        if workspace.load(self.meeting_id).minutes == found:
            workspace.save(Meeting(self.meeting_id, self.transcript, written, written))

    def _watch(self, writing: Writing) -> None:
        self.writing = writing
        self._go_on()
