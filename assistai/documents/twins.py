"""Which document holds the bytes of a file already, and whether it is sure to stay."""

from __future__ import annotations

from assistai.documents.sources import has_path, is_gone, still_holds
from assistai.workspace.catalogue import Catalogue
from assistai.workspace.document import Document


def twin_of(catalogue: Catalogue, collection: str, sha256: str) -> Document | None:
    """Return the document of a collection that holds these bytes: one whose file is gone before one that is there.

    One whose file, or the archive or mail around it, holds something else by now is none: its text will go.
    """
    twins = [twin for twin in catalogue.by_content(collection, sha256) if twin.state != "failed"]
    files = [(twin, file_of(catalogue, twin)) for twin in twins]
    gone = (twin for twin, file in files if is_gone(file.source))
    there = (twin for twin, file in files if still_holds(file.source, file.sha256))
    return next(gone, None) or next(there, None)


def file_of(catalogue: Catalogue, document: Document) -> Document:
    """Return the document that is a file of its own: the outermost archive or mail around one, or itself."""
    return [document, *containers_of(catalogue, document)][-1]


def is_file(document: Document) -> bool:
    """Tell whether a document is a file on disk, neither inside another nor handed over."""
    return document.container is None and has_path(document.source)


def containers_of(catalogue: Catalogue, document: Document) -> list[Document]:
    """Return the archive or mail that a document is in, the one that this is in, and so on."""
    found: list[Document] = []
    name = document.container
    while name is not None and (outer := catalogue.by_source(document.collection, name)) is not None:
        found.append(outer)
        name = outer.container
    return found
