"""Documents taken in by a thread: it goes on while the page runs anew, and whatever page its user looks at."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable

from assistai.documents.ingestion import Ingested, Progress
from assistai.ui.background import Background

Work = Callable[[Callable[[Progress], None]], Iterable[Ingested]]


class Taking(Background):
    """What is being taken in or was: how far it is, and what became of each file.

    `lock` is held meanwhile: one at a time writes to the library. Stopped, it ends at the next step; each file is whole
    by then, or as if it had not been brought.
    """

    def __init__(self, work: Work, lock: threading.Lock) -> None:
        super().__init__("taking")
        self.results: list[Ingested] = []
        self.progress: Progress | None = None
        self.waiting = True
        self._given, self._lock = work, lock
        self._begin()

    @property
    def running(self) -> bool:
        """Tell whether it goes on; one that was stopped still finishes its step."""
        return self._thread.is_alive()

    @property
    def done(self) -> int:
        """How many files are done."""
        return self.progress.done if self.progress is not None else 0

    @property
    def left(self) -> int:
        """How many of the files that are known so far are not done."""
        return self.progress.total - self.progress.done if self.progress is not None else 0

    def _work(self) -> None:
        while not self._lock.acquire(timeout=0.3):
            self._go_on()
        try:
            self.waiting = False
            for result in self._given(self._advance):
                self.results.append(result)
        finally:
            self._lock.release()

    def _advance(self, progress: Progress) -> None:
        self.progress = progress
        if progress.stage != "done":  # what is done is told
            self._go_on()
