"""Minutes written by a chat model in a thread: it goes on while the page runs anew, and whatever page its user sees."""

from __future__ import annotations

import threading

from assistai.app import AssistAI
from assistai.errors import AssistAIError
from assistai.meetings.minutes import Minutes
from assistai.meetings.transcript import Transcript
from assistai.meetings.writing import Writing
from assistai.workspace import Meeting


class Composing:
    """What a model is writing of a meeting: how far it is, and the minutes in the end.

    `minutes` are the embedded engine's until the model's are done, and for good where its user stops it. `error` and
    `failure` (one that nobody foresaw) say why it stopped; the embedded engine's minutes stand then too.
    """

    def __init__(self, assistai: AssistAI, meeting_id: str, transcript: Transcript, minutes: Minutes) -> None:
        self.meeting_id = meeting_id
        self.transcript = transcript
        self.minutes = minutes
        self.writing: Writing | None = None
        self.error: AssistAIError | None = None
        self.failure: Exception | None = None
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(assistai,), name="composing", daemon=True)
        self._thread.start()

    @property
    def running(self) -> bool:
        """Tell whether the model writes and nobody stopped it."""
        return self._thread.is_alive() and not self.stopped

    @property
    def stopped(self) -> bool:
        """Tell whether its user stopped it."""
        return self._stopped.is_set()

    def stop(self) -> None:
        """Stop at the next word, and keep the embedded engine's minutes."""
        self._stopped.set()

    def _run(self, assistai: AssistAI) -> None:
        try:
            found = self.minutes
            written = assistai.meetings.write(found, self.transcript, watch=self._watch)
            if not self.stopped:
                self.minutes = written
                # Where the page is gone (a refresh, a closed window), the work is not; what a person changed stays.
                if assistai.workspace.load(self.meeting_id).minutes == found:
                    assistai.workspace.save(Meeting(self.meeting_id, self.transcript, written, written))
        except _StoppedError:
            pass
        except AssistAIError as error:
            self.error = error
        except Exception as error:  # noqa: BLE001 (raised again where the page shows this)
            self.failure = error

    def _watch(self, writing: Writing) -> None:
        self.writing = writing
        if self.stopped:
            raise _StoppedError


class _StoppedError(Exception):
    pass
