"""Rows and columns that a sheet does not show.

What a filter leaves out and what a closed group holds is shown by a click on marks that the sheet bears: it is only a
view, and read. What is hidden bears no mark: somebody meant it not to be seen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

_TOLD = 3
_ROW = re.compile(rb"<(?:\w+:)?row\b([^<>]*)>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\b([^<>]*)>")
_HIDDEN = re.compile(rb"""\bhidden=.(?:1|true)\b|(?<![\w:])(?:ht|width)=(["'])0+(?:\.0*)?\1""")
"""Hidden by name, or without any height or width."""

_GROUPED = re.compile(rb"\boutlineLevel=.[1-9]")
_NUMBER = re.compile(rb"\br=.(\d{1,7})\b")
_FIRST = re.compile(rb"\bmin=.(\d{1,5})\b")
_LAST = re.compile(rb"\bmax=.(\d{1,5})\b")
_FILTER = re.compile(
    rb"<(?:\w+:)?autoFilter\b[^<>]*?\bref=.\$?[A-Z]{1,3}\$?(\d{1,7}):\$?[A-Z]{1,3}\$?(\d{1,7})[^<>]*(?<!/)>"
    rb"\s*<(?:\w+:)?filterColumn\b"
)
"""A filter that is set; one that only offers its arrows hides nothing."""

_MOST_COLUMNS = 16_384
_MOST_UNSEEN = 100


@dataclass(slots=True)
class Hidden:
    """The rows (from 1) and columns (from 0) that a sheet hides, and those among them that hold something."""

    rows: frozenset[int]
    columns: frozenset[int]
    filled_rows: set[int] = field(default_factory=set)
    filled_columns: set[int] = field(default_factory=set)
    unseen: dict[int, list[str]] = field(default_factory=dict)
    """Hidden rows that may name columns, without the cells of hidden columns: those of several words."""

    def shown(self, number: int, row: Sequence[str]) -> list[str] | None:
        """Return the cells of a row that are seen, the others empty; None for a hidden row."""
        if number in self.rows:
            if any(row):
                self.filled_rows.add(number)
                names = ["" if column in self.columns else cell for column, cell in enumerate(row)]
                if sum(map(bool, names)) > 1 and len(self.unseen) < _MOST_UNSEEN:
                    self.unseen[number] = names
            return None
        hidden = {column for column in self.columns if column < len(row) and row[column]} if self.columns else set()
        self.filled_columns |= hidden
        return ["" if column in hidden else cell for column, cell in enumerate(row)]

    def first_shown(self, first: int, last: int) -> int:
        """Return the first column of several that is seen, the first of all where none is."""
        return next((column for column in range(first, last + 1) if column not in self.columns), first)

    def told(self, sheet: str) -> Iterator[tuple[str, str]]:
        """Yield what was not read, as a code of the catalogue and a name: "Annuaire, 4–6"."""
        from openpyxl.utils import get_column_letter

        if self.filled_rows:
            yield "rows_hidden", f"{sheet}, {_ranges(self.filled_rows, str)}"
        if self.filled_columns:
            letters = _ranges(self.filled_columns, lambda column: get_column_letter(column + 1))
            yield "columns_hidden", f"{sheet}, {letters}"


def hidden_in(source: bytes, tables: Iterable[bytes]) -> Hidden:
    """Return what a sheet hides by its XML and that of its tables; filters and groups hide nothing."""
    filters = [(int(first), int(last)) for part in (source, *tables) for first, last in _FILTER.findall(part)]
    rows: set[int] = set()
    number = 0
    for attributes in _ROW.findall(source):
        told = _NUMBER.search(attributes)
        number = int(told[1]) if told else number + 1
        if _is_hidden(attributes) and not any(first < number <= last for first, last in filters):
            rows.add(number)
    columns: set[int] = set()
    for attributes in _COLUMN.findall(source):
        first, last = _FIRST.search(attributes), _LAST.search(attributes)
        if first and last and _is_hidden(attributes):
            columns.update(range(int(first[1]) - 1, min(int(last[1]), _MOST_COLUMNS)))
    return Hidden(frozenset(rows), frozenset(columns))


def _is_hidden(attributes: bytes) -> bool:
    return _HIDDEN.search(attributes) is not None and _GROUPED.search(attributes) is None


def _ranges(numbers: Iterable[int], name: Callable[[int], str]) -> str:
    """Return numbers as people write them, the first few: "4–6, 9"."""
    runs: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1] = runs[-1][0], number
        else:
            runs.append((number, number))
    told = [name(first) if first == last else f"{name(first)}–{name(last)}" for first, last in runs[:_TOLD]]
    return ", ".join(told) + ("…" if len(runs) > _TOLD else "")
