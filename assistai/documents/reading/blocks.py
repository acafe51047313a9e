"""What every reader hands on: the blocks of a document in order, and the text that they make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from assistai.files.encoding import one_line

BlockKind = Literal["heading", "paragraph", "item", "row"]
_MAX_NAME = 60
_FIGURES = re.compile(r"[\d\s.,:/€$£%+()–-]+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DIGIT = re.compile(r"\d")
_LEADING_ROWS = 10
_SEEN_ROWS = 50


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


def table_rows(
    rows: Iterable[tuple[str | None, Sequence[str]]],
    page: int | None = None,
    *,
    header: bool | None = None,
    terms: bool = True,
) -> list[Block]:
    """Return the rows of a table, each cell after the name of its column, so that a row can be read alone.

    `rows` are (place, cells). `header` says whether the first row names the columns; where that is not known (None),
    the first row that looks like names does, if two rows or more follow it (in a sheet, one of figures): titles
    above it are rows of their own.
    `terms` says that two columns may be a list of terms ("Directeur | M. Durand") without names.
    """
    filled = [(place, [clean(cell) for cell in cells]) for place, cells in rows]
    filled = [(place, cells) for place, cells in filled if any(cells)]
    if header is None:
        at = _header_at([cells for _, cells in filled], terms)
    else:
        at = 0 if header and len(filled) > 1 else None
    names = filled.pop(at)[1] if at is not None else []
    return [
        Block(
            "row", " ; ".join(_named(cells, names if at is not None and number >= at else ())), page=page, place=place
        )
        for number, (place, cells) in enumerate(filled)
    ]


def _named(cells: Sequence[str], names: Sequence[str]) -> Iterator[str]:
    for column, cell in enumerate(cells):
        if cell:
            yield f"{names[column]} : {cell}" if column < len(names) and names[column] else cell


def _header_at(rows: Sequence[Sequence[str]], terms: bool) -> int | None:
    """Return which row names the columns: the first that is as wide as those below it.

    In a sheet of two rows it is the first, where only the second holds figures.
    """
    if len(rows) == 2 and not terms:
        first, second = (" ".join(row) for row in rows)
        alone = _width(rows[0]) >= max(2, _width(rows[1])) and not _DIGIT.search(first) and bool(_DIGIT.search(second))
        return 0 if alone and _names_columns(rows[0], rows[1:], terms=False) else None
    for at in range(min(_LEADING_ROWS, len(rows) - 2)):
        below = rows[at + 1 : at + 1 + _SEEN_ROWS]
        width, width_below = _width(rows[at]), max(map(_width, below[:3]))
        if width >= 2 and width + (not rows[at][0]) >= width_below:
            return at if _names_columns(rows[at], below, terms and width_below == 2) else None
    return None


def _names_columns(first: Sequence[str], below: Sequence[Sequence[str]], terms: bool) -> bool:
    names = [cell for cell in first if cell]
    values = [name for name in names if not _YEAR.fullmatch(name)]
    if any(len(name) > _MAX_NAME or "@" in name or _FIGURES.fullmatch(name) for name in values):
        return False
    if not terms:
        return True
    right = max(number for number, cell in enumerate(first) if cell)
    under = [row[right] for row in below if len(row) > right and row[right]]
    return not _DIGIT.search(names[-1]) and bool(under) and all(map(_DIGIT.search, under))


def _width(row: Sequence[str]) -> int:
    return sum(map(bool, row))
