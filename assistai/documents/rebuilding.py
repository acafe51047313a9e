"""Write words and vectors anew from SQL, while the old vectors go on answering."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistai.documents.describing import refresh_metadata
from assistai.documents.filtering import describe
from assistai.documents.index import VectorIndex
from assistai.documents.ingestion import embedded_text, lose_vectors
from assistai.documents.words import passage_words
from assistai.errors import WorkspaceError
from assistai.models.embedding import Embedder
from assistai.workspace.document import StoredPassage
from assistai.workspace.library import Library

_BATCH = 16


def rebuild(
    library: Library, index: VectorIndex, embedder: Embedder, progress: Callable[[float], None] | None = None
) -> None:
    """Make the vectors of every passage with `embedder`, then put them in use and drop those of another model.

    With the model already in use, only vectors that are missing are made and those too many deleted; what can no longer
    be read is made anew. Killed and called again, it goes on where it was. Documents may come and go meanwhile.
    """
    _mend(index, embedder.name)
    before = library.vector_index()
    if before is not None and before[0] == embedder.name and before[1] != embedder.dimension:
        index.drop(embedder.name)  # vectors of another length cannot stand beside these
    library.rebuild_words(passage_words)
    while missing := sorted(library.passage_ids() - index.ids(embedder.name)):
        for begin in range(0, len(missing), _BATCH):
            if progress is not None:
                progress(begin / len(missing))
            _make(list(library.passages(missing[begin : begin + _BATCH]).values()), library, index, embedder)
    for document in library.documents():
        refresh_metadata(library, index, document)
    library.mark_embedded(sorted(library.passage_ids()))
    library.use_vector_index(embedder.name, embedder.dimension)
    index.delete(sorted(index.ids(embedder.name) - library.passage_ids()))
    lose_vectors(library, index)
    for model in index.models() - {embedder.name}:
        index.drop(model)


def _mend(index: VectorIndex, model: str) -> None:
    """Drop the vectors of a model, or of all, where they cannot be read."""
    try:
        ids = index.ids(model)
        if index.readable(model, ids) != ids:
            index.drop(model)
    except WorkspaceError as error:
        if error.code != "index_failed":
            raise
        index.reset()


def _make(passages: Sequence[StoredPassage], library: Library, index: VectorIndex, embedder: Embedder) -> None:
    documents = library.by_id({item.document_id for item in passages})
    there = [item for item in passages if item.document_id in documents]
    vectors = embedder.embed_passages([embedded_text(documents[item.document_id], item) for item in there])
    metadata = [describe(documents[item.document_id]) for item in there]
    index.put(embedder.name, [item.id for item in there], vectors, metadata)
