"""Work in a thread of the app: it goes on while the page runs anew, and whatever page its user looks at."""

from __future__ import annotations

import threading

from assistai.errors import AssistAIError, Cancelled


class Background:
    """Work that its user can watch and stop. A subclass says what is done in `_work` and begins it with `_begin`.

    `error` is why it stopped by itself, `failure` an error that nobody foresaw; the page raises that one again.
    """

    def __init__(self, name: str) -> None:
        self.error: AssistAIError | None = None
        self.failure: Exception | None = None
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    @property
    def running(self) -> bool:
        """Tell whether it goes on and nobody stopped it."""
        return self._thread.is_alive() and not self.stopped

    @property
    def stopped(self) -> bool:
        """Tell whether its user stopped it."""
        return self._stopped.is_set()

    def stop(self) -> None:
        """Stop at the next step; what was there before stays."""
        self._stopped.set()

    def wait(self, seconds: float | None) -> bool:
        """Wait for the end, no longer than that (None: as long as it takes); return whether it is over."""
        self._thread.join(seconds)
        return not self.running

    def _begin(self) -> None:
        self._thread.start()

    def _work(self) -> None:
        raise NotImplementedError

    def _go_on(self) -> None:
        """Raise Cancelled where its user stopped it; called at every step."""
        if self.stopped:
            raise Cancelled("stopped_by_user")

    def _run(self) -> None:
        try:
            self._work()
        except Cancelled:
            pass
        except AssistAIError as error:
            self.error = error
        except Exception as error:  # noqa: BLE001 (raised again where the page shows this)
            self.failure = error
