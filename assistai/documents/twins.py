"""Which document holds the bytes of a file already, and whether it is sure to stay."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

from assistai.documents.reading import Part
from assistai.documents.sources import has_path, is_gone, still_holds
from assistai.workspace.catalogue import Catalogue
from assistai.workspace.document import Document

_LIMITS = ("archive_too_deep", "package_too_large")


def twin_of(catalogue: Catalogue, collection: str, sha256: str) -> Document | None:
    """Return the document of a collection that holds these bytes: one whose file is gone before one that is there.

    One whose file, or the archive or mail around it, holds something else by now is none: its text will go.
    """
    twins = [twin for twin in catalogue.by_content(collection, sha256) if twin.state != "failed"]
    files = [(twin, file_of(catalogue, twin)) for twin in twins]
    gone = (twin for twin, file in files if is_gone(file.source))
    there = (twin for twin, file in files if still_holds(file.source, file.sha256))
    return next(gone, None) or next(there, None)


def left_out(catalogue: Catalogue, twin: Document, depth: int, parts: Callable[[], Sequence[Part]]) -> bool:
    """Tell whether files inside a twin were never read, too deep or too large where it is, and may be at this depth.

    `parts` gives the files right inside it.
    """
    if depth >= len(containers_of(catalogue, twin)):
        return False
    if any(_is_cut(one) for one in (twin, *catalogue.inside(twin.collection, twin.source))):
        return True
    contents = {hashlib.sha256(part.data).hexdigest() for part in parts()}
    return any(not catalogue.by_content(twin.collection, sha256) for sha256 in contents)


def _is_cut(document: Document) -> bool:
    """Tell whether the limits kept what is inside a document from being read."""
    problem = document.problem[0] if document.problem is not None else ""
    return problem in _LIMITS or any(code == "part_too_deep" for code, _, _ in document.unread)


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
