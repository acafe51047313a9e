"""The rules of a PDF page, drawn lines and thin bars, and the cells of tables between them."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistai.documents.reading.pdf_characters import Box, turned

_THIN = 3.0
_SAME = 3.0
_SHORTEST = 4.0
_MOST_SEGMENTS = 20_000
_MOST_RULES = 600
_MOST_CELLS = 6_000
_MOST_SHADES = 1_000
_LEADING_ROWS = 4
_WHITE = 250
_FEWEST_EDGES = 3
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Rule:
    """A line along one axis: where it lies on the other, and where it begins and ends."""

    at: float
    begin: float
    end: float

    def covers(self, place: float) -> bool:
        """Tell whether it passes a place, or ends close to it."""
        return self.begin - _SAME <= place <= self.end + _SAME


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a table: the edges of its columns from left to right and of its rows from the top down.

    `cells` has the number of the cell at each row and column: what is merged has one number at several places. `shaded`
    tells of the first rows whether all of a row lies on a colour. `texts` are where the words of each column begin and
    end in a table without rules between them.
    """

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    cells: tuple[tuple[int, ...], ...]
    shaded: tuple[bool, ...] = ()
    texts: tuple[tuple[float, float], ...] = ()

    def place(self, x: float, y: float) -> tuple[int, int] | None:
        """Return the row and column of a point, None outside the table."""
        if not (self.columns[0] <= x < self.columns[-1] and self.rows[-1] < y <= self.rows[0]):
            return None
        row = next(number for number, edge in enumerate(self.rows[1:]) if y > edge)
        column = next(number for number, edge in enumerate(self.columns[1:]) if x < edge)
        return row, column

    def overlaps(self, other: Grid) -> bool:
        """Tell whether it lies over another in part."""
        across = self.columns[0] < other.columns[-1] and other.columns[0] < self.columns[-1]
        return across and self.rows[-1] < other.rows[0] and other.rows[-1] < self.rows[0]

    def has_columns_of(self, other: Grid) -> bool:
        """Tell whether the words of each column stand below each other in both, and in no other column."""
        pairs = [
            (n, m)
            for n, (left, right) in enumerate(self.texts)
            for m, (other_left, other_right) in enumerate(other.texts)
            if left < other_right and other_left < right
        ]
        return len(self.texts) == len(other.texts) and pairs == [(n, n) for n in range(len(self.texts))]

    def span(self, row: int, column: int) -> tuple[int, int]:
        """Return the first and last column of the cell that stands there."""
        cell = self.cells[row][column]
        found = [number for number, other in enumerate(self.cells[row]) if other == cell]
        return found[0], found[-1]


def page_grids(page) -> list[Grid]:  # type: ignore[no-untyped-def]  # pypdfium2 has no types
    """Return the grids of two rows and columns or more that rules make on a page, as the page is shown."""
    across: list[Rule] = []
    down: list[Rule] = []
    for number, ((x, y), (right, top)) in enumerate(_segments(page)):
        if number > _MOST_SEGMENTS:
            return []
        if abs(top - y) < _THIN and abs(right - x) > _SHORTEST:
            across.append(Rule((y + top) / 2, min(x, right), max(x, right)))
        elif abs(right - x) < _THIN and abs(top - y) > _SHORTEST:
            down.append(Rule((x + right) / 2, min(y, top), max(y, top)))
    across, down = _whole(across), _whole(down)
    if max(len(across), len(down)) > _MOST_RULES:
        return []
    return [grid for rules in _connected(across, down) if (grid := _grid(*rules)) is not None]


def with_shades(grids: Sequence[Grid], page) -> list[Grid]:  # type: ignore[no-untyped-def]
    """Return grids of a page that tell which of their first rows are shaded."""
    shades = _shades(page) if grids else []
    return [replace(grid, shaded=tuple(_shaded_rows(grid, shades))) for grid in grids]


def _shaded_rows(grid: Grid, shades: Sequence[Box]) -> Iterator[bool]:
    for top, bottom in list(pairwise(grid.rows))[:_LEADING_ROWS]:
        y = (top + bottom) / 2
        middles = [(left + right) / 2 for left, right in pairwise(grid.columns)]
        yield all(any(b[0] <= x <= b[2] and b[1] <= y <= b[3] for b in shades) for x in middles)


def _shades(page) -> list[Box]:  # type: ignore[no-untyped-def]
    """Return the boxes that are filled with another colour than white."""
    import pypdfium2.raw as raw

    degrees = page.get_rotation()
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    found: list[Box] = []
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=1):
        raw.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke))
        if fill.value and raw.FPDFPageObj_GetFillColor(item, *map(ctypes.byref, (red, green, blue, alpha))):
            box = turned(item.get_bounds(), degrees)
            thick = min(box[2] - box[0], box[3] - box[1]) >= _THIN
            if thick and min(red.value, green.value, blue.value) < _WHITE:
                found.append(box)
    return found[:_MOST_SHADES]


def _segments(page) -> Iterator[tuple[Point, Point]]:  # type: ignore[no-untyped-def]
    """Yield the lines that are drawn, and for each bar that is filled the line between its far corners."""
    import pypdfium2.raw as raw

    degrees = page.get_rotation()
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=1):
        raw.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke))
        for points in _outlines(item):
            shown = [turned((*point, *point), degrees)[:2] for point in points]
            if stroke.value:
                yield from pairwise(shown)
            elif fill.value:
                xs, ys = zip(*shown, strict=True)
                if min(max(xs) - min(xs), max(ys) - min(ys)) < _THIN:
                    yield (min(xs), min(ys)), (max(xs), max(ys))


def _outlines(item) -> Iterator[list[Point]]:  # type: ignore[no-untyped-def]
    """Yield the corners of each part of a path; curves only part them."""
    import pypdfium2.raw as raw

    matrix = item.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[Point] = []
    for index in range(min(_MOST_SEGMENTS, raw.FPDFPath_CountSegments(item))):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        if raw.FPDFPathSegment_GetType(segment) != raw.FPDF_SEGMENT_LINETO:
            if len(points) > 1:
                yield points
            points = []
        points.append(matrix.on_point(x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if len(points) > 1:
        yield points


def _whole(rules: Iterable[Rule]) -> list[Rule]:
    """Return rules without their repetitions, those put together that are drawn in pieces, cell by cell."""
    found: list[Rule] = []
    level: list[Rule] = []
    for rule in (*sorted(rules, key=lambda rule: rule.at), None):
        if rule is not None and (not level or rule.at - level[0].at < _SAME):
            level.append(rule)
            continue
        at = level[0].at if level else 0.0
        for piece in sorted(level, key=lambda piece: piece.begin):
            if found and found[-1].at == at and piece.begin <= found[-1].end + _SAME:
                found[-1] = Rule(at, found[-1].begin, max(found[-1].end, piece.end))
            else:
                found.append(Rule(at, piece.begin, piece.end))
        level = [rule] if rule is not None else []
    return found


def _connected(across: Sequence[Rule], down: Sequence[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Yield the rules, across and down, that touch each other, top table first."""
    left = set(range(len(down)))
    free = set(range(len(across)))
    for start in sorted(free, key=lambda number: -across[number].at):
        if start not in free:
            continue
        rows, columns, waiting = [], [], [start]
        free.discard(start)
        while waiting:
            row = across[waiting.pop()]
            rows.append(row)
            for number in [number for number in left if _touch(row, down[number])]:
                left.discard(number)
                columns.append(down[number])
                joined = [other for other in free if _touch(across[other], down[number])]
                free.difference_update(joined)
                waiting.extend(joined)
        yield rows, columns


def _touch(row: Rule, column: Rule) -> bool:
    return row.covers(column.at) and column.covers(row.at)


def _grid(across: Sequence[Rule], down: Sequence[Rule]) -> Grid | None:
    """Return the cells between rules that touch each other; a table may lack the rules around it."""
    if not down:
        return None
    columns = _edges([*(r.at for r in down), min(r.begin for r in across), max(r.end for r in across)])
    rows = _edges([*(r.at for r in across), min(r.begin for r in down), max(r.end for r in down)])[::-1]
    if min(len(columns), len(rows)) < _FEWEST_EDGES or len(columns) * len(rows) > _MOST_CELLS:
        return None
    cells: list[list[int]] = []
    for row, (top, bottom) in enumerate(pairwise(rows)):
        cells.append([])
        for column, (left, right) in enumerate(pairwise(columns)):
            if column and not _parts(down, left, (top + bottom) / 2):
                number = cells[row][column - 1]
            elif row and not _parts(across, top, (left + right) / 2):
                number = cells[row - 1][column]
            else:
                number = row * len(columns) + column
            cells[row].append(number)
    return Grid(columns, rows, tuple(map(tuple, cells)))


def _edges(places: Iterable[float]) -> tuple[float, ...]:
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] >= _SAME:
            found.append(place)
    return tuple(found)


def _parts(rules: Iterable[Rule], edge: float, middle: float) -> bool:
    """Tell whether a rule parts two cells: it lies on the edge between them and passes their middle."""
    return any(abs(rule.at - edge) < _SAME and rule.begin <= middle <= rule.end for rule in rules)
