"""Tables of plain text, which are but words set in columns by spaces, tabulations or bars."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from assistai.documents.reading.blocks import Block
from assistai.documents.reading.tables import table_rows
from assistai.documents.reading.value_rows import is_form, is_of_values

_RULE = re.compile(r"[\s|+:]*[-=_─━═*~]{2}[\s|+:=_─━═*~-]*")
_GAP = re.compile(r"[ \u00a0]{3,}|(?<![.!?: \u00a0])[ \u00a0]{2}")
"""What parts two cells; two spaces after the end of a sentence part only sentences."""

_FIGURE = re.compile(r"\d")
_YEAR = re.compile(r"(?:19|20)\d\d")
_RIVER = 2
_FAR = 100_000_000
"""How far cells parted by tabulations are set from each other: farther than any line is long."""

_MOST_COLUMNS = 40
_MOST_HEADERS = 3


class _Cell(NamedTuple):
    """A cell and where it begins and ends in its line."""

    left: int
    right: int
    text: str


_Columns = list[tuple[int, int]]


def is_rule(line: str) -> bool:
    """Tell whether a line is only drawn, as "-----" or "|====|"."""
    return _RULE.fullmatch(line) is not None


def has_gap(line: str) -> bool:
    """Tell whether a line looks like cells by itself: a gap far wider than a space, or bars."""
    words = line.strip()
    return "   " in words or "\t\t" in words or words.count("|") > 1


def text_tables(lines: Sequence[str]) -> Iterator[tuple[int, int, list[Block]]]:
    """Yield the tables among lines: the first line of each, the one after its last, and its rows.

    A table is lines below each other whose cells stand in the same columns, two at least with as many cells. Fields
    ("Objet    : devis") are none.
    """
    at = 0
    while at < len(lines):
        end, rows, columns = _run(lines, at)
        if _is_table([row for row in rows if row]):
            yield at, end, _blocks(rows, columns)
        at = end


def _run(lines: Sequence[str], at: int) -> tuple[int, list[list[_Cell]], _Columns]:
    """Return where the lines that may be one table end, their cells (none for a rule), and their columns."""
    rows: list[list[_Cell]] = []
    columns: _Columns = []
    for number in range(at, len(lines)):
        rule = is_rule(lines[number])
        cells = [] if rule else _cells(lines[number])
        if len(rows) > 1 and _overflows(columns, cells):
            cells = [_Cell(*column, cell.text) for column, cell in zip(columns, cells, strict=True)]
        wrapped = len(cells) == 1 and bool(columns) and cells[0].left >= columns[0][1]
        wider = _merged(columns, cells) if wrapped or len(cells) > 1 else columns if rule and rows else None
        if wider is None:
            return max(number, at + 1), rows, columns
        columns = wider
        rows.append(cells)
    return len(lines), rows, columns


def _overflows(columns: _Columns, cells: Sequence[_Cell]) -> bool:
    """Tell whether a row has a cell for each of several columns, one of them so wide that those after it are moved."""
    return 2 < len(cells) == len(columns) and _merged(columns, cells) is None


def _cells(line: str) -> list[_Cell]:
    if "\t" in line.strip():
        cells = enumerate(line.split("\t"))
        return [_Cell(number * _FAR, number * _FAR + 1, cell.strip()) for number, cell in cells if cell.strip()]
    line = line.expandtabs().replace("|", "   ").rstrip()
    begin = len(line) - len(line.lstrip())
    gaps = [(begin, begin), *(gap.span() for gap in _GAP.finditer(line, begin)), (len(line), len(line))]
    return [_Cell(left, right, line[left:right]) for (_, left), (right, _) in pairwise(gaps) if left < right]


def _merged(columns: _Columns, cells: Sequence[_Cell]) -> _Columns | None:
    """Return the columns with room for more cells, none where these stand in other columns."""
    if len(cells) > _MOST_COLUMNS:
        return None
    found: _Columns = []
    for left, right in sorted([*columns, *((cell.left, cell.right) for cell in cells)]):
        if found and left < found[-1][1] + _RIVER:
            found[-1] = found[-1][0], max(right, found[-1][1])
        else:
            found.append((left, right))
    own = len({_place(found, left) for left, _ in columns}) == len(columns)
    own = own and len({_place(found, cell.left) for cell in cells}) == len(cells)
    return found if own and len(found) == max(len(columns), len(cells)) else None


def _place(columns: _Columns, left: int) -> int:
    return next(number for number, column in enumerate(columns) if column[0] <= left < column[1])


def _is_table(rows: Sequence[Sequence[_Cell]]) -> bool:
    """Tell whether rows are a table rather than fields, or two lines of prose with a gap at one place by chance."""
    widths = Counter(len(row) for row in rows if len(row) > 1)
    fields = all(row[0].text.endswith(":") for row in rows) or any(
        cell.text.startswith(":") for row in rows for cell in row
    )
    wide = any(after.left - before.right > _RIVER for row in rows for before, after in pairwise(row))
    return max(widths.values(), default=0) > 1 and not fields and (wide or len(rows) > 2)


def _blocks(rows: Sequence[Sequence[_Cell]], columns: _Columns) -> list[Block]:
    """Return the rows; a cell alone below another goes on with it, and what stands above a rule names the columns."""
    table: list[list[str]] = []
    ruled = 0
    for row in rows:
        line = [""] * len(columns)
        for cell in row:
            line[_place(columns, cell.left)] = cell.text
        if not row:
            ruled = ruled or len(table)
        elif len(row) == 1:
            table[-1] = [f"{above} {below}".strip() for above, below in zip(table[-1], line, strict=True)]
        else:
            table.append(line)
    if ruled > 1:
        above = table[:ruled]
        ruled = int(ruled <= _MOST_HEADERS and not any(map(_has_figures, above)))
        if ruled:
            table[: len(above)] = [[" ".join(filter(None, names)) for names in zip(*above, strict=True)]]
    return table_rows(((None, line) for line in table), header=_header(table, bool(ruled)))


def _header(table: Sequence[Sequence[str]], ruled: bool) -> bool | None:
    """Tell whether the first row names the columns: a rule is below it, or figures are only in the rows below.

    None where a list of terms ("Directeur   M. Durand") must be told apart first.
    """
    first, *below = table
    if _has_figures(first):
        return None if ruled else False
    if ruled or len(first) == 2:
        return ruled or None
    values = is_form(first, below) or is_of_values(first, below)
    return not values and 2 * sum(map(_has_figures, below)) >= len(below) > 0


def _has_figures(row: Sequence[str]) -> bool:
    return any(_FIGURE.search(cell) and not _YEAR.fullmatch(cell) for cell in row)
