"""The documents service: the one class behind the library and question pages, the commands and the Python API."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistai.documents.asking import Asking
from assistai.documents.ingestion import Details, Ingested, Progress, Source
from assistai.errors import WorkspaceError
from assistai.workspace.document import READ, Document

if TYPE_CHECKING:
    from assistai.documents.answers import Citation
    from assistai.documents.checking import Check
    from assistai.documents.reading.page_images import PageImage
    from assistai.documents.standing import Replacement
    from assistai.workspace import Workspace

_AROUND = 200


class Documents(Asking):
    """Takes documents in, finds passages, answers with quotes that code has checked.

    The vector index opens at first use and is this process's until `close()`; a WorkspaceError names who has it else.
    """

    _proposed: tuple[tuple[Document, ...], Sequence[Replacement]] | None = None

    # -- taking in

    def ingest(
        self,
        *paths: Path | str,
        collection: str = "documents",
        owner: str | None = None,
        sensitivity: int | None = None,
        progress: Callable[[Progress], None] | None = None,
    ) -> Sequence[Ingested]:
        """Take in files and folders, and return what became of each file, those inside archives and mails included.

        The same file again is recognised and not embedded again. An `owner` and a `sensitivity` that are given hold for
        what is there already too; None leaves them as they are, and is "" and 1 for new documents. A file that cannot
        be read is in the result with its error; the others are done. What is no longer in a folder leaves the
        collection. Raises UnreadableInput where a path does not exist, InputError where a detail cannot be.
        """
        details = Details(collection=collection, owner=owner, sensitivity=sensitivity)
        done = list(self.ingest_each(self.sources(*paths), details, progress))
        return [*done, *self.remove_gone(*paths, collection=collection)]

    def remove_gone(self, *paths: Path | str, collection: str = "documents") -> Sequence[Ingested]:
        """Delete the documents of a collection whose files are no longer in the folders that they came from.

        One whose file stands at another place too, that was brought in, is there then: its outcome is "moved". Of a
        folder in which no file is left nothing is deleted: it may be a drive that is not there.
        """
        from assistai.documents.sources import gone_from

        tests = [gone_from(Path(path)) for path in paths if os.path.isdir(path)]
        gone = [
            document
            for document in self._library.documents(collection=collection)
            if document.container is None and any(is_gone(document.source) for is_gone in tests)
        ]
        return [self._take_away(document) for document in gone]

    def _take_away(self, document: Document) -> Ingested:
        from assistai.documents.places import take_away

        self._index.hold()
        moved = take_away(self._library, self._index, document, file_may_return=True)
        self._forget_what_is_lost()
        if moved is None:
            return Ingested(document.source, document.name, "removed")
        return Ingested(moved.source, moved.name, "moved", moved)

    def sources(self, *paths: Path | str) -> Sequence[Source]:
        """Return the files that paths and folders name."""
        from assistai.documents.ingestion import sources_in

        return [source for path in paths for source in sources_in(Path(path), self._settings)]

    def ingest_each(
        self,
        sources: Sequence[Source],
        details: Details,
        progress: Callable[[Progress], None] | None = None,
    ) -> Iterator[Ingested]:
        """Yield what became of each file as it is done; closing the iterator cancels, and nothing is left half done.

        Raises InputError where a detail cannot be: a collection without a name, an unknown sensitivity.
        """
        from assistai.documents.describing import check_details

        check_details(details)
        ingestion = self._ingestion()
        ingestion.resume()
        yield from ingestion.run(sources, details, progress)

    def resume(self, progress: Callable[[Progress], None] | None = None) -> int:
        """Finish what a killed process left, and return how many documents that were."""
        return self._ingestion().resume(progress)

    def ensure_samples(self, progress: Callable[[Progress], None] | None = None) -> int:
        """Take in the sample documents where the library has never held a document; return how many were taken in.

        They are in the collection "exemples", with owner, sensitivity and validity as their collection.json says.
        """
        from assistai.documents.samples import samples_wanted, take_in_samples

        mark = self._settings.data_dir / "samples.json"
        return take_in_samples(self, mark, progress) if samples_wanted(self, mark) else 0

    def take_in_minutes(self, workspace: Workspace, progress: Callable[[Progress], None] | None = None) -> int:
        """Bring the collection "comptes-rendus" to the minutes that are saved; return how many documents changed."""
        from assistai.documents.saved_minutes import take_in_saved

        return take_in_saved(self, workspace, progress)

    # -- documents

    def list(self, *, collection: str | None = None) -> tuple[Document, ...]:
        """Return the documents of a collection, or of all."""
        return self._library.documents(collection=collection)

    def collections(self) -> tuple[str, ...]:
        """Return the names of the collections."""
        return self._library.collections()

    def get(self, document_id: str) -> Document:
        """Return a document; raises WorkspaceError where there is none."""
        document = self._library.by_id([document_id]).get(document_id)
        if document is None:
            raise WorkspaceError("document_missing")
        return document

    def text(self, document_id: str) -> str:
        """Return the text of a document, into which citations point."""
        return self._library.text_of(document_id)

    def beginnings(self, documents: Sequence[Document], length: int = 120) -> Mapping[str, str]:
        """Return how the texts of documents begin below their titles, on one line each, by the documents' ids."""
        from assistai.documents.wording import shortened

        longest = max((len(document.title) for document in documents), default=0)
        texts = self._library.beginnings(documents, longest + 2 * length)
        return {one.id: shortened(texts.get(one.id, "").strip().removeprefix(one.title), length) for one in documents}

    def original(self, document_id: str) -> bytes | None:
        """Return the file as it was brought, None where it is no longer kept."""
        return self._originals.load(self.get(document_id).sha256)

    def stands_now(self, citation: Citation) -> Citation | None:
        """Return the citation with the place that its quote has in the document now; None where it is not there.

        Raises WorkspaceError where the document is gone.
        """
        from assistai.documents.relocating import stands_now

        self.get(citation.document)
        return stands_now(self._library, citation)

    def page_image(self, document_id: str, page: int, quote: str, start: int | None = None) -> PageImage | None:
        """Return the picture of a PDF page with the quote marked; None for other formats.

        `start` is where the quote stands in the document's text: it tells which is meant where the page has it twice.
        """
        from assistai.documents.reading.page_images import page_image

        document = self.get(document_id)
        data = self._originals.load(document.sha256)
        if document.format != "pdf" or data is None:
            return None
        around = ("", "")
        if start is not None:
            text, end = self._library.text_of(document_id), start + len(quote)
            around = (text[max(0, start - _AROUND) : start], text[end : end + _AROUND])
        return page_image(data, page, quote, around=around)

    def describe(self, document_id: str, **changes: Any) -> Document:
        """Change what is known of a document: title, collection, owner, sensitivity, validity, effective dates, what
        supersedes it.

        What is said stays when the file changes, moves or is read anew. A validity and a title that are given, even
        those there were, are kept as said by a person: nothing is guessed of them or read in the file then.
        What is inside a document goes with it to another collection. Both indexes filter by the new values at once;
        nothing is embedded again. Raises InputError where a value cannot be, or the document that supersedes it is not
        there or is superseded by it; WorkspaceError where there is no such document, or it cannot go to the collection.
        """
        from assistai.documents.describing import DESCRIBED, change, check_changes
        from assistai.documents.moving import move

        if unknown := set(changes) - DESCRIBED:
            raise TypeError(f"not to be changed: {', '.join(sorted(unknown))}")
        said = {f"{name}_said": True for name in ("validity", "title") if name in changes}
        document = self.get(document_id)
        check_changes(self._library, document, changes)
        self._index.hold()
        if (collection := changes.pop("collection", document.collection)) != document.collection:
            move(self._library, self._index, document, collection)
            document = self.get(document_id)
        return change(self._library, self._index, document, changes | said)

    def replacements(self) -> Sequence[Replacement]:
        """Return which documents another one of their collection seems to replace, for a person to confirm.

        Told by name and year, or by what one of the two says. Those that are not in force, and those whose validity a
        person has said, are left out.
        """
        from assistai.documents.standing import proposed

        documents = self._library.documents(states=READ)
        if self._proposed is None or self._proposed[0] != documents:  # the beginnings of all texts are much to read
            self._proposed = documents, proposed(self._library, documents)
        return self._proposed[1]

    def copies(self, of: Collection[str] | None = None) -> Mapping[str, tuple[str, ...]]:
        """Return where else the files of documents stand, by the documents' ids: there the text is kept once.

        Of all documents, or of those whose ids are given.
        """
        from assistai.documents.sources import is_gone

        there = {
            name: tuple(copy.source for copy in copies if copy.container is not None or not is_gone(copy.source))
            for name, copies in self._library.copies.by_document().items()
            if of is None or name in of
        }
        return {name: places for name, places in there.items() if places}

    def delete(self, document_id: str, *, keep_copies: bool = False) -> Document | None:
        """Delete a document, and those that were inside it, from SQL, words, vectors and originals.

        They are gone then, wherever else their files stand (`copies`). With `keep_copies` a document whose file still
        stands at another place stays, and is there from now on: it is returned as it is then.
        """
        from assistai.documents.places import remove, take_away

        document = self.get(document_id)
        self._index.hold()
        kept = take_away(self._library, self._index, document) if keep_copies else None
        if kept is None:
            remove(self._library, document)
        self._forget_what_is_lost()
        return kept

    def _forget_what_is_lost(self) -> None:
        from assistai.documents.ingestion import lose_vectors

        self._originals.keep_only(self._library.contents)
        lose_vectors(self._library, self._index)

    def retry(self, document_id: str) -> Document:
        """Read a document again from the file that was kept, as after installing OCR.

        Raises WorkspaceError where that file is no longer kept, and leaves the document as it is.
        """
        document = self.get(document_id)
        if not self._originals.holds(document.sha256):
            raise WorkspaceError("original_missing", name=document.name)
        ingestion = self._ingestion()
        self._library.change(document_id, state="reading")
        ingestion.resume()
        return self.get(document_id)

    # -- the index

    def check(self, progress: Callable[[Progress], None] | None = None) -> Check:
        """Finish what was cut short, then compare SQL, words and vectors, by count and by name."""
        from assistai.documents.checking import compare

        self._index.hold()
        if self._searcher is not None:
            self.resume(progress)
        in_use = self._library.vector_index()
        return compare(
            self._library,
            self._index,
            in_use[0] if in_use is not None else self._embedder.name,
            rebuild_needed=self.rebuild_needed,
            read_by_earlier=len(self.read_by_earlier),
        )

    @property
    def rebuild_needed(self) -> bool:
        """Tell whether the settings name another embedding model than the vectors were made with."""
        in_use = self._library.vector_index()
        return in_use is not None and in_use != (self._embedder.name, self._embedder.dimension)

    @property
    def read_by_earlier(self) -> Sequence[Document]:
        """The documents that readers of an earlier version read, and whose file is kept; not those inside others."""
        from assistai.documents.reading import READERS

        return [
            document
            for document in self._library.documents(states=READ)
            if document.readers < READERS and document.container is None and self._originals.holds(document.sha256)
        ]

    def rebuild(self, progress: Callable[[float], None] | None = None) -> Check:
        """Write words and vectors anew from SQL, and read anew what an earlier version read.

        Until the new are whole the old answer. `progress` is told the share that is done, from 0 to 1.
        """
        from assistai.documents.rebuilding import rebuild

        self._index.hold()
        earlier = self.read_by_earlier
        share = 0.5 if earlier else 1.0
        rebuild(self._library, self._index, self._embedder, lambda done: progress(share * done) if progress else None)
        if earlier:
            for document in earlier:
                self._library.change(document.id, state="reading")
            self.resume(lambda at: progress(share + share * at.done / at.total) if progress else None)
        return self.check()
