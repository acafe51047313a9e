"""Whether SQL, words and vectors hold the same passages."""

from __future__ import annotations

from dataclasses import dataclass

from assistai.documents.index import VectorIndex
from assistai.workspace.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Check:
    """What `check` found: how many of each there are, and what differs. `clean` where nothing does.

    `read_by_earlier` counts the documents that an earlier version read and that `rebuild` would read anew.
    """

    documents: int
    passages: int
    words: int
    vectors: int
    missing_vectors: int
    surplus_vectors: int
    unfinished: int
    words_differ: bool
    rebuild_needed: bool
    read_by_earlier: int = 0

    @property
    def clean(self) -> bool:
        """Tell whether SQL, words and vectors hold the same passages."""
        return not (
            self.missing_vectors
            or self.surplus_vectors
            or self.unfinished
            or self.words_differ
            or self.rebuild_needed
            or self.passages != self.words
        )


def compare(
    catalogue: Catalogue, index: VectorIndex, model: str, *, rebuild_needed: bool, read_by_earlier: int
) -> Check:
    """Return what each part holds and what differs; `model` is the one that made the vectors which are searched."""
    counts = catalogue.counts()
    wanted, there = catalogue.passage_ids(), index.ids(model)
    readable = index.readable(model, there)
    return Check(
        documents=counts.documents,
        passages=counts.passages,
        words=counts.words,
        vectors=len(readable),
        missing_vectors=len(wanted - readable),
        surplus_vectors=len(there - wanted),
        unfinished=counts.unfinished,
        words_differ=catalogue.words_differ(),
        rebuild_needed=rebuild_needed,
        read_by_earlier=read_by_earlier,
    )
