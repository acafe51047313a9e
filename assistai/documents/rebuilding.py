"""Write words and vectors anew from SQL, while the old vectors go on answering."""

from __future__ import annotations

from collections.abc import Callable

from assistai.documents.index import VectorIndex, describe
from assistai.documents.ingestion import embedded_text
from assistai.documents.words import passage_words
from assistai.models.embedding import Embedder
from assistai.workspace.library import Library

_BATCH = 16


def rebuild(
    library: Library, index: VectorIndex, embedder: Embedder, progress: Callable[[float], None] | None = None
) -> None:
    """Make the vectors of every passage with `embedder`, then put them in use and drop those of another model.

    With the model already in use, only vectors that are missing are made and those too many deleted. Killed and called
    again, it goes on where it was.
    """
    documents = {document.id: document for document in library.documents()}
    library.rebuild_words(lambda passage: passage_words(passage, documents[passage.document_id].title))
    there = index.ids(embedder.name)
    wanted = library.passage_ids()
    index.delete(embedder.name, sorted(there - wanted))
    missing = sorted(wanted - there)
    for begin in range(0, len(missing), _BATCH):
        if progress is not None:
            progress(begin / len(missing))
        batch = list(library.passages(missing[begin : begin + _BATCH]).values())
        vectors = embedder.embed_passages([embedded_text(documents[item.document_id], item) for item in batch])
        metadata = [describe(documents[item.document_id]) for item in batch]
        index.put(embedder.name, [item.id for item in batch], vectors, metadata)
    for document in documents.values():
        ids = [item.id for item in library.passages_of(document.id)]
        index.describe(embedder.name, ids, describe(document))
        library.mark_embedded(ids)
    before = library.vector_index()
    library.use_vector_index(embedder.name, embedder.dimension)
    if before is not None and before[0] != embedder.name:
        index.drop(before[0])
    library.vectors_deleted(library.vectors_to_delete())
