"""The names above a table without rules: a bold line, or two where names are over several columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistai.documents.reading.pdf_lines import Line, Word
from assistai.documents.reading.pdf_rules import Grid

_GAP = 0.5
_NEAR, _BELOW = 1.2, 1.5
_EDGE = 2.0
_FEWEST = 2


def with_names(grid: Grid, lines: Sequence[Line]) -> Grid:
    """Return a table with a bold line right above it whose words stand over one of its columns each, if any does."""
    for line in lines:
        near = -_EDGE <= line.bottom - grid.rows[0] < _NEAR * line.size
        pieces = line.pieces(_GAP)
        if not line.bold or not near or len(pieces) < _FEWEST:
            continue
        places = [_over(piece, grid) for piece in pieces]
        if all(len(found) == 1 for found in places) and len({found[0] for found in places}) == len(pieces):
            number = 1 + max(map(max, grid.cells))
            names = tuple(range(number, number + len(grid.texts)))
            left = min(grid.columns[0], pieces[0].left - _EDGE)
            right = max(grid.columns[-1], pieces[-1].right + _EDGE)
            return replace(
                grid,
                columns=_edges(grid, dict(zip((found[0] for found in places), pieces, strict=True)), left, right),
                rows=(line.top + _EDGE, *grid.rows),
                cells=(names, *grid.cells),
            )
    return grid


def _over(piece: Word, grid: Grid) -> list[int]:
    """Return the columns that a piece stands over."""
    return [n for n, (left, right) in enumerate(grid.texts) if piece.left < right and left < piece.right]


def _edges(grid: Grid, names: dict[int, Word], left: float, right: float) -> tuple[float, ...]:
    """Return where the columns begin once their names are within them."""
    inner = [
        min(edge, names[column].left - _EDGE) if column in names else edge
        for column, edge in enumerate(grid.columns[1:-1], start=1)
    ]
    return left, *inner, right
