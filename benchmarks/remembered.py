"""An embedding model that remembers: the sentences of a few hundred passages are asked for again and again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from assistai.models.embedding import Embedder, Vectors


class Remembered:
    """The vectors of another embedding model, each made once; `save` keeps them in `path` for the next run."""

    def __init__(self, embedder: Embedder, path: Path) -> None:
        self._embedder = embedder
        self._path = path
        self.name, self.dimension, self.max_tokens = embedder.name, embedder.dimension, embedder.max_tokens
        self._known: dict[str, Vectors] = {}
        if path.exists():
            with np.load(path) as kept:
                self._known = dict(zip(kept["texts"].tolist(), kept["vectors"], strict=True))

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of passages; those not known yet are made."""
        return self._remember([f"p{text}" for text in texts], lambda new: self._embedder.embed_passages(new))

    def embed_query(self, text: str) -> Vectors:
        """Return the vector of a question."""
        row: Vectors = self._remember([f"q{text}"], lambda new: self._embedder.embed_query(new[0])[None])[0]
        return row

    def count_tokens(self, text: str) -> int:
        """Return how many tokens the model reads."""
        return self._embedder.count_tokens(text)

    def save(self) -> None:
        """Keep what is known."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        np.savez(self._path, texts=np.array(list(self._known)), vectors=np.array(list(self._known.values())))

    def _remember(self, keys: Sequence[str], make: Callable[[Sequence[str]], Vectors]) -> Vectors:
        new = [key for key in dict.fromkeys(keys) if key not in self._known]
        if new:
            self._known.update(zip(new, make([key[1:] for key in new]), strict=True))
        return np.array([self._known[key] for key in keys], dtype=np.float32).reshape(len(keys), self.dimension)
