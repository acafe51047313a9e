"""Ingestion: files become documents, passages, words and vectors; what was cut short is finished at the next start."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Literal

from assistai.documents.describing import refresh_metadata, say_of_known
from assistai.documents.filtering import describe
from assistai.documents.index import VectorIndex
from assistai.documents.originals import Originals
from assistai.documents.outcomes import Details, Ingested, Outcome, Progress
from assistai.documents.passages import Passage, digest, split
from assistai.documents.places import file_around, follow, note_copy, take_away
from assistai.documents.reading import READERS, Part, Reading, Unread, compose, read_document
from assistai.documents.sources import Source, file_at, inside, is_gone, refused, sources_in
from assistai.documents.twins import containers_of, file_of, is_file, left_out, twin_of
from assistai.documents.words import passage_words
from assistai.errors import AssistAIError, InputError, LimitExceeded, UnreadableInput
from assistai.language.words import detect_language
from assistai.models.embedding import Embedder
from assistai.settings import Settings
from assistai.workspace.document import INSIDE, READ, Document, State, StoredPassage
from assistai.workspace.library import Library

__all__ = ["Details", "Ingested", "Ingestion", "Outcome", "Progress", "Source", "sources_in"]

_BATCH = 16
_PARTS_LOST = ("parts_lost", None, None)
_LANGUAGE_SAMPLE = 20_000
_WITH_PARTS = ("zip", "eml", "msg")


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
                for source in file_at(file[0], self._settings) if file is not None else ():
                    files.setdefault(document.collection, {})[source.source] = source
            for collection, sources in files.items():
                yield from self._run(list(sources.values()), Details(collection), progress)
            self._library.copies.forget(*left)

    def _run(
        self, sources: Sequence[Source], details: Details, progress: Callable[[Progress], None] | None
    ) -> Iterator[Ingested]:
        queue = list(sources)
        unpacked: dict[str, int] = {}
        open_containers: list[Document] = []
        put_off: dict[str, Source] = {}
        done = 0

        def report(name: str, stage: Literal["reading", "embedding", "done"], fraction: float = 0.0) -> None:
            if progress is not None:
                progress(Progress(done, len(queue), name, stage, fraction))

        with ThreadPoolExecutor(1, "reading") as reader, ThreadPoolExecutor(1, "writing") as writer:
            ahead: Future[_Prepared] | None = None
            current: _Prepared | None = None
            replaced = False
            try:
                while done < len(queue):
                    source = queue[done]
                    report(source.name, "reading")
                    last = put_off.pop(source.source, None) is not None
                    current = ahead.result() if ahead is not None else self._prepare(source, details, last=last)
                    ahead = None
                    if current.put_off:  # whether its twin stays is known at the end
                        put_off[source.source] = source
                        queue.append(queue.pop(done))
                        current = None
                        continue
                    result = say_of_known(self._library, self._index, current.result, details)
                    current = replace(current, result=result)
                    parts = self._inside(source, current, details, unpacked)
                    queue[done + 1 : done + 1] = parts
                    if done + 1 < len(queue) and queue[done + 1].source not in put_off:
                        ahead = reader.submit(self._prepare, queue[done + 1], details)
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
        if document.state != "reading" and (document.format not in _WITH_PARTS or data is None):
            if document.format in _WITH_PARTS and _PARTS_LOST not in document.unread:
                document = replace(document, unread=(*document.unread, _PARTS_LOST))
                self._library.save(document)
            with ThreadPoolExecutor(1, "writing") as writer:
                self._embed(document, writer, lambda _share: None)
            self._finish(document)
            return
        if data is None:
            self._fail(document, UnreadableInput("original_missing", name=document.name))
            return
        self._library.change(document.id, state="reading")
        around = containers_of(self._library, document)
        root = around[-1].source if around else None
        source = Source(document.source, document.name, lambda: data, document.container, len(around), root)
        details = Details(document.collection)
        for _ in self.run([source], details):
            pass

    def _prepare(self, source: Source, details: Details, *, last: bool = False) -> _Prepared:
        """Read a file and keep its text, words and passages; all but the vectors.

        One that an archive, a mail or an upload holds as well is put off, unless it is one of the `last`: what those
        hold is sure when all files have been read.
        """
        try:
            data = source.read()
        except InputError as error:
            return _Prepared(Ingested(source.source, source.name, "failed", error=error))
        sha256 = hashlib.sha256(data).hexdigest()
        known = self._library.by_source(details.collection, source.source)
        same = known is not None and known.sha256 == sha256 and known.readers >= READERS
        if known is not None and same and known.state in READ:
            parts = self._parts_again(known, data, source)
            return _Prepared(Ingested(source.source, source.name, "unchanged", known), parts)
        if known is None:
            twin = twin_of(self._library, details.collection, sha256)
            if twin is not None and not last and not is_file(twin):
                return _Prepared(Ingested(source.source, source.name, "duplicate", twin), put_off=True)
            if twin is not None and is_gone(file_of(self._library, twin).source):
                moved = self._follow(twin, source)
                parts = self._parts_again(moved, data, source)
                return _Prepared(Ingested(source.source, source.name, "moved", moved), parts)
            parts_of = partial(self._parts_again, twin, data, source) if twin is not None else tuple
            if twin is not None and not left_out(self._library, twin, source.depth, parts_of):
                note_copy(self._library, twin, source)
                return _Prepared(Ingested(source.source, source.name, "duplicate", twin))
        with self._originals.changing:
            self._originals.keep(sha256, data)
            document = self._begin(source, details, known, sha256, len(data))
        try:
            reading = self._read(data, source)
        except InputError as error:
            failed = self._fail(document, error)
            return _Prepared(Ingested(source.source, source.name, "failed", failed, error), new=known is None)
        document = self._keep(document, reading)
        outcome: Outcome = "added" if known is None else "updated"
        result = Ingested(source.source, source.name, outcome, document)
        described = known is not None and bool(details.of(known))
        return _Prepared(result, reading.parts, True, known is None, described)

    def _begin(self, source: Source, details: Details, known: Document | None, sha256: str, size: int) -> Document:
        now = self._library.now()
        if known is not None:
            said = details.of(known)
            document = replace(known, sha256=sha256, size=size, state="reading", problem=None, updated_at=now, **said)  # type: ignore[arg-type]
            self._library.save(document)
            return document
        document = Document(
            id=self._free_id(details.collection, source.source),
            collection=details.collection,
            source=source.source,
            container=source.container,
            name=source.name,
            title=Path(source.name).stem,
            format="",
            sha256=sha256,
            size=size,
            state="reading",
            added_at=now,
            updated_at=now,
        )
        if source.container and (outer := self._library.by_source(details.collection, source.container)) is not None:
            return self._library.add(replace(document, owner=outer.owner, sensitivity=outer.sensitivity), {})
        return self._library.add(document, details.of(document))

    def _free_id(self, collection: str, source: str) -> str:
        """Return an id that no other document has; that of this source where another thread has just begun it."""
        number = 0
        while True:
            name = hashlib.sha256(f"{collection}\0{source}\0{number or ''}".encode("utf-8", "replace")).hexdigest()[:16]
            there = self._library.by_id([name]).get(name)
            if there is None or (there.collection, there.source) == (collection, source):
                return name
            number += 1

    def _read(self, data: bytes, source: Source) -> Reading:
        try:
            reading = read_document(data, source.name, self._settings)
        except AssistAIError:
            raise
        except Exception as error:  # one file that a library chokes on must not stop the others
            reason = f"{type(error).__name__}: {error}"[:300]
            raise UnreadableInput("file_unreadable", name=source.name, reason=reason) from error
        if reading.parts and source.depth >= self._settings.max_archive_depth:
            if not reading.blocks:
                raise LimitExceeded("archive_too_deep", name=source.name, limit=self._settings.max_archive_depth)
            deep = tuple(Unread("part_too_deep", name=part.name) for part in reading.parts)
            reading = replace(reading, parts=(), unread=(*reading.unread, *deep))
        return reading

    def _keep(self, document: Document, reading: Reading) -> Document:
        text, placed = compose(reading.blocks)
        language = detect_language(text[:_LANGUAGE_SAMPLE], default="fr")
        document = replace(
            document,
            title=document.title if document.title_said else reading.title or Path(document.name).stem,
            format=reading.format,
            language=language,
            pages=reading.pages,
            unread=tuple((item.code, item.page, item.name) for item in reading.unread),
            state="embedding",
            readers=READERS,
        )
        seen: dict[str, int] = {}
        stored: list[StoredPassage] = []
        for ordinal, passage in enumerate(split(text, placed, self._embedder.count_tokens)):
            name = digest(passage.embedded_text(document.title))
            repeat = seen[name] = seen.get(name, -1) + 1
            stored.append(
                StoredPassage(
                    id=f"{document.id}-{name}-{repeat}",
                    document_id=document.id,
                    ordinal=ordinal,
                    start=passage.start,
                    end=passage.end,
                    text=passage.text,
                    heading=passage.heading,
                    language=detect_language(passage.text, default=language),
                    page=passage.page,
                    place=passage.place,
                )
            )
        pages = [(item.start, item.block.page) for item in placed if item.block.page is not None]
        starts = [place for number, place in enumerate(pages) if number == 0 or pages[number - 1][1] != place[1]]
        words = [passage_words(passage, document.title) for passage in stored]
        rows = [(item.start, item.block.place) for item in placed if item.block.place is not None]
        self._library.replace_passages(document, text, starts, words, rows)
        return document

    def _fail(self, document: Document, error: AssistAIError) -> Document:
        params = {key: str(value) for key, value in error.params.items()}
        failed = replace(document, state="failed", problem=(error.code, params), readers=READERS)
        self._library.replace_passages(failed, "", [], [])
        return failed

    def _inside(self, source: Source, prepared: _Prepared, details: Details, unpacked: dict[str, int]) -> list[Source]:
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
                self._follow(item, part)
        return left

    def _follow(self, document: Document, source: Source) -> Document:
        return follow(self._library, self._index, document, source.source, source.name, source.container)

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

    def _settle(self, begun: _Prepared | None, writer: ThreadPoolExecutor) -> None:
        """Forget a file that was begun when taking in was stopped; finish one that was there before."""
        if begun is None or begun.result.document is None:
            return
        with suppress(AssistAIError):  # what fails here is finished by `resume`
            if begun.new:
                self._library.delete(begun.result.document.id, file_may_return=True)
                lose_vectors(self._library, self._index)
                self._originals.keep_only(self._library.contents)
            elif begun.embed and begun.result.document.format not in _WITH_PARTS:  # `resume` reads what is inside
                self._embed(begun.result.document, writer, lambda _share: None)
                self._finish(begun.result.document)

    def _parts_again(self, document: Document, data: bytes, source: Source) -> tuple[Part, ...]:
        if document.format not in _WITH_PARTS:
            return ()
        try:
            return self._read(data, source).parts
        except InputError:
            return ()


@dataclass(frozen=True, slots=True)
class _Prepared:
    result: Ingested
    parts: tuple[Part, ...] = ()
    embed: bool = False
    new: bool = False
    described: bool = False
    put_off: bool = False


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
