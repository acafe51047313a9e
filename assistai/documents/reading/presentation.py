"""PowerPoint presentations: the words of each slide, its tables, charts and diagrams, and the speaker's notes."""

from __future__ import annotations

import io
from collections.abc import Iterator

from assistai.documents.reading.blocks import Block, Reading, Unread, clean
from assistai.documents.reading.drawings import chart_rows, chart_title, diagram_lines, write_equations
from assistai.documents.reading.raised import raised
from assistai.documents.reading.tables import table_rows
from assistai.errors import UnreadableInput
from assistai.files.packages import MALFORMED, Limits, open_package, parse_part, refuse_entities

_MAX_HEADING = 100
_DATA = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}dm"


def read_presentation(data: bytes, name: str, limits: Limits) -> Reading:
    """Return the text of a PPTX file; `page` is the slide's number.

    A slide without a title takes its first short line for one, so that it is not read as part of the slide before. A
    slide that is hidden, or has pictures and no words, is `unread`.

    Raises UnreadableInput where it is broken or protected, LimitExceeded where it is too large.
    """
    from pptx import Presentation
    from pptx.exc import PythonPptxError

    with open_package(data, name, limits) as archive:
        refuse_entities(archive, name, limits.unpacked)
    blocks: list[Block] = []
    unread: list[Unread] = []
    try:
        presentation = Presentation(io.BytesIO(data))
        for number, slide in enumerate(presentation.slides, start=1):
            if slide._element.get("show") in ("0", "false"):
                unread.append(Unread("slide_hidden", page=number))
                continue
            _choose(slide._element)
            write_equations(slide._element)
            _write_as_shown(slide._element)
            words = list(_slide(slide, number))
            blocks.extend([*words, *_notes(slide, number)])
            if not words and next(slide._element.iter("{*}blip"), None) is not None:
                unread.append(Unread("picture_not_read", page=number))
        title = clean(presentation.core_properties.title or "")
        pages = len(presentation.slides)
    except (*MALFORMED, PythonPptxError) as error:
        raise UnreadableInput("package_broken", name=name) from error
    first = next((block.text for block in blocks if block.kind == "heading"), None)
    return Reading(
        "pptx",
        tuple(blocks),
        title=title if len(title) > 3 and title != "PowerPoint Presentation" else first,
        pages=pages,
        unread=tuple(unread),
    )


def _choose(slide) -> None:  # type: ignore[no-untyped-def]
    """Put what PowerPoint shows in the place of the choice it offers older programs, which python-pptx skips."""
    for offered in list(slide.iter("{*}AlternateContent")):
        choice = offered.find("{*}Choice")
        for shape in reversed(choice if choice is not None else ()):
            offered.addnext(shape)
        offered.getparent().remove(offered)


def _write_as_shown(slide) -> None:  # type: ignore[no-untyped-def]
    """Take away what is struck through, and raise the figures that are set raised."""
    for run in slide.iter("{*}r"):
        properties, text = run.find("{*}rPr"), run.find("{*}t")
        if properties is None or text is None:
            continue
        if properties.get("strike", "noStrike") != "noStrike":
            text.text = ""
        elif not properties.get("baseline", "0").startswith(("0", "-")):
            text.text = raised(text.text or "")


def _slide(slide, number: int) -> Iterator[Block]:  # type: ignore[no-untyped-def]  # python-pptx has no types
    title = slide.shapes.title
    heading = clean(title.text_frame.text) if title is not None else ""
    words = [block for shape in slide.shapes if title is None or shape != title for block in _shape(shape, number)]
    if not heading and words and words[0].kind == "item" and len(words[0].text) <= _MAX_HEADING:
        heading = words.pop(0).text
    if heading:
        yield Block("heading", heading, level=1, page=number)
    yield from words


def _notes(slide, number: int) -> Iterator[Block]:  # type: ignore[no-untyped-def]
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        yield from _paragraphs(slide.notes_slide.notes_text_frame, number, "paragraph")


def _shape(shape, number: int) -> Iterator[Block]:  # type: ignore[no-untyped-def]
    if hasattr(shape, "shapes"):
        for inner in shape.shapes:
            yield from _shape(inner, number)
    elif getattr(shape, "has_table", False) and shape.has_table:
        yield from _table(shape.table, number)
    elif getattr(shape, "has_chart", False) and shape.has_chart:
        yield from _chart(shape.chart._chartSpace, number)
    elif (diagram := next(shape._element.iter("{*}relIds"), None)) is not None:
        data = shape.part.related_part(diagram.get(_DATA)).blob
        yield from (Block("item", line, page=number) for line in diagram_lines(parse_part(data)))
    elif shape.has_text_frame:
        yield from _paragraphs(shape.text_frame, number, "item")


def _table(table, number: int) -> Iterator[Block]:  # type: ignore[no-untyped-def]
    """Yield the rows of a table; a label merged over several rows stands in each of them."""
    above: list[str] = []
    rows = []
    for row in table.rows:
        cells = list(row.cells)
        line = [cell.text_frame.text for cell in cells]
        for column, cell in enumerate(cells):
            down = cell._tc.vMerge and not cell._tc.hMerge  # python-pptx tells merged cells apart only here
            if down and len(above) > column and len(above[column]) <= _MAX_HEADING:
                line[column] = above[column]
        rows.append((None, line))
        above = line
    yield from table_rows(rows, page=number, terms=not table.first_row)


def _chart(root, number: int) -> Iterator[Block]:  # type: ignore[no-untyped-def]
    if title := chart_title(root):
        yield Block("item", title, page=number)
    rows = chart_rows(root)
    yield from table_rows([(None, row) for row in rows], page=number, header=bool(rows) and any(rows[0]))


def _paragraphs(frame, number: int, kind: str) -> Iterator[Block]:  # type: ignore[no-untyped-def]
    for paragraph in frame.paragraphs:
        if text := clean(paragraph.text):
            yield Block(kind, text, page=number)  # type: ignore[arg-type]
