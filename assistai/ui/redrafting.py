"""A draft put in other words by a chat model in a thread: it goes on while the page runs anew or shows another one."""

from __future__ import annotations

from collections.abc import Callable

from assistai.drafting.draft import Draft
from assistai.models.chat import Heard
from assistai.ui.background import Background
from assistai.workspace import SavedDraft

Work = Callable[[Heard], tuple[Draft, ...]]
"""What is asked of the model: it is given what hears the model's words, and returns the drafts that come of them."""


class Redrafting(Background):
    """What a model is writing of a saved draft: its words so far, and what came of them.

    `first` tells that the model words the draft for the first time, so that its text takes the place of `saved`'s;
    else it was asked for a change, which its user takes or leaves. `found` is empty until the end, and for good where
    its user stops it or it fails. `keep` is called in the thread with what was found.
    """

    def __init__(
        self, saved: SavedDraft, work: Work, *, first: bool, keep: Callable[[Draft], None] | None = None
    ) -> None:
        super().__init__("redrafting")
        self.saved = saved
        self.first = first
        self.words = ""
        self.found: tuple[Draft, ...] = ()
        self._asked, self._keep = work, keep
        self._begin()

    def _work(self) -> None:
        found = self._asked(self._hear)
        if self.stopped:
            return
        self.found = found
        if self._keep is not None:
            self._keep(found[0])

    def _hear(self, words: str) -> None:
        self.words = words
        self._go_on()
