"""The embedded engine's answer, looked up by a thread: what is sent meanwhile is heard, nothing is looked up twice."""

from __future__ import annotations

from assistai.documents.answers import Answer
from assistai.documents.service import Documents
from assistai.ui.background import Background
from assistai.workspace.scope import Filter


class Answering(Background):
    """The look-up of one question; `asked` tells which: the question, the filter, the question before."""

    def __init__(self, documents: Documents, question: str, wanted: Filter, previous: str | None) -> None:
        super().__init__("answering")
        self.asked = question, wanted, previous
        self._documents = documents
        self._answer: Answer | None = None
        self._begin()

    @property
    def answer(self) -> Answer:
        """The answer, once it is there; raises what came in its place."""
        if self._answer is None:
            raise self.error or self.failure or RuntimeError("no answer yet")
        return self._answer

    def _work(self) -> None:
        question, wanted, previous = self.asked
        self._answer = self._documents.answer(question, wanted=wanted, previous=previous, engine="embedded")
