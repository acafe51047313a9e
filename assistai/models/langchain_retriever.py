"""A LangChain retriever over the documents, for programs that are built on LangChain."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever as BaseRetriever

if TYPE_CHECKING:

    class Found(Protocol):
        """What is asked of a hit: its passage, document and score."""

        @property
        def passage(self) -> Any:
            """The passage: id, text, heading, page, place, start, end."""

        @property
        def document(self) -> Any:
            """Its document: id, title, name, collection."""

        @property
        def score(self) -> float:
            """The higher the nearer."""


class _Retriever(BaseRetriever):
    """Runs a search function; each result's metadata says where it stands."""

    search: Callable[[str], Sequence[Any]]

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[LangChainDocument]:
        return [
            LangChainDocument(
                id=hit.passage.id,
                page_content=hit.passage.text,
                metadata={
                    "document": hit.document.id,
                    "title": hit.document.title,
                    "name": hit.document.name,
                    "collection": hit.document.collection,
                    "heading": hit.passage.heading,
                    "page": hit.passage.page,
                    "place": hit.passage.place,
                    "start": hit.passage.start,
                    "end": hit.passage.end,
                    "score": hit.score,
                },
            )
            for hit in self.search(query)
        ]


def retriever(search: Callable[[str], Sequence[Found]]) -> BaseRetriever:
    """Return a LangChain retriever over a search function."""
    return _Retriever(search=search)
