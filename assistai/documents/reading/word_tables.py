"""Rows of Word tables that name the columns by how they are set: mammoth knows only those that each page repeats."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistai.documents.reading.word_parts import DOCUMENT, Parts, attribute, flag, local_name, value

if TYPE_CHECKING:
    from lxml.etree import _Element

_FIRST_ROW = 0x0020
_PLAIN = frozenset(["", "auto", "FFFFFF", "ffffff"])


def write_names(parts: Parts) -> None:
    """Mark the first row of a table as names where its style, its shade or its letters set it apart from the next."""
    document = parts.tree(DOCUMENT)
    if document is None:
        return
    for table in document.iter("{*}tbl"):
        rows = table.findall("{*}tr")
        cells = [row.findall("{*}tc") for row in rows[:2]]
        if len(rows) < 2 or len(cells[0]) < 2 or any(_is_name(row) for row in rows):
            continue
        if _styled(table, parts) or _set_apart(cells, parts):
            _mark(rows[0])


def _is_name(row: _Element) -> bool:
    return flag(row.find("{*}trPr"), "tblHeader") is True


def _styled(table: _Element, parts: Parts) -> bool:
    """Tell whether the style of a table sets its first row apart, and the table asks for that."""
    properties = table.find("{*}tblPr")
    look = None if properties is None else properties.find("{*}tblLook")
    if look is None:
        return False
    asked = attribute(look, "firstRow")
    number = attribute(look, "val")
    if asked not in ("1", "true", "on") and not (not asked and number and int(number, 16) & _FIRST_ROW):
        return False
    kinds = (kind for known in parts.lineage(value(properties, "tblStyle")) for kind in known.iterfind("{*}tblStylePr"))
    return any(attribute(kind, "type") == "firstRow" and len(kind) > 0 for kind in kinds)


def _set_apart(rows: Sequence[Sequence[_Element]], parts: Parts) -> bool:
    first, second = rows
    for is_set in (_is_shaded, lambda cell: _is_bold(cell, parts)):
        if all(map(is_set, first)) and not any(map(is_set, second)):
            return True
    return False


def _is_shaded(cell: _Element) -> bool:
    properties = cell.find("{*}tcPr")
    shade = None if properties is None else properties.find("{*}shd")
    return shade is not None and attribute(shade, "fill") not in _PLAIN


def _is_bold(cell: _Element, parts: Parts) -> bool:
    """Tell whether all that is written in a cell is bold, by itself or by its styles."""
    written = [
        parts.is_set(run.find("{*}rPr"), value(paragraph.find("{*}pPr"), "pStyle"), "b")
        for paragraph in cell.iter("{*}p")
        for run in paragraph.iter("{*}r")
        if any((text.text or "").strip() for text in run.iterfind("{*}t"))
    ]
    return bool(written) and all(written)


def _mark(row: _Element) -> None:
    space = row.tag[: -len("tr")]
    properties = row.find("{*}trPr")
    if properties is None:
        properties = row.makeelement(f"{space}trPr")
        row.insert(sum(local_name(child) == "tblPrEx" for child in row), properties)
    for old in properties.findall("{*}tblHeader"):
        properties.remove(old)
    properties.append(properties.makeelement(f"{space}tblHeader"))
