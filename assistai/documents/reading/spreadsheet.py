"""Spreadsheets: XLSX sheet by sheet and CSV, one row a block, each cell after the name of its column."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from assistai.documents.reading.blocks import Block, Reading, table_rows
from assistai.errors import LimitExceeded, UnreadableInput
from assistai.files.encoding import decode
from assistai.files.packages import MALFORMED, Limits, open_package, refuse_entities

_MAX_CELLS = 2_000_000
_MAX_LABEL = 80
_LEADING_ROWS = 10
_DELIMITERS = ",;\t|"
_NOWHERE = "\x1f"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^<>]*?ref=.([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|[_*].')
_CODE = re.compile(r"\[\$?([^\]-]*)[^\]]*\]")
_CURRENCIES = ("€", "$", "£", "CHF")


def read_workbook(data: bytes, name: str, limits: Limits) -> Reading:
    """Return the rows of every visible sheet with the values that Excel last computed; formulas and macros are not run.

    Raises UnreadableInput where it is broken or protected, LimitExceeded where it is too large.
    """
    from openpyxl import load_workbook

    with open_package(data, name, limits) as archive:
        refuse_entities(archive, name, limits.unpacked)
    blocks: list[Block] = []
    try:
        workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        for sheet in workbook.worksheets:
            if sheet.sheet_state != "visible":
                continue
            sheet.reset_dimensions()
            rows = table_rows(_rows(sheet.title, _values(sheet), name), terms=not _bold_row(sheet))
            if rows:
                blocks += [Block("heading", sheet.title, level=1), *rows]
    except MALFORMED as error:
        raise UnreadableInput("package_broken", name=name) from error
    return Reading("xlsx", tuple(blocks))


def read_csv(data: bytes, name: str) -> Reading:
    """Return the rows of a CSV file; comma, semicolon, tabulation and bar are told apart by its first lines."""
    text, _ = decode(data, name)
    first, _, rest = text.partition("\n")
    named = re.fullmatch(r"sep=(.)", first)
    delimiter = named[1] if named else _delimiter(text)
    records = csv.reader(io.StringIO(rest if named else text, newline=""), delimiter=delimiter)
    try:
        rows = table_rows(_rows(None, records, name, start=2 if named else 1), terms=False)
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


def _rows(
    sheet: str | None, rows: Iterable[Sequence[str]], name: str, start: int = 1
) -> Iterator[tuple[str, Sequence[str]]]:
    seen = 0
    for number, values in enumerate(rows, start):
        seen += len(values)
        if max(seen, number) > _MAX_CELLS:
            raise LimitExceeded("too_many_cells", name=name, limit=_MAX_CELLS)
        if values:
            yield (f"{sheet}, {number}" if sheet else str(number)), values


def _values(sheet) -> Iterator[list[str]]:  # type: ignore[no-untyped-def]  # openpyxl has no types
    """Yield the rows of a sheet as people read them; a label merged over several rows stands in each of them."""
    merged = _merged_down(sheet)
    labels: dict[int, tuple[int, str]] = {}
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        if not cells:
            yield []
            continue
        row = [_shown(cell.value, cell.number_format) for cell in cells]
        for column, (last, label) in list(labels.items()):
            if number > last:
                del labels[column]
            elif any(row):
                row += [""] * (column + 1 - len(row))
                row[column] = row[column] or label
        for column, last in merged.get(number, ()):
            if column < len(row) and len(row[column]) <= _MAX_LABEL:
                labels[column] = last, row[column]
        yield row


def _merged_down(sheet) -> dict[int, list[tuple[int, int]]]:  # type: ignore[no-untyped-def]
    """Return, by first row, the columns (from 0) merged over several rows and their last row.

    openpyxl tells this only of workbooks that it reads whole, which takes far more memory.
    """
    from openpyxl.utils import column_index_from_string

    merged: dict[int, list[tuple[int, int]]] = {}
    with sheet._get_source() as source:
        for column, first, last in _MERGED.findall(source.read()):
            if int(last) > int(first):
                merged.setdefault(int(first), []).append((column_index_from_string(column.decode()) - 1, int(last)))
    return merged


def _bold_row(sheet) -> bool:  # type: ignore[no-untyped-def]
    """Tell whether one of the first rows is all bold and the one below it is not: the names of columns."""
    rows = sheet.iter_rows(max_row=_LEADING_ROWS)
    bold = [[bool(cell.font and cell.font.b) for cell in row if cell.value is not None] for row in rows]
    return any(len(row) > 1 and all(row) and not all(below) for row, below in pairwise(filter(None, bold)))


def _shown(value: object, pattern: str | None) -> str:
    """Return a cell as a reader of the sheet sees it, in French: dates, percentages, sums, numbers with a mask."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    if isinstance(value, dt.datetime):
        return f"{value:%d/%m/%Y}" if value.time() == dt.time() else f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    if isinstance(value, dt.timedelta):
        hours, minutes = divmod(round(value.total_seconds() / 60), 60)
        return f"{hours}:{minutes:02}"
    if isinstance(value, int | float):
        return _number(value, (pattern or "General").split(";")[0])
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), str(value))


def _number(value: float, pattern: str) -> str:
    pattern = _CODE.sub(r"\1", pattern)
    currency = next((sign for sign in _CURRENCIES if sign in pattern), "")
    digits = _LITERAL.sub(lambda match: " " if "".join(match.groups("")).isspace() else "", pattern).strip()
    if re.fullmatch(r"[0# ]+", digits) and ("00" in digits or " " in digits) and float(value).is_integer():
        return _masked(int(value), digits)
    if "%" in digits:
        value *= 100
    whole = float(value).is_integer() or re.fullmatch(r"[#,0 ]*0 ?%?", digits)
    if decimals := re.search(r"\.(0+)", digits):
        text = f"{value:,.{len(decimals[1])}f}"
    elif abs(value) >= 1e15:
        text = f"{value:.10g}"
    else:
        text = f"{value:,.0f}" if whole else f"{value:,.10g}"
    text = text.replace(",", "\u202f" if "," in digits else "").replace(".", ",")
    return text + ("\u00a0%" if "%" in digits else f"\u00a0{currency}" if currency else "")


def _masked(value: int, mask: str) -> str:
    """Return a number whose digits fill a mask from the right: 145678901 in "0# ## ## ## ##" is 01 45 67 89 01."""
    left = list(str(abs(value)))
    shown = []
    for sign in reversed(mask):
        if sign == " ":
            shown.append(" ")
        elif left:
            shown.append(left.pop())
        elif sign == "0":
            shown.append("0")
    return ("-" if value < 0 else "") + "".join([*left, *reversed(shown)]).strip()
