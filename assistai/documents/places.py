"""Where the file of a document stands: it follows its file, and stays while the same file stands elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from assistai.documents.describing import change
from assistai.documents.index import VectorIndex
from assistai.documents.sources import Source, has_path, still_holds
from assistai.documents.twins import file_of
from assistai.workspace.copies import Copy
from assistai.workspace.document import INSIDE, READ, UPLOADED, Document
from assistai.workspace.library import Library


def follow(
    library: Library, index: VectorIndex, document: Document, source: str, name: str, container: str | None
) -> Document:
    """Write down that a document's file is now at another place; a title that was the file's name follows it."""
    moved = library.move(document, source, name, container)
    former, title = Path(document.name).stem, Path(name).stem
    if document.title_said or document.title != former or title == former:
        return moved
    return change(library, index, moved, {"title": title})


def note_copy(library: Library, document: Document, place: Source) -> None:
    """Write down that the file of a document was brought from another place too, or in an archive or mail there."""
    root = place.root or place.source
    if has_path(root) or root.startswith(UPLOADED):
        library.copies.keep(document, place.source, place.name, place.container)


def take_away(
    library: Library, index: VectorIndex, document: Document, *, file_may_return: bool = False
) -> Document | None:
    """Take a document and those inside it from their place; return it as it is elsewhere, None where it is deleted.

    Those whose file still stands at another place that was brought in are there then; the others are deleted, and where
    their file may return, what was said of them is kept until then.
    """
    for one in (document, *sorted(library.inside(document.collection, document.source), key=lambda item: item.source)):
        now = library.by_id([one.id]).get(one.id)
        copy = next(_elsewhere(library, one, document), None) if now is not None and now.source == one.source else None
        if copy is not None:
            moved = follow(library, index, one, copy.source, copy.name, copy.container)
            if one.id == document.id:
                return moved
    remove(library, document, file_may_return=file_may_return)
    return None


def remove(library: Library, document: Document, *, file_may_return: bool = False) -> None:
    """Delete a document and those inside it, wherever else their files stand."""
    inside = library.inside(document.collection, document.source)
    library.copies.forget_inside(document)
    library.delete(document.id, *(item.id for item in inside), file_may_return=file_may_return)


def _elsewhere(library: Library, document: Document, leaving: Document) -> Iterator[Copy]:
    """Yield the places where the file of a document still stands, but those that it leaves."""
    for copy in library.copies.of(document):
        leaves = copy.source.startswith(f"{leaving.source}{INSIDE}")
        taken = library.by_source(document.collection, copy.source) is not None
        if not leaves and not taken and _stands(library, document.collection, copy):
            yield copy


def file_around(library: Library, collection: str, copy: Copy) -> tuple[str, str] | None:
    """Return the file that stands at the place of a copy, or holds it, and the SHA-256 that it had when it was read.

    None where it was in an archive or mail that is no longer in the library.
    """
    if copy.container is None:
        return copy.source, copy.sha256
    outer = library.by_source(collection, copy.container)
    if outer is None or outer.state not in READ:
        return None
    file = file_of(library, outer)
    return file.source, file.sha256


def _stands(library: Library, collection: str, copy: Copy) -> bool:
    """Tell whether a file is still at the place where it was found, or in the archive or mail that was read."""
    file = file_around(library, collection, copy)
    return file is not None and still_holds(*file)
