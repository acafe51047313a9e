"""Fakes for tests of code that uses assistai: they do what the real parts do, quickly and without weights."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from assistai.language.words import content_stems, detect_language
from assistai.models.chat import Heard, Message, Reply, Schema
from assistai.models.embedding import Vectors
from assistai.models.replies import usable
from assistai.records import Language, Usage


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


@dataclass(frozen=True, slots=True)
class Asked:
    """What a scripted model was asked in one call."""

    messages: tuple[Message, ...]
    max_tokens: int
    schema: Schema | None

    @property
    def text(self) -> str:
        """All messages as one text."""
        return "\n\n".join(message.text for message in self.messages)


Script = str | BaseException | Callable[[Sequence[Message]], str]
"""One reply: its text, what is raised in place of it, or a function that makes the text from the messages."""


class ScriptedChatModel:
    """A chat model that says what a test wrote down: one reply a call, in order.

    With one function as only reply, it answers every call. A reply that is empty, in the other language or not what the
    schema of the call allows raises ModelReplyUnusable, as it does with a real model. `asked` records every call.
    Tokens are words; what a call costs is not known.
    """

    def __init__(
        self, *replies: Script, name: str = "scripted:model", remote: bool = False, context_tokens: int = 8192
    ) -> None:
        self.name = name
        self.remote = remote
        self.context_tokens = context_tokens
        self.asked: list[Asked] = []
        self._replies = replies

    def reply(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        schema: Schema | None = None,
        language: Language | None = None,
        heard: Heard | None = None,
    ) -> Reply:
        """Return the next reply of the script, heard word by word; raises what the script says."""
        self.asked.append(Asked(tuple(messages), max_tokens, schema))
        endless = len(self._replies) == 1 and callable(self._replies[0])
        number = 0 if endless else len(self.asked) - 1
        if number >= len(self._replies):
            raise AssertionError(f"asked {len(self.asked)} times, {len(self._replies)} replies are scripted")
        script = self._replies[number]
        if isinstance(script, BaseException):
            raise script
        text = script if isinstance(script, str) else script(messages)
        if heard is not None:
            heard("")
            for match in re.finditer(r"\S+\s*", text):
                heard(text[: match.end()])
        read = sum(self.count_tokens(message.text) for message in messages)
        return Reply(usable(text, schema, language), self.name, Usage(read, self.count_tokens(text), None))

    def count_tokens(self, text: str) -> int:
        """Return the number of words."""
        return len(text.split())
