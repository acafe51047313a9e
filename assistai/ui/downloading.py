"""A local model brought here by a thread: it goes on while the page runs anew, and whatever page its user looks at."""

from __future__ import annotations

import threading

from assistai.errors import AssistAIError
from assistai.models.catalogue import LocalModel
from assistai.models.downloading import Pulling, pull
from assistai.settings import Settings


class Downloading:
    """What is being downloaded or was: how far it is, and why it stopped.

    `failure` is an error that nobody foresaw. A download that was stopped goes on where it was the next time.
    """

    def __init__(self, model: LocalModel, settings: Settings) -> None:
        self.model = model
        self.state: Pulling | None = None
        self.error: AssistAIError | None = None
        self.failure: Exception | None = None
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(settings,), name="downloading", daemon=True)
        self._thread.start()

    @property
    def running(self) -> bool:
        """Tell whether it goes on."""
        return self._thread.is_alive()

    @property
    def stopped(self) -> bool:
        """Tell whether its user stopped it."""
        return self._stopped.is_set()

    def stop(self) -> None:
        """Stop at the next piece; what is here is kept."""
        self._stopped.set()

    def wait(self, seconds: float) -> bool:
        """Wait for the end, no longer than that; return whether it is over."""
        self._thread.join(seconds)
        return not self.running

    def _run(self, settings: Settings) -> None:
        try:
            pull(self.model, settings, self._advance)
        except _StoppedError:
            pass
        except AssistAIError as error:
            self.error = error
        except Exception as error:  # noqa: BLE001 (raised again where the page shows this)
            self.failure = error

    def _advance(self, state: Pulling) -> None:
        self.state = state
        if self.stopped:
            raise _StoppedError


class _StoppedError(Exception):
    pass
