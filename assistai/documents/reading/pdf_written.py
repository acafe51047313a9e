"""Tables of PDF pages without rules between their cells, whose program wrote them cell by cell.

Word, LibreOffice and browsers write a cell whole before the next of its row: where a line stands right of the one
before it and higher, that one was the last of a wrapped cell; where it stands left of it and lower, a row begins. Of
pages written line by line, columns of prose for one, nothing is told.
"""

from __future__ import annotations

import itertools
import math
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from assistai.documents.reading.pdf_lines import Line
from assistai.documents.reading.pdf_rules import Grid

_CELL_GAP, _NARROW_GAP = 0.75, 0.5
_RIVER = 0.4
_NEAR, _APART, _FAR = 0.6, 1.2, 3.0
_HIGHER = 0.5
_LEVEL = 0.3
_LOOSER = 0.15
_OTHER_SIZE = 0.25
_LONGEST_CELL = 400
_FEWEST_ROWS = 3
_MOST_REPEATED = 3
_MOST_COLUMNS = 40
_MOST_TRIED = 20_000
_EDGE = 2.0
Span = tuple[float, float]


class _Piece(NamedTuple):
    """What a line has in one column."""

    left: float
    right: float
    bottom: float
    top: float
    text: str
    bold: bool


_Row = list[_Piece]


def written_grids(lines: Sequence[Line], above: Grid | None = None) -> list[Grid]:
    """Return the grids of such tables among the lines of a page, in the order in which these were written.

    `above` is such a table on the page before: its last rows may stand at the top of this one.
    """
    at, found = _rest(lines, above) if above is not None else (0, [])
    free, tried = at, 0
    while at < len(lines) - 1 and tried < _MOST_TRIED:
        table = _begun(lines, at, free)
        end, grid = table.filled(lines, at) if table else (at, None)
        tried += end - at
        if grid:
            found.append(_with_names(grid, lines[free:at]))
            free = end
        at = max(at + 1, end) if table and (grid or not table.by_cells) else at + 1
    return found


def _with_names(grid: Grid, lines: Sequence[Line]) -> Grid:
    """Return a table with a bold line right above it that has one cell within each of its columns, if there is one."""
    columns = list(pairwise(grid.columns))
    for line in lines:
        pieces = line.pieces(_CELL_GAP)
        near = -_EDGE <= line.bottom - grid.rows[0] < _APART * line.size
        if not line.bold or not near or len(pieces) != len(columns):
            continue
        if all(
            left <= piece.left and piece.right <= right for piece, (left, right) in zip(pieces, columns, strict=True)
        ):
            cells = _unmerged(len(grid.rows), len(columns))
            return replace(grid, rows=(line.top + _EDGE, *grid.rows), cells=cells)
    return grid


def _rest(lines: Sequence[Line], above: Grid) -> tuple[int, list[Grid]]:
    """Return where the rest of a table ends that goes on at the top of a page, below what each page repeats."""
    for at, line in enumerate(lines[:_MOST_REPEATED]):
        end, grid = _Table(line.size, above.texts).filled(lines, at)
        if grid:
            return end, [grid]
    return 0, []


def _begun(lines: Sequence[Line], at: int, free: int) -> _Table | None:
    """Return a table that begins at a line, with what is above it in its first cell; None where none begins.

    The lines before `free` are those of other tables.
    """
    line, after = lines[at], lines[at + 1]
    beside = after.left > line.right and after.top > line.bottom
    if not beside and len(line.pieces(_CELL_GAP)) < 2:
        return None
    table = _Table(line.size)
    second = after.left if beside else line.pieces(_CELL_GAP)[1].left
    first = at
    while first > free and _stands_above(lines[first - 1], lines[first], second):
        higher = after.top > lines[first].top + _LEVEL * line.size
        tight = lines[first - 1].bottom - lines[first].top < _LEVEL * line.size
        if not higher and not (tight and lines[first - 1].bold and line.bold):
            break
        first -= 1
    for number in range(first, at):
        table.takes(lines[number])
    return table


def _stands_above(line: Line, below: Line, second: float) -> bool:
    gap = line.bottom - below.top
    return line.right < second and -below.size < gap < _NEAR * below.size and line.left < below.right


@dataclass(slots=True)
class _Columns:
    """Where the columns of a table begin and end, from left to right."""

    spans: list[Span]

    def with_room(self, pieces: Sequence[_Piece], river: float) -> _Columns | None:
        """Return the columns with room for pieces of a line, None where one of these reaches into two of them."""
        spans: list[Span] = []
        for left, right in sorted([*self.spans, *((piece.left, piece.right) for piece in pieces)]):
            if spans and left < spans[-1][1] + river:
                spans[-1] = spans[-1][0], max(right, spans[-1][1])
            else:
                spans.append((left, right))
        wider = _Columns(spans)
        if len(spans) > _MOST_COLUMNS:
            return None
        apart = len({wider.place(left) for left, _ in self.spans}) == len(self.spans)
        return wider if apart and len({wider.place(piece.left) for piece in pieces}) == len(pieces) else None

    def place(self, left: float) -> int:
        """Return which column something begins in."""
        return max(number for number, span in enumerate(self.spans) if span[0] <= left)


class _Table:
    """The rows that are found so far, each a list of pieces in the order in which they were written.

    `by_cells` tells whether a wrapped cell was seen to be written whole.
    """

    def __init__(self, size: float, columns: Sequence[Span] = ()) -> None:
        self._size = size
        self._known = columns
        self._columns = _Columns(list(columns))
        self._rows: list[_Row] = []
        self.by_cells = bool(columns)
        self._gaps: list[float] = []

    def filled(self, lines: Sequence[Line], at: int) -> tuple[int, Grid | None]:
        """Take the lines from `at` on; return which is the first that is no part of it, and the cells."""
        end = at
        while end < len(lines) and self.takes(lines[end]):
            end += 1
        return end, self._grid(lines[end] if end < len(lines) else None)

    def takes(self, line: Line) -> bool:
        """Take a line if it goes on with the table."""
        if abs(line.size - self._size) > _OTHER_SIZE * self._size:
            return False
        for gap in (_CELL_GAP, _NARROW_GAP):
            pieces = list(_pieces(line, gap))
            columns = self._columns.with_room(pieces, _RIVER * self._size)
            if columns is not None:
                before, self._columns = self._columns, columns
                if all(map(self._adds, pieces)):
                    return True
                self._columns = before
                return False
        return False

    def _adds(self, piece: _Piece) -> bool:
        if not self._rows:
            self._rows.append([piece])
            return True
        row, last = self._rows[-1], self._rows[-1][-1]
        column, before = self._columns.place(piece.left), self._columns.place(last.left)
        gap = last.bottom - piece.top
        if column > before:
            above = min((other.bottom for other in self._rows[-2]), default=None) if len(self._rows) > 1 else None
            if above is not None and piece.top > above + _LEVEL * self._size:
                return False
            if min(other.bottom for other in row) - piece.top > _LEVEL * self._size:
                return False
            self.by_cells = self.by_cells or piece.top > last.top + _HIGHER * self._size
            row.append(piece)
            return True
        if column == before and -self._size < gap <= (_APART if column else _NEAR) * self._size:
            row.append(piece)
            if column:
                self._gaps.append(gap)
            return True
        below = min(other.bottom for other in row) - piece.top
        if (column and column == before) or not -_LEVEL * self._size <= below <= _FAR * self._size:
            return False
        self._rows.append([piece])
        return True

    def _grid(self, after: Line | None) -> Grid | None:
        """Return the cells of the table, None where it is none; `after` is the line that it did not take.

        A row that this may belong to, and single cells below the table, are no part of it.
        """
        rows = list(self._parted())
        if after is not None and rows and after.top > min(piece.bottom for piece in rows[-1]) + _LEVEL * self._size:
            rows = rows[:-1]
        while rows and len(self._cells(rows[-1])) < 2:
            rows = rows[:-1]
        several = sum(len(self._cells(row)) > 1 for row in rows)
        fewest = 1 if self._known else _FEWEST_ROWS
        if not self.by_cells or several < fewest or not all(map(self._is_row, rows)):
            return None
        spans = self._columns.spans if self._known else self._whole_columns(rows)
        if len(spans) < 2 or (self._known and len(spans) > len(self._known)):
            return None
        edges = [left - _EDGE for left, _ in spans] + [spans[-1][1] + _EDGE]
        levels = [(max(piece.top for piece in row), min(piece.bottom for piece in row)) for row in rows]
        between = [(above[1] + below[0]) / 2 for above, below in pairwise(levels)]
        heights = (levels[0][0] + _EDGE, *between, levels[-1][1] - _EDGE)
        return Grid(tuple(edges), heights, _unmerged(len(rows), len(spans)), texts=tuple(spans))

    def _parted(self) -> Iterator[_Row]:
        """Yield the rows; what stands alone above one, farther from it than lines of a cell or bold, is one itself."""
        tight = statistics.median_low(self._gaps) + _LOOSER * self._size if self._gaps else math.inf
        for row in self._rows:
            first = list(itertools.takewhile(lambda piece: self._columns.place(piece.left) == 0, row))
            level = max((piece.top for piece in row[len(first) :]), default=-math.inf) - _LEVEL * self._size
            at = 0
            for number, (piece, below) in enumerate(pairwise(first), start=1):
                set_apart = piece.bottom - below.top > tight or (piece.bold and not below.bold)
                if set_apart and piece.bottom >= level:
                    yield row[at:number]
                    at = number
            yield row[at:]

    def _cells(self, row: _Row) -> dict[int, list[_Piece]]:
        cells: dict[int, list[_Piece]] = {}
        for piece in row:
            cells.setdefault(self._columns.place(piece.left), []).append(piece)
        return cells

    def _is_row(self, row: _Row) -> bool:
        """Tell whether the cells of a row stand beside each other, and none is as long as a text."""
        cells = [list(cell) for cell in self._cells(row).values()]
        ranges = [(min(piece.bottom for piece in cell), max(piece.top for piece in cell)) for cell in cells]
        low, high = max(ranges, key=lambda span: span[1] - span[0])
        beside = all(bottom < high and top > low for bottom, top in ranges)
        return beside and all(sum(len(piece.text) for piece in cell) <= _LONGEST_CELL for cell in cells)

    def _whole_columns(self, rows: Sequence[_Row]) -> list[Span]:
        """Return the columns; two side by side that no row fills both are a name and its figures, set elsewhere."""
        filled = [set(self._cells(row)) for row in rows]
        spans: list[Span] = []
        members: set[int] = set()
        for number, span in enumerate(self._columns.spans):
            if not any(number in columns for columns in filled):
                continue
            if spans and not any(number in columns and members & columns for columns in filled):
                spans[-1] = spans[-1][0], span[1]
                members.add(number)
            else:
                spans.append(span)
                members = {number}
        return spans


def _unmerged(rows: int, columns: int) -> tuple[tuple[int, ...], ...]:
    """Return the numbers of the cells of a table in which none is merged with another."""
    return tuple(tuple(range(row * columns, (row + 1) * columns)) for row in range(rows))


def _pieces(line: Line, gap: float) -> Iterator[_Piece]:
    """Yield what a line has in each column; the mark of an item belongs to it."""
    for number, word in enumerate(line.pieces(gap)):
        yield _Piece(word.left if number else line.left, word.right, line.bottom, line.top, word.text, line.bold)
