"""The vector index in Chroma: the one file that knows it. Derived from SQL, which says what it must hold."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import threading
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

import numpy as np

from assistai.errors import WorkspaceError
from assistai.models.embedding import Vectors
from assistai.workspace.document import Document
from assistai.workspace.scope import Filter

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

_BATCH = 500
_TRIES = 3
_PAGE = 10_000
_NEVER, _ALWAYS = 0, 10_000_000


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
        self._lock: Any = None
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
        for where in _where(wanted):
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
            self._take_lock()
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
            if self._lock is not None:
                self._holder.unlink(missing_ok=True)
                self._lock.release()
                self._lock = None

    def hold(self) -> None:
        """Take the lock now: what writes must be alone, also where vectors are on a server."""
        with self._opening:
            self._take_lock()

    def _disconnect(self) -> None:
        if self._client is not None:
            cast(Any, self._client).close()
            self._client = None
            self._collections.clear()

    @property
    def _holder(self) -> Path:
        return self._folder.with_suffix(".holder.json")

    def _take_lock(self) -> None:
        from filelock import FileLock, Timeout

        if self._lock is not None:
            return
        try:
            self._folder.parent.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self._folder.with_suffix(".lock"), thread_local=False)
            lock.acquire(timeout=0)
        except Timeout as error:
            raise WorkspaceError("index_in_use", holder=self._holder_text()) from error
        except OSError as error:
            raise WorkspaceError("workspace_unusable", path=self._folder, reason=error.strerror or error) from error
        self._lock = lock
        with suppress(OSError):  # whoever waits is told the name; the lock holds without it
            _partial(self._holder, json.dumps({"pid": os.getpid()})).replace(self._holder)

    def _holder_text(self) -> str:
        try:
            return f"PID {int(json.loads(self._holder.read_text('utf-8'))['pid'])}"
        except (OSError, ValueError, KeyError, TypeError):
            return "?"

    def _open(self) -> ClientAPI:
        with self._opening:
            if self._client is None:
                if not self._url:
                    self._take_lock()
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
        if not self._url:
            return "passages-"
        mark = self._folder.with_suffix(".id")
        try:
            mark.parent.mkdir(parents=True, exist_ok=True)
            if not mark.exists():
                partial = _partial(mark, uuid.uuid4().hex[:12])
                with suppress(FileExistsError):
                    os.link(partial, mark)  # whole or not at all, and the first one stays
                partial.unlink()
            return f"passages-{mark.read_text('ascii')}-"
        except OSError as error:
            raise WorkspaceError("workspace_unusable", path=mark, reason=error.strerror or error) from error


def describe(document: Document) -> dict[str, Any]:
    """Return what the vector index keeps of a passage's document, for filters."""
    return {
        "document": document.id,
        "collection": document.collection,
        "owner": document.owner,
        "sensitivity": document.sensitivity,
        "validity": document.validity,
        "from": _day(document.effective_from, _NEVER),
        "to": _day(document.effective_to, _ALWAYS),
    }


def _day(day: date | None, default: int) -> int:
    return default if day is None else day.toordinal()


def _where(wanted: Filter) -> Iterator[Any]:
    """Yield what Chroma is asked for: nothing where the filter lets nothing through, several where it names many."""
    if wanted.validity == () or wanted.documents == ():
        return
    conditions: list[dict[str, Any]] = []
    if wanted.collection is not None:
        conditions.append({"collection": wanted.collection})
    if wanted.owner is not None:
        conditions.append({"owner": wanted.owner})
    if wanted.max_sensitivity is not None:
        conditions.append({"sensitivity": {"$lte": wanted.max_sensitivity}})
    if wanted.validity is not None:
        conditions.append({"validity": {"$in": list(wanted.validity)}})
    if wanted.effective_on is not None:
        day = wanted.effective_on.toordinal()
        conditions += [{"from": {"$lte": day}}, {"to": {"$gte": day}}]
    for names in [None] if wanted.documents is None else _batches(sorted(set(wanted.documents)), _PAGE):
        chosen = conditions if names is None else [*conditions, {"document": {"$in": names}}]
        yield {"$and": chosen} if len(chosen) > 1 else chosen[0] if chosen else None


def _batches(ids: Sequence[str], size: int = _BATCH) -> Iterator[list[str]]:
    return (list(ids[begin : begin + size]) for begin in range(0, len(ids), size))


def _partial(path: Path, text: str) -> Path:
    partial = path.with_suffix(f".{os.getpid()}.partial")
    partial.write_text(text, encoding="ascii")
    return partial


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
        raise WorkspaceError("index_failed", reason=error) from error
