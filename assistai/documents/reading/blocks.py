"""What every reader hands on: the blocks of a document in order, and the text that they make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

BlockKind = Literal["heading", "paragraph", "item", "row"]
_SPACES = re.compile(r"[^\S\n]+|\n\s*")
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff\ufffe\x00-\x08\x0b-\x1f\x7f]")
_KEPT_SPACES = ("\u00a0", "\u202f")


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


def clean(text: str) -> str:
    """Return text on one line: white space runs become one space, invisible characters go.

    A run that holds a non-breaking space keeps it, as French typography needs.
    """
    return _SPACES.sub(_one_space, _INVISIBLE.sub("", text)).strip()


def _one_space(match: re.Match[str]) -> str:
    return next((space for space in _KEPT_SPACES if space in match.group()), " ")


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


def table_rows(
    rows: Iterable[tuple[str | None, Sequence[str]]], page: int | None = None, *, header: bool | None = None
) -> list[Block]:
    """Return the rows of a table, each cell after the name of its column, so that a row can be read alone.

    `rows` are (place, cells). `header` says whether the first row names the columns; where that is not known (None) it
    does if it looks like names: three or more rows, no empty cell above a filled one, and no numbers.
    """
    filled = [(place, [clean(cell) for cell in cells]) for place, cells in rows]
    filled = [(place, cells) for place, cells in filled if any(cells)]
    if not filled:
        return []
    names: Sequence[str] = ()
    if header is None:
        header = len(filled) > 2 and _names_columns(filled[0][1], filled[1][1])
    if header and len(filled) > 1:
        names = filled.pop(0)[1]
    blocks = []
    for place, cells in filled:
        named = [
            f"{names[column]} : {cell}" if column < len(names) and names[column] else cell
            for column, cell in enumerate(cells)
            if cell
        ]
        blocks.append(Block("row", " ; ".join(named), page=page, place=place))
    return blocks


def _names_columns(first: Sequence[str], second: Sequence[str]) -> bool:
    names = [cell for cell in first if cell]
    if len(names) < 2 or len(names) < sum(bool(cell) for cell in second):
        return False
    return not any(len(name) > 60 or re.fullmatch(r"[\d\s.,:/€%+-]+", name) for name in names)
