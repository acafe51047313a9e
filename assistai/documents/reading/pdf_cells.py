"""The cells of a table without rules, made of the pieces of lines that its rows and columns are found to have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from assistai.documents.reading.pdf_rules import Grid
from assistai.documents.reading.pdf_spans import Cell, Place, grouped, row_spans

_FAR = 3.0
_OVER = 0.6
_EDGE = 2.0
_LONGEST_CELL = 400
_MOST_COLUMNS = 40
Span = tuple[float, float]


class Piece(NamedTuple):
    """What a line has in one column."""

    left: float
    right: float
    bottom: float
    top: float
    text: str
    bold: bool
    number: int
    """That of its line, from the first that the table took."""

    wide: bool = False
    """Whether it stands below several columns, in none of them."""


Row = list[Piece]


@dataclass(slots=True)
class Columns:
    """Where the columns of a table begin and end, from left to right."""

    spans: list[Span]

    def with_room(self, pieces: Sequence[Piece], river: float) -> Columns | None:
        """Return the columns with room for pieces of a line, None where one of these reaches into two of them."""
        spans: list[Span] = []
        for left, right in sorted([*self.spans, *((piece.left, piece.right) for piece in pieces)]):
            if spans and left < spans[-1][1] + river:
                spans[-1] = spans[-1][0], max(right, spans[-1][1])
            else:
                spans.append((left, right))
        wider = Columns(spans)
        if len(spans) > _MOST_COLUMNS:
            return None
        apart = len({wider.place(left) for left, _ in self.spans}) == len(self.spans)
        return wider if apart and len({wider.place(piece.left) for piece in pieces}) == len(pieces) else None

    def place(self, left: float) -> int:
        """Return which column something begins in."""
        return max((number for number, span in enumerate(self.spans) if span[0] <= left), default=0)


def cells_of(row: Row, columns: Columns) -> dict[int, list[Piece]]:
    """Return the pieces of each cell of a row by its column."""
    cells: dict[int, list[Piece]] = {}
    for piece in row:
        cells.setdefault(columns.place(piece.left), []).append(piece)
    return cells


def floor_of(row: Row, columns: Columns) -> float:
    """Return how low the highest cell of a row reaches: others may be merged with rows below."""
    return max(min(piece.bottom for piece in cell) for cell in cells_of(row, columns).values())


def grid_of(rows: Sequence[Row], columns: Columns, known: int, size: float) -> tuple[Grid | None, Piece | None]:
    """Return the cells of rows, None where they are no table, and a piece that is no part of it.

    `known` is how many columns the table has that these rows go on with, `size` that of its letters.
    """
    alone = {number for number, row in enumerate(rows) if row[0].wide}
    found = row_spans([_extents(row, columns) for row in rows], alone)
    if found.stray is not None:
        return None, cells_of(rows[found.stray[0]], columns)[found.stray[1]][0]
    between = list(pairwise(found.levels))
    for row, (above, below) in zip(rows[1:], between, strict=True):
        if above[0] - below[1] > _FAR * size:
            return None, row[0]
    if any(above[0] - below[1] < -_OVER * size for above, below in between) or _has_texts(rows, columns):
        return None, None
    whole = columns if known else _whole_columns(rows, columns)
    if len(whole.spans) < 2 or (known and len(whole.spans) > known):
        return None, None
    merged = {(row, whole.place(columns.spans[column][0])): last for (row, column), last in found.merged.items()}
    cells = _cells(rows, whole, merged, known > 0)
    if cells is None:
        return None, None
    edges = [left - _EDGE for left, _ in whole.spans] + [whole.spans[-1][1] + _EDGE]
    middles = [(above[0] + below[1]) / 2 for above, below in between]
    heights = (found.levels[0][1] + _EDGE, *middles, found.levels[-1][0] - _EDGE)
    return Grid(tuple(edges), heights, cells, texts=tuple(whole.spans)), None


def _cells(
    rows: Sequence[Row], columns: Columns, merged: Mapping[Place, int], goes_on: bool
) -> tuple[tuple[int, ...], ...] | None:
    """Return the numbers of the cells: some are merged over rows, names over columns, what is alone over all.

    There are none where two rows of names do not stand below each other.
    """
    width = len(columns.spans)
    cells = [list(range(row * width, (row + 1) * width)) for row in range(len(rows))]
    filled = [cells_of(row, columns) for row in rows]
    for (first, column), last in merged.items():
        for number in range(first + 1, last + 1):
            cells[number][column] = cells[first][column]
    if len(rows) > 1 and all(piece.bold for row in rows[:2] for piece in row):
        alone = {column for column in range(width) if cells[0][column] == cells[1][column]}
        begins = grouped(sorted(filled[0]), sorted(filled[1]), alone, width)
        for column in set(begins) & filled[1].keys():
            if begins.count(column) > 1 and abs(filled[0][column][0].left - filled[1][column][0].left) > _EDGE:
                return None
        cells[0] = [cells[0][column] for column in begins]
    for number in range(len(rows)):
        covered = number and set(cells[number]) & set(cells[number - 1])
        if len(filled[number]) == 1 and not covered and (number or not goes_on):
            cells[number] = [cells[number][0]] * width
    return tuple(map(tuple, cells))


def _extents(row: Row, columns: Columns) -> dict[int, Cell]:
    return {
        column: Cell(
            min(piece.bottom for piece in cell), max(piece.top for piece in cell), cell[0].top - cell[0].bottom
        )
        for column, cell in cells_of(row, columns).items()
    }


def _has_texts(rows: Sequence[Row], columns: Columns) -> bool:
    """Tell whether some cell is as long as a text."""
    cells = (cell for row in rows for cell in cells_of(row, columns).values())
    return any(sum(len(piece.text) for piece in cell) > _LONGEST_CELL for cell in cells)


def _whole_columns(rows: Sequence[Row], columns: Columns) -> Columns:
    """Return the columns; two side by side that no row fills both are a name and its figures, set elsewhere."""
    filled = [set(cells_of(row, columns)) for row in rows]
    spans: list[Span] = []
    members: set[int] = set()
    for number, span in enumerate(columns.spans):
        if not any(number in row for row in filled):
            continue
        if spans and not any(number in row and members & row for row in filled):
            spans[-1] = spans[-1][0], span[1]
            members.add(number)
        else:
            spans.append(span)
            members = {number}
    return Columns(spans)
