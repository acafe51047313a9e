"""PDF pages: lines with their places become headings, paragraphs and table rows; pages without text go to OCR."""

from __future__ import annotations

import re
import statistics
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistai.documents.reading.blocks import Block, Reading, Unread, clean, table_rows
from assistai.documents.reading.ocr import read_picture
from assistai.documents.reading.plaintext import heading_level
from assistai.errors import LimitExceeded, UnreadableInput

_BULLET = re.compile(r"[-–•▪◦·‣]\s+|\(?[a-z\d]{1,2}\)\s+")
_SENTENCE_END = re.compile(r"[.!?:;…]['»”)\s]*$")
_OCR_SCALE = 300 / 72
_FEW = 12


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page: its cells from left to right, its box in points (y upwards), and how it is set."""

    cells: tuple[str, ...]
    left: float
    right: float
    bottom: float
    top: float
    size: float
    bold: bool
    page: int

    @property
    def text(self) -> str:
        return " ".join(self.cells)


def read_pdf(data: bytes, name: str, *, max_pages: int, max_seconds: float, ocr: bool) -> Reading:
    """Return the text of a PDF file, page by page; `unread` lists the pages without text that OCR did not read.

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
        lines: list[_Line] = []
        read: dict[int, list[Block]] = {}
        unread: list[Unread] = []
        for number in range(1, count + 1):
            if time.monotonic() > deadline:
                raise LimitExceeded("reading_too_long", name=name, seconds=round(max_seconds), page=number)
            with PDFIUM:
                try:
                    page = document[number - 1]
                    found, picture = _page(page, number, ocr)
                except pdfium.PdfiumError:
                    unread.append(Unread("page_broken", page=number))
                    continue
            if picture is None:
                lines.extend(found)
                continue
            text, code = read_picture(picture, max_seconds=max(1.0, deadline - time.monotonic()))
            if code:
                unread.append(Unread(code, page=number))
            read[number] = [
                Block("paragraph", paragraph, page=number)
                for paragraph in map(clean, re.split(r"\n\s*\n", text))
                if paragraph
            ]
        title = clean(document.get_metadata_value("Title") or "")
    finally:
        with PDFIUM:
            document.close()
    blocks = list(_blocks(_without_furniture(lines, count)))
    blocks = sorted(
        [*blocks, *(block for found in read.values() for block in found)], key=lambda block: block.page or 0
    )
    first = next((block.text for block in blocks if block.kind == "heading"), None)
    return Reading("pdf", tuple(blocks), title=title or first, pages=count, unread=tuple(unread))


def _page(page, number: int, ocr: bool):  # type: ignore[no-untyped-def]  # pypdfium2 has no types
    """Return the lines of a page, and its picture where it has next to no text but shows something."""
    import pypdfium2.raw as raw

    textpage = page.get_textpage()
    try:
        lines = list(_lines(textpage, number))
    finally:
        textpage.close()
    if sum(len(line.text) for line in lines) >= _FEW:
        return lines, None
    shows = any(item.type in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM) for item in page.get_objects(max_depth=2))
    if not shows:
        return lines, None
    scale = min(_OCR_SCALE, 4000 / max(page.get_size())) if ocr else 0.1
    return lines, page.render(scale=scale, grayscale=True).to_pil()


def _lines(textpage, number: int) -> Iterator[_Line]:  # type: ignore[no-untyped-def]
    import pypdfium2.raw as raw

    text = textpage.get_text_range()
    position = 0
    for piece in re.split(r"(\r\n|\r|\n)", text):
        start, position = position, position + len(piece)
        stripped = piece.strip()
        if not stripped:
            continue
        first = start + len(piece) - len(piece.lstrip())
        last = first + len(stripped) - 1
        head, tail = textpage.get_charbox(first, loose=True), textpage.get_charbox(last, loose=True)
        size = raw.FPDFText_GetFontSize(textpage, first) or 1.0
        weight = raw.FPDFText_GetFontWeight(textpage, first)
        size = max(size, (head[3] - head[1]) * 0.8) if size <= 1.0 else size
        yield _Line(
            tuple(_cells(textpage, stripped, first, size)),
            min(head[0], tail[0]),
            max(head[2], tail[2]),
            min(head[1], tail[1]),
            max(head[3], tail[3]),
            round(size, 1),
            weight >= 600 or "bold" in _font_name(textpage, first),
            number,
        )


def _font_name(textpage, index: int) -> str:  # type: ignore[no-untyped-def]
    import ctypes

    import pypdfium2.raw as raw

    buffer = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    raw.FPDFText_GetFontInfo(textpage, index, buffer, 128, ctypes.byref(flags))
    return buffer.value.decode("utf-8", "replace").lower()


def _cells(textpage, text: str, first: int, size: float) -> Iterator[str]:  # type: ignore[no-untyped-def]
    """Cut a line where white space is wider than two letters: the cells of a table."""
    begin = 0
    for gap in re.finditer(r"[^\S\u00a0\u202f]+", text):
        before = textpage.get_charbox(first + gap.start() - 1, loose=True)
        after = textpage.get_charbox(first + gap.end(), loose=True)
        if after[0] - before[2] > 1.2 * size and abs(after[1] - before[1]) < size:
            yield clean(text[begin : gap.start()])
            begin = gap.end()
    yield clean(text[begin:])


def _without_furniture(lines: Sequence[_Line], pages: int) -> list[_Line]:
    """Leave out the headers and footers that most pages repeat, page numbers among them."""
    if pages < 3:
        return list(lines)
    seen: Counter[str] = Counter()
    edges: set[int] = set()
    by_page: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        by_page.setdefault(line.page, []).append(index)
    for indexes in by_page.values():
        heights = sorted(indexes, key=lambda index: lines[index].top)
        for index in {*heights[:2], *heights[-2:]}:
            edges.add(index)
            seen[_pattern(lines[index].text)] += 1
    repeated = {pattern for pattern, count in seen.items() if count >= max(3, 0.6 * pages)}
    return [line for index, line in enumerate(lines) if not (index in edges and _pattern(line.text) in repeated)]


def _pattern(text: str) -> str:
    return re.sub(r"\d+", "#", text.casefold())


def _blocks(lines: Sequence[_Line]) -> Iterator[Block]:
    if not lines:
        return
    body = statistics.mode([line.size for line in lines for _ in range(1 + len(line.text) // 20)])
    sizes = sorted({line.size for line in lines if line.size > 1.12 * body}, reverse=True)
    right = {page: max(line.right for line in lines if line.page == page) for page in {line.page for line in lines}}
    held: list[_Line] = []
    rows: list[_Line] = []
    for line in lines:
        if len(line.cells) > 1 and not _BULLET.match(line.text) and not heading_level(line.text):
            yield from _paragraph(held)
            held = []
            if rows and (len(rows[-1].cells) != len(line.cells) or rows[-1].page != line.page):
                yield from _rows(rows)
                rows = []
            rows.append(line)
            continue
        yield from _rows(rows)
        rows = []
        level = _heading(line, body, sizes)
        if level:
            yield from _paragraph(held)
            held = []
            yield Block("heading", clean(line.text), level=level, page=line.page)
        elif held and not _continues(held[-1], line, right):
            yield from _paragraph(held)
            held = [line]
        else:
            held.append(line)
    yield from _rows(rows)
    yield from _paragraph(held)


def _heading(line: _Line, body: float, sizes: Sequence[float]) -> int:
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


def _continues(before: _Line, line: _Line, right: dict[int, float]) -> bool:
    """Tell whether a line goes on with the paragraph of the line before."""
    if _BULLET.match(line.text) or abs(before.size - line.size) > 0.6 or (before.bold != line.bold and line.bold):
        return False
    if before.page != line.page:
        return not _SENTENCE_END.search(before.text) and line.text[:1].islower()
    gap = before.bottom - line.top
    if gap > 0.75 * line.size or line.top > before.top + line.size:
        return False
    ended = _SENTENCE_END.search(before.text) is not None
    return not (ended and before.right < 0.85 * right[line.page])


def _paragraph(lines: Sequence[_Line]) -> Iterator[Block]:
    if lines:
        text = lines[0].text
        for line in lines[1:]:
            text = _join(text, line.text)
        bullet = _BULLET.match(text)
        text = clean(text[bullet.end() :] if bullet else text)
        if text:
            yield Block("item" if bullet else "paragraph", text, page=lines[0].page)


def _join(text: str, line: str) -> str:
    if text.endswith(("\u00ad", "\u0002", "\ufffe")):
        return text[:-1] + line
    if re.search(r"[^\W\d_]{2}-$", text) and line[:1].islower():
        return text + line if re.search(r"\b[^\W\d_]+-[^\W\d_]+-$", text) else text[:-1] + line
    return f"{text} {line}"


def _rows(lines: Sequence[_Line]) -> Iterator[Block]:
    if len(lines) >= 3:
        header = None if len(lines[0].cells) > 2 else lines[0].bold and not lines[1].bold
        yield from table_rows(((None, line.cells) for line in lines), page=lines[0].page, header=header)
    else:
        for line in lines:
            yield Block("row", " ; ".join(line.cells), page=line.page)
