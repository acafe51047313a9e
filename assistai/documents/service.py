"""The documents service: the one class behind the library and question pages, the commands and the Python API."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from assistai.documents.answers import Answer, Citation
from assistai.documents.ingestion import Details, Ingested, Progress, Source
from assistai.documents.search import Hit, Legs
from assistai.errors import SettingsError, WorkspaceError
from assistai.models.embedding import Embedder, load_embedder
from assistai.models.remembered import Remembered
from assistai.records import SENSITIVITIES
from assistai.settings import Settings
from assistai.workspace.document import READ, Document
from assistai.workspace.library import Library
from assistai.workspace.scope import Filter

if TYPE_CHECKING:
    from assistai.documents.checking import Check
    from assistai.documents.index import VectorIndex
    from assistai.documents.ingestion import Ingestion
    from assistai.documents.originals import Originals
    from assistai.documents.reading.page_images import PageImage
    from assistai.documents.standing import Replacement
    from assistai.models.chat import ChatModel
    from assistai.models.langchain_retriever import BaseRetriever
    from assistai.workspace import Workspace

_AROUND = 200

EVERYTHING = Filter()
"""The filter that lets all documents through."""


class Documents:
    """Takes documents in, finds passages, answers with quotes that code has checked.

    The vector index opens at first use and is this process's until `close()`; a WorkspaceError names who has it else.
    """

    def __init__(
        self,
        settings: Settings,
        library: Library,
        clock: Callable[[], dt.datetime],
        *,
        embedder: Embedder | None = None,
        chat_model: Callable[[], ChatModel | None] = lambda: None,
    ) -> None:
        self._chat_model = chat_model
        self._settings = settings
        self._library = library
        self._clock = clock
        self._wanted_embedder = embedder
        self._former: Embedder | None = None
        self._remembered: Remembered | None = None
        self._proposed: tuple[tuple[Document, ...], Sequence[Replacement]] | None = None

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

        Of a folder in which no file is left nothing is deleted: it may be a drive that is not there.
        """
        from assistai.documents.sources import gone_from

        tests = [gone_from(Path(path)) for path in paths if Path(path).is_dir()]
        gone = [
            document
            for document in self._library.documents(collection=collection)
            if document.container is None and any(is_gone(document.source) for is_gone in tests)
        ]
        for document in gone:
            self.delete(document.id)
        return [Ingested(document.source, document.name, "removed") for document in gone]

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

        A validity that is given, even the one there was, is kept as said by a person: nothing is guessed of it then.
        What is inside a document goes with it to another collection. Both indexes filter by the new values at once;
        nothing is embedded again. Raises InputError where a value cannot be, or the document that supersedes it is not
        there or is superseded by it; WorkspaceError where there is no such document, or it cannot go to the collection.
        """
        from assistai.documents.describing import DESCRIBED, change, check_changes
        from assistai.documents.moving import move

        if unknown := set(changes) - DESCRIBED:
            raise TypeError(f"not to be changed: {', '.join(sorted(unknown))}")
        said = {"validity_said": True} if "validity" in changes else {}
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

    def delete(self, document_id: str) -> None:
        """Delete a document, and those that were inside it, from SQL, words, vectors and originals."""
        from assistai.documents.ingestion import lose_vectors

        document = self.get(document_id)
        self._index.hold()
        inside = self._library.inside(document.collection, document.source)
        self._library.delete(document.id, *(item.id for item in inside))
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

    # -- searching and answering

    def search(self, question: str, *, limit: int = 10, wanted: Filter = EVERYTHING) -> Sequence[Hit]:
        """Return the passages nearest to a question, by words and by meaning, the nearest first.

        Passages that follow one another come joined, what several documents say comes once, and what is in force comes
        before what is not. A `limit` of 0 or less finds nothing.
        """
        from assistai.documents.search import CANDIDATES, fuse, join_neighbours, nearness, rank

        if limit <= 0:
            return []
        day = wanted.effective_on or self._clock().date()
        legs = self._legs(question, wanted, max(CANDIDATES, 2 * limit))
        fused = fuse(legs.lexical, legs.dense)[: 4 * limit + 20]
        for count in (limit + limit // 2, len(fused)):  # mostly the first of them tell who is among the best
            passages = self._library.passages(name for name, _ in fused[:count])
            documents = self._library.by_id({passage.document_id for passage in passages.values()})
            newer = {one.superseded_by for one in documents.values() if one.superseded_by} - documents.keys()
            documents |= self._library.by_id(newer) if newer else {}
            ranked = rank(legs, fused[:count], passages, documents, wanted, day, limit + 1)
            unseen = fused[count : count + 1]
            if not unseen or (len(ranked) > limit and ranked[limit].score > nearness(unseen[0][1])):
                break
        texts: dict[str, str] = {}

        def text_of(document_id: str) -> str:
            if document_id not in texts:
                texts[document_id] = self._library.text_of(document_id)
            return texts[document_id]

        return join_neighbours(ranked[:limit], text_of)

    def answer(
        self,
        question: str,
        *,
        wanted: Filter = EVERYTHING,
        previous: str | None = None,
        engine: Literal["settings", "embedded"] = "settings",
        heard: Callable[[str], None] | None = None,
    ) -> Answer:
        """Return the sentences of the documents that answer, each with a quote that code has checked; or say that the
        documents do not answer, with the nearest passages.

        `previous` is the question before in a conversation: a follow-up ("et pour les cadres ?") keeps its subject.
        Where the settings name a chat model it writes the answer over the same passages, unless `engine` is "embedded";
        `heard` is then called with its sentences as they come, before they are checked.
        """
        found = self._find_answer(question, wanted, previous)
        model = self._chat_model() if engine == "settings" else None
        if model is None:
            return found
        from assistai.documents.writing import write_answer

        return write_answer(found, self._shown_to(model, found), model, self._settings, heard=heard)

    def _shown_to(self, model: ChatModel, answer: Answer) -> Sequence[Citation]:
        """Return the passages that a model may see: one on another machine sees nothing above the settings' level."""
        if not model.remote:
            return answer.passages
        highest = SENSITIVITIES.index(self._settings.remote_sensitivity)
        documents = self._library.by_id({passage.document for passage in answer.passages})
        return [one for one in answer.passages if documents[one.document].sensitivity <= highest]

    def _find_answer(self, question: str, wanted: Filter, previous: str | None) -> Answer:
        from assistai.documents.answering import answer

        return answer(
            question,
            previous=previous,
            search=lambda asked: self.search(asked, limit=8, wanted=wanted),
            embedder=self._sentence_embedder,
            library=self._library,
            wanted=wanted,
            day=wanted.effective_on or self._clock().date(),
        )

    def judge(self, answer: Answer, *, helpful: bool, reason: str = "") -> None:
        """Keep what the user thinks of an answer."""
        self._library.judge(answer.question, answer.to_json(), helpful, reason.strip())

    def as_langchain_retriever(self, *, limit: int = 10, wanted: Filter = EVERYTHING) -> BaseRetriever:
        """Return a LangChain retriever over `search`, so that other tools plug in."""
        from assistai.models.langchain_retriever import retriever

        return retriever(lambda question: self.search(question, limit=limit, wanted=wanted))

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

    def close(self) -> None:
        """Give the vector index back to other processes; the next use opens it again."""
        if "_index" in self.__dict__:
            self._index.close()

    def _legs(self, question: str, wanted: Filter, limit: int) -> Legs:
        from assistai.documents.search import dense_leg, look_up

        searcher = self._searcher
        vectors = dense_leg(self._index, searcher.name, wanted, limit) if searcher is not None else None
        return look_up(question, wanted, self._library, vectors, searcher, limit=limit)

    @cached_property
    def _embedder(self) -> Embedder:
        return self._wanted_embedder or load_embedder(self._settings.embedding_model, self._settings)

    @property
    def _searcher(self) -> Embedder | None:
        """The model that the vectors in use were made with, None where it cannot be had: then words alone are asked."""
        in_use = self._library.vector_index()
        if in_use is None or in_use == (self._embedder.name, self._embedder.dimension):
            return self._embedder
        former = self._former
        if former is None or (former.name, former.dimension) != in_use:
            with suppress(SettingsError):
                former = self._former = load_embedder(in_use[0], self._settings)
        return former if former is not None and (former.name, former.dimension) == in_use else None

    @property
    def _sentence_embedder(self) -> Embedder | None:
        """The model that is searched with; it remembers the sentences it read: most of what an answer costs."""
        searcher, remembered = self._searcher, self._remembered
        if searcher is None:
            return None
        if remembered is None or remembered.name != searcher.name:
            remembered = self._remembered = Remembered(searcher)
        return remembered

    @cached_property
    def _index(self) -> VectorIndex:
        from assistai.documents.index import VectorIndex

        return VectorIndex(self._settings.data_dir / "vectors", self._settings.chroma_url)

    @cached_property
    def _originals(self) -> Originals:
        from assistai.documents.originals import Originals

        return Originals(self._settings.data_dir / "originals")

    def _ingestion(self) -> Ingestion:
        """Return the way in, alone in writing; vectors are made with the model in use until a rebuild."""
        from assistai.documents.ingestion import Ingestion

        self._index.hold()
        if self._library.vector_index() is None:
            self._index.reset()  # of a library that is new, or whose database was lost
            self._library.use_vector_index(self._embedder.name, self._embedder.dimension)
        searcher = self._searcher
        if searcher is None:
            raise WorkspaceError("index_rebuild_needed")
        return Ingestion(self._settings, self._library, self._index, searcher, self._originals)
