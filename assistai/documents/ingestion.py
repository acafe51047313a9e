"""Ingestion: files become documents, passages, words and vectors; what was cut short is finished at the next start."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Literal

from assistai.documents.index import VectorIndex, describe
from assistai.documents.originals import Originals
from assistai.documents.passages import digest, split
from assistai.documents.reading import Part, Reading, Unread, compose, read_document
from assistai.documents.reading.formats import EXTENSIONS
from assistai.documents.words import passage_words
from assistai.errors import AssistAIError, LimitExceeded, UnreadableInput
from assistai.language.words import detect_language
from assistai.models.embedding import Embedder
from assistai.settings import Settings
from assistai.workspace.library import Document, Library, StoredPassage

Outcome = Literal["added", "updated", "unchanged", "moved", "duplicate", "failed"]
"""What became of one file."""

_BATCH = 16
_LANGUAGE_SAMPLE = 20_000


@dataclass(frozen=True, slots=True)
class Source:
    """A file to take in: `source` is its identity in a collection, `name` what is shown, `read` gives its bytes."""

    source: str
    name: str
    read: Callable[[], bytes]
    container: str | None = None
    depth: int = 0
    root: str | None = None


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of one file; `document` is None where nothing of it is kept, `error` tells why it failed."""

    source: str
    name: str
    outcome: Outcome
    document: Document | None = None
    error: AssistAIError | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an ingestion is: files done of all that are known so far, and where the present one stands."""

    done: int
    total: int
    name: str
    stage: Literal["reading", "embedding", "done"]
    fraction: float = 0.0


@dataclass(frozen=True, slots=True)
class Details:
    """What a user says of documents when bringing them."""

    collection: str = "documents"
    owner: str = ""
    sensitivity: int = 1


def sources_in(path: Path, settings: Settings) -> Iterator[Source]:
    """Yield the file that `path` is, or the readable files below the folder that it is, in name order.

    Raises UnreadableInput where there is nothing.
    """
    if path.is_dir():
        for child in sorted(path.rglob("*")):
            hidden = any(part.startswith((".", "~$")) for part in child.relative_to(path).parts)
            if child.is_file() and not child.is_symlink() and not hidden and child.suffix.lower() in EXTENSIONS:
                yield _file(child, settings)
    elif path.is_file():
        yield _file(path, settings)
    else:
        raise UnreadableInput("file_missing", name=path)


def _file(path: Path, settings: Settings) -> Source:
    def read() -> bytes:
        try:
            size = path.stat().st_size
            if size > settings.max_document_megabytes * 1_000_000:
                raise LimitExceeded(
                    "document_too_large",
                    name=path.name,
                    size=round(size / 1e6),
                    limit=settings.max_document_megabytes,
                )
            return path.read_bytes()
        except OSError as error:
            raise UnreadableInput("file_unreadable", name=path.name, reason=error.strerror or error) from error

    return Source(str(path.resolve()), path.name, read)


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

        Stopping early (closing the iterator) leaves every document either whole or to be finished by `resume`.
        """
        queue = list(sources)
        unpacked: dict[str, int] = {}
        done = 0

        def report(name: str, stage: Literal["reading", "embedding", "done"], fraction: float = 0.0) -> None:
            if progress is not None:
                progress(Progress(done, len(queue), name, stage, fraction))

        with ThreadPoolExecutor(1, "reading") as reader, ThreadPoolExecutor(1, "writing") as writer:
            ahead: Future[_Prepared] | None = None
            while done < len(queue):
                source = queue[done]
                report(source.name, "reading")
                prepared = ahead.result() if ahead is not None else self._prepare(source, details)
                inner = [_inside(source, part) for part in _numbered(prepared.parts)]
                root = source.root or source.source
                unpacked[root] = unpacked.get(root, 0) + sum(len(part.data) for part in prepared.parts)
                if source.depth and unpacked[root] > self._settings.max_unpacked_megabytes * 1_000_000:
                    limit = self._settings.max_unpacked_megabytes
                    error = LimitExceeded("package_too_large", name=source.name, limit=limit)
                    inner = [replace(item, read=_raise(error)) for item in inner]
                if prepared.result.outcome == "updated":
                    self._forget_parts(source, details, {item.source for item in inner})
                queue[done + 1 : done + 1] = inner
                following = queue[done + 1] if done + 1 < len(queue) else None
                ahead = reader.submit(self._prepare, following, details) if following is not None else None
                result = prepared.result
                if prepared.document is not None and prepared.embed:
                    self._embed(prepared.document, writer, partial(report, source.name, "embedding"))
                    finished = self._finish(prepared.document)
                    result = replace(result, document=finished)
                done += 1
                report(source.name, "done", 1.0)
                yield result

    def resume(self, progress: Callable[[Progress], None] | None = None) -> int:
        """Finish what was cut short (vectors to lose, documents half read or embedded); return how many documents."""
        self.lose_vectors()
        unfinished = self._library.documents(states=("waiting", "reading", "embedding"))
        with ThreadPoolExecutor(1, "writing") as writer:
            for number, document in enumerate(unfinished):
                if progress is not None:
                    progress(Progress(number, len(unfinished), document.name, "reading"))
                if document.state != "embedding":
                    document = self._read_again(document)
                    if document.state == "failed":
                        continue
                self.refresh_metadata(document)
                self._embed(document, writer, lambda _share: None)
                self._finish(document)
        return len(unfinished)

    def lose_vectors(self) -> None:
        """Take from the vector index what SQL no longer holds."""
        ids = self._library.vectors_to_delete()
        if ids:
            self._index.delete(self._embedder.name, ids)
            self._library.vectors_deleted(ids)

    def refresh_metadata(self, document: Document) -> None:
        """Tell the vector index what filters ask of a document now."""
        ids = [passage.id for passage in self._library.passages_of(document.id)]
        self._index.describe(self._embedder.name, ids, describe(document))

    def _prepare(self, source: Source, details: Details) -> _Prepared:
        """Read a file and keep its text, words and passages; all but the vectors."""
        try:
            data = source.read()
        except AssistAIError as error:
            return _Prepared(Ingested(source.source, source.name, "failed", error=error))
        sha256 = hashlib.sha256(data).hexdigest()
        known = self._library.by_source(details.collection, source.source)
        if known is not None and known.sha256 == sha256 and known.state in ("indexed", "partly"):
            parts = self._parts_again(data, source) if known.format in ("zip", "eml", "msg") else ()
            return _Prepared(Ingested(source.source, source.name, "unchanged", known), parts=parts)
        if known is None:
            twin = next(iter(self._library.by_content(details.collection, sha256)), None)
            if twin is not None and twin.state != "failed":
                if _is_gone(twin.source):
                    moved = replace(twin, source=source.source, name=source.name, updated_at=self._library.now())
                    self._library.save(moved)
                    return _Prepared(Ingested(source.source, source.name, "moved", moved))
                return _Prepared(Ingested(source.source, source.name, "duplicate", twin))
        self._originals.keep(sha256, data)
        document = self._begin(source, details, known, sha256, len(data))
        try:
            return self._read(document, data, source, "added" if known is None else "updated")
        except AssistAIError as error:
            failed = self._fail(document, error)
            return _Prepared(Ingested(source.source, source.name, "failed", failed, error))

    def _begin(self, source: Source, details: Details, known: Document | None, sha256: str, size: int) -> Document:
        now = self._library.now()
        if known is not None:
            document = replace(known, sha256=sha256, size=size, state="reading", problem=None, updated_at=now)
        else:
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
                owner=details.owner,
                sensitivity=details.sensitivity,
                added_at=now,
                updated_at=now,
            )
        self._library.save(document)
        return document

    def _free_id(self, collection: str, source: str) -> str:
        number = 0
        while True:
            name = hashlib.sha256(f"{collection}\0{source}\0{number or ''}".encode("utf-8", "replace")).hexdigest()[:16]
            if not self._library.by_id([name]):
                return name
            number += 1

    def _read(self, document: Document, data: bytes, source: Source, outcome: Outcome) -> _Prepared:
        reading = read_document(data, source.name, self._settings)
        if reading.parts and source.depth >= self._settings.max_archive_depth:
            if not reading.blocks:
                raise LimitExceeded("archive_too_deep", name=source.name, limit=self._settings.max_archive_depth)
            deep = tuple(Unread("part_too_deep", name=part.name) for part in reading.parts)
            reading = replace(reading, parts=(), unread=(*reading.unread, *deep))
        document = self._keep(document, reading)
        return _Prepared(Ingested(source.source, source.name, outcome, document), document, True, reading.parts)

    def _keep(self, document: Document, reading: Reading) -> Document:
        text, placed = compose(reading.blocks)
        language = detect_language(text[:_LANGUAGE_SAMPLE], default="fr")
        document = replace(
            document,
            title=reading.title or Path(document.name).stem,
            format=reading.format,
            language=language,
            pages=reading.pages,
            unread=tuple((item.code, item.page, item.name) for item in reading.unread),
            state="embedding",
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
        self._library.replace_passages(document, text, starts, words)
        return document

    def _read_again(self, document: Document) -> Document:
        data = self._originals.load(document.sha256)
        try:
            if data is None:
                raise UnreadableInput("original_missing", name=document.name)
            return self._keep(document, read_document(data, document.name, self._settings))
        except AssistAIError as error:
            return self._fail(document, error)

    def _fail(self, document: Document, error: AssistAIError) -> Document:
        params = {key: str(value) for key, value in error.params.items()}
        failed = replace(document, state="failed", problem=(error.code, params))
        self._library.replace_passages(failed, "", [], [])
        return failed

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
        self._index.put(self._embedder.name, ids, vectors, metadata)
        self._library.mark_embedded(ids)

    def _finish(self, document: Document) -> Document:
        self.lose_vectors()
        finished = replace(document, state="partly" if document.unread else "indexed")
        self._library.save(finished)
        return finished

    def _forget_parts(self, container: Source, details: Details, still_there: set[str]) -> None:
        """Delete the documents that were in an archive or mail and are no longer."""
        for document in self._library.documents(collection=details.collection):
            if document.container == container.source and document.source not in still_there:
                self._library.delete(document.id)

    def _parts_again(self, data: bytes, source: Source) -> tuple[Part, ...]:
        try:
            return read_document(data, source.name, self._settings).parts
        except AssistAIError:
            return ()


@dataclass(frozen=True, slots=True)
class _Prepared:
    result: Ingested
    document: Document | None = None
    embed: bool = False
    parts: tuple[Part, ...] = ()


def embedded_text(document: Document, passage: StoredPassage) -> str:
    """Return what the embedding model reads for a stored passage."""
    from assistai.documents.passages import Passage

    return Passage(passage.start, passage.end, passage.text, passage.heading).embedded_text(document.title)


def _inside(container: Source, part: Part) -> Source:
    return Source(
        source=f"{container.source}!/{part.name}",
        name=part.name.split("/")[-1],
        read=lambda: part.data,
        container=container.source,
        depth=container.depth + 1,
        root=container.root or container.source,
    )


def _raise(error: AssistAIError) -> Callable[[], bytes]:
    def read() -> bytes:
        raise error

    return read


def _numbered(parts: Sequence[Part]) -> Iterator[Part]:
    """Give a second part of one name a number, so that each has a source of its own."""
    seen: dict[str, int] = {}
    for part in parts:
        number = seen[part.name] = seen.get(part.name, 0) + 1
        yield part if number == 1 else Part(f"{number}-{part.name}", part.data)


def _is_gone(source: str) -> bool:
    """Tell whether a document came from a file that is no longer there."""
    path = Path(source)  # what was uploaded or saved in assistai has no path
    return path.is_absolute() and "!/" not in source and not path.exists()
