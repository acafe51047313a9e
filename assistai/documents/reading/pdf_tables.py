"""Tables of PDF pages, which are but words in columns: rows, lines wrapped inside a cell, the names of the columns."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import replace
from itertools import pairwise, zip_longest

from assistai.documents.reading.blocks import Block
from assistai.documents.reading.pdf_lines import Line, Word
from assistai.documents.reading.pdf_words import joined
from assistai.documents.reading.tables import table_rows
from assistai.documents.reading.value_rows import comes_again

_WIDE_GAP, _CELL_GAP, _NARROW_GAP = 1.2, 0.75, 0.5
_FAR = 3.0
_NEAR = 0.6
_SAME_PLACE = 3.0
_ALIGNED = 1.0
_EVEN = 0.15
_TIGHTER = 0.2
_LOOK_BACK = 30
_MOST_COMPARED = 100
_LONGEST_LABEL = 80


class Table:
    """Lines that stand below each other in columns; `words` are those of the document, by which cut ones are joined."""

    def __init__(self, words: Set[str] = frozenset()) -> None:
        self._lines: list[Line] = []
        self._words = words

    def takes(self, line: Line, tabular: bool) -> bool:
        """Tell whether a line is the first, the next, or the wrapped rest of a row."""
        if not self._lines:
            return tabular
        before = self._lines[-1]
        if before.page != line.page:
            return tabular and self._stands_below(_cells(line))
        gap = before.bottom - line.top
        if line.top > before.top or gap > _FAR * line.size:
            return False
        return tabular or (gap < _NEAR * line.size and self._is_wrapped(line))

    def add(self, line: Line) -> None:
        """Take a line."""
        self._lines.append(line)

    def blocks(self) -> Iterator[Block]:
        """Yield the rows, each cell after the name of its column where the columns have names."""
        columns = _columns(self._lines)
        even = bool(columns)
        columns = columns or _common_columns(self._lines)
        tight = self._between_rows(columns) - _TIGHTER * (self._lines[0].size if self._lines else 0)
        width = len(columns) or max((len(_cells(line)) for line in self._lines), default=0)
        rows: list[tuple[Line, list[str]]] = []
        before: Line | None = None
        for line in self._lines:
            cells = _in_columns(line, columns) if columns else self._in_order(line, width)
            near = before is not None and before.page == line.page and before.bottom - line.top < tight
            alone = len(_cells(line)) == 1
            rest = not cells[0] and len(cells) <= width and (near or (even and alone))
            if rest and not near and not _is_in_column(_cells(line)[0], columns):
                cells, rest = _unplaced(_cells(line), width), False
            if rows and columns and (rest or (before and _goes_on(line, before, columns))):
                above = rows[-1][1]
                above[:] = [
                    joined(old, new, self._words) if old and new else old or new
                    for old, new in zip_longest(above, cells, fillvalue="")
                ]
            else:
                rows.append((line, cells))
            before = line
        if not rows:
            return
        header = True if len(rows) > 1 and rows[0][0].bold and not rows[1][0].bold and columns else None
        if len(rows[0][1]) > width:
            header = False
        if header and comes_again(rows[0][1], [cells for _, cells in rows[1:]]):
            header = None
        labels = [[(0, width - 1)] if cells[0] and not any(cells[1:]) else [] for _, cells in rows]
        named = table_rows(((str(line.page), cells) for line, cells in rows), header=header, merged=labels)
        yield from (replace(block, page=int(block.place or 0), place=None) for block in named)

    def _in_order(self, line: Line, width: int) -> list[str]:
        """Return the cells of a line in their order, beyond all columns where another line's tell against it."""
        cells = _cells(line)
        first = next(pieces for other in self._lines if len(pieces := _cells(other)) == width)
        agree = len(cells) == width and not any(
            _overlap(cell, (name.left, name.right)) > 0
            for number, cell in enumerate(cells)
            for other, name in enumerate(first)
            if number != other
        )
        return [cell.text for cell in cells] if agree else _unplaced(cells, width)

    def _between_rows(self, columns: Sequence[tuple[float, float]]) -> float:
        """Return how far rows are from each other: what is nearer is the rest of a row."""
        gaps = [
            before.bottom - line.top
            for before, line in pairwise(self._lines)
            if columns and before.page == line.page and line.left < columns[1][0] - _SAME_PLACE
        ]
        return statistics.median(gaps) if gaps else 0.0

    def _stands_below(self, cells: Sequence[Word]) -> bool:
        """Tell whether the first row of a page goes on with the columns of the page before."""
        above = next(pieces for line in reversed(self._lines) if len(pieces := _cells(line)) > 1)
        return len(above) == len(cells) and all(
            abs(cell.left - other.left) < _SAME_PLACE for cell, other in zip(cells, above, strict=True)
        )

    def _is_wrapped(self, line: Line) -> bool:
        """Tell whether a line lies below one column; below the first it may as well be the text after the table."""
        columns = _columns(self._lines[-_LOOK_BACK:])
        if not columns:
            above = next((cells for other in reversed(self._lines) if len(cells := _cells(other)) > 1), [])
            columns = [(cell.left, cell.right) for cell in above]
        below = any(left - _SAME_PLACE <= line.left < right for left, right in columns[1:])
        return below or _goes_on(line, self._lines[-1], columns)


def _goes_on(line: Line, before: Line, columns: Sequence[tuple[float, float]]) -> bool:
    """Tell whether a line goes on with a cell of the first column: it begins within a sentence and ends in time."""
    text = line.text
    return (
        len(columns) > 1
        and before.page == line.page
        and before.bottom - line.top < _NEAR * line.size
        and abs(line.left - columns[0][0]) < _SAME_PLACE
        and line.right < columns[1][0]
        and any(map(str.isalpha, text))
        and (text[0].islower() or text[0].isdigit() or text[0] == "(")
    )


def tabular_lines(lines: Sequence[Line]) -> set[int]:
    """Return which lines are rows of a table: by a wide gap, or a narrower one that the next line has at one place.

    Gaps that are all the same are those of justified text, unless the next line has every one of them.
    """
    found: set[int] = set()
    for index, line in enumerate(lines):
        if line.ruled:
            continue
        justified = _justified(line)
        if not justified and len(line.pieces(_WIDE_GAP)) > 1:
            found.add(index)
        elif len(cells := _cells(line)) > 1:
            for other in _beside(lines, index):
                if _aligned(line, cells, lines[other], all if justified else any):
                    found.add(index)
    labels = range(1, len(lines) - 1)
    return found | {index for index in labels if {index - 1, index + 1} <= found and _is_label(*lines[index - 1 :][:3])}


def _beside(lines: Sequence[Line], index: int) -> Iterator[int]:
    """Yield the lines above and below one, beyond a line that may be a label between rows."""
    for step in (-1, 1):
        other = index + step
        if 0 <= other + step < len(lines) and _is_label(lines[index], lines[other], lines[other + step]):
            other += step
        if 0 <= other < len(lines):
            yield other


def _is_label(one: Line, line: Line, other: Line) -> bool:
    """Tell whether a short line stands alone between two rows and in none of their columns: it names those below."""
    if any(row.ruled or row.page != line.page for row in (one, line, other)) or len(line.text) > _LONGEST_LABEL:
        return False
    left, right = min(one.left, other.left), max(one.right, other.right)
    within = left + _FAR * line.size < line.left and line.right < right
    near = max(abs(one.top - line.top), abs(line.top - other.top)) < _FAR * line.size
    below = abs(one.left - other.left) < _SAME_PLACE
    pieces, around = _cells(line), [(cell.left, cell.right) for row in (one, other) for cell in _cells(row)]
    return within and near and below and len(pieces) == 1 and not _is_in_column(pieces[0], around)


def _justified(line: Line) -> bool:
    """Tell whether all gaps are the same, and none so wide that only a table has it."""
    gaps = [after.left - before.right for before, after in pairwise(line.words)]
    return len(gaps) > 1 and max(gaps) - min(gaps) < _EVEN * line.size and min(gaps) < _FAR * line.size


def _aligned(line: Line, cells: Sequence[Word], other: Line, how_many: Callable[[Iterable[bool]], bool]) -> bool:
    """Tell whether cells begin where another line's do, or end so, the last excepted: justified text ends there too."""
    if other.ruled or other.page != line.page or abs(other.top - line.top) > _FAR * line.size:
        return False
    beside = _cells(other)
    starts = [cell.left for cell in beside[1:]]
    ends = [cell.right for cell in beside[1:-1]]
    return how_many(
        any(abs(cell.left - start) < _ALIGNED for start in starts)
        or (cell is not cells[-1] and any(abs(cell.right - end) < _ALIGNED for end in ends))
        for cell in cells[1:]
    )


def _cells(line: Line) -> list[Word]:
    return line.pieces(_CELL_GAP)


def _columns(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """Return where the columns begin and end, by the rows that have most cells; none where these do not agree."""
    rows = [cells for line in lines if len(cells := _cells(line)) > 1]
    widest = max(map(len, rows), default=0)
    full = [cells for cells in rows if len(cells) == widest]
    if len(rows) < 2 or 2 * len(full) < len(rows):
        return []
    columns = [(min(c.left for c in column), max(c.right for c in column)) for column in zip(*full, strict=True)]
    return columns if all(before[1] < after[0] for before, after in pairwise(columns)) else []


def _common_columns(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """Return the columns of rows with empty cells: cells of any two rows that stand below each other share one.

    A cell that reaches over several of another row tells of none. There are none where cells of one row share one.
    """
    rows = [cells for line in lines if len(cells := _cells(line)) > 1]
    spans: list[tuple[float, float]] = []
    for piece in sorted(_within_one(rows[:_MOST_COMPARED]), key=lambda piece: piece.left):
        if spans and piece.left < spans[-1][1]:
            spans[-1] = spans[-1][0], max(piece.right, spans[-1][1])
        else:
            spans.append((piece.left, piece.right))
    within = [[number for cell in cells if (number := _place(cell, spans)) is not None] for cells in rows]
    apart = all(len(set(numbers)) == len(numbers) for numbers in within)
    return spans if len(rows) > 1 and len(spans) > 1 and apart else []


def _within_one(rows: Sequence[Sequence[Word]]) -> Iterator[Word]:
    """Yield the cells that stand above or below no more than one of each other row."""
    for cells in rows:
        for cell in cells:
            if all(sum(_overlap(cell, (other.left, other.right)) > 0 for other in row) < 2 for row in rows):
                yield cell


def _place(piece: Word, columns: Sequence[tuple[float, float]]) -> int | None:
    """Return the only column that a piece reaches into, None where there is none or several."""
    found = [number for number, column in enumerate(columns) if _overlap(piece, column) > 0]
    return found[0] if len(found) == 1 else None


def _in_columns(line: Line, columns: Sequence[tuple[float, float]]) -> list[str]:
    """Return what a line has in each column; where that can't be told, its cells come after all columns."""
    cells = [""] * len(columns)
    pieces = _cells(line)
    if len(pieces) == len(columns) and all(_place(p, columns) in (n, None) for n, p in enumerate(pieces)):
        return [piece.text for piece in pieces]
    for piece in line.pieces(_NARROW_GAP):
        place = _place(piece, columns)
        if place is None:
            return _unplaced(pieces, len(columns))
        cells[place] = f"{cells[place]} {piece.text}".strip()
    return cells


def _is_in_column(piece: Word, columns: Sequence[tuple[float, float]]) -> bool:
    """Tell whether a piece begins or ends where a column does: a label of the rows below stands in none."""
    return any(min(abs(piece.left - left), abs(piece.right - right)) < _ALIGNED for left, right in columns)


def _unplaced(pieces: Sequence[Word], width: int) -> list[str]:
    """Return cells that stand in no known column: after all that have names, so that they get none."""
    return [""] * width + [piece.text for piece in pieces]


def _overlap(piece: Word, column: tuple[float, float]) -> float:
    """Return how far a piece reaches into a column; below zero, how far it is from it."""
    return min(piece.right, column[1]) - max(piece.left, column[0])
