"""What every reader hands on: the blocks of a document in order, and the text that they make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from assistai.files.encoding import one_line

BlockKind = Literal["heading", "paragraph", "item", "row"]


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item or table row.

    `level` is the rank of a heading (1 is the highest), `page` the 1-based page or slide, `place` where it stands in
    a format without pages ("Annuaire, 12": sheet and row).
    """

    kind: BlockKind
    text: str
    level: int = 0
    page: int | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """A page or part that could not be read, and why: `code` is a key of the `notices` catalogue."""

    code: str
    page: int | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a reader found in one file.

    `pages` counts pages or slides (None for formats without). `parts` are the files inside: attachments, members of
    an archive. `passages_only` formats (an archive) have parts and no blocks.
    """

    format: str
    blocks: tuple[Block, ...] = ()
    title: str | None = None
    pages: int | None = None
    unread: tuple[Unread, ...] = ()
    parts: tuple[Part, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Part:
    """A file inside a file: its name there (a label, never a path to write to) and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Placed:
    """A block and its span in the document's text."""

    block: Block
    start: int
    end: int


clean = one_line
"""Text on one line: what every block holds."""


def compose(blocks: Sequence[Block]) -> tuple[str, tuple[Placed, ...]]:
    """Return the document's text and where each block stands in it; blocks without text are left out.

    `text[placed.start:placed.end] == placed.block.text` for each.
    """
    pieces: list[str] = []
    placed: list[Placed] = []
    length = 0
    previous: Block | None = None
    for block in blocks:
        if not block.text.strip():
            continue
        if previous is not None:
            tight = previous.kind == block.kind and block.kind in ("item", "row")
            separator = "\n" if tight else "\n\n"
            pieces.append(separator)
            length += len(separator)
        pieces.append(block.text)
        placed.append(Placed(block, length, length + len(block.text)))
        length += len(block.text)
        previous = block
    return "".join(pieces), tuple(placed)
