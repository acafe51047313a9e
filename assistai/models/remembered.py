"""An embedding model that remembers what it was last asked: sentences of a library come up again and again."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence

import numpy as np

from assistai.models.embedding import Embedder, Vectors

MOST = 20_000
"""How many vectors are kept: 30 MB of 384 numbers each."""


class Remembered:
    """The vectors of another embedding model, the latest `most` of them made once; safe to share between threads.

    Texts are known by a digest, so that what is kept does not grow with their length.
    """

    def __init__(self, embedder: Embedder, most: int = MOST) -> None:
        self._embedder = embedder
        self._most = most
        self._known: OrderedDict[bytes, Vectors] = OrderedDict()
        self._lock = threading.Lock()
        self.name, self.dimension, self.max_tokens = embedder.name, embedder.dimension, embedder.max_tokens

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of passages, shape (len(texts), dimension); only those not known are made."""
        return self._recall(b"passage", texts, self._embedder.embed_passages)

    def embed_query(self, text: str) -> Vectors:
        """Return the vector of a question, shape (dimension,)."""
        vector: Vectors = self._recall(b"query", [text], lambda new: self._embedder.embed_query(new[0])[None])[0]
        return vector

    def count_tokens(self, text: str) -> int:
        """Return how many tokens the model reads for `text`."""
        return self._embedder.count_tokens(text)

    def _recall(self, kind: bytes, texts: Sequence[str], make: Callable[[Sequence[str]], Vectors]) -> Vectors:
        keys = [hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16, person=kind) for text in texts]
        digests = [key.digest() for key in keys]
        with self._lock:
            found = {key: self._known[key] for key in digests if key in self._known}
        new = {key: text for key, text in zip(digests, texts, strict=True) if key not in found}
        if new:
            vectors = make(list(new.values()))
            found |= {key: vector.copy() for key, vector in zip(new, vectors, strict=True)}
        with self._lock:
            for key in digests:
                self._known[key] = found[key]
                self._known.move_to_end(key)
            while len(self._known) > self._most:
                self._known.popitem(last=False)
        return np.array([found[key] for key in digests], dtype=np.float32).reshape(len(texts), self.dimension)
