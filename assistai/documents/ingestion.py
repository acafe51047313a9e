"""Ingestion: files become documents, passages, words and vectors; what was cut short is finished at the next start."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath
from typing import Literal

from assistai.documents.describing import refresh_metadata, say_of_known
from assistai.documents.filtering import describe
from assistai.documents.index import VectorIndex
from assistai.documents.originals import Originals
from assistai.documents.outcomes import Details, Ingested, Outcome, Progress
from assistai.documents.passages import Passage
from assistai.documents.places import file_around, follow, take_away
from assistai.documents.preparing import WITH_PARTS, Preparation, Prepared
from assistai.documents.sources import Source, file_at, inside, refused, sources_in
from assistai.documents.twins import containers_of
from assistai.documents.uploads import path_of
from assistai.documents.words import passage_words
from assistai.errors import AssistAIError, LimitExceeded, UnreadableInput
from assistai.models.embedding import Embedder
from assistai.settings import Settings
from assistai.workspace.document import INSIDE, UPLOADED, Document, State, StoredPassage
from assistai.workspace.library import Library

__all__ = ["Details", "Ingested", "Ingestion", "Outcome", "Progress", "Source", "sources_in"]

_BATCH = 16
_PARTS_LOST = ("parts_lost", None, None)


class Ingestion:
    """Takes files in, one after the other; reading the next and writing the last overlap the embedding."""

    def __init__(
        self, settings: Settings, library: Library, index: VectorIndex, embedder: Embedder, originals: Originals
    ) -> None:
        self._settings = settings
        self._library = library
        self._index = index
        self._embedder = embedder
        self._originals = originals
        self._preparing = Preparation(settings, library, index, originals, embedder.count_tokens)

    def run(
        self,
        sources: Sequence[Source],
        details: Details,
        progress: Callable[[Progress], None] | None = None,
    ) -> Iterator[Ingested]:
        """Yield what became of each file and of the files inside it, as each is done.

        Where a file that changed stands elsewhere as it was, it is taken in from there as well. Stopping early (closing
        the iterator) leaves each file either whole or as if it had not been brought. An archive or mail of which files
        are missing still is unfinished until `resume`.
        """
        yield from self._run(sources, details, progress)
        yield from self._bring_left_behind(progress)

    def _bring_left_behind(self, progress: Callable[[Progress], None] | None) -> Iterator[Ingested]:
        """Take in the files that were copies of a document which holds something else by now, with what was said."""
        while left := self._library.copies.left_behind():
            documents = self._library.by_id({copy.document_id for copy in left})
            files: dict[str, dict[str, Source]] = {}
            for copy in left:
                document = documents[copy.document_id]
                self._library.say_of_copy(copy, document)
                file = file_around(self._library, document.collection, copy)
                for source in self._brought_from(*file) if file is not None else ():
                    files.setdefault(document.collection, {})[source.source] = source
            for collection, sources in files.items():
                yield from self._run(list(sources.values()), Details(collection), progress)
            self._library.copies.forget(*left)
            self._originals.keep_only(self._library.contents)

    def _brought_from(self, source: str, sha256: str) -> Iterator[Source]:
        """Yield the file that stands at a place, or that was uploaded from there and is kept still."""
        yield from file_at(source, self._settings)
        if source.startswith(UPLOADED) and (data := self._originals.load(sha256)) is not None:
            yield Source(source, PurePosixPath(path_of(source)).name, lambda: data)

    def _run(
        self, sources: Sequence[Source], details: Details, progress: Callable[[Progress], None] | None
    ) -> Iterator[Ingested]:
        queue = list(sources)
        prepare = self._preparing.prepare
        unpacked: dict[str, int] = {}
        open_containers: list[Document] = []
        put_off: dict[str, Source] = {}
        done = 0

        def report(name: str, stage: Literal["reading", "embedding", "done"], fraction: float = 0.0) -> None:
            if progress is not None:
                progress(Progress(done, len(queue), name, stage, fraction))

        with ThreadPoolExecutor(1, "reading") as reader, ThreadPoolExecutor(1, "writing") as writer:
            ahead: Future[Prepared] | None = None
            current: Prepared | None = None
            replaced = False
            try:
                while done < len(queue):
                    source = queue[done]
                    report(source.name, "reading")
                    last = put_off.pop(source.source, None) is not None
                    current = ahead.result() if ahead is not None else prepare(source, details, last=last)
                    ahead = None
                    if current.put_off:  # whether its twin stays is known at the end
                        put_off[source.source] = source
                        queue.append(queue.pop(done))
                        current = None
                        continue
                    asked, source = source.source, current.source
                    result = say_of_known(self._library, self._index, current.result, details)
                    current = replace(current, result=result)
                    parts = self._inside(source, current, details, unpacked)
                    queue[done + 1 : done + 1] = parts
                    following = queue[done + 1].source if done + 1 < len(queue) else None
                    if following not in (None, asked, *put_off):  # one of the same name is read when this is finished
                        ahead = reader.submit(prepare, queue[done + 1], details)
                    if current.embed and result.document is not None:
                        if current.described:
                            refresh_metadata(self._library, self._index, result.document)
                        self._embed(result.document, writer, partial(report, source.name, "embedding"))
                        finished = replace(result.document, state=_final_state(result.document))
                        if parts:
                            open_containers.append(result.document)
                        else:
                            finished = self._finish(result.document)
                        result = replace(result, document=finished)
                    replaced = replaced or result.outcome == "updated"
                    current = None
                    done += 1
                    while open_containers and not _are_inside(
                        (*queue[done : done + 1], *put_off.values()), open_containers[-1]
                    ):
                        self._finish(open_containers.pop())
                    report(source.name, "done", 1.0)
                    yield result
            except BaseException:
                if ahead is not None:
                    ahead.cancel()
                self._settle(current, writer)
                if ahead is not None and not ahead.cancelled() and ahead.exception() is None:
                    self._settle(ahead.result(), writer)
                raise
            finally:
                if replaced:
                    self._originals.keep_only(self._library.contents)

    def resume(self, progress: Callable[[Progress], None] | None = None) -> int:
        """Finish what was cut short (vectors to lose, documents half read or embedded); return how many documents."""
        lose_vectors(self._library, self._index)
        self._originals.keep_only(self._library.contents)
        unfinished = self._library.unfinished()
        for number, document in enumerate(unfinished):
            if progress is not None:
                progress(Progress(number, len(unfinished), document.name, "reading"))
            for still in self._library.unfinished(document.id):  # none where it was finished with what it is inside
                self._finish_again(still)
        for _ in self._bring_left_behind(progress):
            pass
        return len(unfinished)

    def _finish_again(self, document: Document) -> None:
        refresh_metadata(self._library, self._index, document)
        data = self._originals.load(document.sha256)
        self._library.renew_words(document.id, passage_words)  # a new title may have been cut short
        if document.state != "reading" and (document.format not in WITH_PARTS or data is None):
            if document.format in WITH_PARTS and _PARTS_LOST not in document.unread:
                document = replace(document, unread=(*document.unread, _PARTS_LOST))
                self._library.save(document)
            with ThreadPoolExecutor(1, "writing") as writer:
                self._embed(document, writer, lambda _share: None)
            self._finish(document)
            return
        if data is None:
            self._preparing.fail(document, UnreadableInput("original_missing", name=document.name))
            return
        self._library.change(document.id, state="reading")
        around = containers_of(self._library, document)
        root = around[-1].source if around else None
        source = Source(document.source, document.name, lambda: data, document.container, len(around), root)
        details = Details(document.collection)
        for _ in self.run([source], details):
            pass

    def _inside(self, source: Source, prepared: Prepared, details: Details, unpacked: dict[str, int]) -> list[Source]:
        """Return the files inside the one that was read, and delete the documents of those that are no longer."""
        parts = inside(source, prepared.parts)
        root = source.root or source.source
        unpacked[root] = unpacked.get(root, 0) + sum(len(part.data) for part in prepared.parts)
        if source.depth and unpacked[root] > self._settings.max_unpacked_megabytes * 1_000_000:
            limit = self._settings.max_unpacked_megabytes
            error = LimitExceeded("package_too_large", name=source.name, limit=limit)
            parts = [refused(part, error) for part in parts]
        if prepared.result.outcome == "updated":
            there = {part.source for part in parts}
            known = self._library.inside(details.collection, source.source)
            gone = [item for item in known if item.container == source.source and item.source not in there]
            if prepared.result.document is not None:
                self._library.copies.forget_inside(prepared.result.document, there)
            for item in self._renamed(gone, parts, {item.source for item in known}):
                take_away(self._library, self._index, item, file_may_return=True)
        return parts

    def _renamed(self, gone: Sequence[Document], parts: Sequence[Source], known: set[str]) -> list[Document]:
        """Let documents follow their files to new names in the same archive or mail; return those that have none."""
        if not gone:
            return []
        new = {hashlib.sha256(part.read()).hexdigest(): part for part in parts if part.source not in known}
        left = []
        for item in gone:
            part = new.pop(item.sha256, None)
            if part is None:
                left.append(item)
            else:
                follow(self._library, self._index, item, part.source, part.name, part.container)
        return left

    def _embed(self, document: Document, writer: ThreadPoolExecutor, report: Callable[[float], None]) -> None:
        waiting = self._library.waiting_passages(document.id)
        metadata = describe(document)
        writing: Future[None] | None = None
        for begin in range(0, len(waiting), _BATCH):
            batch = waiting[begin : begin + _BATCH]
            report(begin / len(waiting))
            vectors = self._embedder.embed_passages([embedded_text(document, passage) for passage in batch])
            ids = [passage.id for passage in batch]
            if writing is not None:
                writing.result()
            writing = writer.submit(self._write, ids, vectors, [metadata] * len(ids))
        if writing is not None:
            writing.result()

    def _write(self, ids, vectors, metadata) -> None:  # type: ignore[no-untyped-def]
        with self._index.changing:
            self._index.put(self._embedder.name, ids, vectors, metadata)
            self._library.mark_embedded(ids)

    def _finish(self, document: Document) -> Document:
        """Bring a document whose passages are embedded to its last state, as it is described by now."""
        now = self._library.by_id([document.id]).get(document.id)
        if now is not None and describe(now) != describe(document):
            refresh_metadata(self._library, self._index, now)
        finished = self._library.change(document.id, state=_final_state(document))
        lose_vectors(self._library, self._index)
        return finished or replace(document, state=_final_state(document))

    def _settle(self, begun: Prepared | None, writer: ThreadPoolExecutor) -> None:
        """Forget a file that was begun when taking in was stopped; finish one that was there before."""
        if begun is None or begun.result.document is None:
            return
        with suppress(AssistAIError):  # what fails here is finished by `resume`
            if begun.new:
                self._library.delete(begun.result.document.id, file_may_return=True)
                lose_vectors(self._library, self._index)
                self._originals.keep_only(self._library.contents)
            elif begun.embed and begun.result.document.format not in WITH_PARTS:  # `resume` reads what is inside
                self._embed(begun.result.document, writer, lambda _share: None)
                self._finish(begun.result.document)


def embedded_text(document: Document, passage: StoredPassage) -> str:
    """Return what the embedding model reads for a stored passage."""
    return Passage(passage.start, passage.end, passage.text, passage.heading).embedded_text(document.title)


def lose_vectors(library: Library, index: VectorIndex) -> None:
    """Take from the vector index what SQL no longer holds."""
    with index.changing:
        if ids := library.vectors_to_delete():
            index.delete(ids)
            library.vectors_deleted(ids)


def _final_state(document: Document) -> State:
    return "partly" if document.unread else "indexed"


def _are_inside(sources: Iterable[Source], container: Document) -> bool:
    """Tell whether any of the sources is in an archive or mail, however deep."""
    return any(source.source.startswith(f"{container.source}{INSIDE}") for source in sources)
