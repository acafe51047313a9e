"""Spreadsheets: XLSX sheet by sheet and CSV, one row a block, each cell after the name of its column."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator

from assistai.documents.reading.blocks import Block, Reading, table_rows
from assistai.errors import LimitExceeded, UnreadableInput
from assistai.files.encoding import decode
from assistai.files.packages import BROKEN, Limits, open_package, refuse_entities

_MAX_CELLS = 2_000_000
_MAX_COLUMNS = 1_000


def read_workbook(data: bytes, name: str, limits: Limits) -> Reading:
    """Return the rows of every visible sheet with the values that Excel last computed; formulas and macros are not run.

    Raises UnreadableInput where it is broken or protected, LimitExceeded where it is too large.
    """
    from openpyxl import load_workbook

    with open_package(data, name, limits) as archive:
        refuse_entities(archive, name, limits.unpacked)
    try:
        workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        blocks: list[Block] = []
        for sheet in workbook.worksheets:
            if sheet.sheet_state != "visible":
                continue
            sheet.reset_dimensions()
            blocks.append(Block("heading", sheet.title, level=1))
            blocks.extend(table_rows(_rows(sheet.title, sheet.iter_rows(values_only=True, max_col=_MAX_COLUMNS), name)))
    except (*BROKEN, TypeError, AttributeError, SyntaxError, IndexError) as error:
        raise UnreadableInput("package_broken", name=name) from error
    return Reading("xlsx", tuple(blocks))


def read_csv(data: bytes, name: str) -> Reading:
    """Return the rows of a CSV file; comma, semicolon, tabulation and bar are told apart by its first lines."""
    text, _ = decode(data, name)
    sample = "\n".join(text.splitlines()[:20])
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(sample, delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel
        dialect = type("Guessed", (csv.excel,), {"delimiter": max(",;\t", key=sample.count)})
    try:
        rows = table_rows(_rows(None, csv.reader(io.StringIO(text), dialect), name))
    except csv.Error as error:
        raise UnreadableInput("csv_broken", name=name, reason=error) from error
    return Reading("csv", tuple(rows))


def _rows(sheet: str | None, rows: object, name: str) -> Iterator[tuple[str, list[str]]]:
    seen = 0
    for number, values in enumerate(rows, start=1):  # type: ignore[var-annotated, arg-type]
        seen += len(values)
        if seen > _MAX_CELLS:
            raise LimitExceeded("too_many_cells", name=name, limit=_MAX_CELLS)
        yield (f"{sheet}, {number}" if sheet else str(number)), [_shown(value) for value in values]


def _shown(value: object) -> str:
    """Return a cell as a reader of the sheet would write it: dates in French order, whole numbers without decimals."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return f"{value:%d/%m/%Y}" if value.time() == dt.time() else f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.10g}".replace(".", ",")
    return str(value)
