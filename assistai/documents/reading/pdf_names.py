"""The names above a table without rules: a bold line, or two where names are over several columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from assistai.documents.reading.pdf_lines import Line, Word
from assistai.documents.reading.pdf_rules import Grid

_GAP = 0.5
_NEAR, _WRAPPED = 1.2, 0.3
_EDGE = 2.0
_FEWEST = 2
_CENTRED = 0.08


def with_names(grid: Grid, lines: Sequence[Line]) -> Grid:
    """Return a table with the bold lines right above it that name each of its columns but the first, if there are any.

    Each of their pieces stands over one column; several of one name are close below each other.
    """
    names: dict[int, list[Word]] = {}
    top = grid.rows[0]
    for line in sorted((line for line in lines if line.bold), key=lambda line: line.bottom):
        gap = line.bottom - top if names else line.bottom - grid.rows[0]
        if not -line.size <= gap < (_WRAPPED if names else _NEAR) * line.size or line.bottom < grid.rows[0] - _EDGE:
            continue
        places = [(_over(piece, grid), piece) for piece in line.pieces(_GAP)]
        if any(len(over) != 1 for over, _ in places):
            break
        for over, piece in places:
            names.setdefault(over[0], []).append(piece)
        top = max(top, line.top) if names else line.top
    if len(names) < _FEWEST or not names.keys() >= set(range(1, len(grid.texts))):
        return grid
    number = 1 + max(map(max, grid.cells))
    cells = tuple(range(number, number + len(grid.texts)))
    lefts = {column: min(piece.left for piece in pieces) - _EDGE for column, pieces in names.items()}
    inner = [min(edge, lefts[column]) for column, edge in enumerate(grid.columns[1:-1], start=1)]
    left = min(grid.columns[0], *lefts.values())
    right = max(grid.columns[-1], *(piece.right + _EDGE for pieces in names.values() for piece in pieces))
    edges = (left, *inner, right)
    return replace(grid, columns=edges, rows=(top + _EDGE, *grid.rows), cells=(cells, *grid.cells))


def _over(piece: Word, grid: Grid) -> list[int]:
    """Return the columns that a piece stands over."""
    return [n for n, (left, right) in enumerate(grid.texts) if piece.left < right and left < piece.right]


def with_groups(grid: Grid, above: Sequence[Line], names: Sequence[Line]) -> Grid | None:
    """Return a table whose first row has these names with the names of groups above it, None where that is in doubt.

    Of the lines `above`, some pieces stand over columns that have no name in the first row; each of the others is
    centred over the columns of its group.
    """
    named = {column for line in names for piece in line.pieces(_GAP) for column in _over(piece, grid)}
    if any(line.bottom < grid.rows[1] for line in names):
        return None
    groups: list[tuple[Line, Word]] = []
    for line in above:
        for piece in line.pieces(_GAP):
            over = _over(piece, grid)
            if len(over) != 1 or over[0] in named:
                groups.append((line, piece))
    groups.sort(key=lambda group: group[1].left)
    tops = {round(line.top) for line, _ in groups}
    if len(tops) != 1 or any(line.bottom > max(tops) for line in above):
        return None
    found = list(islice(_tiles([piece for _, piece in groups], sorted(named), grid), 2))
    if len(found) != 1:
        return None
    number = 1 + max(map(max, grid.cells))
    cells = list(grid.cells[0])
    for group, columns in enumerate(found[0]):
        for column in columns:
            cells[column] = number + group
    left = min(grid.columns[0], *(line.left - _EDGE for line in above))
    right = max(grid.columns[-1], *(line.right + _EDGE for line in above))
    top = max(line.top for line in above) + _EDGE
    edges = (left, *grid.columns[1:-1], right)
    return replace(grid, columns=edges, rows=(top, *grid.rows), cells=(tuple(cells), *grid.cells))


def _tiles(groups: Sequence[Word], columns: Sequence[int], grid: Grid) -> Iterator[list[Sequence[int]]]:
    """Yield the ways to give each group the columns that it stands over, one after the other."""
    if not groups or not columns:
        if not groups and not columns:
            yield []
        return
    for size in range(1, len(columns) + 1):
        first, last = columns[0], columns[size - 1]
        if last - first == size - 1 and _is_over(groups[0], first, last, grid):
            for rest in _tiles(groups[1:], columns[size:], grid):
                yield [columns[:size], *rest]


def _is_over(piece: Word, first: int, last: int, grid: Grid) -> bool:
    """Tell whether a piece is centred over columns; how wide the last of a table is can't be told."""
    left, right = grid.columns[first], grid.columns[last + 1]
    if piece.left < left or (last + 1 < len(grid.texts) and piece.right > right):
        return False
    middle, end = (piece.left + piece.right) / 2, grid.texts[last][1]
    centred = min(abs(middle - (left + right) / 2), abs(middle - (left + end) / 2)) < _CENTRED * (right - left)
    return centred or (last + 1 == len(grid.texts) and middle > (left + end) / 2)
