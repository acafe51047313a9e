"""The vector index in Chroma: the one file that knows it. Derived from SQL, which says what it must hold."""

from __future__ import annotations

import hashlib
import re
import shutil
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

import numpy as np

from assistai.documents.filtering import conditions
from assistai.documents.ownership import Ownership, library_mark
from assistai.errors import WorkspaceError
from assistai.models.embedding import Vectors
from assistai.workspace.scope import Filter

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

_BATCH = 500
_TRIES = 3
_PAGE = 10_000


class VectorIndex:
    """The vectors of passages by id, with what filters ask for.

    Kept in `folder`, or on the Chroma server at `url`. A folder belongs to one process at a time: from the first use
    to `close()` this one holds its lock, and another gets a WorkspaceError that names the holder. Whoever changes
    vectors along with what SQL says of them holds `changing`, so that no other thread deletes what is just written.
    """

    def __init__(self, folder: Path, url: str = "") -> None:
        self._folder = folder
        self._url = url
        self._client: ClientAPI | None = None
        self._ownership = Ownership(folder)
        self._opening = threading.RLock()
        self.changing = threading.RLock()
        self._collections: dict[str, Collection] = {}

    def put(self, model: str, ids: Sequence[str], vectors: Vectors, metadata: Sequence[Mapping[str, Any]]) -> None:
        """Keep the vectors of these passages, in place of what their ids held."""
        for begin in range(0, len(ids), _BATCH):
            end = begin + _BATCH
            self._ask(
                model,
                "upsert",
                ids=list(ids[begin:end]),
                embeddings=vectors[begin:end],
                metadatas=[dict(item) for item in metadata[begin:end]],
            )

    def describe(self, ids: Sequence[str], metadata: Mapping[str, Any]) -> None:
        """Put new metadata to passages that keep their vectors, of every model; ids not there are passed over."""
        for collection in self._own():
            for part in _batches(ids):
                with _errors(self._url):
                    collection.update(ids=part, metadatas=[dict(metadata)] * len(part))

    def delete(self, ids: Sequence[str]) -> None:
        """Lose the vectors of these ids, of every model, and see that they are gone; ids not there are passed over.

        A batch that another thread was about to write when this began may come after: it is deleted again.
        """
        for collection in self._own():
            for part in _batches(ids):
                left = list(part)
                for _ in range(_TRIES):
                    with _errors(self._url):
                        collection.delete(ids=left)
                        left = collection.get(ids=list(part), include=[])["ids"]
                    if not left:
                        break
                else:
                    raise WorkspaceError("index_failed", reason=f"{len(left)} vectors not deleted")

    def query(self, model: str, vector: Vectors, wanted: Filter, limit: int) -> list[tuple[str, float]]:
        """Return (passage id, cosine) of the nearest passages that the filter lets through, the nearest first."""
        found: list[tuple[str, float]] = []
        for where in conditions(wanted):
            answer = self._ask(
                model,
                "query",
                query_embeddings=np.asarray([vector]),
                n_results=limit,
                where=where,
                include=["distances"],
            )
            distances = (answer["distances"] or [[]])[0]
            found += [(name, 1.0 - float(far)) for name, far in zip(answer["ids"][0], distances, strict=True)]
        return sorted(found, key=lambda item: (-item[1], item[0]))[:limit]

    def vectors(self, model: str, ids: Sequence[str]) -> dict[str, Vectors]:
        """Return the vectors of the ids that are there."""
        found = self._ask(model, "get", ids=list(ids), include=["embeddings"])
        embeddings = found["embeddings"]
        if embeddings is None:
            return {}
        return {name: np.asarray(row, dtype=np.float32) for name, row in zip(found["ids"], embeddings, strict=True)}

    def count(self, model: str) -> int:
        """Return how many vectors there are."""
        return int(self._ask(model, "count"))

    def ids(self, model: str) -> set[str]:
        """Return the ids of all vectors."""
        found: set[str] = set()
        while page := self._ask(model, "get", limit=_PAGE, offset=len(found), include=[])["ids"]:
            found.update(page)
        return found

    def readable(self, model: str, ids: Iterable[str]) -> set[str]:
        """Return those of the ids whose vectors can be read; of a batch that cannot, none."""
        found: set[str] = set()
        for part in _batches(sorted(ids)):
            try:
                found.update(self.vectors(model, part))
            except WorkspaceError as error:
                if error.code != "index_failed":
                    raise
        return found

    def models(self) -> set[str]:
        """Return the models that have vectors here."""
        return {str((collection.metadata or {}).get("model", "")) for collection in self._own()}

    def drop(self, model: str) -> None:
        """Forget all vectors made with a model."""
        with self._opening:
            self._collections.pop(model, None)
            for collection in self._own():
                if collection.name == self._name(model):
                    with _errors(self._url):
                        self._open().delete_collection(collection.name)

    def reset(self) -> None:
        """Forget all vectors, those too that cannot be read: SQL says what to make anew."""
        if self._url:
            for model in self.models():
                self.drop(model)
            return
        with self._opening:
            self._ownership.take()
            self._disconnect()
            try:
                if self._folder.is_dir():
                    shutil.rmtree(self._folder)
                else:
                    self._folder.unlink(missing_ok=True)
            except OSError as error:
                raise WorkspaceError("workspace_unusable", path=self._folder, reason=error.strerror or error) from error

    def close(self) -> None:
        """Give the folder back, so that another process can use it."""
        with self._opening:
            self._disconnect()
            self._ownership.give_back()

    def hold(self) -> None:
        """Take the lock now: what writes must be alone, also where vectors are on a server."""
        with self._opening:
            self._ownership.take()

    def _disconnect(self) -> None:
        if self._client is not None:
            cast(Any, self._client).close()
            self._client = None
            self._collections.clear()

    def _open(self) -> ClientAPI:
        with self._opening:
            if self._client is None:
                if not self._url:
                    self._ownership.take()
                self._client = _connect(self._folder, self._url)
            return self._client

    def _ask(self, model: str, method: str, **arguments: Any) -> Any:
        """Call a collection's method; one that another process made anew meanwhile is looked up again."""
        from chromadb.errors import NotFoundError

        with _errors(self._url):
            try:
                return getattr(self._collection(model), method)(**arguments)
            except NotFoundError:
                self._collections.pop(model, None)
                return getattr(self._collection(model), method)(**arguments)

    def _collection(self, model: str) -> Collection:
        with self._opening:
            if model not in self._collections:
                self._collections[model] = self._open().get_or_create_collection(
                    self._name(model),
                    embedding_function=None,
                    configuration={"hnsw": {"space": "cosine", "ef_search": 200}},
                    metadata={"model": model},
                )
            return self._collections[model]

    def _own(self) -> list[Collection]:
        """Return the collections of this library, one a model."""
        found: list[Collection] = []
        with _errors(self._url):
            while page := self._open().list_collections(limit=_BATCH, offset=len(found)):
                found += page
        return [item for item in found if item.name.startswith(self._prefix)]

    def _name(self, model: str) -> str:
        """Return a name that Chroma takes: 3 to 63 letters, digits and hyphens, one a model."""
        readable = re.sub(r"[^a-z0-9]+", "-", model.lower()).strip("-")[:30] or "model"
        return f"{self._prefix}{readable}-{hashlib.sha256(model.encode()).hexdigest()[:8]}"

    @cached_property
    def _prefix(self) -> str:
        """Return how the names of this library's collections begin: a server may hold those of others."""
        return f"passages-{library_mark(self._folder)}-" if self._url else "passages-"


def _batches(ids: Sequence[str], size: int = _BATCH) -> Iterator[list[str]]:
    return (list(ids[begin : begin + size]) for begin in range(0, len(ids), size))


def _connect(folder: Path, url: str) -> ClientAPI:
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    quiet = ChromaSettings(anonymized_telemetry=False)
    with _errors(url):
        if not url:
            try:
                return chromadb.PersistentClient(str(folder), settings=quiet)
            except AttributeError:  # a start that failed before has left half a client behind, which is gone now
                return chromadb.PersistentClient(str(folder), settings=quiet)
        address = urlsplit(url)
        try:
            return chromadb.HttpClient(
                host=address.hostname or "",
                port=address.port or (443 if address.scheme == "https" else 8000),
                ssl=address.scheme == "https",
                settings=quiet,
            )
        except ValueError as error:
            raise WorkspaceError("index_unreachable", url=url) from error


@contextmanager
def _errors(url: str) -> Iterator[None]:
    """Turn what Chroma raises into ours."""
    import httpx
    from chromadb.errors import ChromaError

    try:
        yield
    except httpx.TransportError as error:
        raise WorkspaceError("index_unreachable", url=url) from error
    except (ChromaError, httpx.HTTPError, OSError) as error:
        if "disk is full" in str(error) and not url:  # to write the index anew, as is said else, would help nothing
            raise WorkspaceError("workspace_unusable", path="vectors", reason=error) from error
        raise WorkspaceError("index_failed", reason=error) from error
