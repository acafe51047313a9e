"""Acts of speech that give someone something to do: what one sentence says, before its neighbours are heard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistai.meetings.extraction.predicates import Predicate
from assistai.records import Language

Kind = Literal["commitment", "offer", "request", "assignment", "duty", "proposal", "call"]
"""commitment: I will · offer: I can, shall I? · request: can you? · assignment: you do, X does · duty: it must be
done · proposal: we could · call: who can?"""

SPEAKER, ADDRESSEE, NOBODY = "<speaker>", "<addressee>", "<nobody>"
"""Doers that the exchange resolves; any other doer is a name as it was said."""


@dataclass(frozen=True, slots=True)
class Act:
    """One act in a readable sentence: its trigger starts at `start`, its verb group is `predicate`.

    `complement` is where the words after the verb start; `weak` acts count only with more (a date, someone who
    takes them); `passive` tasks have their object before the verb at `object_span`.
    """

    kind: Kind
    language: Language
    doer: str
    predicate: Predicate
    start: int
    complement: int
    weak: bool = False
    explicit: bool = False
    object_span: tuple[int, int] | None = None
    label: str = ""

    @property
    def deed(self) -> str:
        """Return the verb of the task in its base form."""
        return self.predicate.deed
