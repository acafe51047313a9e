"""Spreadsheets: XLSX sheet by sheet and CSV, one row a block, each cell after the name of its column."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set

from assistai.documents.reading.blocks import Block, Reading, Unread
from assistai.documents.reading.cell_marks import as_shown, in_force
from assistai.documents.reading.cell_values import shown
from assistai.documents.reading.sheet_hidden import Hidden, hidden_in
from assistai.documents.reading.sheet_names import SetApart, filtered_rows, sheet_tables
from assistai.documents.reading.tables import Row, place_number, stacked, table_rows, with_groups, with_unseen_names
from assistai.errors import LimitExceeded, UnreadableInput
from assistai.files.encoding import decode
from assistai.files.packages import MALFORMED, Limits, open_package, refuse_entities

_MAX_CELLS = 2_000_000
_MAX_LABEL = 80
_LEADING_ROWS = 10
_DELIMITERS = ",;\t|"
_NOWHERE = "\x1f"
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^<>]*?ref=.([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\s([^<>]*)>\s*<(?:\w+:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>\s*)?</(?:\w+:)?c>"
)
"""A cell that holds a formula and no value."""

_CELL = re.compile(rb"\br=.([A-Z]{1,3}\d{1,7})")
_COMPUTED_TEXT = re.compile(rb"\bt=.str\b")
_TOLD_CELLS = 3
_NAMES_ROWS = 3
_Merged = dict[int, list[tuple[int, int]]]
_Numbered = tuple[int, Sequence[str]]


def read_workbook(data: bytes, name: str, limits: Limits) -> Reading:
    """Return the rows of every visible sheet with the values that Excel last computed; formulas and macros are not run.

    Hidden sheets, rows and columns, and formulas that no program has computed yet, are `unread`; struck text is no
    source. Raises UnreadableInput where it is broken or protected, LimitExceeded where it is too large.
    """
    from openpyxl import load_workbook

    with open_package(data, name, limits) as archive:
        refuse_entities(archive, name, limits.unpacked)
    blocks: list[Block] = []
    unread: list[Unread] = []
    try:
        source = io.BytesIO(as_shown(data))
        workbook = load_workbook(source, read_only=True, data_only=True, keep_links=False, rich_text=True)
        for sheet in workbook.worksheets:
            sheet.reset_dimensions()
            if sheet.sheet_state != "visible":
                if any(cell.value not in (None, "") for cells in sheet.iter_rows() for cell in cells):
                    unread.append(Unread("sheet_hidden", name=sheet.title))
                continue
            with sheet._get_source() as opened:
                markup = opened.read()
            tables = sheet_tables(sheet)
            apart, hidden = SetApart(), hidden_in(markup, tables)
            lines = list(_rows(sheet.title, _values(sheet, markup, apart, hidden), name))
            names = {f"{sheet.title}, {number}" for number in apart.names() | filtered_rows(markup, tables)}
            unseen = [(f"{sheet.title}, {number}", row) for number, row in hidden.unseen.items()]
            if rows := _tables(lines, names, unseen):
                blocks += [Block("heading", sheet.title, level=1), *rows]
            unread += [Unread(code, name=told) for code, told in hidden.told(sheet.title)]
            if formulas := _uncomputed(markup):
                more = f"… ({len(formulas)})" if len(formulas) > _TOLD_CELLS else ""
                told = f"{sheet.title}, {', '.join(formulas[:_TOLD_CELLS])}{more}"
                unread.append(Unread("formula_without_value", name=told))
    except MALFORMED as error:
        raise UnreadableInput("package_broken", name=name) from error
    return Reading("xlsx", tuple(blocks), unread=tuple(unread))


def read_csv(data: bytes, name: str) -> Reading:
    """Return the rows of a CSV file; comma, semicolon, tabulation and bar are told apart by its first lines."""
    text, _ = decode(data, name)
    first, _, rest = text.partition("\n")
    named = re.fullmatch(r"sep=(.)", first)
    delimiter = named[1] if named else _delimiter(text)
    records = csv.reader(io.StringIO(rest if named else text, newline=""), delimiter=delimiter)
    try:
        rows = _tables(list(_rows(None, enumerate(records, 2 if named else 1), name)), None)
    except csv.Error as error:
        raise UnreadableInput("csv_broken", name=name, reason=error) from error
    return Reading("csv", tuple(rows))


def _delimiter(text: str) -> str:
    """Return the sign that cuts most of the first lines into one number of cells, above one, or one that is nowhere.

    Of two that do it as often, the one that leaves no quotation marks inside cells, then the one that makes most cells.
    """

    def evenness(delimiter: str) -> tuple[int, int, int]:
        try:
            rows = [row for row in csv.reader(first, delimiter=delimiter) if row]
        except csv.Error:
            return 0, 0, 0
        widths = Counter(map(len, rows))
        lines, width = max(((lines, width) for width, lines in widths.items() if width > 1), default=(0, 0))
        return (
            (lines, -sum(cell.count('"') for row in rows for cell in row), width)
            if 2 * lines >= len(rows)
            else (0, 0, 0)
        )

    first = text[:20_000].split("\n")[:20]
    best = max(_DELIMITERS, key=evenness)
    return best if evenness(best)[0] else _NOWHERE


def _tables(rows: Sequence[Row], names: Set[str] | None, unseen: Sequence[Row] = ()) -> list[Block]:
    """Return the rows of the tables of a sheet; `names` are the places of rows set as names, None for a format without.

    `unseen` are hidden rows: one may name the columns of those that are seen.
    Two columns of the first table may be a list of terms, where these can be told from names.
    """
    blocks: list[Block] = []
    after = 0

    def named(row: Row) -> bool:
        return row[0] in (names or ())

    for number, table in enumerate(stacked(rows, named)):
        unnamed = names is not None and names.isdisjoint(place for place, _ in table[:_LEADING_ROWS])
        terms = unnamed and number == 0
        whole = with_unseen_names(table, unseen, after=after, named=named, terms=terms) if unseen else table
        after = place_number(table[-1][0])
        blocks += table_rows(whole, terms=terms)
    return blocks


def _rows(sheet: str | None, rows: Iterable[_Numbered], name: str) -> Iterator[Row]:
    seen = 0
    empty = False
    for number, values in rows:
        seen += len(values)
        if max(seen, number) > _MAX_CELLS:
            raise LimitExceeded("too_many_cells", name=name, limit=_MAX_CELLS)
        if values or not empty:
            yield (f"{sheet}, {number}" if sheet else str(number)), values
        empty = not values


def _values(sheet, source: bytes, apart: SetApart, hidden: Hidden) -> Iterator[_Numbered]:  # type: ignore[no-untyped-def]
    """Yield the rows of a sheet as people read them; a label merged over several rows stands in each of them.

    Names over names ("Congés" over "Acquis") become one row, after an empty one in place of the first. `apart` looks at
    the first rows of the sheet and those below an empty row. What is hidden is no row, nor does it part tables.
    """
    down, across = _merged(source)
    labels: dict[int, tuple[int, str]] = {}
    held: tuple[int, list[str], list[tuple[int, int]]] | None = None
    since = 0
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        if not cells and number in hidden.rows:
            continue
        if not cells and held is None:
            since = 0
            yield number, ()
            continue
        row = [shown(in_force(cell), cell.number_format) for cell in cells]
        for column, (last, label) in list(labels.items()):
            if number > last:
                del labels[column]
            elif any(row):
                row += [""] * (column + 1 - len(row))
                row[column] = row[column] or label
        for column, last in down.get(number, ()):
            if column < len(row) and len(row[column]) <= _MAX_LABEL:
                labels[column] = last, row[column]
        merged = [(left, hidden.first_shown(left, right), right) for left, right in across.get(number, ())]
        for left, seen, _ in merged:
            if left < seen and left < len(row):
                row += [""] * (seen + 1 - len(row))
                row[left], row[seen] = "", row[left]
        visible = hidden.shown(number, row)
        if visible is None:
            continue
        row = visible
        since = since + 1 if any(row) else 0
        if 0 < since <= _LEADING_ROWS:
            apart.look_at(number, [cell for cell, text in zip(cells, row, strict=False) if text])
        if held is not None:
            first, names, groups = held
            both = with_groups(names, groups, row)
            yield first, (names if both is None else ())
            row, held = (row if both is None else both), None
        if merged and 0 < since <= _NAMES_ROWS:
            held = number, row, [(seen, right) for _, seen, right in merged]
        else:
            yield number, row
    if held is not None:
        yield held[:2]


def _merged(source: bytes) -> tuple[_Merged, _Merged]:
    """Return, by first row, the columns (from 0) merged over several rows and their last row, and, of those merged in
    one row alone, the first and the last column.

    openpyxl tells this only of workbooks that it reads whole, which takes far more memory.
    """
    from openpyxl.utils import column_index_from_string

    down: _Merged = {}
    across: _Merged = {}
    for left, first, right, last in _MERGED.findall(source):
        column, end = (column_index_from_string(letters.decode()) - 1 for letters in (left, right))
        if int(last) > int(first):
            down.setdefault(int(first), []).append((column, int(last)))
        elif end > column:
            across.setdefault(int(first), []).append((column, end))
    return down, across


def _uncomputed(source: bytes) -> list[str]:
    """Return the cells whose formula has no value; of one that makes an empty text it is computed."""
    formulas = [attributes for attributes in _FORMULA.findall(source) if not _COMPUTED_TEXT.search(attributes)]
    return [cell[1].decode() if (cell := _CELL.search(attributes)) else "?" for attributes in formulas]
