"""A file read and kept: known again where it is held already, else cut into passages with their words."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from assistai.documents.index import VectorIndex
from assistai.documents.originals import Originals
from assistai.documents.outcomes import Details, Ingested, Outcome
from assistai.documents.passages import digest, split
from assistai.documents.places import follow, note_copy
from assistai.documents.reading import READERS, Part, Reading, Unread, compose, read_document
from assistai.documents.sources import Source, is_gone
from assistai.documents.twins import file_of, is_file, left_out, twin_of
from assistai.documents.uploads import beside
from assistai.documents.words import passage_words
from assistai.errors import AssistAIError, InputError, LimitExceeded, UnreadableInput
from assistai.language.words import detect_language
from assistai.settings import Settings
from assistai.workspace.document import READ, Document, StoredPassage
from assistai.workspace.library import Library

WITH_PARTS = ("zip", "eml", "msg")
"""The formats that hold files of their own."""

_LANGUAGE_SAMPLE = 20_000

_TITLES_UNNOTED = 2
"""That of READERS at which a person could say a title, and it was not written down whose a title is."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What became of a file so far, the files inside it, and what is still to do.

    `embed`: its passages wait for vectors; `new`: nothing of it was there; `described`: what is known of it changed;
    `put_off`: nothing is done, for its twin may go. `source` is where the file comes from, with the number that it got.
    """

    source: Source
    result: Ingested
    parts: tuple[Part, ...] = ()
    embed: bool = False
    new: bool = False
    described: bool = False
    put_off: bool = False


class Preparation:
    """Reads files and keeps their text, words and passages."""

    def __init__(
        self,
        settings: Settings,
        library: Library,
        index: VectorIndex,
        originals: Originals,
        count_tokens: Callable[[str], int],
    ) -> None:
        self._settings = settings
        self._library = library
        self._index = index
        self._originals = originals
        self._count_tokens = count_tokens

    def prepare(self, source: Source, details: Details, *, last: bool = False) -> Prepared:
        """Read a file and keep its text, words and passages; all but the vectors.

        One that an archive, a mail or an upload holds as well is put off, unless it is one of the `last`: what those
        hold is sure when all files have been read.
        """
        try:
            data = source.read()
        except InputError as error:
            return Prepared(source, Ingested(source.source, source.name, "failed", error=error))
        sha256 = hashlib.sha256(data).hexdigest()
        brought = source
        if source.beside:
            source = beside(self._library, details.collection, source, sha256)
        known = self._library.by_source(details.collection, source.source)
        same = known is not None and known.sha256 == sha256 and known.readers >= READERS
        if known is not None and same and known.state in READ:
            parts = self._parts_again(known, data, source)
            return Prepared(source, Ingested(source.source, source.name, "unchanged", known), parts)
        if known is None:
            twin = twin_of(self._library, details.collection, sha256)
            if twin is not None and not last and not is_file(twin):
                return Prepared(source, Ingested(source.source, source.name, "duplicate", twin), put_off=True)
            if twin is not None and is_gone(file_of(self._library, twin).source):
                moved = follow(self._library, self._index, twin, source.source, source.name, source.container)
                parts = self._parts_again(moved, data, source)
                return Prepared(source, Ingested(source.source, source.name, "moved", moved), parts)
            parts_of = partial(self._parts_again, twin, data, source) if twin is not None else tuple
            if twin is not None and not left_out(self._library, twin, source.depth, parts_of):
                note_copy(self._library, twin, replace(source, name=brought.name))
                return Prepared(source, Ingested(source.source, brought.name, "duplicate", twin))
        with self._originals.changing:
            self._originals.keep(sha256, data)
            document = self._begin(source, details, known, sha256, len(data))
        try:
            reading = self._read(data, source)
        except InputError as error:
            failed = self.fail(document, error)
            return Prepared(source, Ingested(source.source, source.name, "failed", failed, error), new=known is None)
        if known is not None and known.sha256 == sha256 and known.readers == _TITLES_UNNOTED:
            titles = (reading.title, Path(known.name).stem)
            document = replace(document, title_said=known.title_said or known.title not in titles)
        document = self._keep(document, reading)
        outcome: Outcome = "added" if known is None else "updated"
        replaced = known is not None and known.sha256 != sha256
        result = Ingested(source.source, source.name, outcome, document, replaced=replaced)
        described = known is not None and bool(details.of(known))
        return Prepared(source, result, reading.parts, True, known is None, described)

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
        for ordinal, passage in enumerate(split(text, placed, self._count_tokens)):
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

    def fail(self, document: Document, error: AssistAIError) -> Document:
        """Write down that a document cannot be read, and why; its text and passages go."""
        params = {key: str(value) for key, value in error.params.items()}
        failed = replace(document, state="failed", problem=(error.code, params), readers=READERS)
        self._library.replace_passages(failed, "", [], [])
        return failed

    def _parts_again(self, document: Document, data: bytes, source: Source) -> tuple[Part, ...]:
        if document.format not in WITH_PARTS:
            return ()
        try:
            return self._read(data, source).parts
        except InputError:
            return ()
