"""A draft put in other words by a chat model in a thread: it goes on while the page runs anew or shows another one."""

from __future__ import annotations

import threading
from collections.abc import Callable

from assistai.drafting.draft import Draft
from assistai.errors import AssistAIError, Cancelled
from assistai.models.chat import Heard
from assistai.workspace import SavedDraft

Work = Callable[[Heard], tuple[Draft, ...]]
"""What is asked of the model: it is given what hears the model's words, and returns the drafts that come of them."""


class Redrafting:
    """What a model is writing of a saved draft: its words so far, and what came of them.

    `first` tells that the model words the draft for the first time, so that its text takes the place of `saved`'s;
    else it was asked for a change, which its user takes or leaves. `found` is empty until the end, and for good where
    its user stops it or `error` or `failure` (one that nobody foresaw) says why it stopped. `keep` is called in the
    thread with what was found.
    """

    def __init__(
        self, saved: SavedDraft, work: Work, *, first: bool, keep: Callable[[Draft], None] | None = None
    ) -> None:
        self.saved = saved
        self.first = first
        self.words = ""
        self.found: tuple[Draft, ...] = ()
        self.error: AssistAIError | None = None
        self.failure: Exception | None = None
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(work, keep), name="redrafting", daemon=True)
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
        """Stop at the next word; the draft stays as it was."""
        self._stopped.set()

    def wait(self, seconds: float | None) -> bool:
        """Wait for the end, no longer than that (None: as long as it takes); return whether it is over."""
        self._thread.join(seconds)
        return not self.running

    def _run(self, work: Work, keep: Callable[[Draft], None] | None) -> None:
        try:
            found = work(self._hear)
            if not self.stopped:
                self.found = found
                if keep is not None:
                    keep(found[0])
        except Cancelled:
            pass
        except AssistAIError as error:
            self.error = error
        except Exception as error:  # noqa: BLE001 (raised again where the page shows this)
            self.failure = error

    def _hear(self, words: str) -> None:
        self.words = words
        if self.stopped:
            raise Cancelled("stopped_by_user")
