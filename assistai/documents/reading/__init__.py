"""Read documents: what a file is is told by its content, its name settles only what content leaves open."""

from __future__ import annotations

from assistai.documents.reading.blocks import Block, BlockKind, Part, Placed, Reading, Unread, compose
from assistai.documents.reading.formats import EXTENSIONS, read_document

READERS = 3
"""Version of the readers: one more whenever the same file would give another text. Older documents can be read anew."""

__all__ = [
    "EXTENSIONS",
    "READERS",
    "Block",
    "BlockKind",
    "Part",
    "Placed",
    "Reading",
    "Unread",
    "compose",
    "read_document",
]
