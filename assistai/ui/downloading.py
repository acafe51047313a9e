"""A local model brought here by a thread: it goes on while the page runs anew, and whatever page its user looks at."""

from __future__ import annotations

from assistai.models.catalogue import LocalModel
from assistai.models.downloading import Pulling, pull
from assistai.settings import Settings
from assistai.ui.background import Background


class Downloading(Background):
    """What is being downloaded or was, and how far it is; one that was stopped goes on where it was the next time."""

    def __init__(self, model: LocalModel, settings: Settings) -> None:
        super().__init__("downloading")
        self.model = model
        self.state: Pulling | None = None
        self._settings = settings
        self._begin()

    @property
    def running(self) -> bool:
        """Tell whether it goes on; one that was stopped still writes what it has."""
        return self._thread.is_alive()

    def _work(self) -> None:
        pull(self.model, self._settings, self._advance)

    def _advance(self, state: Pulling) -> None:
        self.state = state
        self._go_on()
