"""Which of the documents found hold: what replaces what, which older edition a question asks for, what is newer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from assistai.documents.editions.asking import asks_for
from assistai.documents.editions.imprint import BEGINNING, MOST_READ, edition_of, imprint_of
from assistai.documents.editions.marks import plain, without_numbers, years_in
from assistai.documents.editions.replacing import replaced
from assistai.documents.search import Hit
from assistai.workspace.catalogue import Catalogue
from assistai.workspace.document import Document

Difference = Literal["newer_differs", "older_differs", "other_differs"]
"""The code of the remark on a document that says something else."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How the documents found stand to each other, by id.

    `newer` holds those that another one found replaces, with that one: a person said so, or name, year or text do. One
    that is a draft, or takes effect later, replaces nothing yet.
    `older` are those of them that the question does not ask for. `drafts` are those whose name or title says so, and no
    person that they are in force. `later` are those in force only after the years that the question
    names. `dates` is what each says of its own date.
    """

    newer: Mapping[str, str]
    older: frozenset[str]
    drafts: frozenset[str]
    later: frozenset[str]
    dates: Mapping[str, dt.date | None]

    @property
    def asked_for(self) -> frozenset[str]:
        """The older editions that the question asks for."""
        return frozenset(self.newer.keys() - self.older)

    def is_asked_for(self, hit: Hit) -> bool:
        """Tell whether a hit's document is an older edition that the question asks for."""
        return hit.document.id in self.asked_for

    def holds(self, hit: Hit) -> bool:
        """Tell whether a hit's document is in force and not replaced, or asked for all the same."""
        aside = hit.document.id in self.older or hit.document.id in self.drafts
        return self.is_asked_for(hit) or (hit.in_force and not aside)

    def differing(
        self, quoted: Document, other: Document
    ) -> Literal["newer_differs", "older_differs", "other_differs"]:
        """Return the remark on a document that says something else than the one quoted: which of them is the newer.

        What a person said and what replaces what come first, then the day from which each holds, or its own date;
        where nothing tells, neither is called the newer.
        """
        gone = [one.validity == "superseded" or one.id in self.newer for one in (quoted, other)]
        if gone[0] != gone[1]:
            return "newer_differs" if gone[0] else "older_differs"
        since = [one.effective_from or self.dates.get(one.id) for one in (quoted, other)]
        if since[0] is None or since[1] is None or since[0] == since[1]:
            return "other_differs"
        return "newer_differs" if since[1] > since[0] else "older_differs"


@dataclass(frozen=True, slots=True)
class Replacement:
    """A document, and the newer one that seems to replace it."""

    older: Document
    newer: Document


def proposed(catalogue: Catalogue, documents: Sequence[Document]) -> list[Replacement]:
    """Return which of the documents another one of their collection seems to replace, of those in force that nobody has
    said to be.

    `documents` come one collection after the other.
    """
    found: dict[str, str] = {}
    texts = catalogue.beginnings(documents, BEGINNING)
    for _, together in groupby(documents, key=lambda one: one.collection):
        found |= replaced([edition_of(one, texts.get(one.id, "")) for one in together])
    named = {one.id: one for one in documents}
    return [
        Replacement(named[older], named[newer])
        for older, newer in found.items()
        if named[older].validity == "in_force" and not named[older].validity_said
    ]


def standing(question: str, documents: Mapping[str, Document], texts: Mapping[str, str], today: dt.date) -> Standing:
    """Return how the documents found stand; `documents` and `texts`, at least their beginnings, are theirs by id.

    A document that a person has said to be in force is not guessed to be replaced.
    """
    editions = {name: edition_of(one, texts[name]) for name, one in documents.items()}
    replacing = [name for name, one in documents.items() if one.replaces_on(today)]
    found = replaced([editions[name] for name in replacing])
    newer = {name: by for name, by in found.items() if not documents[name].said_in_force}
    newer |= {name: one.superseded_by for name, one in documents.items() if one.superseded_by in replacing}
    years = years_in(without_numbers(plain(question[:MOST_READ])))
    older = frozenset(
        name
        for name, by in newer.items()
        if not asks_for(question, editions[name])
        and not any(_held_in(year, documents[name], documents.get(by)) for year in years)
    )
    imprints = {name: imprint_of(edition) for name, edition in editions.items()}
    drafts = frozenset(name for name, one in imprints.items() if one.is_draft and not documents[name].said_in_force)
    later = frozenset(
        name
        for name, one in documents.items()
        if years and one.effective_from is not None and one.effective_from.year > max(years)
    )
    return Standing(newer, older, drafts, later, {name: one.date(today) for name, one in imprints.items()})


def _held_in(year: int, document: Document, newer: Document | None) -> bool:
    """Tell whether a document was in force in a year, by the dates that a person gave, and what replaces it was not."""
    first, last = document.effective_from, document.effective_to
    if last is None and newer is not None and newer.effective_from is not None:
        last = newer.effective_from - dt.timedelta(days=1)
    if last is None or not (first or dt.date.min).year <= year <= last.year:
        return False
    return newer is None or newer.effective_from is None or newer.effective_from.year > year
