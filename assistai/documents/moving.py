"""Documents moved to another collection: SQL, words and vectors follow, nothing is embedded again."""

from __future__ import annotations

from dataclasses import replace

from assistai.documents.describing import refresh_metadata
from assistai.documents.index import VectorIndex
from assistai.documents.saved_minutes import of_meeting
from assistai.errors import WorkspaceError
from assistai.workspace.document import Document
from assistai.workspace.library import Library


def movable(document: Document) -> bool:
    """Tell whether a document can go to another collection: not without what it is inside, nor from its meeting."""
    return document.container is None and not of_meeting(document)


def move(library: Library, index: VectorIndex, document: Document, collection: str) -> None:
    """Move a document to a collection; what it is inside of, or a meeting, keeps it where it is.

    Raises WorkspaceError where it cannot go, or where that collection has a document from the same place.
    """
    if not movable(document):
        raise WorkspaceError("document_not_movable", name=document.name)
    if library.by_source(collection, document.source) is not None:
        raise WorkspaceError("document_there_already", name=document.name, collection=collection)
    moved = (document, *library.inside(document.collection, document.source))
    library.collect([one.id for one in moved], collection)  # finished by `resume` if this is cut short
    for one in moved:
        refresh_metadata(library, index, replace(one, collection=collection))
        library.change(one.id, state=one.state)
