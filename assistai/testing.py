"""Fakes for tests of code that uses assistai: they do what the real parts do, quickly and without weights."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from assistai.language.words import content_stems, detect_language
from assistai.models.embedding import Vectors


class HashEmbedder:
    """An embedder whose vectors count hashed word stems: texts that share words are near, and nothing else is known.

    `embedded` is how many passages it was asked for, so that a test can say what must not be embedded again.
    """

    def __init__(self, name: str = "hash", dimension: int = 64, max_tokens: int = 512) -> None:
        self.name = name
        self.dimension = dimension
        self.max_tokens = max_tokens
        self.embedded = 0

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors, shape (len(texts), dimension)."""
        self.embedded += len(texts)
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        return np.stack([self.embed_query(text) for text in texts])

    def embed_query(self, text: str) -> Vectors:
        """Return a unit vector, shape (dimension,)."""
        vector = np.zeros(self.dimension, dtype=np.float32)
        for stem in content_stems(text, detect_language(text)):
            digest = hashlib.sha256(stem.encode()).digest()
            vector[int.from_bytes(digest[:4], "big") % self.dimension] += 1.0 if digest[4] % 2 else -1.0
        norm = float(np.linalg.norm(vector))
        if norm == 0.0:
            vector[0] = norm = 1.0
        return vector / np.float32(norm)

    def count_tokens(self, text: str) -> int:
        """Return the number of words and two."""
        return len(text.split()) + 2
