"""Documents taken in by a thread: it goes on while the page runs anew, and whatever page its user looks at."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable

from assistai.documents.ingestion import Ingested, Progress
from assistai.errors import AssistAIError

Work = Callable[[Callable[[Progress], None]], Iterable[Ingested]]


class Taking:
    """What is being taken in or was: how far it is, what became of each file, why it stopped.

    `lock` is held meanwhile: one at a time writes to the library. `failure` is an error that nobody foresaw.
    """

    def __init__(self, work: Work, lock: threading.Lock) -> None:
        self.results: list[Ingested] = []
        self.progress: Progress | None = None
        self.waiting = True
        self.error: AssistAIError | None = None
        self.failure: Exception | None = None
        self._cancelled = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(work, lock), name="taking", daemon=True)
        self._thread.start()

    @property
    def running(self) -> bool:
        """Tell whether it goes on."""
        return self._thread.is_alive()

    @property
    def done(self) -> int:
        """How many files are done."""
        return self.progress.done if self.progress is not None else 0

    @property
    def cancelled(self) -> bool:
        """Tell whether its user stopped it."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Stop at the next step; each file is whole by then, or as if it had not been brought."""
        self._cancelled.set()

    def wait(self, seconds: float) -> bool:
        """Wait for the end, no longer than that; return whether it is over."""
        self._thread.join(seconds)
        return not self.running

    def _run(self, work: Work, lock: threading.Lock) -> None:
        while not lock.acquire(timeout=0.3):
            if self.cancelled:
                return
        try:
            self.waiting = False
            for result in work(self._advance):
                self.results.append(result)
        except _CancelledError:
            pass
        except AssistAIError as error:
            self.error = error
        except Exception as error:  # noqa: BLE001 (raised again where the page shows this)
            self.failure = error
        finally:
            lock.release()

    def _advance(self, progress: Progress) -> None:
        self.progress = progress
        if self.cancelled and progress.stage != "done":  # what is done is told
            raise _CancelledError


class _CancelledError(Exception):
    pass
