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
from itertools import pairwise

from assistai.documents.reading.pdf_cells import Columns, Piece, Row, Span, cells_of, floor_of, grid_of
from assistai.documents.reading.pdf_lines import Line
from assistai.documents.reading.pdf_names import with_groups, with_names
from assistai.documents.reading.pdf_rules import Grid

_CELL_GAP, _NARROW_GAP = 0.75, 0.5
_RIVER = 0.4
_NEAR, _APART, _FAR = 0.6, 1.2, 3.0
_HIGHER = 0.35
_LEVEL = 0.3
_LOOSER = 0.15
_OTHER_SIZE = 0.25
_LONGEST_LABEL = 80
_OFF_CENTRE = 0.1
_DEEPEST = 20.0
_MOST_TRIES = 4
_MOST_NAMES, _MOST_STARTS = 20, 2
_FEWEST_ROWS = 3
_MOST_REPEATED = 3
_MOST_TRIED = 20_000


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
        if table and grid and not _is_cut(lines[free : table.begin + 1], grid):
            found.append(with_names(grid, lines[free:at]))
            free = end
        else:
            last, grid = _grouped(lines, at)
            tried += last - at
            if grid:
                found.append(grid)
                free = end = last
        at = max(at + 1, end) if table and (grid or not table.by_cells) else at + 1
    return found


def _grouped(lines: Sequence[Line], at: int) -> tuple[int, Grid | None]:
    """Return where a table ends, and its cells, that has names of groups above its names, from this bold line on."""
    end = at
    while end < min(len(lines), at + _MOST_NAMES) and lines[end].bold and lines[end].size == lines[at].size:
        end += 1
    if not lines[at].bold or end == at + _MOST_NAMES:
        return at, None
    higher = _HIGHER * (lines[at].top - lines[at].bottom)
    written = any(after.left > one.right and after.top > one.top + higher for one, after in pairwise(lines[at:end]))
    begins = (start for start in range(at + 1, end) if _begins_below(lines[start - 1], lines[start]))
    last = at
    for start in itertools.islice(begins, _MOST_STARTS):
        names = [piece.text for line in lines[start:end] for piece in line.pieces(_NARROW_GAP)]
        if not written and len(set(names)) == len(names):
            continue
        table = _Table(lines[start].size)
        table.by_cells = True
        last, grid = table.filled(lines, start)
        if grid and (named := with_groups(grid, lines[at:start], lines[start:end])):
            return last, named
    return last, None


def _begins_below(before: Line, line: Line) -> bool:
    return line.left < before.right and line.top < before.bottom + _LEVEL * line.size


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
    table.begin = first
    return table


def _stands_above(line: Line, below: Line, second: float) -> bool:
    gap = line.bottom - below.top
    return line.right < second and -below.size < gap < _NEAR * below.size and line.left < below.right


def _is_cut(lines: Sequence[Line], grid: Grid) -> bool:
    """Tell whether a table lacks a part of its first row: before its first line, the last of these, some stand beside.

    So does one that stands close above this line in another column than the first, as the rest of a cell does.
    """
    first = lines[-1]
    for line in lines[:-1]:
        height = _LEVEL * (line.top - line.bottom)
        if line.bottom < grid.rows[0] - height and line.top > grid.rows[1] + height:
            return True
    above = lines[-2] if len(lines) > 1 else None
    if above is None or above.bold or first.left < grid.columns[1]:
        return False
    near = abs(above.bottom - first.top) < _LEVEL * first.size
    return near and above.left < first.right and first.left < above.right


class _Table:
    """The rows that are found so far, each a list of pieces in the order in which they were written.

    `by_cells` tells whether a wrapped cell was seen to be written whole, `begin` is the number of its first line.
    """

    def __init__(self, size: float, columns: Sequence[Span] = ()) -> None:
        self._size = size
        self._known = columns
        self._columns = Columns(list(columns))
        self._rows: list[Row] = []
        self.by_cells = bool(columns)
        self.begin = 0
        self._gaps: list[float] = []

    def filled(self, lines: Sequence[Line], at: int) -> tuple[int, Grid | None]:
        """Take the lines from `at` on; return which is the first that is no part of it, and the cells."""
        last = len(lines)
        for _ in range(_MOST_TRIES):
            table = _Table(self._size, self._known)
            table.by_cells = self.by_cells
            table._rows = [list(row) for row in self._rows]
            table._columns = Columns(list(self._columns.spans))
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

    def _adds(self, piece: Piece) -> bool:
        if not self._rows:
            self._rows.append([piece])
            return True
        row, last = self._rows[-1], self._rows[-1][-1]
        column, before = self._columns.place(piece.left), self._columns.place(last.left)
        gap = last.bottom - piece.top
        if column > before and not last.wide:
            above = floor_of(self._rows[-2], self._columns) if len(self._rows) > 1 else None
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
        beside = floor_of(row, self._columns) - piece.top < -_LEVEL * self._size
        if (column and column == before and not last.wide) or beside or below > _DEEPEST * self._size:
            return False
        self._rows.append([piece])
        return True

    def _grid(self, after: Line | None) -> tuple[Grid | None, Piece | None]:
        """Return the cells of the table, None where it is none, and a piece that is no part of it.

        `after` is the line that it did not take. A row that this may belong to, and single cells below the table, are
        no part of it.
        """
        rows = list(self._parted())
        if after is not None and rows and after.top > floor_of(rows[-1], self._columns) + _LEVEL * self._size:
            rows = rows[:-1]
        while rows and len(cells_of(rows[-1], self._columns)) < 2:
            rows = rows[:-1]
        several = sum(len(cells_of(row, self._columns)) > 1 for row in rows)
        fewest = 1 if self._known else _FEWEST_ROWS
        if not self.by_cells or several < fewest:
            return None, None
        return grid_of(rows, self._columns, len(self._known), self._size)

    def _parted(self) -> Iterator[Row]:
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


def _pieces(line: Line, gap: float, number: int) -> Iterator[Piece]:
    """Yield what a line has in each column; the mark of an item belongs to it."""
    for place, word in enumerate(line.pieces(gap)):
        left = word.left if place else line.left
        yield Piece(left, word.right, line.bottom, line.top, word.text, line.bold, number)
