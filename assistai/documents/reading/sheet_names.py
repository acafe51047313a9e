"""Rows of a sheet that name its columns by how they are set: all bold or shaded, or those of a filter or a table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

_FILTER = re.compile(rb"<(?:\w+:)?autoFilter\b[^<>]*?\bref=.\$?[A-Z]{1,3}\$?(\d{1,7})")
_TABLE = re.compile(rb"<(?:\w+:)?table\b[^<>]*")
_FIRST = re.compile(rb"\bref=.\$?[A-Z]{1,3}\$?(\d{1,7})")
_NO_NAMES = re.compile(rb"\bheaderRowCount=.0\b")
_TABLE_KIND = "/table"


@dataclass(slots=True)
class SetApart:
    """The numbers of rows that are all bold, and of those that are all shaded."""

    bold: set[int] = field(default_factory=set)
    shaded: set[int] = field(default_factory=set)
    seen: set[int] = field(default_factory=set)

    def look_at(self, number: int, cells) -> None:  # type: ignore[no-untyped-def]  # openpyxl has no types
        """Note how a row is set, if it has several cells that are filled."""
        filled = [cell for cell in cells if cell.value is not None]
        if len(filled) > 1:
            self.seen.add(number)
            if all(cell.font and cell.font.b for cell in filled):
                self.bold.add(number)
            if all(cell.fill and cell.fill.fill_type for cell in filled):
                self.shaded.add(number)

    def names(self) -> set[int]:
        """Return the rows that are set apart from the next; rows shaded by turns, and a shaded last one, are not."""
        bold = {number for number in self.bold if number + 1 not in self.bold}
        return bold | {
            number
            for number in self.shaded
            if number + 1 in self.seen and self.shaded.isdisjoint(number + step for step in (-2, -1, 1, 2))
        }


def sheet_tables(sheet) -> list[bytes]:  # type: ignore[no-untyped-def]
    """Return the XML of the tables of a sheet."""
    from openpyxl.packaging.relationship import get_dependents, get_rels_path

    archive, links = sheet.parent._archive, get_rels_path(sheet._worksheet_path)
    if links not in archive.namelist():
        return []
    return [archive.read(link.target) for link in get_dependents(archive, links) if link.Type.endswith(_TABLE_KIND)]


def filtered_rows(source: bytes, tables: Iterable[bytes]) -> set[int]:
    """Return the numbers of the first rows of a sheet's filter and of its tables; `source` and `tables` are XML."""
    found = {int(row) for row in _FILTER.findall(source)}
    for part in tables:
        table = _TABLE.search(part)
        first = _FIRST.search(table.group()) if table else None
        if table and first and not _NO_NAMES.search(table.group()):
            found.add(int(first[1]))
    return found
