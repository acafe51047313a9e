"""PDF pages: lines with their places become headings, paragraphs and table rows; pages without text go to OCR."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Iterator, Sequence, Set
from functools import partial, reduce

from assistai.documents.reading.blocks import Block, BlockKind, Reading, Unread, clean
from assistai.documents.reading.ocr import read_picture
from assistai.documents.reading.pdf_edges import without_edges
from assistai.documents.reading.pdf_lines import Line
from assistai.documents.reading.pdf_ruled import page_lines, ruled_blocks
from assistai.documents.reading.pdf_tables import Table, tabular_lines
from assistai.documents.reading.pdf_words import joined, vocabulary
from assistai.documents.reading.plaintext import heading_level
from assistai.errors import LimitExceeded, UnreadableInput
from assistai.language.sentences import leaders

_BULLET = re.compile(r"[-–•▪◦·‣]\s+|\(?[a-z\d]{1,2}\)\s+")
_SENTENCE_END = re.compile(r"[.!?:;…]['»”)\s]*$")
_OCR_SCALE = 300 / 72
_OCR_PIXELS = 4000
_FEW = 12
_LITTLE = 200
"""Letters: what is typed on a scanned page, a stamp or a number, has fewer, a page of text more."""

_MOSTLY = 0.5
_GRID = 20
_OUTLINES = 100


def read_pdf(data: bytes, name: str, *, max_pages: int, max_seconds: float, ocr: bool) -> Reading:
    """Return the text of a PDF file, page by page; `unread` lists the scanned pages that OCR did not read.

    Raises UnreadableInput where it is broken or protected by a password, LimitExceeded beyond `max_pages` pages or
    `max_seconds` of reading.
    """
    import pypdfium2 as pdfium

    from assistai.documents.reading.page_images import PDFIUM

    deadline = time.monotonic() + max_seconds
    with PDFIUM:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            protected = "password" in str(error).lower()
            raise UnreadableInput("document_protected" if protected else "pdf_broken", name=name) from error
    try:
        count = len(document)
        if count > max_pages:
            raise LimitExceeded("too_many_pages", name=name, count=count, limit=max_pages)
        lines: list[Line] = []
        found: list[Line] = []
        read: dict[int, list[Block]] = {}
        unread: list[Unread] = []
        for number in range(1, count + 1):
            if time.monotonic() > deadline:
                raise LimitExceeded("reading_too_long", name=name, seconds=round(max_seconds), page=number)
            with PDFIUM:
                try:
                    page = document[number - 1]
                    found, scanned, picture = _page(page, number, ocr, found)
                    page.close()
                except pdfium.PdfiumError:
                    unread.append(Unread("page_broken", page=number))
                    continue
            lines.extend(found)
            if not scanned:
                continue
            text, code = "", "page_ocr_off"
            if picture is not None:
                text, code = read_picture(picture, max_seconds=max(1.0, deadline - time.monotonic()))
            if code and not (found and code == "page_without_words"):
                unread.append(Unread(code, page=number))
            read[number] = list(_recognised(text, number))
        title = clean(document.get_metadata_value("Title") or "")
    finally:
        with PDFIUM:
            document.close()
    lines, edges = without_edges(lines, count)
    blocks = [*_blocks(lines), *(block for found in read.values() for block in found)]
    said = {block.text for block in blocks}
    blocks += [edge for edge in edges if edge.text not in said]
    blocks.sort(key=lambda block: block.page or 0)
    first = next((block.text for block in blocks if block.kind == "heading"), None)
    return Reading("pdf", tuple(blocks), title=title or first, pages=count, unread=tuple(unread))


def _page(page, number: int, ocr: bool, before: Sequence[Line]):  # type: ignore[no-untyped-def]  # pypdfium2 has no types
    """Return the lines of a page, and whether it is a scan, with the picture of what is no text on it for OCR."""
    lines = page_lines(page, number, before)
    letters = sum(len(line.text) for line in lines)
    bare = letters < _FEW and _shows_something(page)
    stamped = letters < _LITTLE and _covered(page) >= _MOSTLY and not _has_unseen_text(page)
    if not bare and not stamped:
        return lines, False, None
    lines = [line for line in lines if not line.text.isdigit()]
    if not ocr:
        return lines, True, None
    _remove_text(page)
    scale = min(_OCR_SCALE, _OCR_PIXELS / max(1, *page.get_size()))
    return lines, True, page.render(scale=scale, grayscale=True).to_pil()


def _covered(page) -> float:  # type: ignore[no-untyped-def]
    """Return which part of a page lies below pictures."""
    import pypdfium2.raw as raw

    left, bottom, right, top = page.get_bbox()
    boxes = [item.get_bounds() for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)]
    middles = [(number + 0.5) / _GRID for number in range(_GRID)]
    places = [(left + x * (right - left), bottom + y * (top - bottom)) for x in middles for y in middles]
    return sum(any(b[0] <= x <= b[2] and b[1] <= y <= b[3] for b in boxes) for x, y in places) / len(places)


def _remove_text(page) -> None:  # type: ignore[no-untyped-def]
    """Take the text that is read already off a page, in memory, so that OCR does not read it once more.

    Programs that stamp pages put the words in a form of their own; a form with pictures stays.
    """
    import pypdfium2.raw as raw

    shown: list[tuple[object, set[int]]] = []
    for item in page.get_objects(max_depth=3):
        if item.level == 0:
            shown.append((item, set()))
        shown[-1][1].add(item.type)
    for item, kinds in shown:
        if raw.FPDF_PAGEOBJ_TEXT in kinds and raw.FPDF_PAGEOBJ_IMAGE not in kinds:
            page.remove_obj(item)


def _has_unseen_text(page) -> bool:  # type: ignore[no-untyped-def]
    """Tell whether text lies unseen upon a page: what OCR read of its picture before."""
    import pypdfium2.raw as raw

    texts = page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=3)
    return any(raw.FPDFTextObj_GetTextRenderMode(item) == raw.FPDF_TEXTRENDERMODE_INVISIBLE for item in texts)


def _shows_something(page) -> bool:  # type: ignore[no-untyped-def]
    """Tell whether a page shows a picture, or so many lines and curves that they may be letters."""
    import pypdfium2.raw as raw

    segments = 0
    for item in page.get_objects(max_depth=3):
        if item.type in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING):
            return True
        if item.type == raw.FPDF_PAGEOBJ_PATH:
            segments += raw.FPDFPath_CountSegments(item)
            if segments > _OUTLINES:
                return True
    return False


def _recognised(text: str, number: int) -> Iterator[Block]:
    """Yield the paragraphs of a page that OCR has read."""
    join = partial(joined, words=vocabulary(text.split("\n")))
    for paragraph in re.split(r"\n\s*\n", text):
        lines = [line.strip() for line in paragraph.split("\n") if line.strip()]
        if text := clean(reduce(join, lines, "")):
            yield Block("paragraph", text, page=number)


def _blocks(lines: Sequence[Line]) -> Iterator[Block]:
    if not lines:
        return
    body = statistics.mode([line.size for line in lines for _ in range(1 + len(line.text) // 20)])
    sizes = sorted({line.size for line in lines if line.size > 1.12 * body}, reverse=True)
    right: dict[int, float] = {}
    for line in lines:
        right[line.page] = max(right.get(line.page, line.right), line.right)
    held: list[Line] = []
    level = 0
    words = vocabulary(line.text for line in lines)
    table = Table(words)
    tabular = tabular_lines(lines)
    ruled: list[Line] = []
    for index, line in enumerate(lines):
        if line.ruled:
            yield from table.blocks()
            yield from _paragraph(held, level, words)
            table, held = Table(words), []
            ruled.append(line)
            continue
        yield from ruled_blocks(ruled, words)
        ruled = []
        if table.takes(line, index in tabular) and not _BULLET.match(line.text) and not heading_level(line.text):
            yield from _paragraph(held, level, words)
            held = []
            table.add(line)
            continue
        yield from table.blocks()
        table = Table(words)
        line_level = _heading(line, body, sizes)
        if held and (line_level != level or not _continues(held[-1], line, right, level)):
            yield from _paragraph(held, level, words)
            held = []
        held.append(line)
        level = line_level
    yield from table.blocks()
    yield from _paragraph(held, level, words)
    yield from ruled_blocks(ruled, words)


def _heading(line: Line, body: float, sizes: Sequence[float]) -> int:
    text = line.text
    if len(text) > 120 or not any(char.isalpha() for char in text):
        return 0
    if line.size > 1.12 * body:
        return min(6, 1 + sizes.index(line.size))
    numbered = heading_level(text)
    if numbered and (line.bold or text.lower().startswith(("article", "annexe", "titre", "chapitre"))):
        return numbered
    if line.bold and len(text) < 80 and not _SENTENCE_END.search(text) and text[:1].isupper():
        return 4
    return 0


def _continues(before: Line, line: Line, right: dict[int, float], level: int) -> bool:
    """Tell whether a line goes on with the paragraph, or the heading, of the line before."""
    if (
        line.mark
        or _BULLET.match(line.text)
        or abs(before.size - line.size) > 0.6
        or (line.lead_bold and not before.lead_bold)
        or leaders(before.text)
    ):
        return False
    above = line.top > before.top + line.size
    if before.page != line.page or above:  # the next page or column
        return not level and not _SENTENCE_END.search(before.text) and line.text[:1].islower()
    if before.bottom - line.top > 0.75 * line.size:
        return False
    if level:
        return not heading_level(line.text)
    ended = _SENTENCE_END.search(before.text) is not None
    return not (ended and before.right < 0.85 * right[line.page])


def _paragraph(lines: Sequence[Line], level: int, words: Set[str]) -> Iterator[Block]:
    if lines:
        text = reduce(partial(joined, words=words), (line.text for line in lines))
        bullet = _BULLET.match(text)
        mark = 0 if level else len(lines[0].mark) or (bullet.end() if bullet else 0)
        text = clean(text[mark:])
        if text:
            kind: BlockKind = "heading" if level else "item" if mark else "paragraph"
            yield Block(kind, text, level=level, page=lines[0].page)
