"""Pictures of PDF pages, with the words of a quote marked where they stand."""

from __future__ import annotations

import threading
from dataclasses import dataclass

PDFIUM = threading.RLock()
"""PDFium is not safe for several threads: whoever calls it holds this lock."""

_MARK = (255, 214, 0)


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as PNG bytes; `marked` tells whether the quote was found and marked on it."""

    png: bytes
    marked: bool


def page_image(data: bytes, page: int, quote: str, *, scale: float = 1.6) -> PageImage:
    """Return the picture of a 1-based page with `quote` marked; raises UnreadableInput where there is no such page."""
    import io

    import pypdfium2 as pdfium
    from PIL import Image, ImageDraw

    from assistai.errors import UnreadableInput

    with PDFIUM:
        try:
            document = pdfium.PdfDocument(data)
            try:
                shown = document[page - 1]
                height = shown.get_height()
                scale = min(scale, 2400 / max(shown.get_size()))
                boxes = _boxes(shown, quote)
                picture = shown.render(scale=scale).to_pil().convert("RGB")
            finally:
                document.close()
        except (pdfium.PdfiumError, IndexError) as error:
            raise UnreadableInput("pdf_broken", name=f"page {page}") from error
    marks = Image.new("RGB", picture.size, (255, 255, 255))
    draw = ImageDraw.Draw(marks)
    for left, bottom, right, top in boxes:
        draw.rectangle(
            (left * scale - 2, (height - top) * scale - 1, right * scale + 2, (height - bottom) * scale + 1), fill=_MARK
        )
    from PIL import ImageChops

    out = io.BytesIO()
    ImageChops.multiply(picture, marks).save(out, "PNG")
    return PageImage(out.getvalue(), bool(boxes))


def _boxes(page, quote: str) -> list[tuple[float, float, float, float]]:  # type: ignore[no-untyped-def]
    """Return the boxes (left, bottom, right, top in points) of the quote's words on a page.

    Reading joins lines and names columns, so only letters and digits are compared: first the whole quote, then, for a
    table row, its cells one by one near each other.
    """
    textpage = page.get_textpage()
    try:
        text = textpage.get_text_range()
        places = [index for index, char in enumerate(text) if char.isalnum()]
        letters = "".join(text[index].lower()[:1] for index in places)
        spans = _spans(letters, quote)
        boxes: list[tuple[float, float, float, float]] = []
        for start, end in spans:
            first, last = places[start], places[end - 1]
            for number in range(textpage.count_rects(first, last - first + 1)):
                boxes.append(textpage.get_rect(number))
        return boxes
    finally:
        textpage.close()


def _spans(letters: str, quote: str) -> list[tuple[int, int]]:
    whole = _letters(quote)
    if whole and (at := letters.find(whole)) >= 0:
        return [(at, at + len(whole))]
    cells = [_letters(cell.partition(" : ")[2] or cell) for cell in quote.split(" ; ")]
    cells = [cell for cell in cells if cell]
    row = "".join(cells)
    if row and (at := letters.find(row)) >= 0:
        return [(at, at + len(row))]
    half = whole[: max(20, len(whole) // 2)]
    if len(half) >= 20 and (at := letters.find(half)) >= 0:  # a quote that goes on over the page's end
        return [(at, min(len(letters), at + len(whole)))]
    return []


def _letters(text: str) -> str:
    return "".join(char.lower()[:1] for char in text if char.isalnum())
