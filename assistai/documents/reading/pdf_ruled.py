"""Tables with rules around their cells on PDF pages: each word is in the cell that it stands in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import partial, reduce

from assistai.documents.reading.blocks import Block
from assistai.documents.reading.pdf_characters import upright
from assistai.documents.reading.pdf_lines import Line, Word, level_lines, written_lines
from assistai.documents.reading.pdf_rules import Grid, page_grids, with_shades
from assistai.documents.reading.pdf_words import joined
from assistai.documents.reading.pdf_written import written_grids
from assistai.documents.reading.tables import table_rows, with_groups
from assistai.documents.reading.value_rows import comes_again

_SAME_PLACE = 4.0
_MAX_LABEL = 80
_LONGEST_CELL = 1500
Piece = tuple[Line, tuple[Word, ...]]


@dataclass(frozen=True, slots=True)
class Ruled:
    """A table of a page: its grid, and the words of each cell by its number, line by line."""

    grid: Grid
    pieces: dict[int, list[Piece]]

    def text(self, cell: int, words: Set[str] = frozenset()) -> str:
        """Return what stands in a cell; `words` are those of the document, by which cut ones are joined."""
        lines = (" ".join(word.text for word in found) for _, found in self.pieces.get(cell, ()))
        return reduce(partial(joined, words=words), lines, "").strip()

    def rows(self, words: Set[str] = frozenset()) -> list[list[str]]:
        """Return the cells of each row; a label merged over several rows stands in each of them."""
        texts = {cell: self.text(cell, words) for row in self.grid.cells for cell in row}
        table: list[list[str]] = []
        for number, row in enumerate(self.grid.cells):
            line = []
            for column, cell in enumerate(row):
                shown = texts[cell] if not column or row[column - 1] != cell else ""
                from_above = number and self.grid.cells[number - 1][column] == cell
                line.append("" if from_above and len(shown) > _MAX_LABEL else shown)
            table.append(line)
        return table

    def is_bold(self, row: int) -> bool:
        """Tell whether all that is written in a row is bold."""
        lines = [line for cell in set(self.grid.cells[row]) for line, _ in self.pieces.get(cell, ())]
        return bool(lines) and all(line.bold for line in lines)


def page_lines(page, number: int, before: Sequence[Line] = ()) -> list[Line]:  # type: ignore[no-untyped-def]
    """Return the lines of a page, with one in the place of each table whose cells are told apart.

    `before` are the lines of the page before, whose last table may go on.
    """
    above = next((line.ruled.grid for line in reversed(before) if line.ruled), None)
    with upright(page):
        written = list(written_lines(page, number))
        ruled, grids = page_grids(page), []
        for grid in written_grids(written, above if above and above.texts else None):
            over = [other for other in ruled if grid.overlaps(other)]
            if all(_filled(other, written) < _filled(grid, written) for other in over):
                ruled = [other for other in ruled if other not in over]
                grids.append(grid)
        return level_lines(with_ruled(written, with_shades([*ruled, *grids], page)))


def _filled(grid: Grid, lines: Sequence[Line]) -> int:
    """Return how many cells have words: rules that only frame a table part fewer than its words do."""
    places = (grid.place((w.left + w.right) / 2, (line.bottom + line.top) / 2) for line in lines for w in line.words)
    return len({grid.cells[row][column] for row, column in filter(None, places)})


def with_ruled(lines: Sequence[Line], grids: Sequence[Grid]) -> list[Line]:
    """Return the lines of a page with one in the place of each table that has rules: it has all its words.

    A grid whose text is in one row or column, or a page laid out in boxes, is no table. A table in a cell of another
    stands for itself.
    """
    grids = sorted(grids, key=lambda grid: (grid.columns[-1] - grid.columns[0]) * (grid.rows[0] - grid.rows[-1]))
    inside: list[dict[int, list[Piece]]] = [{} for _ in grids]
    first: dict[int, int] = {}
    rest: list[Line | None] = list(lines)
    for index, line in enumerate(lines):
        outside: list[Word] = []
        here: dict[tuple[int, int], list[Word]] = {}
        for word in line.words:
            number, cell = _cell(grids, (word.left + word.right) / 2, (line.bottom + line.top) / 2)
            if number < 0:
                outside.append(word)
            else:
                here.setdefault((number, cell), []).append(word)
        for (number, cell), words in here.items():
            inside[number].setdefault(cell, []).append((line, tuple(words)))
            first.setdefault(number, index)
        if here:
            rest[index] = replace(line, words=tuple(outside)) if outside else None
    tables = [Ruled(grid, pieces) for grid, pieces in zip(grids, inside, strict=True)]
    kept = {number for number in first if _is_table(tables[number])}
    if not kept:
        return list(lines)
    if len(kept) < len(first):
        return with_ruled(lines, [grid for number, grid in enumerate(grids) if number in kept])
    found: list[Line] = []
    for index, remaining in enumerate(rest):
        found.extend(_placeholder(tables[number]) for number in sorted(kept) if first[number] == index)
        if remaining is not None:
            found.append(remaining)
    return found


def _cell(grids: Sequence[Grid], x: float, y: float) -> tuple[int, int]:
    """Return the number of the grid that a point is in, and of its cell, -1 where it is in none."""
    for number, grid in enumerate(grids):
        if place := grid.place(x, y):
            return number, grid.cells[place[0]][place[1]]
    return -1, 0


def _is_table(table: Ruled) -> bool:
    if table.grid.texts:
        return True
    rows = table.rows()
    filled = [row for row in rows if any(row)]
    several = sum(sum(map(bool, row)) > 1 for row in filled)
    return len(filled) > 1 and several > 0 and max(len(cell) for row in filled for cell in row) <= _LONGEST_CELL


def _placeholder(table: Ruled) -> Line:
    pieces = [piece for cell in sorted(table.pieces) for piece in table.pieces[cell]]
    words = tuple(word for _, found in pieces for word in found)
    lines = [line for line, _ in pieces]
    return replace(
        lines[0],
        words=words,
        bottom=min(line.bottom for line in lines),
        top=max(line.top for line in lines),
        bold=False,
        lead_bold=False,
        ruled=table,
    )


def ruled_blocks(lines: Sequence[Line], words: Set[str]) -> Iterator[Block]:
    """Yield the rows of tables that follow each other; one that goes on on the next page keeps its names."""
    at = 0
    for number in range(1, len(lines) + 1):
        if number == len(lines) or not _goes_on(lines[number - 1], lines[number]):
            yield from _blocks(lines[at:number], words)
            at = number


def _goes_on(before: Line, line: Line) -> bool:
    if before.ruled is None or line.ruled is None or line.page != before.page + 1:
        return False
    if before.ruled.grid.texts and line.ruled.grid.texts:
        return before.ruled.grid.has_columns_of(line.ruled.grid)
    above, below = before.ruled.grid.columns, line.ruled.grid.columns
    return len(above) == len(below) and all(
        abs(one - other) < _SAME_PLACE for one, other in zip(above, below, strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table: its page and cells, the columns that each cell is merged over, and how all of it is set."""

    page: int
    cells: list[str]
    spans: tuple[tuple[int, int], ...]
    label: tuple[int, int]
    bold: bool
    shaded: bool

    @property
    def is_label(self) -> bool:
        """Tell whether one cell over all columns is all of it."""
        return len(set(self.spans)) == 1 < len(self.cells)

    def is_set_apart(self, other: _Row) -> bool:
        """Tell whether it is bold or shaded, and another row is not."""
        return (self.bold and not other.bold) or (self.shaded and not other.shaded)


def _rows(line: Line, table: Ruled, words: Set[str]) -> list[_Row]:
    grid = table.grid
    columns = range(len(grid.columns) - 1)
    return [
        _Row(
            line.page,
            cells,
            tuple(grid.span(number, column) for column in columns),
            (line.page, grid.cells[number][0]),
            table.is_bold(number),
            number < len(grid.shaded) and grid.shaded[number],
        )
        for number, cells in enumerate(table.rows(words))
        if any(cells)
    ]


def _blocks(lines: Sequence[Line], words: Set[str]) -> Iterator[Block]:
    rows: list[_Row] = []
    for line in lines:
        added = _rows(line, line.ruled, words) if line.ruled else []
        rows += _carried(_after_names(added, rows), rows[-1], words) if rows else added
    at = 0
    for number in range(1, len(rows) + 1):
        if number == len(rows) or _begins_another(rows[at:number], rows[number]):
            end = number - (number < len(rows) and rows[number - 1].is_label)
            yield from _named(rows[at:end])
            at = end


def _named(rows: Sequence[_Row]) -> Iterator[Block]:
    table = [(str(row.page), row.cells) for row in rows]
    named = len(rows) > 1 and rows[0].is_set_apart(rows[1])
    named = named and not comes_again(rows[0].cells, [row.cells for row in rows[1:]])
    groups = sorted({span for span in rows[0].spans if span[1] > span[0]})
    if len(rows) > 2 and groups and (both := with_groups(rows[0].cells, groups, rows[1].cells)):
        table[:2] = [(table[0][0], both)]
        named = True
    merged = [sorted({span for span in row.spans if span[1] > span[0]}) for row in rows[len(rows) - len(table) :]]
    for block in table_rows(table, header=named or None, merged=merged):
        yield replace(block, page=int(block.place or 0), place=None)


def _begins_another(above: Sequence[_Row], row: _Row) -> bool:
    """Tell whether a row names the columns of another table, set right below the one before without a gap.

    A label between rows may be the title of that table, one alone names no columns.
    """
    if not row.bold or row.is_label or any(map(str.isdigit, "".join(row.cells))):
        return False
    before = next((other for other in reversed(above) if not other.is_label), None)
    return before is not None and not before.bold and (above[-1].is_label or row.spans != before.spans)


def _after_names(added: Sequence[_Row], rows: Sequence[_Row]) -> Sequence[_Row]:
    """Return the rows of the next page without the names that are repeated there."""
    same = 0
    while same < min(len(added), len(rows)) and added[same].cells == rows[same].cells:
        same += 1
    return added[same:]


def _carried(added: Sequence[_Row], above: _Row, words: Set[str]) -> Sequence[_Row]:
    """Return the rows of the next page once what the page's end cuts is put together.

    The rest of a row goes to the row above, a label that is merged over both pages' rows to each of these.
    """
    if not added:
        return added
    first = added[0]
    filled = [column for column, cell in enumerate(first.cells) if cell]
    cut = all(above.cells[column] for column in filled) and 2 * len(filled) <= sum(map(bool, above.cells))
    cut = cut and (not first.cells[0] or first.cells[0][0].islower())
    if cut:
        both = zip(above.cells, first.cells, strict=True)
        above.cells[:] = [joined(old, new, words) if new else old for old, new in both]
    elif first.cells[0]:
        return added
    for row in added:
        if row.label != first.label:
            break
        row.cells[0] = above.cells[0] if len(above.cells[0]) <= _MAX_LABEL else ""
    return added[cut:]
