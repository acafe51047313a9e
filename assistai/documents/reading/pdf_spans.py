"""Which rows the cells of a table without rules belong to: one that is merged over several is centred over these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

_BELOW = 0.2
_BESIDE = 0.25
_CENTRED = 0.35
Place = tuple[int, int]
"""A row and a column."""


@dataclass(frozen=True, slots=True)
class Cell:
    """How low and high the lines of a cell reach, and how high one of them is."""

    bottom: float
    top: float
    line: float


@dataclass(frozen=True, slots=True)
class RowSpans:
    """What is known of rows: the bottom and top of each by its own cells, and the last row of each merged cell.

    `stray` is the first cell that stands in no row.
    """

    levels: tuple[tuple[float, float], ...]
    merged: Mapping[Place, int]
    stray: Place | None


def row_spans(rows: Sequence[Mapping[int, Cell]], alone: Set[int]) -> RowSpans:
    """Return which rows cells are merged over; `alone` are rows of one cell over all columns.

    A program writes a merged cell with the first of its rows. Where it stands lower than this row, it is centred over
    rows that have no cell in its column.
    """
    own = [_own(row, rows[number + 1] if number + 1 < len(rows) else {}) for number, row in enumerate(rows)]
    levels = tuple(
        (min(row[column].bottom for column in columns), max(row[column].top for column in columns))
        for row, columns in zip(rows, own, strict=True)
    )
    merged: dict[Place, int] = {}
    for number, row in enumerate(rows):
        for column in row.keys() - own[number]:
            last = _last_row(row[column], number, column, rows, levels, alone)
            if last is None:
                return RowSpans(levels, merged, (number, column))
            merged[number, column] = last
    return RowSpans(levels, merged, None)


def _own(row: Mapping[int, Cell], below: Mapping[int, Cell]) -> set[int]:
    """Return the columns of the cells that stand beside each other, without those that reach below the row."""
    next_top = max((cell.top for cell in below.values()), default=float("-inf"))
    above = [column for column, cell in row.items() if cell.bottom >= next_top - _BELOW * cell.line]
    if not above:
        return set(row)
    above.sort(key=lambda column: -row[column].top)
    bottom, top = row[above[0]].bottom, row[above[0]].top
    own = {above[0]}
    for column in above[1:]:
        cell = row[column]
        if min(top, cell.top) - max(bottom, cell.bottom) >= _BESIDE * cell.line:
            own.add(column)
            bottom = min(bottom, cell.bottom)
    return own


def _last_row(
    cell: Cell,
    first: int,
    column: int,
    rows: Sequence[Mapping[int, Cell]],
    levels: Sequence[tuple[float, float]],
    alone: Set[int],
) -> int | None:
    """Return the last of the rows from `first` on that a cell is centred over, None where there are no such rows.

    One that begins with the first row and is not centred is over those that it reaches down to.
    """
    middle = (cell.bottom + cell.top) / 2
    best, nearest = None, _CENTRED * cell.line
    for last in range(first + 1, len(rows)):
        if column in rows[last] or last in alone:
            break
        distance = abs((levels[first][1] + levels[last][0]) / 2 - middle)
        if distance < nearest:
            best, nearest = last, distance
    if best is not None or abs(levels[first][1] - cell.top) > _BELOW * cell.line:
        return best
    reached = first
    while reached + 1 < len(rows) and levels[reached + 1][1] > cell.bottom + _BELOW * cell.line:
        reached += 1
    return reached if all(column not in row for row in rows[first + 1 : reached + 1]) else None


def grouped(first: Sequence[int], second: Sequence[int], alone: Set[int], width: int) -> list[int]:
    """Return for each column of a first row of names which column its name begins in: it may be over several.

    `first` and `second` are the columns that two rows of names fill, `alone` those whose name is merged over both.
    """
    columns = list(range(width))
    if {*first, *second, *alone} != set(columns) or not first:
        return columns
    found: list[int] = []
    for column in columns:
        over = found and column not in first and column in second and found[-1] in second and found[-1] not in alone
        found.append(found[-1] if over else column)
    return found
