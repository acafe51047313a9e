"""The charts, diagrams and equations of a Word document, written into its text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from assistai.documents.reading.drawings import chart_rows, chart_title, diagram_lines, write_equations
from assistai.documents.reading.word_parts import DOCUMENT, Parts, attribute

if TYPE_CHECKING:
    from lxml.etree import _Element


def write_drawings(parts: Parts) -> None:
    """Add to the text what charts and diagrams say, after the paragraph that they stand in: a title and a table, or a
    paragraph for each thing said. An equation becomes text in its place.
    """
    document = parts.tree(DOCUMENT)
    if document is None:
        return
    write_equations(document)
    for paragraph in list(document.iter("{*}p")):
        if next(paragraph.iterancestors("{*}Fallback"), None) is not None:
            continue
        written = [
            element
            for drawing in paragraph.iter("{*}chart", "{*}relIds")
            if next(drawing.iterancestors("{*}p")) is paragraph
            for element in _written(parts, drawing, str(paragraph.tag).removesuffix("p"))
        ]
        for element in reversed(written):
            paragraph.addnext(element)


def _written(parts: Parts, drawing: _Element, prefix: str) -> Iterator[_Element]:
    is_chart = str(drawing.tag).endswith("}chart")
    part = parts.tree(parts.related.get(attribute(drawing, "id" if is_chart else "dm"), ""))
    if part is None:
        return
    if not is_chart:
        yield from (_paragraph(line, prefix) for line in diagram_lines(part))
        return
    if title := chart_title(part):
        yield _paragraph(title, prefix)
    if rows := chart_rows(part):
        yield _table(rows, prefix)


def _paragraph(text: str, prefix: str) -> _Element:
    from lxml import etree

    paragraph = etree.Element(f"{prefix}p")
    run = etree.SubElement(paragraph, f"{prefix}r")
    etree.SubElement(run, f"{prefix}t").text = text
    return paragraph


def _table(rows: Sequence[Sequence[str]], prefix: str) -> _Element:
    """Return a table whose first row, where it names anything, is its header."""
    from lxml import etree

    table = etree.Element(f"{prefix}tbl")
    for number, cells in enumerate(rows if any(rows[0]) else rows[1:]):
        row = etree.SubElement(table, f"{prefix}tr")
        if number == 0 and any(rows[0]):
            etree.SubElement(etree.SubElement(row, f"{prefix}trPr"), f"{prefix}tblHeader")
        for cell in cells:
            etree.SubElement(row, f"{prefix}tc").append(_paragraph(cell, prefix))
    return table
