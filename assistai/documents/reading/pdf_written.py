"""Tables of PDF pages without rules between their cells, whose program wrote them cell by cell.

Word, LibreOffice and browsers write a cell whole before the next of its row: where a line stands right of the one
before it and higher, that one was the last of a wrapped cell; where it stands left of it and lower, a row begins. Of
pages written line by line, columns of prose for one, nothing is told.
"""

from __future__ import annotations

import itertools
import math
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from assistai.documents.reading.pdf_lines import Line
from assistai.documents.reading.pdf_names import with_names
from assistai.documents.reading.pdf_rules import Grid
from assistai.documents.reading.pdf_spans import Cell, Place, grouped, row_spans

_CELL_GAP, _NARROW_GAP = 0.75, 0.5
_RIVER = 0.4
_NEAR, _APART, _FAR = 0.6, 1.2, 3.0
_HIGHER = 0.35
_LEVEL = 0.3
_LOOSER = 0.15
_OTHER_SIZE = 0.25
_LONGEST_CELL = 400
_LONGEST_LABEL = 80
_OFF_CENTRE = 0.1
_DEEPEST = 20.0
_MOST_TRIES = 4
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
    number: int
    """That of its line, from the first that the table took."""

    wide: bool = False
    """Whether it stands below several columns, in none of them."""


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
            found.append(with_names(grid, lines[free:at]))
            free = end
        at = max(at + 1, end) if table and (grid or not table.by_cells) else at + 1
    return found


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
        table.takes(lines[number], number)
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
        return max((number for number, span in enumerate(self.spans) if span[0] <= left), default=0)


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
        last = len(lines)
        for _ in range(_MOST_TRIES):
            table = _Table(self._size, self._known)
            table.by_cells = self.by_cells
            table._rows = [list(row) for row in self._rows]
            table._columns = _Columns(list(self._columns.spans))
            end = at
            while end < last and table.takes(lines[end], end):
                end += 1
            self.by_cells = table.by_cells
            grid, stray = table._grid(lines[end] if end < len(lines) else None)
            if stray is None or stray.number <= at:
                return end, grid
            last = stray.number
        return end, None

    def takes(self, line: Line, number: int) -> bool:
        """Take a line if it goes on with the table."""
        if abs(line.size - self._size) > _OTHER_SIZE * self._size:
            return False
        gaps = (_CELL_GAP, _NARROW_GAP) if self._rows or not line.bold else (_NARROW_GAP,)
        for gap in gaps:
            pieces = list(_pieces(line, gap, number))
            columns = self._columns.with_room(pieces, _RIVER * self._size)
            if columns is not None:
                before, self._columns = self._columns, columns
                if all(map(self._adds, pieces)):
                    return True
                self._columns = before
                return False
        return self._takes_label(line, number)

    def _takes_label(self, line: Line, number: int) -> bool:
        """Take a line that stands alone in the middle below several columns: it names the rows that follow."""
        pieces = list(_pieces(line, _CELL_GAP, number))
        spans = self._columns.spans
        if len(pieces) > 1 or len(spans) < 2 or not self._rows or len(pieces[0].text) > _LONGEST_LABEL:
            return False
        piece = pieces[0]._replace(wide=True)
        centred = abs(piece.left + piece.right - spans[0][0] - spans[-1][1]) < _OFF_CENTRE * (
            spans[-1][1] - spans[0][0]
        )
        below = min(other.bottom for other in self._rows[-1]) - piece.top
        if not centred or not -_LEVEL * self._size <= below <= _FAR * self._size:
            return False
        self._rows.append([piece])
        return True

    def _adds(self, piece: _Piece) -> bool:
        if not self._rows:
            self._rows.append([piece])
            return True
        row, last = self._rows[-1], self._rows[-1][-1]
        column, before = self._columns.place(piece.left), self._columns.place(last.left)
        gap = last.bottom - piece.top
        if column > before and not last.wide:
            above = self._floor(self._rows[-2]) if len(self._rows) > 1 else None
            if above is not None and piece.top > above + _LEVEL * self._size:
                return False
            if min(other.bottom for other in row) - piece.top > _DEEPEST * self._size:
                return False
            self.by_cells = self.by_cells or piece.top > last.top + _HIGHER * (piece.top - piece.bottom)
            row.append(piece)
            return True
        if column == before and not last.wide and -self._size < gap <= (_APART if column else _NEAR) * self._size:
            row.append(piece)
            if column:
                self._gaps.append(gap)
            return True
        below = min(other.bottom for other in row) - piece.top
        beside = self._floor(row) - piece.top < -_LEVEL * self._size
        if (column and column == before and not last.wide) or beside or below > _DEEPEST * self._size:
            return False
        self._rows.append([piece])
        return True

    def _floor(self, row: _Row) -> float:
        """Return how low the highest cell of a row reaches: others may be merged with rows below."""
        return max(min(piece.bottom for piece in cell) for cell in self._cells(row).values())

    def _grid(self, after: Line | None) -> tuple[Grid | None, _Piece | None]:
        """Return the cells of the table, None where it is none, and a piece that is no part of it.

        `after` is the line that it did not take. A row that this may belong to, and single cells below the table, are
        no part of it.
        """
        rows = list(self._parted())
        if after is not None and rows and after.top > self._floor(rows[-1]) + _LEVEL * self._size:
            rows = rows[:-1]
        while rows and len(self._cells(rows[-1])) < 2:
            rows = rows[:-1]
        several = sum(len(self._cells(row)) > 1 for row in rows)
        fewest = 1 if self._known else _FEWEST_ROWS
        if not self.by_cells or several < fewest:
            return None, None
        found = row_spans([self._extents(row) for row in rows], {n for n, row in enumerate(rows) if row[0].wide})
        if found.stray is not None:
            return None, self._cells(rows[found.stray[0]])[found.stray[1]][0]
        for row, (above, below) in zip(rows[1:], pairwise(found.levels), strict=True):
            if above[0] - below[1] > _FAR * self._size:
                return None, row[0]
        if not all(map(self._is_row, rows)) or not all(
            above[0] > below[1] - 2 * _LEVEL * self._size for above, below in pairwise(found.levels)
        ):
            return None, None
        spans = self._columns.spans if self._known else self._whole_columns(rows)
        if len(spans) < 2 or (self._known and len(spans) > len(self._known)):
            return None, None
        edges = [left - _EDGE for left, _ in spans] + [spans[-1][1] + _EDGE]
        between = [(above[0] + below[1]) / 2 for above, below in pairwise(found.levels)]
        heights = (found.levels[0][1] + _EDGE, *between, found.levels[-1][0] - _EDGE)
        cells = self._merged(rows, _Columns(spans), found.merged)
        return Grid(tuple(edges), heights, cells, texts=tuple(spans)), None

    def _merged(
        self, rows: Sequence[_Row], columns: _Columns, merged: Mapping[Place, int]
    ) -> tuple[tuple[int, ...], ...]:
        """Return the numbers of the cells: some are merged over rows, names over columns, what is alone over all."""
        width = len(columns.spans)
        cells = [list(row) for row in _unmerged(len(rows), width)]
        places = [sorted({columns.place(piece.left) for piece in row}) for row in rows]
        for (first, column), last in merged.items():
            place = columns.place(self._columns.spans[column][0])
            for number in range(first + 1, last + 1):
                cells[number][place] = cells[first][place]
        if len(rows) > 1 and all(piece.bold for row in rows[:2] for piece in row):
            alone = {column for column in range(width) if cells[0][column] == cells[1][column]}
            cells[0] = [cells[0][column] for column in grouped(places[0], places[1], alone, width)]
        for number in range(len(rows)):
            covered = number and set(cells[number]) & set(cells[number - 1])
            if len(places[number]) == 1 and not covered and (number or not self._known):
                cells[number] = [cells[number][0]] * width
        return tuple(map(tuple, cells))

    def _extents(self, row: _Row) -> dict[int, Cell]:
        return {
            column: Cell(
                min(piece.bottom for piece in cell), max(piece.top for piece in cell), cell[0].top - cell[0].bottom
            )
            for column, cell in self._cells(row).items()
        }

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
        """Tell whether none of the cells of a row is as long as a text."""
        return all(sum(len(piece.text) for piece in cell) <= _LONGEST_CELL for cell in self._cells(row).values())

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


def _pieces(line: Line, gap: float, number: int) -> Iterator[_Piece]:
    """Yield what a line has in each column; the mark of an item belongs to it."""
    for place, word in enumerate(line.pieces(gap)):
        left = word.left if place else line.left
        yield _Piece(left, word.right, line.bottom, line.top, word.text, line.bold, number)
