"""What a library is opened with: its index, the files that are kept, the embedding models; each at first use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING

from assistai.errors import SettingsError, WorkspaceError
from assistai.models.embedding import Embedder, load_embedder
from assistai.models.remembered import Remembered
from assistai.settings import Settings
from assistai.workspace.library import Library

if TYPE_CHECKING:
    from assistai.documents.index import VectorIndex
    from assistai.documents.ingestion import Ingestion
    from assistai.documents.originals import Originals
    from assistai.models.chat import ChatModel


class OpenLibrary:
    """A library with all that works on it.

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

    def close(self) -> None:
        """Give the vector index back to other processes; the next use opens it again."""
        if "_index" in self.__dict__:
            self._index.close()

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
