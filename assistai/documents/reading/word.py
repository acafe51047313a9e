"""Word documents: mammoth turns into HTML what a reader of the document sees, headers and footers follow the text."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace

from assistai.documents.reading.blocks import Block, Reading, Unread
from assistai.documents.reading.html import html_reading
from assistai.documents.reading.word_drawings import write_drawings
from assistai.documents.reading.word_edges import edge_texts
from assistai.documents.reading.word_numbers import write_numbers
from assistai.documents.reading.word_parts import DOCUMENT, Parts, attribute
from assistai.documents.reading.word_tables import write_names
from assistai.errors import UnreadableInput
from assistai.files.packages import MALFORMED, Limits, open_package, refuse_entities

_FEW_LETTERS = 200
_LARGE_PICTURE = 100.0
"""In square centimetres: more than a logo or a letterhead, less than half a page."""

_CENTIMETRE = 360_000
_POINT = 2.54 / 72
_IN_POINTS = re.compile(r"width:([\d.]+)pt.*?height:([\d.]+)pt")


def read_word(data: bytes, name: str, limits: Limits) -> Reading:
    """Return the text of a DOCX file: headings by style, paragraphs, lists with their numbers, tables, notes.

    Charts are tables after the paragraph that they stand in, diagrams paragraphs. What headers and footers say follows
    once, as paragraphs. Comments and hidden text are left out; large pictures in
    a document of next to no text are `unread`. Raises UnreadableInput where it is broken, protected or declares
    entities, LimitExceeded where it is too large.
    """
    import mammoth

    with open_package(data, name, limits) as archive:
        refuse_entities(archive, name, limits.unpacked)
        ignore_pictures = mammoth.images.img_element(lambda _image: {})
        try:
            parts = Parts(archive)
            parts.write_as_shown()
            write_numbers(parts)
            write_names(parts)
            write_drawings(parts)
            html = mammoth.convert_to_html(
                io.BytesIO(parts.saved()),
                convert_image=ignore_pictures,
                style_map="p[style-name='Title'] => h1:fresh",
            ).value
            edges = list(edge_texts(parts))
            pictured = any(area >= _LARGE_PICTURE for area in _pictures(parts))
        except MALFORMED as error:
            raise UnreadableInput("package_broken", name=name) from error
    reading = html_reading(html, "docx")
    letters = sum(char.isalpha() for block in reading.blocks for char in block.text)
    said = {block.text for block in reading.blocks}
    return replace(
        reading,
        blocks=(*reading.blocks, *(Block("paragraph", text) for text in edges if text not in said)),
        unread=(Unread("picture_not_read"),) if pictured and letters < _FEW_LETTERS else (),
    )


def _pictures(parts: Parts) -> Iterator[float]:
    """Yield how large each picture in the text is shown, in square centimetres."""
    document = parts.tree(DOCUMENT)
    if document is None:
        return
    for drawing in document.iter("{*}inline", "{*}anchor"):
        extent = drawing.find("{*}extent")
        if extent is not None and next(drawing.iter("{*}blip"), None) is not None:
            yield int(attribute(extent, "cx")) * int(attribute(extent, "cy")) / _CENTIMETRE**2
    for shape in document.iter("{*}shape"):
        size = _IN_POINTS.search(attribute(shape, "style"))
        if size and next(shape.iter("{*}imagedata"), None) is not None:
            yield float(size[1]) * float(size[2]) * _POINT**2
