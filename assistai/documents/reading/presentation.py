"""PowerPoint presentations: the words of each slide, its tables and the speaker's notes."""

from __future__ import annotations

import io
from collections.abc import Iterator

from assistai.documents.reading.blocks import Block, Reading, clean, table_rows
from assistai.errors import UnreadableInput
from assistai.files.packages import BROKEN, Limits, open_package, refuse_entities


def read_presentation(data: bytes, name: str, limits: Limits) -> Reading:
    """Return the text of a PPTX file; `page` is the slide's number.

    Raises UnreadableInput where it is broken or protected, LimitExceeded where it is too large.
    """
    from pptx import Presentation
    from pptx.exc import PythonPptxError

    with open_package(data, name, limits) as archive:
        refuse_entities(archive, name, limits.unpacked)
    blocks: list[Block] = []
    try:
        presentation = Presentation(io.BytesIO(data))
        for number, slide in enumerate(presentation.slides, start=1):
            blocks.extend(_slide(slide, number))
        title = clean(presentation.core_properties.title or "")
        pages = len(presentation.slides)
    except (*BROKEN, PythonPptxError, AttributeError, TypeError, IndexError, SyntaxError) as error:
        raise UnreadableInput("package_broken", name=name) from error
    first = next((block.text for block in blocks if block.kind == "heading"), None)
    return Reading(
        "pptx",
        tuple(blocks),
        title=title if len(title) > 3 and title != "PowerPoint Presentation" else first,
        pages=pages,
    )


def _slide(slide, number: int) -> Iterator[Block]:  # type: ignore[no-untyped-def]  # python-pptx has no types
    title = slide.shapes.title
    if title is not None and (text := clean(title.text_frame.text)):
        yield Block("heading", text, level=1, page=number)
    for shape in slide.shapes:
        if title is None or shape.shape_id != title.shape_id:
            yield from _shape(shape, number)
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        yield from _paragraphs(slide.notes_slide.notes_text_frame, number, "paragraph")


def _shape(shape, number: int) -> Iterator[Block]:  # type: ignore[no-untyped-def]
    if hasattr(shape, "shapes"):
        for inner in shape.shapes:
            yield from _shape(inner, number)
    elif getattr(shape, "has_table", False) and shape.has_table:
        rows = ((None, [cell.text_frame.text for cell in row.cells]) for row in shape.table.rows)
        yield from table_rows(rows, page=number)
    elif shape.has_text_frame:
        yield from _paragraphs(shape.text_frame, number, "item")


def _paragraphs(frame, number: int, kind: str) -> Iterator[Block]:  # type: ignore[no-untyped-def]
    for paragraph in frame.paragraphs:
        if text := clean("".join(run.text for run in paragraph.runs) or paragraph.text):
            yield Block(kind, text, page=number)  # type: ignore[arg-type]
