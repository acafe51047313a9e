"""The rows of tables of every format, each cell after the name of its column."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from assistai.documents.reading.blocks import Block, clean
from assistai.documents.reading.column_names import is_category, names_values
from assistai.documents.reading.value_rows import is_form, is_known_value, is_label, is_of_values

_MAX_NAME = 60
_FIGURES = re.compile(r"[\d\s.,:/€$£%+()–-]+")
_FIELD = re.compile(r"\w[ \u00a0\u202f]?:\s\S")
"""A name with what it names, "Service : Paie"."""

_YEAR = re.compile(r"(?:19|20)\d\d")
_DIGIT = re.compile(r"\d")
_LEADING_ROWS = 10
_SEEN_ROWS = 50
Row = tuple[str, Sequence[str]]
"""A row of a sheet: its place and its cells."""


def table_rows(
    rows: Iterable[tuple[str | None, Sequence[str]]],
    page: int | None = None,
    *,
    header: bool | None = None,
    terms: bool = True,
    merged: Sequence[Sequence[tuple[int, int]]] = (),
) -> list[Block]:
    """Return the rows of a table, each cell after the name of its column, so that a row can be read alone.

    `rows` are (place, cells). `header` says whether the first row names the columns; where that is not known (None),
    the first row that looks like names does, if two rows or more follow it (in a sheet, one of figures): titles
    above it are rows of their own.
    `terms` says that two columns may be a list of terms ("Directeur | M. Durand") without names: these must tell
    themselves by what they say ("Plafond") or by figures below.
    `merged` are for each row the first and last columns of its cells over several: where these have several names, a
    cell has all of them, one that begins a row none.
    """
    every = [(place, [clean(cell) for cell in cells]) for place, cells in rows]
    filled = [(place, cells) for place, cells in every if any(cells)]
    spans = [merged[number] if merged else () for number, (_, cells) in enumerate(every) if any(cells)]
    if header is None:
        at = _header_at([cells for _, cells in filled], terms)
    else:
        at = 0 if header and len(filled) > 1 else None
    names = filled[at][1] if at is not None else None
    return [
        Block(
            "row", _joined(_named(cells, names if names and number > (at or 0) else (), over)), page=page, place=place
        )
        for number, ((place, cells), over) in enumerate(zip(filled, spans, strict=True))
        if cells != names
    ]


def with_groups(first: Sequence[str], groups: Sequence[tuple[int, int]], second: Sequence[str]) -> list[str] | None:
    """Return two rows of names as one ("Congés" over "Acquis" is "Congés – Acquis"), None where they are no such rows.

    `groups` are the first and last columns that a name of the first row is merged over; beside them each column is
    named once.
    """
    names = [*first, *[""] * (len(second) - len(first))]
    below = [*second, *[""] * (len(names) - len(second))]
    grouped = {column: names[left] for left, right in groups for column in range(left, min(right + 1, len(names)))}
    under = [below[column] for column in grouped]
    beside = [column for column in range(len(names)) if column not in grouped and (names[column] or below[column])]
    if not beside or not all(grouped.values()) or sum(map(bool, under)) < 2:
        return None
    if any(_FIGURES.fullmatch(name) and not _YEAR.fullmatch(name) for name in under):
        return None
    if any(names[column] and below[column] not in ("", names[column]) for column in beside):
        return None
    return [
        " – ".join(filter(None, (grouped[column], name))) if column in grouped else names[column] or name
        for column, name in enumerate(below)
    ]


def stacked(rows: Iterable[Row], named: Callable[[Row], bool]) -> list[list[Row]]:
    """Return the tables of a sheet, set apart by empty rows: a stretch that has names of its own begins one.

    `named` tells whether a row is known to name columns by how it is set. Other stretches go on with the table above.
    """
    tables: list[list[Row]] = []
    for stretch in _stretches(rows):
        if tables and not _begins_a_table(stretch, tables[-1], named):
            tables[-1].extend(stretch)
        else:
            tables.append(stretch)
    return tables


def with_unseen_names(
    table: Sequence[Row], unseen: Sequence[Row], *, after: int, named: Callable[[Row], bool], terms: bool
) -> Sequence[Row]:
    """Return a table with the one of `unseen` rows that names its columns, where the sheet hides such a row.

    `unseen` are those below the row with the number `after`. Only what `table_rows` takes for names is put in, so that
    it is never read as a row. Names that are seen come first if they are set apart, or have figures below.
    """
    filled = ((place, [clean(cell) for cell in cells]) for place, cells in table)
    rows = [(place, cells) for place, cells in filled if any(cells)]
    numbers = [place_number(place) for place, _ in rows]
    cells = [row for _, row in rows[: 2 * _LEADING_ROWS + _SEEN_ROWS]]
    seen = _header_at(cells, terms)
    if seen is not None and (
        named(rows[seen]) or next(_figure_columns(cells[seen], cells[seen + 1 :]), None) is not None
    ):
        return table
    for place, row in unseen:
        number, names = place_number(place), [clean(cell) for cell in row]
        at = bisect_left(numbers, number)
        if number <= after or at > (_LEADING_ROWS if seen is None else seen) or not _may_name(names, cells, seen):
            continue
        both = [*cells[:at], names, *cells[at:]]
        if _header_at(both, terms) == at:
            return [*rows[:at], (place, names), *rows[at:]]
    return table


def _may_name(names: Sequence[str], rows: Sequence[Sequence[str]], seen: int | None) -> bool:
    """Tell whether a hidden row may name columns: it holds no figures, and nothing that stands in its column below.

    Where a row that is `seen` may too, the hidden one holds no fields of a program and says as well what values are.
    """
    values = [name for name in names if name and not _YEAR.fullmatch(name)]
    if any(map(_DIGIT.search, values)):
        return False
    if any(name and name in (row[column] for row in rows if column < len(row)) for column, name in enumerate(names)):
        return False
    if seen is None:
        return True
    return not any("_" in name for name in values) and (
        any(map(names_values, values)) or not any(map(names_values, rows[seen]))
    )


def place_number(place: str) -> int:
    """Return the number of the row at a place of a sheet."""
    return int(place.rpartition(" ")[2])


def _stretches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    for filled, stretch in groupby(rows, key=lambda row: any(map(str.strip, row[1]))):
        if filled:
            yield list(stretch)


def _begins_a_table(stretch: Sequence[Row], above: Sequence[Row], named: Callable[[Row], bool]) -> bool:
    cells = [row for _, row in stretch[: _LEADING_ROWS + _SEEN_ROWS]]
    at = _header_at(cells, terms=False)
    if at is None:
        return is_form(cells[0], cells[1:])
    wider = _width(cells[at]) > max(_width(row) for _, row in above)
    return wider or named(stretch[at]) or next(_figure_columns(cells[at], cells[at + 1 :]), None) is not None


def _joined(cells: Iterable[str]) -> str:
    """Return the cells of a row as one text; "Nom :" in a cell of its own names the next."""
    text = ""
    label = False
    for cell in cells:
        named = label and not is_label(cell)
        text = f"{text[:-1].rstrip()} : {cell}" if named else f"{text} ; {cell}" if text else cell
        label = is_label(cell)
    return text


def _named(cells: Sequence[str], names: Sequence[str], merged: Sequence[tuple[int, int]]) -> Iterator[str]:
    last = dict(merged)
    for column, cell in enumerate(cells):
        if cell:
            over = [name for name in dict.fromkeys(names[column : last.get(column, column) + 1]) if name]
            name = ", ".join(over) if column or len(over) < 2 else ""
            yield f"{name} : {cell}" if name else cell


def _header_at(rows: Sequence[Sequence[str]], terms: bool) -> int | None:
    """Return which row names the columns: the first that is as wide as those below it.

    Where only one row follows, it has to hold figures below names that hold none.
    """
    for at in range(min(_LEADING_ROWS, len(rows) - 1)):
        below = rows[at + 1 : at + 1 + _SEEN_ROWS]
        width, width_below = _width(rows[at]), max(map(_width, below[:3]))
        if width < 2 or width + (not rows[at][0]) < width_below:
            continue
        if max(map(_width, below)) < 2:
            return None
        if len(below) == 1 and not _names_one_row(rows[at], below[0], terms):
            return None
        return at if _names_columns(rows[at], below, terms and width_below == 2) else None
    return None


def _names_one_row(first: Sequence[str], second: Sequence[str], terms: bool) -> bool:
    figures = len(list(_figure_columns(first, [second])))
    named = _width(first) == 2 and names_values(next(filter(None, reversed(first))))
    alone = (named or not terms) and figures > 0 and not _DIGIT.search(" ".join(first))
    return alone or (_width(first) > 2 and 2 * figures >= _width(first))


def _figure_columns(first: Sequence[str], below: Sequence[Sequence[str]]) -> Iterator[int]:
    """Yield the columns that hold figures in every row below a name without any."""
    for column, name in enumerate(first):
        values = [row[column] for row in below if len(row) > column and row[column]]
        if name and values and not _DIGIT.search(name) and all(map(_DIGIT.search, values)):
            yield column


def _names_columns(first: Sequence[str], below: Sequence[Sequence[str]], terms: bool) -> bool:
    names = [cell for cell in first if cell]
    values = [name for name in names if not _YEAR.fullmatch(name)]
    if 2 * sum(_FIELD.search(name) is not None for name in names) >= len(names):
        return False
    if any(len(name) > _MAX_NAME or "@" in name or _FIGURES.fullmatch(name) for name in values):
        return False
    if is_form(first, below) or is_of_values(first, below):
        return False
    return not terms or _names_two(first, below)


def _names_two(first: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first of two columns' rows names them, rather than begins a list of terms or a form.

    It does where it says what values stand below, and no other row does, or names a kind of things and holds no figure
    where all below do; where names of values stand at the left below ("Objet | Réunion", "Date | 12 mars"), only where
    both are so.
    """
    left, right = (choose(number for number, cell in enumerate(first) if cell) for choose in (min, max))
    under = [row[right] for row in below if len(row) > right and row[right]]
    named = names_values(first[right]) and not any(map(names_values, under))
    figures = not _DIGIT.search(first[right]) and bool(under) and all(map(_DIGIT.search, under))
    figures = figures and any(map(is_category, first)) and not is_known_value(first[right])
    fields = any(names_values(row[left]) for row in below if len(row) > left)
    return (named and figures) if fields else (named or figures)


def _width(row: Sequence[str]) -> int:
    return sum(map(bool, row))
